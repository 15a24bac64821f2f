"""Cells that hold several values after computers were brought together, and records that one computer deleted
while another went on with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlmodel import col

from sgz_desktop.domain.edits import Stamp
from sgz_desktop.domain.fields import Care, DayKind
from sgz_desktop.domain.records import BY_KIND, RECORDS
from sgz_desktop.domain.records.base import Record, Surface, questions, row_fields
from sgz_desktop.store import read
from sgz_desktop.store.inverse import DELETED
from sgz_desktop.store.schema import GREATEST
from sgz_desktop.store.search_records import whose
from sgz_desktop.store.session import Reading

SOME = 500  # ids in one query
ATTACHED = "parent"  # names a record of any kind


@dataclass(frozen=True)
class Held:
    """One value a cell holds: the edit that put it there, its author's id and name, when (UTC ms), and the
    letter of the computer. `text` is canonical, None where withheld."""

    stamp: Stamp
    worker: str
    name: str
    at_ms: int
    letter: str
    text: bytes | None


@dataclass(frozen=True)
class Open:
    """A cell in conflict with all that stands in it, the greatest first."""

    kind: str
    id: str
    cell: str
    held: tuple[Held, ...]


@dataclass(frozen=True)
class Crossed:
    """A record that one computer `deleted` while another, `edited` being its last edit, wrote these cells."""

    kind: str
    id: str
    deleted: Held
    edited: Held
    cells: tuple[str, ...]


@dataclass(frozen=True)
class About:
    """Whom a record is about and its own day or number, '' where not known; `opens` is the record (kind, id)
    in whose form it is filled in: itself, or the one it is a row of."""

    name: str = ""
    day: str = ""
    number: str = ""
    opens: tuple[str, str] | None = None


AUTHOR = """JOIN edit e ON e.eid = c.eid JOIN replica r ON r.did = e.did JOIN author a ON a.wid = e.wid
LEFT JOIN r_worker w ON w.id = a.worker LEFT JOIN r_device v ON v.id = r.device"""
HELD = "r.device, e.seq, a.worker, coalesce(w.name, ''), e.at_ms, coalesce(v.letter, ''), c.value"
OPEN = f"""SELECT n.kind, n.id, f.cell, {HELD} FROM conflict x
JOIN entity n ON n.rid = x.rid JOIN cell_name f ON f.fid = x.fid
JOIN head h ON h.rid = x.rid AND h.fid = x.fid JOIN change c ON c.cid = h.cid {AUTHOR}
{{which}} ORDER BY n.kind, n.id, f.cell, {GREATEST}"""
OF_ONE = "WHERE n.kind = ? AND n.id = ?"


def open_cells(session: Reading, kind: str = "", id: str = "") -> list[Open]:
    """Every cell in conflict of the records that may be seen, or of one record."""
    which = (OF_ONE, (kind, id)) if id else ("", ())
    rows = session.connection.execute(OPEN.format(which=which[0]), which[1])
    cells = groupby(rows, key=itemgetter(0, 1, 2))
    return [Open(of[0], of[1], of[2], tuple(_held(row[3:]) for row in lines)) for of, lines in cells]


def _held(row: Sequence[Any]) -> Held:
    device, seq, worker, name, at_ms, letter, text = row
    return Held(Stamp(device, seq), worker, name, at_ms, letter, None if text is None else bytes(text))


# What the deletion cannot have known: it came later in the order of all edits, or it reached this computer,
# which deleted, only after that.
CROSSED = f"""SELECT s.id, g.cell, y.cid, {HELD}
FROM r_{{kind}} s JOIN cell_name f ON f.kind = '{{kind}}' AND f.cell = '{DELETED}'
JOIN head h ON h.rid = s.rid AND h.fid = f.fid JOIN change c ON c.cid = h.cid {AUTHOR}
JOIN head y ON y.rid = s.rid AND y.fid <> f.fid JOIN cell_name g ON g.fid = y.fid
JOIN change yc ON yc.cid = y.cid JOIN edit ye ON ye.eid = yc.eid
WHERE s.deleted = 1 {{own}} AND CAST(c.value AS TEXT) = 'true' AND ye.did <> e.did
AND (ye.clock > e.clock OR (r.device = ?1 AND ye.eid > e.eid)) AND (?2 = '' OR s.id = ?2)
AND NOT EXISTS (SELECT 1 FROM conflict x WHERE x.rid = s.rid AND x.fid = f.fid)
ORDER BY s.rid, ye.clock DESC"""
EDITED = f"SELECT {HELD} FROM change c {AUTHOR} WHERE c.cid = ?"
MERGED = {"person": "AND s.merged_into IS NULL"}  # it lives on in another file and is taken apart


def crossed(session: Reading, device: str, kind: str = "", id: str = "") -> Iterator[Crossed]:
    """Records one computer deleted and another edited without knowing; `device` is this computer's id. Of one
    record where `id` names it."""
    for record in (BY_KIND.get(kind),) if kind else RECORDS:
        if record is None:
            return
        query = CROSSED.format(kind=record.KIND, own=MERGED.get(record.KIND, ""))
        rows = session.connection.execute(query, (device, id)).fetchall()
        for of, lines in groupby(rows, key=itemgetter(0)):
            every = list(lines)
            edited = session.connection.execute(EDITED, (every[0][2],)).fetchone()
            cells = tuple(dict.fromkeys(line[1] for line in every))
            yield Crossed(record.KIND, of, _held(every[0][3:]), _held(edited), cells)


def about(session: Reading, kind: str, ids: Sequence[str]) -> dict[str, About]:
    """id → whom records of a kind are about, and what tells which they are; deleted ones too."""
    if kind not in BY_KIND:
        return {}
    record = BY_KIND[kind]
    asked = questions(record)
    plain = [name for name, q in asked.items() if isinstance(q.kind, DayKind) and q.ask.care is Care.PLAIN]
    found: dict[str, About] = {}
    for at in range(0, len(ids), SOME):
        some = ids[at : at + SOME]
        rows = read.select_where(session, record, col(record.id).in_(some), deleted=True)
        names = whose(session, kind, [row.rid for row in rows if row.rid is not None])
        for row in rows:
            day = next((str(value) for name in plain if (value := getattr(row, name))), "")
            number = str(getattr(row, "number", None) or "")
            found[str(row.id)] = About(names.get(row.rid or 0, ""), day, number, _opens(row))
    return found


def _opens(row: Record) -> tuple[str, str] | None:
    if Surface.FORM in row.LACKS:
        return None
    owners = _owners().get(row.KIND, ())
    named = ((kind, getattr(row, field)) for kind, field in owners if kind)
    return next(((kind, str(id)) for kind, id in named if id), None) if owners else (row.KIND, str(row.id))


@cache
def _owners() -> dict[str, list[tuple[str, str]]]:
    """Kinds that are rows of another's form → (kind of the other, field that names it); of an attachment,
    which may belong to any, the kind is ''."""
    found: dict[str, list[tuple[str, str]]] = {}
    for record in RECORDS:
        for rows in row_fields(record).values():
            known = rows.parent != ATTACHED
            found.setdefault(rows.kind.KIND, []).append((record.KIND if known else "", rows.parent))
    return found
