"""Somebody leaves a household: on which day, and where to."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import FormRefused, Saved
from sgz_desktop.actions.members import leave_household
from sgz_desktop.domain.records.base import questions
from sgz_desktop.domain.records.membership import Membership
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.controls import Choices
from sgz_desktop.gui.field_boxes import FieldBox
from sgz_desktop.gui.messages import Dialog

HINT = "原来的记录都会保留；户主搬离后，请在家庭资料里选新的户主。"


class LeaveDialog(Dialog):
    """`saved(Saved)` after the commit."""

    saved = Signal(object)

    def __init__(self, owner: QWidget, desk: Desk, person: str, household: str, name: str) -> None:
        super().__init__(owner.window(), "登记搬离", f"{name}从哪天起不在这一户？", HINT)
        self._desk, self._person, self._household = desk, person, household
        asked = questions(Membership)
        choices = Choices(today=desk.today())
        self.day = FieldBox(asked["to_day"], choices, desk.today())
        self.note = FieldBox(asked["note"], choices)
        self.column.addWidget(self.day)
        self.column.addWidget(self.note)
        self.add("返回", 0)
        self.save = self.add("登记搬离", 1, "primary")
        self.save.clicked.disconnect()
        self.save.clicked.connect(lambda _on: self._save())
        self.day.control.setFocus()

    def _save(self) -> None:
        desk, person, household = self._desk, self._person, self._household
        day, note = str(self.day.typed() or ""), str(self.note.typed() or "")
        self.save.set_busy("正在保存")
        jobs.start(
            self,
            lambda _task: leave_household(desk, person, household, day, note),
            done=self._done,
            failed=self._refused,
        )

    def _done(self, saved: Saved) -> None:
        self.saved.emit(saved)
        self.accept()

    def _refused(self, problem: BaseException) -> None:
        self.save.set_busy("")
        if isinstance(problem, FormRefused):
            self.day.set_error(problem.problems[0].sentence)
            self.day.control.setFocus()
        else:
            messages.show_problem(problem, self)
