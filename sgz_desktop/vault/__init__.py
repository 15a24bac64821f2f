"""Passphrase to keys, slots, recovery card, rotation and the state of this computer. Knows no tables.

Everything heavy (cryptography, age) is imported inside the functions that need it: the unlock page
imports this package before it shows.
"""

from __future__ import annotations

from sgz_desktop.vault.card import Card, card_number, make_card, read_card
from sgz_desktop.vault.head import NONE_YET, Head, Verdict, compare
from sgz_desktop.vault.keys import Key, Label, derive
from sgz_desktop.vault.members import (
    add_worker,
    change_passphrase,
    change_roles,
    is_outdated,
    reset_passphrase,
    rotate,
    set_holder,
)
from sgz_desktop.vault.passphrase import check_passphrase, refused
from sgz_desktop.vault.rotation import (
    Resolved,
    begin_rotation,
    drop_rotation,
    finish_rotation,
    resolve,
    resolve_with_card,
)
from sgz_desktop.vault.slot_file import read_slots, write_first
from sgz_desktop.vault.slot_seal import Tampered, check_fingerprint, fingerprint
from sgz_desktop.vault.slots import KeySlot, Slots, WorkerSlot
from sgz_desktop.vault.state import DeviceState, StateFolder
from sgz_desktop.vault.stretch import DEFAULT, Argon2Params
from sgz_desktop.vault.unlocking import Unlocked, WrongPassphrase, create_vault, unlock, unlock_with_card

__all__ = [
    "DEFAULT",
    "NONE_YET",
    "Argon2Params",
    "Card",
    "DeviceState",
    "Head",
    "Key",
    "KeySlot",
    "Label",
    "Resolved",
    "Slots",
    "StateFolder",
    "Tampered",
    "Unlocked",
    "Verdict",
    "WorkerSlot",
    "WrongPassphrase",
    "add_worker",
    "begin_rotation",
    "card_number",
    "change_passphrase",
    "change_roles",
    "check_fingerprint",
    "check_passphrase",
    "compare",
    "create_vault",
    "derive",
    "drop_rotation",
    "fingerprint",
    "finish_rotation",
    "is_outdated",
    "make_card",
    "read_card",
    "read_slots",
    "refused",
    "reset_passphrase",
    "resolve",
    "resolve_with_card",
    "rotate",
    "set_holder",
    "unlock",
    "unlock_with_card",
    "write_first",
]
