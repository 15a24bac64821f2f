"""People on file who may be the one being typed in: a warm band, a row each, why, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import Button, button
from sgz_desktop.gui.widgets.labels import Elided, IconLabel, label, paragraph, rule


class Alike(NamedTuple):
    """Somebody on file: grey facts that tell them apart, and why they may be the same."""

    id: str
    name: str
    facts: str
    why: str


class AlikeRows(QFrame):
    """Hidden while nobody is like the one typed. `opened(id)`: the file is wanted instead; `taken(id, name)`:
    the file on hand stands for the one typed, where `does` names that."""

    opened = Signal(str)
    taken = Signal(str, str)

    def __init__(
        self, does: str = "", title: str = "可能已在册，请核对是不是同一人：", *, opens: bool = True
    ) -> None:
        super().__init__()
        self._opens = opens
        self.setProperty("kind", "band-warm")
        self.setAccessibleName(title)
        self._does = does
        self.rows: tuple[Alike, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(Space.S), px(10), px(Space.S))
        column.setSpacing(px(Space.XS))
        head = QHBoxLayout()
        head.setSpacing(px(Space.S))
        head.addWidget(IconLabel("alert", "warn", 18), 0, Qt.AlignmentFlag.AlignTop)
        self._title = paragraph(title)
        head.addWidget(self._title, 1)
        column.addLayout(head)
        self._place = QVBoxLayout()
        self._place.setSpacing(px(Space.XS))
        column.addLayout(self._place)
        self.hide()

    def show_rows(self, rows: Sequence[Alike]) -> None:
        """Show these people; nobody hides the band. Rows that stand already keep the keyboard."""
        if tuple(rows) == self.rows:
            return
        self.rows = tuple(rows)
        while item := self._place.takeAt(0):
            if gone := item.widget():
                gone.hide()
                gone.deleteLater()
        for number, row in enumerate(rows):
            if number:
                self._place.addWidget(rule())
            self._place.addWidget(self._row(row))
        self.setVisible(bool(rows))

    def _row(self, row: Alike) -> QWidget:
        whole = QWidget()
        line = QHBoxLayout(whole)
        line.setContentsMargins(px(26), 0, 0, 0)
        line.setSpacing(px(Space.S))
        words = QVBoxLayout()
        words.setSpacing(0)
        first = QHBoxLayout()
        first.setSpacing(px(Space.M))
        first.addWidget(label(row.name, "body_bold"))
        first.addWidget(paragraph(row.why, "body", "warn"), 1)
        words.addLayout(first)
        words.addWidget(Elided(row.facts, "second", "plain"))
        line.addLayout(words, 1)
        if self._does:
            line.addWidget(self._button(self._does, row, lambda: self.taken.emit(row.id, row.name)))
        if self._opens:
            line.addWidget(self._button("打开", row, lambda: self.opened.emit(row.id)))
        return whole

    def _button(self, words: str, row: Alike, act: object) -> Button:
        made = button(words, small=True, on_click=act)  # type: ignore[arg-type]
        made.setAccessibleName(f"{words}{row.name}，{row.why}，{row.facts}")
        return made

    def buttons(self) -> list[Button]:
        """Everything that can be pressed, from above."""
        return [one for one in self.findChildren(Button) if not one.isHidden()]
