"""来访来电: who called or came to the desk, what was asked and answered, and what is still owed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sgz_desktop.actions import contacts, forms
from sgz_desktop.actions.contacts import ContactLine
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Saved
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.fields import split_codes
from sgz_desktop.gui import jobs
from sgz_desktop.gui.list_tools import ListTools
from sgz_desktop.gui.page import Page
from sgz_desktop.gui.pages.form_stack import StackedPage
from sgz_desktop.gui.record_page import RecordPage, saved_sentence
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.undo import SAVED, offer_undo
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import ListCard
from sgz_desktop.gui.widgets.data_table import Cell, Column, DataTable
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.key_hints import opening_words
from sgz_desktop.gui.widgets.labels import label
from sgz_desktop.gui.widgets.page_head import PageHead

COLUMNS = (
    Column("时间", 176),
    Column("谁", 140, "body_bold"),
    Column("事由", 160),
    Column("答复", 0, tone="plain"),
    Column("办理", 180),
    Column("接待", 90, tone="plain"),
)
LAYOUT = (
    ("事由与答复", ("person", "way", "subjects", "matter", "answer", "outcomes", "policy_told")),
    ("来人和时间", ("caller_name", "caller_role", "caller_phone", "date", "time", "worker")),
    ("转办与回复", ("handed_to", "answer_due_on", "answered_on", "case")),
)
EMPTY = "还没有来访来电登记。"
EMPTY_HINT = "有人来站里或打电话来，按F4就记。"


def contacts_page(desk: Desk) -> Page:
    """The desk's register of calls and callers."""
    return ContactsPage(desk)


class ContactsPage(StackedPage):
    """Targets: a contact's id; {"new": True, "person": id, "case": id}."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._person = ""
        self.stand_on(self._base())

    def _base(self) -> QWidget:
        base = QWidget()
        column = QVBoxLayout(base)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        self.head = PageHead("来访来电")
        self.new = button("登记来访来电", "primary", "phone", lambda: self.open_form({}))
        self.new.setToolTip("登记来访来电（F4）")
        self.head.add_action(self.new)
        column.addWidget(self.head)
        self.visit = button("记走访", icon="visit", small=True, on_click=lambda: self._go_on("visits"))
        self.case = button("开个案", icon="case", small=True, on_click=lambda: self._go_on("people"))
        self.back = button("看服务对象", icon="people", small=True, on_click=self._to_person)
        self.band = Band("", icon="check", actions=(self.visit, self.case, self.back))
        self.band.hide()
        column.addWidget(self.band)
        column.addWidget(self._make_card(), 1)
        return base

    def _make_card(self) -> ListCard:
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, 0, 0)
        self.table = DataTable("来访来电", COLUMNS)
        self.table.opened.connect(self.open_record)
        self.empty = EmptyState(EMPTY, "phone", EMPTY_HINT)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.empty, 1)
        card = ListCard(inner)
        card.top.setContentsMargins(0, 0, 0, 0)
        self.count = label("", "second", "plain")
        card.foot.addWidget(self.count, 1)
        card.foot.addWidget(label("还要回复的排在最前面。", "caption", "muted"))
        self.tools = ListTools(self._desk, "来访来电登记", self.table)
        self.tools.said.connect(self.said)
        card.foot.addWidget(opening_words())
        card.foot.addWidget(self.tools)
        return card

    def activate(self, target: Any = None) -> None:
        self.read()
        if isinstance(target, str) and target:
            self.open_record(target)
        elif isinstance(target, dict) and target.get("new"):
            self.open_form(target)
        elif self.stack.over is None:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self) -> None:
        """Read the list again."""
        desk = self._desk
        jobs.start(self, lambda _task: contacts.list_contacts(desk), done=self._show, key="lines")

    def _show(self, lines: Sequence[ContactLine]) -> None:
        waiting = sum(line.open for line in lines)
        self.head.set_facts(f"还有{waiting}件要回复" if waiting else "")
        self.table.set_rows([line.id for line in lines], [_cells(line) for line in lines])
        if lines and self.table.current_id() is None:
            self.table.set_current(lines[0].id, tell=False)  # so that Enter opens, and one sees what
        self.table.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self.count.setText(f"{len(lines):,}人次" if lines else "")

    def open_form(self, target: dict[str, Any]) -> None:
        """A new call; whom it is about is known where it was begun from their page."""
        desk, person, case = self._desk, str(target.get("person") or ""), str(target.get("case") or "")
        self.band.hide()
        self._put(lambda: contacts.new_contact(desk, person, case), "subjects" if person else "person")

    def open_record(self, id: str) -> None:
        """A call on file."""
        desk = self._desk
        self._put(lambda: forms.form(desk, id, "contact"), "")

    def _put(self, make: Any, focus: str) -> None:
        page = RecordPage(self._desk, make, title="登记来访来电", layout=LAYOUT, focus=focus)
        page.saved.connect(lambda saved: self._saved(page, saved))
        page.closed.connect(self._back)
        self.stack.put(page)

    def _saved(self, page: RecordPage, saved: Saved) -> None:
        form = page.form
        boxes = form.body.boxes if form else {}
        self._person = str(boxes["person"].typed() or "") if "person" in boxes else ""
        outcomes = split_codes(str(boxes["outcomes"].typed() or "")) if "outcomes" in boxes else []
        self._back()
        self.visit.setVisible("visit" in outcomes)
        self.case.setVisible("case" in outcomes and bool(self._person))
        self.back.setVisible(bool(self._person))
        self.band.set_text(saved_sentence(saved))
        self.band.show()
        (self.back if self._person else self.new).setFocus()
        offer_undo(self, self._desk, self.said.emit, SAVED, saved.changes.edit, self.band.hide)

    def _go_on(self, section: str) -> None:
        self.band.hide()
        if section == "visits":
            self.go.emit("visits", {"new": True, "person": self._person})
        else:
            self.go.emit("people", self._person)

    def _to_person(self) -> None:
        self.band.hide()
        self.go.emit("people", self._person)

    def _back(self) -> None:
        self.stack.take()
        self.read()

    def find(self) -> bool:
        return self.stack.over is None and self.tools.find()

    def on_changes(self, changes: Changes) -> None:
        super().on_changes(changes)
        if self.isVisible() and changes.touches("contact", "person"):
            self.read()


def _cells(line: ContactLine) -> Sequence[str | Cell]:
    state = Cell(line.state, "danger" if line.late else "warn" if line.open else "")
    return Cell(line.day, sort=line.sort), line.who, line.subject, line.answer, state, line.worker
