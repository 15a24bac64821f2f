"""Boxes: they open for one key, whole or not at all."""

from __future__ import annotations

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgz_desktop.vault import sealing
from sgz_desktop.vault.keys import Key


def test_sealed_to_a_public_key_and_opened() -> None:
    identity = sealing.new_identity()
    box = sealing.seal_to(sealing.recipient_of(identity), b"secret")
    assert sealing.open_with(identity, box) == b"secret"
    with pytest.raises(sealing.BadBox):
        sealing.open_with(sealing.new_identity(), box)


def test_a_box_changed_in_any_byte_or_cut_does_not_open() -> None:
    identity = sealing.new_identity()
    box = sealing.seal_to(sealing.recipient_of(identity), bytes(32))
    for place in range(len(box)):
        flipped = box[:place] + bytes([box[place] ^ 1]) + box[place + 1 :]
        for bad in (flipped, box[:place]):
            with pytest.raises(sealing.BadBox):
                sealing.open_with(identity, bad)


def test_a_passphrase_stanza_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """A work factor of 23 would cost a minute and eight gigabytes, so the library must not even see it."""
    seen: list[bytes] = []
    monkeypatch.setattr(pyrage, "decrypt", lambda box, _: seen.append(box) or b"")
    costly = b"age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 23\nAAAA\n--- AAAA\n"
    second = costly.replace(b"-> scrypt", b"-> X25519 AAAA\nAAAA\n-> scrypt")
    for box in (costly, second, b"", b"x" * 10_000):
        with pytest.raises(sealing.BadBox):
            sealing.open_with(sealing.new_identity(), box)
    assert seen == []


def test_wrapped_under_a_key_and_bound_to_its_place() -> None:
    key = Key.new()
    nonce, box = sealing.wrap(key, b"secret", b"here")
    assert sealing.unwrap(key, nonce, box, b"here") == b"secret"
    for bad in (
        (Key.new(), nonce, box, b"here"),
        (key, nonce, box, b"there"),
        (key, bytes(12), box, b"here"),
        (key, nonce[:-1], box, b"here"),
        (key, nonce, box[:-1], b"here"),
        (key, nonce, b"", b"here"),
    ):
        with pytest.raises(sealing.BadBox):
            sealing.unwrap(*bad)


@given(st.binary(min_size=32, max_size=32))
def test_identity_text_and_bytes_are_the_same_thing(secret: bytes) -> None:
    identity = sealing.identity_from(secret)
    assert sealing.identity_bytes(identity) == secret
    assert sealing.recipient_of(identity).startswith("age1")  # the library takes our Bech32


def test_not_an_identity_not_a_recipient() -> None:
    with pytest.raises(sealing.BadBox):
        sealing.recipient_of("AGE-SECRET-KEY-1QQQQ")
    with pytest.raises(sealing.BadBox):
        sealing.seal_to("age1qqqq", b"secret")
    assert not sealing.is_recipient("age1qqqq")
    assert sealing.is_recipient(sealing.recipient_of(sealing.new_identity()))
