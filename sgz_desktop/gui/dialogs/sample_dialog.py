"""抽查个案: how many cases, and the number they are drawn by, said by whoever evaluates."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from sgz_desktop.actions.case_sample import MOST_CASES, MOST_SEED
from sgz_desktop.domain.days import Day
from sgz_desktop.gui.dialogs.frame import begun, foot
from sgz_desktop.gui.field_grid import FieldGrid
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import LineEdit
from sgz_desktop.gui.widgets.labels import paragraph

TITLE = "抽查个案"
ABOUT = "种子数请评估人员随口说一个。同一种子数抽出的个案都一样，会记在评估表备注里。"
USUAL = 5


class SampleDialog(QDialog):
    """`chosen(seed, how many)`."""

    def __init__(self, owner: QWidget, today: Day, chosen: Callable[[int, int], None]) -> None:
        super().__init__(owner.window())
        self._chosen = chosen
        column = begun(self, TITLE, 520)
        column.addWidget(paragraph(ABOUT, "body", "plain"))
        self.size, self.seed = LineEdit(), LineEdit()
        self.size.set_value(str(USUAL))
        self.seed.set_value(today.replace("-", ""))
        self.frames = (
            FieldFrame("抽几件", self.size, note="件"),
            FieldFrame("种子数", self.seed, hint="9位以内的数字"),
        )
        column.addWidget(FieldGrid([(frame, False) for frame in self.frames]))
        self.go = button("抽取", "primary", on_click=self.submit, key="Ctrl+S")
        column.addLayout(foot(self, self.go))
        self.size.setFocus()
        self.size.selectAll()

    def submit(self) -> None:
        """Check both numbers, then hand them over."""
        size = _number(self.frames[0], self.size.value(), 1, MOST_CASES)
        seed = _number(self.frames[1], self.seed.value(), 0, MOST_SEED - 1)
        if size is not None and seed is not None:
            self.accept()
            self._chosen(seed, size)


def _number(frame: FieldFrame, text: str, least: int, most: int) -> int | None:
    """What was typed; None, and said at the field, where it is no number in these bounds."""
    frame.set_error("")
    figures = text.strip()
    if figures.isdecimal() and len(figures) <= len(str(most)) and least <= int(figures) <= most:
        return int(figures)
    frame.refuse(f"请填{least}至{most}的数字。")
    return None


def ask_sample(owner: QWidget, today: Day, chosen: Callable[[int, int], None]) -> SampleDialog:
    """Ask for both numbers."""
    dialog = SampleDialog(owner, today, chosen)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
