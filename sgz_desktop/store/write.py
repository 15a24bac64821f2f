"""record() and record_many(): the only way a worker's change reaches the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.edits import NO_HASH, Draft, Edit, Stamp, Value, seal, tick
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import BASE_CELLS, Question, cells
from sgz_desktop.store.apply import apply
from sgz_desktop.store.names import find_record
from sgz_desktop.store.session import Writing

Seen = Mapping[str, tuple[Stamp, ...]]


@dataclass(frozen=True)
class Write:
    """The fields a person altered on one record. `seen` are the heads they saw, by cell."""

    kind: str
    id: str
    values: Mapping[str, Wire]
    seen: Seen = field(default_factory=dict)
    extra: Mapping[str, Value] = field(default_factory=dict)  # cells of a newer version, kept as they are


def record(
    session: Writing, actor: Actor, reason: str, kind: str, id: str, values: Mapping[str, Wire], seen: Seen
) -> Edit | None:
    """Write the altered fields of one record; None when nothing is altered. See `record_many`."""
    return record_many(session, actor, reason, [Write(kind, id, values, seen)])


def record_many(session: Writing, actor: Actor, reason: str, writes: Sequence[Write]) -> Edit | None:
    """Write several records as one edit, in the caller's transaction: log, heads, state and search index.

    If a head has moved since it was seen, both values stay and `session.conflicts` says so.
    """
    drafts = [draft for write in writes for draft in _drafts(session, write)]
    if not drafts:
        return None
    me = session.identity
    seq, digest, clock = _last(session)
    edit = seal(
        device=me.device,
        epoch=me.epoch,
        seq=seq + 1,
        clock=tick(clock, session.now_ms),
        at_ms=session.now_ms,
        who=actor.worker,
        action=actor.verb,
        prev=digest,
        why=reason,
        drafts=drafts,
    )
    apply(session, [edit])
    return edit


def _last(session: Writing) -> tuple[int, bytes, int]:
    run = session.connection.execute
    row = run("SELECT top_seq, top_hash FROM replica WHERE device = ?", (session.identity.device,)).fetchone()
    clock = run("SELECT last FROM counter WHERE name = 'clock'").fetchone()
    seq, digest = (int(row[0]), bytes(row[1])) if row and row[1] else (0, NO_HASH)
    return seq, digest, int(clock[0]) if clock else 0


def _drafts(session: Writing, write: Write) -> list[Draft]:
    kind = BY_KIND[write.kind]
    rid = find_record(session, write.kind, write.id)
    station = _station(session, rid)
    by_cell: dict[str, Value] = {}
    for name, members in cells(kind).items():
        if any(member.name in write.values for member in members):
            by_cell[name] = _value(session, write, name, members, rid)
    by_cell |= {name: write.values[name] for name in BASE_CELLS if name in write.values}
    by_cell |= write.extra
    unknown = set(write.values) - {m.name for ms in cells(kind).values() for m in ms} - set(BASE_CELLS)
    if unknown:
        raise KeyError(f"{write.kind} has no {', '.join(sorted(unknown))}")
    return [
        Draft(write.kind, write.id, station, cell, value, tuple(write.seen.get(cell, ())))
        for cell, value in by_cell.items()
    ]


def _value(
    session: Writing, write: Write, cell: str, members: tuple[Question, ...], rid: int | None
) -> Value:
    """The value of a cell; a group travels whole, its unaltered members as they stand."""
    if members[0].name == cell and len(members) == 1:
        return write.values[cell]
    names = [member.name for member in members]
    listed = ", ".join(f'"{name}"' for name in names)
    row = session.connection.execute(f"SELECT {listed} FROM r_{write.kind} WHERE rid = ?", (rid,)).fetchone()
    standing = dict(zip(names, row or [None] * len(names), strict=True))
    for member in members:
        if member.kind.wire is bool and standing[member.name] is not None:
            standing[member.name] = bool(standing[member.name])
    return standing | {name: write.values[name] for name in names if name in write.values}


def _station(session: Writing, rid: int | None) -> str:
    if rid is None:
        return session.identity.store_id
    row = session.connection.execute("SELECT station FROM entity WHERE rid = ?", (rid,)).fetchone()
    return str(row[0])
