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


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the holder of `public` signed `message`. False for anything malformed."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def head_message(store_id: str, device_id: str, epoch: int, seq: int, hash32: bytes) -> bytes:
    """What is signed at bundle, backup and lock: this device's head, of this store, and of nothing else."""
    return f"sgz-head/1|{store_id}|{device_id}|{epoch}|{seq}|{hash32.hex()}".encode()
