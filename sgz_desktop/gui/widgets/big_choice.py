"""A way to go, as a row to press: icon, name and a sentence."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from sgz_desktop.gui import icons
from sgz_desktop.gui.theme import C, px
from sgz_desktop.gui.widgets.painted_rows import draw_text


class BigChoice(QAbstractButton):
    """A way to begin: icon, name and a sentence, to be pressed."""

    def __init__(self, icon: str, title: str, says: str) -> None:
        super().__init__()
        self._icon, self._says = icon, says
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(says)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(px(360), px(72))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = 1 if self.hasFocus() else 0.5
        painter.setPen(QPen(QColor(C.brand if self.hasFocus() else C.line), half * 2))
        painter.setBrush(QColor(C.tint if self.underMouse() and self.isEnabled() else C.surface))
        rect = QRectF(self.rect())
        painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), px(8), px(8))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(C.tint))
        circle = QRectF(px(14), rect.center().y() - px(20), px(40), px(40))
        painter.drawEllipse(circle)
        icons.paint(painter, self._icon, circle.adjusted(px(10), px(10), -px(10), -px(10)), "brand")
        words = QRectF(px(68), rect.center().y() - px(23), rect.width() - px(96), px(24))
        draw_text(painter, words, self.text(), "name")
        draw_text(painter, words.translated(0, px(23)), self._says, "second", "plain")
        arrow = QRectF(rect.right() - px(30), rect.center().y() - px(8), px(16), px(16))
        icons.paint(painter, "right", arrow, "text2")
