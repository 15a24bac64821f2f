"""The root key and what is drawn from it."""

from __future__ import annotations

import hmac
import os
from enum import StrEnum

KEY_BYTES = 32


class Label(StrEnum):
    """What a derived key is for. Each use has its own label; a label is never given a second use."""

    DATABASE = "database"
    BACKUP = "backup"
    BLOBS = "blobs"
    STATE = "state"
    SLOTS = "slots"


class Key:
    """32 secret bytes that do not show themselves and can be dropped.

    Python cannot promise that no copy stays in memory; the lock page replaces the whole process for that.
    """

    __slots__ = ("_bytes",)
    __hash__ = None  # type: ignore[assignment]  # a key in a set or dict would live for ever

    def __init__(self, data: bytes | bytearray) -> None:
        if len(data) != KEY_BYTES:
            raise ValueError("a key has 32 bytes")
        self._bytes = bytearray(data)

    @classmethod
    def new(cls) -> Key:
        """A fresh random key."""
        return cls(os.urandom(KEY_BYTES))

    def reveal(self) -> bytes:
        """The 32 bytes, for handing to a cipher at once. RuntimeError once dropped."""
        if not self._bytes:
            raise RuntimeError("this key was dropped")
        return bytes(self._bytes)

    def drop(self) -> None:
        """Overwrite and forget the bytes."""
        self._bytes[:] = bytes(len(self._bytes))
        self._bytes.clear()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Key) and hmac.compare_digest(self._bytes, other._bytes)

    def __repr__(self) -> str:
        return "Key(…)" if self._bytes else "Key(dropped)"

    def __reduce__(self) -> str:
        raise TypeError("a key is not written down")


def derive(root: Key, label: Label) -> Key:
    """The key for one use: HKDF-SHA256 (RFC 5869) of the root key, without salt, info = the label."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    info = f"sgz-desktop/1/{label.value}".encode()
    return Key(HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(root.reveal()))
