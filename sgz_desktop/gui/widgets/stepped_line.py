"""A line of text in a column of lines: Enter and the arrows go to the next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from sgz_desktop.gui.widgets.line_edit import LineEdit


class SteppedLine(LineEdit):
    """`moved(1 or -1)` on Enter and ↓, or on ↑."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.moved.emit(1)
        elif event.key() == Qt.Key.Key_Up:
            self.moved.emit(-1)
        else:
            super().keyPressEvent(event)
