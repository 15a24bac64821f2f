"""Edits that came without values which computers share: whoever passed them on had not got them or held them
back, and their hashes are the same. They are asked for again, as if they had not come.

What was erased is missing everywhere, and of cells this program does not know nobody can say. A peer that has
answered without them some times is not asked any more.
"""

from __future__ import annotations

from collections.abc import Iterable

from sgz_desktop.domain import merge
from sgz_desktop.domain.edits import Edit, Stamp
from sgz_desktop.domain.fields import Share
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import cells
from sgz_desktop.store import forks, settings
from sgz_desktop.store.schema import changes_of
from sgz_desktop.store.session import Reading, Writing

BARE = "bare"  # by device: number of its first such edit, and how often each peer sent it so
PATIENCE = 3


def looks_bare(edit: Edit) -> bool:
    """Does it lack a value that its author would have sent?"""
    return any(change.opened is None and _is_shared(change.kind, change.cell) for change in edit.changes)


def _is_shared(kind: str, cell: str) -> bool:
    members = cells(BY_KIND[kind]).get(cell) if kind in BY_KIND else None
    return members is not None and members[0].ask.share is not Share.NOBODY


def asked(session: Reading, peer: str) -> dict[str, int]:
    """What a peer is asked for again: device → number of the first edit."""
    kept = settings.get(session, BARE, {})
    return {device: seq for device, (seq, told) in kept.items() if told.get(peer, 0) < PATIENCE}


def note(session: Writing, sender: str, some: Iterable[Stamp]) -> None:
    """Keep which edits of a bundle that was taken in look bare and are, and let go of what has come since."""
    kept = settings.get(session, BARE, {})
    came: dict[str, set[int]] = {}
    for stamp in some:
        came.setdefault(stamp.device, set()).add(stamp.seq)
    found = {}
    for device in kept.keys() | came.keys():
        before, told = kept.get(device, (0, {}))
        numbers = sorted(came.get(device, set()) | ({before} if before else set()))
        first = next((seq for seq in numbers if _is_bare(session, device, seq)), None)
        if first is not None:
            told = dict(told) if first == before else {}
            if first in came.get(device, ()):
                told[sender] = told.get(sender, 0) + 1
            found[device] = [first, told]
    if found != kept:
        settings.put(session, BARE, found)


MISSING = f"""SELECT n.kind, n.id, f.cell FROM change c JOIN entity n ON n.rid = c.rid
 JOIN cell_name f ON f.fid = c.fid WHERE c.value IS NULL AND c.cid {changes_of("?")}"""
EDIT = "SELECT e.eid FROM edit e JOIN replica r USING(did) WHERE r.device = ? AND e.seq = ?"
ERASED = "SELECT 1 FROM erased WHERE (kind, record, cell, device, seq) = (?, ?, ?, ?, ?)"


def _is_bare(session: Reading, device: str, seq: int) -> bool:
    run = session.connection.execute
    row = run(EDIT, (device, seq)).fetchone()
    missing = run(MISSING, (row[0], row[0])).fetchall() if row else ()
    lost = [
        (kind, record, cell)
        for kind, record, cell in missing
        if _is_shared(kind, cell) and not run(ERASED, (kind, record, cell, device, seq)).fetchone()
    ]
    if not lost:
        return False
    aside = merge.erasures(forks.forked(session))  # carried out elsewhere, before that edit was put aside
    return any((*cell, Stamp(device, seq)) not in aside for cell in lost)
