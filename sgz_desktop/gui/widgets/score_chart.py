"""Scores of one instrument over the days, as a line with its numbers: one chart a row, told in words too."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from sgz_desktop.gui import theme
from sgz_desktop.gui.theme import C, px
from sgz_desktop.gui.widgets.painted_rows import PaintedRows, draw_text, text_width

DOTS = 6  # as many as have room for their day


@dataclass(frozen=True)
class Dot:
    """One score: its day in short, where the day lies between the first (0) and the last (1), the hint."""

    day: str
    at: float
    value: int
    grade: str = ""


@dataclass(frozen=True)
class Scores:
    """One instrument; `told` says how it moved since last time."""

    title: str
    unit: str
    dots: tuple[Dot, ...]
    told: str = ""


class ScoreChart(PaintedRows[Scores]):
    """A row opens its last record."""

    def __init__(self, name: str) -> None:
        super().__init__(name, 156, 156)

    def words(self, row: Scores) -> str:
        told = "、".join(
            f"{dot.day}{dot.value}{row.unit}{f'（{dot.grade}）' if dot.grade else ''}" for dot in row.dots
        )
        return f"{row.title}：{told}{'，' + row.told if row.told else ''}"

    def paint_row(self, painter: QPainter, row: Scores, rect: QRectF) -> None:
        line = px(22)
        top = QRectF(rect.left() + px(4), rect.top() + px(6), rect.width() - px(8), line)
        last = row.dots[-1]
        now = f"{last.value}{row.unit}" + (f"·{last.grade}" if last.grade else "")
        told = top.translated(0, line)
        room = top.width() - text_width(now, "body_bold") - px(12)
        if room < text_width(row.title, "body_bold"):  # too narrow for both: the figure goes a line down
            draw_text(painter, top, row.title, "body_bold")
            draw_text(painter, told, now, "body_bold")
        else:
            draw_text(painter, top, now, "body_bold", right=True)
            draw_text(painter, top.adjusted(0, 0, room - top.width(), 0), row.title, "body_bold")
            draw_text(painter, told, row.told, "second", "plain")
        plot = QRectF(top.left() + px(34), told.bottom() + px(28), top.width() - px(68), px(34))
        self._plot(painter, row, plot)

    def _plot(self, painter: QPainter, row: Scores, plot: QRectF) -> None:
        ground = QRectF(plot.left() - px(30), plot.bottom(), plot.width() + px(60), 1)
        painter.fillRect(ground, QColor(C.line))
        most = max(1, *(dot.value for dot in row.dots))  # from nought to the highest there was
        points = [
            QPointF(plot.left() + plot.width() * dot.at, plot.bottom() - plot.height() * dot.value / most)
            for dot in row.dots
        ]
        painter.setPen(QPen(QColor(C.brand), 2))
        for one, other in itertools.pairwise(points):
            painter.drawLine(one, other)
        painter.setBrush(QColor(C.brand))
        for point in points:
            painter.drawEllipse(point, px(4), px(4))
        self._labels(painter, row, plot, points)

    def _labels(self, painter: QPainter, row: Scores, plot: QRectF, points: list[QPointF]) -> None:
        """Value above, day below; a label that would touch the one at its right is left out."""
        painter.setFont(theme.font("caption"))
        centre = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        edge = plot.right() + px(200)
        for dot, point in reversed(list(zip(row.dots, points, strict=True))):
            wide = max(text_width(dot.day, "caption"), text_width(str(dot.value), "caption")) + px(8)
            if point.x() + wide / 2 > edge:
                continue
            edge = point.x() - wide / 2
            painter.setPen(QColor(C.text))
            above = QRectF(point.x() - wide / 2, point.y() - px(23), wide, px(18))
            painter.drawText(above, centre, str(dot.value))
            painter.setPen(QColor(C.muted))
            below = QRectF(point.x() - wide / 2, plot.bottom() + px(4), wide, px(20))
            painter.drawText(below, centre, dot.day)
