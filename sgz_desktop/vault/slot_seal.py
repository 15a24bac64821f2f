"""Is this list of slots the right one?"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace

from sgz_desktop.errors import AppError
from sgz_desktop.vault.keys import Key, Label, derive
from sgz_desktop.vault.slot_file import canonical
from sgz_desktop.vault.slots import Slots


class Tampered(AppError):
    """The list of slots is not the one this store was last used with."""

    def __init__(self) -> None:
        super().__init__("密码文件被改动过，资料没有打开；", "请用最近的备份恢复。")


def fingerprint(slots: Slots) -> bytes:
    """32 bytes that stand for this list; the store keeps them inside."""
    return hashlib.sha256(canonical(slots)).digest()


def sealed(slots: Slots, root: Key, made_from: Slots | None) -> Slots:
    """The list with its seal under `root`, naming the list it replaces."""
    previous = fingerprint(made_from).hex() if made_from is not None else ""
    slots = replace(slots, previous=previous)
    return replace(slots, seal=_seal(slots, root))


def check_seal(slots: Slots, root: Key) -> None:
    """Tampered when the list was changed by someone without the root key."""
    if not hmac.compare_digest(slots.seal.encode(), _seal(slots, root).encode()):
        raise Tampered


def check_fingerprint(slots: Slots, kept: bytes) -> bool:
    """Compare with what the store keeps inside (b"" = nothing yet).

    False: the same list. True: the list made next from the kept one (a crash came between); the store must
    now keep `fingerprint(slots)`. Anything else raises Tampered: an older list, or one of other making.
    """
    if hmac.compare_digest(fingerprint(slots), kept):
        return False
    if slots.previous == kept.hex():
        return True
    raise Tampered


def _seal(slots: Slots, root: Key) -> str:
    return hmac.digest(derive(root, Label.SLOTS).reveal(), canonical(slots), "sha256").hex()
