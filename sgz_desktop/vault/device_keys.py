"""A device's signature under the head of its chain of edits."""

from __future__ import annotations

import os

SEED_BYTES = 32


class DeviceKey:
    """An Ed25519 private key that does not show itself."""

    __slots__ = ("_seed", "public")

    def __init__(self, seed: bytes) -> None:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        self._seed = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._seed.public_key().public_bytes_raw()
        """The public key, 32 bytes."""

    def sign(self, message: bytes) -> bytes:
        """64 bytes that only this device can make."""
        return self._seed.sign(message)

    def __repr__(self) -> str:
        return f"DeviceKey({self.public.hex()[:8]}…)"


def new_seed() -> bytes:
    """A fresh private seed, 32 bytes."""
    return os.urandom(SEED_BYTES)
