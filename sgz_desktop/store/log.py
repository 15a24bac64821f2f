"""Read the log: edits for a peer, and the digests by which two stores compare themselves."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

import orjson

from sgz_desktop.domain.edits import MAX_TEXT_ID, Edit, Stamp, canonical, read_edit
from sgz_desktop.domain.fields import Share
from sgz_desktop.domain.graver import shown_of
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import Surface, cells
from sgz_desktop.store.schema import GREATEST, STANDING, changes_of
from sgz_desktop.store.session import Reading

VALUES = f"SELECT salt, value FROM change WHERE cid {changes_of('?')} ORDER BY cid"


def edits(session: Reading, after: dict[str, int] | None = None) -> Iterator[Edit]:
    """Edits by device and number, as received; `after` gives the last number known per device."""
    known = after or {}
    run = session.connection.execute
    for device, did in run("SELECT device, did FROM replica ORDER BY device").fetchall():
        for row in run(f"{EDIT} WHERE did = ? AND seq > ? ORDER BY seq", (did, known.get(device, 0))):
            yield _edit(session, *row)


def edits_from(session: Reading, device: str, first: int) -> Iterator[Edit]:
    """A device's edits from a number on, in order."""
    query = f"{EDIT} WHERE did = (SELECT did FROM replica WHERE device = ?) AND seq >= ? ORDER BY seq"
    for row in session.connection.execute(query, (device, first)):
        yield _edit(session, *row)


def edit_at(session: Reading, eid: int) -> Edit:
    """The edit with a local number, as received."""
    return _edit(session, *session.connection.execute(f"{EDIT} WHERE eid = ?", (eid,)).fetchone())


EDIT = "SELECT eid, header, why_salt, why FROM edit"


def _edit(session: Reading, eid: int, header: bytes, why_salt: bytes | None, why: bytes | None) -> Edit:
    pairs = [_pair(salt, text) for salt, text in session.connection.execute(VALUES, (eid, eid))]
    return read_edit(bytes(header), _pair(why_salt, why), pairs)


def _pair(salt: bytes | None, text: bytes | None) -> list[str] | None:
    return None if salt is None or text is None else [salt.hex(), text.decode()]


SHOWN = f"""SELECT n.kind, n.id, f.cell, c.value FROM {STANDING} JOIN entity n ON n.rid = h.rid
 JOIN cell_name f ON f.fid = h.fid WHERE c.value IS NOT NULL ORDER BY n.kind, n.id, f.cell, {GREATEST}"""


def shown_values(session: Reading) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(kind, id, {name: value}) of everything peers share: unknown fields, unknown kinds and deleted
    records included, unset values and this store's own bookkeeping left out. Sorted by kind and id."""
    rows = session.connection.execute(SHOWN)
    for (kind, record), lines in groupby(rows, key=itemgetter(0, 1)):
        values: dict[str, Any] = {}
        for cell, heads in groupby(lines, key=itemgetter(2)):
            if is_shared(kind, cell) and (text := shown_of(kind, cell, [row[3] for row in heads])):
                values.update(named_values(kind, cell, orjson.loads(text)))
        if values:
            yield kind, record, values


def is_shared(kind: str, cell: str) -> bool:
    """Do peers share the cell? Of unknown kinds and cells, everything."""
    declared = BY_KIND.get(kind)
    if declared is None:
        return True
    if Surface.NDJSON in declared.LACKS:
        return False
    members = cells(declared).get(cell)
    return members is None or members[0].ask.share is not Share.NOBODY


def named_values(kind: str, cell: str, value: Any) -> dict[str, Any]:
    """A cell's values by field name; a group is opened into its members."""
    members = cells(BY_KIND[kind]).get(cell) if kind in BY_KIND else None
    if members and members[0].name != cell and isinstance(value, dict):
        return {
            name: item for name, item in value.items() if item is not None and 0 < len(name) <= MAX_TEXT_ID
        }
    return {} if value is None else {cell: value}


def digest(session: Reading) -> str:
    """SHA-256 over all current set values that peers share; equal stores have equal digests."""
    total = hashlib.sha256()
    for kind, record, values in shown_values(session):
        for name in sorted(values):
            total.update(canonical([kind, record, name, values[name]]) + b"\n")
    return total.hexdigest()


def history_digest(session: Reading) -> str:
    """SHA-256 over all edit hashes by device, epoch and number."""
    total = hashlib.sha256()
    query = "SELECT r.device, e.epoch, e.seq, e.hash FROM edit e JOIN replica r USING(did) ORDER BY 1, 2, 3"
    for device, epoch, seq, digest in session.connection.execute(query):
        total.update(canonical([device, epoch, seq, bytes(digest).hex()]) + b"\n")
    return total.hexdigest()


def counts(session: Reading) -> dict[str, int]:
    """Number of edits and of open conflicts."""
    one = session.connection.execute
    return {
        "edits": one("SELECT count(*) FROM edit").fetchone()[0],
        "open_conflicts": one("SELECT count(*) FROM conflict").fetchone()[0],
    }


def tops(session: Reading) -> dict[str, int]:
    """The last contiguous edit number per device."""
    return dict(session.connection.execute("SELECT device, top_seq FROM replica").fetchall())


def top(session: Reading, device: str) -> tuple[Stamp, bytes] | None:
    """A device's last contiguous edit and its hash."""
    row = session.connection.execute(
        "SELECT top_seq, top_hash FROM replica WHERE device = ?", (device,)
    ).fetchone()
    return (Stamp(device, row[0]), bytes(row[1])) if row and row[1] else None


def hash_at(session: Reading, device: str, seq: int) -> bytes | None:
    """The hash of a device's edit, None when it is not here."""
    row = session.connection.execute(
        "SELECT e.hash FROM edit e JOIN replica r USING(did) WHERE r.device = ? AND e.seq = ?", (device, seq)
    ).fetchone()
    return bytes(row[0]) if row else None
