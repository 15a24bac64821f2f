"""age v1 after its specification (c2sp.org/age), with another library than ours: X25519 and binary only."""

from __future__ import annotations

import base64
import hmac
import os
from collections.abc import Iterator

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = b"age-encryption.org/v1"
CHUNK = 64 * 1024
ONE_USE = bytes(12)


def opened(data: bytes, secret: bytes) -> bytes:
    """The content of a file for the holder of 32 secret bytes; an exception when anything is amiss."""
    key = X25519PrivateKey.from_private_bytes(secret)
    head, mac, payload = _parts(data)
    file_key = next(found for stanza in _stanzas(head) if (found := _unwrapped(stanza, key)))
    assert hmac.compare_digest(mac, _mac(file_key, head))
    stream = ChaCha20Poly1305(_derived(file_key, payload[:16], b"payload"))
    chunks = [payload[at : at + CHUNK + 16] for at in range(16, len(payload), CHUNK + 16)]
    plain = [
        stream.decrypt(nonce, chunk, None) for nonce, chunk in zip(_nonces(len(chunks)), chunks, strict=True)
    ]
    assert plain[-1] or len(plain) == 1
    return b"".join(plain)


def sealed(content: bytes, recipient: bytes) -> bytes:
    """A file that the holder of the secret to these 32 public bytes can open."""
    file_key, nonce = os.urandom(16), os.urandom(16)
    once = X25519PrivateKey.generate()
    share = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(recipient))
    wrapping = _derived(shared, share + recipient, VERSION + b"/X25519")
    box = ChaCha20Poly1305(wrapping).encrypt(ONE_USE, file_key, None)
    head = b"%s\n-> X25519 %s\n%s\n---" % (VERSION, _text(share), _text(box))
    stream = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
    chunks = [content[at : at + CHUNK] for at in range(0, len(content), CHUNK)] or [b""]
    body = [
        stream.encrypt(nonce, chunk, None) for nonce, chunk in zip(_nonces(len(chunks)), chunks, strict=True)
    ]
    return b"".join([head, b" ", _text(_mac(file_key, head)), b"\n", nonce, *body])


def public_of(secret: bytes) -> bytes:
    return X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def _parts(data: bytes) -> tuple[bytes, bytes, bytes]:
    """The header up to its three dashes, its code, and all after it."""
    head, rest = data.split(b"\n---", 1)
    mac, payload = rest[1:].split(b"\n", 1)
    return head + b"\n---", _raw(mac), payload


def _stanzas(head: bytes) -> Iterator[tuple[list[bytes], bytes]]:
    lines = head.split(b"\n")[1:-1]
    while lines:
        words, body = lines.pop(0).split(b" ")[1:], b""
        while len(line := lines.pop(0)) == 64:
            body += _raw(line)
        yield words, body + _raw(line)


def _unwrapped(stanza: tuple[list[bytes], bytes], key: X25519PrivateKey) -> bytes | None:
    words, box = stanza
    if words[0] != b"X25519":
        return None
    share = _raw(words[1])
    shared = key.exchange(X25519PublicKey.from_public_bytes(share))
    wrapping = _derived(shared, share + key.public_key().public_bytes_raw(), VERSION + b"/X25519")
    return ChaCha20Poly1305(wrapping).decrypt(ONE_USE, box, None)


def _nonces(count: int) -> Iterator[bytes]:
    return (number.to_bytes(11, "big") + bytes([number == count - 1]) for number in range(count))


def _mac(file_key: bytes, head: bytes) -> bytes:
    return hmac.digest(_derived(file_key, b"", b"header"), head, "sha256")


def _derived(secret: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, info).derive(secret)


def _text(raw: bytes) -> bytes:
    return base64.b64encode(raw).rstrip(b"=")


def _raw(text: bytes) -> bytes:
    return base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
