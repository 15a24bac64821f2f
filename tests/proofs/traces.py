"""Looks for words in files, however a program may have written them: encodings, hex, base64, zlib, PDF."""

from __future__ import annotations

import base64
import json
import os
import re
import urllib.parse
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

PLAIN = (
    "utf-8",
    "utf-16-le",
    "utf-16-be",
    "gb18030",
    "utf-32-le",
)  # the last is how Python holds rare characters
MOST_INFLATED = 64 << 20
ZLIB_START = re.compile(
    rb"\x78[\x01\x5e\x9c\xda\x20\x3f\x7d\xbb\xf9]|[\x08\x18\x28\x38\x48\x58\x68][\x00-\xff]"
)
ZIP_START, GZIP_START, PDF_START = b"PK\x03\x04", b"\x1f\x8b\x08", b"%PDF-"
Needle = tuple[str, str, bytes]
"""What is looked for, how it is written, and its bytes."""


@dataclass(frozen=True)
class Trace:
    """A word found: in which file, which mark, written how."""

    place: str
    mark: str
    way: str


def ways(mark: str) -> dict[str, bytes]:
    """Every way a text may be written that starts or ends anywhere inside another."""
    found = {name: mark.encode(name) for name in PLAIN}
    spelled = dict(found)
    for name, raw in spelled.items():
        found[f"hex of {name}"] = raw.hex().encode()
        found[f"HEX of {name}"] = raw.hex().upper().encode()
        for offset in range(3):
            found[f"base64+{offset} of {name}"] = _base64(raw, offset)
    found["json"] = json.dumps(mark).strip('"').encode()
    found["url"] = urllib.parse.quote(mark).encode()
    return found


def _base64(raw: bytes, offset: int) -> bytes:
    """The characters of base64 that depend on nothing but `raw` when it begins at byte `offset` of three."""
    whole = (offset + len(raw)) // 3 * 3 - offset  # bytes that end at the end of a group of three
    text = base64.b64encode(bytes(offset) + raw[:whole])
    return text[(0, 2, 3)[offset] :]


def needles(marks: Mapping[str, str], names: Iterable[str] = ()) -> list[Needle]:
    """What to look for; `names` picks ways, all without it."""
    found: dict[bytes, Needle] = {}
    for what, mark in marks.items():
        for way, raw in ways(mark).items():
            if not names or way in names:
                found.setdefault(raw, (what, way, raw))
    return list(found.values())


def within(data: bytes, wanted: Iterable[Needle]) -> set[tuple[str, str]]:
    """Which marks stand in some bytes, and how written."""
    return {(what, way) for what, way, raw in wanted if raw in data}


def inflated(data: bytes) -> Iterator[bytes]:
    """What lies compressed in some bytes: zlib streams, gzip and zip members, wherever they begin."""
    for found in ZLIB_START.finditer(data):
        if (data[found.start()] << 8 | data[found.start() + 1]) % 31 == 0:
            yield from _inflate(data, found.start(), zlib.MAX_WBITS)
    for at in _places(data, GZIP_START):
        yield from _inflate(data, at, zlib.MAX_WBITS | 16)
    for at in _places(data, ZIP_START):
        name, extra = (int.from_bytes(data[at + n : at + n + 2], "little") for n in (26, 28))
        yield from _inflate(data, at + 30 + name + extra, -zlib.MAX_WBITS)


def _places(data: bytes, start: bytes) -> Iterator[int]:
    at = data.find(start)
    while at >= 0:
        yield at
        at = data.find(start, at + 1)


def _inflate(data: bytes, at: int, bits: int) -> Iterator[bytes]:
    whole = zlib.decompressobj(bits)
    try:
        out = whole.decompress(memoryview(data)[at : at + 64], MOST_INFLATED)
        out += whole.decompress(memoryview(data)[at + 64 :], MOST_INFLATED)
    except zlib.error:
        out = _as_far_as_it_goes(data, at, bits)
    if len(out) > 3:
        yield out


def _as_far_as_it_goes(data: bytes, at: int, bits: int) -> bytes:
    whole, out = zlib.decompressobj(bits), b""
    try:
        for begin in range(at, len(data), 64):
            out += whole.decompress(data[begin : begin + 64])
    except zlib.error:
        pass
    return out


def papers(data: bytes) -> Iterator[bytes]:
    """The words of PDFs in some bytes: their letters are numbers of glyphs that only a reader can tell."""
    import pypdfium2

    for at in _places(data, PDF_START):
        try:
            document = pypdfium2.PdfDocument(data[at:])
        except pypdfium2.PdfiumError:
            continue
        with document:
            yield "".join(page.get_textpage().get_text_bounded() for page in document).encode()


def search(data: bytes, wanted: list[Needle]) -> set[tuple[str, str]]:
    """The marks in some bytes, also under compression and in papers."""
    found = within(data, wanted)
    unpackers: tuple[tuple[str, Callable[[bytes], Iterator[bytes]]], ...] = (
        ("zlib", inflated),
        ("pdf", papers),
    )
    for name, unpack in unpackers:
        for inner in unpack(data):
            found |= {(what, f"{name}: {way}") for what, way in within(inner, wanted)}
    return found


@dataclass
class Search:
    """Searches folders again and again; what has not changed since is not read twice."""

    wanted: list[Needle]
    files: int = 0
    bytes: int = 0
    _seen: dict[tuple[str, int, int, int], frozenset[Trace]] = field(default_factory=dict)

    def folders(self, *folders: Path) -> set[Trace]:
        """Every trace in the contents and names of all files under some folders."""
        return {trace for folder in folders for path in files_under(folder) for trace in self.file(path)}

    def file(self, path: Path) -> frozenset[Trace]:
        """Every trace in one file. One that goes away meanwhile holds none."""
        try:
            facts = path.stat()
            key = (str(path), facts.st_ino, facts.st_mtime_ns, facts.st_size)
            if key not in self._seen:
                data = os.fsencode(path.name) + b"\n" + path.read_bytes()
                self._seen[key] = frozenset(self.text(data, str(path)))
        except OSError:
            return frozenset()
        return self._seen[key]

    def text(self, data: bytes, place: str) -> set[Trace]:
        """Every trace in some bytes."""
        self.files += 1
        self.bytes += len(data)
        return {Trace(place, *found) for found in search(data, self.wanted)}


def files_under(folder: Path) -> Iterator[Path]:
    """Regular files under a folder; links are not followed."""
    for top, _folders, names in os.walk(folder):
        yield from (path for name in names if (path := Path(top, name)).is_file() and not path.is_symlink())
