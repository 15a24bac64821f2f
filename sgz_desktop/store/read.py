"""Read records: as they stand, with the heads a form must remember, and with their history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import orjson
from sqlalchemy import ColumnElement
from sqlmodel import select

from sgz_desktop.domain.edits import Stamp
from sgz_desktop.domain.records.base import Record
from sgz_desktop.store.schema import CHANGES_OF_RECORD, GREATEST, STANDING
from sgz_desktop.store.session import Reading

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Standing:
    """One of the values of a cell in conflict: the value, its author and when (UTC ms)."""

    value: Any
    worker: str
    at_ms: int
    stamp: Stamp


@dataclass(frozen=True)
class Loaded(Generic[R]):
    """A record as a form needs it. Pass `seen` back to record() with the altered fields."""

    record: R
    seen: dict[str, tuple[Stamp, ...]]
    conflicts: dict[str, tuple[Standing, ...]]


@dataclass(frozen=True)
class Event:
    """One line of a record's history; `value` is None where withheld or erased."""

    at_ms: int
    worker: str
    action: str
    why: str
    cell: str
    value: Any


def get(session: Reading, kind: type[R], id: str) -> R | None:
    """The record, deleted or not, or None when nothing of it is here."""
    found = select_where(session, kind, _column(kind, "id") == id, deleted=True)
    return found[0] if found else None


def select_where(
    session: Reading,
    kind: type[R],
    *criteria: ColumnElement[bool],
    order_by: Sequence[Any] = (),
    limit: int | None = None,
    deleted: bool = False,
) -> list[R]:
    """Records of a kind that meet the criteria, without deleted ones unless asked."""
    query = select(kind).where(*criteria)
    if not deleted:
        query = query.where(_column(kind, "deleted").is_not(True))
    query = query.order_by(*order_by, _column(kind, "rid")).limit(limit)
    with session.orm() as orm:
        return list(orm.exec(query).all())


def of_parent(session: Reading, kind: type[R], field: str, *parents: str) -> list[R]:
    """Records of a kind whose `field` names one of `parents`, in the order they were made."""
    return select_where(session, kind, _column(kind, field).in_(parents))


def _column(kind: type[Record], name: str) -> Any:
    return getattr(kind, name)


HEADS = f"""SELECT f.cell, r.device, e.seq, c.value, a.worker, e.at_ms FROM {STANDING}
JOIN entity n ON n.rid = h.rid JOIN cell_name f ON f.fid = h.fid JOIN author a ON a.wid = e.wid
WHERE n.kind = ? AND n.id = ? ORDER BY {GREATEST}"""


def load(session: Reading, kind: type[R], id: str) -> Loaded[R] | None:
    """A record with the heads of its cells and the values in conflict, greatest first."""
    record = get(session, kind, id)
    if record is None:
        return None
    standing: dict[str, list[Standing]] = {}
    texts: dict[str, set[bytes]] = {}
    for cell, device, seq, text, worker, at_ms in session.connection.execute(HEADS, (kind.KIND, id)):
        value = None if text is None else orjson.loads(text)
        standing.setdefault(cell, []).append(Standing(value, worker, at_ms, Stamp(device, seq)))
        texts.setdefault(cell, set()).update([] if text is None else [bytes(text)])
    seen = {cell: tuple(item.stamp for item in items) for cell, items in standing.items()}
    conflicts = {cell: tuple(items) for cell, items in standing.items() if len(texts[cell]) > 1}
    return Loaded(record, seen, conflicts)


HISTORY = f"""SELECT e.at_ms, a.worker, e.action, e.why, f.cell, c.value
FROM entity n JOIN {CHANGES_OF_RECORD} JOIN cell_name f ON f.fid = c.fid JOIN edit e ON e.eid = c.eid
JOIN author a ON a.wid = e.wid JOIN replica r ON r.did = e.did WHERE n.kind = ? AND n.id = ?
ORDER BY {GREATEST}, f.cell LIMIT ?"""


def history(session: Reading, kind: str, id: str, limit: int = 1000) -> list[Event]:
    """What happened to a record, newest first."""
    rows = session.connection.execute(HISTORY, (kind, id, limit))
    return [
        Event(at, who, action, _text(why), cell, None if raw is None else orjson.loads(raw))
        for at, who, action, why, cell, raw in rows
    ]


def _text(raw: bytes | None) -> str:
    return str(orjson.loads(raw)) if raw else ""


def exists(session: Reading, kind: str, id: str) -> bool:
    """Is anything of the record here, of a known kind or not?"""
    query = "SELECT 1 FROM entity WHERE kind = ? AND id = ?"
    return session.connection.execute(query, (kind, id)).fetchone() is not None
