"""Who and what a case is about, and what is still to be done."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout

from sgz_desktop.actions import tasks
from sgz_desktop.actions.cases import CasePage
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.workbench import DueLine
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import split_codes
from sgz_desktop.domain.local_words import localised, sessions
from sgz_desktop.gui import jobs
from sgz_desktop.gui.dialogs.task_dialog import edit_task, new_task
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import link
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.due_rows import Due, DueRows
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.labels import label, paragraph
from sgz_desktop.gui.widgets.scroll import Scroll


class CaseSide(Scroll):
    """Scrolls where it is not tall enough; `edit_wanted` asks for the form of the case itself; `counted(n)`
    to-dos after each reading."""

    go = Signal(str, object)
    said = Signal(str, object)
    edit_wanted = Signal()
    counted = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._page: CasePage | None = None
        self.body.setSpacing(px(Space.M))
        self.body.addWidget(self._make_facts())
        self.body.addWidget(self._make_tasks(), 1)

    def _make_facts(self) -> Card:
        edit = link("修改")
        edit.clicked.connect(lambda _=False: self.edit_wanted.emit())
        card = Card("基本情况", action=edit)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(Space.M))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnStretch(1, 1)
        card.add(self._grid)
        self.person = link("打开服务对象")
        self.person.clicked.connect(lambda _=False: self._open_person())
        card.add(self.person)
        card.body.setAlignment(self.person, Qt.AlignmentFlag.AlignLeft)
        return card

    def _make_tasks(self) -> Card:
        add = link("添加")
        add.clicked.connect(lambda _=False: self._add())
        card = Card("待办", action=add)
        self.tasks = DueRows("个案待办")
        self.tasks.opened.connect(lambda number: self._edit(self._found[number].id))
        self._found: tuple[DueLine, ...] = ()
        self.empty = EmptyState("没有待办。", "check")
        card.add(self.tasks, 1)
        card.add(self.empty, 1)
        self.tasks.hide()
        return card

    def show_page(self, page: CasePage) -> None:
        """Show the facts of a case and read its to-dos."""
        self._page = page
        while item := self._grid.takeAt(0):
            if old := item.widget():
                old.deleteLater()
        for number, (words, value) in enumerate(_facts(page)):
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(label(words, "second", "muted"), number, 0, top)
            self._grid.addWidget(paragraph(value), number, 1)
        desk, case = self._desk, page.form.id
        jobs.start(self, lambda _task: tasks.list_tasks(desk, case), done=self._show_tasks, key="tasks")

    def _show_tasks(self, found: tuple[DueLine, ...]) -> None:
        self._found = found
        self.tasks.set_rows([_due(task) for task in found])
        self.tasks.setVisible(bool(found))
        self.empty.setVisible(not found)
        self.counted.emit(len(found))

    def _open_person(self) -> None:
        if self._page:
            self.go.emit("people", self._page.client)

    def _add(self) -> None:
        if self._page:
            new_task(self, self._desk, {"case": self._page.form.id, "person": self._page.client}, self._told)

    def _edit(self, id: str) -> None:
        edit_task(self, self._desk, id, self._told)

    def _told(self, sentence: str, undo: Any) -> None:
        self.said.emit(sentence, undo)
        if self._page:
            self.show_page(self._page)


def _due(task: DueLine) -> Due:
    late = f"已过{task.late}天" if task.late else ""
    return Due(task.when.partition("（")[0], "edit", "", task.what, late, "danger" if late else "plain")


def _facts(page: CasePage) -> list[tuple[str, str]]:
    values = page.form.values

    def coded(codes: str, name: str) -> str:
        return "、".join(code_list(codes).label(code) for code in split_codes(str(values.get(name) or "")))

    found = (
        ("来源", coded("case_source", "source")),
        ("类别", coded("case_nature", "natures")),
        ("问题", str(values.get("topic") or "")),
        ("督导", str(values.get("supervisor") or "")),
        (localised("节数"), sessions(page.sessions) if page.sessions else ""),
        ("备注", str(values.get("note") or "")),
    )
    return [(words, value) for words, value in found if value] or [("问题", "还没有填，可按“修改”补上。")]
