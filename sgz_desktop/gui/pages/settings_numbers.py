"""The station's own telephone numbers on 紧急报告."""

from __future__ import annotations

from PySide6.QtCore import Signal

from sgz_desktop.actions import settings
from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.settings import SettingRefused, StationSettings
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import TextArea

HINT = "每行一个单位和电话，中间空一格，例如：镇派出所 0000-1234567"


class NumbersCard(Card):
    """Saved as a whole; a line that cannot be read says so."""

    said = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__("紧急报告的本地电话", "110、120已经在里面")
        self._desk, self._shown = desk, ""
        self.field = FieldFrame("本地电话", TextArea(), hint=HINT)
        self.add(self.field)
        self.save_button = button("保存电话", icon="check", on_click=self.save)
        self.add(self.save_button)
        may = allowed(desk.actor, "change_settings")
        self.save_button.setVisible(may)
        self.field.control.setReadOnly(not may)

    def show_settings(self, found: StationSettings) -> None:
        """Show what is kept, unless it is being edited."""
        if str(self.field.control.value() or "") == self._shown:
            self._shown = found.report_numbers
            self.field.control.set_value(found.report_numbers)

    def save(self) -> None:
        """Check and keep."""
        self.field.set_error("")
        desk, typed = self._desk, str(self.field.control.value() or "")
        jobs.start(
            self,
            lambda _task: settings.change_settings(desk, {"report_numbers": typed}),
            done=lambda _: self._saved(typed),
            failed=self._refused,
        )

    def _saved(self, typed: str) -> None:
        self._shown = typed
        self.said.emit("本地电话已保存。", None)

    def _refused(self, problem: BaseException) -> None:
        if isinstance(problem, SettingRefused):
            self.field.set_error(problem.message)
        else:
            messages.show_problem(problem, self)
