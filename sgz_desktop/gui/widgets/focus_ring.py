"""The ring of a widget that has the keyboard: drawn by itself, or over its parent where it has no room."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from sgz_desktop.gui.theme import C, px

OUT = 7  # px beyond what it surrounds, so that no stroke crosses a word


class FocusRing(QWidget):
    """Lies over the parent of `around` and lets every press through."""

    def __init__(self, around: QWidget) -> None:
        super().__init__(around.parentWidget())
        self._around = around
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def surround(self, part: QRect) -> None:
        """Show the ring round a part of the widget, given in its own coordinates."""
        if self.parentWidget() is not self._around.parentWidget():
            self.setParent(self._around.parentWidget())
        self.setGeometry(part.translated(self._around.pos()).adjusted(-px(OUT), 1, px(OUT), -1))
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(C.brand), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(6), px(6))


class Ringed(QWidget):
    """Draws a ring round `ringed()` while it has the keyboard."""

    def ringed(self) -> QRectF:
        """What the ring goes round; by itself the whole."""
        return QRectF(self.rect()).adjusted(1, 1, -1, -1)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(C.brand), 2))
            painter.drawRoundedRect(self.ringed(), px(8), px(8))
