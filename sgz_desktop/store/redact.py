"""Order values to be erased: here at once, and on every computer the order reaches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import orjson

from sgz_desktop.domain import merge
from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.edits import MAX_VALUE, Edit, canonical
from sgz_desktop.domain.ids import uuid7
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import questions
from sgz_desktop.store.schema import CHANGES_OF_RECORD
from sgz_desktop.store.session import Writing
from sgz_desktop.store.write import Write, record_many

Cell = tuple[str, str, str]  # kind, record id, field or cell
Target = tuple[str, str, str, str, int]  # kind, record id, cell, device, number of the edit

CHANGES_OF = f"""SELECT r.device, e.seq FROM entity n JOIN cell_name f ON f.kind = n.kind
 JOIN {CHANGES_OF_RECORD} AND c.fid = f.fid JOIN edit e ON e.eid = c.eid JOIN replica r ON r.did = e.did
 WHERE n.kind = ? AND n.id = ? AND f.cell = ? ORDER BY r.device, e.seq"""


def redact(
    session: Writing, actor: Actor, reason: str, cells: Sequence[Cell], *, reasons: bool = False
) -> Edit | None:
    """Erase all that `cells` ever held, by redaction records in one edit that name every change of them.

    Values and salts leave the log, the state, the search index, drafts of those records and frozen papers
    printed from them; the chain still proves every line. With `reasons` the reasons given for those edits
    are erased too. A redaction itself cannot be erased. None when there is nothing to erase.
    """
    targets = list(dict.fromkeys(_targets(session, cells, reasons)))
    if not targets:
        return None
    writes = [
        Write(merge.REDACTION, uuid7(session.now_ms), {"targets": text, "reason": reason or None})
        for text in _orders(targets)
    ]
    return record_many(session, actor, reason, writes)


def _orders(targets: Iterable[Target]) -> Iterator[str]:
    """The targets as JSON texts, none longer than a value of the log may be."""
    some: list[Target] = []
    length = 0
    for target in targets:
        size = len(canonical(orjson.dumps(target).decode()))
        if some and length + size > MAX_VALUE - 2:
            yield orjson.dumps(some).decode()
            some, length = [], 0
        some.append(target)
        length += size
    yield orjson.dumps(some).decode()


def _targets(session: Writing, cells: Iterable[Cell], reasons: bool) -> Iterator[Target]:
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
