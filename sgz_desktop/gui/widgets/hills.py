"""The hills behind the unlock page: paint, not a picture."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

# (height of the crest at left, first bow, second bow, right; as parts of the window's height), colour
_HILLS = (
    ((0.700, 0.640, 0.760, 0.655), "#E9EFED"),
    ((0.790, 0.735, 0.825, 0.760), "#E0EAE6"),
    ((0.885, 0.835, 0.905, 0.855), "#D7E5E0"),
)


def paint_hills(painter: QPainter, size: QSize) -> None:
    """Three waves over the lower third."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    width, height = size.width(), size.height()
    for (left, rise, fall, right), colour in _HILLS:
        path = QPainterPath(QPointF(0, height * left))
        path.cubicTo(
            width * 0.28, height * rise, width * 0.40, height * rise, width * 0.55, height * (rise + fall) / 2
        )
        path.cubicTo(width * 0.70, height * fall, width * 0.88, height * fall, width, height * right)
        path.lineTo(width, height)
        path.lineTo(0, height)
        path.closeSubpath()
        painter.setBrush(QColor(colour))
        painter.drawPath(path)
