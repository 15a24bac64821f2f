"""A card: a bordered surface with a title line and a body."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.labels import Elided, label, rule


class Card(QFrame):
    """`body` is the layout to fill; `set_facts` writes the grey line beside the title."""

    def __init__(
        self, title: str = "", facts: str = "", action: QWidget | None = None, *, margin: int = Space.L
    ) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        outer = QVBoxLayout(self)
        upper = max(margin - 3, 0)
        outer.setContentsMargins(px(margin), px(upper), px(margin), px(upper))
        outer.setSpacing(px(Space.S))
        self.facts = Elided(facts, "second", "plain")
        self.title = label(title, "section")
        if title:
            self.setAccessibleName(title)
            head = self._head(action)
            outer.addLayout(head)
            outer.setAlignment(head, Qt.AlignmentFlag.AlignTop)  # also while nothing is in the body yet
        self.body = QVBoxLayout()
        self.body.setSpacing(px(Space.S))
        outer.addLayout(self.body, 1)

    def _head(self, action: QWidget | None) -> QLayout:
        head = QHBoxLayout()
        head.setSpacing(px(Space.S))
        head.addWidget(self.title)
        head.addWidget(self.facts, 1)
        head.addStretch(0)
        if action:
            head.addWidget(action)
        return head

    def set_title(self, title: str, facts: str = "") -> None:
        """Other words for the title line (a card made without a title has none)."""
        self.title.setText(title)
        self.setAccessibleName(title)
        self.facts.setText(facts)

    def add(self, item: QWidget | QLayout, stretch: int = 0) -> None:
        """Put a widget or layout at the end of the body."""
        if isinstance(item, QWidget):
            self.body.addWidget(item, stretch)
        else:
            self.body.addLayout(item, stretch)


def framed(table: QWidget) -> Card:
    """A card around a table that reaches its edges."""
    card = Card(margin=0)
    card.add(table, 1)
    return card


class ListCard(Card):
    """A card around a list that reaches its edges: `top` and `foot` are padded layouts above and below."""

    def __init__(self, list_view: QWidget) -> None:
        super().__init__(margin=0)
        self.body.setSpacing(0)
        self.top, self.foot = QVBoxLayout(), QHBoxLayout()
        self.top.setContentsMargins(px(14), px(14), px(14), px(Space.S))
        self.top.setSpacing(px(Space.S))
        self.foot.setContentsMargins(px(16), px(7), px(14), px(7))
        self.foot.setSpacing(px(6))
        self.body.addLayout(self.top)
        self.body.addWidget(rule())
        self.body.addWidget(list_view, 1)
        self.body.addWidget(rule())
        self.body.addLayout(self.foot)
