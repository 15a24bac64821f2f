"""All cases as a table: open ones first, those of high risk with a mark; filter and search."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import cases, find, quality
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.cases import CaseLine
from sgz_desktop.actions.desk import Desk
from sgz_desktop.gui import jobs
from sgz_desktop.gui.dialogs.paper_case_dialog import ask_paper_case
from sgz_desktop.gui.dialogs.person_dialog import ask_person
from sgz_desktop.gui.list_tools import ListTools
from sgz_desktop.gui.pages.case_filters import CaseFilters
from sgz_desktop.gui.pages.file_parts import ask_files
from sgz_desktop.gui.theme import Space, WidthClass, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import ListCard
from sgz_desktop.gui.widgets.chips import Chips
from sgz_desktop.gui.widgets.data_table import DAY, Cell, Column, DataTable
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.key_hints import opening_hints
from sgz_desktop.gui.widgets.labels import label
from sgz_desktop.gui.widgets.page_head import PageHead
from sgz_desktop.gui.widgets.person_picker import MORE
from sgz_desktop.gui.widgets.search_box import SearchBox

COLUMNS = (
    Column("服务对象", 120, "body_bold"),
    Column("风险", 96, "second", "plain"),
    Column("阶段", 84),
    Column("主要问题", 0, tone="plain"),
    Column("村（居）", 116, tone="plain"),
    Column("主责", 92, tone="plain"),
    Column("最近或结案", DAY, tone="plain"),
    Column("编号", 120, "second", "plain"),
)
RISK_CELLS = {
    "high": Cell("高风险", "danger", "alert", "second_bold", sort="1"),
    "mid": Cell("中风险", sort="2"),
    "low": Cell("低风险", sort="3"),
}
MARKED = "marked"
MOST_NAMED = 500  # people whose cases are looked for by pinyin; more than these and one is told
EMPTY = "还没有个案。走访中发现需要，可从那里开个案。"


class CaseList(QWidget):
    """`opened(id)` on Enter, a double press, or when a case was just opened for somebody."""

    opened = Signal(str)
    handover_wanted = Signal(str)
    unsigned_wanted = Signal()
    remarks_wanted = Signal()
    said = Signal(str, object)
    go = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._lines: list[CaseLine] = []
        self._named: frozenset[str] = frozenset()
        self._cut = False
        self._marks: dict[str, int] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        self.head = PageHead("个案")
        self.new = button("开个案", "primary", "plus", self._new, key="Ctrl+N")
        self.handover = button("交接", icon="people", on_click=self._hand_over)
        self.archive = button("录入旧档案", icon="doc", on_click=self._archive)
        self.files = button("打印档案", icon="print", on_click=self._print_files, key="Ctrl+P")
        if not allowed(desk.actor, "print_case_files"):  # shown before it stands anywhere it were a window
            self.files.hide()
        self.unsigned = button("待签清单", icon="print", on_click=self.unsigned_wanted.emit)
        self.remarks = button("督导意见", icon="talk", on_click=self.remarks_wanted.emit)
        if not allowed(desk.actor, "list_remarks"):
            self.remarks.hide()
        for one in (self.files, self.unsigned, self.remarks, self.handover, self.archive, self.new):
            self.head.add_action(one)
        column.addWidget(self.head)
        self.table = DataTable("个案", COLUMNS)
        self.empty = EmptyState(EMPTY, "case")
        column.addWidget(self._make_card(), 1)

    def _make_card(self) -> ListCard:
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.empty, 1)
        card = ListCard(inner)
        self.box = SearchBox("找个案：姓名、拼音首字母、编号、问题")
        self.box.setMinimumWidth(px(160))
        self.box.setMaximumWidth(px(340))
        self.chips = Chips([(True, "在办"), (False, "已结"), (None, "全部"), (MARKED, "有质量提示")], True)
        row = QHBoxLayout()
        row.setSpacing(px(Space.M))
        row.addWidget(self.box, 1)
        row.addWidget(self.chips, 1)
        card.top.addLayout(row)
        self.filters = CaseFilters()
        card.top.addWidget(self.filters)
        self.count = label("", "second", "plain")
        card.foot.addWidget(self.count, 1)
        self._hints = opening_hints()
        for hint in self._hints:
            card.foot.addWidget(hint)
        self.tools = ListTools(self._desk, "个案", self.table, finds=False)
        self.tools.said.connect(self.said)
        card.foot.addWidget(self.tools)
        self.box.asked.connect(self._search)
        self.box.moved.connect(self.table.step)
        self.box.entered.connect(self._open_current)
        self.chips.changed.connect(lambda _value: self._turn())
        self.filters.changed.connect(self._show)
        self.table.opened.connect(self.opened.emit)
        return card

    def read(self) -> None:
        """Read the list again; what is chosen stays chosen."""
        desk = self._desk
        jobs.start(self, lambda _task: cases.case_lines(desk), done=self._take, key="lines")

    def _take(self, lines: list[CaseLine]) -> None:
        self._lines = lines
        self.filters.offer(lines)
        open_now = [line for line in lines if line.open]
        high = sum(line.risk == "high" for line in open_now)
        self.head.set_facts(f"在办{len(open_now)}个" + (f"，高风险{high}个" if high else ""))
        over, value = len(lines) - len(open_now), self.chips.value()
        counted = [(True, f"在办 {len(open_now)}"), (False, f"已结 {over}"), (None, f"全部 {len(lines)}")]
        self.chips.set_options([*counted, (MARKED, "有质量提示")], value)
        self._turn()

    def _turn(self) -> None:
        """Another filter: marks are counted when they are asked for, since that reads every case."""
        if self.chips.value() != MARKED:
            self._show()
            return
        desk = self._desk
        jobs.start(self, lambda _task: quality.quality_counts(desk), done=self._take_marks, key="marks")

    def _take_marks(self, counts: dict[str, int]) -> None:
        self._marks = counts
        self._show()

    def _search(self, text: str) -> None:
        desk = self._desk
        if not text:
            self._named, self._cut = frozenset(), False
            self._show()
            return
        jobs.start(
            self,
            lambda _task: [hit.id for hit in find.find_people(desk, text, limit=MOST_NAMED + 1)],
            done=self._found,
            key="find",
        )

    def _found(self, people: Sequence[str]) -> None:
        self._named, self._cut = frozenset(people), len(people) > MOST_NAMED
        self._show()

    def _show(self) -> None:
        wanted, text = self.chips.value(), self.box.text().strip()
        shown = [line for line in self._lines if wanted in (None, MARKED) or line.open is wanted]
        if wanted == MARKED:
            shown = sorted((line for line in shown if line.id in self._marks), key=self._most_marks)
        if text:
            shown = [line for line in shown if line.client in self._named or _holds(line, text)]
        shown = [line for line in shown if self.filters.holds(line)]
        told = self._marks if wanted == MARKED else {}
        self.table.set_rows(
            [line.id for line in shown], [_cells(line, told.get(line.id, 0)) for line in shown]
        )
        self.table.setVisible(bool(shown))
        self.empty.setVisible(not shown)
        self.empty.set_text(*self._why_empty(text))
        marks = f"，共{sum(told[line.id] for line in shown)}处提示" if told else ""
        self.count.setText(f"{len(shown)}个{marks}" + (f"，{MORE}" if self._cut else "") if shown else "")
        if shown and self.table.current_id() is None:
            self.table.set_current(shown[0].id, tell=False)

    def _why_empty(self, text: str) -> tuple[str, str]:
        if not self._lines:
            return EMPTY, ""
        if text:
            return f"没有找到“{text}”，可换拼音首字母再找。", ""
        if self.filters.narrow:
            return "没有这样的个案，可以放宽条件。", ""
        if self.chips.value() == MARKED:
            return "没有看到要补的地方。", ""
        return "没有在办的个案。" if self.chips.value() else "没有已结的个案。", ""

    def _most_marks(self, line: CaseLine) -> int:
        return -self._marks[line.id]

    def _open_current(self) -> None:
        if self.table.current_id() is not None:
            self.opened.emit(self.table.current_id())

    def _new(self) -> None:
        desk = self._desk

        def chosen(person: str) -> None:
            jobs.start(self, lambda _task: cases.open_case(desk, person=person), done=self._made)

        ask_person(self, desk, "为谁开个案", "会先建接案表，资料可以慢慢补。", "开个案", chosen)

    def _made(self, case: str) -> None:
        self.said.emit("个案已开，先写接案表。", None)
        self.opened.emit(case)

    def _hand_over(self) -> None:
        self.handover_wanted.emit(str(self.table.current_id() or ""))

    def _print_files(self) -> None:
        shown = [str(id) for id in self.table.rows.ids()]
        known = {line.id: line for line in self._lines}
        ask_files(self, self._desk, [known[id] for id in shown if id in known], self.said.emit)

    def _archive(self) -> None:
        def made(case: str) -> None:
            self.said.emit("旧档案已录入。", None)
            self.opened.emit(case)

        ask_paper_case(self, self._desk, made)

    def find(self) -> None:
        """Put the keyboard into the search box."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    def take_keyboard(self) -> None:
        """The table takes the keyboard."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_compact(self, width: WidthClass) -> None:
        """Key hints and the columns one can do without go first."""
        for hint in self._hints:
            hint.setVisible(not width.stacked)
        self.table.setColumnHidden(4, width.steps)
        self.table.setColumnHidden(5, width.stacked)
        self.table.setColumnHidden(7, width.stacked)


def _holds(line: CaseLine, text: str) -> bool:
    return any(text in part for part in (line.name, line.number, line.topic, line.village, line.worker))


def _cells(line: CaseLine, marks: int = 0) -> tuple[str | Cell, ...]:
    risk: str | Cell = RISK_CELLS.get(line.risk, "")
    last = Cell(line.closed_words or line.last_words or "还没有", sort=line.closed_on or line.last_on)
    return (
        line.name,
        risk,
        line.stage_label,
        Cell(f"{marks}处可补：{line.topic}", "warn") if marks else line.topic,
        line.village,
        line.worker,
        last,
        line.number,
    )
