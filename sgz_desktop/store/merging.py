"""One person in place of another: everything that names the one is made to name the other."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

import orjson

from sgz_desktop.domain.edits import Stamp
from sgz_desktop.domain.fields import RefKind, Wire
from sgz_desktop.domain.records import BY_KIND, RECORDS
from sgz_desktop.domain.records.base import Question, cells, parent_field, questions
from sgz_desktop.domain.records.registry import ANY, ref_kinds
from sgz_desktop.store.schema import STANDING
from sgz_desktop.store.session import Reading
from sgz_desktop.store.standing import shown
from sgz_desktop.store.write import Seen, Write

PERSON = "person"
MERGED_INTO = "merged_into"
ONCE = ("membership", "presence")  # somebody is in a household, or was seen on a visit, only once
BETWEEN = ("kinship", "obligor")  # nobody is related to themselves


@dataclass(frozen=True)
class Moved:
    """A record that names the person, by which fields, and whether it is one too many afterwards."""

    kind: str
    id: str
    fields: tuple[str, ...]
    spare: bool = False


@cache
def person_fields() -> tuple[tuple[str, str], ...]:
    """(kind, field) of every reference that may name a person."""
    return tuple(
        (record.KIND, name)
        for record in RECORDS
        for name, asked in questions(record).items()
        if isinstance(asked.kind, RefKind) and (asked.kind.kind == ANY or PERSON in ref_kinds(asked.kind))
    )


def named_by(session: Reading, person: str) -> dict[tuple[str, str], list[str]]:
    """(kind, id) of every record that names a person, deleted ones too → by which fields."""
    found: dict[tuple[str, str], list[str]] = {}
    for kind, name in person_fields():
        query = f'SELECT id FROM r_{kind} WHERE "{name}" = ? ORDER BY rid'
        for (id,) in session.connection.execute(query, (person,)):
            found.setdefault((kind, id), []).append(name)
    return found


FILES = f"""WITH RECURSIVE file(id) AS (VALUES(?) UNION
 SELECT p.id FROM r_person p JOIN file ON p.{MERGED_INTO} = file.id WHERE p.deleted = 1)
SELECT id FROM file"""


def files_of(session: Reading, person: str) -> list[str]:
    """The id itself, and those of all files merged into the person's."""
    return [row[0] for row in session.connection.execute(FILES, (person,))]


def moves(session: Reading, keep: str, other: str) -> list[Moved]:
    """What goes over from `other` to `keep`."""
    return [
        Moved(kind, id, tuple(fields), _spare(session, kind, id, keep, other))
        for (kind, id), fields in named_by(session, other).items()
    ]


def _spare(session: Reading, kind: str, id: str, keep: str, other: str) -> bool:
    """Would the record say what another says already, or that somebody is their own relative?"""
    if kind in BETWEEN:
        query = f"SELECT 1 FROM r_{kind} WHERE id = ? AND person IN (?, ?) AND who IN (?, ?)"
        return session.connection.execute(query, (id, keep, other, keep, other)).fetchone() is not None
    if kind not in ONCE:
        return False
    parent = parent_field(BY_KIND[kind])
    ended = " AND s.to_day IS NULL AND k.to_day IS NULL" if kind == "membership" else ""
    query = f"""SELECT 1 FROM r_{kind} s JOIN r_{kind} k ON k."{parent}" = s."{parent}" AND k.person = ?
        AND k.deleted IS NOT 1 WHERE s.id = ?{ended}"""
    return session.connection.execute(query, (keep, id)).fetchone() is not None


def merge_writes(session: Reading, keep: str, other: str, taken: Collection[str], seen: Seen) -> list[Write]:
    """The writes that make `other` part of `keep`. `taken` are cells of a person whose value is taken from
    `other`; `seen` are the heads of `keep` that whoever chose had before them."""
    writes = [_moved(session, one, keep, other) for one in moves(session, keep, other)]
    values = _values(session, other, taken)
    if values:
        writes.append(Write(PERSON, keep, values, seen))
    standing = shown(session, PERSON, other)
    gone: dict[str, Wire] = {MERGED_INTO: keep, "deleted": True}
    return [*writes, Write(PERSON, other, gone, standing.seen if standing else {})]


def _moved(session: Reading, one: Moved, keep: str, other: str) -> Write:
    values: dict[str, Wire] = dict.fromkeys(one.fields, keep)
    seen = {asked.cell: _naming(session, one, asked.cell, other) for asked in _asked(one)}
    if one.spare:
        values["deleted"] = True
        standing = shown(session, one.kind, one.id)
        seen["deleted"] = standing.seen.get("deleted", ()) if standing else ()
    return Write(one.kind, one.id, values, seen)


def _asked(one: Moved) -> Iterator[Question]:
    return (questions(BY_KIND[one.kind])[name] for name in one.fields)


HEADS = f"""SELECT r.device, e.seq, c.value FROM {STANDING} JOIN entity n ON n.rid = h.rid
JOIN cell_name f ON f.fid = h.fid WHERE n.kind = ? AND n.id = ? AND f.cell = ?"""


def _naming(session: Reading, one: Moved, cell: str, other: str) -> tuple[Stamp, ...]:
    """Of the heads of a cell those that name the person: another value somebody gave it stays beside."""
    rows = session.connection.execute(HEADS, (one.kind, one.id, cell)).fetchall()
    return tuple(Stamp(device, seq) for device, seq, text in rows if text and _names(text, one.fields, other))


def _names(text: bytes, fields: Collection[str], person: str) -> bool:
    value = orjson.loads(text)
    return person in ([value.get(name) for name in fields] if isinstance(value, dict) else [value])


def _values(session: Reading, other: str, taken: Collection[str]) -> dict[str, Wire]:
    known = shown(session, PERSON, other)
    members = cells(BY_KIND[PERSON])
    names = [asked.name for cell in taken for asked in members.get(cell, ())]
    return {name: (known.values.get(name) if known else None) for name in names}
