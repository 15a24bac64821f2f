"""Somebody moves to another household on file, or belongs to one more: from which day, as what."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.family import move_household
from sgz_desktop.domain.records.base import questions
from sgz_desktop.domain.records.membership import Membership
from sgz_desktop.gui.controls import Choices
from sgz_desktop.gui.dialogs.dated_dialog import DatedDialog
from sgz_desktop.gui.field_boxes import FieldBox
from sgz_desktop.gui.people_search import ask_people
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import Tick
from sgz_desktop.gui.widgets.person_picker import PersonPicker

HINT = "原来的记录都会保留。还没有建档的家庭，请先登记家庭。"
NOBODY = "请选那一户里的一位，例如户主。"


class MoveDialog(DatedDialog):
    """`saved(Saved)` after the commit. `household` is the one they may leave, '' none."""

    def __init__(self, owner: QWidget, desk: Desk, person: str, household: str, name: str) -> None:
        super().__init__(owner, desk, "搬到另一户", f"{name}搬到哪一户？", HINT)
        self._person, self._household = person, household
        asked = questions(Membership)
        choices = Choices(today=desk.today())
        self.whose = PersonPicker([], ask_people(self, desk))
        self.to = FieldFrame("那一户的户主或家人", self.whose, required=True, hint="选那一户里的任何一位")
        self.relation = FieldBox(asked["relation_to_head"], choices)
        self.day = FieldBox(asked["from_day"], choices, desk.today())
        self.note = FieldBox(asked["note"], choices)
        self.leave = Tick("同时离开现在这一户")
        self.leave.setChecked(True)
        for part in (self.to, self.relation, self.day, self.note, self.leave):
            self.column.addWidget(part)
        self.leave.setVisible(bool(household))
        self.add("返回", 0)
        self.finish("登记")
        self.whose.setFocus()

    def _save(self) -> None:
        to = str(self.whose.value() or "")
        if not to:
            self.to.set_error(self.whose.problem() or NOBODY)
            self.whose.setFocus()
            return
        desk, person = self._desk, self._person
        day, relation = str(self.day.typed() or ""), str(self.relation.typed() or "")
        left = self._household if self.leave.isChecked() else ""
        note = str(self.note.typed() or "").strip()
        self.keep(lambda: move_household(desk, person, to, day, relation, left, note))
