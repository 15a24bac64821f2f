"""What the checks before a sign-off look at, in one snapshot and bounded by the report's days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sgz_desktop.domain.consistency import CaseLine, Crowd, DiaryLine, Held, Life, Looked
from sgz_desktop.domain.indicator_facts import Period
from sgz_desktop.store.facts import bounds
from sgz_desktop.store.queries import HERE, TAKES_PART
from sgz_desktop.store.session import Reading

AT_ONCE = 500
GOALS = f"""(SELECT count(*) FROM r_goal g JOIN r_plan p ON p.id = g.plan AND p.deleted {HERE}
  WHERE p."case" = o."case" AND g.deleted {HERE} AND p.made_on <= o.date)"""
SERVED = f"(SELECT count(*) FROM r_goal_progress g WHERE g.occasion = o.id AND g.deleted {HERE})"
FAMILY = f"""(SELECT count(DISTINCT m.person) FROM r_membership m WHERE m.household = o.household
  AND m.deleted {HERE} AND (m.to_day IS NULL OR m.to_day >= o.date))"""
VISITS = f"""SELECT 'visit', o.id, o.date, o.start_time, o.end_time, coalesce(o.mode, 'home'), o.worker,
  o."case", coalesce(o.household, o.person), CASE WHEN coalesce(o.mode, 'home') = 'home' THEN {FAMILY} END,
  CASE WHEN o."case" IS NULL THEN 0 ELSE {GOALS} END, {SERVED}
FROM r_visit o WHERE o.date BETWEEN ?1 AND ?2 AND o.deleted {HERE} AND o.met IS NOT 0"""
SESSIONS = f"""SELECT 'session', o.id, o.date, o.start_time, o.end_time, o.mode, o.worker, o."case",
  coalesce(c.household, c.client, o."case"), NULL, {GOALS}, {SERVED}
FROM r_session o LEFT JOIN r_case c ON c.id = o."case"
WHERE o.date BETWEEN ?1 AND ?2 AND o.deleted {HERE}"""
SEEN = f"""SELECT s.occasion, s.person FROM r_presence s
WHERE s.deleted {HERE} AND s.person IS NOT NULL AND (s.mode IS NULL OR s.mode NOT IN ('not_met', 'proxy'))
AND s.occasion IN {{marks}} ORDER BY s.rid"""
CASES = f"""SELECT c.id, coalesce(c.number, ''), c.opened_on, c.closed_on FROM r_case c
WHERE c.deleted {HERE} AND (c.closed_on BETWEEN ?1 AND ?2 OR c.id IN (
  SELECT "case" FROM r_session WHERE date BETWEEN ?1 AND ?2 UNION
  SELECT "case" FROM r_visit WHERE date BETWEEN ?1 AND ?2))"""
LEFT = f"""SELECT "case", 'task', id FROM r_task WHERE done_on IS NULL AND deleted {HERE}
  AND "case" IN {{marks}}
UNION ALL SELECT "case", 'referral', id FROM r_referral WHERE sent_on IS NOT NULL AND reply_due_on IS NOT NULL
  AND reply_on IS NULL AND deleted {HERE} AND "case" IN {{marks}}"""
LIVES = "SELECT id, born, died_on FROM r_person WHERE id IN {marks}"
DIARIES = f"""SELECT id, date, worker, coalesce(errands, '') || '\n' || coalesce(other, '') FROM r_diary
WHERE date BETWEEN ? AND ? AND worker IS NOT NULL AND length(date) = 10 AND deleted {HERE}"""

THERE = f"""r_attendance a LEFT JOIN r_group_member m ON m.id = a.member WHERE a.session = s.id
  AND a.state IN ('present', 'late') AND a.deleted {HERE} AND m.deleted {HERE}"""
MEETINGS = f"""SELECT 'group_session', s.id, s.date, coalesce(g.name, '小组'), (SELECT count(*) FROM {THERE}),
  (SELECT count(*) FROM r_group_member m WHERE m."group" = g.id AND m.deleted {HERE}), g.first_on, g.last_on,
  (SELECT count(*) FROM {THERE} AND m.left_on < s.date)
FROM r_group_session s JOIN r_group g ON g.id = s."group" AND g.deleted {HERE} AND g.cancelled IS NOT 1
WHERE s.date BETWEEN ?1 AND ?2 AND s.deleted {HERE} AND s.cancelled IS NOT 1 ORDER BY s.date, s.rid"""
SIGNED = f"SELECT count(*) FROM r_sign_in s WHERE s.activity = a.id AND s.deleted {HERE} AND {TAKES_PART}"
SHOWS = f"""SELECT 'activity', a.id, a.date, coalesce(a.name, '活动'),
  max(coalesce(a.head_count, 0), ({SIGNED})), nullif(({SIGNED}), 0) FROM r_activity a
WHERE a.date BETWEEN ?1 AND ?2 AND a.deleted {HERE} AND a.cancelled IS NOT 1 ORDER BY a.date, a.rid"""


def looked_at(session: Reading, period: Period, today: str) -> Looked:
    """All that is looked at for a report of some days."""
    span = bounds(period)
    run = session.connection.execute
    rows = [row for query in (VISITS, SESSIONS) for row in run(query, span) if row[2] in period]
    seen: dict[str, list[str]] = {}
    for occasion, person in _rows(session, SEEN, [row[1] for row in rows]):
        seen.setdefault(occasion, []).append(person)
    held = tuple(_held(row, seen.get(row[1], [])) for row in rows)
    cases = {row[0]: CaseLine(*row) for row in run(CASES, span)}
    left: dict[str, list[tuple[str, str]]] = {}
    for case, kind, id in _rows(session, LEFT, list(cases)):
        left.setdefault(case, []).append((kind, id))
    told = {
        id: CaseLine(one.id, one.number, one.opened_on, one.closed_on, tuple(left.get(id, ())))
        for id, one in cases.items()
    }
    people = sorted({person for found in seen.values() for person in found})
    lives = {row[0]: Life(*row) for row in _rows(session, LIVES, people)}
    diaries = tuple(DiaryLine(*row) for row in run(DIARIES, span))
    crowds = tuple(Crowd(*row) for query in (MEETINGS, SHOWS) for row in run(query, span) if row[2] in period)
    return Looked(today, held, told, lives, diaries, crowds)


def _held(row: Sequence[Any], seen: Sequence[str]) -> Held:
    kind, id, day, start, end, mode, worker, case, place, family, goals, served = row
    people = tuple(dict.fromkeys(seen))
    return Held(kind, id, day, start, end, mode, worker, case, place, people, family, goals, served)


def _rows(session: Reading, query: str, ids: Sequence[str]) -> Iterable[Sequence[Any]]:
    for at in range(0, len(ids), AT_ONCE):
        some = list(ids[at : at + AT_ONCE])
        marks = "(" + ",".join(f"?{place}" for place in range(1, len(some) + 1)) + ")"
        yield from session.connection.execute(query.format(marks=marks), some)
