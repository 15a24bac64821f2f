"""Incomes that rose and jobs that were found, as the log and the referrals tell of them."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import orjson

from sgz_desktop.store.queries import HERE, LIVING
from sgz_desktop.store.schema import CHANGES_OF_RECORD, GREATEST, edit_of
from sgz_desktop.store.session import Reading

FIELD = "monthly_income"  # its cell, person_income or household_income, holds the month it was told for too
DAY = "date(e.at_ms / 1000, 'unixepoch', 'localtime')"
WRITTEN = f"""JOIN head h ON h.rid = x.rid
  AND h.fid = (SELECT fid FROM cell_name WHERE kind = '{{kind}}' AND cell = '{{kind}}_income')
JOIN edit e ON e.eid = {edit_of("h.cid")}
WHERE x.monthly_income > 0 AND {DAY} >= ?1 AND x.deleted {HERE}"""
OF_PERSON = f"""SELECT x.id, x.id, x.rid FROM r_person x {WRITTEN.format(kind="person")}
AND (?2 = '' OR x.id = ?2) GROUP BY x.rid"""
TOLD_FOR = f"""(SELECT m.person FROM r_membership m JOIN r_person p ON p.id = m.person
  WHERE m.household = x.id AND {LIVING} AND p.deleted {HERE} AND p.merged_into IS NULL AND p.died_on IS NULL
  AND p.moved_on IS NULL AND p.closed_on IS NULL ORDER BY m.person IS NOT x.head, m.rid LIMIT 1)"""
OF_HOME = f"""SELECT {TOLD_FOR}, x.id, x.rid FROM r_household x {WRITTEN.format(kind="household")}
AND (?2 = '' OR x.id IN (SELECT household FROM r_membership WHERE person = ?2)) GROUP BY x.rid"""
BEFORE = f"""SELECT {DAY}, c.value FROM entity n JOIN {CHANGES_OF_RECORD}
JOIN cell_name f ON f.fid = c.fid JOIN edit e ON e.eid = c.eid JOIN replica r ON r.did = e.did
WHERE n.rid = ? AND f.kind = ? AND f.cell = f.kind || '_income' ORDER BY {GREATEST}"""
JOBS = f"""SELECT person, id, job_from FROM r_referral WHERE person IS NOT NULL AND job_from >= ?1
AND income_change_told IS NOT 1 AND deleted {HERE} AND (?2 = '' OR person = ?2) ORDER BY rid"""


class Rise(NamedTuple):
    """A monthly income that went up, of a person or a household: the day that was written down, from how much
    to how much, in fen."""

    kind: str
    id: str
    day: str
    before: int
    after: int


def rises(session: Reading, since: str, person: str = "") -> dict[str, list[Rise]]:
    """Person → incomes that went up since then, their own and, for the head of a household (or the first who
    lives there), the household's. What was unknown before did not go up."""
    found: dict[str, list[Rise]] = {}
    for kind, query in (("person", OF_PERSON), ("household", OF_HOME)):
        for who, id, rid in session.connection.execute(query, (since, person)).fetchall():
            rise = _rise(session, kind, id, rid) if who and person in ("", who) else None
            if rise and rise.day >= since:
                found.setdefault(who, []).append(rise)
    return found


def _rise(session: Reading, kind: str, id: str, rid: int) -> Rise | None:
    """The last time another amount was written down, if it was a greater one."""
    told = [(day, _amount(value)) for day, value in session.connection.execute(BEFORE, (rid, kind))]
    now = told[0][1] if told else None
    for (day, _), (_, before) in pairwise(told):
        if before != now:
            return (
                Rise(kind, id, day, before, now)
                if before is not None and now is not None and before < now
                else None
            )
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
