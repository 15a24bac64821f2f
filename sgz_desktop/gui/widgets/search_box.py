"""A search field: waits for a rest of the typing, ↓ goes to the hits, Esc clears."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent

from sgz_desktop.gui import icons
from sgz_desktop.gui.theme import px
from sgz_desktop.gui.widgets.inputs import LineEdit

_REST_MS = 120


class SearchBox(LineEdit):
    """`asked(text)` fires after a short rest or on Enter, never for text an input method still composes."""

    asked = Signal(str)
    entered = Signal()
    moved = Signal(int)

    def __init__(self, placeholder: str = "找人：姓名、拼音首字母、电话") -> None:
        super().__init__(placeholder)
        self.setProperty("kind", "search")
        self.setAccessibleName(placeholder)
        self._sent = ""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.send)
        self.textChanged.connect(lambda _text: self._rest.start())

    def send(self) -> None:
        """Ask now, once per text."""
        self._rest.stop()
        if (text := self.text().strip()) != self._sent:
            self._sent = text
            self.asked.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self.moved.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.send()
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.send()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        side = px(17)
        icons.paint(painter, "search", QRectF(px(8), (self.height() - side) / 2, side, side), "text2")
