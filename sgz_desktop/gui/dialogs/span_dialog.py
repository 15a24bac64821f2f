"""Any two days for a report."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from sgz_desktop.domain import days
from sgz_desktop.gui.dialogs.frame import begun, foot
from sgz_desktop.gui.field_grid import FieldGrid
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import LineEdit


class SpanDialog(QDialog):
    """`chosen(first/last)` with two whole days in order, the first not to come."""

    def __init__(self, owner: QWidget, today: str, chosen: Callable[[str], None]) -> None:
        super().__init__(owner.window())
        self._today, self._chosen = today, chosen
        column = begun(self, "统计期", 520)
        self.first, self.last = LineEdit("例如2026-1-1"), LineEdit("例如2026-3-31")
        self.fields = (FieldFrame("从哪天", self.first), FieldFrame("到哪天", self.last))
        column.addWidget(FieldGrid([(frame, False) for frame in self.fields]))
        self.go = button("看报告", "primary", on_click=self.submit, key="Ctrl+S")
        column.addLayout(foot(self, self.go))
        self.first.setFocus()

    def submit(self) -> None:
        """Check both days, then hand them over."""
        for frame in self.fields:
            frame.set_error("")
        read = [
            self._day(frame, line) for frame, line in zip(self.fields, (self.first, self.last), strict=True)
        ]
        first, last = read
        if not (first and last):
            return
        if first > self._today:
            self.fields[0].refuse("这一天还没有到，请往前选。")
        elif last < first:
            self.fields[1].refuse("结束不能早于开始。")
        else:
            self.accept()
            self._chosen(f"{first}/{last}")

    def _day(self, frame: FieldFrame, line: LineEdit) -> str:
        try:
            day = days.tidy_day(line.value(), self._today)
        except ValueError as wrong:
            frame.refuse(str(wrong))
            return ""
        if not days.is_whole(day):
            frame.refuse("请写到日，例如2026-1-1。")
            return ""
        return day


def ask_span(owner: QWidget, today: str, chosen: Callable[[str], None]) -> SpanDialog:
    """Ask for two days."""
    dialog = SpanDialog(owner, today, chosen)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
