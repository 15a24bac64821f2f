"""What stands in the store of one record, by field name, as an export shows it. Serves file import."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson

from sgz_desktop.domain.edits import Stamp
from sgz_desktop.domain.graver import shown_of
from sgz_desktop.store.log import is_shared, named_values
from sgz_desktop.store.schema import GREATEST, STANDING
from sgz_desktop.store.session import Reading


@dataclass(frozen=True)
class Shown:
    """The set values peers share, by field name, and the heads of every cell of the record."""

    values: dict[str, Any]
    seen: dict[str, tuple[Stamp, ...]]


HEADS = f"""SELECT f.cell, r.device, e.seq, c.value FROM {STANDING} JOIN entity n ON n.rid = h.rid
 JOIN cell_name f ON f.fid = h.fid WHERE n.kind = ? AND n.id = ? ORDER BY f.cell, {GREATEST}"""


def shown(session: Reading, kind: str, id: str) -> Shown | None:
    """One record of any kind, known or not; None when nothing of it is here."""
    values: dict[str, Any] = {}
    seen: dict[str, tuple[Stamp, ...]] = {}
    texts: dict[str, list[bytes]] = {}
    for cell, device, seq, text in session.connection.execute(HEADS, (kind, id)):
        seen[cell] = (*seen.get(cell, ()), Stamp(device, seq))
        if text is not None and is_shared(kind, cell):
            texts.setdefault(cell, []).append(text)
    for cell, some in texts.items():
        values |= named_values(kind, cell, orjson.loads(shown_of(kind, cell, some) or b"null"))
    return Shown(values, seen) if seen else None
