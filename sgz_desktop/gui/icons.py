"""Our own stroke icons: one SVG per name on a 24 grid, tinted when drawn, crisp at any pixel ratio."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from sgz_desktop.gui import theme
from sgz_desktop.resources import resource

_LEAST_RATIO = 2.0


@lru_cache(maxsize=512)
def _renderer(name: str, hex_colour: str) -> QSvgRenderer:
    text = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(text.replace("currentColor", hex_colour).encode()))


def paint(painter: QPainter, name: str, rect: QRectF, colour: str) -> None:
    """Draw an icon into `rect`; `colour` is a token or a tone name."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, theme.colour(colour).name()).render(painter, rect)


def pixmap(name: str, size: int, colour: str = "text2", drop: float = 0.0) -> QPixmap:
    """An icon `size` logical pixels wide, at least at 2×; `drop` moves it down beside Chinese text."""
    image = QPixmap(round(size * _LEAST_RATIO), round(size * _LEAST_RATIO))
    image.setDevicePixelRatio(_LEAST_RATIO)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint(painter, name, QRectF(0, drop, size, size), colour)
    painter.end()
    return image


def icon(name: str, colour: str = "text2", size: int = 18, drop: float = 1.0) -> QIcon:
    """An icon for a button, with its disabled face; `size` is at 标准."""
    length = theme.px(size)
    made = QIcon(pixmap(name, length, colour, drop))
    made.addPixmap(pixmap(name, length, "button", drop), QIcon.Mode.Disabled)
    return made
