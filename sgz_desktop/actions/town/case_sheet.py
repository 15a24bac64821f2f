"""A case of the town as it is written: what is known of it, and how a record of it is entered."""

from __future__ import annotations

from sgz_desktop.actions.town.book import Book
from sgz_desktop.actions.town.outlines import Outline
from sgz_desktop.actions.town.words import told

Typed = dict[str, object]


class CaseSheet:
    """One case: its id, and those of its needs and goals. `before` is the id of the case it takes up again,
    or ''; `item` that of the service it is, `aid` that of help in applying."""

    def __init__(self, book: Book, one: Outline, before: str, item: str, aid: str) -> None:
        self.book, self.one, self.told, self.before = book, one, one.told, before
        self.item, self.aid = item, aid
        self.id = book.id(one.opened)
        self.needs: list[str] = []
        self.goals: list[str] = []
        self.supervisor = told("town")["supervisor"]

    def add(self, day: str, kind: str, typed: Typed, *, time: str = "17:20", reason: str = "") -> str:
        """A record entered on its day by the worker of that time."""
        return self.book.add(self.worker(day), day, time, kind, typed, reason=reason)

    def worker(self, day: str) -> str:
        """Whose case it is on a day."""
        return self.one.home.village.worker(day)

    def text(self, *names: str) -> Typed:
        """Some of what is told of it, under the same names."""
        return {name: self.told.get(name) for name in names}
