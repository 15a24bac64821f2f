"""A to-do: write one down, change it, say it is done, or open what it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions import forms, tasks
from sgz_desktop.actions.choices import form_choices
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, Saved
from sgz_desktop.domain.fields import Wire
from sgz_desktop.gui import jobs
from sgz_desktop.gui.controls import Choices
from sgz_desktop.gui.forms import RecordForm
from sgz_desktop.gui.people_search import ask_people
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.undo import CAN_UNDO, offer_undo
from sgz_desktop.gui.widgets.buttons import button

Done = Callable[[str, Any], None]
"""(sentence for the toast, undo or None)"""
Go = Callable[[str, object], None]
FIELDS = ("what", "due_on", "person", "note")


class TaskDialog(QDialog):
    """`done` is called after the commit; `go` opens the person, household or case of the task."""

    def __init__(
        self,
        owner: QWidget,
        desk: Desk,
        form: Form,
        options: Mapping[str, list[tuple[str, str]]],
        done: Done,
        go: Go | None = None,
    ) -> None:
        super().__init__(owner.window())
        self._desk, self._owner, self._told, self._go = desk, owner, done, go
        title = "新待办" if form.new else "待办"
        self.setWindowTitle(title)
        self.setMinimumWidth(px(620))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(Space.M))
        choices = Choices(options, ask_people(self, desk))
        hidden = frozenset({"case", "household", "worker", "done_on"})
        self.form = RecordForm(desk, form, choices, layout=((title, FIELDS),), hidden=hidden, home=self)
        self.form.saved.connect(self._saved)
        self.form.setMinimumHeight(px(330))
        column.addWidget(self.form, 1)
        column.addLayout(self._foot(form))
        self.form.focus_first()

    def _foot(self, form: Form) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        target = _about(form.values)
        if target and self._go:
            foot.addWidget(button(target[0], icon="right", on_click=lambda: self._open(*target[1:])))
        foot.addStretch(1)
        foot.addWidget(button("返回", on_click=self.reject))
        if not form.new:
            self.finish = button("已完成", "tonal", "check", self._finish)
            foot.addWidget(self.finish)
        self.save = button("保存", "primary", on_click=self._save, key="Ctrl+S")
        foot.addWidget(self.save)
        return foot

    def _save(self) -> None:
        if self.form.altered:
            self.form.save()
        else:
            self.accept()

    def _saved(self, saved: Saved) -> None:
        self.accept()
        offer_undo(self._owner, self._desk, self._told, f"待办已保存。{CAN_UNDO}", saved.changes.edit)

    def _finish(self) -> None:
        desk, ids = self._desk, [self.form.form.id]
        self.finish.set_busy("正在保存")
        jobs.start(
            self._owner, lambda _task: tasks.finish_tasks(desk, ids), done=lambda _: self._finished(ids)
        )

    def _finished(self, ids: list[str]) -> None:
        self.accept()
        desk, owner = self._desk, self._owner
        self._told(
            "已完成。10秒内可以撤销。",
            lambda: jobs.start(owner, lambda _task: tasks.finish_tasks(desk, ids, undo=True)),
        )

    def _open(self, section: str, target: object) -> None:
        self.reject()
        if self._go:
            self._go(section, target)


def _about(values: Mapping[str, Wire]) -> tuple[str, str, object] | None:
    if values.get("case"):
        return "打开个案", "cases", values["case"]
    if values.get("person"):
        return "打开服务对象", "people", values["person"]
    return None


def _show(owner: QWidget, desk: Desk, make: Callable[[], Form], done: Done, go: Go | None = None) -> None:
    def load() -> tuple[Form, Any]:
        form = make()
        return form, form_choices(desk, form)

    def show(found: tuple[Form, Any]) -> None:
        dialog = TaskDialog(owner, desk, *found, done, go)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    jobs.start(owner, lambda _task: load(), done=show, key="task-dialog")


def new_task(owner: QWidget, desk: Desk, values: Mapping[str, Wire], done: Done) -> None:
    """Write a to-do down; `values` are known beforehand (case, person)."""
    given = {"worker": desk.user, **values}
    _show(owner, desk, lambda: forms.new_form(desk, "task", given), done)


def edit_task(owner: QWidget, desk: Desk, id: str, done: Done, go: Go | None = None) -> None:
    """Open a to-do."""
    _show(owner, desk, lambda: forms.form(desk, id, "task"), done, go)
