"""Boxes: small secrets sealed to an age public key or under a key of ours."""

from __future__ import annotations

import os

from sgz_desktop.vault.keys import Key

NONCE_BYTES = 12
MAX_BOX = 4096  # a sealed key is about 400 bytes
_HEADER = b"age-encryption.org/v1\n-> X25519 "
_HRP = "age-secret-key-"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


class BadBox(Exception):
    """A box that does not open with this key, or is not a box. Callers say what that means to a person."""


def new_identity() -> str:
    """A fresh age identity (`AGE-SECRET-KEY-1…`)."""
    from pyrage import x25519

    return str(x25519.Identity.generate())


def recipient_of(identity: str) -> str:
    """The public key (`age1…`) of an identity; BadBox when it is not one."""
    from pyrage import IdentityError, x25519

    try:
        return str(x25519.Identity.from_str(identity).to_public())
    except IdentityError as fault:
        raise BadBox("not an age identity") from fault


def is_recipient(text: str) -> bool:
    """Whether this is an X25519 age public key."""
    from pyrage import RecipientError, x25519

    try:
        x25519.Recipient.from_str(text)
    except RecipientError:
        return False
    return True


def seal_to(recipient: str, secret: bytes) -> bytes:
    """Seal a small secret so that only the holder of the identity opens it. Says nothing of the sender."""
    from pyrage import RecipientError, encrypt, x25519

    try:
        return bytes(encrypt(secret, [x25519.Recipient.from_str(recipient)]))
    except RecipientError as fault:
        raise BadBox("not an age recipient") from fault


def open_with(identity: str, box: bytes) -> bytes:
    """Open what `seal_to` sealed. Only an X25519 stanza is looked at: a passphrase stanza could be
    made to cost minutes and gigabytes before it is refused.
    """
    from pyrage import DecryptError, IdentityError, decrypt, x25519

    if len(box) > MAX_BOX or not box.startswith(_HEADER) or b"\n-> scrypt " in box:
        raise BadBox("not a sealed key")
    try:
        return bytes(decrypt(box, [x25519.Identity.from_str(identity)]))
    except (DecryptError, IdentityError) as fault:
        raise BadBox("does not open") from fault


def wrap(key: Key, secret: bytes, bound_to: bytes) -> tuple[bytes, bytes]:
    """(nonce, ciphertext) of a secret under a key, tied to `bound_to` (ChaCha20-Poly1305)."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    nonce = os.urandom(NONCE_BYTES)
    return nonce, ChaCha20Poly1305(key.reveal()).encrypt(nonce, secret, bound_to)


def unwrap(key: Key, nonce: bytes, box: bytes, bound_to: bytes) -> bytes:
    """The secret that `wrap` wrapped; BadBox when key, bytes or `bound_to` differ in any bit."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    if len(nonce) != NONCE_BYTES or len(box) > MAX_BOX:
        raise BadBox("not a wrapped secret")
    try:
        return ChaCha20Poly1305(key.reveal()).decrypt(nonce, box, bound_to)
    except InvalidTag as fault:
        raise BadBox("does not open") from fault


def identity_bytes(identity: str) -> bytes:
    """The 32 bytes inside an age identity."""
    values = [_BECH32.index(char) for char in identity.lower()[len(_HRP) + 1 : -6]]
    number = 0
    for value in values:
        number = number << 5 | value
    return (number >> 4).to_bytes(32, "big")  # 52 symbols hold 260 bits, the last 4 are padding


def identity_from(secret: bytes) -> str:
    """The age identity of 32 secret bytes (Bech32, BIP 173)."""
    number = int.from_bytes(secret, "big") << 4
    values = [number >> 5 * place & 31 for place in range(51, -1, -1)]
    expanded = [ord(char) >> 5 for char in _HRP] + [0] + [ord(char) & 31 for char in _HRP]
    check = _polymod(expanded + values + [0] * 6) ^ 1
    values += [check >> 5 * place & 31 for place in range(5, -1, -1)]
    return (_HRP + "1" + "".join(_BECH32[value] for value in values)).upper()


def _polymod(values: list[int]) -> int:
    generator = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place in range(5):
            check ^= generator[place] if top >> place & 1 else 0
    return check
