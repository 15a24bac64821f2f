"""What can be done about a person from the menu of their page: in dialogs, each with its undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sgz_desktop.actions import pauses
from sgz_desktop.actions.cases import open_case
from sgz_desktop.actions.categories import CategoryLine
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.people import PersonPage
from sgz_desktop.actions.ratings import new_rating
from sgz_desktop.actions.undoing import Undone
from sgz_desktop.domain.edits import Changes
from sgz_desktop.gui import jobs
from sgz_desktop.gui.dialogs.delete_dialog import DeleteDialog
from sgz_desktop.gui.dialogs.history_dialog import show_history
from sgz_desktop.gui.dialogs.leave_dialog import LeaveDialog
from sgz_desktop.gui.dialogs.merge_dialog import apart_sentence, start_merge, start_unmerge
from sgz_desktop.gui.dialogs.move_dialog import MoveDialog
from sgz_desktop.gui.dialogs.stop_dialog import StopDialog
from sgz_desktop.gui.dialogs.task_dialog import new_task
from sgz_desktop.gui.undo import CAN_UNDO, offer_undo

if TYPE_CHECKING:
    from sgz_desktop.gui.pages.people import PeoplePage

HOMELESS = "这位服务对象还没有登记在哪一户。"


class PersonVerbs:
    """Acts on the page of people, which shows what came of it."""

    def __init__(self, page: PeoplePage, desk: Desk) -> None:
        self._page, self._desk = page, desk

    def do(self, verb: str, page: PersonPage) -> None:
        """What a button or the menu of a person's page asks for."""
        household, whose = page.line.household, self._page.forms
        about = {"household": household, "person": page.line.id}
        acts = {
            "visit": lambda: self._page.go.emit("visits", {"new": True, **about}),
            "call": lambda: self._page.go.emit("contacts", {"new": True, "person": page.line.id}),
            "case": lambda: self.case(page),
            "edit": lambda: whose.edit("person", ""),
            "benefits": lambda: whose.edit("person", "benefits"),
            "household": lambda: whose.edit_household(""),
            "members": lambda: whose.register("", household),
            "leave": lambda: self.leave(page),
            "move": lambda: self.move(page),
            "kin": lambda: whose.edit("person", "kin"),
            "genogram": lambda: whose.genogram(page),
            "register": lambda: whose.register(""),
            "rate": lambda: whose.rate(lambda: new_rating(self._desk, page.line.id), page.line.name),
            "back": lambda: self.came_back(household),
            "prepare": lambda: self.prepare(household),
            "check": lambda: self._page.go.emit("aid", {"new": "household_check", **about}),
            "history": lambda: show_history(self._page, self._desk, "person", page.line.id, page.line.name),
            "home_history": lambda: self.home_history(page),
            "merge": lambda: self.merge(page),
            "unmerge": lambda: self.unmerge(page),
            "delete": lambda: self.delete(page),
            "task": lambda: new_task(self._page, self._desk, {"person": page.line.id}, self._page.task_done),
        }
        acts[verb]()

    def _done(self, words: str, changes: Changes) -> None:
        offer_undo(self._page, self._desk, self._page.said.emit, f"{words}{CAN_UNDO}", changes.edit)
        self._page.read_again()

    def prepare(self, household: str) -> None:
        """The papers of a round for one household."""
        if household:
            self._page.go.emit("visits", {"prepare": [household]})
        else:
            self._page.said.emit(HOMELESS, None)

    def came_back(self, household: str) -> None:
        """The family is back from where they were."""
        desk = self._desk
        jobs.start(
            self._page, lambda _task: pauses.came_back(desk, household), done=lambda _: self._is_back()
        )

    def _is_back(self) -> None:
        self._page.said.emit("已记下回来了，走访和待办接着算。", None)
        self._page.read_again()

    def case(self, page: PersonPage) -> None:
        """Their open case, or a new one."""
        opened = next((case.id for case in page.cases if case.closed_on is None), None)
        if opened:
            self._page.go.emit("cases", opened)
            return
        desk, id = self._desk, page.line.id
        jobs.start(
            self._page,
            lambda _task: open_case(desk, person=id),
            done=lambda case: self._page.go.emit("cases", case),
        )

    def home_history(self, page: PersonPage) -> None:
        """Who changed what of the household."""
        if page.line.household:
            show_history(self._page, self._desk, "household", page.line.household, f"{page.line.name}一户")
        else:
            self._page.said.emit(HOMELESS, None)

    def merge(self, page: PersonPage) -> None:
        """This file and another are of one person."""
        start_merge(self._page, self._desk, page.line, page.form.values, self._merged)

    def unmerge(self, page: PersonPage) -> None:
        """Take a merged file apart again."""
        start_unmerge(
            self._page,
            self._desk,
            page.line.id,
            lambda words: self._page.said.emit(words, None),
            self._apart,
        )

    def _merged(self, changes: Changes) -> None:
        self._done("已合并，两个编号都能查到。", changes)

    def _apart(self, id: str, undone: Undone) -> None:
        self._page.said.emit(apart_sentence(undone), None)
        self._page.list.load()
        self._page.show_person(id)

    def leave(self, page: PersonPage) -> None:
        """They left the household."""
        if not page.line.household:
            self._page.said.emit(HOMELESS, None)
            return
        dialog = LeaveDialog(self._page, self._desk, page.line.id, page.line.household, page.line.name)
        dialog.saved.connect(lambda saved: self._done("已登记搬离，原来的记录都在。", saved.changes))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def delete(self, page: PersonPage) -> None:
        """Take the file out, with a reason."""
        dialog = DeleteDialog(self._page, self._desk, page.form, "服务对象档案")
        dialog.deleted.connect(lambda changes: self._done("已删除，可以在设置里恢复。", changes))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def move(self, page: PersonPage) -> None:
        """They moved to another household, or belong to one more."""
        dialog = MoveDialog(self._page, self._desk, page.line.id, page.line.household, page.line.name)
        dialog.saved.connect(lambda saved: self._done("已登记，原来的记录都在。", saved.changes))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def stop(self, line: CategoryLine) -> None:
        """A category or benefit ended."""
        dialog = StopDialog(self._page, self._desk, line)
        dialog.saved.connect(lambda saved: self._done("已停止，记录都保留。", saved.changes))
        dialog.edit.connect(lambda: self._page.forms.edit(line.kind, "benefits"))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
