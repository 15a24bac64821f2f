"""What this computer has seen of a store and found gone: kept, so that checks tell it until it is back."""

from __future__ import annotations

from typing import NamedTuple

from sgz_desktop.domain.edits import NO_HASH
from sgz_desktop.store import settings
from sgz_desktop.store.session import Reading, Writing

SEEN = "seen:"
ALTERED = "altered_ms"


class StateHead(NamedTuple):
    """How far a computer remembers to have come: its device, its last edit's number and hash, and those of
    the last line of the access log."""

    device: str
    seq: int
    hash: bytes
    lines: int = 0
    line_hash: bytes = NO_HASH


def remember(session: Writing, head: StateHead) -> None:
    """Keep a head that the store no longer reaches."""
    settings.put(session, SEEN + head.device, [head.seq, head.hash.hex(), head.lines, head.line_hash.hex()])


def remembered(session: Reading) -> list[StateHead]:
    """The heads kept, by device."""
    kept = sorted(settings.starting(session, SEEN).items())
    return [
        StateHead(name.removeprefix(SEEN), seq, bytes.fromhex(digest), lines, bytes.fromhex(line))
        for name, (seq, digest, lines, line) in kept
    ]


def note_altered(session: Writing) -> None:
    """Keep when it was found that the file had been changed while closed."""
    settings.put(session, ALTERED, session.now_ms)


def altered_ms(session: Reading) -> int | None:
    """When that was found, in UTC milliseconds."""
    found = settings.get(session, ALTERED)
    return int(found) if found else None
