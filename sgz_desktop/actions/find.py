"""Find anybody and anything as one types."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain import days
from sgz_desktop.domain.local_words import titled
from sgz_desktop.store import search
from sgz_desktop.store.search import PersonHit


@dataclass(frozen=True)
class Found:
    """A record that holds what was typed, in words."""

    kind: str
    id: str
    person: str
    name: str
    title: str
    day: str
    excerpt: str


@action
def find_people(desk: Desk, text: str, limit: int = 20) -> list[PersonHit]:
    """People by part of a name, pinyin, initials, id, phone or printed number; the best known first."""
    return desk.read(lambda session: search.people(session, text, limit=limit))


@action
def ready_search(desk: Desk, stop: Callable[[], bool]) -> None:
    """After unlocking: make the first search quick, and index what bulk work or a new version left waiting,
    in small transactions until `stop` says so."""
    desk.read(search.warm)
    desk.store.write(search.refresh)
    while not stop() and desk.store.write(search.work_off):
        pass


@action
def find(desk: Desk, text: str, limit: int = 50) -> list[Found]:
    """Records of any kind that hold the text, newest first."""
    today = desk.today()
    hits = desk.read(lambda session: search.find(session, text, limit=limit))
    return [
        Found(
            kind=hit.kind,
            id=hit.id,
            person=hit.person,
            name=hit.name,
            title=titled(hit.kind),
            day=days.short_day(hit.day, today) if hit.day else "",
            excerpt=hit.excerpt,
        )
        for hit in hits
    ]
