"""迎检自查: a table item by item, what is on file for each, missing ones in red; digits say how it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import forms, self_check
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, RowInput, Saved
from sgz_desktop.actions.self_check import ItemLine, NamedRecord, TablePage
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.self_check import MET, MISSING, NOT_ASKED, PARTLY
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.evidence_dialog import ask_evidence
from sgz_desktop.gui.dialogs.pick_dialog import pick
from sgz_desktop.gui.form_body import Layout
from sgz_desktop.gui.pages.form_stack import FormStack
from sgz_desktop.gui.record_page import RecordPage
from sgz_desktop.gui.theme import Space, WidthClass, px
from sgz_desktop.gui.undo import CAN_UNDO, offer_undo
from sgz_desktop.gui.ways import record_target
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import ListCard
from sgz_desktop.gui.widgets.data_table import Cell, Column, DataTable
from sgz_desktop.gui.widgets.inputs import Tick
from sgz_desktop.gui.widgets.key_hints import key_hints
from sgz_desktop.gui.widgets.labels import label
from sgz_desktop.gui.widgets.page_head import PageHead
from sgz_desktop.gui.widgets.record_list import ListRow

STATES = {Qt.Key.Key_1: MET, Qt.Key.Key_2: PARTLY, Qt.Key.Key_3: MISSING, Qt.Key.Key_4: NOT_ASKED}
STATES_OFF = Qt.Key.Key_0
HINTS = (
    ("1", "已具备"),
    ("2", "部分"),
    ("3", "缺"),
    ("4", "不适用"),
    ("0", "不填"),
    ("Enter", "填自评分、位置"),
)
TONES = {MISSING: "danger", PARTLY: "warn", NOT_ASKED: "muted", MET: "ok"}
COLUMNS = (
    Column("序", 52),
    Column("指标", 112),
    Column("内容", 0, "body_bold"),
    Column("分值", 62, right=True),
    Column("自评", 62, right=True),
    Column("自查", 96),
    Column("材料", 0),
)
POINTS = (3, 4)  # columns that a table without points has none of
STANDS = ("自查", ("state", "scored", "where_kept", "note", "checked_on", "evidence"))
ASKS = ("评估项", ("table", "place", "section", "text", "points", "how", "proof"))
CHECKED, WRITTEN = (STANDS, ASKS), (ASKS, STANDS)
NOTHING = "这一项还没有材料。"
KINDS = ("evaluation_table", "evaluation_item", "evaluation_evidence")


class ItemTable(DataTable):
    """`stood(state or None)` when a digit says how the item in front stands."""

    stood = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in STATES or key == STATES_OFF:
            self.stood.emit(STATES.get(key))
        else:
            super().keyPressEvent(event)


class CheckPage(QWidget):
    """`paper_wanted(which)` is "materials", "sample" or "calls"."""

    closed = Signal()
    said = Signal(str, object)
    go = Signal(str, object)
    paper_wanted = Signal(str)

    def __init__(self, desk: Desk, id: str) -> None:
        super().__init__()
        self._desk, self._id = desk, id
        self.page: TablePage | None = None
        self._lines: Sequence[ItemLine] = ()
        self._base = QWidget()
        column = QVBoxLayout(self._base)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        self.head = PageHead("", back=self.closed.emit)
        for words, icon, kind, which, verb in (
            ("回访名单", "phone", "secondary", "calls", "call_list"),
            ("抽查个案", "case", "secondary", "sample", "draw_cases"),
            ("材料目录", "print", "primary", "materials", "material_list"),
        ):
            made = button(words, kind, icon, lambda which=which: self.paper_wanted.emit(which))
            made.setVisible(allowed(desk.actor, verb))
            self.head.add_action(made)
        column.addWidget(self.head)
        column.addWidget(self._build(), 1)
        self.stack = FormStack(self._base)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)
        self.read()

    def _build(self) -> QWidget:
        self.table = ItemTable("评估项", COLUMNS)
        self.table.opened.connect(lambda id: self.open_item(str(id)))
        self.table.stood.connect(self._stand)
        card = ListCard(self.table)
        top = QHBoxLayout()
        top.setSpacing(px(Space.S))
        self.only = Tick("只看缺的")
        self.only.changed.connect(self._fill)
        top.addWidget(self.only)
        self.count = label("", "body", "plain")
        top.addWidget(self.count, 1)
        self.see = button("看材料", icon="eye", on_click=self._see, small=True, key="Alt+K")
        self.add = button("加佐证", "tonal", "plus", self._add, small=True, key="Alt+J")
        self.new = button("加一项", icon="plus", on_click=self._new, small=True, key="Ctrl+N")
        for one in (self.see, self.new, self.add):
            top.addWidget(one)
        card.top.addLayout(top)
        card.foot.addWidget(key_hints(HINTS, ""), 1)
        self._may_write = allowed(self._desk.actor, "save_form", kind="evaluation_item")
        for one in (self.add, self.new):
            one.setVisible(self._may_write)
        return card

    def read(self) -> None:
        """Read the table and what is on file again."""
        desk, id = self._desk, self._id
        jobs.start(
            self,
            lambda _task: self_check.evaluation_page(desk, id),
            done=self._show,
            failed=self._failed,
            key="read",
        )

    def _failed(self, problem: BaseException) -> None:
        messages.show_problem(problem, self)
        self.closed.emit()

    def _show(self, page: TablePage) -> None:
        first, self.page = self.page is None, page
        sums = page.scores
        score = f"　自评{sums.scored}/{sums.points}分" if sums.points else ""
        unscored = f"，{sums.unscored}项未评" if sums.points and sums.unscored else ""
        self.head.set_title(page.table.title or "评估表", f"{page.table.source or ''}{score}{unscored}")
        missing = [(f"缺{page.missing}项", "danger")] if page.missing else [("没有缺项", "ok")]
        self.head.set_badges(missing if page.items else [])
        for at in POINTS:
            self.table.setColumnHidden(at, not sums.points)
        self._fill()
        if first:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        if self.page is None:
            return
        numbered = list(enumerate(self.page.items, start=1))
        shown = [
            (at, line) for at, line in numbered if not self.only.value() or line.standing.state == MISSING
        ]
        self._lines = [line for _, line in shown]
        before = self.table.current_id()
        self.table.set_rows([str(line.item.id) for line in self._lines], [_cells(*one) for one in shown])
        if self._lines and not (before and self.table.set_current(before, tell=False)):
            self.table.set_current(str(self._lines[0].item.id), tell=False)
        self.count.setText(f"共{len(numbered)}项" + (f"，列出{len(shown)}项" if self.only.value() else ""))

    @property
    def line(self) -> ItemLine | None:
        """The item in front."""
        id = self.table.current_id()
        return next((line for line in self._lines if line.item.id == id), None)

    def open_item(self, id: str) -> None:
        """The form of an item, how it stands first."""
        desk = self._desk
        found = next((line.item.text for line in self._lines if line.item.id == id), "")
        self._put(lambda: forms.form(desk, id, "evaluation_item"), CHECKED, "scored", found or "")

    def _new(self) -> None:
        desk, place = self._desk, len(self.page.items) + 1 if self.page else 1
        known: dict[str, Wire] = {"table": self._id, "place": place}
        if self.page and self.page.items and (section := self.page.items[-1].item.section):
            known["section"] = section
        self._put(lambda: forms.new_form(desk, "evaluation_item", known), WRITTEN, "text")

    def _put(self, make: Callable[[], Form], layout: Layout, focus: str, facts: str = "") -> None:
        hidden = frozenset({"table"})
        page = RecordPage(self._desk, make, facts=facts, layout=layout, focus=focus, hidden=hidden)
        page.saved.connect(self._saved)
        page.closed.connect(self.back)
        self.stack.put(page)

    def _saved(self, saved: Saved) -> None:
        offer_undo(self, self._desk, self.said.emit, f"已保存。{CAN_UNDO}", saved.changes.edit)
        self.back()

    def back(self) -> None:
        """The items again."""
        self.stack.take()
        self.read()

    def _stand(self, state: str | None) -> None:
        """A digit said how the item in front stands: kept at once, and the next item comes to the front."""
        if (line := self.line) and self._may_write:
            self._write(str(line.item.id), {"state": state, "checked_on": self._desk.today()}, [])
            self.table.step(1)

    def _write(self, id: str, typed: dict[str, object], rows: Sequence[RowInput]) -> None:
        desk = self._desk

        def work(_task: jobs.Task) -> Saved:
            form = forms.form(desk, id, "evaluation_item")
            return forms.save_form(desk, form, typed, {"evidence": rows} if rows else {})

        def done(saved: Saved) -> None:
            offer_undo(self, desk, self.said.emit, f"已保存。{CAN_UNDO}", saved.changes.edit, self.read)
            self.read()

        jobs.start(self, work, done=done, failed=lambda problem: messages.show_problem(problem, self))

    def _add(self) -> None:
        """Link a record to the item in front; those the program found are offered first."""
        line, desk = self.line, self._desk
        if line is None:
            return
        id, ids = str(line.item.id), line.found[:40]

        def ask(known: list[NamedRecord]) -> None:
            ask_evidence(self, desk, lambda about, words: self._link(id, about, words), known)

        jobs.start(self, lambda _task: self_check.name_records(desk, ids), done=ask, key="name")

    def _link(self, id: str, about: str, words: str) -> None:
        given = {"about": about or None, "words": words or None}
        self._write(id, {}, [RowInput("", {name: one for name, one in given.items() if one})])

    def _see(self) -> None:
        """Open one of the records that prove the item in front."""
        line, desk = self.line, self._desk
        ids = (
            list(dict.fromkeys((*(one.about for one in line.evidence if one.about), *line.found)))
            if line
            else []
        )
        if not ids:
            self.said.emit(NOTHING, None)
            return

        def show(known: list[NamedRecord]) -> None:
            rows = [(record_target(one.kind, one.id), ListRow(one.words)) for one in known]
            pick(self, "材料", rows, lambda target: self.go.emit(*target))

        jobs.start(self, lambda _task: self_check.name_records(desk, ids), done=show, key="name")

    def on_changes(self, changes: Changes) -> None:
        """What is on file may prove more or less now."""
        self.stack.on_changes(changes)
        self.read()

    def flush(self) -> None:
        """Have an open form keep its draft."""
        self.stack.flush()

    def set_compact(self, width: WidthClass) -> None:
        """Fold an open form."""
        self.stack.set_compact(width)


def _cells(at: int, line: ItemLine) -> list[Cell]:
    item, tone = line.item, TONES.get(line.standing.state, "")
    points, scored = ("" if one is None else str(one) for one in (item.points, item.scored))
    return [
        Cell(str(at)),
        Cell(item.section or ""),
        Cell(item.text or ""),
        Cell(points),
        Cell(scored),
        Cell(self_check.state_words(line.standing), tone),
        Cell(
            self_check.materials(line) or item.where_kept or line.found_words,
            "" if line.evidence else "muted",
        ),
    ]
