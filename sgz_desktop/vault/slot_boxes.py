"""The boxes inside a slot: a worker's identity under the passphrase, the root key under the identity."""

from __future__ import annotations

import os
from collections.abc import Iterable

from sgz_desktop.vault import sealing
from sgz_desktop.vault.keys import KEY_BYTES, Key
from sgz_desktop.vault.slots import FORMAT, Holder, KeySlot, Slots, WorkerSlot, new_id
from sgz_desktop.vault.stretch import SALT_BYTES, Argon2Params, stretch


def bound_to(store_id: str, slot_id: str, params: Argon2Params) -> bytes:
    """What a wrapped identity is tied to: it opens in no other store or slot, nor at another price."""
    return f"sgz-slot/{FORMAT}|{store_id}|{slot_id}|worker|{params}".encode()


def seal_root(store_id: str, slot_id: str, recipient: str, root: Key) -> bytes:
    """The root key sealed to a public key, with the store and slot it belongs to inside."""
    return sealing.seal_to(recipient, _root_context(store_id, slot_id) + root.reveal())


def open_root(store_id: str, slot_id: str, identity: str, box: bytes) -> Key:
    """The root key of `seal_root`; BadBox when it does not open or belongs elsewhere."""
    found = sealing.open_with(identity, box)
    context = _root_context(store_id, slot_id)
    if not found.startswith(context) or len(found) != len(context) + KEY_BYTES:
        raise sealing.BadBox("a box of another store or slot")
    return Key(found[len(context) :])


def new_worker_slot(
    slots: Slots,
    root: Key,
    *,
    user: str,
    passphrase: str,
    roles: Iterable[str],
    params: Argon2Params,
    worker_id: str,
    identity: str | None = None,
    slot_id: str | None = None,
) -> WorkerSlot:
    """A worker's slot. With `identity` the worker keeps their key pair under a new passphrase."""
    identity = identity or sealing.new_identity()
    slot_id = slot_id or new_id()
    salt = os.urandom(SALT_BYTES)
    key = stretch(passphrase, salt, params)
    nonce, wrapped = sealing.wrap(key, identity.encode(), bound_to(slots.store_id, slot_id, params))
    key.drop()
    recipient = sealing.recipient_of(identity)
    box = seal_root(slots.store_id, slot_id, recipient, root)
    return WorkerSlot(
        slot_id, user, worker_id, tuple(roles), params, salt, nonce, wrapped, recipient, sealed_root=box
    )


def new_key_slot(slots: Slots, root: Key, kind: Holder, recipient: str) -> KeySlot:
    """A slot for the recovery card or the county. BadBox when `recipient` is not an age public key."""
    slot_id = new_id()
    return KeySlot(slot_id, kind, recipient, seal_root(slots.store_id, slot_id, recipient, root))


def open_identity(slots: Slots, slot: WorkerSlot, key: Key) -> str:
    """The worker's age identity; BadBox when the passphrase behind `key` is not theirs."""
    binding = bound_to(slots.store_id, slot.id, slot.params)
    return sealing.unwrap(key, slot.nonce, slot.wrapped, binding).decode()


def _root_context(store_id: str, slot_id: str) -> bytes:
    return f"sgz-root/{FORMAT}|{store_id}|{slot_id}|".encode()
