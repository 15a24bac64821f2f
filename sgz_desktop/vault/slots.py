"""The list of who may open the store: `slots.json`, readable by anyone, changed only with the root key.

Nothing here is secret: names of workers, public keys and sealed boxes. A seal (HMAC under the root key)
shows a change by someone without the key; the fingerprint kept inside the store shows an older list put back.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Literal

from sgz_desktop.vault.stretch import Argon2Params

FORMAT = 1
Kind = Literal["station", "practice", "county"]
Holder = Literal["recovery", "county"]


@dataclass(frozen=True, slots=True)
class WorkerSlot:
    """One worker: an age identity wrapped under the passphrase, and the root key sealed to that identity."""

    id: str
    user: str
    worker_id: str
    roles: tuple[str, ...]
    params: Argon2Params
    salt: bytes
    nonce: bytes
    wrapped: bytes
    recipient: str
    sealed_root: bytes


@dataclass(frozen=True, slots=True)
class KeySlot:
    """A holder of a printed or distant identity: the recovery card, the county."""

    id: str
    kind: Holder
    recipient: str
    sealed_root: bytes


@dataclass(frozen=True, slots=True)
class Slots:
    """The whole list. `previous` is the fingerprint (hex) of the list this one was made from, "" if none."""

    store_id: str
    kind: Kind
    station: str
    workers: tuple[WorkerSlot, ...] = ()
    keys: tuple[KeySlot, ...] = ()
    previous: str = ""
    seal: str = ""

    def worker(self, user: str) -> WorkerSlot | None:
        """The slot of a user name, compared exactly."""
        return next((slot for slot in self.workers if slot.user == user), None)

    def holder(self, kind: Holder) -> KeySlot | None:
        """The recovery or county slot, if there is one."""
        return next((slot for slot in self.keys if slot.kind == kind), None)


def new_id() -> str:
    """A random id in the form of a UUIDv4."""
    raw = bytearray(os.urandom(16))
    raw[6] = raw[6] & 0x0F | 0x40
    raw[8] = raw[8] & 0x3F | 0x80
    text = raw.hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
