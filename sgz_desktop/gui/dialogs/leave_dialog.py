"""Somebody leaves a household: on which day, and where to."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.members import leave_household
from sgz_desktop.domain.records.base import questions
from sgz_desktop.domain.records.membership import Membership
from sgz_desktop.gui.controls import Choices
from sgz_desktop.gui.dialogs.dated_dialog import DatedDialog
from sgz_desktop.gui.field_boxes import FieldBox

HINT = "原来的记录都会保留；户主搬离后，请在家庭资料里选新的户主。"


class LeaveDialog(DatedDialog):
    """`saved(Saved)` after the commit."""

    def __init__(self, owner: QWidget, desk: Desk, person: str, household: str, name: str) -> None:
        super().__init__(owner, desk, "登记搬离", f"{name}从哪天起不在这一户？", HINT)
        self._person, self._household = person, household
        asked = questions(Membership)
        choices = Choices(today=desk.today())
        self.day = FieldBox(asked["to_day"], choices, desk.today())
        self.note = FieldBox(asked["note"], choices)
        self.column.addWidget(self.day)
        self.column.addWidget(self.note)
        self.add("返回", 0)
        self.finish("登记搬离")
        self.day.control.setFocus()

    def _save(self) -> None:
        desk, person, household = self._desk, self._person, self._household
        day, note = str(self.day.typed() or ""), str(self.note.typed() or "")
        self.keep(lambda: leave_household(desk, person, household, day, note))
