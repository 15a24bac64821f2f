"""A row of words to press: wraps, may open what belongs to it, and never cuts a word off."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from sgz_desktop.gui import icons, theme
from sgz_desktop.gui.theme import C, px
from sgz_desktop.gui.widgets.badge import badge_width, paint_badge
from sgz_desktop.gui.widgets.painted_rows import draw_text

CHEVRON, ICON, GAP, EDGE = 16, 18, 8, 6
MOST = 4_000  # px a row may be high
WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


@dataclass(frozen=True)
class RowWords:
    """What a row says: `icon` (name, tone) before the text, `second` in grey and `badge` (words, tone) at the
    right or, where there is no room, below; `act` what a press does. `spoken` is said before the text: what
    the icon shows."""

    text: str
    role: str = "body"
    icon: tuple[str, str] | None = None
    second: str = ""
    badge: tuple[str, str] | None = None
    act: str = ""
    spoken: str = ""
    tone: str = "text"


class TextRow(QAbstractButton):
    """Enter and Space press it, ↑↓ go to the row before and after; one that `opens` is checkable: → opens it
    and ← closes it."""

    def __init__(self, words: RowWords, *, opens: bool = False) -> None:
        super().__init__()
        self._words, self._hover = words, False
        self.setCheckable(opens)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.toggled.connect(lambda _on: self._tell())
        self.set_words(words)

    def words(self) -> RowWords:
        """What it says."""
        return self._words

    def set_words(self, words: RowWords) -> None:
        """Say something else."""
        self._words = words
        badge = words.badge[0] if words.badge else ""
        parts = (words.spoken, words.text, badge, words.second, words.act)
        self.setText(words.text)
        self.setAccessibleName("，".join(part for part in parts if part))
        self._tell()
        self._fit()
        self.update()

    def _tell(self) -> None:
        if self.isCheckable():
            self.setAccessibleDescription("已展开" if self.isChecked() else "已收起")

    # Where things stand

    def _left(self) -> int:
        left = px(EDGE)
        if self.isCheckable():
            left += px(CHEVRON) + px(4)
        return left + (px(ICON) + px(GAP) if self._words.icon else 0)

    def _end(self, width: int) -> float:
        """How much stands at the right end of the first line: badge or second words, where they fit there."""
        words = self._words
        if words.act:
            return self._advance(words.act, "second") + px(GAP)
        end = badge_width(words.badge[0]) if words.badge else self._advance(words.second, "second")
        room = width - self._left() - px(EDGE) - self._advance(words.text, words.role) - px(GAP)
        return end + px(GAP) if 0 < end <= room else 0

    @staticmethod
    def _advance(text: str, role: str) -> float:
        return QFontMetricsF(theme.font(role)).horizontalAdvance(text)

    def _parts(self, width: int) -> tuple[QRectF, QRectF, QRectF]:
        """Where text, and badge and second words below it, stand in a row of a width; those not there are
        empty."""
        words, left, end = self._words, self._left(), self._end(width)
        full = width - left - px(EDGE)
        text = self._text_rect(words.text, words.role, left, px(EDGE), full - end)
        low, badge, second = text.bottom(), QRectF(), QRectF()
        if words.badge and not end:
            badge = QRectF(left, low + px(4), full, px(theme.Height.BADGE))
            if badge_width(words.badge[0]) > full:
                badge = self._text_rect(words.badge[0], "second", left, low + px(2), full)
            low = badge.bottom()
        if words.second and (words.badge or words.act or not end):
            second = self._text_rect(words.second, "second", left, low + px(2), full)
        return text, badge, second

    @staticmethod
    def _text_rect(text: str, role: str, left: float, top: float, width: float) -> QRectF:
        metrics = QFontMetricsF(theme.font(role))
        taken = metrics.boundingRect(QRectF(0, 0, max(width, px(40)), MOST), WRAP, text)
        return QRectF(left, top, max(width, px(40)), taken.height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        low = max(rect.bottom() for rect in self._parts(width))
        return max(round(low + 0.5) + px(EDGE), px(34))

    def sizeHint(self) -> QSize:
        return QSize(px(240), self.heightForWidth(px(240)))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), self.heightForWidth(max(self.width(), px(120))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        """Hold the height the width asks for, also inside nested layouts."""
        self.setFixedHeight(self.heightForWidth(self.width()))

    # Keys and painting

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(key == Qt.Key.Key_Down)
        elif self.isCheckable() and key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self.setChecked(key == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hover = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, words = QPainter(self), self._words
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        text, badge, second = self._parts(self.width())
        line = QFontMetricsF(theme.font(words.role)).height()
        self._paint_icons(painter, text.top() + line / 2)
        self._write(painter, text, words.text, words.role, words.tone)
        if words.badge and badge.isNull():
            at = QPointF(self.width() - px(EDGE) - badge_width(words.badge[0]), text.top() + line / 2)
            paint_badge(painter, at - QPointF(0, px(theme.Height.BADGE) / 2), *words.badge)
        elif words.badge and badge_width(words.badge[0]) > badge.width():
            self._write(painter, badge, words.badge[0], "second", words.badge[1])
        elif words.badge:
            paint_badge(painter, badge.topLeft(), *words.badge)
        end = QRectF(text.right(), text.top(), self.width() - px(EDGE) - text.right(), line)
        if words.act or (words.second and second.isNull()):
            draw_text(
                painter,
                end,
                words.act or words.second,
                "second",
                "brand" if words.act else "plain",
                right=True,
            )
        if not second.isNull():
            self._write(painter, second, words.second, "second", "plain")

    def _paint_ground(self, painter: QPainter) -> None:
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self._hover:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(C.canvas))
            painter.drawRoundedRect(rect, px(6), px(6))
        if self.hasFocus():
            painter.setPen(QPen(QColor(C.brand), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect, px(6), px(6))

    def _paint_icons(self, painter: QPainter, middle: float) -> None:
        left = px(EDGE)
        if self.isCheckable():
            side = px(CHEVRON)
            box = QRectF(left, middle - side / 2 + 1, side, side)
            icons.paint(painter, "down" if self.isChecked() else "right", box, "text2")
            left += side + px(4)
        if self._words.icon:
            side = px(ICON)
            name, tone = self._words.icon
            icons.paint(painter, name, QRectF(left, middle - side / 2 + 1, side, side), tone)

    @staticmethod
    def _write(painter: QPainter, rect: QRectF, text: str, role: str, tone: str) -> None:
        if text:
            painter.setFont(theme.font(role))
            painter.setPen(theme.colour(tone) if tone != "plain" else QColor(C.text2))
            painter.drawText(rect.adjusted(0, 0, 0, px(4)), WRAP, text)
