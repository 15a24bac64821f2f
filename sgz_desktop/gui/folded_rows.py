"""Many rows of a form as a list of one line each: a row becomes fields only when it is opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sgz_desktop.actions.forms import Row
from sgz_desktop.domain.fields import RefKind
from sgz_desktop.domain.records.base import Question
from sgz_desktop.gui.controls import Choices
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.key_hints import opening_words
from sgz_desktop.gui.widgets.record_list import ListRow, RecordList

MOST_FIELDS = 150  # that rows may have together before they are folded: each costs 2 ms and a line of height
ROWS_SHOWN = 8
LINE = 44  # px at 标准
NAMES = ("person", "name", "household", "worker")
PLAIN = frozenset({"text", "name", "code", "codes", "ref", "phone", "yuan"})  # said without their label
LEFT_OUT = frozenset({"long_text", "key", "stamp"})


def folds(rows: Sequence[Row], fields: int) -> bool:
    """Are these rows, of so many fields each, too many to be fields from the start?"""
    return len(rows) * fields > MOST_FIELDS


class FoldedRows(QWidget):
    """`wanted(id)` asks for the row to be opened. `numbers` are what the rows are called by, from 1."""

    wanted = Signal(str)

    def __init__(
        self, title: str, rows: Sequence[Row], asked: Mapping[str, Question], choices: Choices
    ) -> None:
        super().__init__()
        self.rows = {row.id: row for row in rows}
        self.numbers = {row.id: number for number, row in enumerate(rows, start=1)}
        self._asked, self._choices = asked, choices
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.XS))
        self.list = RecordList(title, row_height=LINE)
        self.list.setMinimumHeight(px(LINE) * ROWS_SHOWN)
        self.list.setMaximumHeight(px(LINE) * ROWS_SHOWN)
        self.list.opened.connect(lambda id: self.wanted.emit(str(id)))
        column.addWidget(self.list)
        column.addWidget(opening_words())
        self._show()

    def drop(self, id: str) -> None:
        """A row was taken out."""
        self.rows.pop(id, None)
        self._show()

    def _show(self) -> None:
        self.list.set_rows(list(self.rows), [self._line(row) for row in self.rows.values()])

    def _line(self, row: Row) -> ListRow:
        """Who it is about, then what is known in the order of the form."""
        said = {name: words for name in self._asked if (words := self._words(name, row.values.get(name)))}
        first = next((name for name in NAMES if name in said), next(iter(said), ""))
        facts = [self._labelled(name, words) for name, words in said.items() if name != first]
        return ListRow(f"{self.numbers[row.id]}　{said.get(first, '')}".rstrip(), "　".join(facts))

    def _words(self, name: str, value: Any) -> str:
        question = self._asked[name]
        kind = question.kind
        if value is None or kind.name in LEFT_OUT:
            return ""
        if isinstance(kind, RefKind):
            return dict(self._choices.of(kind.kind)).get(str(value), "")
        return kind.show(value) + (question.ask.unit if kind.name == "count" else "")

    def _labelled(self, name: str, words: str) -> str:
        question = self._asked[name]
        return words if question.kind.name in PLAIN else f"{question.ask.label}{words}"
