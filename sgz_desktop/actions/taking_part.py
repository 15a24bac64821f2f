"""What a person took part in and received besides visits and cases: groups, activities, goods."""

from __future__ import annotations

from sgz_desktop.actions.timeline import Event
from sgz_desktop.domain import days
from sgz_desktop.store import queries
from sgz_desktop.store.queries import HERE
from sgz_desktop.store.session import Reading

CAME = "('present', 'late')"
GROUPS = f"""SELECT g.id, coalesce(g.name, ''), coalesce(max(s.date), m.joined_on, g.first_on, ''),
  count(s.id), coalesce(g.worker, '')
FROM r_group_member m JOIN r_group g ON g.id = m."group" AND g.deleted {HERE} AND g.cancelled IS NOT 1
LEFT JOIN r_attendance a ON a.member = m.id AND a.state IN {CAME} AND a.deleted {HERE}
LEFT JOIN r_group_session s ON s.id = a.session AND s.cancelled IS NOT 1 AND s.deleted {HERE}
WHERE m.person = ? AND m.deleted {HERE} GROUP BY m.id"""
ACTIVITIES = f"""SELECT DISTINCT a.id, coalesce(a.name, ''), coalesce(a.date, ''), coalesce(a.worker, '')
FROM r_sign_in i JOIN r_activity a ON a.id = i.activity AND a.deleted {HERE} AND a.cancelled IS NOT 1
WHERE i.person = ? AND i.deleted {HERE}"""
HANDED = f"""SELECT r.id, coalesce(r.what, ''), coalesce(h.date, ''), h.quantity, coalesce(r.measure, ''),
  coalesce(r.worker, '')
FROM r_handout h JOIN r_resource r ON r.id = h.resource AND r.deleted {HERE}
WHERE h.{{}} = ? AND h.deleted {HERE}"""
ICONS = {"group": "group", "activity": "group", "resource": "heart"}
KINDS = frozenset(ICONS)
UNNAMED = "（名称未填）"


def taking_part(session: Reading, person: str, household: str, today: str) -> list[Event]:
    """Groups a person is in, activities signed in at, what they or their household received: each leads to
    the record of the station."""
    found = [
        _event("group", id, day, "小组", f"{name or UNNAMED}，参加{times}节", who, today)
        for id, name, day, times, who in queries.table(session, GROUPS, person)
    ]
    found += [
        _event("activity", id, day, "活动签到", name or UNNAMED, who, today)
        for id, name, day, who in queries.table(session, ACTIVITIES, person)
    ]
    handed = queries.table(session, HANDED.format("person"), person)
    handed += queries.table(session, HANDED.format("person IS NULL AND h.household"), household)
    return found + [
        _event("resource", id, day, "领取物资", f"{what or UNNAMED}{count or ''}{measure}", who, today)
        for id, what, day, count, measure, who in handed
    ]


def _event(kind: str, id: str, day: str, title: str, text: str, worker: str, today: str) -> Event:
    words = days.short_day(day, today) if day else "日期未填"
    return Event(kind, id, day, words, title, text, worker, ICONS[kind])
