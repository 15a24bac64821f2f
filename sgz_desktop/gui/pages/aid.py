"""救助与转介: every application and referral, those still waiting first; each opens as a form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sgz_desktop.actions import aid, forms
from sgz_desktop.actions.aid import AidLine
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, Saved
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.local_words import titled
from sgz_desktop.gui import jobs
from sgz_desktop.gui.dialogs.person_dialog import ask_person
from sgz_desktop.gui.list_tools import ListTools
from sgz_desktop.gui.page import Page
from sgz_desktop.gui.pages.form_stack import FormStack
from sgz_desktop.gui.pages.possible_page import PossiblePage
from sgz_desktop.gui.record_page import RecordPage
from sgz_desktop.gui.theme import Space, WidthClass, px
from sgz_desktop.gui.undo import CAN_UNDO, offer_undo
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import ListCard
from sgz_desktop.gui.widgets.data_table import DAY, Cell, Column, DataTable
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.labels import label
from sgz_desktop.gui.widgets.page_head import PageHead
from sgz_desktop.gui.widgets.tabs import Tabs

COLUMNS = (
    Column("服务对象", 120, "body_bold"),
    Column("项目", 0),
    Column("情况", 110),
    Column("日期", DAY, tone="plain"),
    Column("进度", 0, tone="plain"),
)
KINDS = ("application", "referral")
GIVEN = ("person", "household", "case", "programme")  # what a target may tell of a new record
TABS = ("救助申请", "转介")
EMPTY = ("还没有救助申请。可以在个案或这里新建。", "还没有转介。可以在个案或这里新建。")
UNSEEN = frozenset({"policy_pack", "policy_pack_sha256"})


def aid_page(desk: Desk) -> Page:
    """The section 救助与转介 of a desk."""
    return AidPage(desk)


class AidPage(Page):
    """Targets: (kind, id) opens a record; {"new": kind, "person": id} starts one, for a "programme" too."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._lines: dict[str, list[AidLine]] = {kind: [] for kind in KINDS}
        base = QWidget()
        column = QVBoxLayout(base)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        self.head = PageHead("救助与转介")
        self.find_people = button("政策找人", icon="people", on_click=self.show_possible)
        self.new_referral = button("新建转介", icon="refer", on_click=lambda: self._ask_new("referral"))
        self.new_application = button("新建申请", "primary", "plus", self._new, key="Ctrl+N")
        self.head.add_action(self.find_people)
        self.head.add_action(self.new_referral)
        self.head.add_action(self.new_application)
        column.addWidget(self.head)
        self.tabs = Tabs(TABS)
        self.tabs.changed.connect(lambda _number: self._show())
        column.addWidget(self.tabs)
        column.addWidget(self._make_card(), 1)
        self.stack = FormStack(base)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)

    def _make_card(self) -> ListCard:
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, 0, 0)
        self.table = DataTable("救助与转介", COLUMNS)
        self.table.opened.connect(lambda key: self.open_record(*key))
        self.empty = EmptyState(EMPTY[0], "refer")
        inside.addWidget(self.table, 1)
        inside.addWidget(self.empty, 1)
        card = ListCard(inner)
        card.top.setContentsMargins(0, 0, 0, 0)
        self.count = label("", "second", "plain")
        card.foot.addWidget(self.count, 1)
        card.foot.addWidget(label("时限仅供参考，以乡镇（街道）和民政部门为准。", "caption", "muted"))
        self.tools = ListTools(self._desk, "救助与转介", self.table)
        self.tools.said.connect(self.said)
        card.foot.addWidget(self.tools)
        return card

    def activate(self, target: Any = None) -> None:
        self.read()
        if isinstance(target, tuple):
            self.tabs.set_current(KINDS.index(target[0]))
            self.open_record(*target)
        elif isinstance(target, dict) and target.get("new"):
            self._start(target["new"], {name: target.get(name) for name in GIVEN})
        elif self.stack.over is None:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self) -> None:
        """Read both lists again."""
        desk = self._desk
        jobs.start(
            self,
            lambda _task: (aid.list_applications(desk), aid.list_referrals(desk)),
            done=self._take,
            key="lines",
        )

    def _take(self, found: tuple[list[AidLine], list[AidLine]]) -> None:
        self._lines = dict(zip(KINDS, found, strict=True))
        waiting = [sum(line.open for line in lines) for lines in found]
        self.head.set_facts(f"申请在办{waiting[0]}件，转介等回执{waiting[1]}件")
        for number, lines in enumerate(found):
            self.tabs.set_words(number, f"{TABS[number]} {len(lines)}")
        self._show()

    def _show(self) -> None:
        number = self.tabs.current()
        lines = self._lines[KINDS[number]]
        self.table.set_rows([(line.kind, line.id) for line in lines], [_cells(line) for line in lines])
        if not lines and self.table.hasFocus():
            self.new_application.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self.empty.set_text(EMPTY[number])
        self.count.setText(f"{len(lines)}件" if lines else "")
        if lines and self.table.current_id() is None:
            self.table.set_current((lines[0].kind, lines[0].id), tell=False)

    def show_possible(self) -> None:
        """Families on file who may qualify for something."""
        page = PossiblePage(self._desk)
        page.closed.connect(self._back)
        page.go.connect(self.go)
        page.said.connect(self.said)
        self.stack.put(page)
        page.load()

    def open_record(self, kind: str, id: str) -> None:
        """An application or referral on file."""
        desk = self._desk
        self._put(kind, lambda: forms.form(desk, id, kind))

    def _new(self) -> None:
        self._ask_new("application")

    def _ask_new(self, kind: str) -> None:
        title = "为谁申请救助" if kind == "application" else "转介谁"
        hint = "属于个案的，也可以在个案里新建。"
        does = "新建申请" if kind == "application" else "新建转介"
        ask_person(self, self._desk, title, hint, does, lambda person: self._start(kind, {"person": person}))

    def _start(self, kind: str, known: dict[str, Any]) -> None:
        desk = self._desk
        values = {name: value for name, value in known.items() if value}
        values["worker"] = desk.user
        self._put(kind, lambda: forms.new_form(desk, kind, values))

    def _put(self, kind: str, make: Callable[[], Form]) -> None:
        page = RecordPage(self._desk, make, title=titled(kind), hidden=UNSEEN)
        page.saved.connect(self._saved)
        page.closed.connect(self._back)
        self.stack.put(page)

    def _saved(self, saved: Saved) -> None:
        more = f"有{len(saved.marks)}处待核。" if saved.marks else CAN_UNDO
        words = f"{titled(saved.kind)}已保存。{more}"
        offer_undo(self, self._desk, self.said.emit, words, saved.changes.edit)
        self._back()

    def _back(self) -> None:
        self.stack.take()
        self.read()

    def find(self) -> bool:
        return self.stack.over is None and self.tools.find()

    def on_changes(self, changes: Changes) -> None:
        self.stack.on_changes(changes)
        if self.isVisible():
            self.read()

    def flush(self) -> None:
        self.stack.flush()

    def set_compact(self, width: WidthClass) -> None:
        self.stack.set_compact(width)


def _cells(line: AidLine) -> Sequence[str | Cell]:
    day = Cell(line.day.partition("（")[0], sort=line.sort)
    return line.name, line.what, Cell(line.state, "" if line.tone == "plain" else line.tone), day, line.note
