"""An encrypted database packed small and back, byte for byte: its pages' plain text compressed, their IVs and
HMACs kept.

Ciphertext does not compress, and most pages of a small store are nearly empty. SQLCipher 4: 4096-byte pages
of AES-256-CBC under the raw key, then 16 bytes of IV and 64 of HMAC; the first begins with 16 of salt.
"""

from __future__ import annotations

import zlib

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, IV, TAIL, SALT = 4096, 16, 80, 16


def pack(data: bytes, key: bytes) -> bytes:
    """The packed form of a whole database file under a raw 32-byte key."""
    return zlib.compress(_turned(data, key, decrypt=True), 9)


def unpack(packed: bytes, key: bytes) -> bytes:
    """The file again."""
    return _turned(zlib.decompress(packed), key, decrypt=False)


def _turned(data: bytes, key: bytes, *, decrypt: bool) -> bytes:
    pieces: list[bytes] = []
    for start in range(0, len(data), PAGE):
        page = data[start : start + PAGE]
        head, text, tail = page[: 0 if start else SALT], page[0 if start else SALT : -TAIL], page[-TAIL:]
        cipher = Cipher(algorithms.AES(key), modes.CBC(tail[:IV]))
        worker = cipher.decryptor() if decrypt else cipher.encryptor()
        pieces += [head, worker.update(text) + worker.finalize(), tail]
    return b"".join(pieces)
