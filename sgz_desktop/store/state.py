"""Project cells into the record tables: the shown value of every touched cell, and what is in conflict."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import Any

import orjson

from sgz_desktop.domain.fields import FieldKind, Wire
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import BASE_CELLS, cells
from sgz_desktop.store.session import Writing

MAX_INTEGER = 2**63  # a column holds no more
Touched = dict[str, dict[int, str]]  # kind → {rid: id}

TOUCHED_HEADS = """SELECT t.rid, n.kind, n.id, n.station, f.fid, f.cell, c.value
FROM temp.touched_cell t JOIN entity n ON n.rid = t.rid JOIN cell_name f ON f.fid = t.fid
LEFT JOIN head h ON h.rid = t.rid AND h.fid = t.fid LEFT JOIN replica r ON r.did = h.did
LEFT JOIN change c ON c.cid = h.cid
ORDER BY t.rid, t.fid, h.clock DESC, r.device DESC, h.seq DESC"""


def project(session: Writing) -> Touched:
    """Bring the record tables and the conflict list in step with the heads of the touched cells."""
    touched: Touched = {}
    rows_by_statement: dict[str, list[tuple[Wire, ...]]] = {}
    conflicts: list[tuple[int, int]] = []
    found = session.connection.execute(TOUCHED_HEADS).fetchall()
    for (rid, kind, record, station), lines in groupby(found, key=lambda row: tuple(row[:4])):
        touched.setdefault(kind, {})[rid] = record
        row: dict[str, Wire] = {}
        for (fid, cell), heads in groupby(lines, key=lambda row: (row[4], row[5])):
            texts = [bytes(head[6]) for head in heads if head[6] is not None]
            row.update(columns(kind, cell, texts[0] if texts else None))
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
