"""Rows inside a form: family members, goals, papers asked for. Each row is a small form of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.actions.forms import Row, RowInput
from sgz_desktop.domain.categories import LISTS
from sgz_desktop.domain.fields import CodeKind, Wire
from sgz_desktop.domain.records.base import Question, Rows, questions, sections
from sgz_desktop.gui.controls import Choices, is_asked, is_wide
from sgz_desktop.gui.field_boxes import FieldBox
from sgz_desktop.gui.field_grid import FieldGrid
from sgz_desktop.gui.form_bands import conflict_band
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.labels import label, paragraph, rule
from sgz_desktop.gui.widgets.multi_choice import MultiChoice
from sgz_desktop.gui.widgets.person_picker import NOT_HERE
from sgz_desktop.gui.widgets.tab_order import put_before

COLUMNS = 3
Drafted = Sequence[Mapping[str, Any]]


class RowBox(QFrame):
    """One row: its fields in columns and a button to take it out."""

    changed = Signal()
    removed = Signal(object)

    def __init__(self, rows: Rows[Any], number: int, row: Row | None, choices: Choices) -> None:
        super().__init__()
        self.row = row if row and row.id else None
        self.given = row if row and not row.id else None  # filled in beforehand, and not saved yet
        values: dict[str, Wire] = self.row.values if self.row else {}
        self.boxes = {
            name: FieldBox(question, choices, values.get(name), in_row=True)
            for name, question in _asked(rows).items()
            if name != rows.parent and is_asked(question)
        }
        for name, value in (self.given.values if self.given else {}).items():
            self.boxes[name].put_value(value)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, px(Space.XS))
        outer.setSpacing(px(Space.XS))
        outer.addWidget(rule())
        head = QHBoxLayout()
        self.title = label("", "body_bold", "text")
        self._remove = button("移除", "quiet", on_click=lambda: self.removed.emit(self), small=True)
        head.addWidget(self.title, 1)
        head.addWidget(self._remove)
        outer.addLayout(head)
        for cell, standings in (row.conflicts if row else {}).items():
            outer.addWidget(conflict_band(rows.kind, cell, standings, lambda: self.boxes))
        cells = [(box, is_wide(box.question)) for box in self.boxes.values()]
        outer.addWidget(FieldGrid(cells, COLUMNS))
        for box in self.boxes.values():
            box.changed.connect(self.changed)
        self.set_number(rows.kind.TITLE, number)

    def set_number(self, words: str, number: int) -> None:
        """Say which row it is."""
        self.title.setText(f"{words}{number}")
        self._remove.setAccessibleName(f"移除{words}{number}")

    def input(self) -> RowInput | None:
        """The row as typed; None for a new row left empty or an old one left alone."""
        typed = {name: box.typed() for name, box in self.boxes.items() if box.touched}
        return RowInput(self.row.id if self.row else "", typed) if typed else None


def _asked(rows: Rows[Any]) -> Mapping[str, Question]:
    """The questions of a row in the order of its kind's form; a household's category is one of a
    household's list."""
    found = questions(rows.kind)
    asked = {name: found[name] for _title, names in sections(rows.kind) for name in names if name in found}
    own = LISTS.get(rows.parent)
    if rows.kind.KIND == "benefit" and own is not None:
        asked["category"] = replace(asked["category"], kind=CodeKind(own))
    return asked


class RowsBox(QWidget):
    """All rows of one attribute. `inputs()` goes to `save_form`."""

    changed = Signal()

    def __init__(
        self, rows: Rows[Any], found: Sequence[Row], choices: Choices, *, titled: bool = True
    ) -> None:
        super().__init__()
        self._rows, self._choices = rows, choices
        self._gone: list[RowInput] = []
        self.boxes: list[RowBox] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(Space.S))
        if titled:
            self._column.addWidget(label(rows.label, "second", "plain"))
        self.doubt = paragraph("", "second", "warn")
        self.doubt.hide()
        self._column.addWidget(self.doubt)
        line = QHBoxLayout()
        self._add = button(f"添加{rows.kind.TITLE}", "secondary", "plus", on_click=self.add, small=True)
        self._column.addLayout(line)
        for row in found:
            self._put(row)
        line.addWidget(self._add)  # after the rows, so that Tab comes to it after them
        line.addStretch(1)

    def set_mark(self, sentences: Sequence[str]) -> None:
        """Doubts about the rows as they are saved."""
        self.doubt.setText("待核：" + "".join(sentences))
        self.doubt.setVisible(bool(sentences))

    @property
    def last(self) -> QWidget:
        """Where the keyboard goes last."""
        return self._add

    @property
    def first(self) -> QWidget:
        """Where the keyboard goes first: the first field, or the button that makes one."""
        return next(iter(self.boxes[0].boxes.values())).control if self.boxes else self._add

    @property
    def filled(self) -> bool:
        """Is there a row?"""
        return bool(self.boxes)

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
        if self.isAncestorOf(self._add):
            put_before(box, self._add)
        return box

    def _remove(self, box: RowBox) -> None:
        self.boxes.remove(box)
        if box.row:
            self._gone.append(RowInput(box.row.id, {}, gone=True))
        box.hide()
        box.deleteLater()
        for number, left in enumerate(self.boxes, start=1):
            left.set_number(self._rows.kind.TITLE, number)
        self._add.setFocus()
        self.changed.emit()

    def check(self) -> bool:
        """Look at every field; False when one cannot be read."""
        told = [one.check() for box in self.boxes for one in box.boxes.values() if one.touched]
        return all(told)

    def inputs(self) -> list[RowInput]:
        """Rows added, changed or taken out."""
        return [*(found for box in self.boxes if (found := box.input())), *self._gone]

    def box_of(self, place: int) -> RowBox | None:
        """The row behind the n-th of `inputs()`, for its problems."""
        changed = [box for box in self.boxes if box.input()]
        return changed[place] if place < len(changed) else None

    def drafted(self) -> list[dict[str, object]]:
        """What a draft keeps of rows not yet saved."""
        return [{"id": one.id, "typed": dict(one.typed), "gone": one.gone} for one in self.inputs()]

    def restore(self, drafted: Drafted) -> None:
        """Bring back what a draft kept; of a new record it kept the rows given beforehand too."""
        for box in [one for one in self.boxes if one.given]:
            self._remove(box)
        standing = {box.row.id: box for box in self.boxes if box.row}
        for item in drafted:
            box = standing.get(str(item.get("id") or ""))
            if item.get("gone"):
                if box:
                    self._remove(box)
                continue
            box = box or self._put(None)
            for name, value in dict(item.get("typed") or {}).items():
                if name in box.boxes:
                    box.boxes[name].put(value)


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
