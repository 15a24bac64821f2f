"""Why, and on which day: asked before a stage is passed, left or gone back to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QWidget

from sgz_desktop.domain import days
from sgz_desktop.gui.dialogs.frame import begun, foot
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import LineEdit, TextArea
from sgz_desktop.gui.widgets.labels import paragraph

Done = Callable[[str, str], None]
"""(reason, day YYYY-MM-DD)"""


class ReasonDialog(QDialog):
    """`done(reason, day)` once both can be kept; without `day` it is not asked, and is today. The reason
    stays in the history."""

    def __init__(
        self,
        owner: QWidget,
        title: str,
        hint: str,
        today: str,
        done: Done,
        *,
        does: str = "继续",
        lacking: Sequence[str] = (),
        required: bool = True,
        day: bool = True,
    ) -> None:
        super().__init__(owner.window())
        self._today, self._done, self._required = today, done, required
        column = begun(self, title, 520)
        if lacking:
            column.addWidget(paragraph("还差：" + "；".join(lacking) + "。", "body", "warn"))
        column.addWidget(paragraph(hint, "body", "plain"))
        self.reason = TextArea("", lines=3)
        self.reason_field = FieldFrame("原因", self.reason, required=required)
        self.day = LineEdit("例如2026-6-30")
        self.day.set_value(days.show_day(today))
        self.day_field = FieldFrame("日期", self.day, hint="不是今天时请改")
        column.addWidget(self.reason_field)
        column.addWidget(self.day_field)
        self.day_field.setVisible(day)
        self.go = button(does, "primary", on_click=self.submit, key="Ctrl+S")
        column.addLayout(foot(self, self.go))
        self.reason.setFocus()

    def submit(self) -> None:
        """Check both, then hand them over."""
        self.reason_field.set_error("")
        self.day_field.set_error("")
        if self._required and not self.reason.value().strip():
            self.reason_field.set_error("请写明原因，会记在修改日志里。")
            self.reason.setFocus()
            return
        day = self._read_day()
        if day:
            self.accept()
            self._done(self.reason.value().strip(), day)

    def _read_day(self) -> str:
        try:
            day = days.tidy_day(self.day.value(), self._today)
        except ValueError as wrong:
            self.day_field.set_error(str(wrong))
            return ""
        if not days.is_whole(day) or day > self._today:
            self.day_field.set_error("请写到日，不晚于今天。")
            return ""
        return day


def ask_reason(
    owner: QWidget,
    title: str,
    hint: str,
    today: str,
    done: Done,
    *,
    does: str = "继续",
    lacking: Sequence[str] = (),
    required: bool = True,
    day: bool = True,
) -> ReasonDialog:
    """Show the dialog over the window of `owner`."""
    dialog = ReasonDialog(
        owner, title, hint, today, done, does=does, lacking=lacking, required=required, day=day
    )
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
