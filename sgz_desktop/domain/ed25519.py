"""Is a signature good? For what edits say of computers, and for what comes from outside."""

from __future__ import annotations


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the holder of `public` signed `message` (Ed25519, RFC 8032). False for anything malformed."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
