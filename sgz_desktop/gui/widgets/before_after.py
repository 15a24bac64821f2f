"""Scores before and after, a row a member: a ring where it stood, a dot where it stands, both numbers."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from sgz_desktop.gui.theme import C, px
from sgz_desktop.gui.widgets.painted_rows import PaintedRows, draw_text, text_width


@dataclass(frozen=True)
class Pair:
    """One member; None = not measured. `most` is the right end of the scale; `doubt` says what is wrong."""

    name: str
    before: int | None
    after: int | None
    most: int
    doubt: str = ""


class BeforeAfter(PaintedRows[Pair]):
    """A row opens its member."""

    def __init__(self) -> None:
        super().__init__("前后测分数", 34, 40)

    def words(self, row: Pair) -> str:
        return f"{row.name}：前测{_said(row.before)}，后测{_said(row.after)}" + row.doubt

    def paint_row(self, painter: QPainter, row: Pair, rect: QRectF) -> None:
        numbers = f"{_said(row.before)}→{_said(row.after)}"
        names, right = px(64), text_width("000→000", "body_bold") + px(4)
        draw_text(painter, QRectF(rect.left(), rect.top(), names, rect.height()), row.name)
        tone = "warn" if row.doubt else "text"
        draw_text(painter, rect, numbers, "body_bold", tone, right=True)
        left, width = rect.left() + names + px(12), rect.width() - names - right - px(28)
        middle = rect.center().y()
        painter.fillRect(QRectF(left, middle, width, 1), QColor(C.line))
        at = [
            None if score is None else QPointF(left + width * min(score / row.most, 1), middle)
            for score in (row.before, row.after)
        ]
        self._plot(painter, *at)

    def _plot(self, painter: QPainter, before: QPointF | None, after: QPointF | None) -> None:
        painter.setPen(QPen(QColor(C.brand), 2))
        if before is not None and after is not None:
            painter.drawLine(before, after)
        for point, filled in ((before, False), (after, True)):
            if point is not None:
                painter.setBrush(QColor(C.brand if filled else C.surface))
                painter.drawEllipse(point, px(5), px(5))


def _said(score: int | None) -> str:
    return "—" if score is None else str(score)
