"""A station whose making was cut short: it holds nothing yet, counts as none and is made anew.

The mark stands in the folder from before the slot list is written until the store is whole, so nothing that
somebody saved can ever lie beside it.
"""

from __future__ import annotations

from pathlib import Path

from sgz_desktop.faults import disk_faults
from sgz_desktop.vault.roster import SLOTS

MARK = "making"


def is_unfinished(folder: Path) -> bool:
    """Was a station being made here when the computer stopped? AppError where we may not look."""
    with disk_faults():
        return (folder / MARK).exists()


def holds_station(folder: Path) -> bool:
    """Is there a whole station in the folder? One that lost its list of slots is still one. AppError where we
    may not look."""
    with disk_faults():
        return ((folder / SLOTS).exists() or any(folder.glob("*.db"))) and not is_unfinished(folder)
