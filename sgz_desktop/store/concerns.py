"""Whom a record concerns, found by following what it belongs to up to its case and its people."""

from __future__ import annotations

from collections.abc import Iterator

from sgz_desktop.domain.record_class import Concern
from sgz_desktop.domain.records import RECORDS
from sgz_desktop.domain.records.base import Record, parent_field
from sgz_desktop.domain.records.person import Person
from sgz_desktop.store import facts, read
from sgz_desktop.store.session import Reading

UP = ("case", "client", "person")  # besides its parent, what a record is judged by


def concern(session: Reading, name: str) -> Concern | None:
    """Of the record with an id, or the case with a printed number; None when there is none here."""
    found = _found(session, name)
    if found is None:
        return None
    chain = list(_chain(session, found))
    workers = {str(worker) for one in chain if (worker := getattr(one, "worker", None))}
    if first := facts.first_written(session, found.KIND, str(found.id)):
        workers.add(first[2])
    born = tuple(one.born for one in chain if isinstance(one, Person) and one.born)
    return Concern(frozenset(workers), born)


def _found(session: Reading, name: str) -> Record | None:
    for kind in RECORDS:
        query = f"SELECT 1 FROM r_{kind.KIND} WHERE id = ?"
        if session.connection.execute(query, (name,)).fetchone():
            return read.get(session, kind, name)
    row = session.connection.execute("SELECT id FROM r_case WHERE number = ?", (name,)).fetchone()
    return _found(session, row[0]) if row else None


def _chain(session: Reading, first: Record) -> Iterator[Record]:
    """The record, and everything it belongs to or is about, each once."""
    waiting, met = [first], {first.id}
    while waiting:
        one = waiting.pop()
        yield one
        for field in {parent_field(type(one)), *UP} - {None}:
            id = getattr(one, str(field), None)
            if id and id not in met:
                met.add(id)
                waiting += filter(None, [_found(session, id)])
