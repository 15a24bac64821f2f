"""A small word on a tint: 高风险, 在办, 待核. Status is never told by colour alone."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sgz_desktop.gui import icons, theme
from sgz_desktop.gui.theme import TONES, px


def badge_width(text: str, icon: str = "") -> float:
    """Logical pixels a badge takes."""
    return QFontMetricsF(theme.font("caption")).horizontalAdvance(text) + px(16) + (px(18) if icon else 0)


def paint_badge(
    painter: QPainter, at: QPointF, text: str, tone: str, *, icon: str = "", ground: str = ""
) -> float:
    """Paint a badge with its top left corner at `at`; returns its width.

    `ground` replaces the tint (a colour token).
    """
    rect = QRectF(at.x(), at.y(), badge_width(text, icon), px(theme.Height.BADGE))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(ground) if ground else _tint(tone))
    painter.drawRoundedRect(rect, px(theme.RADIUS_CONTROL) - 1, px(theme.RADIUS_CONTROL) - 1)
    inner = rect.adjusted(px(8), 0, -px(8), 0)
    if icon:
        side = px(14)
        icons.paint(painter, icon, QRectF(inner.x(), inner.center().y() - side / 2 + 0.5, side, side), tone)
        inner.setLeft(inner.left() + px(18))
    painter.setPen(theme.colour(tone))
    painter.setFont(theme.font("caption"))
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    return rect.width()


def _tint(tone: str) -> QColor:
    return QColor(TONES[tone].tint)


class Badge(QWidget):
    """A badge as a widget."""

    def __init__(self, text: str, tone: str = "plain", icon: str = "") -> None:
        super().__init__()
        self._text, self._tone, self._icon = text, tone, icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def set_badge(self, text: str, tone: str = "plain", icon: str = "") -> None:
        """Say something else."""
        self._text, self._tone, self._icon = text, tone, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The word shown."""
        return self._text

    def sizeHint(self) -> QSize:
        return QSize(round(badge_width(self._text, self._icon) + 0.5), px(theme.Height.BADGE))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_badge(painter, QPointF(0, 0), self._text, self._tone, icon=self._icon)
