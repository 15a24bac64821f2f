"""A device's signature."""

from __future__ import annotations

import pytest

from sgz_desktop.domain.ed25519 import verify
from sgz_desktop.domain.signed_words import head_message
from sgz_desktop.vault.device_keys import DeviceKey, new_seed

IDS = ("0f0e0d0c-0000-4000-8000-000000000001", "0f0e0d0c-0000-4000-8000-000000000002")


def test_a_signature_is_this_devices_for_this_head() -> None:
    key = DeviceKey(new_seed())
    message = head_message(*IDS, epoch=1, seq=7, digest=bytes(32))
    signature = key.sign(message)
    assert verify(key.public, message, signature)
    assert not verify(DeviceKey(new_seed()).public, message, signature)
    assert not verify(key.public, message + b"0", signature)


def test_every_part_of_a_head_is_signed() -> None:
    base = (*IDS, 1, 7, bytes(32))
    others = [(IDS[1], *base[1:]), (IDS[0], IDS[0], *base[2:]), (*IDS, 2, 7, bytes(32))]
    others += [(*IDS, 1, 8, bytes(32)), (*IDS, 1, 7, b"x" * 32), (*IDS, 17, 7, bytes(32))]
    assert len({head_message(*parts) for parts in (base, *others)}) == 7


@pytest.mark.parametrize(
    ("public", "signature"), [(b"", b""), (b"x" * 32, b"y" * 64), (b"x" * 31, b"y" * 64)]
)
def test_malformed_is_false(public: bytes, signature: bytes) -> None:
    assert not verify(public, b"message", signature)


def test_a_key_does_not_show_its_seed() -> None:
    seed = new_seed()
    assert seed.hex()[:16] not in repr(DeviceKey(seed))
