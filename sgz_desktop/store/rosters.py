"""What a list is laid beside: everybody on file with their household, their benefits, and visits by day."""

from __future__ import annotations

from typing import Any, NamedTuple

from sgz_desktop.domain.edits import Stamp
from sgz_desktop.store import queries
from sgz_desktop.store.queries import HERE, LIVING
from sgz_desktop.store.read import HEADS
from sgz_desktop.store.search_merged import kept_id
from sgz_desktop.store.session import Reading


class OnFile(NamedTuple):
    """A person with the household they live in now; `member` is the id of that membership."""

    id: str
    name: str | None
    id_number: str | None
    born: str | None
    categories: str | None
    died_on: str | None
    household: str | None
    member: str | None
    relation: str | None
    village: str | None
    head: str | None
    household_categories: str | None


PEOPLE = f"""SELECT p.id, p.name, p.id_number, p.born, p.categories, p.died_on, h.id, m.id,
  m.relation_to_head, h.village, h.head, h.categories
FROM r_person p LEFT JOIN r_membership m ON m.person = p.id AND {LIVING}
LEFT JOIN r_household h ON h.id = m.household AND h.deleted {HERE}
WHERE p.deleted {HERE} ORDER BY m.rid"""


def people(session: Reading) -> dict[str, OnFile]:
    """Everybody on file by id; of several households the one joined last."""
    return {row[0]: OnFile(*row) for row in queries.table(session, PEOPLE)}


MERGED = """SELECT id, name, id_number, born FROM r_person
WHERE deleted = 1 AND merged_into IS NOT NULL"""


def merged(session: Reading) -> list[tuple[str, str | None, str | None, str | None]]:
    """Files merged into others': the id of the person kept, the name, number and birth day they bore."""
    rows = queries.table(session, MERGED)
    return [(kept_id(session, row[0]), row[1], row[2], row[3]) for row in rows]


def moment(session: Reading) -> int:
    """The newest edit in the store: while it is the same, nothing on file has changed."""
    return int(queries.table(session, "SELECT coalesce(max(eid), 0) FROM edit")[0][0])


class Spell(NamedTuple):
    """A benefit or category somebody is in; days as stored, fen."""

    id: str
    person: str | None
    household: str | None
    programme: str | None
    category: str | None
    from_day: str | None
    to_day: str | None
    amount: int | None


SPELLS = f"""SELECT id, person, household, programme, category, from_day, to_day, amount
FROM r_benefit WHERE deleted {HERE} ORDER BY to_day IS NOT NULL, rid"""


def spells(session: Reading) -> list[Spell]:
    """All benefits and categories, open ones first."""
    return [Spell(*row) for row in queries.table(session, SPELLS)]


VISITS = f"""SELECT household, person, date FROM r_visit
WHERE deleted {HERE} AND date BETWEEN ? AND ?"""


def visit_days(session: Reading, first: str, last: str) -> set[tuple[str, str]]:
    """(id of household or person, day) of the visits between two days."""
    rows = queries.table(session, VISITS, first, last)
    return {(id, day) for household, person, day in rows for id in (household, person) if id}


def values(session: Reading, kind: str, names: tuple[str, ...], ids: list[str]) -> dict[str, dict[str, Any]]:
    """Some fields of many records by id, unset ones left out."""
    columns = ", ".join(f'"{name}"' for name in names)
    found: dict[str, dict[str, Any]] = {}
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        marks = ",".join("?" * len(part))
        rows = queries.table(session, f"SELECT id, {columns} FROM r_{kind} WHERE id IN ({marks})", *part)
        for row in rows:
            pairs = zip(names, row[1:], strict=True)
            found[row[0]] = {name: value for name, value in pairs if value is not None}
    return found


def seen(session: Reading, kind: str, id: str) -> dict[str, tuple[Stamp, ...]]:
    """The heads of a record as a form would have seen them this moment."""
    found: dict[str, list[Stamp]] = {}
    for cell, device, seq, *_ in session.connection.execute(HEADS, (kind, id)):
        found.setdefault(cell, []).append(Stamp(device, seq))
    return {cell: tuple(stamps) for cell, stamps in found.items()}
