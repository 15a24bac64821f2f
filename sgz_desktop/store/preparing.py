"""What is taken along to some households: who lives there, what they receive, last contacts, things to do.

To be read as a family may see it (`Desk.read_for_paper`). Mandatory reports are not read at all,
nor the tasks they raise.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import orjson

from sgz_desktop.store.queries import HERE, LIVING
from sgz_desktop.store.rounds import HOME_COLUMNS, Home
from sgz_desktop.store.session import Reading


class Occupant(NamedTuple):
    """Somebody who lives in a household now."""

    household: str
    id: str
    name: str | None
    relation: str | None
    sex: str | None
    born: str | None
    categories: str | None
    living: int | None
    note: str | None
    phone: str | None
    is_head: int


class Contact(NamedTuple):
    """A time somebody of a household was, or was to be, reached."""

    household: str
    id: str
    date: str | None
    mode: str | None
    met: int | None
    not_met_reason: str | None
    told: str | None
    safety: str | None
    injury: int | None
    worker: str | None


class Receipt(NamedTuple):
    """A benefit a household or somebody in it receives."""

    household: str
    programme: str | None
    whose: str | None
    amount: int | None
    since: str | None


class Todo(NamedTuple):
    """Something to do about a household or somebody in it."""

    household: str
    what: str | None
    due_on: str | None
    whom: str | None


ONES = "(SELECT value FROM json_each(?1))"
CHOSEN = f"""SELECT {HOME_COLUMNS}, h.visit_hint FROM r_household h LEFT JOIN r_person p ON p.id = h.head
WHERE h.id IN {ONES} AND h.deleted {HERE}"""
OCCUPANTS = f"""SELECT m.household, p.id, p.name, m.relation_to_head, p.sex, p.born, p.categories, m.lives_in,
  m.note, p.phone, h.head IS p.id FROM r_membership m JOIN r_person p ON p.id = m.person
JOIN r_household h ON h.id = m.household
WHERE m.household IN {ONES} AND {LIVING} AND p.deleted {HERE} AND p.died_on IS NULL
ORDER BY h.head IS NOT p.id, m.rid"""
VISIT = """v.id, v.date, v.mode, v.met, v.not_met_reason, coalesce(v.facts, v.changes, v.handling),
    v.safety_note, v.child_injury, v.worker, v.start_time"""
CONTACTS = f"""SELECT * FROM (
  SELECT v.household, {VISIT} FROM r_visit v WHERE v.deleted {HERE} AND v.household IN {ONES}
  UNION ALL SELECT m.household, {VISIT} FROM r_membership m CROSS JOIN r_visit v ON v.person = m.person
  WHERE m.household IN {ONES} AND {LIVING} AND v.household IS NULL AND v.deleted {HERE}
  UNION ALL SELECT c.household, n.id, n.date, n.mode, 1, NULL, coalesce(n.facts, n.aim), NULL, NULL,
    n.worker, n.start_time FROM r_case c CROSS JOIN r_session n ON n."case" = c.id
  WHERE n.deleted {HERE} AND c.deleted {HERE} AND c.household IN {ONES})
ORDER BY 3 DESC, 11 DESC, 2 DESC"""
RECEIPTS = f"""SELECT m.household, b.programme, p.name, b.amount, b.from_day FROM r_benefit b
JOIN r_membership m ON m.person = b.person AND {LIVING} JOIN r_person p ON p.id = b.person
WHERE m.household IN {ONES} AND b.to_day IS NULL AND b.deleted {HERE}
UNION ALL SELECT b.household, b.programme, NULL, b.amount, b.from_day FROM r_benefit b
WHERE b.household IN {ONES} AND b.person IS NULL AND b.to_day IS NULL AND b.deleted {HERE}"""
OPEN = f"t.done_on IS NULL AND t.deleted {HERE} AND coalesce(t.origin, '') NOT GLOB 'mandatory_report.*'"
TODOS = f"""SELECT DISTINCT home, what, due_on, whom FROM (
  SELECT t.household home, t.what, t.due_on, NULL whom, t.rid FROM r_task t
    WHERE t.household IN {ONES} AND t.person IS NULL AND {OPEN}
  UNION ALL SELECT m.household, t.what, t.due_on, p.name, t.rid FROM r_task t
    JOIN r_membership m ON m.person = t.person AND {LIVING} JOIN r_person p ON p.id = t.person
    WHERE m.household IN {ONES} AND {OPEN}
  UNION ALL SELECT c.household, t.what, t.due_on, NULL, t.rid FROM r_task t
    JOIN r_case c ON c.id = t."case" WHERE c.household IN {ONES} AND t.person IS NULL
    AND t.household IS NULL AND {OPEN})
ORDER BY due_on IS NULL, due_on, rid"""


def chosen(session: Reading, ids: Sequence[str]) -> list[tuple[Home, str | None]]:
    """Some households, each with what to mind at the door."""
    rows = session.connection.execute(CHOSEN, (_json(ids),))
    return [(Home(*row[:-1]), row[-1]) for row in rows]


def occupants(session: Reading, ids: Sequence[str]) -> list[Occupant]:
    """Who lives in some households now, heads first."""
    return [Occupant(*row) for row in session.connection.execute(OCCUPANTS, (_json(ids),))]


def contacts(session: Reading, ids: Sequence[str]) -> list[Contact]:
    """Visits and case sessions of some households, newest first."""
    return [Contact(*row[:-1]) for row in session.connection.execute(CONTACTS, (_json(ids),))]


def receipts(session: Reading, ids: Sequence[str]) -> list[Receipt]:
    """What some households and their people receive."""
    return [Receipt(*row) for row in session.connection.execute(RECEIPTS, (_json(ids),))]


def todos(session: Reading, ids: Sequence[str]) -> list[Todo]:
    """Open tasks about some households, their people and their cases, soonest first."""
    return [Todo(*row) for row in session.connection.execute(TODOS, (_json(ids),))]


def _json(ids: Sequence[str]) -> str:
    return orjson.dumps([*ids]).decode()
