"""A category or benefit ends: on which day, and why."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sgz_desktop.actions.categories import CategoryLine, stop_category
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.records.base import questions
from sgz_desktop.domain.records.benefit import Benefit
from sgz_desktop.gui.controls import Choices
from sgz_desktop.gui.dialogs.dated_dialog import DatedDialog
from sgz_desktop.gui.field_boxes import FieldBox
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.line_edit import LineEdit

HINT = "停止后移到“以前”，记录都保留；改金额或来源请去修改。"
WHY = "请写明停止的原因。"


class StopDialog(DatedDialog):
    """`saved(Saved)` after the commit; `edit` when the record is to be changed instead."""

    edit = Signal()

    def __init__(self, owner: QWidget, desk: Desk, line: CategoryLine) -> None:
        super().__init__(owner, desk, "停止类别或待遇", f"{line.name}（{line.whose}）从哪天停止？", HINT)
        self._line = line
        self.day = FieldBox(questions(Benefit)["to_day"], Choices(today=desk.today()), desk.today())
        self.reason = LineEdit("例如死亡、收入超标、不再符合条件")
        self.why = FieldFrame("停止原因", self.reason, required=True)
        self.column.addWidget(self.day)
        self.column.addWidget(self.why)
        self.add("返回", 0)
        change = self.add("去修改", 2)
        change.clicked.connect(lambda _on: self.edit.emit())
        self.finish("停止")
        self.day.control.setFocus()

    def _save(self) -> None:
        desk, line = self._desk, self._line
        day, why = str(self.day.typed() or ""), str(self.reason.value() or "").strip()
        if not why:
            self.why.set_error(WHY)
            self.reason.setFocus()
            return
        self.keep(lambda: stop_category(desk, line.owner, line.kind, line.code, day, why, line.benefit))
