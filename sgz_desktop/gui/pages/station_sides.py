"""Cards beside the lists of 站务: whether the staff are enough, how often each service was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sgz_desktop.actions import service_catalogue, staff_standing
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.service_catalogue import ItemDone
from sgz_desktop.domain import days
from sgz_desktop.domain.staffing import STATE_WORDS, Standing, State
from sgz_desktop.gui import jobs
from sgz_desktop.gui.theme import px
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.due_rows import Due, TallDueRows
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.pace_bars import PaceBars, PaceRow
from sgz_desktop.gui.widgets.painted_rows import PaintedRows
from sgz_desktop.gui.widgets.reflow import SideBySide
from sgz_desktop.gui.widgets.scroll import SideScroll

WIDTH = 360
LIST_HEIGHT = 300  # px at 标准 of a list with its card under it
ICONS = {State.MET: "check", State.RISK: "clock", State.MISSED: "alert", State.OPEN: "edit"}
TONES = {State.MET: "plain", State.RISK: "warn", State.MISSED: "danger", State.OPEN: "plain"}


class SideCard(Card):
    """`opened(id)` asks for a record of the list, `counted(id, words)` for the records behind its number. A
    side reads its own rows and shows them."""

    opened = Signal(str)
    counted = Signal(str, str)

    def __init__(self, desk: Desk, title: str, plot: PaintedRows[Any], empty: str) -> None:
        super().__init__(title)
        self.desk, self.plot = desk, plot
        self.ids: Sequence[str] = ()
        self.empty = EmptyState(empty, "info")
        scroll = SideScroll()
        scroll.body.addWidget(plot)
        scroll.body.addWidget(self.empty)
        scroll.body.addStretch(1)
        self.add(scroll, 1)
        plot.opened.connect(self._open)

    def _open(self, number: int) -> None:
        if self.ids[number]:
            self.opened.emit(self.ids[number])

    def _rows(self, rows: Sequence[object], ids: Sequence[str]) -> None:
        self.ids = ids
        self.plot.set_rows(rows)
        self.plot.setVisible(bool(rows))
        self.empty.setVisible(not rows)

    def read(self) -> None:
        """Read the rows again."""
        raise NotImplementedError


class StaffSide(SideCard):
    """达标情况: each rule of staffing, the missed first; a row opens whom it is about."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "达标情况", TallDueRows("达标情况"), "登记人员后，这里对照配备要求。")

    def read(self) -> None:
        desk = self.desk
        jobs.start(
            self, lambda _task: staff_standing.staff_standing(desk), done=self.show_standing, key="staff"
        )

    def show_standing(self, found: Sequence[Standing]) -> None:
        """Show how the rules stand."""
        wrong = sum(one.state is State.MISSED for one in found)
        risk = sum(one.state is State.RISK for one in found)
        told = [f"{wrong}项未达标" if wrong else "", f"{risk}项有风险" if risk else ""]
        self.facts.setText("，".join(one for one in told if one) or ("都达标" if found else ""))
        today = self.desk.today()
        self._rows(
            [_standing_row(one, today) for one in found], [one.ids[0] if one.ids else "" for one in found]
        )


def _standing_row(one: Standing, today: str) -> Due:
    day = days.show_day(one.when) if one.when and one.state is not State.MET else ""
    short = day[5:] if one.when[:4] == today[:4] else day
    what = f"{one.words}（期限{short}）" if day and day not in one.words else one.words
    return Due(one.title, ICONS[one.state], "", what, STATE_WORDS[one.state], TONES[one.state])


class CatalogueSide(SideCard):
    """完成情况: how many records of the contract's year name each service; a row opens them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "完成情况", PaceBars("完成情况"), "写好服务目录，这里看每项做了多少。")
        self.facts.setText("合同年内选了这一项的记录")

    def read(self) -> None:
        desk = self.desk
        jobs.start(self, lambda _task: service_catalogue.services_done(desk), done=self.show_done, key="done")

    def show_done(self, found: Sequence[ItemDone]) -> None:
        """Show what was done of each service."""
        self._rows([_done_row(one) for one in found], [one.id for one in found])

    def _open(self, number: int) -> None:
        row: PaceRow = self.plot.rows[number]
        self.counted.emit(self.ids[number], f"{row.label}：{row.shown}")


def _done_row(one: ItemDone) -> PaceRow:
    label = f"{one.number} {one.title}".strip()
    if one.comparable:
        shown, share = f"{one.done:,}/{one.goal:,}{one.unit}", one.done / one.goal
        return PaceRow(label, shown, share, None, f"{int(share * 100)}%")
    why = "不按条数算" if one.unit else "没有写单位"
    goal = f"目标{one.goal:,}{one.unit}，{why}" if one.goal else "没有定目标"
    return PaceRow(label, f"{one.done:,}条记录", 0, None, goal)


def side_of(kind: str, desk: Desk) -> SideCard | None:
    """The card beside the list of a kind; None for most."""
    made = SIDES.get(kind)
    return made(desk) if made else None


SIDES = {"staff": StaffSide, "service_item": CatalogueSide}


class ListBeside(SideBySide):
    """A list with what stands beside it, or under it where room is short; there the page scrolls."""

    def __init__(self, card: QWidget, side: SideCard) -> None:
        super().__init__(card, side, WIDTH)

    def set_stacked(self, stacked: bool) -> None:
        if stacked == self._stacked:
            return
        super().set_stacked(stacked)
        self.main.setMinimumHeight(px(LIST_HEIGHT) if stacked else 0)
