"""Several of some options, painted as chips that wrap: one widget, however long the list."""

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
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from sgz_desktop.gui import icons, theme
from sgz_desktop.gui.theme import C, px
from sgz_desktop.gui.widgets.spoken import say_choice

GAP = 6


class MultiChoice(QWidget):
    """Options as (value, words). ←→↑↓ move, Space or a digit ticks; `value()` is the values ticked, with
    commas between."""

    changed = Signal()
    left = Signal()

    def __init__(self, options: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._options = [(str(value), words) for value, words in options]
        self._on: set[int] = set()
        self._at = 0
        self._keyed = False
        self._boxes: list[QRectF] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if options else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._describe()

    def value(self) -> str | None:
        """The values ticked, in the order of the options; None when none is."""
        return ",".join(self._options[number][0] for number in sorted(self._on)) or None

    def set_value(self, value: str | None) -> None:
        """Tick the values named; others are cleared."""
        wanted = set((value or "").split(",")) - {""}
        on = {number for number, (one, _) in enumerate(self._options) if one in wanted}
        if on != self._on:
            self._on = on
            self._describe()
            self.changed.emit()

    def point_at(self, value: str) -> None:
        """Put the cursor on an option, so that Space ticks it."""
        self._at = next((n for n, (one, _) in enumerate(self._options) if one == value), self._at)
        self.update()

    def options(self) -> list[tuple[str, str]]:
        """The options offered."""
        return list(self._options)

    def _toggle(self, number: int) -> None:
        self._at = number
        self._on ^= {number}
        self._describe()
        self.changed.emit()

    def _describe(self) -> None:
        chosen = "、".join(self._options[number][1] for number in sorted(self._on)) or "未选"
        words = "、".join(words for _, words in self._options)
        say_choice(self, f"已选：{chosen}。可选：{words}")
        self.update()

    def _lay_out(self, width: int) -> list[QRectF]:
        metrics = QFontMetrics(theme.font("second_bold"))
        boxes, left, top, high = [], 0.0, 1.0, px(32)
        for _, words in self._options:
            wide = min(metrics.horizontalAdvance(words) + px(32), max(width - 2, px(60)))
            if left and left + wide > width - 1:
                left, top = 0.0, top + high + px(GAP)
            boxes.append(QRectF(left + 0.5, top + 0.5, wide, high - 1))
            left += wide + px(GAP)
        return boxes

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        boxes = self._lay_out(width)
        return int(boxes[-1].bottom()) + 3 if boxes else 0

    def sizeHint(self) -> QSize:
        width = max(self.width(), px(200))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), px(34) if self._options else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._boxes = self._lay_out(self.width())
        height = self.heightForWidth(self.width())
        if self.minimumHeight() != height:
            self.setMinimumHeight(height)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number, box in enumerate(self._boxes):
            if box.contains(event.position()):
                self._toggle(number)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._keyed = True
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        line = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self._at = min(max(self._at + step, 0), len(self._options) - 1)
        elif line is not None:
            self._at = self._above_or_below(line)
        elif event.key() == Qt.Key.Key_Space:
            self._toggle(self._at)
        elif Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9 and not event.modifiers():
            if (number := event.key() - Qt.Key.Key_1) < len(self._options):
                self._toggle(number)
        else:
            super().keyPressEvent(event)
            return
        self.update()

    def _above_or_below(self, by: int) -> int:
        here = self._boxes[self._at]
        lines = sorted({box.top() for box in self._boxes})
        line = lines.index(here.top()) + by
        if not 0 <= line < len(lines):
            return self._at
        row = [number for number, box in enumerate(self._boxes) if box.top() == lines[line]]
        return min(row, key=lambda number: abs(self._boxes[number].center().x() - here.center().x()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._keyed = event.reason() != Qt.FocusReason.MouseFocusReason

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, box in enumerate(self._boxes):
            self._paint_chip(painter, number, box)

    def _paint_chip(self, painter: QPainter, number: int, box: QRectF) -> None:
        on, here = number in self._on, self.hasFocus() and self._keyed and number == self._at
        wrong = self.property("state") == "error"
        edge = C.brand if on or here else C.danger if wrong else C.button
        painter.setPen(QPen(QColor(edge), 2 if here else 1))
        painter.setBrush(QColor(C.tint if on else C.surface))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5) if here else box, px(8), px(8))
        inner, place = box.adjusted(px(8), 0, -px(8), 0), Qt.AlignmentFlag.AlignHCenter
        if on:
            side = px(14)
            mark = QRectF(box.left() + px(6), box.center().y() - side / 2, side, side)
            icons.paint(painter, "check", mark, "brand")
            inner.setLeft(box.left() + px(23))
            place = Qt.AlignmentFlag.AlignLeft
        face = theme.font("second_bold" if on else "second")
        painter.setFont(face)
        painter.setPen(QColor(C.hover if on else C.text2))
        shown = QFontMetrics(face).elidedText(
            self._options[number][1], Qt.TextElideMode.ElideRight, int(inner.width()) + 1
        )
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | place), shown)
