"""Flat facts that indicators are counted from, read in one snapshot and bounded by days.

Every query walks an index over the days it was asked for, so ten years on file cost what one does. Only
files and open cases are read whole: they are counted as they stand. Figures count what is kept back from
the reader too, or they would not be the station's; lines that tell of one record leave it out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sgz_desktop.domain import days
from sgz_desktop.domain.fact_columns import Columns
from sgz_desktop.domain.indicator_facts import (
    ApplicationFact,
    CaseFact,
    Facts,
    Period,
    ReferralFact,
)
from sgz_desktop.domain.indicators import NEEDS
from sgz_desktop.domain.indicators.needs import WHOLE, together
from sgz_desktop.store.behind import portions
from sgz_desktop.store.queries import HERE
from sgz_desktop.store.schema import changes_of, edit_of
from sgz_desktop.store.served_facts import SERVED, Asked, Read, contacts_query, rows_as
from sgz_desktop.store.session import Reading
from sgz_desktop.store.station_facts import LATEST, STATION

CONTACTS = contacts_query(WHOLE)
EDITED = f"""
SELECT DISTINCT n.id, date(e.at_ms / 1000, 'unixepoch', 'localtime')
FROM edit e CROSS JOIN change c ON c.cid {changes_of("e.eid")} CROSS JOIN entity n ON n.rid = c.rid
WHERE e.at_ms >= ? AND e.at_ms < ? AND n.kind IN ('person', 'household')"""
LAST_MOVE = "ORDER BY coalesce(m.step, 0) DESC, coalesce(m.moved_on, '') DESC, m.id DESC"
STAGE = f"""coalesce((SELECT m.to_stage FROM r_case_move m WHERE m."case" = c.id AND m.deleted {HERE}
    AND m.to_stage IS NOT NULL {LAST_MOVE} LIMIT 1), c.stage)"""
RISK = f"""coalesce(c.risk, (SELECT a.risk FROM r_assessment a WHERE a."case" = c.id AND a.deleted {HERE}
    AND a.risk IS NOT NULL ORDER BY coalesce(a.assessed_on, '') DESC, a.rid DESC LIMIT 1))"""
CASES = f"""
SELECT c.id, {STAGE}, c.opened_on, c.closed_on, {RISK}, c.deleted IS 1 FROM r_case c
WHERE c.rid IN (SELECT rid FROM r_case WHERE closed_on IS NULL
  UNION ALL SELECT rid FROM r_case WHERE closed_on >= ?1
  UNION ALL SELECT rid FROM r_case WHERE opened_on BETWEEN ?1 AND ?2)
ORDER BY c.rid"""
WORKED = """
SELECT c.id, c.stage, c.opened_on, c.closed_on, c.risk, c.deleted IS 1 FROM r_case c
WHERE c.id IN (SELECT "case" FROM r_visit WHERE date BETWEEN ?1 AND ?2 AND "case" IS NOT NULL
  UNION SELECT "case" FROM r_session WHERE date BETWEEN ?1 AND ?2)"""
APPLICATIONS = f"""
SELECT id, programme, filed_on, person, household, 0, accepted_on, result, result_on FROM r_application
WHERE filed_on BETWEEN ?1 AND ?2 AND deleted {HERE} ORDER BY rid"""
DECISIONS = f"""
SELECT id, programme, filed_on, person, household, 0, accepted_on, result, result_on FROM r_application
WHERE deleted {HERE} AND rid IN (SELECT rid FROM r_application WHERE result_on BETWEEN ?1 AND ?2
  UNION ALL SELECT rid FROM r_application WHERE filed_on <= ?2 AND result_on > ?2
  UNION ALL SELECT rid FROM r_application WHERE filed_on <= ?2 AND result IS NULL
  UNION ALL SELECT rid FROM r_application WHERE filed_on <= ?2 AND result = 'pending')
ORDER BY rid"""
REFERRALS = f"""
SELECT id, person, sent_on, placed_on, job_from, 0 FROM r_referral
WHERE deleted {HERE} AND (sent_on BETWEEN ?1 AND ?2 OR placed_on BETWEEN ?1 AND ?2
  OR job_from BETWEEN ?1 AND ?2) ORDER BY rid"""


def facts(session: Reading, period: Period, codes: Iterable[str] = NEEDS, until: str = "") -> Facts:
    """What figures of some codes need for a period, or for any period inside it.

    `until` is the last day on which anything planned counts as done, '' where all days are past.
    """
    span = bounds(period)
    needs = together(NEEDS[code] for code in codes)
    asked = Asked(span, _instants(period), until or LATEST, needs)
    with session.whole():
        return Facts(**{name: _kept(READ[name](session, asked)) for name in needs})


def _kept(rows: Iterable[Any]) -> Sequence[Any]:
    return rows if isinstance(rows, Columns) else tuple(rows)


def _read(query: str, fact: type[Any]) -> Read:
    return lambda session, asked: rows_as(fact, _rows(session, query, *asked.span))


READ: Mapping[str, Read] = {
    "edits": lambda session, asked: _rows(session, EDITED, *asked.instants),
    "cases": _read(CASES, CaseFact),
    "worked": _read(WORKED, CaseFact),
    "applications": _read(APPLICATIONS, ApplicationFact),
    "decisions": _read(DECISIONS, ApplicationFact),
    "referrals": _read(REFERRALS, ReferralFact),
    **SERVED,
    **STATION,
}


def bounds(period: Period) -> tuple[str, str]:
    """Day texts no narrower than the period: 2026-06 and 2026 may lie in it, and sort before its days."""
    whole_year = period.first.endswith("-01-01")
    return (period.first[:4] if whole_year else period.first[:7]), period.last


def _instants(period: Period) -> tuple[int, int]:
    """The period in UTC milliseconds, by the computer's own midnight; the end is not in it."""
    end = days.to_date(period.last) + timedelta(days=1)
    return _midnight(days.to_date(period.first)), _midnight(end)


def _midnight(day: date) -> int:
    return int(datetime(day.year, day.month, day.day).timestamp() * 1000)


def _rows(session: Reading, query: str, *values: object) -> list[Any]:
    return list(session.connection.execute(query, values))


VISIT_DAYS = f"""
SELECT v.date, h.village, v.met IS NOT 0 FROM r_visit v
LEFT JOIN r_household h ON h.id = v.household
WHERE v.date BETWEEN ? AND ? AND v.deleted {HERE} AND (v.mode IS NULL OR v.mode = 'home')"""


class VisitDay(NamedTuple):
    """One call at a home: its day, village (None unknown) and whether anybody was met."""

    day: str
    village: str | None
    met: int


def visit_days(session: Reading, period: Period) -> list[VisitDay]:
    """Home visits that surely lie in the period."""
    with session.whole():
        rows = [VisitDay(*row) for row in _rows(session, VISIT_DAYS, *bounds(period))]
    return [row for row in rows if row.day in period]


class CaseBrief(NamedTuple):
    """A case as a brief may tell of it: a name to be shortened, a village, codes and days."""

    id: str
    name: str | None
    village: str | None
    natures: str | None
    opened_on: str | None
    closed_on: str | None


CASE_BRIEFS = f"""
SELECT c.id, p.name, h.village, c.natures, c.opened_on, c.closed_on FROM r_case c
LEFT JOIN r_person p ON p.id = c.client LEFT JOIN r_household h ON h.id = c.household
WHERE c.deleted {HERE} AND c.guardian_hidden IS NOT 1 AND c.id IN {{marks}} ORDER BY c.opened_on, c.rid"""


def case_briefs(session: Reading, ids: Sequence[str]) -> list[CaseBrief]:
    """Some cases, in the order they were opened; what is kept from guardians does not leave the station."""
    marks = "(" + ",".join("?" * len(ids)) + ")"
    return [CaseBrief(*row) for row in _rows(session, CASE_BRIEFS.format(marks=marks), *ids)]


class DueFact(NamedTuple):
    """Something that falls due: what it is, its day, the village where one is named, and who is to do it."""

    what: str
    day: str
    village: str | None
    worker: str | None


OF_CASE = 'LEFT JOIN r_case c ON c.id = k."case"'
SHOWN = "c.guardian_hidden IS NOT 1"
# what is due for a case is its worker's to do; of one kept from the guardian nobody is told whose it is
BY_CASE = f"NULL, CASE WHEN {SHOWN} THEN coalesce(c.worker, k.worker) END"
OF_CASE_ALONE = f"NULL, CASE WHEN {SHOWN} THEN c.worker END"
DUE = f"""
SELECT 'session', k.next_on, {BY_CASE} FROM r_session k {OF_CASE}
  WHERE k.next_on BETWEEN ?1 AND ?2 AND k.deleted {HERE}
UNION ALL SELECT 'visit', k.next_on, {BY_CASE} FROM r_visit k {OF_CASE}
  WHERE k.next_on BETWEEN ?1 AND ?2 AND k.deleted {HERE}
UNION ALL SELECT 'followup', k.next_on, {BY_CASE} FROM r_followup k {OF_CASE}
  WHERE k.next_on BETWEEN ?1 AND ?2 AND k.deleted {HERE}
UNION ALL SELECT 'followup', k.followup_due_on, {OF_CASE_ALONE} FROM r_closure k {OF_CASE}
  WHERE k.followup_due_on BETWEEN ?1 AND ?2 AND k.deleted {HERE}
UNION ALL SELECT 'decision', k.decision_due_on, {BY_CASE} FROM r_application k {OF_CASE}
  WHERE k.decision_due_on BETWEEN ?1 AND ?2 AND (k.result IS NULL OR k.result = 'pending')
  AND k.deleted {HERE}
UNION ALL SELECT 'review', k.review_on, {BY_CASE} FROM r_application k {OF_CASE}
  WHERE k.review_on BETWEEN ?1 AND ?2 AND k.deleted {HERE}
UNION ALL SELECT 'reply', k.reply_due_on, {BY_CASE} FROM r_referral k {OF_CASE}
  WHERE k.reply_due_on BETWEEN ?1 AND ?2 AND k.reply_on IS NULL AND k.deleted {HERE}
UNION ALL SELECT 'goal', g.due_on, {OF_CASE_ALONE} FROM r_goal g
  JOIN r_plan p ON p.id = g.plan AND p.deleted {HERE}
  JOIN r_case c ON c.id = p."case" AND c.closed_on IS NULL AND c.deleted {HERE}
  WHERE g.due_on BETWEEN ?1 AND ?2 AND g.deleted {HERE}
UNION ALL SELECT 'group_session', s.date, u.village, coalesce(s.worker, u.worker) FROM r_group_session s
  JOIN r_group u ON u.id = s."group" AND u.deleted {HERE} AND u.cancelled IS NOT 1
  WHERE s.date BETWEEN ?1 AND ?2 AND s.cancelled IS NOT 1 AND s.deleted {HERE}
UNION ALL SELECT 'activity', date, village, worker FROM r_activity
  WHERE date BETWEEN ?1 AND ?2 AND cancelled IS NOT 1 AND deleted {HERE}
UNION ALL SELECT 'task', due_on, NULL, worker FROM r_task
  WHERE due_on BETWEEN ?1 AND ?2 AND done_on IS NULL AND deleted {HERE}"""


def due(session: Reading, period: Period) -> list[DueFact]:
    """What falls due in the period: what it is (session, visit, followup, decision, review, reply, goal,
    group_session, activity, task), its day and who is to do it. No words about anybody are read, a village
    only of groups and activities, which are nobody's secret, and no worker of what is kept back."""
    seen = Counter(_due(session, period))
    with session.whole():
        rows = _due(session, period)
    seen.subtract(rows)
    kept_back = -seen
    return sorted((_nobodys(one, kept_back) for one in rows), key=lambda one: (one.day, one.what))


def _nobodys(one: DueFact, kept_back: Counter[DueFact]) -> DueFact:
    """The fact without its worker while there are such as are kept back."""
    if kept_back[one] <= 0:
        return one
    kept_back[one] -= 1
    return one._replace(worker=None)


def _due(session: Reading, period: Period) -> list[DueFact]:
    rows = [DueFact(*row) for row in _rows(session, DUE, *bounds(period))]
    return [one for one in rows if one.day in period]


LATE = f"""
SELECT 'decision' FROM r_application WHERE decision_due_on < ?1 AND (result IS NULL OR result = 'pending')
  AND deleted {HERE}
UNION ALL SELECT 'reply' FROM r_referral WHERE reply_due_on < ?1 AND reply_on IS NULL AND sent_on IS NOT NULL
  AND deleted {HERE}"""


def late(session: Reading, day: str) -> dict[str, int]:
    """How many decisions and replies were due before a day and have not come."""
    with session.whole():
        return dict(Counter(what for (what,) in _rows(session, LATE, day)))


# Beijing time, which is that of every station: a paper is the same wherever and whenever it is printed again.
FIRST = f"""SELECT date(e.at_ms / 1000, 'unixepoch', '+8 hours'),
  strftime('%H:%M', e.at_ms / 1000, 'unixepoch', '+8 hours'), coalesce(w.name, '')
FROM entity n JOIN edited d ON d.rid = n.rid JOIN edit e ON e.eid = {edit_of("d.first")}
JOIN author a ON a.wid = e.wid
LEFT JOIN r_worker w ON w.id = a.worker WHERE n.kind = ? AND n.id = ? ORDER BY e.clock, e.eid LIMIT 1"""


def first_written(session: Reading, kind: str, id: str) -> tuple[str, str, str] | None:
    """Beijing day and HH:MM at which a record was first written down, and the worker's name ('' unknown)."""
    rows = _rows(session, FIRST, kind, id)
    return tuple(rows[0]) if rows else None


ENTRY_DAYS = f"""SELECT n.id, date(min(e.at_ms) / 1000, 'unixepoch', 'localtime')
FROM entity n JOIN edited d ON d.rid = n.rid JOIN edit e ON e.eid = {edit_of("d.first")}
WHERE n.kind = ? AND n.id IN {{marks}} AND e.action NOT IN ('import_records', 'import_roster')
GROUP BY n.id"""


def entry_days(session: Reading, kind: str, ids: Sequence[str]) -> dict[str, str]:
    """The local day each record was first written down; what came from a file tells nothing of it."""
    found: dict[str, str] = {}
    for some in portions(ids):
        marks = "(" + ",".join("?" * len(some)) + ")"
        found |= dict(_rows(session, ENTRY_DAYS.format(marks=marks), kind, *some))
    return found
