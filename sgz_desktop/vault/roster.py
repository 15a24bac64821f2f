"""Who may open a store, for the page that asks: what of `slots.json` it shows, read without cryptography.

Nothing here is trusted: the whole file is read strictly and checked when somebody unlocks.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

SLOTS = "slots.json"


class Entry(NamedTuple):
    """A worker's name and roles."""

    user: str
    roles: tuple[str, ...]


class Roster(NamedTuple):
    """A store as the unlock page shows it."""

    store_id: str
    kind: str
    station: str
    workers: tuple[Entry, ...]


def read_roster(folder: Path) -> Roster:
    """The roster of a store folder. AppError when the file is missing or damaged."""
    try:
        found = json.loads((folder / SLOTS).read_text(encoding="utf-8"))
        workers = [slot for slot in found["slots"] if slot["kind"] == "worker"]
        entries = tuple(Entry(str(slot["user"]), tuple(map(str, slot["roles"]))) for slot in workers)
        return Roster(str(found["store_id"]), str(found["store_kind"]), str(found["station"]), entries)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        from sgz_desktop.vault.slot_file import read_slots

        slots = read_slots(folder)  # says what is wrong
        entries = tuple(Entry(slot.user, slot.roles) for slot in slots.workers)
        return Roster(slots.store_id, slots.kind, slots.station, entries)
