"""Tabs as words with a line under the one in front. Alt+1…9 choose, ←→ move."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QSizePolicy, QWidget

from sgz_desktop.gui import theme
from sgz_desktop.gui.theme import C, px


class Tabs(QWidget):
    """Emits `changed(number)`; `set_words` may put a count behind a word."""

    changed = Signal(int)

    def __init__(self, words: Sequence[str], *, shortcuts: bool = True) -> None:
        super().__init__()
        self._words, self._at = list(words), 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for number in range(len(words) if shortcuts else 0):
            key = QShortcut(f"Alt+{number + 1}", self)
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
        self.updateGeometry()
        self.update()

    def _name(self) -> None:
        self.setAccessibleName("分页：" + "、".join(self._words))
        self.setAccessibleDescription("现在是" + self._words[self._at])

    def _widths(self) -> list[int]:
        metrics = QFontMetrics(theme.font("body_bold"))
        return [metrics.horizontalAdvance(words) + px(22) for words in self._words]

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()), px(40))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(80), px(40))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.set_current(self._at + step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        edge = 0
        for number, width in enumerate(self._widths()):
            edge += width
            if event.position().x() < edge:
                self.set_current(number)
                return

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), QColor(C.line))
        left = 0
        for number, width in enumerate(self._widths()):
            on = number == self._at
            rect = QRectF(left, 0, width - px(10), self.height())
            painter.setFont(theme.font("body_bold" if on else "body"))
            painter.setPen(QColor(C.hover if on else C.text2))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._words[number])
            if on:
                painter.fillRect(QRectF(rect.left(), self.height() - 2, rect.width(), 2), QColor(C.brand))
                if self.hasFocus():
                    painter.setPen(QPen(QColor(C.brand), 2))
                    painter.drawRect(rect.adjusted(1, 3, -1, -3))
            left += width
