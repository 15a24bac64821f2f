"""Enter in a control goes on instead of pressing the dialog's button."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EnterKey(QObject):
    """`entered` on Enter in a control, which does not get the key. With `breaks` Shift+Enter stays its own:
    it begins a new line."""

    entered = Signal()

    def __init__(self, control: QWidget, *, breaks: bool = False) -> None:
        super().__init__(control)
        self._breaks = breaks
        control.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        kept = self._breaks and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() not in ENTER or kept:
            return False
        event.accept()
        self.entered.emit()
        return True
