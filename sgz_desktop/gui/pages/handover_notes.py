"""What goes with one case that is handed over: four texts, filled from its records, to be corrected."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sgz_desktop.actions.handover_sheet import HandoverDraft
from sgz_desktop.gui.field_grid import FieldGrid
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.field_frame import FieldFrame
from sgz_desktop.gui.widgets.inputs import TextArea
from sgz_desktop.gui.widgets.labels import rule

FIELDS = (
    ("open_work", "未完成的事"),
    ("promises", "答应过服务对象的事"),
    ("risks", "风险与注意"),
    ("consent_limits", "同意的范围"),
)


class HandoverNotes(QWidget):
    """`notes()` as typed, by field."""

    def __init__(self, draft: HandoverDraft, typed: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.case = draft.case
        column = QVBoxLayout(self)
        column.setContentsMargins(px(Space.XL), 0, 0, px(Space.S))
        column.setSpacing(px(Space.S))
        self.areas = {name: TextArea(lines=3) for name, _ in FIELDS}
        for name, area in self.areas.items():
            area.set_value((typed or draft.notes).get(name, ""))
        frames = [(FieldFrame(title, self.areas[name]), False) for name, title in FIELDS]
        column.addWidget(FieldGrid(frames))
        column.addWidget(rule())

    def notes(self) -> dict[str, str]:
        """What stands in each field."""
        return {name: area.value() for name, area in self.areas.items()}
