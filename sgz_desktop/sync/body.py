"""The content of a bundle as lines and blobs: header line, body, trailer line, and nothing behind it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import NamedTuple, Protocol

from sgz_desktop.domain.edits import MAX_CLOCK, canonical
from sgz_desktop.sync import header as first_line
from sgz_desktop.sync.canon import BLAKE2B, SHA256, SIGNATURE, malformed, number, read_object, shaped
from sgz_desktop.sync.header import Header, read_header
from sgz_desktop.sync.reasons import Reason, Refused

MAX_LINE = 64 << 20
MAX_SHORT_LINE = 4096
MAX_BLOB = (1 << 32) - 2  # its line end and all before it must fit a file of 4 GiB - 1
MIME = re.compile(r"[a-z0-9][a-z0-9.+-]{0,63}/[a-z0-9][a-z0-9.+-]{0,63}")
_TRAILER_START, _EDIT_START, _BLOB_START = b'{"bytes":', b'{"header":', b'{"blob":'
_CASE_STARTS = b'{"cover":', b'{"id":'
_TRAILER_KEYS = frozenset({"bytes", "hash", "signature"})
_BLOB_KEYS = frozenset({"blob", "mime", "size"})


class BlobWriter(Protocol):
    """Where the bytes of one attachment go. `close` is called when all announced bytes have come."""

    def write(self, data: bytes, /) -> object: ...

    def close(self) -> None: ...


class Sink(Protocol):
    """Who takes the content of a bundle as it comes. Any method may refuse by raising.

    Nothing given here is proven before `signed` was called and returned: until then the bundle may end
    early, or be made by anybody who knows our public key. So a sink checks, counts and puts aside; what it
    put aside it drops again when anything is raised.
    """

    def header(self, header: Header) -> None:
        """Comes first and once; well-formed, not yet proven."""

    def line(self, line: bytes) -> None:
        """One edit, or of a "case" its cover or a record, as sent, without its line end; not parsed."""

    def blob(self, sha256: str, size: int, mime: str) -> BlobWriter:
        """An attachment of `size` sealed bytes, named by the SHA-256 of its plain content."""

    def signed(self, header: Header, message: bytes, signature: bytes) -> None:
        """The bundle is whole. Raise `Refused` unless `signature` is the sender's over `message`."""


class Trailer(NamedTuple):
    """What the last line says: bytes before it, their BLAKE2b-512 in hex, the signature."""

    size: int
    digest: str
    signature: bytes

    def to_bytes(self) -> bytes:
        return canonical({"bytes": self.size, "hash": self.digest, "signature": self.signature.hex()})


def message(header: Header, digest: str) -> bytes:
    """What the sender signs."""
    return f"sgz-bundle/{first_line.FORMAT}|{header.store}|{header.sender}|{digest}".encode()


def blob_line(sha256: str, size: int, mime: str) -> bytes:
    """The line, with its end, that goes before the bytes of an attachment; a line end follows them."""
    return canonical({"blob": sha256, "mime": mime, "size": size}) + b"\n"


class Body:
    """Takes the content in pieces of any size and hands its parts to a sink (all but `signed`).

    Refused from `write` and `finish`: see `Reason`; besides what the sink raises.
    """

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._held: list[bytes] = []
        self._held_size = 0
        self._longest = first_line.MAX_LINE
        self._blob: BlobWriter | None = None
        self._missing = 0
        self._digest = hashlib.blake2b()
        self._on_line: Callable[[bytes], None] = self._header_line
        self.header: Header | None = None
        self.trailer: Trailer | None = None
        self.size = 0
        self.lines = self.blobs = 0

    @property
    def digest(self) -> str:
        """BLAKE2b-512 of the whole lines and blobs so far, in hex."""
        return self._digest.hexdigest()

    @property
    def at_rest(self) -> bool:
        """Could a trailer come now?"""
        return not (self.header is None or self.trailer or self._blob or self._held)

    def write(self, data: bytes) -> None:
        at = 0
        while at < len(data):
            if self.trailer:
                raise Refused(Reason.DAMAGED, "something stands behind the trailer")
            at = self._into_line(data, at) if self._blob is None else self._into_blob(self._blob, data, at)

    def finish(self) -> tuple[Header, Trailer]:
        """Call when nothing more comes."""
        if self.header is None or self.trailer is None:
            raise Refused(Reason.DAMAGED, "the content ends early")
        return self.header, self.trailer

    def _into_line(self, data: bytes, at: int) -> int:
        end = data.find(b"\n", at)
        piece = data[at : end if end >= 0 else None]
        self._held_size += len(piece)
        if self._held_size > self._longest:
            raise Refused(Reason.TOO_BIG, "a line too long")
        self._held.append(piece)
        if end < 0:
            return len(data)
        line = b"".join(self._held) if len(self._held) > 1 else piece
        self._held, self._held_size = [], 0
        self._on_line(line)
        return end + 1

    def _into_blob(self, blob: BlobWriter, data: bytes, at: int) -> int:
        if self._missing:
            piece = data[at : at + self._missing]
            self._missing -= len(piece)
            self._count(piece)
            blob.write(piece)
            return at + len(piece)
        if data[at] != ord("\n"):
            raise Refused(Reason.DAMAGED, "an attachment is longer than it says")
        self._count(b"\n")
        self._blob = None
        self.blobs += 1
        blob.close()
        return at + 1

    def _header_line(self, line: bytes) -> None:
        self.header = read_header(line)
        self._count(line, b"\n")
        self._longest = MAX_SHORT_LINE if self.header.content == "files" else MAX_LINE
        ways = {"edits": self._edit_line, "files": self._file_line, "case": self._case_line}
        self._on_line = ways[self.header.content]
        self._sink.header(self.header)

    def _edit_line(self, line: bytes) -> None:
        if line.startswith(_TRAILER_START):
            self._trailer_line(line)
            return
        self._one_line(line, _EDIT_START)

    def _case_line(self, line: bytes) -> None:
        if line.startswith((_TRAILER_START, _BLOB_START)):
            self._file_line(line)
            return
        self._one_line(line, *_CASE_STARTS)

    def _one_line(self, line: bytes, *starts: bytes) -> None:
        if not line.startswith(starts):  # a gigabyte of line ends would be as many calls
            raise malformed("a line of another sort")
        self._count(line, b"\n")
        self.lines += 1
        self._sink.line(line)

    def _file_line(self, line: bytes) -> None:
        if line.startswith(_TRAILER_START):
            self._trailer_line(line)
            return
        told = read_object(line, _BLOB_KEYS)
        sha256, mime = shaped(told["blob"], SHA256), shaped(told["mime"], MIME)
        self._missing = number(told["size"], 1, MAX_CLOCK)
        if self._missing > MAX_BLOB:
            raise Refused(Reason.TOO_BIG, "an attachment of 4 GiB or more")
        self._count(line, b"\n")
        self._blob = self._sink.blob(sha256, self._missing, mime)

    def _trailer_line(self, line: bytes) -> None:
        told = read_object(line, _TRAILER_KEYS)
        size, digest = number(told["bytes"], 1, MAX_CLOCK), shaped(told["hash"], BLAKE2B)
        trailer = Trailer(size, digest, bytes.fromhex(shaped(told["signature"], SIGNATURE)))
        self._agrees(trailer)
        self.trailer = trailer

    def _agrees(self, trailer: Trailer) -> None:
        if trailer.size != self.size or trailer.digest != self.digest:
            raise Refused(Reason.DAMAGED, "the trailer does not agree with what came before it")

    def _count(self, *pieces: bytes) -> None:
        for piece in pieces:
            self._digest.update(piece)
            self.size += len(piece)
