"""Our own stroke icons: one SVG per name on a 24 grid, tinted when drawn, crisp at any pixel ratio."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPainterPath, QPen, QPixmap, QPixmapCache

from sgz_desktop.gui import theme
from sgz_desktop.gui.icon_paths import read_icon
from sgz_desktop.resources import resource

_GRID = 24
_LEAST_RATIO = 2.0


@cache
def _drawing(name: str) -> tuple[QPainterPath, float]:
    return read_icon(resource("icons", f"{name}.svg").read_text(encoding="utf-8"))


def paint(painter: QPainter, name: str, rect: QRectF, colour: str) -> None:
    """Draw an icon into `rect`; `colour` is a token or a tone name."""
    path, width = _drawing(name)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / _GRID, rect.height() / _GRID)
    ends, joins = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.setPen(QPen(theme.colour(colour), width, Qt.PenStyle.SolidLine, ends, joins))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    painter.restore()


def pixmap(name: str, size: int, colour: str = "text2", drop: float = 0.0) -> QPixmap:
    """An icon `size` logical pixels wide, at least at 2×; `drop` moves it down beside Chinese text.
    Drawn once: a page shows the same few again and again."""
    key, image = f"icon {name} {size} {colour} {drop}", QPixmap()
    if not QPixmapCache.find(key, image):
        image = _drawn(name, size, colour, drop)
        QPixmapCache.insert(key, image)
    return image


def _drawn(name: str, size: int, colour: str, drop: float) -> QPixmap:
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
