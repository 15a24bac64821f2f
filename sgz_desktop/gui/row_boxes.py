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
from sgz_desktop.gui.folded_rows import FoldedRows, folds
from sgz_desktop.gui.form_bands import conflict_band
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.labels import label, paragraph, rule
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
    """All rows of one attribute; many of them stand in a list until they are opened. `inputs()` goes to
    `save_form`."""

    changed = Signal()
    opened = Signal(object)

    def __init__(
        self, rows: Rows[Any], found: Sequence[Row], choices: Choices, *, titled: bool = True
    ) -> None:
        super().__init__()
        self._rows, self._choices = rows, choices
        self._gone: list[RowInput] = []
        self.boxes: list[RowBox] = []
        self.folded: FoldedRows | None = None
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
        for row in self._fold(found):
            self._put(row)
        line.addWidget(self._add)  # after the rows, so that Tab comes to it after them
        line.addStretch(1)

    def _fold(self, found: Sequence[Row]) -> Sequence[Row]:
        """Put rows away into a list where they are many; those that stay: new ones, those in conflict."""
        asked = {
            name: one
            for name, one in _asked(self._rows).items()
            if name != self._rows.parent and is_asked(one)
        }
        kept = [row for row in found if row.id and not row.conflicts]
        if not folds(kept, len(asked)):
            return found
        self.folded = FoldedRows(self._rows.label, kept, asked, self._choices)
        self.folded.wanted.connect(self.open_row)
        self._column.insertWidget(self._column.count() - 1, self.folded)
        return [row for row in found if row not in kept]

    def open_row(self, id: str) -> RowBox:
        """The fields of a row of the list, with the keyboard in the first."""
        box = next((one for one in self.boxes if one.row and one.row.id == id), None)
        if box is None:
            assert self.folded is not None
            box = self._put(self.folded.rows[id])
        next(iter(box.boxes.values())).control.setFocus()
        self.opened.emit(box)
        return box

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
        """Where the keyboard goes first: the list or first field, or the button that makes one."""
        if self.folded and self.folded.rows:
            return self.folded.list
        return next(iter(self.boxes[0].boxes.values())).control if self.boxes else self._add

    @property
    def filled(self) -> bool:
        """Is there a row?"""
        return bool(self.boxes or (self.folded and self.folded.rows))

    def add(self) -> RowBox:
        """A new empty row with the keyboard in its first field."""
        box = self._put(None)
        next(iter(box.boxes.values())).control.setFocus()
        self.changed.emit()
        return box

    def _put(self, row: Row | None) -> RowBox:
        box = RowBox(self._rows, self._number(len(self.boxes), row), row, self._choices)
        box.changed.connect(self.changed)
        box.removed.connect(self._remove)
        self.boxes.append(box)
        self._column.insertWidget(self._column.count() - 1, box)
        if self.isAncestorOf(self._add):
            put_before(box, self._add)
        return box

    def _number(self, place: int, row: Row | None) -> int:
        """What a row is called by: where it stands in the list, or after all that do."""
        if self.folded is None:
            return place + 1
        listed = self.folded.numbers
        opened = sum(one.row is not None and one.row.id in listed for one in self.boxes[:place])
        return listed.get(row.id, 0) if row and row.id in listed else len(listed) + place - opened + 1

    def _remove(self, box: RowBox) -> None:
        self.boxes.remove(box)
        if box.row:
            self._gone.append(RowInput(box.row.id, {}, gone=True))
            if self.folded:
                self.folded.drop(box.row.id)
        box.hide()
        box.deleteLater()
        for place, left in enumerate(self.boxes):
            left.set_number(self._rows.kind.TITLE, self._number(place, left.row))
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
            box = standing.get(id := str(item.get("id") or ""))
            if box is None and self.folded and id in self.folded.rows:
                box = self.open_row(id)
            if item.get("gone"):
                if box:
                    self._remove(box)
                continue
            box = box or self._put(None)
            for name, value in dict(item.get("typed") or {}).items():
                if name in box.boxes:
                    box.boxes[name].put(value)
