"""Beside the form of a group: where it stands in numbers, its sessions, its scores before and after."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sgz_desktop.domain.attendance import Roll, Sitting, day_doubt, score_doubt
from sgz_desktop.gui.pages.attendance_model import short_day
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.before_after import BeforeAfter, Pair
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.data_table import Cell, Column, DataTable
from sgz_desktop.gui.widgets.labels import paragraph

ROWS_SHOWN = 8


class GroupSide(QWidget):
    """`session_wanted(id)` opens a session, `member_wanted()` the members."""

    session_wanted = Signal(str)
    member_wanted = Signal()

    def __init__(self, grid: QWidget, new: QWidget, join: QWidget, score: QWidget) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        self.told = paragraph("", "body", "text")
        glance = Card("开展情况")
        glance.add(self.told)
        glance.add(grid)
        glance.add(join)
        self.table = DataTable("节次", [Column("节", 66, "body_bold"), Column("日期", 84), Column("主题", 0)])
        self.table.opened.connect(lambda id: self.session_wanted.emit(str(id)))
        self.sessions = Card("节次", action=new)
        self.none = paragraph("还没有节次。", "body", "plain")
        for part in (self.none, self.table):
            self.sessions.add(part)
        self.scores = Card("前后测", action=score)
        self.mean = paragraph("", "second", "plain")
        self.chart = BeforeAfter()
        self.chart.opened.connect(lambda _row: self.member_wanted.emit())
        for inner in (self.mean, self.chart):
            self.scores.add(inner)
        for card in (glance, self.sessions, self.scores):
            column.addWidget(card)
        column.addStretch(1)
        self.show_roll(Roll("", ""), "")

    def show_roll(self, roll: Roll, today: str) -> None:
        """Everything of a roll."""
        held = len(roll.held(today))
        of = f"，计划{roll.planned}节" if roll.planned else ""
        here = sum(not seat.left_on for seat in roll.seats)
        left = f"（另有{len(roll.seats) - here}人退出）" if here < len(roll.seats) else ""
        unasked = sum(not seat.consented and not seat.left_on for seat in roll.seats)
        consent = f"{unasked}人还没有同意记录。\n" if unasked else ""
        came = roll.came
        self.told.setText(
            f"已开展{held}节{of}。\n组员{here}人{left}。\n{consent}"
            + (
                f"出席率{came.words}（{came.came}人次，共记{came.marked}）。"
                if came.marked
                else "还没有记出席。"
            )
        )
        self._show_sessions(roll)
        self._show_scores(roll)

    def _show_sessions(self, roll: Roll) -> None:
        newest = tuple(reversed(roll.sittings))
        rows = [self._row(roll, one) for one in newest]
        self.table.set_rows([one.id for one in newest], rows)
        self.table.setVisible(bool(rows))
        self.table.setMinimumHeight(px(40 + 40 * min(max(len(rows), 1), ROWS_SHOWN)))
        self.none.setVisible(not rows)

    def _row(self, roll: Roll, one: Sitting) -> list[Cell]:
        doubt = day_doubt(one.date, roll.first_on, roll.last_on)
        tone = "warn" if doubt else "muted" if one.cancelled else ""
        cells = roll.called(one), short_day(one.date), one.title or "—"
        return [Cell(words, tone) for words in cells]

    def _show_scores(self, roll: Roll) -> None:
        measured = [one for one in roll.seats if one.before is not None or one.after is not None]
        highest = max((score for one in measured for score in (one.before or 0, one.after or 0)), default=0)
        most = max(roll.most or 0, 1) if roll.most else max(highest, 1)
        self.chart.set_rows(
            [Pair(one.name, one.before, one.after, most, score_doubt(one, roll.most)) for one in measured]
        )
        self.scores.setVisible(bool(roll.seats))
        self.chart.setVisible(bool(measured))
        both = [
            (one.before, one.after) for one in measured if one.before is not None and one.after is not None
        ]
        scale = "，".join(filter(None, (roll.scale, f"满分{roll.most}" if roll.most else "")))
        if both:
            first, last = (sum(pair[at] for pair in both) / len(both) for at in (0, 1))
            scale += f"；两次都测的{len(both)}人，平均{first:.1f}→{last:.1f}"
        how = "空心前测，实心后测。" if measured else "还没有记得分。"
        self.mean.setText(f"{scale}。{how}".removeprefix("。"))
