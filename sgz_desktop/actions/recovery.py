"""The recovery card: it opens, leaves a trace, and is used up: a new passphrase, a new root key, a new card.

Both functions take no desk: there is none before. The card is one of the tries that are counted.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sgz_desktop import files
from sgz_desktop.actions.station import LOCK, enter, opener, refuse_empty
from sgz_desktop.actions.workers import rekey
from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.ids import uuid7
from sgz_desktop.store.store import utc_ms
from sgz_desktop.vault import members, rotation


def check_card(folder: Path, card_text: str) -> None:
    """Does the card open this station? AppError names a mistyped group; WrongCard; TooManyTries."""
    with files.OneOpener(folder / LOCK):
        refuse_empty(folder)
        rotation.resolve_with_card(folder, card_text, opener(folder)).unlocked.root.drop()


def reset_with_card(folder: Path, card_text: str, user: str, passphrase: str, new_card: str) -> None:
    """Set a forgotten passphrase anew; the store stays closed. `new_card` is the public key of the card that
    takes the old one's place, and must be on paper by now.

    AppError as `check_card`, and for a weak passphrase or an unknown name: then nothing has changed.
    """
    lock = files.OneOpener(folder / LOCK)
    try:
        refuse_empty(folder)
        resolved = rotation.resolve_with_card(folder, card_text, opener(folder))
        slots, renewed = members.recover(resolved.slots, resolved.unlocked, user, passphrase, new_card)
        station = enter(folder, resolved, lock, utc_ms, uuid7)
        try:
            slot = slots.worker(user)
            station.desk.note_access("reset_with_card", slot.worker_id if slot else "", "done")
            if station.is_founder and slot:  # the card opens in nobody's name: its worker tells the new one
                actor = Actor(slot.worker_id, frozenset(slot.roles))
                station.desk = replace(station.desk, actor=actor, user=user)
                station.keep_card_key(new_card)
            rekey(station, slots, renewed.root)
        finally:
            renewed.root.drop()
            station.close()
    except BaseException:
        lock.release()
        raise
