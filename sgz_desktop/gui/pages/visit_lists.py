"""The visits of a month or between two days, of one worker or all, in the order asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from sgz_desktop.actions import visits
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.timeline import Event
from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.local_words import in_use
from sgz_desktop.gui import jobs
from sgz_desktop.gui.list_tools import ListTools
from sgz_desktop.gui.pages.visit_filters import VisitFilters, Wanted
from sgz_desktop.gui.widgets.card import ListCard
from sgz_desktop.gui.widgets.chips import Chips
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.inputs import Choice
from sgz_desktop.gui.widgets.key_hints import opening_hints
from sgz_desktop.gui.widgets.labels import Elided
from sgz_desktop.gui.widgets.record_list import ListRow, RecordList

MONTHS_AS_CHIPS = 4
NO_VISITS = "这个月还没有走访记录，按F5记一户。"
HEADS = ("日期", "村（居）", "姓名", "方式", "结果", "社工", "内容")
ALONE = " "  # behind a bare year: sorts before every month of it, so that they are not listed with it
NONE_SUCH = "没有这样的走访记录，可以放宽条件。"


def month_words(month: str, today: str) -> str:
    """6月 of this year, 2025年12月 of another; 2025年（月份未填） of a bare year, what is no day as it is."""
    if not (len(month) == 7 and days.is_day(month)):
        return days.show_day(month) + ("（月份未填）" if days.is_day(month) else "")
    own = f"{int(month[5:7])}月"
    return own if month[:4] == today[:4] else f"{month[:4]}年{own}"


class VisitList(ListCard):
    """`opened(visit id)`, `counted(words)` about the month shown."""

    opened = Signal(str)
    counted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._ids: dict[int, str] = {}
        self._months: list[tuple[str, int, int]] = []
        self.list = RecordList("走访记录", fetch=self._rows)
        self._body = QStackedWidget()
        super().__init__(self._body)
        self.chips = Chips([("", "本月")])
        self.more = Choice([("", "更早")], value="")
        self.more.setAccessibleName("更早的月份")
        row = QHBoxLayout()
        row.addWidget(self.chips)
        row.addWidget(self.more)
        row.addStretch(1)
        self.tools = ListTools(desk, "走访记录", heads=HEADS, read=self._told)
        row.addWidget(self.tools)
        self.top.addLayout(row)
        self.filters = VisitFilters(desk)
        self.top.addWidget(self.filters)
        self._body.addWidget(self.list)
        self._nothing = EmptyState(NO_VISITS, "visit")
        self._body.addWidget(self._nothing)
        self._foot()
        self.filters.changed.connect(self._read)
        self.chips.changed.connect(lambda _value: self._choose(self.more))
        self.more.changed.connect(lambda: self._choose(self.chips))
        self.list.opened.connect(self._open)
        self.list.clicked.connect(lambda index: self._open(self.list.rows.id_at(index.row())))

    def _foot(self) -> None:
        self._count = Elided("", "second", "plain")
        self.foot.addWidget(self._count, 1)
        self.foot.addStretch(0)
        for hint in opening_hints():
            self.foot.addWidget(hint)

    def _open(self, rid: int) -> None:
        if rid in self._ids:
            self.opened.emit(self._ids[rid])

    def load(self) -> None:
        """Read months and visits again."""
        desk = self._desk
        jobs.start(self, lambda _task: visits.visit_months(desk), done=self._show_months, key="months")
        self.filters.load()

    def _show_months(self, months: list[tuple[str, int, int]]) -> None:
        today = self._desk.today()
        this = today[:7]
        if all(month != this for month, _, _ in months):
            months = [(this, 0, 0), *months]
        self._months, chosen = months, self.month()
        words = [(month, f"{month_words(month, today)} {count}") for month, count, _ in months]
        self.chips.set_options(words[:MONTHS_AS_CHIPS], chosen)
        self.more.set_options([("", "更早"), *words[MONTHS_AS_CHIPS:]])
        self.more.setVisible(len(words) > MONTHS_AS_CHIPS)
        self._read()

    def _choose(self, other: Any) -> None:
        if other is self.more:
            blocked = self.more.blockSignals(True)
            self.more.set_value("")
            self.more.blockSignals(blocked)
        self.filters.clear_days()
        self._read()

    def month(self) -> str:
        """The month shown, YYYY-MM."""
        return str(self.more.value() or self.chips.value() or self._desk.today()[:7])

    def _read(self) -> None:
        desk, month, wanted = self._desk, self.month(), self.filters.wanted()
        since, until = wanted.days or (month, month if len(month) == 7 else month + ALONE)
        jobs.start(
            self,
            lambda _task: visits.list_visits(desk, since, until, wanted.worker, wanted.mode, wanted.order),
            done=lambda rids: self._show(month, rids, wanted),
            key="list",
        )

    def _show(self, month: str, rids: Sequence[int], wanted: Wanted) -> None:
        self.list.set_ids(rids)
        if rids and self.list.current_id() is None:
            self.list.set_current(rids[0], tell=False)  # so that Enter opens, and one sees what
        self._body.setCurrentIndex(0 if rids else 1)
        self._nothing.set_text(NONE_SUCH if wanted.narrow else NO_VISITS)
        if wanted.narrow:
            self._count.setText(f"找到{len(rids)}条走访记录")
            self.counted.emit(f"找到{len(rids)}条")
            return
        _, count, missed = next((one for one in self._months if one[0] == month), (month, 0, 0))
        words = month_words(month, self._desk.today())
        told = f"{words}走访{count}户次，见到{count - missed}户次" + (f"，未遇{missed}户次" if missed else "")
        self._count.setText(told)
        self.counted.emit(told)

    def _told(self) -> list[list[str]]:
        """The visits shown, in their order, for a file."""
        rids = list(self.list.rows.ids())
        found = visits.visit_rows(self._desk, rids)
        return [_cells(*found[rid]) for rid in rids if rid in found]

    def _rows(self, rids: Sequence[int]) -> list[ListRow]:
        found = visits.visit_rows(self._desk, rids)
        rows = []
        for rid in rids:
            if rid not in found:
                rows.append(ListRow("（已删除）"))
                continue
            row, event = found[rid]
            self._ids[rid] = row.id
            mode = event.title.removeprefix("走访").strip("（）") or "入户"
            facts = "·".join(
                one
                for one in (row.village or "", mode, f"个案的一{in_use().session}" if row.case else "")
                if one
            )
            badges = (("未遇", "warn"),) if event.tag else ()
            name = row.name or "（姓名未填）"
            rows.append(ListRow(name, facts, badges, event.text, event.day_words, event.worker, "plain"))
        return rows


def _cells(row: Any, event: Event) -> list[str]:
    mode = code_list("visit_mode").label(row.mode) if row.mode else ""
    met = event.tag or ("见到" if row.met else "")
    return [row.date or "", row.village or "", row.name or "", mode, met, event.worker, event.text]
