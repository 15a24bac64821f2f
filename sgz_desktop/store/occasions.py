"""What went on on a day: visits and sessions, for photos to be sorted onto."""

from __future__ import annotations

from collections.abc import Sequence

from sgz_desktop.domain.photos import Occasion
from sgz_desktop.store.queries import table
from sgz_desktop.store.session import Reading

NO = "IN ('refused', 'withdrawn')"
REFUSED = f"""EXISTS (SELECT 1 FROM r_presence s JOIN r_person q ON q.id = s.person
 WHERE s.occasion = {{of}}.id AND s.deleted IS NOT 1 AND q.photo_consent {NO})
OR {{who}}.photo_consent {NO} OR (SELECT k.ok_photo FROM r_consent k
 WHERE k."case" = {{of}}."case" AND k.ok_photo IS NOT NULL AND k.deleted IS NOT 1
 ORDER BY coalesce(k.signed_on, k.told_on) DESC, k.rid DESC LIMIT 1) {NO}"""
"""Somebody who was there, whom the visit is to (else the head), or the case's last consent says no."""
VISITS = f"""SELECT v.id, v.date, v.start_time, v.end_time, w.name, h.village,
{REFUSED.format(of="v", who="w")}
FROM r_visit v LEFT JOIN r_household h ON h.id = v.household
LEFT JOIN r_person w ON w.id = coalesce(v.person, h.head)
WHERE v.date IN ({{}}) AND v.deleted IS NOT 1 ORDER BY v.date, v.start_time, v.rid"""
SESSIONS = f"""SELECT o.id, o.date, o.start_time, o.end_time, p.name, h.village,
{REFUSED.format(of="o", who="p")}
FROM r_session o JOIN r_case c ON c.id = o."case" LEFT JOIN r_person p ON p.id = c.client
LEFT JOIN r_household h ON h.id = c.household
WHERE o.date IN ({{}}) AND o.deleted IS NOT 1 ORDER BY o.date, o.start_time, o.rid"""


def occasions_on(session: Reading, days: Sequence[str]) -> list[Occasion]:
    """Visits and sessions of some days, in the order of the days."""
    marks = ",".join("?" * len(days))
    found = [
        Occasion(
            kind, id, day, start or "", end or "", who or "（姓名未填）", village or "", label, bool(refused)
        )
        for kind, label, query in (("visit", "走访", VISITS), ("session", "个案服务", SESSIONS))
        for id, day, start, end, who, village, refused in table(session, query.format(marks), *days)
    ]
    return sorted(found, key=lambda one: (one.day, one.start, one.id))
