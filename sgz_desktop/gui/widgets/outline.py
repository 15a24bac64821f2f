"""The sections of a form at its left: which one is in sight, how much is filled in, where to look again."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from sgz_desktop.gui import icons, theme
from sgz_desktop.gui.theme import C, px
from sgz_desktop.gui.widgets.hovered_rows import HoveredRows
from sgz_desktop.gui.widgets.painted_rows import draw_bar, draw_text, text_width

WIDTH = 212
ROW = 42


@dataclass
class OutlineRow:
    """`note`: 3/9 or words like 1处请核对; `tone`: muted, warn or danger; `done` draws a tick."""

    title: str
    note: str = ""
    tone: str = "muted"
    done: bool = False


class Outline(HoveredRows):
    """`picked(number)` on a press, Enter or Space; ↑↓ move."""

    picked = Signal(int)
    TOP = 8

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[OutlineRow] = []
        self._at = 0
        self._cursor = -1
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedWidth(px(WIDTH))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("目录")

    def set_titles(self, titles: list[str]) -> None:
        """Show other sections, the first one in sight."""
        self.rows = [OutlineRow(title) for title in titles]
        self._at, self._cursor = 0, -1
        self.updateGeometry()
        self._tell()

    def set_note(self, number: int, note: str, tone: str = "muted", *, done: bool = False) -> None:
        """Say how far a section is."""
        row = self.rows[number]
        if (row.note, row.tone, row.done) != (note, tone, done):
            row.note, row.tone, row.done = note, tone, done
            self._tell()

    def set_current(self, number: int) -> None:
        """The section in sight."""
        if number != self._at and 0 <= number < len(self.rows):
            self._at = number
            self._tell()

    def current(self) -> int:
        """The section in sight."""
        return self._at

    def _tell(self) -> None:
        self.setAccessibleDescription("；".join(f"{row.title}{row.note}" for row in self.rows))
        self.update()

    def take(self, number: int) -> None:
        self.picked.emit(number)

    def sizeHint(self) -> QSize:
        return QSize(px(WIDTH), px(16) + px(ROW) * len(self.rows))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(WIDTH), px(80))

    def step(self) -> float:
        room = (self.height() - px(16)) / max(len(self.rows), 1)
        return min(px(ROW), max(room, px(24)))

    def _rect(self, number: int) -> QRectF:
        step = self.step()
        return QRectF(px(8), px(self.TOP) + number * step, self.width() - px(16), step)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(C.line), 1))
        painter.setBrush(QColor(C.surface))
        radius = px(theme.RADIUS_CARD)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        for number, row in enumerate(self.rows):
            self._paint_row(painter, number, row)

    def _paint_row(self, painter: QPainter, number: int, row: OutlineRow) -> None:
        rect, on = self._rect(number), number == self._at
        if on or number == self.hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(C.tint if on else C.canvas))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), px(8), px(8))
        if on:
            edge = QRectF(rect.left(), rect.top() + px(11), px(3), rect.height() - px(22))
            draw_bar(painter, edge, C.brand)
        inner = rect.adjusted(px(12), 0, -px(10), 0)
        right = self._paint_note(painter, inner, row)
        words = inner.adjusted(0, 0, -right, 0)
        draw_text(painter, words, row.title, "body_bold" if on else "body", "hover" if on else "text")
        if self.hasFocus() and number == (self._cursor if self._cursor >= 0 else self._at):
            painter.setPen(QPen(QColor(C.brand), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 2, -1, -2), px(8), px(8))

    def _paint_note(self, painter: QPainter, inner: QRectF, row: OutlineRow) -> float:
        if row.done:
            side = px(17)
            box = QRectF(inner.right() - side, inner.center().y() - side / 2, side, side)
            icons.paint(painter, "check", box, "ok")
            return side + px(6)
        draw_text(painter, inner, row.note, "caption", row.tone, right=True)
        return text_width(row.note, "caption") + px(6)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._cursor = self._at

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self._cursor = min(max(self._cursor + step, 0), len(self.rows) - 1)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._cursor >= 0:
            self.picked.emit(self._cursor)
        else:
            super().keyPressEvent(event)
