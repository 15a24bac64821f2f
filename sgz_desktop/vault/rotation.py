"""Putting a new list of slots in place so that a crash at any point leaves a store that opens.

Two things must change together: the list beside the store, and what the store holds inside (its key, and the
fingerprint of the list). The order, all of it under the store's one-opener lock:

1. `begin_rotation` writes the new list as `slots.next.json`;
2. the caller rekeys the database (only after `rotate`) and commits `fingerprint(new)` in it;
3. `finish_rotation` renames it to `slots.json`.

`resolve` is the only way a store is opened: it finds out from the database how far things went.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sgz_desktop import files
from sgz_desktop.errors import AppError
from sgz_desktop.vault.keys import Key
from sgz_desktop.vault.slot_file import MAX_FILE, NEXT, SLOTS, dump, load, read_slots
from sgz_desktop.vault.slot_seal import check_fingerprint
from sgz_desktop.vault.slots import Slots
from sgz_desktop.vault.tries import Tries, WrongSecret
from sgz_desktop.vault.unlocking import Unlocked, unlock, unlock_with_card, unlock_with_county

Opens = Callable[[Key], bytes | None]
"""Try a root key: None when the database does not open with it, else the fingerprint it keeps (b"" = none).
May be called twice, with the key of the list in place and then of the list beside it."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """An open vault whose files are settled. `keep_fingerprint`: the store must keep it anew."""

    slots: Slots
    unlocked: Unlocked
    keep_fingerprint: bool


def begin_rotation(folder: Path, slots: Slots) -> None:
    """Write the new list beside the old one, flushed."""
    files.write_atomic(folder / NEXT, dump(slots), inside=True)


def finish_rotation(folder: Path) -> None:
    """Let the new list take the old one's place."""
    files.move_over(folder / NEXT, folder / SLOTS)


def drop_rotation(folder: Path) -> None:
    """Forget a new list whose change never reached the database."""
    files.discard(folder / NEXT)


def resolve(folder: Path, user: str, passphrase: str, opens: Opens) -> Resolved:
    """Unlock, finishing or dropping a change that a crash cut short. One try of those that are counted.

    WrongPassphrase; TooManyTries; Tampered; AppError when slots and database do not belong together.
    """
    return _resolve(folder, partial(unlock, user=user, passphrase=passphrase), opens)


def resolve_with_card(folder: Path, card_text: str, opens: Opens) -> Resolved:
    """As `resolve`, with the recovery card."""
    return _resolve(folder, partial(unlock_with_card, card_text=card_text), opens)


def resolve_with_county(folder: Path, identity: str, opens: Opens) -> Resolved:
    """As `resolve`, with the county's age identity."""
    return _resolve(folder, partial(unlock_with_county, identity=identity), opens)


def _resolve(folder: Path, unlocker: Callable[[Slots], Unlocked], opens: Opens) -> Resolved:
    store_id = _store_id(folder)
    with Tries(store_id, folder).one():
        waiting = (folder / NEXT).exists()
        try:
            resolved = _opened(read_slots(folder), unlocker, opens)
        except AppError as first:
            if not waiting:
                raise
            resolved = _opened_next(folder, store_id, unlocker, opens, first)
            finish_rotation(folder)
        else:
            if waiting:
                drop_rotation(folder)
        return resolved


def _store_id(folder: Path) -> str:
    """Whose tries are counted: the store's of the list in place, or of the one beside it if it is broken."""
    try:
        return read_slots(folder).store_id
    except AppError:
        if not (folder / NEXT).exists():
            raise
        return _next(folder).store_id


def _opened_next(
    folder: Path, store_id: str, unlocker: Callable[[Slots], Unlocked], opens: Opens, first: AppError
) -> Resolved:
    """The same with the waiting list, if it is of the same store: tries at another's would be counted there.
    If that fails too, a wrong passphrase or card is the thing to say: it is what a worker who was just
    removed gets, for whom the old list unlocks but no longer opens the database.
    """
    try:
        waiting = _next(folder)
        if waiting.store_id != store_id:
            raise first
        return _opened(waiting, unlocker, opens)
    except WrongSecret:
        raise
    except AppError:
        raise first from None


def _next(folder: Path) -> Slots:
    return load(files.read_whole(folder / NEXT, MAX_FILE))


def _opened(slots: Slots, unlocker: Callable[[Slots], Unlocked], opens: Opens) -> Resolved:
    unlocked = unlocker(slots)
    kept = opens(unlocked.root)
    if kept is None:
        raise AppError("密码文件和资料库对不上，资料没有改动；", "请用最近的备份恢复。")
    return Resolved(slots, unlocked, keep_fingerprint=check_fingerprint(slots, kept))
