"""The first character of a name in a circle, and the program's own mark."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from sgz_desktop.gui import icons, theme
from sgz_desktop.gui.theme import C, px


class Avatar(QWidget):
    """A name's first character; `strong` fills the circle with the brand colour."""

    def __init__(self, name: str, side: int = 40, *, strong: bool = False, ground: str = "track") -> None:
        super().__init__()
        self._name, self._strong, self._ground = name, strong, ground
        self.setFixedSize(px(side), px(side))

    def set_name(self, name: str, *, strong: bool | None = None) -> None:
        """Another name."""
        self._name = name
        self._strong = self._strong if strong is None else strong
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(C.brand if self._strong else getattr(C, self._ground)))
        painter.drawEllipse(QRectF(self.rect()))
        face = theme.font("name")
        face.setPixelSize(round(self.height() * 0.42))
        painter.setFont(face)
        ink = C.on_brand if self._strong else C.hover if self._ground == "tint" else C.text2
        painter.setPen(QColor(ink))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._name.lstrip("（")[:1])


class Mark(QWidget):
    """The program's mark: a heart on the brand colour."""

    def __init__(self, side: int = 32) -> None:
        super().__init__()
        self.setFixedSize(px(side), px(side))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(C.brand))
        side = self.width()
        painter.drawRoundedRect(QRectF(self.rect()), side * 0.22, side * 0.22)
        inner = side * 0.56
        icons.paint(
            painter, "heart", QRectF((side - inner) / 2, (side - inner) / 2, inner, inner), "on_brand"
        )
