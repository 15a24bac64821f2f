"""The items of an instrument, one line each: what is asked, and a switch beside it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from sgz_desktop.domain.instruments import Instrument, Item
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.inputs import Choice
from sgz_desktop.gui.widgets.labels import paragraph
from sgz_desktop.gui.widgets.painted_rows import text_width
from sgz_desktop.gui.widgets.segmented import Segmented

MOST_ASKED = 300  # px for what is asked; longer lines wrap
MOST_WORDS = 24  # in one switch; longer options are chosen from a list


class RatingItems(QWidget):
    """`changed` when an answer was given or taken away."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.switches: dict[str, Segmented | Choice] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(Space.L))
        self._grid.setVerticalSpacing(px(Space.S))
        self._grid.setColumnStretch(1, 1)

    def set_instrument(self, instrument: Instrument | None) -> None:
        """Show the items of another instrument, none of them answered."""
        while item := self._grid.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        self.switches = {}
        items = instrument.items if instrument else ()
        asked = [f"{number}. {one.title}" for number, one in enumerate(items, start=1)]
        wide = min(max((text_width(words) for words in asked), default=0) + px(8), px(MOST_ASKED))
        for number, one in enumerate(items):
            words = paragraph(asked[number])
            words.setFixedWidth(int(wide))
            made = _switch(one)
            made.setAccessibleName(one.title)
            made.changed.connect(self.changed)
            self.switches[one.id] = made
            self._grid.addWidget(words, number, 0, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(made, number, 1, Qt.AlignmentFlag.AlignLeft)

    def answers(self) -> dict[str, str]:
        """Item id → option id, of those answered."""
        return {id: str(value) for id, made in self.switches.items() if (value := made.value()) is not None}

    def set_answers(self, answers: Mapping[str, str]) -> None:
        """Show answers."""
        for id, made in self.switches.items():
            made.set_value(answers.get(id))


def _switch(item: Item) -> Segmented | Choice:
    options = [(option.id, option.label) for option in item.options]
    if sum(len(words) for _, words in options) <= MOST_WORDS:
        return Segmented(options, clearable=True)
    return Choice([(None, "（未选）"), *options])
