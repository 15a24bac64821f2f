"""Who may open the store. Each call gives a new list of slots; `rotation` puts it in place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sgz_desktop.errors import AppError
from sgz_desktop.vault.keys import Key
from sgz_desktop.vault.passphrase import check_passphrase
from sgz_desktop.vault.slot_boxes import new_key_slot, new_worker_slot, seal_root
from sgz_desktop.vault.slot_seal import check_seal, sealed
from sgz_desktop.vault.slots import Holder, KeySlot, Slots, WorkerSlot, new_id
from sgz_desktop.vault.stretch import DEFAULT, Argon2Params, typed
from sgz_desktop.vault.unlocking import Unlocked, unwrapped


def add_worker(
    slots: Slots,
    unlocked: Unlocked,
    user: str,
    passphrase: str,
    roles: Iterable[str],
    *,
    params: Argon2Params = DEFAULT,
    worker_id: str | None = None,
) -> Slots:
    """Let one more worker in. AppError when the name is taken or the passphrase too weak."""
    check_seal(slots, unlocked.root)
    if not user.strip() or any(
        typed(user).casefold() == typed(slot.user).casefold() for slot in slots.workers
    ):
        raise AppError("这个姓名已经有了或没有填，请换一个写法。")
    check_passphrase(passphrase, about=(user, slots.station))
    slot = new_worker_slot(
        slots,
        unlocked.root,
        user=user,
        passphrase=passphrase,
        roles=roles,
        params=params,
        worker_id=worker_id or new_id(),
    )
    return sealed(replace(slots, workers=(*slots.workers, slot)), unlocked.root, slots)


def change_passphrase(
    slots: Slots,
    unlocked: Unlocked,
    user: str,
    old: str,
    new: str,
    *,
    params: Argon2Params = DEFAULT,
) -> Slots:
    """A worker's own change: the key pair stays, wrapped anew. WrongPassphrase when `old` is not theirs."""
    check_seal(slots, unlocked.root)
    slot, identity = unwrapped(slots, user, old)
    check_passphrase(new, about=(user, slots.station))
    fresh = _rewrapped(slots, unlocked.root, slot, new, params, identity)
    return _with_slot(slots, unlocked.root, fresh)


def reset_passphrase(
    slots: Slots, unlocked: Unlocked, user: str, new: str, *, params: Argon2Params = DEFAULT
) -> Slots:
    """A forgotten passphrase, reset by a colleague: a new key pair as well."""
    check_seal(slots, unlocked.root)
    slot = _known(slots, user)
    check_passphrase(new, about=(user, slots.station))
    fresh = _rewrapped(slots, unlocked.root, slot, new, params)
    return _with_slot(slots, unlocked.root, fresh)


def change_roles(slots: Slots, unlocked: Unlocked, user: str, roles: Iterable[str]) -> Slots:
    """Give a worker other roles; their passphrase is not needed."""
    check_seal(slots, unlocked.root)
    return _with_slot(slots, unlocked.root, replace(_known(slots, user), roles=tuple(roles)))


def set_holder(slots: Slots, unlocked: Unlocked, kind: Holder, recipient: str) -> Slots:
    """A new recovery card, or the county's public key, in place of the one before.

    The one before still opens older copies of this file and of the store: after a lost card, `rotate` too.
    """
    check_seal(slots, unlocked.root)
    others = tuple(slot for slot in slots.keys if slot.kind != kind)
    fresh = new_key_slot(slots, unlocked.root, kind, recipient)
    return sealed(replace(slots, keys=(*others, fresh)), unlocked.root, slots)


def drop_holder(slots: Slots, unlocked: Unlocked, kind: Holder) -> tuple[Slots, Unlocked]:
    """The list without such a holder, and a new root key, which they do not have, sealed to all others.

    The store must then be rekeyed: see `rotation`. AppError when there is none.
    """
    check_seal(slots, unlocked.root)
    if slots.holder(kind) is None:
        raise AppError("没有登记过这把密钥，没有改动。")
    root = Key.new()
    staying = replace(slots, keys=tuple(slot for slot in slots.keys if slot.kind != kind))
    return sealed(_under(root, staying), root, slots), replace(unlocked, root=root)


def rotate(slots: Slots, unlocked: Unlocked, without: str | None = None) -> tuple[Slots, Unlocked]:
    """A new root key, sealed to everyone who stays; their passphrases are not needed.

    `without` is the worker who leaves. The store must then be rekeyed: see `rotation`. AppError when the
    name is unknown or one's own.
    """
    check_seal(slots, unlocked.root)
    if without is not None:
        _known(slots, without)
        if without == unlocked.user:
            raise AppError("不能移除自己，请让同事来做。")
    staying = tuple(slot for slot in slots.workers if slot.user != without)
    if not staying:
        raise AppError("至少要留一个人能打开资料。")
    root = Key.new()
    fresh = _under(root, replace(slots, workers=staying))
    return sealed(fresh, root, slots), replace(unlocked, root=root)


def recover(
    slots: Slots,
    unlocked: Unlocked,
    user: str,
    new: str,
    recipient: str,
    *,
    params: Argon2Params = DEFAULT,
) -> tuple[Slots, Unlocked]:
    """What opening with the recovery card leads to, as one change: a forgotten passphrase anew, the card
    `recipient` in place of the one that was used, and a new root key sealed to everyone.

    The store must then be rekeyed: see `rotation`. AppError for an unknown name or a weak passphrase.
    """
    check_seal(slots, unlocked.root)
    known = _known(slots, user)
    check_passphrase(new, about=(user, slots.station))
    root = Key.new()
    fresh = _rewrapped(slots, root, known, new, params)
    workers = tuple(fresh if slot.id == fresh.id else slot for slot in slots.workers)
    others = tuple(slot for slot in slots.keys if slot.kind != "recovery")
    card = new_key_slot(slots, root, "recovery", recipient)
    changed = _under(root, replace(slots, workers=workers, keys=(*others, card)))
    return sealed(changed, root, slots), replace(unlocked, root=root)


def is_outdated(slots: Slots, user: str, policy: Argon2Params = DEFAULT) -> bool:
    """Whether a passphrase is wrapped at a lower price than today's; `change_passphrase` mends it."""
    params = _known(slots, user).params
    return (params.memory_kib, params.passes) < (policy.memory_kib, policy.passes)


def _under(root: Key, slots: Slots) -> Slots:
    """The list with another root key sealed to everyone in it; the list's own seal is yet to come."""

    def box(slot: WorkerSlot | KeySlot) -> bytes:
        return seal_root(slots.store_id, slot.id, slot.recipient, root)

    workers = tuple(replace(slot, sealed_root=box(slot)) for slot in slots.workers)
    return replace(slots, workers=workers, keys=tuple(replace(s, sealed_root=box(s)) for s in slots.keys))


def _known(slots: Slots, user: str) -> WorkerSlot:
    slot = slots.worker(user)
    if slot is None:
        raise AppError("没有这个人，请核对姓名。")
    return slot


def _rewrapped(
    slots: Slots, root: Key, slot: WorkerSlot, new: str, params: Argon2Params, identity: str | None = None
) -> WorkerSlot:
    return new_worker_slot(
        slots,
        root,
        user=slot.user,
        passphrase=new,
        roles=slot.roles,
        params=params,
        worker_id=slot.worker_id,
        identity=identity,
        slot_id=slot.id,
    )


def _with_slot(slots: Slots, root: Key, fresh: WorkerSlot) -> Slots:
    workers = tuple(fresh if slot.id == fresh.id else slot for slot in slots.workers)
    return sealed(replace(slots, workers=workers), root, slots)
