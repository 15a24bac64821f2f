"""Bundles for tests: keys, headers, a sink that keeps all, and content sealed by hand."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyrage
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sgz_desktop.sync import body, envelope, frame
from sgz_desktop.sync.header import Head, Header, Range, Top
from sgz_desktop.sync.reasons import Reason, Refused

IDENTITY = pyrage.x25519.Identity.from_str(
    "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0"
)
US = str(IDENTITY.to_public())
SIGNER = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
HASH, SIGNATURE = "ab" * 32, "cd" * 64
LINES = [b'{"header":"%d","values":[],"why":null}' % number for number in range(40)]


def header(**changes: Any) -> Header:
    """A well-formed header; `changes` replace its fields."""
    plain = Header(
        content="edits",
        store="01900000-0000-7000-8000-000000000001",
        kind="station",
        sender="device-1",
        epoch=1,
        to=("device-2",),
        recipients=(US,),
        n=1,
        made=1_782_777_600_000,
        schema=7,
        have={"device-1": Top(40, HASH)},
        received={"device-2": (Range(1, 3),)},
        ranges={"device-1": Range(1, 40)},
        heads=(Head("device-1", 1, 40, HASH, SIGNATURE),),
    )
    return replace(plain, **changes)


class Kept:
    """A sink that keeps what it gets, and knows whether the signature was good."""

    def __init__(self) -> None:
        self.headers: list[Header] = []
        self.lines: list[bytes] = []
        self.blobs: list[tuple[str, str, bytes]] = []
        self.proven = False

    def header(self, header: Header) -> None:
        self.headers.append(header)

    def line(self, line: bytes) -> None:
        self.lines.append(line)

    def blob(self, sha256: str, size: int, mime: str) -> KeptBlob:
        return KeptBlob(self, sha256, mime)

    def signed(self, header: Header, message: bytes, signature: bytes) -> None:
        try:
            SIGNER.public_key().verify(signature, message)
        except InvalidSignature:
            raise Refused(Reason.FORGED) from None
        self.proven = True


class KeptBlob:
    def __init__(self, kept: Kept, sha256: str, mime: str) -> None:
        self._kept, self._sha256, self._mime = kept, sha256, mime
        self._data = io.BytesIO()

    def write(self, data: bytes, /) -> object:
        return self._data.write(data)

    def close(self) -> None:
        self._kept.blobs.append((self._sha256, self._mime, self._data.getvalue()))


def made(folder: Path, **options: Any) -> bytes:
    """The file of a small bundle of edits."""
    path = folder / "a.sgz"
    told = header(**options)
    envelope.write(path, told, envelope.edit_frames(LINES), told.recipients, SIGNER.sign)
    return path.read_bytes()


def content(told: bytes | None = None, lines: bytes | None = None, **trailer: Any) -> bytes:
    """Plain content with a right trailer, but for what `trailer` changes in it."""
    first = header().to_bytes() if told is None else told
    inside = b"".join(envelope.edit_frames(LINES)) if lines is None else lines
    before = first + b"\n" + inside
    counting = body.hashlib.blake2b(before).hexdigest()
    signature = SIGNER.sign(body.message(header(), counting))
    last = body.Trailer(len(before), counting, signature)._replace(**trailer)
    return before + last.to_bytes() + b"\n"


def sealed(plain: bytes, pack: Callable[[bytes], bytes] | None = None) -> bytes:
    """A file around any content; `pack` compresses it in another way than we do."""
    packed = b"".join(frame.compressed([plain])) if pack is None else pack(plain)
    return pyrage.encrypt(packed, [IDENTITY.to_public()])


def read(data: bytes, kept: Kept | None = None, **options: Any) -> envelope.Contents:
    return envelope.read(io.BytesIO(data), str(IDENTITY), kept or Kept(), **options)


def refusal(data: bytes, kept: Kept | None = None, **options: Any) -> Reason | None:
    """Why a file is refused; None when it is taken. A refused file is never proven."""
    kept = kept or Kept()
    try:
        read(data, kept, **options)
    except Refused as fault:
        assert not kept.proven
        return fault.reason
    assert kept.proven
    return None
