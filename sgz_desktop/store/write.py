"""record() and record_many(): the only way a worker's change reaches the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.edits import NO_HASH, Draft, Edit, Opened, Stamp, Value, canonical, seal, tick
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.graver import shown_of
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import BASE_CELLS, cells
from sgz_desktop.domain.typed_text import tidy_text
from sgz_desktop.errors import AppError
from sgz_desktop.store import enrolment
from sgz_desktop.store.apply import apply
from sgz_desktop.store.names import find_record
from sgz_desktop.store.schema import changes_of
from sgz_desktop.store.session import Writing

Seen = Mapping[str, tuple[Stamp, ...]]


@dataclass(frozen=True)
class Write:
    """The fields a person altered on one record. `seen` are the heads they saw, by cell. `again`: what stands
    is written once more, because somebody stands by it knowing what others did meanwhile."""

    kind: str
    id: str
    values: Mapping[str, Wire]
    seen: Seen = field(default_factory=dict)
    extra: Mapping[str, Value] = field(default_factory=dict)  # cells of a newer version, kept as they are
    again: bool = False


def record(
    session: Writing, actor: Actor, reason: str, kind: str, id: str, values: Mapping[str, Wire], seen: Seen
) -> Edit | None:
    """Write the altered fields of one record; None when nothing is altered. See `record_many`."""
    return record_many(session, actor, reason, [Write(kind, id, values, seen)])


def record_many(session: Writing, actor: Actor, reason: str, writes: Sequence[Write]) -> Edit | None:
    """Write several records as one edit, in the caller's transaction: log, heads, state, and the queue of the
    search index.

    If a head has moved since it was seen, both values stay and `session.conflicts` says so.
    """
    drafts = [draft for write in writes for draft in _drafts(session, write)]
    if not drafts:
        return None
    me = session.identity
    if actor.verb != DECIDE and me.device in enrolment.limits(session):
        raise AppError(*STOPPED)
    seq, digest, clock = _last(session)
    if session.connection.execute(TAKEN, (me.device, seq + 1)).fetchone():
        raise AppError(
            "这台电脑的编号被另一台电脑用过（可能是整机复制的），这次没有保存，已填的内容还在。",
            "请关闭程序再打开，本机会登记为一台新电脑。",
        )
    edit = seal(
        device=me.device,
        epoch=me.epoch,
        seq=seq + 1,
        clock=tick(clock, session.now_ms),
        at_ms=session.now_ms,
        who=actor.worker,
        action=actor.verb,
        prev=digest,
        why=_why(reason),
        drafts=drafts,
    )
    apply(session, [edit])
    return edit


DECIDE = "decide_computer"  # what is signed with the recovery card counts, whoever writes it down
STOPPED = (
    "这台电脑已被停用，这次没有保存，已填的内容还在。",
    "请到“U盘交换”看是谁停用的；可用恢复卡裁定，或重新登记这台电脑。",
)
TAKEN = "SELECT 1 FROM edit JOIN replica r USING(did) WHERE r.device = ? AND seq = ?"


def _why(reason: str) -> str:
    try:
        return tidy_text(reason) or ""
    except ValueError as refused:
        raise AppError("原因写得太长，没有保存，已填的内容还在。", str(refused)) from None


def _last(session: Writing) -> tuple[int, bytes, int]:
    run = session.connection.execute
    row = run("SELECT top_seq, top_hash FROM replica WHERE device = ?", (session.identity.device,)).fetchone()
    clock = run("SELECT max(top_clock) FROM replica").fetchone()
    seq, digest = (int(row[0]), bytes(row[1])) if row and row[1] else (0, NO_HASH)
    aside = run(ASIDE, (session.identity.device, seq)).fetchone()
    seq, digest = (int(aside[0]), bytes(aside[1])) if aside else (seq, digest)
    return seq, digest, int(clock[0] or 0)


# SQL: the last edit of a device that is put aside since it was stopped: its own chain goes on from there
ASIDE = """SELECT f.seq, f.hash FROM forked f JOIN replica r USING(did) JOIN device_limit l USING(device)
 WHERE r.device = ? AND f.seq > l.last AND f.seq > ? ORDER BY f.seq DESC LIMIT 1"""


HEADS = """SELECT f.cell, c.value FROM head h JOIN cell_name f ON f.fid = h.fid JOIN change c ON c.cid = h.cid
 WHERE h.rid = ?"""


def _drafts(session: Writing, write: Write) -> list[Draft]:
    """What of a write differs from what stands; a cell that already holds the value alone is left out."""
    rid = find_record(session, write.kind, write.id)
    heads: dict[str, list[bytes | None]] = {}
    for cell, text in session.connection.execute(HEADS, (rid,)) if rid is not None else ():
        heads.setdefault(cell, []).append(text)
    station = _station(session, rid)
    return [
        Draft(write.kind, write.id, station, cell, value, tuple(write.seen.get(cell, ())))
        for cell, value in _by_cell(session, write, rid).items()
        if write.again or (heads[cell] != [canonical(value)] if cell in heads else value is not None)
    ]


def _by_cell(session: Writing, write: Write, rid: int | None) -> dict[str, Value]:
    cell_of = _cells_of(write.kind)
    if unknown := write.values.keys() - cell_of.keys():
        raise KeyError(f"{write.kind} has no {', '.join(sorted(unknown))}")
    values: dict[str, Value] = {}
    for name, value in write.values.items():
        cell, members = cell_of[name]
        if cell not in values:
            values[cell] = _whole(session, write, cell, members, rid) if members else value
    return values | dict(write.extra)


@cache
def _cells_of(kind: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Field name → its cell and, where the cell is a group, the names of its members."""
    declared = BY_KIND.get(kind)
    if declared is None:
        return {}
    found: dict[str, tuple[str, tuple[str, ...]]] = {name: (name, ()) for name in BASE_CELLS}
    for cell, members in cells(declared).items():
        names = tuple(member.name for member in members)
        found |= dict.fromkeys(names, (cell, () if names == (cell,) else names))
    return found


def _whole(session: Writing, write: Write, cell: str, names: tuple[str, ...], rid: int | None) -> Value:
    """The value of a group, which travels whole: its unaltered members as the person saw them, members this
    version does not know included."""
    seen = _seen_value(session, write, cell, rid)
    whole = dict.fromkeys(names) | (seen if isinstance(seen, dict) else {})
    return whole | {name: write.values[name] for name in names if name in write.values}


SEEN = f"""SELECT e.clock, r.device, e.seq, c.value FROM replica r JOIN edit e ON e.did = r.did
 JOIN change c ON c.cid {changes_of("e.eid")} JOIN cell_name f ON f.fid = c.fid
 WHERE r.device = ? AND e.seq = ? AND c.rid = ? AND f.kind = ? AND f.cell = ? AND c.value IS NOT NULL"""


def _seen_value(session: Writing, write: Write, cell: str, rid: int | None) -> Value:
    """What the form showed of the heads seen, which the merge law ranks."""
    found = [
        tuple(row)
        for stamp in write.seen.get(cell, ())
        for row in session.connection.execute(SEEN, (stamp.device, stamp.seq, rid, write.kind, cell))
    ]
    shown = shown_of(write.kind, cell, [bytes(row[3]) for row in sorted(found, reverse=True)])
    return Opened(b"", shown).value if shown else None


def _station(session: Writing, rid: int | None) -> str:
    if rid is None:
        return session.identity.store_id
    row = session.connection.execute("SELECT station FROM entity WHERE rid = ?", (rid,)).fetchone()
    return str(row[0])
