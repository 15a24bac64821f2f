"""Making a vault and opening it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from sgz_desktop.vault import sealing
from sgz_desktop.vault.card import read_card
from sgz_desktop.vault.keys import Key
from sgz_desktop.vault.passphrase import check_passphrase
from sgz_desktop.vault.slot_boxes import new_key_slot, new_worker_slot, open_identity, open_root
from sgz_desktop.vault.slot_seal import Tampered, check_seal, sealed
from sgz_desktop.vault.slots import Holder, Kind, Slots, WorkerSlot, new_id
from sgz_desktop.vault.stretch import DEFAULT, SALT_BYTES, Argon2Params, stretch
from sgz_desktop.vault.tries import WrongSecret


class WrongPassphrase(WrongSecret):
    """No such user, or not their passphrase: deliberately one and the same."""

    def __init__(self) -> None:
        super().__init__("密码不对，请再试一次。")


class WrongCard(WrongSecret):
    """A whole recovery card, but none of this store's."""

    def __init__(self) -> None:
        super().__init__("这张恢复卡不是这份资料的，请换一张再试。")


class WrongCountyKey(WrongSecret):
    """A whole identity, but not the one of the county this store was sealed to."""

    def __init__(self) -> None:
        super().__init__("这份资料没有加密给这把密钥，打不开。", "请核对是哪个区县的密钥。")


@dataclass(frozen=True, slots=True)
class Unlocked:
    """An open vault. With the recovery card or the county's key `user` and `worker_id` are empty and there
    are no roles."""

    root: Key
    worker_id: str = ""
    user: str = ""
    roles: tuple[str, ...] = ()


def create_vault(
    station: str,
    kind: Kind,
    user: str,
    passphrase: str,
    roles: Iterable[str],
    *,
    params: Argon2Params = DEFAULT,
    recovery: str | None = None,
    store_id: str | None = None,
    worker_id: str | None = None,
) -> tuple[Slots, Unlocked]:
    """A new root key and its first worker. `recovery` is the public key of a `make_card()`.

    AppError when the passphrase is too weak. Nothing is written to disk: see `slot_file.write_first`.
    """
    check_passphrase(passphrase, about=(user, station))
    root = Key.new()
    slots = Slots(store_id or new_id(), kind, station)
    worker = new_worker_slot(
        slots,
        root,
        user=user,
        passphrase=passphrase,
        roles=roles,
        params=params,
        worker_id=worker_id or new_id(),
    )
    slots = replace(slots, workers=(worker,))
    if recovery:
        slots = replace(slots, keys=(new_key_slot(slots, root, "recovery", recovery),))
    return sealed(slots, root, None), unlocked_as(worker, root)


def unlock(slots: Slots, user: str, passphrase: str) -> Unlocked:
    """Open with a passphrase; who calls counts the try (`tries`).

    WrongPassphrase (unknown users too, after the same work); Tampered.
    """
    slot, identity = unwrapped(slots, user, passphrase)
    try:
        if sealing.recipient_of(identity) != slot.recipient:
            raise Tampered
        root = open_root(slots.store_id, slot.id, identity, slot.sealed_root)
    except sealing.BadBox as fault:
        raise Tampered from fault
    check_seal(slots, root)
    return unlocked_as(slot, root)


def unlock_with_card(slots: Slots, card_text: str) -> Unlocked:
    """Open with what is printed on the recovery card; who calls counts the try (`tries`).

    AppError names a mistyped group; WrongCard; Tampered.
    """
    return _unlock_holder(slots, "recovery", read_card(card_text), WrongCard)


def unlock_with_county(slots: Slots, identity: str) -> Unlocked:
    """Open with the county's age identity; who calls counts the try (`tries`). WrongCountyKey; Tampered."""
    return _unlock_holder(slots, "county", identity, WrongCountyKey)


def _unlock_holder(slots: Slots, kind: Holder, identity: str, wrong: Callable[[], WrongSecret]) -> Unlocked:
    slot = slots.holder(kind)
    if slot is None or sealing.recipient_of(identity) != slot.recipient:
        raise wrong()
    try:
        root = open_root(slots.store_id, slot.id, identity, slot.sealed_root)
    except sealing.BadBox as fault:
        raise Tampered from fault
    check_seal(slots, root)
    return Unlocked(root)


def unlocked_as(slot: WorkerSlot, root: Key) -> Unlocked:
    """An open vault in the name of a slot's worker."""
    return Unlocked(root, slot.worker_id, slot.user, slot.roles)


def unwrapped(slots: Slots, user: str, passphrase: str) -> tuple[WorkerSlot, str]:
    """A worker's slot and age identity; WrongPassphrase. An unknown name costs one Argon2id as well."""
    slot = slots.worker(user)
    if slot is None:
        params = slots.workers[0].params if slots.workers else DEFAULT
        stretch(passphrase, bytes(SALT_BYTES), params).drop()
        raise WrongPassphrase
    key = stretch(passphrase, slot.salt, slot.params)
    try:
        return slot, open_identity(slots, slot, key)
    except sealing.BadBox as fault:
        raise WrongPassphrase from fault
    finally:
        key.drop()
