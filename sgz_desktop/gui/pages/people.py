"""服务对象: everybody on file, and the page of one person beside the list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from sgz_desktop.actions import members, people
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.people import PersonPage
from sgz_desktop.actions.ratings import new_rating
from sgz_desktop.actions.timeline import Event
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.policy.places import Place
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.due_dialog import open_item
from sgz_desktop.gui.dialogs.left_open_dialog import decide_left_open
from sgz_desktop.gui.dialogs.roster_dialog import import_list, may_import
from sgz_desktop.gui.dialogs.task_dialog import edit_task
from sgz_desktop.gui.page import Page
from sgz_desktop.gui.pages.form_stack import StackedPage
from sgz_desktop.gui.pages.people_list import PeopleList
from sgz_desktop.gui.pages.person import PersonView
from sgz_desktop.gui.pages.person_forms import PersonForms
from sgz_desktop.gui.pages.person_verbs import PersonVerbs
from sgz_desktop.gui.theme import Space, WidthClass, px
from sgz_desktop.gui.ways import record_target
from sgz_desktop.gui.widgets.buttons import button, icon_button, way_back
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.page_head import PageHead
from sgz_desktop.gui.widgets.reflow import TwoSteps

SHOWN = (
    "person",
    "household",
    "membership",
    "kinship",
    "benefit",
    "visit",
    "presence",
    "case",
    "task",
    "session",
    "contact",
    "obligor",
    "assessment",
    "application",
    "household_check",
)
LISTED = ("person", "household", "membership")
LIST_WIDTH = 372
GONE = "这位的资料已删除，可在设置里“已删除的记录”恢复。"


def people_page(desk: Desk) -> Page:
    """The page of everybody on file."""
    return PeoplePage(desk)


class PeoplePage(StackedPage):
    """Targets: a person's id; {"person": id} or {"household": id} to edit one; {"register": name}."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._loaded = False
        self.person = ""
        self._awaited, self._meant = False, ""
        self.verbs, self.forms = PersonVerbs(self, desk), PersonForms(self, desk)
        self.list = PeopleList(desk)
        self.view = PersonView(desk)
        self._right = QStackedWidget()
        self._right.addWidget(EmptyState("从左边选一位服务对象，或输入姓名查找。", "people"))
        self._right.addWidget(self.view)
        self._two = TwoSteps(self.list, self._right, LIST_WIDTH)
        self.stand_on(self._base())
        self._connect()

    def _base(self) -> QWidget:
        base = QWidget()
        column = QVBoxLayout(base)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        self.head = PageHead("服务对象")
        self.back = way_back(icon_button("left", "返回名单", self._two.show_list, small=True))
        self.back.hide()
        self._two.turned.connect(self.back.setVisible)
        self.head.layout().insertWidget(0, self.back)
        self.new = button("登记家庭", icon="plus", on_click=lambda: self.forms.register(""))
        self.lists = button("导入名单", icon="up", on_click=self._import)
        self.head.add_action(self.lists)
        self.lists.setVisible(may_import(self._desk))  # in its place: alone it would be a window
        self.head.add_action(self.new)
        column.addWidget(self.head)
        column.addWidget(self._two, 1)
        return base

    def _connect(self) -> None:
        self.list.picked.connect(lambda rid: self._show_rid(rid, turn=False))
        self.list.opened.connect(lambda rid: self._show_rid(rid, turn=True))
        self.list.register.connect(self.forms.register)
        self.list.counted.connect(self._counted)
        self.list.tools.said.connect(self.said)
        self.view.wanted.connect(self._do)
        self.view.head.reveal.connect(self._reveal)
        self.view.doubt.connect(self.forms.edit)
        self.view.opened_person.connect(self.show_person)
        self.view.ratings.opened.connect(self.forms.open_score)
        self.view.stop.connect(self.verbs.stop)
        self.view.opened_household.connect(lambda id: self.forms.edit_record("household", id, ""))
        self.view.opened_case.connect(lambda id: self.go.emit("cases", id))
        self.view.opened_event.connect(self._open_event)
        self.view.opened_task.connect(
            lambda id: edit_task(self, self._desk, id, self.task_done, self.go.emit)
        )
        self.view.asked.connect(lambda item: open_item(self, self._desk, item, self.task_done, self.go.emit))
        self.view.policies.fill.connect(self.forms.fill)
        self.view.policies.go.connect(self.go)
        self.view.left_open.connect(lambda tasks: decide_left_open(self, self._desk, tasks, self.task_done))

    def _import(self) -> None:
        import_list(self, self._desk, self.said.emit)

    def _counted(self, people: int, villages: int) -> None:
        self.head.set_facts(f"在册{people:,}人，{villages}个村（社区）" if people else "")

    def activate(self, target: Any = None) -> None:
        if not self._loaded:
            self._loaded = True
            self.list.load()
        elif target is None:
            self.view.policies.read_again()  # local standards may have been set meanwhile
        if isinstance(target, str) and target:
            self.stack.flush()
            self.stack.take()
            self.show_person(target)
        elif isinstance(target, dict):
            self._aim(target)
        elif target is None and self.stack.over is None:
            self.list.focus_search()

    def _aim(self, target: dict[str, Any]) -> None:
        if target.get("rate"):
            self.forms.rate(lambda: new_rating(self._desk, str(target["rate"])), "")
        elif "register" in target or "new" in target:
            self.forms.register(str(target.get("register") or ""), str(target.get("household") or ""))
        elif target.get("person"):
            self.person = str(target["person"])
            self.forms.edit("person", str(target.get("field") or ""))
        elif target.get("household"):
            self.forms.fill(Place("household", str(target["household"]), str(target.get("field") or "")))

    def show_person(self, id: str) -> None:
        """Show a person by id, also in the list where they are in it."""
        desk = self._desk
        self._read(lambda: people.person_page(desk, id), self._shown)

    def _read(self, work: Callable[[], PersonPage | None], show: Callable[[PersonPage], None]) -> None:
        """Read a person; a verb pressed meanwhile waits, since it is meant for whom one just opened."""
        self._awaited, self._meant = True, ""

        def done(page: PersonPage | None) -> None:
            self._awaited, meant = False, self._meant
            if page:
                show(page)
                if meant:
                    self._do(meant)

        def failed(problem: BaseException) -> None:
            self._awaited = False
            messages.show_problem(problem, self)

        jobs.start(self, lambda _task: work(), done=done, failed=failed, key="person")

    def _show_rid(self, rid: int, *, turn: bool) -> None:
        desk = self._desk

        def read() -> PersonPage | None:
            lines = people.people_rows(desk, [rid])
            return people.person_page(desk, lines[rid].id) if rid in lines else None

        self._read(read, lambda page: self._shown(page, turn=turn))

    def _shown(self, page: PersonPage, *, turn: bool = True) -> None:
        if page.gone:  # 撤销 took them out again: nothing is to be written about them
            self.person, self.view.page = "", None
            self._right.setCurrentIndex(0)
            self._two.show_list()
            if turn:
                self.said.emit(GONE, None)
            return
        self.person = page.line.id
        self.view.show_page(page)
        self._right.setCurrentWidget(self.view)
        self.list.point_at(page.line.rid)
        if turn:
            self._two.show_detail()
            self.view.head.visit.setFocus()

    def _reveal(self) -> None:
        desk, id = self._desk, self.person
        jobs.start(
            self, lambda _task: members.reveal_phone(desk, id), done=self.view.head.tell_phone, key="phone"
        )

    def _do(self, verb: str) -> None:
        page = self.view.page
        if self._awaited:
            self._meant = verb
            return
        if page is None:
            return
        self.verbs.do(verb, page)

    def _open_event(self, event: Event) -> None:
        self.go.emit(*record_target(event.kind, event.id))

    def task_done(self, sentence: str, undo: Any) -> None:
        """Say what a dialog did, and show what came of it."""
        self.said.emit(sentence, undo)
        self.read_again()

    def read_again(self) -> None:
        """What is shown, as it is on file now."""
        self.list.refresh()
        if self.person:
            desk, id = self._desk, self.person
            jobs.start(
                self,
                lambda _task: people.person_page(desk, id),
                done=lambda page: self._shown(page, turn=False),
                key="person",
            )

    def on_changes(self, changes: Changes) -> None:
        super().on_changes(changes)
        if not self._loaded or not changes.touches(*SHOWN):
            return
        if changes.touches(*LISTED):
            self.list.load()
        else:
            self.list.refresh()
        if self.person and self.stack.over is None:
            self.read_again()

    def set_compact(self, width: WidthClass) -> None:
        self._two.set_compact(width)
        self.back.setVisible(self._two.on_detail)
        self.view.set_compact(width)
        super().set_compact(width)

    def subject(self) -> dict[str, str]:
        page = self.view.page
        if page is None or self._right.currentWidget() is not self.view:
            return {}
        about = {"person": page.line.id, "household": page.line.household}
        return {name: id for name, id in about.items() if id}

    def find(self) -> bool:
        self.stack.flush()
        self.stack.take()
        self._two.show_list()
        self.list.focus_search()
        return True
