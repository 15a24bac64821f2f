"""What the texts of a report are proposed from: occasions, cases, remarks of a span, by codes and counts.

No words anybody typed are read here, save the day, the village and the codes, the names that groups,
activities, trainings and articles go by in public, and what an activity's record says for the bureau. What is
kept from guardians does not leave the station: read with nothing of it in sight.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sgz_desktop.domain.indicator_facts import Period
from sgz_desktop.store.facts import bounds
from sgz_desktop.store.queries import HERE, LIVING, TAKES_PART
from sgz_desktop.store.schema import CHANGES_OF_RECORD, edit_of
from sgz_desktop.store.session import Reading


class Happening(NamedTuple):
    """A visit, session, meeting of a group or activity of the span; codes as stored; `seen` people. Of a
    meeting `sort` is the group's name and `outcomes` its title; of an activity its name and its type."""

    kind: str
    id: str
    day: str
    village: str | None
    case: str | None
    sort: str | None
    policies: str | None
    outcomes: str | None
    methods: str | None
    met: int | None
    seen: int


MET = f"""SELECT 'group_session', s.id, s.date, g.village, NULL, g.name, NULL, s.title, NULL, 1,
  (SELECT count(*) FROM r_attendance a WHERE a.session = s.id AND a.deleted {HERE}
     AND a.state IN ('present', 'late'))
FROM r_group_session s JOIN r_group g ON g.id = s."group" AND g.deleted {HERE} AND g.cancelled IS NOT 1
WHERE s.date BETWEEN ?1 AND ?2 AND s.deleted {HERE} AND s.cancelled IS NOT 1 ORDER BY s.date, s.rid"""
SHOWS = f"""SELECT 'activity', a.id, a.date, a.village, NULL, a.name, NULL, a.sort, NULL, 1,
  max(coalesce(a.head_count, 0), (SELECT count(DISTINCT coalesce(s.person, s.id)) FROM r_sign_in s
     WHERE s.activity = a.id AND s.deleted {HERE} AND {TAKES_PART}))
FROM r_activity a WHERE a.date BETWEEN ?1 AND ?2 AND a.deleted {HERE} AND a.cancelled IS NOT 1
ORDER BY a.date, a.rid"""
SEEN = f"""(SELECT count(DISTINCT s.person) FROM r_presence s WHERE s.occasion = o.id AND s.deleted {HERE}
  AND s.person IS NOT NULL AND (s.mode IS NULL OR s.mode NOT IN ('not_met', 'proxy')))"""
VISITS = f"""SELECT 'visit', o.id, o.date, h.village, o."case", o.purposes, o.policy_told, o.outcomes,
  o.methods, o.met, {SEEN}
FROM r_visit o LEFT JOIN r_household h ON h.id = coalesce(o.household, (SELECT m.household FROM r_membership m
  WHERE m.person = o.person AND {LIVING} ORDER BY m.rid LIMIT 1))
WHERE o.date BETWEEN ?1 AND ?2 AND o.deleted {HERE} ORDER BY o.date, o.rid"""
SESSIONS = f"""SELECT 'session', o.id, o.date, h.village, o."case", o.mode, NULL, NULL, o.methods, 1, {SEEN}
FROM r_session o JOIN r_case c ON c.id = o."case" AND c.deleted {HERE} AND c.guardian_hidden IS NOT 1
LEFT JOIN r_household h ON h.id = c.household
WHERE o.date BETWEEN ?1 AND ?2 AND o.deleted {HERE} ORDER BY o.date, o.rid"""


def happenings(session: Reading, period: Period) -> list[Happening]:
    """Visits and sessions that surely lie in the span, by day."""
    rows = [
        Happening(*row)
        for query in (VISITS, SESSIONS, MET, SHOWS)
        for row in session.connection.execute(query, bounds(period))
    ]
    return sorted((row for row in rows if row.day in period), key=lambda row: row.day)


class ActivityWords(NamedTuple):
    """What the record of an activity says of it and of its effect, as typed."""

    id: str
    facts: str | None
    effect: str | None


def activity_words(session: Reading, ids: Iterable[str]) -> list[ActivityWords]:
    """Those of some activities that say anything."""
    known = list(ids)
    marks = ",".join("?" * len(known))
    query = f"SELECT id, facts, effect FROM r_activity WHERE id IN ({marks}) AND deleted {HERE}"
    rows = (ActivityWords(*row) for row in session.connection.execute(query, known))
    return [row for row in rows if row.facts or row.effect]


TAUGHT = f"""SELECT 'supervision', date, mode, NULL, head_count FROM r_supervision
WHERE date BETWEEN ?1 AND ?2 AND deleted {HERE}
UNION ALL SELECT 'training', date, mode, title, head_count FROM r_training
WHERE date BETWEEN ?1 AND ?2 AND deleted {HERE} ORDER BY 2"""
PUBLISHED = f"""SELECT id, date, sort, level, title, medium FROM r_publication
WHERE date BETWEEN ?1 AND ?2 AND deleted {HERE} ORDER BY date, rid"""


class Taught(NamedTuple):
    """A supervision or training of the span: its form, a training's title, how many took part."""

    kind: str
    day: str
    mode: str | None
    title: str | None
    people: int | None


class Published(NamedTuple):
    """What was published in the span; codes as stored."""

    id: str
    day: str
    sort: str | None
    level: str | None
    title: str | None
    medium: str | None


def taught(session: Reading, period: Period) -> list[Taught]:
    """Supervisions and trainings of the span, by day."""
    rows = (Taught(*row) for row in session.connection.execute(TAUGHT, bounds(period)))
    return [row for row in rows if row.day in period]


def published(session: Reading, period: Period) -> list[Published]:
    """Articles of the span, by day."""
    rows = (Published(*row) for row in session.connection.execute(PUBLISHED, bounds(period)))
    return [row for row in rows if row.day in period]


class CaseTold(NamedTuple):
    """A case as a typical one is told: codes, months and counts."""

    id: str
    village: str | None
    natures: str | None
    opened_on: str | None
    closed_on: str | None
    source: str | None
    sessions: int
    methods: str | None
    results: str | None


CASES = f"""SELECT c.id, h.village, c.natures, c.opened_on, c.closed_on, c.source,
  (SELECT count(*) FROM r_session s WHERE s."case" = c.id AND s.deleted {HERE} AND s.date <= ?2)
  + (SELECT count(*) FROM r_visit v WHERE v."case" = c.id AND v.deleted {HERE} AND v.met IS NOT 0
     AND v.date <= ?2),
  (SELECT group_concat(s.methods) FROM r_session s WHERE s."case" = c.id AND s.deleted {HERE}
     AND s.date <= ?2),
  (SELECT group_concat(g.result) FROM r_goal_result g JOIN r_evaluation e ON e.id = g.evaluation
     AND e.deleted {HERE} WHERE e."case" = c.id AND g.deleted {HERE} AND g.result IS NOT NULL)
FROM r_case c LEFT JOIN r_household h ON h.id = c.household
WHERE c.deleted {HERE} AND c.guardian_hidden IS NOT 1 AND (c.closed_on BETWEEN ?1 AND ?2
  OR c.id IN (SELECT s."case" FROM r_session s WHERE s.date BETWEEN ?1 AND ?2 AND s.deleted {HERE}))
ORDER BY c.closed_on IS NULL, c.closed_on, c.rid"""


def cases_told(session: Reading, period: Period) -> list[CaseTold]:
    """Cases closed in the span first, then those with sessions in it."""
    return [CaseTold(*row) for row in session.connection.execute(CASES, bounds(period))]


class Photo(NamedTuple):
    """A photo whose people agree to its being published."""

    id: str
    parent: str
    caption: str | None
    day: str | None


PHOTOS = f"""SELECT a.id, a.parent, a.caption, a.taken_on FROM r_attachment a
WHERE a.sort = 'photo' AND a.consent = 'agreed' AND a.sha256 IS NOT NULL AND a.deleted {HERE}
AND a.parent IN {{marks}} ORDER BY a.taken_on, a.rid"""
AT_ONCE = 500


def photos_of(session: Reading, parents: Sequence[str]) -> list[Photo]:
    """Photos of some records that may be printed."""
    found: list[Photo] = []
    for at in range(0, len(parents), AT_ONCE):
        some = parents[at : at + AT_ONCE]
        query = PHOTOS.format(marks="(" + ",".join("?" * len(some)) + ")")
        found += [Photo(*row) for row in session.connection.execute(query, some)]
    return found


SUPERVISION = f"""SELECT
  (SELECT count(*) FROM r_supervisor_copy c WHERE c.given_on BETWEEN ?1 AND ?2 AND c.deleted {HERE}),
  (SELECT count(*) FROM r_remark m WHERE m.said_on BETWEEN ?1 AND ?2 AND m.deleted {HERE}),
  (SELECT count(*) FROM r_remark m WHERE m.said_on BETWEEN ?1 AND ?2 AND m.done_on IS NOT NULL
     AND m.deleted {HERE})"""


def supervision(session: Reading, period: Period) -> tuple[int, int, int]:
    """Copies given to supervisors in the span, remarks that came, and how many of them are done."""
    row = session.connection.execute(SUPERVISION, bounds(period)).fetchone()
    return int(row[0]), int(row[1]), int(row[2])


LAST_EDITS = f"""SELECT n.id, {edit_of("max(d.last)")} FROM entity n JOIN edited d ON d.rid = n.rid
WHERE n.id IN {{marks}} GROUP BY n.id"""
WRITTEN = f"""SELECT n.id, max(c.eid) FROM entity n JOIN {CHANGES_OF_RECORD} JOIN cell_name f ON f.fid = c.fid
WHERE n.kind = 'report_text' AND f.cell IN ('title', 'text', 'reviewed', 'about') AND n.id IN {{marks}}
GROUP BY n.id"""


def last_edits(session: Reading, ids: Iterable[str]) -> dict[str, int]:
    """The number of the last edit of each record."""
    return _numbers(session, LAST_EDITS, ids)


def last_written(session: Reading, ids: Iterable[str]) -> dict[str, int]:
    """The number of the edit in which the words of each text were last touched; moving it is not that."""
    return _numbers(session, WRITTEN, ids)


def _numbers(session: Reading, query: str, ids: Iterable[str]) -> dict[str, int]:
    some = list(dict.fromkeys(ids))
    marks = "(" + ",".join("?" * len(some)) + ")"
    return dict(session.connection.execute(query.format(marks=marks), some).fetchall())
