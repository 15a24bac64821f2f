"""小组与活动, 志愿者与资源, 督导, 站务: a section as tabs, each a list of one kind of record and its form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from sgz_desktop.actions import forms
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, Saved
from sgz_desktop.actions.station_lists import StationLine, list_station
from sgz_desktop.domain import amounts
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.local_words import titled
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import questions
from sgz_desktop.domain.station_lists import SECTIONS, StationList
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.delete_dialog import DeleteDialog
from sgz_desktop.gui.list_tools import ListTools
from sgz_desktop.gui.page import Page
from sgz_desktop.gui.pages.form_stack import FormStack
from sgz_desktop.gui.pages.group_page import GroupPage
from sgz_desktop.gui.pages.list_page import ListPage
from sgz_desktop.gui.pages.station_contract import show_progress, show_service
from sgz_desktop.gui.pages.station_parts import PANELS, open_at_session, part_of
from sgz_desktop.gui.pages.station_sides import ListBeside, SideCard, side_of
from sgz_desktop.gui.pages.year_plan_band import show_year_plan
from sgz_desktop.gui.theme import Space, WidthClass, px
from sgz_desktop.gui.undo import CAN_UNDO, offer_undo
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import ListCard
from sgz_desktop.gui.widgets.data_table import Cell, Column, DataTable
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.key_hints import opening_words
from sgz_desktop.gui.widgets.labels import Elided
from sgz_desktop.gui.widgets.nav_item import SECTIONS as ENTRIES
from sgz_desktop.gui.widgets.page_head import PageHead
from sgz_desktop.gui.widgets.tabs import Tabs

TODAY = "today"
BEGUN = {  # what a new record says until something else is typed: without a day it would count nowhere
    "group": {"phase": "preparing"},
    "volunteer": {"registered_on": TODAY, "state": "active"},
    "volunteer_service": {"date": TODAY},
    "resource": {"received_on": TODAY},
}


class StationTab(ListCard):
    """The list of one tab."""

    def __init__(self, desk: Desk, of: StationList) -> None:
        self.of = of
        columns = [
            Column(head, one.width, "body_bold" if place == 0 else "body", spare=place > 1)
            for place, (head, one) in enumerate(zip(of.heads, of.columns, strict=True))
        ]
        self.table = DataTable(of.tab, columns)
        self.empty = EmptyState(of.empty, "doc")
        self._body = QStackedWidget()
        for part in (self.table, self.empty):
            self._body.addWidget(part)
        super().__init__(self._body)
        self.top.setContentsMargins(0, 0, 0, 0)
        self.count = Elided("", "second", "plain")
        self.count.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.foot.addWidget(self.count)
        self.foot.addStretch(1)
        self.delete = button("删除", "quiet", "x", small=True)
        self.tools = ListTools(desk, of.tab, self.table)
        self.tools.box.asked.connect(lambda _text: self._tell())  # after the list was narrowed
        self._opening = opening_words()
        self._deletes = allowed(desk.actor, "delete_record", kind=of.kind)
        self.foot.addWidget(self._opening)
        self.foot.addWidget(self.delete)
        self.foot.addWidget(self.tools)
        self.lines: Sequence[StationLine] = ()
        self.show_lines(())

    def show_lines(self, lines: Sequence[StationLine]) -> None:
        """Show the rows; those that are over are grey."""
        self.lines = lines
        self.table.set_rows([line.id for line in lines], [_cells(line) for line in lines])
        self._body.setCurrentWidget(self.table if lines else self.empty)
        self._tell()
        self.delete.setVisible(bool(lines) and self._deletes)
        for part in (self._opening, self.tools):  # without rows there is nothing to open or sort
            part.setVisible(bool(lines))
        if lines and self.table.current_id() is None:
            self.table.set_current(lines[0].id, tell=False)

    def _tell(self) -> None:
        """How many rows there are, and where they are money how much those in sight come to."""
        of = self.of
        told = f"{len(self.lines):,}{of.measure}" if self.lines else ""
        if of.summed and self.lines:
            at = next(at for at, column in enumerate(of.columns) if of.summed in column.fields)
            fen = sum(int(row[at].sort or 0) for row in self.table.rows_shown() if isinstance(row[at], Cell))
            told += f"，{'找到的' if self.tools.box.text() else ''}合计{amounts.show_yuan(fen)}"
        self.count.setText(told)


class StationHub(Page):
    """Targets: (kind, id) opens a record, {"new": kind, field: value …} one anew, {"tab": kind} its list,
    with "find" the rows in which its words stand, {"contract": id or ""} where a contract, or the one that
    runs, stands, with "goal" the records behind a target, {"session": id} a group at one."""

    def __init__(self, desk: Desk, section: str) -> None:
        super().__init__()
        self.desk = desk
        self._unread = False
        self._kept = ""  # the record saved last, until the lists are read again
        self.lists = SECTIONS[section]
        self._base = QWidget()
        column = QVBoxLayout(self._base)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        self.head = PageHead(next(one.label for one in ENTRIES if one.key == section))
        self.new = button("新建", "primary", "plus", self._new, key="Ctrl+N")
        column.addWidget(self.head)
        panels = PANELS.get(section, ())
        self.tabs = Tabs([*(one.tab for one in self.lists), *(tab for tab, _ in panels)])
        self.tabs.changed.connect(lambda _number: self._turn())
        column.addWidget(self.tabs)
        self._cards = QStackedWidget()
        self.sides: list[SideCard] = []
        self.cards = [self._card(one) for one in self.lists]
        self.panels = [make(self) for _, make in panels]  # tabs that are no list of one kind
        for panel in self.panels:
            self._cards.addWidget(panel)
        column.addWidget(self._cards, 1)
        self.verbs = {one.kind: list(part_of(one.kind).verbs(self)) for one in self.lists}
        self._add_verbs()
        self.stack = FormStack(self._base)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)
        self._turn()

    def _card(self, of: StationList) -> StationTab:
        card = StationTab(self.desk, of)
        card.table.opened.connect(lambda id: self.open_record(of.kind, str(id)))
        card.tools.said.connect(self.said)
        card.delete.clicked.connect(lambda _on: self._delete())
        side = side_of(of.kind, self.desk)
        if side:
            side.opened.connect(lambda id: self.open_record(of.kind, id))
            side.counted.connect(lambda id, words: show_service(self, id, words))
            self.sides.append(side)
        self._cards.addWidget(ListBeside(card, side) if side else card)
        return card

    def _add_verbs(self) -> None:
        for verbs in self.verbs.values():
            for verb in verbs:
                self.head.add_action(verb)
        self.head.add_action(self.new)

    @property
    def kind(self) -> str:
        """What the tab in front lists, '' where it is a panel."""
        return "" if self.panel else self.lists[self.tabs.current()].kind

    @property
    def panel(self) -> ListPage | None:
        """The panel in front, None where a list is."""
        at = self.tabs.current() - len(self.lists)
        return self.panels[at] if at >= 0 else None

    @property
    def card(self) -> StationTab:
        """The list in front."""
        return self.cards[self.tabs.current()]

    def current_id(self) -> str:
        """The record in front, '' when there is none."""
        return str(self.card.table.current_id() or "")

    def activate(self, target: Any = None) -> None:
        self._unread = not any(card.lines for card in self.cards)  # once read, the list takes the keyboard
        self.read()
        if isinstance(target, tuple):
            self.show_tab(target[0])
            self.open_record(*target)
        elif isinstance(target, dict) and target.get("new"):
            known = {name: value for name, value in target.items() if name != "new" and value}
            self.show_tab(str(target["new"]))
            self.start(str(target["new"]), known)
        elif isinstance(target, dict) and target.get("tab"):
            self.stack.flush()
            self.back()
            self.show_tab(str(target["tab"]))
            self.card.tools.box.setText(str(target.get("find") or ""))
            self.card.tools.box.home(False)  # its beginning says most
        elif isinstance(target, dict) and "contract" in target:
            self.show_tab("contract")
            show_progress(self, str(target["contract"] or ""), str(target.get("goal") or ""))
        elif isinstance(target, dict) and target.get("session"):
            self.show_tab("group")
            open_at_session(self, str(target["session"]))
        if self.stack.over is None:
            self._take_keyboard()

    def _take_keyboard(self) -> None:
        if self.panel:
            self.panel.take_keyboard()
            return
        place = self.card.table if self.card.lines else self.new
        place.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_tab(self, kind: str) -> None:
        """Bring the list of a kind to the front."""
        self.tabs.set_current(next(n for n, one in enumerate(self.lists) if one.kind == kind))

    def read(self) -> None:
        """Read all lists again."""
        if self.panel:
            self.panel.read()
        desk, kinds = self.desk, [one.kind for one in self.lists]
        jobs.start(
            self, lambda _task: [list_station(desk, kind) for kind in kinds], done=self._take, key="lines"
        )
        for side in self.sides:
            side.read()

    def _take(self, found: list[list[StationLine]]) -> None:
        for number, (card, lines) in enumerate(zip(self.cards, found, strict=True)):
            card.show_lines(lines)
            card.table.set_current(self._kept, tell=False)  # what was just saved stands out
            self.tabs.set_words(number, f"{card.of.tab} {len(lines)}" if lines else card.of.tab)
        self._kept = ""
        unread, self._unread = self._unread, False
        if self.stack.over is None and self.isVisible() and (unread or not self.focusWidget()):
            self._take_keyboard()

    def _turn(self) -> None:
        """Another tab came to the front: its list, its verbs and what 新建 makes."""
        kind = self.kind
        self._cards.setCurrentIndex(self.tabs.current())
        if self.panel:
            self.panel.read()
            self.new.hide()
            self.new.setShortcut("")  # the panel has its own
            self._show_verbs(kind)
            return
        words = f"新建{titled(kind)}"
        self.new.setText(words)
        self.new.setAccessibleName(words)
        self.new.setToolTip(f"{words}（Ctrl+N）")
        self.new.setShortcut("Ctrl+N")  # other words take it away
        self.new.setVisible(allowed(self.desk.actor, "save_form", kind=kind))
        self._show_verbs(kind)

    def _show_verbs(self, kind: str) -> None:
        for of, verbs in self.verbs.items():
            for verb in verbs:
                verb.setVisible(of == kind)

    def open_record(self, kind: str, id: str) -> None:
        """A record on file."""
        desk = self.desk
        self.put(kind, lambda: forms.form(desk, id, kind), self._named(kind, id))

    def _named(self, kind: str, id: str) -> str:
        """What the list calls a record: its first two columns."""
        card = next(one for one in self.cards if one.of.kind == kind)
        line = next((one for one in card.lines if one.id == id), None)
        return "·".join(filter(None, line.cells[:2])) if line else ""

    def _new(self) -> None:
        self.start(self.kind, part_of(self.kind).known(self))

    def start(self, kind: str, known: dict[str, Any]) -> None:
        """A new record with what is known beforehand."""
        desk = self.desk
        values = dict(known)
        if "worker" in questions(BY_KIND[kind]) and kind != "staff":
            values.setdefault("worker", desk.user)
        for name, value in BEGUN.get(kind, {}).items():
            values.setdefault(name, desk.today() if value == TODAY else value)
        self.put(kind, lambda: forms.new_form(desk, kind, values))

    def put(self, kind: str, make: Callable[[], Form], name: str = "") -> None:
        """The page of a record comes in the place of the lists; `name` is what the list calls it."""
        page = part_of(kind).page(self.desk, make)
        page.saved.connect(self._saved)
        page.closed.connect(self.back)
        form_page = page.page if isinstance(page, GroupPage) else page
        if name:
            form_page.head.set_facts(name)
        show_year_plan(form_page, self.desk, kind, self.go.emit)
        for told in ("said", "go"):
            if hasattr(page, told):
                getattr(page, told).connect(getattr(self, told))
        self.stack.put(page)

    def _saved(self, saved: Saved) -> None:
        words = f"{titled(saved.kind)}已保存。{doubt_words(saved) or CAN_UNDO}"
        offer_undo(self, self.desk, self.said.emit, words, saved.changes.edit)
        self._kept = saved.id
        self.back()

    def _delete(self) -> None:
        desk, kind, id = self.desk, self.kind, self.current_id()
        if not id:
            return
        jobs.start(
            self, lambda _task: forms.form(desk, id, kind), done=self._ask_delete, failed=self.not_there
        )

    def _ask_delete(self, form: Form) -> None:
        dialog = DeleteDialog(self, self.desk, form, titled(form.kind))
        dialog.deleted.connect(self._deleted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _deleted(self, changes: Changes) -> None:
        offer_undo(self, self.desk, self.said.emit, f"已删除。{CAN_UNDO}", changes.edit)
        self.read()

    def not_there(self, problem: BaseException) -> None:
        """What was to be opened is gone, or not for this worker."""
        messages.show_problem(problem, self)
        self.read()

    def back(self) -> None:
        """The lists again."""
        self.stack.take()
        self.read()

    def find(self) -> bool:
        in_front = self.panel or self.card.tools
        return self.stack.over is None and in_front.find()

    def on_changes(self, changes: Changes) -> None:
        self.stack.on_changes(changes)
        if self.isVisible():
            self.read()

    def flush(self) -> None:
        self.stack.flush()

    def set_compact(self, width: WidthClass) -> None:
        for at in range(self._cards.count()):
            if isinstance(place := self._cards.widget(at), ListBeside):
                place.set_compact(width)
        self.stack.set_compact(width)


def doubt_words(saved: Saved) -> str:
    """待核：支出合计超出合同金额500元（共2处）。 '' where nothing is in doubt."""
    if not saved.marks:
        return ""
    more = f"（共{len(saved.marks)}处）" if len(saved.marks) > 1 else ""
    return f"待核：{saved.marks[0].sentence.rstrip('。')}{more}。"


def _cells(line: StationLine) -> list[Cell]:
    tone = "muted" if line.over else ""
    return [Cell(words, tone, sort=sort) for words, sort in zip(line.cells, line.sorts, strict=True)]
