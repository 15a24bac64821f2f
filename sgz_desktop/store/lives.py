"""People to whom something happened, or will soon, with the benefits that run for them and their homes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sgz_desktop.domain import days
from sgz_desktop.domain.fields import split_codes
from sgz_desktop.domain.life_events import AGES, BEHIND_DAYS, CARD_AHEAD_DAYS, EVENTS, born_between
from sgz_desktop.domain.lifecycle import LEAD, is_open
from sgz_desktop.store.queries import HERE, LIVING
from sgz_desktop.store.session import Reading

COLUMNS = """p.id, p.name, p.born, p.died_on, p.moved_on, p.married_on, p.left_school_on, p.jailed_on,
p.jailed_until, p.disability_valid_to, p.closed_on IS NOT NULL"""
HOME = f"""(SELECT m.household FROM r_membership m WHERE m.person = p.id AND {LIVING}
  ORDER BY m.rid DESC LIMIT 1)"""
KNOWN = f"FROM r_person p WHERE p.deleted {HERE} AND p.merged_into IS NULL"
LAST_DAY = "p.born || substr('-12-31', length(p.born) - 3)"  # of a bare year or month; whole days as they are
RUNS = f"""coalesce(b.programme, b.category) IS NOT NULL AND (b.to_day IS NULL OR b.to_day > ?1)
  AND b.deleted {HERE}"""
DIED = f"""p.died_on <= ?1 AND (p.died_on >= ?2 OR EXISTS (SELECT 1 FROM r_benefit b WHERE b.person = p.id
  AND {RUNS}) OR EXISTS (SELECT 1 FROM r_benefit b WHERE b.household = {HOME} AND {RUNS})
  OR EXISTS (SELECT 1 FROM r_case c WHERE c.client = p.id AND c.closed_on IS NULL AND c.deleted {HERE}))"""


CASES = f"""SELECT id, coalesce(number, '未编号'), stage FROM r_case WHERE client = ? AND closed_on IS NULL
AND deleted {HERE} ORDER BY rid"""


class LifeRow(NamedTuple):
    """A person with what happened to them: days as stored, and the household they belong to."""

    id: str
    name: str | None
    born: str | None
    died_on: str | None
    moved_on: str | None
    married_on: str | None
    left_school_on: str | None
    jailed_on: str | None
    jailed_until: str | None
    disability_valid_to: str | None
    closed: int
    household: str | None


def lives(session: Reading, today: str, ages: Iterable[int] = AGES) -> list[LifeRow]:
    """People of whom something may be asked on a day; the rules of `life_events` say of whom indeed. `ages`
    are those at which something may begin or end.

    All files are passed over once: nothing of a person is indexed by these days.
    """
    values: list[str] = [today, _loose(today)]
    tests = [DIED]
    for age in ages:
        values += born_between(today, age)
        tests.append(f"p.born <= ?{len(values)} AND {LAST_DAY} >= ?{len(values) - 1}")
    values.append(days.add_days(today, CARD_AHEAD_DAYS) + "~")
    tests += [f"p.{event.field} BETWEEN ?2 AND ?{len(values)}" for event in EVENTS]
    query = f"SELECT {COLUMNS}, {HOME} {KNOWN} AND ({' OR '.join(tests)}) ORDER BY p.rid"
    return [LifeRow(*row) for row in session.connection.execute(query, values)]


def life_of(session: Reading, person: str) -> LifeRow | None:
    """One person; None when deleted, merged into another, or not here."""
    row = session.connection.execute(f"SELECT {COLUMNS}, {HOME} {KNOWN} AND p.id = ?", (person,)).fetchone()
    return LifeRow(*row) if row else None


def _loose(today: str) -> str:
    """The year of the first day that counts: a bare year or month sorts before its days."""
    return days.add_days(today, -BEHIND_DAYS)[:4]


def running(session: Reading, row: LifeRow, today: str) -> Sequence[tuple[str, bool]]:
    """(programme or category, is it the household's) of every benefit row that still runs on a day."""
    query = f"""SELECT DISTINCT coalesce(b.programme, b.category), b.person IS NOT ?2 FROM r_benefit b
        WHERE {RUNS} AND (b.person = ?2 OR b.household = ?3) ORDER BY 2, b.rid"""
    rows = session.connection.execute(query, (today, row.id, row.household or "-"))
    return [(str(programme), bool(shared)) for programme, shared in rows]


def categories(session: Reading, row: LifeRow) -> list[tuple[str, bool]]:
    """(category, is it the household's) of a person, whether or not a benefit row tells of it."""
    query = """SELECT p.categories, (SELECT h.categories FROM r_household h WHERE h.id = ?2)
        FROM r_person p WHERE p.id = ?1"""
    own, shared = session.connection.execute(query, (row.id, row.household or "-")).fetchone()
    return [(code, whose) for codes, whose in ((own, False), (shared, True)) for code in split_codes(codes)]


def open_cases(session: Reading, person: str) -> list[tuple[str, str]]:
    """(id, number) of the cases of a person that are not over."""
    rows = session.connection.execute(CASES, (person,))
    return [(id, number) for id, number, stage in rows if is_open(stage or LEAD)]
