"""What the 补录表 asks the store: other visits of a day, a name, a village."""

from __future__ import annotations

from sgz_desktop.store import queries
from sgz_desktop.store.queries import HERE
from sgz_desktop.store.session import Reading

SAME_DAY = f"""SELECT id, coalesce(worker, ''), coalesce(start_time, '') FROM r_visit
WHERE person = ? AND date = ? AND id <> ? AND deleted {HERE} ORDER BY rid"""
NAME = "SELECT name FROM r_person WHERE id = ?"
VILLAGE = "SELECT village FROM r_household WHERE id = ?"


def same_day(session: Reading, person: str, day: str, visit: str) -> tuple[tuple[str, str, str], ...]:
    """Other visits to a person on a day: (id, worker's name, HH:MM or '')."""
    return tuple(
        (str(id), str(who), str(at)) for id, who, at in queries.table(session, SAME_DAY, person, day, visit)
    )


def text(session: Reading, sql: str, id: object) -> str:
    """The text of the row with an id, '' for what is unknown."""
    rows = queries.table(session, sql, id) if id else []
    return str(rows[0][0] or "") if rows else ""
