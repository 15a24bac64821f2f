"""Things to do, as rows: when, an icon, whom, what, and in red words how late."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from sgz_desktop.gui import icons
from sgz_desktop.gui.theme import C, px
from sgz_desktop.gui.widgets.painted_rows import PaintedRows, draw_text, text_width


@dataclass(frozen=True)
class Due:
    """One row; `note` stands at the right in `tone`. Late ones, and those with `alarm`, have a red circle."""

    when: str
    icon: str
    name: str
    what: str
    note: str = ""
    tone: str = "plain"
    alarm: bool = False

    @property
    def late(self) -> bool:
        return self.tone == "danger"

    @property
    def red(self) -> bool:
        return self.late or self.alarm


class DueRows(PaintedRows[Due]):
    """今天, and the to-dos of a case."""

    def __init__(self, name: str, row_height: int = 38) -> None:
        super().__init__(name, row_height, row_height + 4)

    def words(self, row: Due) -> str:
        return "，".join(part for part in (row.when, row.name, row.what, row.note) if part)

    def paint_row(self, painter: QPainter, row: Due, rect: QRectF) -> None:
        widest = max((text_width(one.when, "second") for one in self.rows), default=0)
        left = min(widest, rect.width() * 0.3) + px(10)
        draw_text(painter, QRectF(0, rect.top(), left - px(6), rect.height()), row.when, "second", "plain")
        self._circle(painter, QPointF(left + px(13), rect.center().y()), row)
        inner = rect.adjusted(left + px(36), 0, 0, 0)
        note = text_width(row.note, "body_bold") + px(8) if row.note else 0
        if row.note:
            draw_text(painter, inner, row.note, "body_bold" if row.late else "second", row.tone, right=True)
        room = inner.adjusted(0, 0, -note, 0)
        taken = draw_text(painter, room, row.name, "body_bold") + px(8) if row.name else 0
        draw_text(painter, room.adjusted(taken, 0, 0, 0), row.what, "second" if row.name else "body", "plain")

    def _circle(self, painter: QPainter, centre: QPointF, row: Due) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(C.danger_tint if row.red else C.tint))
        painter.drawEllipse(centre, px(13), px(13))
        side = px(15)
        box = QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)
        icons.paint(painter, row.icon, box, "danger" if row.red else "brand")


class TallDueRows(DueRows):
    """待办 in a narrow column: when and how late above, what is to be done below with the whole width."""

    def __init__(self, name: str) -> None:
        super().__init__(name, 52)

    def paint_row(self, painter: QPainter, row: Due, rect: QRectF) -> None:
        inner = rect.adjusted(0, px(4), 0, -px(4))
        top = QRectF(inner.left(), inner.top(), inner.width(), inner.height() / 2)
        draw_text(painter, top, row.when, "second", "plain")
        if row.note:
            draw_text(painter, top, row.note, "body_bold" if row.late else "second", row.tone, right=True)
        below = top.translated(0, top.height())
        draw_text(painter, below, "，".join(part for part in (row.name, row.what) if part), "body")
