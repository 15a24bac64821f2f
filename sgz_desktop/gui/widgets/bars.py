"""Bars with words and numbers: by village, this month and last, towards the year's goal, days of a limit."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from sgz_desktop.gui import theme
from sgz_desktop.gui.theme import C, px
from sgz_desktop.gui.widgets.painted_rows import PaintedRows, draw_bar, draw_text, text_width

OPEN_END = 20  # ticks there is room for where no limit is known


@dataclass(frozen=True)
class Bar:
    """`value` of `total`; the track's length shows `total` against the greatest total of all rows."""

    label: str
    value: int
    total: int
    note: str = ""
    tone: str = "warn"


@dataclass(frozen=True)
class Pair:
    """A figure of this month beside last month's; `shown` carries the unit (24户次). Each pair has a measure
    of its own: 节 beside 户次 would be no bar at all."""

    label: str
    now: int
    before: int
    shown: str
    shown_before: str


@dataclass(frozen=True)
class Bullet:
    """Progress to a goal; `expected` is what the calendar asks by today (a mark on the track)."""

    label: str
    value: int
    goal: int
    expected: float
    unit: str = ""


@dataclass(frozen=True)
class Days:
    """Working days used of a reference limit (0 = none known), as ticks; `used` None = not yet accepted."""

    name: str
    what: str
    used: int | None
    limit: int
    line: str
    note: str = ""


class BarRows(PaintedRows[Bar]):
    """本月未探访 by village."""

    def __init__(self, name: str) -> None:
        super().__init__(name, 34, 47)

    def words(self, row: Bar) -> str:
        return f"{row.label}{row.value}/{row.total}{'，' + row.note if row.note else ''}"

    def paint_row(self, painter: QPainter, row: Bar, rect: QRectF) -> None:
        left = min(rect.width() * 0.4, max(text_width(r.label) for r in self.rows) + px(16))
        right = max((text_width(r.note, "body_bold") for r in self.rows), default=0) + px(10)
        draw_text(painter, QRectF(rect.left(), rect.top(), left - px(6), rect.height()), row.label)
        draw_text(
            painter, rect, row.note, "body_bold" if row.tone == "warn" else "body", row.tone, right=True
        )
        room = max(rect.width() - left - right, px(20))
        most = max(r.total for r in self.rows) or 1
        bar = QRectF(left, rect.center().y() - px(5), room * row.total / most, px(10))
        draw_bar(painter, bar, C.track)
        if row.value:
            draw_bar(
                painter,
                QRectF(
                    bar.left(), bar.top(), bar.width() * min(row.value / max(row.total, 1), 1), bar.height()
                ),
                C.brand,
            )


class PairedBars(PaintedRows[Pair]):
    """本月与上月."""

    def __init__(self, name: str) -> None:
        super().__init__(name, 34, 46)

    def words(self, row: Pair) -> str:
        return f"{row.label}{row.shown}，{row.shown_before}"

    def paint_row(self, painter: QPainter, row: Pair, rect: QRectF) -> None:
        left = max(text_width(r.label) for r in self.rows) + px(18)
        last = max(text_width(r.shown_before, "second") for r in self.rows)
        this = max(text_width(r.shown, "body_bold") for r in self.rows)
        draw_text(painter, QRectF(0, rect.top(), left, rect.height()), row.label)
        draw_text(painter, rect, row.shown_before, "second", "plain", right=True)
        draw_text(painter, rect.adjusted(0, 0, -last - px(14), 0), row.shown, "body_bold", right=True)
        room = max(rect.width() - left - last - this - px(32), px(20))
        most = max(row.now, row.before) or 1
        middle = rect.center().y()
        for value, top, height, colour in (
            (row.now, middle - px(8), px(9), C.brand),
            (row.before, middle + px(2), px(6), C.button),
        ):
            if value:
                draw_bar(painter, QRectF(left, top, max(room * value / most, px(4)), height), colour)


class BulletBars(PaintedRows[Bullet]):
    """年度目标."""

    def __init__(self, name: str) -> None:
        super().__init__(name, 32, 44)

    def words(self, row: Bullet) -> str:
        return f"{row.label}{row.value:,}/{row.goal:,}{row.unit}，应到{row.expected:.0f}"

    def paint_row(self, painter: QPainter, row: Bullet, rect: QRectF) -> None:
        late = row.value < min(row.expected, row.goal)  # as the contract page and the brief have it
        shown = [f"{r.value:,}/{r.goal:,}{r.unit}" for r in self.rows]
        left = max(text_width(r.label) for r in self.rows) + px(18)
        room = max(rect.width() - left - max(text_width(s, "body_bold") for s in shown) - px(16), px(20))
        draw_text(painter, QRectF(0, rect.top(), left, rect.height()), row.label)
        words = f"{row.value:,}/{row.goal:,}{row.unit}"
        draw_text(
            painter, rect, words, "body_bold" if late else "body", "warn" if late else "text", right=True
        )
        middle = rect.center().y()
        draw_bar(painter, QRectF(left, middle - px(6), room, px(12)), C.track)
        done = room * min(row.value / max(row.goal, 1), 1)
        if done:
            draw_bar(painter, QRectF(left, middle - px(3.5), done, px(7)), C.warn if late else C.brand)
        mark = left + room * min(row.expected / max(row.goal, 1), 1)
        painter.fillRect(QRectF(mark - 1, middle - px(9), 2, px(18)), QColor(C.text))


class DayRows(PaintedRows[Days]):
    """救助申请进度."""

    def __init__(self, name: str) -> None:
        super().__init__(name, 68, 76)

    def words(self, row: Days) -> str:
        return f"{row.name}{row.what}，{row.line}{'，' + row.note if row.note else ''}"

    def paint_row(self, painter: QPainter, row: Days, rect: QRectF) -> None:
        line = px(22)
        top = QRectF(rect.left(), rect.top() + px(2), rect.width(), line)
        note = text_width(row.note, "second_bold") + px(8) if row.note else 0
        taken = draw_text(painter, top.adjusted(0, 0, -note, 0), row.name, "body_bold")
        draw_text(painter, top.adjusted(taken + px(8), 0, -note, 0), row.what, "second", "plain")
        if row.note:
            draw_text(painter, top, row.note, "second_bold", "warn", right=True)
        gap, count = px(4), row.limit or max(row.used or 0, OPEN_END)
        width = (rect.width() - gap * (count - 1)) / count
        for number in range(row.limit or row.used or 0):  # without a limit there is no track to the end
            tick = QRectF(rect.left() + number * (width + gap), top.bottom() + px(4), width, px(6))
            draw_bar(painter, tick, C.brand if row.used is not None and number < row.used else theme.C.track)
        draw_text(
            painter,
            QRectF(rect.left(), top.bottom() + px(14), rect.width(), line),
            row.line,
            "second",
            "plain",
        )
