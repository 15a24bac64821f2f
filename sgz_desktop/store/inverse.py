"""What takes an edit back: the values that stood before it, where what it put there still stands.

A value that was changed and put back since stands: two merges can be taken apart one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from sgz_desktop.domain.edits import Opened, Stamp, Value
from sgz_desktop.store.schema import GREATEST, STANDING, changes_of, edit_of
from sgz_desktop.store.session import Reading
from sgz_desktop.store.write import Write

DELETED = "deleted"
Cell = tuple[str, str, str]  # kind, record id, cell


class Made(NamedTuple):
    """An edit in the log: its local number, who made it, by which action, when (UTC ms)."""

    eid: int
    stamp: Stamp
    worker: str
    action: str
    at_ms: int


@dataclass
class Inverse:
    """`writes` bring back what stood before; `stayed` are cells somebody changed since, which are left. Where
    the edit chose one of several values, those not shown are in `beside`: each is an edit of its own, so that
    the values stand side by side again."""

    writes: list[Write] = field(default_factory=list)
    beside: list[Write] = field(default_factory=list)
    stayed: list[Cell] = field(default_factory=list)


class _Line(NamedTuple):
    cid: int
    rid: int
    fid: int
    kind: str
    id: str
    cell: str
    stands: Stamp | None  # the only head of the cell, when it says what the edit said


MADE = """SELECT e.eid, r.device, e.seq, a.worker, e.action, e.at_ms FROM edit e JOIN replica r USING(did)
JOIN author a ON a.wid = e.wid"""
LINES = f"""SELECT c.cid, c.rid, c.fid, n.kind, n.id, f.cell, c.value FROM change c
JOIN entity n ON n.rid = c.rid JOIN cell_name f ON f.fid = c.fid
WHERE c.cid {changes_of("?")} ORDER BY c.cid"""
HEADS = f"""SELECT r.device, e.seq, c.value FROM {STANDING} WHERE h.rid = ? AND h.fid = ?"""
FIRST = f"SELECT {edit_of('min(first)')} FROM edited WHERE rid = ?"
LATER = f"SELECT 1 FROM edited WHERE rid = ? AND {edit_of('first')} > ?"
BASES = f"""SELECT c.value FROM base b JOIN replica r ON r.did = b.did
LEFT JOIN edit e ON e.did = b.did AND e.seq = b.seq
LEFT JOIN change c ON c.cid {changes_of("e.eid")} AND c.rid = b.rid AND c.fid = b.fid
WHERE b.rid = ? AND b.fid = ? AND b.cid = ? ORDER BY {GREATEST}"""
HEAD = f"""SELECT {edit_of("h.cid")} FROM head h JOIN entity n ON n.rid = h.rid
JOIN cell_name f ON f.fid = h.fid WHERE n.kind = ? AND n.id = ? AND f.cell = ?"""


def edit_by(session: Reading, stamp: Stamp) -> Made | None:
    """The edit with a stamp, None when it is not here."""
    return _made(session, f"{MADE} WHERE r.device = ? AND e.seq = ?", *stamp)


def edit_behind(session: Reading, kind: str, id: str, cell: str) -> Made | None:
    """The edit that gave a cell its value; None when it has none, or more than one."""
    heads = session.connection.execute(HEAD, (kind, id, cell)).fetchall()
    return _made(session, f"{MADE} WHERE e.eid = ?", heads[0][0]) if len(heads) == 1 else None


VALUE = f"""SELECT c.value FROM change c JOIN entity n ON n.rid = c.rid JOIN cell_name f ON f.fid = c.fid
WHERE c.cid {changes_of("?")} AND n.kind = ? AND n.id = ? AND f.cell = ?"""


def value_in(session: Reading, edit: Made, kind: str, id: str, cell: str) -> Value:
    """What an edit put into a cell; None also when it put nothing there."""
    row = session.connection.execute(VALUE, (edit.eid, edit.eid, kind, id, cell)).fetchone()
    return Opened(b"", bytes(row[0])).value if row and row[0] else None


def _made(session: Reading, query: str, *values: object) -> Made | None:
    row = session.connection.execute(query, values).fetchone()
    return Made(row[0], Stamp(row[1], row[2]), *row[3:]) if row else None


def inverse(session: Reading, edit: Made) -> Inverse:
    """A record the edit made is deleted; where others have written on it since, it stays whole."""
    found = Inverse()
    of_record: dict[int, list[_Line]] = {}
    for row in session.connection.execute(LINES, (edit.eid, edit.eid)).fetchall():
        cid, rid, fid, kind, id, cell, value = row
        line = _Line(cid, rid, fid, kind, id, cell, _stands(session, rid, fid, value))
        of_record.setdefault(line.rid, []).append(line)
    for rid, lines in of_record.items():
        if session.connection.execute(FIRST, (rid,)).fetchone()[0] == edit.eid:
            _unmake(session, edit, lines, found)
        else:
            _put_back(session, lines, found)
    return found


def _stands(session: Reading, rid: int, fid: int, value: bytes | None) -> Stamp | None:
    heads = session.connection.execute(HEADS, (rid, fid)).fetchall()
    if len(heads) != 1 or value is None or heads[0][2] != value:
        return None
    return Stamp(*heads[0][:2])


def _unmake(session: Reading, edit: Made, lines: list[_Line], found: Inverse) -> None:
    first = lines[0]
    touched = session.connection.execute(LATER, (first.rid, edit.eid)).fetchone()
    if touched or not all(line.stands for line in lines):
        found.stayed.append((first.kind, first.id, DELETED))
    else:
        found.writes.append(Write(first.kind, first.id, {DELETED: True}))


def _put_back(session: Reading, lines: list[_Line], found: Inverse) -> None:
    values: dict[str, Value] = {}
    seen: dict[str, tuple[Stamp, ...]] = {}
    for line in lines:
        before = list(dict.fromkeys(_before(session, line)))
        if not line.stands or (before and before[0] is None):  # what stood there is not here, or was erased
            found.stayed.append((line.kind, line.id, line.cell))
            continue
        several = [_put(line, line.stands, text) for text in before if text]
        if len(several) > 1:
            found.writes.append(several[0])
            found.beside += several[1:]
        else:
            seen[line.cell] = (line.stands,)
            values[line.cell] = _opened(before[0]) if before else None
    if values:
        found.writes.append(Write(lines[0].kind, lines[0].id, {}, seen, extra=values))


def _put(line: _Line, over: Stamp, text: bytes) -> Write:
    return Write(line.kind, line.id, {}, {line.cell: (over,)}, {line.cell: _opened(text)}, again=True)


def _opened(text: bytes | None) -> Value:
    return Opened(b"", text).value if text else None


def _before(session: Reading, line: _Line) -> Iterator[bytes | None]:
    """Canonical values the author saw in the cell, the one shown first; None for one that is not here."""
    for (value,) in session.connection.execute(BASES, (line.rid, line.fid, line.cid)):
        yield None if value is None else bytes(value)
