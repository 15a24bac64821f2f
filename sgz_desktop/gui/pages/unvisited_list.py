"""本月未探访: households to be called on this month, and the papers to take along."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from sgz_desktop.actions import rounds
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.rounds import MonthRound, Unvisited
from sgz_desktop.domain import days
from sgz_desktop.gui import jobs
from sgz_desktop.gui.list_tools import ListTools
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import ListCard
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.inputs import Choice, Tick
from sgz_desktop.gui.widgets.labels import keycap, label, paragraph
from sgz_desktop.gui.widgets.record_list import ListRow
from sgz_desktop.gui.widgets.tick_list import TickList
from sgz_desktop.gui.wording import day_only

ALL = "全部村（社区）"
NO_VILLAGE = "没有填村（居）"
ALL_SEEN, NOBODY = "这个月该去的都联系到了。", "还没有登记家庭，登记后这里按村列出。"
RULE = (
    "到月底满了本户的走访间隔、还没联系的列在这里。"
    "走访、电话、视频和个案服务都算联系，未遇不算。间隔在设置里改。"
)
NOBODY_TICKED = "先用空格勾选要去的户，再打印准备单。"
MOST_BADGES = 4
HEADS = ("户编号", "户主", "村（居）", "组", "门牌", "类别", "上次联系", "应访日期", "已过天数")


class UnvisitedList(ListCard):
    """In the order of a round. `opened(household)` writes a visit down, `prepare(ids)` and `names(ids,
    phones)` ask for papers."""

    opened = Signal(object)
    counted = Signal(int)
    prepare = Signal(list)
    names = Signal(list, bool)
    said = Signal(str)

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._found: tuple[Unvisited, ...] = ()
        self._away = 0
        self.list = TickList("本月未探访名单")
        self._body = QStackedWidget()
        super().__init__(self._body)
        self._top()
        self._body.addWidget(self.list)
        self.nothing = EmptyState(ALL_SEEN, "check")
        self._body.addWidget(self.nothing)
        self._foot()
        self.village.changed.connect(self._show)
        self.list.opened.connect(self.opened)
        self.list.ticked.connect(self._count)

    def _top(self) -> None:
        self.village = Choice([("*", ALL)], value="*")
        self.village.setAccessibleName("村（社区）")
        self.village.setMinimumWidth(px(210))
        self.phones = Tick("名单带电话")
        self.names_button = button("打印名单", icon="print", small=True, on_click=self._ask_names)
        self.prepare_button = button(
            "打印准备单", icon="print", small=True, on_click=self._ask_preparation, key="Ctrl+P"
        )
        row = QHBoxLayout()
        row.setSpacing(px(Space.S))
        row.addWidget(self.village)
        row.addStretch(1)
        self.tools = ListTools(self._desk, "本月未探访名单", heads=HEADS, read=self._told)
        row.addWidget(self.tools)
        for one in (self.phones, self.names_button, self.prepare_button):
            row.addWidget(one)
            if not allowed(self._desk.actor, "print_preparation"):
                one.hide()
        self.top.addLayout(row)
        self.top.addWidget(paragraph(RULE, "second", "muted"))

    def _foot(self) -> None:
        self._count_words = label("", "second", "plain")
        self.foot.addWidget(self._count_words, 1)
        for cap, says in (("空格", "勾选"), ("Ctrl+A", "全选"), ("Enter", "记走访")):
            self.foot.addWidget(keycap(cap))
            self.foot.addWidget(label(says, "second", "plain"))

    def load(self) -> None:
        """Read again."""
        desk = self._desk
        month = desk.today()[:7]
        jobs.start(self, lambda _task: rounds.list_unvisited(desk, month), done=self._take, key="unvisited")

    def _take(self, found: MonthRound) -> None:
        self._found, self._away = found.due, found.away
        self.nothing.set_text(ALL_SEEN if found.on_file else NOBODY)
        names = dict.fromkeys(row.village for row in self._found)
        options = [(name, f"{name or NO_VILLAGE} {self._of(name)}") for name in names]
        self.village.set_options([("*", f"{ALL} {len(self._found)}"), *options])
        if self.village.value() is None:
            self.village.set_value("*")
        self.counted.emit(len(self._found))
        self._show()

    def _of(self, village: str) -> int:
        return sum(row.village == village for row in self._found)

    def show_village(self, village: object) -> None:
        """Only one village, "" for those without one; anything else shows all."""
        if village is not None and all(
            self.village.itemData(i) != village for i in range(self.village.count())
        ):
            self.village.addItem(str(village), village)
        self.village.set_value("*" if village is None else village)

    def _show(self) -> None:
        chosen = self.village.value()
        rows = [row for row in self._found if chosen in ("*", None) or row.village == chosen]
        self.list.set_rows([row.id for row in rows], [self._row(row) for row in rows])
        if rows and self.list.current_id() is None:
            self.list.set_current(rows[0].id, tell=False)  # so that 空格 and Enter mean somebody
        self._body.setCurrentIndex(0 if rows else 1)
        self._count()

    def _count(self) -> None:
        ticked = len(self.list.on)
        away = f"，另有{self._away}户外出，先停" if self._away else ""
        words = f"还差{len(self.list.rows.ids())}户{away}"
        self._count_words.setText(f"{words}。已勾选{ticked}户" if ticked else words)

    def _row(self, row: Unvisited) -> ListRow:
        today = self._desk.today()
        where = "".join((row.village, row.village_group, row.house_number))
        last = f"上次{day_only(days.short_day(row.last_on, today))}" if row.last_on else "还没有走访过"
        due = f"已过{row.late}天" if row.late else day_only(days.short_day(row.due, today)) if row.due else ""
        if due and not row.late:
            due = f"{due}前去" if row.due > today else "今天该去"
        badges = tuple((tag, "plain") for tag in row.tags[:MOST_BADGES])
        return ListRow(
            row.head_name or "（户主未填）",
            "·".join(one for one in (where, row.number) if one),
            badges,
            due=due,
            when=last,
            due_tone="danger" if row.late else "warn",
        )

    def _told(self) -> list[list[str]]:
        """The households shown, for a file."""
        shown = frozenset(self.list.rows.ids())
        return [_cells(row) for row in self._found if row.id in shown]

    def _ask_preparation(self) -> None:
        ticked = self.list.chosen()
        if ticked:
            self.prepare.emit(ticked)
        else:
            self.said.emit(NOBODY_TICKED)
            self.list.setFocus()

    def _ask_names(self) -> None:
        """The households ticked, or all that are shown."""
        ids = self.list.chosen() or list(self.list.rows.ids())
        if ids:
            self.names.emit(ids, self.phones.value())


def _cells(row: Unvisited) -> list[str]:
    late = str(row.late) if row.late else ""
    where = [row.number, row.head_name, row.village, row.village_group, row.house_number]
    return [*where, "、".join(row.tags), row.last_on, row.due, late]
