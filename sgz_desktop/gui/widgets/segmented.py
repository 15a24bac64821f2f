"""A switch of two to four words side by side: 能 / 不能 / 未看, 标准 / 大 / 特大."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from sgz_desktop.gui import theme
from sgz_desktop.gui.theme import TONES, C, px
from sgz_desktop.gui.widgets.spoken import say_choice

DIGITS = frozenset("0123456789")


class Segmented(QWidget):
    """Options as (value, words) or (value, words, tone); None = nothing chosen. ←→ or a digit choose, Delete
    clears."""

    changed = Signal()
    left = Signal()

    def __init__(self, options: Sequence[tuple], value: object = None, *, clearable: bool = False) -> None:
        super().__init__()
        self._options = [(o[0], str(o[1]), str(o[2]) if len(o) > 2 else "brand") for o in options]
        self._at = -1
        self._clearable = clearable
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._describe()
        self.set_value(value)

    def value(self) -> object:
        """The value chosen, or None."""
        return self._options[self._at][0] if self._at >= 0 else None

    def set_value(self, value: object) -> None:
        """Choose by value; an unknown one or None chooses nothing."""
        self._choose(next((i for i, o in enumerate(self._options) if o[0] == value), -1))

    def _choose(self, number: int) -> None:
        if number != self._at:
            self._at = number
            self._describe()
            self.changed.emit()

    def _describe(self) -> None:
        words = "、".join(o[1] for o in self._options)
        chosen = self._options[self._at][1] if self._at >= 0 else "未选"
        say_choice(self, f"已选：{chosen}。可选：{words}")
        self.update()

    def _widths(self) -> list[int]:
        metrics = QFontMetrics(theme.font("body_bold"))
        return [metrics.horizontalAdvance(words) + px(25) for _, words, _ in self._options]

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()) + 2, px(34))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        edge = 1
        for number, width in enumerate(self._widths()):
            edge += width
            if event.position().x() < edge:
                if self._clearable and number == self._at:
                    self.set_value(None)
                else:
                    self._choose(number)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self._choose(min(max(self._at + step, 0), len(self._options) - 1))
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._clearable:
            self.set_value(None)
        elif (number := self._numbered(event.text())) >= 0:
            self._choose(number)
        else:
            super().keyPressEvent(event)

    def _numbered(self, digit: str) -> int:
        """The option a digit means: the one with that code (1 男, 2 女), else the n-th; -1 for none."""
        codes = [str(value) for value, _, _ in self._options]
        keys = codes if DIGITS & set(codes) else [str(place) for place in range(1, len(codes) + 1)]
        return keys.index(digit) if digit in DIGITS & set(keys) else -1

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(0.5, 0.5, self.width() - 1, self.height() - 1)
        outline = QPainterPath()
        outline.addRoundedRect(frame, px(theme.RADIUS_CONTROL), px(theme.RADIUS_CONTROL))
        painter.fillPath(outline, QColor(C.surface))
        painter.setClipPath(outline)
        left = 1.0
        for number, width in enumerate(self._widths()):
            self._paint_part(painter, QRectF(left, 1, width, self.height() - 2), number)
            left += width
        painter.setClipping(False)
        edge = C.danger if self.property("state") == "error" else C.brand if self.hasFocus() else C.button
        painter.setPen(QPen(QColor(edge), 2 if edge != C.button else 1))
        painter.drawPath(outline)

    def _paint_part(self, painter: QPainter, rect: QRectF, number: int) -> None:
        _, words, tone = self._options[number]
        on = number == self._at
        if on:
            painter.fillRect(rect, QColor(TONES[tone].tint))
        if number:
            painter.fillRect(QRectF(rect.left(), rect.top(), 1, rect.height()), QColor(C.button))
        painter.setFont(theme.font("body_bold" if on else "body"))
        painter.setPen(QColor(TONES[tone].text if on else C.text))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)
        if on:
            pad = px(7)
            line = QRectF(rect.left() + pad, rect.bottom() - px(4), rect.width() - 2 * pad, px(2))
            painter.fillRect(line, QColor(TONES[tone].text))
