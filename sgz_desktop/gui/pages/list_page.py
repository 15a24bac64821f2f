"""A list over all cases as a page: head with verbs, filters, table or empty, a count at the foot."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from sgz_desktop.actions.allowed import allowed
from sgz_desktop.actions.desk import Desk
from sgz_desktop.gui.list_tools import ListTools
from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.card import ListCard
from sgz_desktop.gui.widgets.data_table import DataTable
from sgz_desktop.gui.widgets.empty_state import EmptyState
from sgz_desktop.gui.widgets.inputs import Choice
from sgz_desktop.gui.widgets.labels import keycap, label
from sgz_desktop.gui.widgets.page_head import PageHead

EVERY = "*"  # the option of a filter that leaves nothing out
EVERY_WORKER = "全部社工"


class ListPage(QWidget):
    """`paper_wanted(view)` for a list on paper. A page of its own puts verbs and the card in, and reads."""

    closed = Signal()
    said = Signal(str, object)
    paper_wanted = Signal(object)

    def __init__(self, desk: Desk, title: str, table: DataTable, empty: str) -> None:
        super().__init__()
        self._desk = desk
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(px(Space.M))
        self.head = PageHead(title, back=self.closed.emit)
        self.column.addWidget(self.head)
        self.table = table
        self.empty = EmptyState(empty, "check")
        self._body = QStackedWidget()
        for part in (self.table, self.empty):
            self._body.addWidget(part)
        self.tools = ListTools(desk, title, table)
        self.tools.said.connect(self.said)
        self.count = label("", "second", "plain")

    def add_verbs(self, *verbs: tuple[QPushButton, str]) -> None:
        """Buttons of the head with the action each is for; who may not do it has none. The last takes the
        keyboard where there is no row."""
        for one, verb in verbs:
            self.head.add_action(one)
            if not allowed(self._desk.actor, verb):
                one.hide()
        self._first = verbs[-1][0]

    def stand_in_tab(self) -> None:
        """The page is one tab of another, which has a title and a way back of its own."""
        self.head.title.hide()
        if self.head.back:
            self.head.back.hide()

    def add_card(self, filters: QHBoxLayout, keys: Iterable[tuple[str, str]]) -> None:
        """The table under its filters; at the foot the count, and keys with what they do."""
        card = ListCard(self._body)
        filters.setSpacing(px(Space.S))
        filters.addWidget(self.tools)
        card.top.addLayout(filters)
        card.foot.addWidget(self.count, 1)
        for cap, says in keys:
            card.foot.addWidget(keycap(cap))
            card.foot.addWidget(label(says, "second", "plain"))
        self.column.addWidget(card, 1)

    def show_body(self, *, filled: bool, empty: str) -> None:
        """The table where it has rows, else why it has none."""
        self._body.setCurrentIndex(0 if filled else 1)
        self.empty.set_text(empty)

    def find(self) -> bool:
        """Ctrl+F: narrow the list."""
        return self.tools.find()

    def take_keyboard(self) -> None:
        """The table takes the keyboard, or the last verb where there is no row."""
        (self.table if self._body.currentIndex() == 0 else self._first).setFocus()


def filter_of(name: str, every: str) -> Choice:
    """A choice that leaves nothing out to begin with."""
    made = Choice([(EVERY, every)], value=EVERY)
    made.setAccessibleName(name)
    made.setMinimumWidth(px(180))
    return made


def offer(choice: Choice, every: str, options: Iterable[tuple[str, str]]) -> None:
    """Other options for a filter; it leaves nothing out again when what it was set to is gone."""
    choice.set_options([(EVERY, every), *options])
    if choice.value() is None:
        choice.set_value(EVERY)


def lets_through(choice: Choice, value: str) -> bool:
    """Does a filter let a row with this value through?"""
    return choice.value() in (EVERY, None, value)
