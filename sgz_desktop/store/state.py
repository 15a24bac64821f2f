"""Project cells into the record tables: the shown value of every touched cell, and what is in conflict."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

import orjson

from sgz_desktop.domain.fields import FieldKind, Wire
from sgz_desktop.domain.graver import shown_of
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import BASE_CELLS, cells
from sgz_desktop.store.names import cell_of, device_of
from sgz_desktop.store.session import Writing

MAX_INTEGER = 2**63  # a column holds no more
Touched = dict[str, dict[int, str]]  # kind → {rid: id}

TOUCHED = "SELECT rid, kind, id, station FROM entity WHERE rid IN (SELECT rid FROM temp.touched_cell)"
TOUCHED_HEADS = """SELECT t.rid, t.fid, c.eid, c.value FROM temp.touched_cell t
LEFT JOIN head h ON h.rid = t.rid AND h.fid = t.fid LEFT JOIN change c ON c.cid = h.cid
ORDER BY t.rid, t.fid"""


def project(session: Writing) -> Touched:
    """Bring the record tables and the conflict list in step with the heads of the touched cells."""
    touched: Touched = {}
    rows_by_statement: dict[str, list[tuple[Wire, ...]]] = {}
    conflicts: list[tuple[int, int]] = []
    records = {rid: names for rid, *names in session.connection.execute(TOUCHED)}
    for rid, lines in groupby(session.connection.execute(TOUCHED_HEADS).fetchall(), key=itemgetter(0)):
        kind, record, station = records[rid]
        touched.setdefault(kind, {})[rid] = record
        row: dict[str, Wire] = {}
        for fid, heads in groupby(lines, key=itemgetter(1)):
            cell, texts = cell_of(session, fid), _texts(session, list(heads))
            row.update(columns(kind, cell, shown_of(kind, cell, texts)))
            if len(set(texts)) > 1:
                conflicts.append((rid, fid))
                session.conflicts.append((kind, record, cell))
        if kind in BY_KIND:
            statement = _upsert(kind, tuple(row))
            rows_by_statement.setdefault(statement, []).append((rid, record, station, *row.values()))
    for statement, rows in rows_by_statement.items():
        session.connection.executemany(statement, rows)
    session.connection.execute(
        "DELETE FROM conflict WHERE (rid, fid) IN (SELECT rid, fid FROM temp.touched_cell)"
    )
    session.connection.executemany("INSERT INTO conflict VALUES(?, ?)", conflicts)
    _report(session, touched)
    return touched


def _texts(session: Writing, heads: list[tuple[Any, ...]]) -> list[bytes]:
    """What the heads of a cell say, the greatest first."""
    if len(heads) > 1:
        heads.sort(key=lambda head: _rank(session, head[2]), reverse=True)
    return [bytes(head[3]) for head in heads if head[3] is not None]


def _rank(session: Writing, eid: int) -> tuple[int, str, int]:
    query = "SELECT clock, did, seq FROM edit WHERE eid = ?"
    clock, did, seq = session.connection.execute(query, (eid,)).fetchone()
    return clock, device_of(session, did), seq


def _report(session: Writing, touched: Touched) -> None:
    for kind, records in touched.items():
        session.touched.setdefault(kind, set()).update(records.values())


def columns(kind: str, cell: str, text: bytes | None) -> Iterator[tuple[str, Wire]]:
    """The columns a cell fills. A value of another wire type than the column's stays in the log only."""
    members = _members(kind).get(cell)
    if members is None:
        return
    value: Any = None if text is None else orjson.loads(text)
    if members[0][0] != cell or len(members) > 1:
        whole = value if isinstance(value, dict) else {}
        for name, accepts in members:
            yield name, _accepted(accepts, whole.get(name))
    else:
        yield cell, _accepted(members[0][1], value)


def _accepted(kind: FieldKind | None, value: Any) -> Wire:
    if kind is None:
        return value if isinstance(value, bool) else None
    if type(value) is int and not -MAX_INTEGER <= value < MAX_INTEGER:
        return None
    return value if kind.accepts(value) else None


@cache
def _members(kind: str) -> dict[str, tuple[tuple[str, FieldKind | None], ...]]:
    if kind not in BY_KIND:
        return {}
    found: dict[str, tuple[tuple[str, FieldKind | None], ...]] = {
        name: tuple((member.name, member.kind) for member in members)
        for name, members in cells(BY_KIND[kind]).items()
    }
    return found | {name: ((name, None),) for name in BASE_CELLS}


@cache
def _upsert(kind: str, columns: tuple[str, ...]) -> str:
    names = ("rid", "id", "station", *columns)
    kept = ("station", *columns)
    listed = ", ".join(f'"{name}"' for name in names)
    updated = ", ".join(f'"{name}" = excluded."{name}"' for name in kept)
    return (
        f"INSERT INTO r_{kind}({listed}) VALUES({', '.join('?' * len(names))}) "
        f"ON CONFLICT(rid) DO UPDATE SET {updated}"
    )
