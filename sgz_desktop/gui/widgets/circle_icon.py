"""An icon in a circle of its tint, beside two lines of words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sgz_desktop.gui import icons
from sgz_desktop.gui.theme import TONES, px

_ACROSS, _ICON = 32, 17


class CircleIcon(QWidget):
    """Says nothing itself; the words beside it do."""

    def __init__(self, icon: str, tone: str = "brand", across: int = _ACROSS) -> None:
        super().__init__()
        self._icon, self._tone, self._across = icon, tone, across
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_tone(self, tone: str) -> None:
        """Another tint."""
        self._tone = tone
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(self._across), px(self._across))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(TONES[self._tone].tint))
        painter.drawEllipse(QRectF(0, 0, self.width(), self.height()))
        side = px(_ICON * self._across / _ACROSS)
        inset = (self.width() - side) / 2
        icons.paint(painter, self._icon, QRectF(inset, inset, side, side), self._tone)
