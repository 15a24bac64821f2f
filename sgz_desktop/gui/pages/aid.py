"""救助与转介: applications, referrals and entrusted checks, those that wait first; the address book."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sgz_desktop.actions import aid, applications, forms, household_checks, organisations
from sgz_desktop.actions.aid import AidLine
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, Saved
from sgz_desktop.actions.organisations import OrganisationLine
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.local_words import titled
from sgz_desktop.gui import jobs
from sgz_desktop.gui.dialogs.call_dialog import log_call
from sgz_desktop.gui.dialogs.person_dialog import ask_person
from sgz_desktop.gui.dialogs.reply_dialog import ask_reply
from sgz_desktop.gui.list_tools import ListTools
from sgz_desktop.gui.page import Page
from sgz_desktop.gui.pages.address_book import AddressBook
from sgz_desktop.gui.pages.aid_form import aid_form
from sgz_desktop.gui.pages.application_page import ApplicationPage
from sgz_desktop.gui.pages.form_stack import StackedPage
from sgz_desktop.gui.pages.possible_page import PossiblePage
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.undo import CAN_UNDO, offer_undo
from sgz_desktop.gui.widgets.acting_table import ActingTable
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import ListCard
from sgz_desktop.gui.widgets.data_table import DAY, Cell, Column
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.key_hints import opening_words
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
REFERRAL, BOOK = "referral", "organisation"
KINDS = ("application", REFERRAL, "household_check", BOOK)
TABS = ("救助申请", "转介", "入户核查", "单位")
NEW = ("新建申请", "新建转介", "新建核查", "新建单位")
ASKED = ("为谁申请救助", "转介谁", "核查哪一家，选其中一位")
EMPTY = (
    ("还没有救助申请。可以在个案或这里新建。", "refer"),
    ("还没有转介。可以在个案或这里新建。", "refer"),
    ("还没有受委托入户核查。可以从救助申请或这里新建。", "visit"),
)
TOLD = (
    "时限仅供参考，以乡镇（街道）和民政部门为准。",
    "回车打开，空格记回执。",
    "受委托的核查不算本站走访，不计入工作量。",
)
UNSEEN = {
    "application": frozenset({"policy_pack", "policy_pack_sha256"}),
    "household_check": frozenset({"case"}),
}
Found = tuple[list[list[AidLine]], list[OrganisationLine]]


def aid_page(desk: Desk) -> Page:
    """The section 救助与转介 of a desk."""
    return AidPage(desk)


class AidPage(StackedPage):
    """Targets: (kind, id) opens a record; {"new": kind, "person": id, "household": id} starts one, for a
    "programme" too; {"call": referral} goes on with a call."""

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
        self.new = button(NEW[0], "primary", "plus", self._new, key="Ctrl+N")
        self.head.add_action(self.find_people)
        self.head.add_action(self.new)
        column.addWidget(self.head)
        self.tabs = Tabs(TABS)
        self.tabs.changed.connect(lambda _number: self._show())
        column.addWidget(self.tabs)
        self.card = self._make_card()
        self.book = AddressBook(desk)
        self.book.opened.connect(lambda id: self.open_record(BOOK, id))
        self.book.wanted.connect(self._new)
        self.book.said.connect(self.said)
        column.addWidget(self.card, 1)
        column.addWidget(self.book, 1)
        self.stand_on(base)
        self._show()

    def _make_card(self) -> ListCard:
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, 0, 0)
        self.table = ActingTable("救助与转介", COLUMNS)
        self.table.opened.connect(lambda key: self.open_record(*key))
        self.table.acted.connect(lambda _key: self._reply())
        self.empty = EmptyState(*EMPTY[0])
        inside.addWidget(self.table, 1)
        inside.addWidget(self.empty, 1)
        card = ListCard(inner)
        card.top.setContentsMargins(0, 0, 0, 0)
        self.count = label("", "second", "plain")
        self.told = label("", "caption", "muted")
        self.reply = button("记回执", icon="check", small=True, on_click=self._reply)
        self.call = button("记电话", icon="phone", small=True, on_click=self._call)
        self.tools = ListTools(self._desk, "救助与转介", self.table)
        self.tools.said.connect(self.said)
        card.foot.addWidget(self.count, 1)
        for part in (opening_words(), self.told, self.reply, self.call, self.tools):
            card.foot.addWidget(part)
        self.table.picked.connect(lambda _key: self._offer())
        return card

    @property
    def kind(self) -> str:
        """What the tab in front lists."""
        return KINDS[self.tabs.current()]

    def activate(self, target: Any = None) -> None:
        self.read()
        if isinstance(target, tuple):
            self.tabs.set_current(KINDS.index(target[0]))
            self.open_record(*target)
        elif isinstance(target, dict) and target.get("call"):
            self.tabs.set_current(KINDS.index(REFERRAL))
            log_call(self, self._desk, str(target["call"]), self.said.emit)
        elif isinstance(target, dict) and target.get("new"):
            self._start(str(target["new"]), {name: target.get(name) for name in ABOUT})
        elif self.stack.over is None:
            self._take_keyboard()

    def _take_keyboard(self) -> None:
        if self.kind == BOOK:
            self.book.take_keyboard()
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self) -> None:
        """Read all lists again."""
        desk = self._desk

        def work(_task: jobs.Task) -> Found:
            lines = [
                aid.list_applications(desk),
                aid.list_referrals(desk),
                household_checks.list_checks(desk),
            ]
            return lines, organisations.list_organisations(desk)

        jobs.start(self, work, done=lambda found: self._take(*found), key="lines")

    def _take(self, found: list[list[AidLine]], book: list[OrganisationLine]) -> None:
        self._lines = dict(zip(KINDS, [*found, []], strict=True))
        waiting = [sum(line.open for line in lines) for lines in found]
        self.head.set_facts(f"申请在办{waiting[0]}件，转介等回执{waiting[1]}件")
        for number, lines in enumerate((*found, book)):
            self.tabs.set_words(number, f"{TABS[number]} {len(lines)}")
        self.book.show_lines(book)
        self._show()

    def _show(self) -> None:
        number = self.tabs.current()
        in_book = self.kind == BOOK
        self.card.setVisible(not in_book)
        self.book.setVisible(in_book)
        self.new.setText(NEW[number])
        self.new.setAccessibleName(NEW[number])
        self.new.setToolTip(f"{NEW[number]}（Ctrl+N）")
        self.new.setShortcut("Ctrl+N")  # other words take it away
        self.new.setVisible(allowed(self._desk.actor, "save_form", kind=self.kind))
        if in_book:
            return
        lines = self._lines[self.kind]
        self.table.set_rows([(line.kind, line.id) for line in lines], [_cells(line) for line in lines])
        if not lines and self.table.hasFocus():
            self.new.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self.empty.set_text(EMPTY[number][0])
        self.told.setText(TOLD[number] if lines else "")
        self.count.setText(f"{len(lines)}件" if lines else "")
        if lines and self.table.current_id() is None:
            self.table.set_current((lines[0].kind, lines[0].id), tell=False)
        self._offer()

    def _waiting(self) -> AidLine | None:
        """The referral in front, when it waits for its answer."""
        key = self.table.current_id() if self.kind == REFERRAL else None
        found = (line for line in self._lines[REFERRAL] if key and line.id == key[1])
        line = next(found, None)
        return line if line and line.open and line.sort else None

    def _offer(self) -> None:
        """An answer and a call are written down of a referral that waits."""
        may = self._waiting() is not None and allowed(self._desk.actor, "enter_reply")
        for one in (self.reply, self.call):
            one.setVisible(self.kind == REFERRAL)
            one.setEnabled(may)

    def _reply(self) -> None:
        if (line := self._waiting()) and allowed(self._desk.actor, "enter_reply"):
            ask_reply(self, self._desk, line.id, self.said.emit)

    def _call(self) -> None:
        if line := self._waiting():
            log_call(self, self._desk, line.id, self.said.emit)

    def show_possible(self) -> None:
        """Families on file who may qualify for something."""
        page = PossiblePage(self._desk)
        page.closed.connect(self._back)
        page.go.connect(self.go)
        page.said.connect(self.said)
        self.stack.put(page)
        page.load()

    def open_record(self, kind: str, id: str) -> None:
        """A record on file."""
        desk = self._desk
        self._put(kind, lambda: forms.form(desk, id, kind))

    def _new(self) -> None:
        if self.kind == BOOK:
            self._start(BOOK, {})
        else:
            self._ask_new(self.kind)

    def _ask_new(self, kind: str) -> None:
        number = KINDS.index(kind)
        hint = "属于个案的，也可以在个案里新建。"
        ask_person(
            self, self._desk, ASKED[number], hint, NEW[number], lambda who: self._start(kind, {"person": who})
        )

    def _start(self, kind: str, known: dict[str, Any]) -> None:
        desk = self._desk
        values = {name: value for name, value in known.items() if value}
        if kind == "household_check":
            about = [str(values.pop(name, "")) for name in ("application", "person", "household")]
            self._put(kind, lambda: _with(household_checks.new_check(desk, *about), values))
            return
        if kind != BOOK:
            values["worker"] = desk.user
        if kind == "application" and values.get("programme") and values.get("person"):
            programme, person, case = (str(values.get(name, "")) for name in ("programme", "person", "case"))
            self._put(kind, lambda: applications.new_application(desk, programme, person, case), "applied_by")
            return
        self._put(kind, lambda: forms.new_form(desk, kind, values))

    def _put(self, kind: str, make: Callable[[], Form], focus: str = "") -> None:
        page = aid_form(self._desk, kind, make, hidden=UNSEEN.get(kind, frozenset()), focus=focus)
        page.saved.connect(self._saved)
        page.closed.connect(self._back)
        page.said.connect(self.said)
        if isinstance(page, ApplicationPage):
            page.check_wanted.connect(lambda id: self._start("household_check", {"application": id}))
        page.paper_wanted.connect(lambda view: self._show_paper(kind, page.form.form.id, view))
        self.stack.put(page)

    def _show_paper(self, kind: str, id: str, view: PaperView) -> None:
        """A paper comes in the place of its form, and gives it back."""
        view.closed.connect(lambda: self.open_record(kind, id))
        view.said.connect(self.said)
        self.stack.put(view)
        view.take_keyboard()

    def _saved(self, saved: Saved) -> None:
        more = f"有{len(saved.marks)}处待核。" if saved.marks else CAN_UNDO
        words = f"{titled(saved.kind)}已保存。{more}"
        offer_undo(self, self._desk, self.said.emit, words, saved.changes.edit)
        self.tabs.set_current(KINDS.index(saved.kind))
        self._back()

    def _back(self) -> None:
        self.stack.take()
        self.read()

    def find(self) -> bool:
        tools = self.book.tools if self.kind == BOOK else self.tools
        return self.stack.over is None and tools.find()

    def on_changes(self, changes: Changes) -> None:
        super().on_changes(changes)
        if self.isVisible():
            self.read()


ABOUT = ("person", "household", "application", "case", "programme")


def _with(form: Form, values: dict[str, Any]) -> Form:
    return replace(form, values={**form.values, **values})


def _cells(line: AidLine) -> Sequence[str | Cell]:
    day = Cell(line.day.partition("（")[0], sort=line.sort)
    return line.name, line.what, Cell(line.state, "" if line.tone == "plain" else line.tone), day, line.note
