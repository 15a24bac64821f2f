"""Who was seen on an occasion: the family as chips."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sgz_desktop.actions.forms import Row, RowInput
from sgz_desktop.domain.records.base import Rows
from sgz_desktop.gui.controls import Choices
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.labels import label
from sgz_desktop.gui.widgets.multi_choice import MultiChoice
from sgz_desktop.gui.widgets.person_picker import NOT_HERE

Drafted = Sequence[Mapping[str, Any]]


class SeenBox(QWidget):
    """Who was seen: the family as chips. Writes presence records."""

    changed = Signal()

    def __init__(self, rows: Rows[Any], found: Sequence[Row], choices: Choices) -> None:
        super().__init__()
        self._found = {str(row.values.get("person")): row for row in found}
        options = choices.of("person")
        options += [(id, NOT_HERE) for id in self._found if id not in dict(options)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.XS))
        column.addWidget(label(rows.label, "second", "plain"))
        self.chips = MultiChoice(options)
        self.chips.setAccessibleName(rows.label)
        self.chips.set_value(",".join(self._found))
        self.chips.changed.connect(self.changed)
        column.addWidget(self.chips)
        if not options:
            column.addWidget(
                label("这户还没有登记家庭成员，可先在家庭里添加。", "second", "muted", wrap=True)
            )

    @property
    def first(self) -> QWidget:
        """Where the keyboard goes first."""
        return self.chips

    last = first

    @property
    def filled(self) -> bool:
        """Was anybody seen?"""
        return self.chips.value() is not None

    def check(self) -> bool:
        """Ticks can always be read."""
        return True

    def inputs(self) -> list[RowInput]:
        """People newly ticked, and those no longer."""
        on = [one for one in (self.chips.value() or "").split(",") if one]
        added = [RowInput("", {"person": id}) for id in on if id not in self._found]
        gone = [RowInput(row.id, {}, gone=True) for id, row in self._found.items() if id not in on]
        return added + gone

    def box_of(self, place: int) -> None:
        """Ticks have no fields that could be wrong."""

    def drafted(self) -> list[dict[str, object]]:
        """The ticks, when they differ from what is saved."""
        return [{"person": self.chips.value()}] if self.inputs() else []

    def restore(self, drafted: Drafted) -> None:
        """Bring back the ticks of a draft."""
        for item in drafted:
            self.chips.set_value(str(item.get("person") or ""))
