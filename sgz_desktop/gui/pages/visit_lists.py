"""The visits of a month, and the households nobody has reached in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from sgz_desktop.actions import members, visits
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain import days
from sgz_desktop.gui import jobs
from sgz_desktop.gui.theme import px
from sgz_desktop.gui.widgets.card import ListCard
from sgz_desktop.gui.widgets.chips import Chips
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.inputs import Choice
from sgz_desktop.gui.widgets.labels import Elided, keycap, label
from sgz_desktop.gui.widgets.record_list import ListRow, RecordList
from sgz_desktop.gui.wording import day_only

MONTHS_AS_CHIPS = 4
ALL = "全部村（社区）"
NO_VILLAGE = "没有填村（居）"
ALL_SEEN, NOBODY = "这个月都走访到了。", "还没有登记家庭，登记后这里按村列出。"


def month_words(month: str, today: str) -> str:
    """6月 of this year, 2025年12月 of another."""
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
        self.top.addLayout(row)
        self._body.addWidget(self.list)
        self._body.addWidget(EmptyState("这个月还没有走访记录，按F5记一户。", "visit"))
        self._foot()
        self.chips.changed.connect(lambda _value: self._choose(self.more))
        self.more.changed.connect(lambda: self._choose(self.chips))
        self.list.opened.connect(self._open)
        self.list.clicked.connect(lambda index: self._open(self.list.rows.id_at(index.row())))

    def _foot(self) -> None:
        self._count = Elided("", "second", "plain")
        self.foot.addWidget(self._count, 1)
        self.foot.addStretch(0)
        for key, says in (("↑", ""), ("↓", "选择"), ("Enter", "打开")):
            self.foot.addWidget(keycap(key))
            if says:
                self.foot.addWidget(label(says, "second", "plain"))

    def _open(self, rid: int) -> None:
        if rid in self._ids:
            self.opened.emit(self._ids[rid])

    def load(self) -> None:
        """Read months and visits again."""
        desk = self._desk
        jobs.start(self, lambda _task: visits.visit_months(desk), done=self._show_months, key="months")

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
        self._read()

    def month(self) -> str:
        """The month shown, YYYY-MM."""
        return str(self.more.value() or self.chips.value() or self._desk.today()[:7])

    def _read(self) -> None:
        desk, month = self._desk, self.month()
        jobs.start(
            self,
            lambda _task: visits.list_visits(desk, month, month),
            done=lambda rids: self._show(month, rids),
            key="list",
        )

    def _show(self, month: str, rids: Sequence[int]) -> None:
        self.list.set_ids(rids)
        self._body.setCurrentIndex(0 if rids else 1)
        _, count, missed = next((one for one in self._months if one[0] == month), (month, 0, 0))
        words = month_words(month, self._desk.today())
        told = f"{words}走访{count}户次，见到{count - missed}户次" + (f"，未遇{missed}户次" if missed else "")
        self._count.setText(told)
        self.counted.emit(told)

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
                one for one in (row.village or "", mode, "个案的一节" if row.case else "") if one
            )
            badges = (("未遇", "warn"),) if event.tag else ()
            name = row.name or "（姓名未填）"
            rows.append(ListRow(name, facts, badges, event.text, event.day_words, event.worker, "plain"))
        return rows


class UnvisitedList(ListCard):
    """本月未探访 in the order of a round; `opened(household id)` writes a visit down."""

    opened = Signal(object)
    counted = Signal(int)

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._found: list[Any] = []
        self.list = RecordList("本月未探访名单")
        self._body = QStackedWidget()
        super().__init__(self._body)
        self.village = Choice([("*", ALL)], value="*")
        self.village.setAccessibleName("村（社区）")
        self.village.setMinimumWidth(px(230))
        row = QHBoxLayout()
        row.addWidget(self.village)
        row.addWidget(label("回车记走访。电话、视频也算探访。", "second", "muted"))
        row.addStretch(1)
        self.top.addLayout(row)
        self._body.addWidget(self.list)
        self.nothing = EmptyState(ALL_SEEN, "check")
        self._body.addWidget(self.nothing)
        self._count = label("", "second", "plain")
        self.foot.addWidget(self._count)
        self.foot.addStretch(1)
        self.village.changed.connect(self._show)
        self.list.opened.connect(self.opened)

    def load(self) -> None:
        """Read again."""
        desk = self._desk
        month = desk.today()[:7]
        jobs.start(
            self,
            lambda _task: _unvisited(desk, month),
            done=lambda read: self._take(*read),
            key="unvisited",
        )

    def _take(self, found: list[Any], anybody: bool) -> None:
        self._found = found
        self.nothing.set_text(ALL_SEEN if anybody else NOBODY)
        names = dict.fromkeys(row.village or "" for row in found)
        options = [(name, f"{name or NO_VILLAGE} {self._of(name)}") for name in names]
        self.village.set_options([("*", f"{ALL} {len(found)}"), *options])
        if self.village.value() is None:
            self.village.set_value("*")
        self.counted.emit(len(found))
        self._show()

    def _of(self, village: str) -> int:
        return sum((row.village or "") == village for row in self._found)

    def show_village(self, village: object) -> None:
        """Only one village, "" for those without one; anything else shows all."""
        if village is not None and all(
            self.village.itemData(i) != village for i in range(self.village.count())
        ):
            self.village.addItem(str(village), village)
        self.village.set_value("*" if village is None else village)

    def _show(self) -> None:
        chosen = self.village.value()
        rows = [row for row in self._found if chosen in ("*", None) or (row.village or "") == chosen]
        self.list.set_rows([row.id for row in rows], [self._row(row) for row in rows])
        self._body.setCurrentIndex(0 if rows else 1)
        self._count.setText(f"还差{len(rows)}户")

    def _row(self, row: Any) -> ListRow:
        where = "".join(one or "" for one in (row.village, row.village_group, row.house_number))
        last = (
            f"上次{day_only(days.short_day(row.last_on, self._desk.today()))}"
            if row.last_on
            else "还没有走访过"
        )
        return ListRow(row.head_name or "（户主未填）", row.number or "", second=where, when=last)


def _unvisited(desk: Desk, month: str) -> tuple[list[Any], bool]:
    """Households not reached in the month, and whether anybody is on file at all."""
    found = visits.list_unvisited(desk, month)
    return found, bool(found or members.count_categories(desk).get(""))
