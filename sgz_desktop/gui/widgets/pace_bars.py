"""Bullet charts with words: what is done of a goal, where it should stand by now, what pace is needed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from sgz_desktop.gui.theme import C, px
from sgz_desktop.gui.widgets.painted_rows import PaintedRows, draw_bar, draw_text, text_width

COLOURS = {"brand": "brand", "warn": "warn", "danger": "danger"}


@dataclass(frozen=True)
class PaceRow:
    """`share` done of the whole (1 = all, more is drawn as all), `mark` the part of it the calendar asks for
    by now (None: none); `note` below in `tone`."""

    label: str
    shown: str
    share: float
    mark: float | None
    note: str
    tone: str = "brand"


class PaceBars(PaintedRows[PaceRow]):
    """Rows of two lines: name and numbers above, bar and pace below."""

    def __init__(self, name: str) -> None:
        super().__init__(name, 54, 62)

    def words(self, row: PaceRow) -> str:
        return "，".join(part for part in (f"{row.label}{row.shown}", row.note) if part)

    def paint_row(self, painter: QPainter, row: PaceRow, rect: QRectF) -> None:
        inner = rect.adjusted(0, px(4), 0, -px(4))
        half = inner.height() / 2
        top = QRectF(inner.left(), inner.top(), inner.width(), half)
        tone = "text" if row.tone == "brand" else row.tone
        taken = draw_text(painter, top, row.shown, "body_bold", tone, right=True)
        draw_text(painter, top.adjusted(0, 0, -taken - px(10), 0), row.label)
        note = max((text_width(one.note, "second") for one in self.rows), default=0)
        room = max(inner.width() - note - px(16), inner.width() * 0.3)
        below = QRectF(inner.left(), inner.top() + half, inner.width(), half)
        draw_text(painter, below.adjusted(room + px(12), 0, 0, 0), row.note, "second", tone, right=True)
        self._bar(painter, row, QRectF(inner.left(), below.center().y(), room, 0))

    def _bar(self, painter: QPainter, row: PaceRow, line: QRectF) -> None:
        middle = line.center().y()
        draw_bar(painter, QRectF(line.left(), middle - px(6), line.width(), px(12)), C.track)
        done = line.width() * min(max(row.share, 0.0), 1.0)
        if done:
            colour = getattr(C, COLOURS[row.tone])
            draw_bar(painter, QRectF(line.left(), middle - px(3.5), done, px(7)), colour)
        if row.mark is not None:
            at = line.left() + line.width() * min(max(row.mark, 0.0), 1.0)
            painter.fillRect(QRectF(min(at, line.right() - 2), middle - px(9), 2, px(18)), QColor(C.text))
