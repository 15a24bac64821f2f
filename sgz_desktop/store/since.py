"""What became of records since a certain edit came here: each cell as it stood then and as it stands now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sgz_desktop.store.histories import Told
from sgz_desktop.store.schema import CHANGE_BITS, CHANGES_OF_RECORD, GREATEST
from sgz_desktop.store.session import Reading


@dataclass(frozen=True)
class Altered:
    """A cell that holds another value than before; `before` None where it held nothing."""

    cell: str
    before: Told | None
    now: Told


@dataclass(frozen=True)
class Since:
    """A record that was written since; `new` when nothing of it was here before. `day` is the local day it
    was first entered on, YYYY-MM-DD."""

    kind: str
    id: str
    new: bool
    day: str
    altered: tuple[Altered, ...]


TOUCHED = """SELECT 1 FROM entity n JOIN edited d ON d.rid = n.rid
WHERE n.kind = ? AND n.id = ? AND d.last >= ? LIMIT 1"""
FIRST = """SELECT min(d.first), date(e.at_ms / 1000, 'unixepoch', 'localtime') FROM entity n
JOIN edited d ON d.rid = n.rid JOIN edit e ON e.eid = d.first >> ? WHERE n.kind = ? AND n.id = ?"""
CELLS = f"""SELECT f.cell, c.value, c.eid > ?, EXISTS (SELECT 1 FROM erased x WHERE x.device = r.device
  AND x.seq = e.seq AND x.kind = n.kind AND x.record = n.id AND x.cell = f.cell)
FROM entity n JOIN {CHANGES_OF_RECORD} JOIN cell_name f ON f.fid = c.fid JOIN edit e ON e.eid = c.eid
JOIN replica r ON r.did = e.did WHERE n.kind = ? AND n.id = ? ORDER BY {GREATEST}, c.cid"""


def first_edit(session: Reading, kind: str, id: str) -> int:
    """The number of the edit that first wrote a record, 0 when nothing of it is here."""
    row = session.connection.execute(FIRST, (CHANGE_BITS, kind, id)).fetchone()
    return int(row[0]) >> CHANGE_BITS if row and row[0] is not None else 0


def since(session: Reading, records: Iterable[tuple[str, str]], upto: int) -> Iterator[Since]:
    """Of some records, (kind, id), those written after the edit numbered `upto`, with what differs now."""
    start = (upto + 1) << CHANGE_BITS
    for kind, id in records:
        if session.connection.execute(TOUCHED, (kind, id, start)).fetchone():
            first, day = session.connection.execute(FIRST, (CHANGE_BITS, kind, id)).fetchone()
            yield Since(kind, id, first >= start, day or "", tuple(_altered(session, kind, id, upto)))


def _altered(session: Reading, kind: str, id: str, upto: int) -> Iterator[Altered]:
    before: dict[str, Told] = {}
    now: dict[str, Told] = {}
    touched = set()
    for cell, value, later, erased in session.connection.execute(CELLS, (upto, kind, id)):
        told = Told(bytes(value) if isinstance(value, bytes) else None, bool(erased))
        now.setdefault(cell, told)
        if later:
            touched.add(cell)
        else:
            before.setdefault(cell, told)
    for cell, told in now.items():
        if cell in touched and before.get(cell) != told:
            yield Altered(cell, before.get(cell), told)
