"""The key to the colours of a plot, for the head of its card."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sgz_desktop.gui.theme import C, px
from sgz_desktop.gui.widgets.painted_rows import draw_bar, draw_text, text_width


class Legend(QWidget):
    """Squares of colour with their words, as (colour token, words)."""

    def __init__(self, entries: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._entries = tuple(entries)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("，".join(words for _, words in entries))

    def sizeHint(self) -> QSize:
        return QSize(round(sum(text_width(w, "caption") + px(26) for _, w in self._entries)), px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = 0.0
        for colour, words in self._entries:
            draw_bar(painter, QRectF(left, (self.height() - px(12)) / 2, px(12), px(12)), getattr(C, colour))
            room = QRectF(left + px(17), 0, text_width(words, "caption") + 2, self.height())
            left = room.left() + draw_text(painter, room, words, "caption", "plain") + px(9)
