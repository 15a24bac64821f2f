"""Incomes that rose and jobs that were found, as the log and the referrals tell of them."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import orjson

from sgz_desktop.store.queries import HERE
from sgz_desktop.store.schema import CHANGES_OF_RECORD, GREATEST, edit_of
from sgz_desktop.store.session import Reading

CELL, FIELD = "person_income", "monthly_income"  # the cell holds the income and the month it was told for
DAY = "date(e.at_ms / 1000, 'unixepoch', 'localtime')"
SINCE = f"""SELECT p.id, p.rid FROM r_person p
JOIN head h ON h.rid = p.rid AND h.fid = (SELECT fid FROM cell_name WHERE kind = 'person' AND cell = '{CELL}')
JOIN edit e ON e.eid = {edit_of("h.cid")}
WHERE p.monthly_income > 0 AND {DAY} >= ?1 AND p.deleted {HERE} AND (?2 = '' OR p.id = ?2)
GROUP BY p.rid"""
BEFORE = f"""SELECT {DAY}, c.value FROM entity n JOIN {CHANGES_OF_RECORD}
JOIN cell_name f ON f.fid = c.fid JOIN edit e ON e.eid = c.eid JOIN replica r ON r.did = e.did
WHERE n.rid = ? AND f.kind = 'person' AND f.cell = '{CELL}' ORDER BY {GREATEST}"""
JOBS = f"""SELECT person, id, job_from FROM r_referral WHERE person IS NOT NULL AND job_from >= ?1
AND income_change_told IS NOT 1 AND deleted {HERE} AND (?2 = '' OR person = ?2) ORDER BY rid"""


class Rise(NamedTuple):
    """A monthly income that went up: the day that was written down, from how much to how much, in fen."""

    day: str
    before: int
    after: int


def rises(session: Reading, since: str, person: str = "") -> dict[str, Rise]:
    """People whose income went up since then, one of them or all. What was unknown before did not go up."""
    rows = session.connection.execute(SINCE, (since, person)).fetchall()
    found = {id: _rise(session, rid) for id, rid in rows}
    return {id: rise for id, rise in found.items() if rise and rise.day >= since}


def _rise(session: Reading, rid: int) -> Rise | None:
    """The last time another amount was written down, if it was a greater one."""
    told = [(day, _amount(value)) for day, value in session.connection.execute(BEFORE, (rid,))]
    now = told[0][1] if told else None
    for (day, _), (_, before) in pairwise(told):
        if before != now:
            return Rise(day, before, now) if before is not None and now is not None and before < now else None
    return None


def _amount(value: bytes | None) -> int | None:
    held = orjson.loads(value) if value is not None else None
    amount = held.get(FIELD) if isinstance(held, dict) else None
    return amount if isinstance(amount, int) else None


def jobs(session: Reading, since: str, person: str = "") -> dict[str, list[tuple[str, str]]]:
    """Person → (referral, day the job begins) of those not yet reminded that income has to be reported."""
    found: dict[str, list[tuple[str, str]]] = {}
    for who, id, day in session.connection.execute(JOBS, (since, person)):
        found.setdefault(who, []).append((id, day))
    return found
