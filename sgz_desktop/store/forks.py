"""Edits put aside: one of two under one number of one device, as after a computer was copied whole, and what
a computer wrote after it was stopped.

The same rule decides everywhere, whichever came first: the edit with the smaller hash stands. The other is
kept as a wire line in `forked`, out of log and state, where `check` names it. What it orders erased is erased
all the same, and its own values can be erased.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from sgz_desktop.domain import merge
from sgz_desktop.domain.edits import Edit, from_line, to_line
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.store.log import edit_at
from sgz_desktop.store.names import device_id
from sgz_desktop.store.schema import CHANGES_OF_RECORD, GREATEST, changes_of, edit_of
from sgz_desktop.store.session import Reading, Writing

Gone = dict[str, dict[int, str]]  # kind → {rid: id} of records nothing is left of
Erasure = tuple[str, str, str, str, int]  # kind, record, cell, device, seq


def keep(session: Writing, edits: Iterable[Edit]) -> None:
    """Put edits that do not stand aside; one known already may bring values withheld before."""
    run = session.connection.execute
    for edit in edits:
        key = (device_id(session, edit.device), edit.seq, edit.hash)
        known = run("SELECT line FROM forked WHERE did = ? AND seq = ? AND hash = ?", key).fetchone()
        whole = merge.together(from_line(bytes(known[0])), edit) if known else edit
        run("INSERT OR REPLACE INTO forked VALUES(?, ?, ?, ?)", (*key, to_line(whole)))


def forked(session: Reading) -> Iterator[Edit]:
    """The edits that do not stand, by device and number."""
    query = "SELECT line FROM forked JOIN replica r USING(did) ORDER BY r.device, seq, hash"
    for (line,) in session.connection.execute(query).fetchall():
        yield from_line(bytes(line))


def take_back(session: Writing, devices: Collection[str], last: Mapping[str, int]) -> list[Edit]:
    """Take out what is put aside of some devices and is within their limits: it counts again, or is sorted
    out once more."""
    found = [
        edit
        for edit in forked(session)
        if edit.device in devices and edit.seq <= last.get(edit.device, edit.seq)
    ]
    for edit in found:
        session.connection.execute(
            "DELETE FROM forked WHERE did = ? AND seq = ? AND hash = ?",
            (device_id(session, edit.device), edit.seq, edit.hash),
        )
    return found


def blank(session: Writing, row: Erasure) -> int:
    """Erase a value, or the reason, of the edits aside under a number; how many were there."""
    kind, record, cell, device, seq = row
    run, count = session.connection.execute, 0
    for did, line in run(ASIDE, (device, seq)).fetchall():
        edit = from_line(bytes(line))
        bare = _without(edit, (kind, record, cell))
        if bare != edit:
            count += 1
            run("INSERT OR REPLACE INTO forked VALUES(?, ?, ?, ?)", (did, seq, edit.hash, to_line(bare)))
    return count


ASIDE = "SELECT did, line FROM forked JOIN replica r USING(did) WHERE r.device = ? AND seq = ?"


def _without(edit: Edit, cell: merge.Cell) -> Edit:
    if cell == merge.WHY:
        return replace(edit, why=None)
    changes = tuple(
        change._replace(opened=None) if (change.kind, change.record, change.cell) == cell else change
        for change in edit.changes
    )
    return replace(edit, changes=changes)


def displace(session: Writing, eids: Collection[int]) -> Gone:
    """Take edits out of log and heads, put them aside, and let what they overtook stand again. The cells
    are touched; records of which nothing is left are gone."""
    gone: Gone = {}
    for eid in eids:
        edit = edit_at(session, eid)
        keep(session, [edit])
        cells = _take_out(session, eid, edit)
        for rid in {rid for rid, _ in cells}:
            _settle(session, rid, edit, gone)
    return gone


HEADS = f"""INSERT OR IGNORE INTO head SELECT c.rid, c.fid, c.cid
 FROM entity n JOIN {CHANGES_OF_RECORD} JOIN edit e ON e.eid = c.eid
 WHERE n.rid = ? AND c.fid = ? AND NOT EXISTS (SELECT 1 FROM base b
  WHERE b.rid = c.rid AND b.fid = c.fid AND b.did = e.did AND b.seq = e.seq)"""
STALL = """UPDATE replica SET top_seq = :seq - 1, top_hash = (SELECT hash FROM edit WHERE did = :did
 AND seq = :seq - 1) WHERE did = :did AND top_seq >= :seq"""


def _take_out(session: Writing, eid: int, edit: Edit) -> list[tuple[int, int]]:
    """Remove an edit's rows; the cells it had changed."""
    run, did = session.connection.execute, device_id(session, edit.device)
    rows = run(f"SELECT rid, fid, cid FROM change WHERE cid {changes_of('?')}", (eid, eid)).fetchall()
    run(f"DELETE FROM change WHERE cid {changes_of('?')}", (eid, eid))
    run("DELETE FROM edit WHERE eid = ?", (eid,))
    for rid in {rid for rid, _, _ in rows}:
        run(f"DELETE FROM edited WHERE rid = ? AND first {changes_of('?')}", (rid, eid, eid))
    run(STALL, {"did": did, "seq": edit.seq})
    for rid, fid, cid in rows:
        run("DELETE FROM base WHERE rid = ? AND fid = ? AND cid = ?", (rid, fid, cid))
        run("DELETE FROM head WHERE rid = ? AND fid = ? AND cid = ?", (rid, fid, cid))
        run(HEADS, (rid, fid))
        run("INSERT OR IGNORE INTO temp.touched_cell VALUES(?, ?)", (rid, fid))
    return [(rid, fid) for rid, fid, _ in rows]


LAST = f"""SELECT e.eid, e.did FROM edited d JOIN edit e ON e.eid = {edit_of("d.first")}
 JOIN replica r ON r.did = e.did WHERE d.rid = ? ORDER BY {GREATEST} LIMIT 1"""
CLAIM = "UPDATE entity SET station = ?, claim_clock = ?, claim_did = ?, claim_seq = ? WHERE rid = ?"


def _settle(session: Writing, rid: int, edit: Edit, gone: Gone) -> None:
    """A record belongs to whom the greatest edit left names; without any it is gone."""
    run = session.connection.execute
    kind, record = run("SELECT kind, id FROM entity WHERE rid = ?", (rid,)).fetchone()
    last = run(LAST, (rid,)).fetchone()
    if last is None:
        for table in ("entity", "conflict", "to_index", "temp.touched_cell"):
            run(f"DELETE FROM {table} WHERE rid = ?", (rid,))
        if kind in BY_KIND:
            run(f"DELETE FROM r_{kind} WHERE rid = ?", (rid,))
        gone.setdefault(kind, {})[rid] = record
        session.touched.setdefault(kind, set()).add(record)
        return
    left = edit_at(session, last[0])
    station = [one.station for one in left.changes if (one.kind, one.record) == (kind, record)][-1]
    run(CLAIM, (station, left.clock, last[1], left.seq, rid))
