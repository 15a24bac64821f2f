"""What was taken out of the lists: which records, by whom, when and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import orjson

from sgz_desktop.domain.fields import Care, DayKind
from sgz_desktop.domain.records import BY_KIND, RECORDS
from sgz_desktop.domain.records.base import Record, Surface, questions
from sgz_desktop.store import read
from sgz_desktop.store.search_records import whose
from sgz_desktop.store.session import Reading

MOST = 200


@dataclass(frozen=True)
class Deletion:
    """A deleted record: whom it was about and its own day, '' where not known; who deleted it, when (UTC ms)
    and why; `into` is the id of the person it was merged into."""

    kind: str
    id: str
    name: str
    day: str
    worker: str
    at_ms: int
    why: str
    into: str = ""


DELETED = """SELECT n.rid, n.id, e.at_ms, coalesce(w.name, ''), e.why FROM r_{kind} s
JOIN entity n ON n.rid = s.rid JOIN cell_name f ON f.kind = n.kind AND f.cell = 'deleted'
JOIN head h ON h.rid = n.rid AND h.fid = f.fid JOIN change c ON c.cid = h.cid JOIN edit e ON e.eid = c.eid
JOIN author a ON a.wid = e.wid LEFT JOIN r_worker w ON w.id = a.worker
WHERE s.deleted = 1 AND CAST(c.value AS TEXT) = 'true' GROUP BY n.rid ORDER BY e.at_ms DESC LIMIT ?"""


def deletions(session: Reading, limit: int = MOST) -> list[Deletion]:
    """Records that are deleted, the latest first."""
    kinds = (record for record in RECORDS if Surface.FORM not in record.LACKS)
    found = [one for record in kinds for one in _of_kind(session, record, limit)]
    return sorted(found, key=lambda one: one.at_ms, reverse=True)[:limit]


def _of_kind(session: Reading, record: type[Record], limit: int) -> Iterator[Deletion]:
    kind = record.KIND
    rows = session.connection.execute(DELETED.format(kind=kind), (limit,)).fetchall()
    if not rows:
        return
    names = whose(session, kind, [row[0] for row in rows])
    for rid, id, at_ms, worker, why in rows:
        one = read.get(session, BY_KIND[kind], id)
        reason = str(orjson.loads(why)) if why else ""
        into = str(getattr(one, "merged_into", None) or "")
        yield Deletion(kind, id, names.get(rid, ""), _day(one), worker, at_ms, reason, into)


def _day(one: Record | None) -> str:
    """The first day a record tells that is nobody's birthday."""
    if one is None:
        return ""
    asked = questions(type(one)).items()
    days = (name for name, q in asked if isinstance(q.kind, DayKind) and q.ask.care is Care.PLAIN)
    return next((str(value) for name in days if (value := getattr(one, name))), "")
