"""The cards of the first page. Each shows one part of `actions.workbench`, has its own empty line, and says
so alone when its part could not be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sgz_desktop.actions.application_progress import Progress
from sgz_desktop.actions.workbench import DueLine, Pair
from sgz_desktop.domain import days
from sgz_desktop.domain.following import ASK, may_ask
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets import bars
from sgz_desktop.gui.widgets.buttons import link
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.due_rows import Due, DueRows
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.labels import label
from sgz_desktop.gui.widgets.painted_rows import PaintedRows

FAILED = "这一块没有读出来，资料没有变动。"
AGAIN = "换到别的页再回来，会重新读取。"
ROUND_RULE = "到月底满了本户间隔、还没联系的算未探访。电话、视频也算探访。"
MOST_TASKS, MOST_LATE, MOST_VILLAGES, MOST_APPLICATIONS = 6, 3, 5, 4


class PartCard(Card):
    """`opened(section, target)` asks the window to show what stands behind a row."""

    opened = Signal(str, object)
    part = ""

    def __init__(
        self,
        title: str,
        plot: PaintedRows[Any],
        empty: str,
        *,
        action: QWidget | None = None,
        help_with: QWidget | None = None,
    ) -> None:
        super().__init__(title, action=action)
        self.plot, self._empty_words = plot, empty
        self.empty = EmptyState(empty, "info", action=help_with)
        self.add(plot, 1)
        self.add(self.empty, 1)
        self.plot.hide()
        self.empty.hide()

    def show_part(self, found: Any, today: str) -> None:
        """Show what was read; `today` is YYYY-MM-DD."""
        rows = self.rows_of(found, today)
        self.plot.set_rows(rows)
        self.plot.setVisible(bool(rows))
        self.empty.set_text(self._empty_words)
        self.empty.setVisible(not rows)

    def show_failed(self, _problem: BaseException) -> None:
        """This card alone has nothing to show."""
        self.plot.hide()
        self.empty.set_text(FAILED, AGAIN)
        self.empty.show()

    def rows_of(self, found: Any, today: str) -> Sequence[Any]:
        """What is shown of what was read."""
        raise NotImplementedError


class TodayCard(PartCard):
    """今天: what is late first, in words; `picked` names a task to be opened."""

    part = "tasks"
    picked = Signal(object)
    wanted = Signal()
    week = Signal()

    def __init__(self) -> None:
        add = link("新待办")
        week = link("本周")
        links = QWidget()
        row = QHBoxLayout(links)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(Space.L))
        row.addWidget(add)
        row.addWidget(week)
        see = link("看未探访名单", lambda: self.opened.emit("visits", {"unvisited": None}))
        super().__init__(
            "今天", DueRows("今天"), "今天没有安排，可以看看本月未探访名单。", action=links, help_with=see
        )
        add.clicked.connect(lambda _=False: self.wanted.emit())
        week.clicked.connect(lambda _=False: self.week.emit())
        self._tasks: tuple[DueLine, ...] = ()
        self.more = link("", lambda: self.picked.emit(None))
        self.add(self.more)
        self.body.setAlignment(self.more, Qt.AlignmentFlag.AlignLeft)
        self.more.hide()
        self.plot.opened.connect(lambda number: self.picked.emit(self._tasks[number]))

    def rows_of(self, found: tuple[DueLine, ...], today: str) -> list[Due]:
        late = sum(task.late > 0 for task in found)
        due = sum(task.when == "今天" and not task.paused for task in found)
        waiting = sum(task.paused for task in found)
        more = (f"，过期{late}件" if late else "") + (f"，暂停{waiting}件" if waiting else "")
        self.facts.setText(f"{due}件{more}" if found else "")
        self._tasks = in_sight(found)
        left = len(found) - len(self._tasks)
        self.more.setText(f"还有{left}件，全部打开")
        self.more.setVisible(left > 0)
        return [due_row(task) for task in self._tasks]


def in_sight(found: Sequence[DueLine]) -> tuple[DueLine, ...]:
    """The few there is room for: what is late first, but never so much of it that today is out of sight."""
    late = [task for task in found if task.late]
    rest = [task for task in found if not task.late]
    kept = late[: max(MOST_TASKS - len(rest), MOST_LATE)]
    return (*kept, *rest)[:MOST_TASKS]


def due_row(task: DueLine) -> Due:
    """A task as a row: its day, whom it is about, and in red how late it is."""
    icon = "case" if task.case else "people" if task.person or task.household else "edit"
    when = task.when.partition("（")[0]
    if task.late:  # how late it is says the rest: the words beside it need the room
        when = re.sub(r"^(\d+年\d+月)\d+日$", r"\1", when)
    return Due(when, icon, task.name, task.what, task.note, "danger" if task.late else "plain")


class RoundCard(PartCard):
    """本月未探访 by village; a row opens the households still to be visited."""

    part = "rounds"

    def __init__(self) -> None:
        see = link("看名单", lambda: self.opened.emit("visits", {"unvisited": None}))
        super().__init__(
            "本月未探访",
            bars.BarRows("本月未探访"),
            "还没有登记家庭，登记后这里按村列出。",
            action=see,
        )
        self._villages: list[str | None] = []
        self.note = label(ROUND_RULE, "caption", "muted", wrap=True)
        self.add(self.note)
        self.plot.opened.connect(
            lambda number: self.opened.emit("visits", {"unvisited": self._villages[number]})
        )

    def rows_of(self, found: Sequence[Any], today: str) -> list[bars.Bar]:
        self.note.setVisible(bool(found))
        total = sum(row.households for row in found)
        reached = sum(row.reached for row in found)
        away = sum(row.away for row in found)
        self.note.setText(ROUND_RULE + (f"另有{away:,}户外出，先停。" if away else ""))
        self.facts.setText(f"应访{total:,}户，已访{reached:,}户" if found else "")
        fits = len(found) <= MOST_VILLAGES + 1
        shown, rest = (found, []) if fits else (found[:MOST_VILLAGES], found[MOST_VILLAGES:])
        self._villages = [row.village for row in shown] + ([None] if rest else [])
        rows = [_bar(row.village or "村（居）未填", row.reached, row.households) for row in shown]
        if rest:
            whole = (sum(row.reached for row in rest), sum(row.households for row in rest))
            rows.append(_bar(f"其余{len(rest)}个村（居）", *whole))
        return rows


def _bar(name: str, reached: int, total: int) -> bars.Bar:
    left = total - reached
    done = "已访齐" if total else "本月不用去"
    return bars.Bar(name, reached, total, f"还差{left:,}户" if left else done, "warn" if left else "ok")


class AidCard(PartCard):
    """救助申请进度 in working days of the reference limit."""

    part = "applications"

    def __init__(self) -> None:
        self.all = link("全部", lambda: self.opened.emit("aid", None))
        super().__init__(
            "救助申请进度",
            bars.DayRows("救助申请进度"),
            "没有正在办理的申请，可在救助与转介里新建。",
            action=self.all,
        )
        self._shown: tuple[Progress, ...] = ()
        self.plot.opened.connect(
            lambda number: self.opened.emit("aid", ("application", self._shown[number].id))
        )

    def rows_of(self, found: tuple[Progress, ...], today: str) -> list[bars.Days]:
        self._shown = found[:MOST_APPLICATIONS]
        self.all.setText(f"全部{len(found)}件" if found else "全部")
        return [_days(row) for row in self._shown]


def _days(row: Progress) -> bars.Days:
    accepted = row.words.startswith("已受理")
    note = ASK if accepted and may_ask(row.done, row.limit) else ""
    line = row.words.replace(f"，{ASK}", "")  # the note says it
    return bars.Days(row.name, row.programme, row.done if accepted else None, row.limit, line, note)


class PairsCard(PartCard):
    """本月与上月; a row opens the records behind this month's figure."""

    part = "pairs"

    def __init__(self) -> None:
        super().__init__(
            "本月与上月", bars.PairedBars("本月与上月"), "本月和上月都还没有记录，走访后显示在这里。"
        )
        self._month = ""
        self._pairs: tuple[Pair, ...] = ()
        self.plot.opened.connect(self._open)

    def _open(self, number: int) -> None:
        pair = self._pairs[number]
        self.opened.emit("reports", {"month": self._month, "figure": (pair.key, pair.unit)})

    def rows_of(self, found: tuple[Pair, ...], today: str) -> list[bars.Pair]:
        self._month = today[:7]
        before = days.add_months(self._month, -1)
        self.facts.setText(f"{int(today[5:7])}月深色，{int(before[5:7])}月浅色")
        self._pairs = found
        if not any(pair.now or pair.before for pair in found):
            return []
        return [
            bars.Pair(one.label, one.now, one.before, f"{one.now:,}{one.unit}", f"上月{one.before:,}")
            for one in found
        ]
