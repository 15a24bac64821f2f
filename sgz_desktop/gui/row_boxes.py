"""Rows in a form: the records that belong to it, added, changed and taken out in place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions.forms import Row, RowInput
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.records.base import Rows, questions
from sgz_desktop.gui.controls import UNTYPED, Choices, is_wide
from sgz_desktop.gui.field_boxes import FieldBox
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.labels import label
from sgz_desktop.gui.widgets.multi_choice import MultiChoice

COLUMNS = 3


class RowBox(QFrame):
    """One row: its fields in three columns and a button to take it out."""

    changed = Signal()
    removed = Signal(object)

    def __init__(self, rows: Rows[Any], number: int, row: Row | None, choices: Choices) -> None:
        super().__init__()
        self.row = row
        self.setProperty("kind", "inset")
        values: dict[str, Wire] = row.values if row else {}
        self.boxes = {
            name: FieldBox(question, choices, values.get(name))
            for name, question in questions(rows.kind).items()
            if name != rows.parent and question.kind.name not in UNTYPED
        }
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(Space.M), px(Space.S), px(Space.M), px(Space.XS))
        outer.setSpacing(px(Space.XS))
        head = QHBoxLayout()
        self.title = label(f"{rows.label}{number}", "second", "plain")
        head.addWidget(self.title, 1)
        head.addWidget(button("移除", "quiet", on_click=lambda: self.removed.emit(self), small=True))
        outer.addLayout(head)
        outer.addLayout(self._grid())

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(Space.M))
        grid.setVerticalSpacing(0)
        line = column = 0
        for box in self.boxes.values():
            box.changed.connect(self.changed)
            if is_wide(box.question):
                line, column = (line + 1, 0) if column else (line, 0)
                grid.addWidget(box, line, 0, 1, COLUMNS)
                line += 1
            else:
                grid.addWidget(box, line, column)
                line, column = (line + 1, 0) if column == COLUMNS - 1 else (line, column + 1)
        for place in range(COLUMNS):
            grid.setColumnStretch(place, 1)
        return grid

    def input(self) -> RowInput | None:
        """The row as typed; None for a new row left empty or an old one left alone."""
        typed = {name: box.typed() for name, box in self.boxes.items() if box.touched}
        return RowInput(self.row.id if self.row else "", typed) if typed else None


class RowsBox(QWidget):
    """All rows of one attribute. `inputs()` goes to `save_form`."""

    changed = Signal()

    def __init__(self, rows: Rows[Any], found: Sequence[Row], choices: Choices) -> None:
        super().__init__()
        self._rows, self._choices = rows, choices
        self._gone: list[RowInput] = []
        self.boxes: list[RowBox] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, px(Space.S))
        self._column.setSpacing(px(Space.S))
        self._column.addWidget(label(rows.label, "second", "plain"))
        self._add = button(f"添加{rows.label}", "tonal", "plus", on_click=self.add, small=True)
        self._column.addWidget(self._add)
        for row in found:
            self._put(row)

    def add(self) -> RowBox:
        """A new empty row with the keyboard in its first field."""
        box = self._put(None)
        next(iter(box.boxes.values())).control.setFocus()
        self.changed.emit()
        return box

    def _put(self, row: Row | None) -> RowBox:
        box = RowBox(self._rows, len(self.boxes) + 1, row, self._choices)
        box.changed.connect(self.changed)
        box.removed.connect(self._remove)
        self.boxes.append(box)
        self._column.insertWidget(self._column.count() - 1, box)
        return box

    def _remove(self, box: RowBox) -> None:
        self.boxes.remove(box)
        if box.row:
            self._gone.append(RowInput(box.row.id, {}, gone=True))
        box.setParent(None)
        box.deleteLater()
        for number, left in enumerate(self.boxes, start=1):
            left.title.setText(f"{self._rows.label}{number}")
        self.changed.emit()

    def inputs(self) -> list[RowInput]:
        """Rows added, changed or taken out."""
        return [*(found for box in self.boxes if (found := box.input())), *self._gone]

    def box_of(self, place: int) -> RowBox | None:
        """The row behind the n-th of `inputs()`, for its problems."""
        changed = [box for box in self.boxes if box.input()]
        return changed[place] if place < len(changed) else None

    def drafted(self) -> list[dict[str, object]]:
        """What a draft keeps of rows not yet saved."""
        return [dict(found.typed) for box in self.boxes if not box.row and (found := box.input())]

    def restore(self, drafted: Sequence[dict[str, object]]) -> None:
        """Bring back rows a draft kept."""
        for typed in drafted:
            box = self._put(None)
            for name, value in typed.items():
                if name in box.boxes:
                    box.boxes[name].put(value)


class SeenBox(QWidget):
    """Who was seen: the family as chips. Writes presence records."""

    changed = Signal()

    def __init__(self, rows: Rows[Any], found: Sequence[Row], choices: Choices) -> None:
        super().__init__()
        self._found = {str(row.values.get("person")): row for row in found}
        options = choices.of("person")
        options += [(id, "（资料未到）") for id in self._found if id not in dict(options)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, px(Space.S))
        column.setSpacing(px(Space.XS))
        column.addWidget(label(rows.label, "second", "plain"))
        self.chips = MultiChoice(options)
        self.chips.setAccessibleName(rows.label)
        self.chips.set_value(",".join(self._found))
        self.chips.changed.connect(self.changed)
        column.addWidget(self.chips)
        if not options:
            column.addWidget(label("这户还没有登记家庭成员，可先在家庭里添加。", "second", "muted"))

    def inputs(self) -> list[RowInput]:
        """People newly ticked, and those no longer."""
        on = set((self.chips.value() or "").split(",")) - {""}
        added = [RowInput("", {"person": id}) for id in sorted(on - set(self._found))]
        gone = [RowInput(row.id, {}, gone=True) for id, row in self._found.items() if id not in on]
        return added + gone

    def box_of(self, place: int) -> None:
        """Ticks have no fields that could be wrong."""

    def drafted(self) -> list[dict[str, object]]:
        return [{"person": self.chips.value()}] if self.inputs() else []

    def restore(self, drafted: Sequence[dict[str, object]]) -> None:
        for typed in drafted:
            self.chips.set_value(str(typed.get("person") or ""))
