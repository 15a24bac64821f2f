"""Tabs as words with a line under the one in front; in lines where one is too short for all. Alt+1…9 and
Alt+0 choose the first ten, ←→ move."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from sgz_desktop.gui import theme
from sgz_desktop.gui.theme import C, px

MOST_KEYS = 10
HEIGHT, GAP = 40, 10  # of a line; between two tabs


class Tabs(QWidget):
    """Emits `changed(number)`; `set_words` may put a count behind a word."""

    changed = Signal(int)

    def __init__(self, words: Sequence[str], *, shortcuts: bool = True) -> None:
        super().__init__()
        self._words, self._at = list(words), 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for number in range(min(len(words), MOST_KEYS) if shortcuts else 0):
            key = QShortcut(f"Alt+{(number + 1) % MOST_KEYS}", self)
            key.activated.connect(lambda number=number: self.set_current(number))
        self._name()

    def current(self) -> int:
        """The tab in front."""
        return self._at

    def set_current(self, number: int) -> None:
        """Bring a tab to the front."""
        if 0 <= number < len(self._words) and number != self._at:
            self._at = number
            self._name()
            self.update()
            self.changed.emit(number)

    def set_words(self, number: int, words: str) -> None:
        """Change one tab's words."""
        self._words[number] = words
        self._name()
        self._fit()
        self.updateGeometry()
        self.update()

    def _name(self) -> None:
        self.setAccessibleName("分页：" + "、".join(self._words))
        self.setAccessibleDescription("现在是" + self._words[self._at])

    def _widths(self) -> list[int]:
        metrics = QFontMetrics(theme.font("body_bold"))
        return [metrics.horizontalAdvance(words) + px(12 + GAP) for words in self._words]

    def rects(self, width: int) -> list[QRectF]:
        """Where each tab stands in so much room: side by side, and below where the line is full."""
        found, left, top = [], 0, 0
        for wide in self._widths():
            if left and left + wide - px(GAP) > width:
                left, top = 0, top + px(HEIGHT)
            found.append(QRectF(left, top, wide - px(GAP), px(HEIGHT)))
            left += wide
        return found

    def _fit(self) -> None:
        self.setFixedHeight(int(self.rects(self.width())[-1].bottom()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()), px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(80), px(HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.set_current(self._at + step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number, rect in enumerate(self.rects(self.width())):
            if rect.adjusted(0, 0, px(GAP), 0).contains(event.position()):
                self.set_current(number)
                return

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), QColor(C.line))
        for number, rect in enumerate(self.rects(self.width())):
            on = number == self._at
            painter.setFont(theme.font("body_bold" if on else "body"))
            painter.setPen(QColor(C.hover if on else C.text2))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._words[number])
            if on:
                painter.fillRect(QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2), QColor(C.brand))
                if self.hasFocus():
                    painter.setPen(QPen(QColor(C.brand), 2))
                    painter.drawRect(rect.adjusted(1, 3, -1, -3))
