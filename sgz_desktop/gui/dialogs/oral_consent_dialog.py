"""先记口头同意: who was there, on which day, and by when the paper is signed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from sgz_desktop.actions import oral_consent
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain import days
from sgz_desktop.gui import jobs
from sgz_desktop.gui.dialogs.frame import begun, foot
from sgz_desktop.gui.refusals import show_refusal
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import LineEdit
from sgz_desktop.gui.widgets.labels import paragraph

TOLD = "先把服务和保密讲清楚。补签的日期会列在工作台的待办里。"
EXAMPLE = "例如2026-6-30"


class OralConsentDialog(QDialog):
    """`saved` after the commit."""

    saved = Signal()

    def __init__(self, owner: QWidget, desk: Desk, case: str, due: str) -> None:
        super().__init__(owner.window())
        self._desk, self._case = desk, case
        column = begun(self, "先记口头同意", 520)
        column.addWidget(paragraph(TOLD, "body", "plain"))
        self.witness, self.on, self.due = LineEdit("当时在场的人"), LineEdit(EXAMPLE), LineEdit(EXAMPLE)
        self.on.set_value(days.show_day(desk.today()))
        self.due.set_value(days.show_day(due))
        self.fields = {
            "witness": FieldFrame("见证人", self.witness, required=True),
            "told_on": FieldFrame("同意的日期", self.on),
            "paper_due_on": FieldFrame("最晚哪天补签", self.due, hint="天数可在设置里改"),
        }
        for field in self.fields.values():
            column.addWidget(field)
        self.go = button("记下同意", "primary", "check", self.submit, key="Ctrl+S")
        column.addLayout(foot(self, self.go))
        self.witness.setFocus()

    def submit(self) -> None:
        """Check and keep."""
        for field in self.fields.values():
            field.set_error("")
        if not self.witness.value().strip():
            self.fields["witness"].refuse("请填写当时在场的见证人。")
            return
        on, due = self._day("told_on"), self._day("paper_due_on")
        if not (on and due):
            return
        desk, case, witness = self._desk, self._case, self.witness.value()
        self.go.set_busy("正在保存")
        jobs.start(
            self,
            lambda _task: oral_consent.agree_orally(desk, case, witness, on, due),
            done=lambda _: self._kept(),
            failed=self._refused,
        )

    def _day(self, name: str) -> str:
        control = self.fields[name].control
        assert isinstance(control, LineEdit)
        try:
            day = days.tidy_day(control.value(), self._desk.today())
        except ValueError as wrong:
            self.fields[name].refuse(str(wrong))
            return ""
        if not days.is_whole(day):
            self.fields[name].refuse("请写到日，例如2026-6-30。")
            return ""
        return day

    def _kept(self) -> None:
        self.accept()
        self.saved.emit()

    def _refused(self, problem: BaseException) -> None:
        self.go.set_busy("")
        show_refusal(problem, self.fields, self)


def ask_oral_consent(owner: QWidget, desk: Desk, case: str, saved: Callable[[], None]) -> None:
    """Show the dialog over the window of `owner`; `saved` is called after the commit."""

    def show(due: str) -> None:
        dialog = OralConsentDialog(owner, desk, case, due)
        dialog.saved.connect(saved)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    today = desk.today()
    jobs.start(owner, lambda _task: oral_consent.paper_due(desk, today), done=show, key="oral")
