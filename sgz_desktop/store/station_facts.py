"""Flat facts of groups, activities, the desk, volunteers, resources, staff and money, bounded by days.

Every query walks an index over the days asked for, save of what stands (staff, teams, contracts): few rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import starmap
from typing import Any

from sgz_desktop.domain.station_facts import (
    ActivityFact,
    ContractFact,
    GoalFact,
    GroupFact,
    GroupSessionFact,
    OrganisationFact,
    RatingFact,
    ReportFact,
    ResourceFact,
    ServedFact,
    Spell,
    SpendingFact,
    StaffFact,
    TaughtFact,
)
from sgz_desktop.store.queries import HERE
from sgz_desktop.store.served_facts import Asked, Read, packed, rows_as
from sgz_desktop.store.session import Reading

LATEST = "9999-12-31"
GROUPS = f"""SELECT g.id, g.cancelled IS 1, g.evaluated_on, g.rated_content, g.rated_by FROM r_group g
WHERE g.deleted {HERE} AND g.id IN (SELECT id FROM r_group WHERE evaluated_on BETWEEN ?1 AND ?2
  UNION ALL SELECT s."group" FROM r_group_session s WHERE s.date BETWEEN ?1 AND ?2) ORDER BY g.rid"""
GROUP_SESSIONS = f"""SELECT id, "group", date, cancelled IS 1 FROM r_group_session
WHERE date BETWEEN ?1 AND ?2 AND date <= ?3 AND deleted {HERE} ORDER BY date, rid"""
ACTIVITIES = f"""SELECT id, date, sort, cancelled IS 1, head_count, told_policy IS 1, rated_content, rated_by
FROM r_activity WHERE date BETWEEN ?1 AND ?2 AND date <= ?3 AND deleted {HERE} ORDER BY date, rid"""
GOALS = f"""SELECT g.id, e."case", g.goal, g.result, e.evaluated_on FROM r_case c
CROSS JOIN r_evaluation e ON e."case" = c.id CROSS JOIN r_goal_result g ON g.evaluation = e.id
WHERE c.closed_on BETWEEN ?1 AND ?2 AND e.deleted {HERE} AND g.deleted {HERE}"""
RATINGS = f"""SELECT e.id, e.evaluated_on, e.satisfaction FROM r_evaluation e
LEFT JOIN r_case c ON c.id = e."case"
WHERE e.evaluated_on BETWEEN ?1 AND ?2 AND e.satisfaction IS NOT NULL AND e.deleted {HERE}
  AND c.deleted {HERE} ORDER BY e.rid"""
RESOURCES = f"""SELECT r.id, r.received_on, r.sort, r.worth, o.id, o.sort FROM r_resource r
LEFT JOIN r_organisation o ON o.id = r.provider AND o.deleted {HERE}
WHERE r.received_on BETWEEN ?1 AND ?2 AND r.deleted {HERE} ORDER BY r.received_on, r.rid"""
ORGANISATIONS = f"""SELECT id, mobilised_on, founded_on, fostered IS 1 FROM r_organisation
WHERE (mobilised_on BETWEEN ?1 AND ?2 OR founded_on BETWEEN ?1 AND ?2) AND deleted {HERE} ORDER BY rid"""
VOLUNTEERS = f"""SELECT id, registered_on, left_on FROM r_volunteer
WHERE (registered_on IS NULL OR registered_on <= ?2) AND deleted {HERE}
  AND (state IS NOT 'left' OR left_on IS NOT NULL) ORDER BY rid"""
TEAMS = f"""SELECT id, founded_on, disbanded_on FROM r_volunteer_team
WHERE (founded_on IS NULL OR founded_on <= ?2) AND deleted {HERE} ORDER BY rid"""
SERVED = f"""SELECT id, volunteer, date, served FROM r_volunteer_service
WHERE date BETWEEN ?1 AND ?2 AND deleted {HERE} ORDER BY date, rid"""
SUPERVISIONS = f"""SELECT id, date, start_time, end_time, NULL, head_count, attendees FROM r_supervision
WHERE date BETWEEN ?1 AND ?2 AND deleted {HERE} ORDER BY date, rid"""
TRAININGS = f"""SELECT t.id, t.date, t.start_time, t.end_time, t.duration, max(coalesce(t.head_count, 0), (
    SELECT count(DISTINCT l.staff) FROM r_learning l WHERE l.training = t.id AND l.deleted {HERE})), NULL
FROM r_training t WHERE t.date BETWEEN ?1 AND ?2 AND t.deleted {HERE} ORDER BY t.date, t.rid"""
STAFF = f"""SELECT id, posted_on, left_on, post, qualification, full_time IS 1 FROM r_staff
WHERE deleted {HERE} AND posted_on <= ?2 ORDER BY rid"""
CONTRACTS = f"""SELECT id, first_on, last_on, amount FROM r_contract
WHERE deleted {HERE} AND first_on <= ?2 AND (last_on IS NULL OR last_on >= ?1) ORDER BY rid"""
SPENDINGS = f"""SELECT s.id, s.date, s.category, s.amount FROM r_spending s
LEFT JOIN r_contract c ON c.id = s.contract
WHERE s.date BETWEEN ?1 AND ?2 AND s.deleted {HERE} AND c.deleted {HERE} ORDER BY s.date, s.rid"""
REPORTS = f"""SELECT id, found_on FROM r_mandatory_report
WHERE found_on BETWEEN ?1 AND ?2 AND deleted {HERE} ORDER BY found_on, rid"""
NAMES = re.compile(r"[、，,;；\s]+")


def _rows(session: Reading, query: str, asked: Asked) -> list[Any]:
    values = (*asked.span, asked.until) if "?3" in query else asked.span
    return list(session.connection.execute(query, values))


def _read(query: str, fact: type[Any]) -> Read:
    return lambda session, asked: rows_as(fact, _rows(session, query, asked))


def _teaching(query: str) -> Read:
    return lambda session, asked: starmap(_taught, _rows(session, query, asked))


def _taught(
    id: str,
    day: str | None,
    start: str | None,
    end: str | None,
    spent: int | None,
    heads: int | None,
    names: str | None,
) -> TaughtFact:
    """Where nobody counted heads, the names written down tell how many took part."""
    people = heads if heads is not None else len({name for name in NAMES.split(names or "") if name})
    return TaughtFact(id, day, start, end, spent, people)


STATION: Mapping[str, Read] = {
    "groups": _read(GROUPS, GroupFact),
    "group_sessions": _read(GROUP_SESSIONS, GroupSessionFact),
    "activities": _read(ACTIVITIES, ActivityFact),
    "goals": _read(GOALS, GoalFact),
    "ratings": _read(RATINGS, RatingFact),
    "resources": _read(RESOURCES, ResourceFact),
    "organisations": _read(ORGANISATIONS, OrganisationFact),
    "volunteers": lambda session, asked: packed(session, Spell, Spell._fields, VOLUNTEERS, asked.span),
    "teams": _read(TEAMS, Spell),
    "served": lambda session, asked: packed(session, ServedFact, ServedFact._fields, SERVED, asked.span),
    "supervisions": _teaching(SUPERVISIONS),
    "trainings": _teaching(TRAININGS),
    "staff": _read(STAFF, StaffFact),
    "contracts": _read(CONTRACTS, ContractFact),
    "spendings": _read(SPENDINGS, SpendingFact),
    "reports": _read(REPORTS, ReportFact),
}
