"""The history of a record line by line: what stood in a cell before, what was put there, by whom and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sgz_desktop.domain.edits import Stamp
from sgz_desktop.store.schema import CHANGES_OF_RECORD, GREATEST
from sgz_desktop.store.session import Reading

MOST = 5_000  # changes of one record


@dataclass(frozen=True)
class Told:
    """A value as the log holds it: canonical bytes, None where it is not here; `erased` says why."""

    text: bytes | None
    erased: bool = False


@dataclass(frozen=True)
class Line:
    """One change of one cell. `before` are the values its author saw, the one shown first; `contested` says
    that it is one of several values the cell now holds."""

    edit: Stamp
    at_ms: int
    worker: str
    action: str
    why: bytes | None
    kind: str
    id: str
    cell: str
    before: tuple[Told, ...]
    after: Told
    contested: bool


LINES = f"""SELECT c.cid, r.device, e.seq, e.at_ms, coalesce(w.name, ''), e.action, e.why, f.cell, c.value,
 EXISTS (SELECT 1 FROM erased x WHERE x.device = r.device AND x.seq = e.seq AND x.kind = n.kind
   AND x.record = n.id AND x.cell = f.cell),
 EXISTS (SELECT 1 FROM conflict k JOIN head h ON h.rid = k.rid AND h.fid = k.fid
   WHERE k.rid = c.rid AND k.fid = c.fid AND h.cid = c.cid)
FROM entity n JOIN {CHANGES_OF_RECORD} JOIN cell_name f ON f.fid = c.fid JOIN edit e ON e.eid = c.eid
JOIN replica r ON r.did = e.did JOIN author a ON a.wid = e.wid LEFT JOIN r_worker w ON w.id = a.worker
WHERE n.kind = ? AND n.id = ? ORDER BY {GREATEST}, c.cid LIMIT ?"""
BASES = """SELECT b.cid, r.device, b.seq FROM entity n JOIN base b ON b.rid = n.rid
JOIN replica r ON r.did = b.did WHERE n.kind = ? AND n.id = ?"""


def lines(session: Reading, kind: str, id: str) -> list[Line]:
    """All that happened to a record, newest first."""
    run = session.connection.execute
    rows = run(LINES, (kind, id, MOST)).fetchall()
    place = {(row[7], Stamp(row[1], row[2])): number for number, row in enumerate(rows)}
    values = {key: _told(rows[number]) for key, number in place.items()}
    bases: dict[int, list[Stamp]] = {}
    for cid, device, seq in run(BASES, (kind, id)):
        bases.setdefault(cid, []).append(Stamp(device, seq))
    return [_line(kind, id, row, _seen(row, bases.get(row[0], ()), place, values)) for row in rows]


def _told(row: Sequence[object]) -> Told:
    value = row[8]
    return Told(bytes(value) if isinstance(value, bytes) else None, bool(row[9]))


def _seen(
    row: Sequence[object],
    bases: Sequence[Stamp],
    place: dict[tuple[object, Stamp], int],
    values: dict[tuple[object, Stamp], Told],
) -> tuple[Told, ...]:
    keys = sorted((place[key], key) for base in bases if (key := (row[7], base)) in place)
    return tuple(values[key] for _, key in keys)


def _line(kind: str, id: str, row: Sequence[Any], before: tuple[Told, ...]) -> Line:
    _, device, seq, at_ms, worker, action, why, cell, *_, contested = row
    edit = Stamp(device, seq)
    return Line(edit, at_ms, worker, action, why, kind, id, cell, before, _told(row), bool(contested))
