"""One file of several: a plain zip, stored without compression, with a manifest that names every byte of it.

Everything inside is encrypted already (the database, the blobs) or harmless (the slots). Any unzip program
can take it apart when this one is not at hand.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import re
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import orjson

from sgz_desktop.errors import AppError
from sgz_desktop.faults import disk_faults

MANIFEST = "manifest.json"
SLOTS = "slots.json"
STORE = "store.db"
CHUNK = 1 << 20
MAX_MANIFEST = 16 << 20
MAX_SLOTS = 1 << 20
NAMES = re.compile(r"slots\.json|store\.db|blobs/[0-9a-f]{32}")
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the archive tells nothing about the clock

Moved = Callable[[int], None]


class _Pipe:
    """What the zip writer takes for a file that cannot be wound back."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""

    def take(self) -> Iterator[bytes]:
        pieces, self._pieces = self._pieces, []
        yield from pieces


def pack(
    sources: Mapping[str, Path | bytes], facts: Callable[[dict[str, Any]], dict[str, Any]], moved: Moved
) -> Iterator[bytes]:
    """The bytes of an archive, a piece at a time. `facts` turns {name: [size, SHA-256]} into the manifest;
    `moved` hears how many bytes have been read."""
    pipe = _Pipe()
    listed: dict[str, Any] = {}
    with zipfile.ZipFile(cast(Any, pipe), "w", zipfile.ZIP_STORED) as archive:
        for name, source in sources.items():
            digest, size = hashlib.sha256(), 0
            long = isinstance(source, Path) and source.stat().st_size > 1 << 30
            with archive.open(zipfile.ZipInfo(name, LONG_AGO), "w", force_zip64=long) as entry:
                for piece in _pieces(source):
                    digest.update(piece)
                    size += len(piece)
                    entry.write(piece)
                    moved(len(piece))
                    yield from pipe.take()
            listed[name] = [size, digest.hexdigest()]
        archive.writestr(zipfile.ZipInfo(MANIFEST, LONG_AGO), orjson.dumps(facts(listed)))
    yield from pipe.take()


def _pieces(source: Path | bytes) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield source
        return
    with source.open("rb") as file:
        while piece := file.read(CHUNK):
            yield piece


class Archive:
    """An archive to read. Everything is checked against the manifest as it comes."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.manifest: dict[str, Any] = orjson.loads(self._whole(MANIFEST, MAX_MANIFEST))
        self.listed: dict[str, list[Any]] = self.manifest["files"]
        names = [info.filename for info in archive.infolist()]
        wanted = [*self.listed, MANIFEST]
        if sorted(names) != sorted(wanted) or not {SLOTS, STORE} <= set(names):
            raise damaged()
        if not all(NAMES.fullmatch(name) for name in self.listed):
            raise damaged()

    def slots(self) -> bytes:
        """The list of slots as it was."""
        return b"".join(self.pieces(SLOTS, MAX_SLOTS))

    def pieces(self, name: str, limit: int | None = None) -> Iterator[bytes]:
        """The bytes of an entry; AppError at the end when they are not those the manifest names."""
        with _intact():
            size, wanted = self.listed[name]
            digest, got = hashlib.sha256(), 0
            with self._archive.open(self._info(name)) as entry:
                while piece := entry.read(CHUNK):
                    got += len(piece)
                    if got > size or (limit is not None and got > limit):
                        raise damaged()
                    digest.update(piece)
                    yield piece
            if got != size or digest.hexdigest() != wanted:
                raise damaged()

    def _whole(self, name: str, limit: int) -> bytes:
        with self._archive.open(self._info(name)) as entry:
            data = entry.read(limit + 1)
        if len(data) > limit:
            raise damaged()
        return data

    def _info(self, name: str) -> zipfile.ZipInfo:
        info = self._archive.getinfo(name)
        if info.compress_type != zipfile.ZIP_STORED or info.compress_size != info.file_size:
            raise damaged()
        return info


@contextlib.contextmanager
def reading(path: Path) -> Iterator[Archive]:
    """An archive opened for reading. Whatever is wrong with the file becomes one AppError."""
    with disk_faults(), contextlib.ExitStack() as opened:
        with _intact():
            file = opened.enter_context(path.open("rb"))
            archive = Archive(opened.enter_context(zipfile.ZipFile(file)))
        yield archive


@contextlib.contextmanager
def _intact() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        if fault.errno == errno.EINVAL:  # a place before the beginning, from a broken table of contents
            raise damaged() from fault
        raise
    except _BROKEN as fault:
        raise damaged() from fault


_BROKEN = (
    zipfile.BadZipFile,
    EOFError,
    LookupError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    struct.error,
    TypeError,
    ValueError,
)


def damaged() -> AppError:
    """What is said of an archive that is cut, changed or not ours."""
    return AppError("这份备份不完整或已损坏，没有恢复任何内容。", "请换一份备份再试。")
