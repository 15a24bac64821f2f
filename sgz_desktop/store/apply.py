"""Take edits in: log, heads, state and search index in one pass. The only writer of record tables.

A saved form and a received bundle go through the same `apply`. It agrees with `domain.merge` on every set
of edits, in any order, with repeats, gaps, withheld and erased values, unknown fields and unknown kinds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import orjson

from sgz_desktop.domain import merge
from sgz_desktop.domain.edits import NO_HASH, Change, Edit, Stamp
from sgz_desktop.store import enrolment, forks, search, state
from sgz_desktop.store.erase import erase
from sgz_desktop.store.names import author_id, cell_id, device_id, record_ids
from sgz_desktop.store.schema import CHANGE_BITS, changes_of
from sgz_desktop.store.session import Writing

Rows = list[tuple[int, Edit, Change, int, int]]  # cid, edit, change, rid, fid


@dataclass
class Applied:
    """What a batch brought: edits taken, edits known before, numbers two different edits bear, and numbers of
    edits made after their computer was stopped."""

    taken: int = 0
    known: int = 0
    forked: list[tuple[str, int]] = field(default_factory=list)
    stopped: list[tuple[str, int]] = field(default_factory=list)


def apply(session: Writing, edits: Sequence[Edit]) -> Applied:
    """Take `edits` in, each whole. Edits already here change nothing, but open what was withheld.

    The touched records are queued for the search index; what is erased leaves it at once.
    """
    with session.applying():
        session.connection.execute("DELETE FROM temp.touched_cell")
        stopped, recalled = enrolment.renew(session, edits)
        gone = [forks.displace(session, stopped)]
        sorted_out = _sort_out(session, [*recalled, *edits], enrolment.limits(session))
        fresh, repeated = list(sorted_out.fresh.values()), sorted_out.repeated
        gone.append(forks.displace(session, sorted_out.displaced))
        forks.keep(session, [*sorted_out.aside, *sorted_out.stopped])
        rows = _write_log(session, fresh)
        _open_withheld(session, repeated)
        erased = erase(session, [*fresh, *(edit for _, edit in repeated), *sorted_out.aside])
        _write_heads(session, rows)
        _advance(session, fresh)
        _index(session, [*gone, state.project(session)], at_once=erased)
    twins, beyond = (
        [(edit.device, edit.seq) for edit in aside] for aside in (sorted_out.aside, sorted_out.stopped)
    )
    return Applied(len(fresh), sorted_out.known, twins, beyond)


def _index(session: Writing, parts: Sequence[state.Touched], *, at_once: bool) -> None:
    for touched in parts:
        if at_once:
            search.touch(session.cursor, touched)
        else:
            session.queued += search.queue(session.cursor, touched)
    if at_once:
        search.compact(session)


@dataclass
class _Sorted:
    """Edits of a batch: new ones by (did, seq), those here under their eid, those that do not stand, the eids
    of edits here that no longer stand, and those made after their computer was stopped."""

    fresh: dict[tuple[int, int], Edit] = field(default_factory=dict)
    repeated: list[tuple[int, Edit]] = field(default_factory=list)
    aside: list[Edit] = field(default_factory=list)
    displaced: set[int] = field(default_factory=set)
    stopped: list[Edit] = field(default_factory=list)
    known: int = 0

    def add(self, key: tuple[int, int], edit: Edit, here: tuple[bytes, int] | None) -> None:
        twin = self.fresh.get(key)
        standing = twin.hash if twin else here[0] if here else None
        if standing == edit.hash:
            self.known += 1
            if twin:
                self.fresh[key] = merge.together(twin, edit)
            elif here:
                self.repeated.append((here[1], edit))
        elif standing is not None and standing < edit.hash:
            self.aside.append(edit)
        else:
            self.fresh[key] = edit
            if twin:
                self.aside.append(twin)
            elif here:
                self.displaced.add(here[1])


def _sort_out(session: Writing, edits: Sequence[Edit], last: Mapping[str, int]) -> _Sorted:
    found = _Sorted()
    for edit in edits:
        if last and edit.seq > last.get(edit.device, edit.seq):
            found.stopped.append(edit)
            continue
        key = (device_id(session, edit.device), edit.seq)
        row = session.connection.execute(
            "SELECT hash, eid FROM edit WHERE did = ? AND seq = ?", key
        ).fetchone()
        found.add(key, edit, (bytes(row[0]), int(row[1])) if row else None)
    late = [edit for eid, edit in found.repeated if eid in found.displaced]
    found.repeated = [(eid, edit) for eid, edit in found.repeated if eid not in found.displaced]
    found.aside += late
    return found


def _write_log(session: Writing, fresh: Sequence[Edit]) -> Rows:
    run = session.connection.execute
    last = run("SELECT coalesce(max(eid), 0) FROM edit").fetchone()[0]
    rids = record_ids(session, fresh)
    rows: Rows = []
    edit_rows: list[tuple[object, ...]] = []
    change_rows: list[tuple[object, ...]] = []
    base_rows: list[tuple[int, int, int, int, int]] = []
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for eid, edit in enumerate(fresh, start=last + 1):
        did, wid, why = device_id(session, edit.device), author_id(session, edit.who), edit.why
        edit_rows.append(
            (eid, did, edit.epoch, edit.seq, edit.clock, edit.at_ms, wid, edit.action)
            + ((why.text, why.salt) if why else (None, None))
            + (edit.hash, edit.header)
        )
        for cid, change in enumerate(edit.changes, start=eid << CHANGE_BITS):
            rid, fid = rids[change.kind, change.record], cell_id(session, change.kind, change.cell)
            salt, text = (change.opened.salt, change.opened.text) if change.opened else (None, None)
            rows.append((cid, edit, change, rid, fid))
            spans[eid, rid] = (spans.get((eid, rid), (cid,))[0], cid)
            change_rows.append((cid, eid, rid, fid, salt, text))
            base_rows.extend((rid, fid, device_id(session, b.device), b.seq, cid) for b in change.bases)
    many = session.connection.executemany
    many("INSERT INTO edit VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", edit_rows)
    many("INSERT INTO change VALUES(?, ?, ?, ?, ?, ?)", change_rows)
    many("INSERT INTO edited VALUES(?, ?, ?)", [(rid, *span) for (_, rid), span in spans.items()])
    many("INSERT OR IGNORE INTO base VALUES(?, ?, ?, ?, ?)", base_rows)
    return rows


def _open_withheld(session: Writing, repeated: Sequence[tuple[int, Edit]]) -> None:
    """An edit that came before with values withheld may now bring them."""
    for eid, edit in repeated:
        cids = session.connection.execute(OF_EDIT, (eid, eid))
        for (cid, text), change in zip(cids.fetchall(), edit.changes, strict=True):
            if text is None and change.opened:
                opened = change.opened
                _reopen(session, "change", "cid", cid, "value", "salt", opened.text, opened.salt)
                _touch(session, "cid = ?", (cid,))
        if edit.why:
            _reopen(session, "edit", "eid", eid, "why", "why_salt", edit.why.text, edit.why.salt)


def _reopen(
    session: Writing, table: str, key: str, row: int, text: str, salt: str, body: bytes, grain: bytes
) -> None:
    session.connection.execute(
        f"UPDATE {table} SET {text} = ?, {salt} = ? WHERE {key} = ? AND {text} IS NULL", (body, grain, row)
    )


def _touch(session: Writing, where: str, values: Sequence[object]) -> None:
    session.connection.execute(
        f"INSERT OR IGNORE INTO temp.touched_cell SELECT rid, fid FROM change WHERE {where}", values
    )


OVERTAKEN = f"DELETE FROM head WHERE rid = ? AND fid = ? AND cid {changes_of('?')}"
NEW_HEADS = """INSERT OR IGNORE INTO head
SELECT c.rid, c.fid, c.cid FROM change c JOIN edit e ON e.eid = c.eid
 WHERE c.cid BETWEEN ? AND ? AND NOT EXISTS (SELECT 1 FROM base b
  WHERE b.rid = c.rid AND b.fid = c.fid AND b.did = e.did AND b.seq = e.seq)"""


def _write_heads(session: Writing, rows: Rows) -> None:
    if not rows:
        return
    span = (rows[0][0], rows[-1][0])
    eids = _edits_here(session, {base for _, _, change, _, _ in rows for base in change.bases})
    overtaken = [
        (rid, fid, eids[base], eids[base])
        for _, _, change, rid, fid in rows
        for base in change.bases
        if base in eids
    ]
    session.connection.executemany(OVERTAKEN, overtaken)
    session.connection.execute(NEW_HEADS, span)
    _touch(session, "cid BETWEEN ? AND ?", span)


def _edits_here(session: Writing, stamps: set[Stamp]) -> dict[Stamp, int]:
    """The local numbers of those edits that are here."""
    found = {}
    for stamp in stamps:
        key = (device_id(session, stamp.device), stamp.seq)
        if row := session.connection.execute(
            "SELECT eid FROM edit WHERE did = ? AND seq = ?", key
        ).fetchone():
            found[stamp] = int(row[0])
    return found


ADVANCE = "UPDATE replica SET top_seq = ?, top_hash = ?, top_clock = max(top_clock, ?) WHERE did = ?"
OF_EDIT = f"SELECT cid, value FROM change WHERE cid {changes_of('?')} ORDER BY cid"


def _advance(session: Writing, fresh: Sequence[Edit]) -> None:
    """Move each device's top over what is now contiguous and rightly chained; note the greatest clock."""
    by_stamp = {(edit.device, edit.seq): edit for edit in fresh}
    for device in {edit.device for edit in fresh}:
        did = device_id(session, device)
        top = _top(session, did)
        while (link := _link(session, did, device, top[0] + 1, by_stamp)) and link[0] == top[1]:
            top = (top[0] + 1, link[1])
        clock = max(edit.clock for edit in fresh if edit.device == device)
        session.connection.execute(ADVANCE, (*top, clock, did))
        if device == session.identity.device:
            session.head = top


def _top(session: Writing, did: int) -> tuple[int, bytes]:
    seq, digest = session.connection.execute(
        "SELECT top_seq, top_hash FROM replica WHERE did = ?", (did,)
    ).fetchone()
    return int(seq), bytes(digest) if digest else NO_HASH


def _link(
    session: Writing, did: int, device: str, seq: int, by_stamp: dict[tuple[str, int], Edit]
) -> tuple[bytes, bytes] | None:
    """(prev, hash) of an edit that is here."""
    if edit := by_stamp.get((device, seq)):
        return edit.prev, edit.hash
    row = session.connection.execute(
        "SELECT header, hash FROM edit WHERE did = ? AND seq = ?", (did, seq)
    ).fetchone()
    return (bytes.fromhex(orjson.loads(row[0])["prev"]), bytes(row[1])) if row else None
