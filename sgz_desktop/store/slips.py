"""What the 补录表 asks the store: who was reached, other visits of a day, a person, a home, a case."""

from __future__ import annotations

from collections.abc import Sequence

from sgz_desktop.store import queries
from sgz_desktop.store.queries import HERE
from sgz_desktop.store.session import Reading

REACHED = f"""SELECT DISTINCT household FROM r_visit WHERE household IN {{marks}} AND date BETWEEN ? AND ?
AND met IS NOT 0 AND deleted {HERE}"""
SAME_DAY = f"""SELECT id, coalesce(worker, ''), coalesce(start_time, '') FROM r_visit
WHERE person = ? AND date = ? AND id <> ? AND deleted {HERE} ORDER BY rid"""
PERSON = "SELECT name, born, died_on FROM r_person WHERE id = ?"
VILLAGE = "SELECT village FROM r_household WHERE id = ?"
CASE = "SELECT opened_on, closed_on FROM r_case WHERE id = ?"


def reached(session: Reading, households: Sequence[str], month: str) -> set[str]:
    """Those of some households that were contacted in a month (YYYY-MM)."""
    sql = REACHED.format(marks="(" + ",".join("?" * len(households)) + ")")
    return {row[0] for row in queries.table(session, sql, *households, month, month + "~")}


def same_day(session: Reading, person: str, day: str, visit: str) -> tuple[tuple[str, str, str], ...]:
    """Other visits to a person on a day: (id, worker's name, HH:MM or '')."""
    return tuple(
        (str(id), str(who), str(at)) for id, who, at in queries.table(session, SAME_DAY, person, day, visit)
    )


def one(session: Reading, sql: str, id: object) -> tuple[str, ...]:
    """The texts of one row found by its id, '' for what is unknown; nothing without such a row."""
    rows = queries.table(session, sql, id) if id else []
    return tuple(str(value or "") for value in rows[0]) if rows else ()
