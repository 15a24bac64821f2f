"""Bundles as files: age(zstd(header line, body, trailer line)), written whole, read with nothing trusted.

Both ways stream: memory stays flat, and no byte of the content is on a disk outside its age file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

import pyrage

from sgz_desktop import files
from sgz_desktop.domain.file_names import safe_name
from sgz_desktop.errors import AppError
from sgz_desktop.sync import age_file
from sgz_desktop.sync.age_header import Source
from sgz_desktop.sync.body import BlobWriter, Body, Sink, Trailer, blob_line, message
from sgz_desktop.sync.frame import Unpacker, compressed
from sgz_desktop.sync.header import Header
from sgz_desktop.sync.reasons import Reason, Refused

MAX_FILE = (1 << 32) - 1  # FAT32
MAX_CONTENT = 4 << 30
SIGNATURE_BYTES = 64

Progress = Callable[[Literal["write", "check"], int], None]


class Written(NamedTuple):
    """A bundle on the disk: SHA-256 of the file in hex, its bytes, edits or attachments in it."""

    sha256: str
    size: int
    lines: int


class Contents(NamedTuple):
    """A bundle read to its end and proven. `digest` (BLAKE2b-512, hex) names its content."""

    header: Header
    lines: int
    blobs: int
    size: int
    digest: str


def write(
    path: Path,
    header: Header,
    frames: Iterable[bytes],
    recipients: Iterable[str],
    sign: Callable[[bytes], bytes],
    *,
    progress: Progress | None = None,
) -> Written:
    """Write a bundle; it appears under `path` whole, flushed, read back and compared, or not at all.

    `frames` are the bytes of the body in pieces: `edit_frames` or `file_frames` make them. `sign` gives the
    64 bytes of the Ed25519 signature over a message. `progress` hears ("write", bytes of content so far) and
    ("check", bytes read back so far); it stops the work by raising, and then there is no file.

    AppError: a name or size a stick does not take, an edit too large for a bundle, what the disk refuses.
    ValueError when the bundle would be refused by everybody (our bug).
    """
    path = Path(path)
    if safe_name(path.name) != path.name:
        raise AppError("这个文件名U盘存不下，没有导出。", "请换一个简单的文件名。")
    keys = sorted(recipients)
    if keys != sorted(header.recipients):
        raise ValueError("a header that names other recipients")
    content = _Content(header, frames, sign, progress)
    counted = 0

    def produce(put: Callable[[bytes], object]) -> None:
        def put_counted(data: bytes) -> int:
            nonlocal counted
            counted += len(data)
            if counted > MAX_FILE:
                raise AppError("这一包超过4GB，U盘存不下，没有导出。", "请把附件分成几包再导出。")
            put(data)
            return len(data)

        age_file.seal(compressed(content), put_counted, keys)

    checked = None if progress is None else lambda done: progress("check", done)
    sha256 = files.write_streamed(path, produce, checked=checked)
    return Written(sha256, counted, content.body.lines + content.body.blobs)


def edit_frames(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The body of an "edits" bundle: lines as `to_line` makes them."""
    return (line + b"\n" for line in lines)


def file_frames(sha256: str, size: int, mime: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """One attachment in the body of a "files" bundle: `pieces` are its `size` sealed bytes."""
    yield blob_line(sha256, size, mime)
    yield from pieces
    yield b"\n"


def read(
    source: Source,
    identity: str,
    sink: Sink,
    *,
    limit: int = MAX_CONTENT,
    progress: Callable[[int], None] | None = None,
) -> Contents:
    """Read a bundle into `sink`, from start to end, with at most `limit` bytes of content.

    Nothing the sink gets may be trusted before `sink.signed` was called and returned; when anything is
    raised, here or by the sink, all of it is to be dropped. `progress` hears the bytes of the file read so
    far and stops the work by raising.

    Refused: see `Reason`. AppError when the file cannot be read on.
    """
    ours = str(pyrage.x25519.Identity.from_str(identity).to_public())
    body = Body(_ForUs(sink, ours))
    unpacker = Unpacker(body.write, limit)
    age_file.unseal(source, identity, unpacker.write, progress)
    unpacker.finish()
    header, trailer = body.finish()
    sink.signed(header, message(header, trailer.digest), trailer.signature)
    return Contents(header, body.lines, body.blobs, body.size, trailer.digest)


def peek(source: Source, identity: str) -> Header:
    """The header of a bundle, for a list of what is on a stick: only its start is read, so nothing is proven
    and it may be cut further on. Refused as `read` does."""
    try:
        read(source, identity, _OnlyTheHeader())
    except _Seen as seen:
        return seen.header
    raise Refused(Reason.DAMAGED, "no header")


class _Content:
    """The content of a bundle to be written; what is wrong with it is seen as a reader would see it."""

    def __init__(
        self,
        header: Header,
        frames: Iterable[bytes],
        sign: Callable[[bytes], bytes],
        progress: Progress | None,
    ) -> None:
        self.body = Body(_Nobody())
        self._header, self._frames, self._sign, self._progress = header, frames, sign, progress

    def __iter__(self) -> Iterator[bytes]:
        yield self._seen(self._header.to_bytes() + b"\n")
        for piece in self._frames:
            yield self._seen(piece)
        if not self.body.at_rest:
            raise ValueError("a body that does not end with a whole line")
        yield self._seen(self._trailer() + b"\n")

    def _seen(self, piece: bytes) -> bytes:
        try:
            self.body.write(piece)
        except Refused as fault:
            if fault.reason is Reason.TOO_BIG:
                raise AppError("有一条记录太大，装不进一包，没有导出。", "请告诉管理员。") from fault
            raise ValueError(f"a body nobody would take: {fault.detail}") from None
        if self._progress is not None:
            self._progress("write", self.body.size)
        return piece

    def _trailer(self) -> bytes:
        digest = self.body.digest
        signature = self._sign(message(self._header, digest))
        if len(signature) != SIGNATURE_BYTES:
            raise ValueError("no Ed25519 signature")
        return Trailer(self.body.size, digest, signature).to_bytes()


class _Nobody:
    """Takes a body and keeps nothing of it."""

    def header(self, header: Header) -> None: ...

    def line(self, line: bytes) -> None: ...

    def blob(self, sha256: str, size: int, mime: str) -> BlobWriter:
        return _Nothing()

    def signed(self, header: Header, message: bytes, signature: bytes) -> None: ...


class _Seen(Exception):
    def __init__(self, header: Header) -> None:
        super().__init__()
        self.header = header


class _OnlyTheHeader(_Nobody):
    """Takes a header and no more."""

    def header(self, header: Header) -> None:
        raise _Seen(header)


class _Nothing:
    def write(self, data: bytes, /) -> None: ...

    def close(self) -> None: ...


class _ForUs:
    """A sink before which a bundle has to name us: one sent on to us by its receiver does not."""

    def __init__(self, sink: Sink, recipient: str) -> None:
        self._sink, self._recipient = sink, recipient
        self.line, self.blob, self.signed = sink.line, sink.blob, sink.signed

    def header(self, header: Header) -> None:
        if self._recipient not in header.recipients:
            raise Refused(Reason.NOT_FOR_US, "sealed to us, meant for others")
        self._sink.header(header)
