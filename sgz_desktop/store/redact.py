"""Order values to be erased: here at once, and on every computer the order reaches."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable, Iterator, Sequence

import orjson

from sgz_desktop.domain import merge
from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.edits import Edit
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import questions
from sgz_desktop.store.session import Writing
from sgz_desktop.store.write import record

Cell = tuple[str, str, str]  # kind, record id, field or cell

CHANGES_OF = """SELECT r.device, e.seq FROM entity n JOIN cell_name f ON f.kind = n.kind
 JOIN change c ON c.rid = n.rid AND c.fid = f.fid JOIN edit e ON e.eid = c.eid JOIN replica r ON r.did = e.did
 WHERE n.kind = ? AND n.id = ? AND f.cell = ? ORDER BY r.device, e.seq"""


def redact(
    session: Writing, actor: Actor, reason: str, cells: Sequence[Cell], *, reasons: bool = False
) -> Edit | None:
    """Erase all that `cells` ever held, by one redaction record that names every change of them.

    Values and salts leave the log, the state, the search index, drafts of those records and frozen papers
    printed from them; the chain still proves every line. With `reasons` the reasons given for those edits
    are erased too. A redaction itself cannot be erased. None when there is nothing to erase.
    """
    targets = list(dict.fromkeys(_targets(session, cells, reasons)))
    if not targets:
        return None
    values = {"targets": orjson.dumps(targets).decode(), "reason": reason or None}
    return record(session, actor, reason, merge.REDACTION, _new_id(session.now_ms), values, {})


def _targets(
    session: Writing, cells: Iterable[Cell], reasons: bool
) -> Iterator[tuple[str, str, str, str, int]]:
    for kind, id, name in cells:
        if kind == merge.REDACTION:
            continue
        cell = _cell(kind, name)
        for device, seq in session.connection.execute(CHANGES_OF, (kind, id, cell)).fetchall():
            yield kind, id, cell, device, seq
            if reasons:
                yield (*merge.WHY, device, seq)


def _cell(kind: str, name: str) -> str:
    """The cell that carries a field: its group, or itself."""
    asked = questions(BY_KIND[kind]).get(name) if kind in BY_KIND else None
    return asked.cell if asked else name


def _new_id(now_ms: int) -> str:
    """A UUIDv7 (RFC 9562)."""
    noise = int.from_bytes(os.urandom(10))
    bits = now_ms << 80 | 7 << 76 | (noise >> 68) << 64 | 2 << 62 | noise & (1 << 62) - 1
    return str(uuid.UUID(int=bits))
