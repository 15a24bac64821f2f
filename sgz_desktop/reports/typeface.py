"""Reads one shipped TrueType file in place: nothing is parsed until a glyph asks for it.

The build script puts glyphs in code point order, so the character map is a few runs and a font opens in
under a millisecond. Packed faces (`.blocks`) unpack a block as far as the last glyph asked for.
"""

from __future__ import annotations

import os
import struct
import sys
import threading
import weakref
from array import array
from bisect import bisect_right
from functools import cached_property
from pathlib import Path
from typing import Protocol

ARGS_ARE_WORDS, SCALE, MORE, XY_SCALE, TWO_BY_TWO = 0x1, 0x8, 0x20, 0x40, 0x80


class Source(Protocol):
    """Bytes of a font that can be cut."""

    def __getitem__(self, part: slice, /) -> bytes: ...


class _OnDisk:
    """A file read a cut at a time. Mapped into memory it would bring in the neighbours of every glyph: 12 MB
    for six pages."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self._reading = threading.Lock()
        weakref.finalize(self, os.close, self._file)

    def __getitem__(self, part: slice) -> bytes:
        with self._reading:
            os.lseek(self._file, part.start, os.SEEK_SET)
            return os.read(self._file, part.stop - part.start)


class _Forward:
    """One block of a packed font, unpacked from front to back as far as asked; what is passed is not kept."""

    STEP = 1 << 16

    def __init__(self, number: int, start: int, packed: bytes) -> None:
        import lzma

        filters = [{"id": lzma.FILTER_LZMA2, "preset": 9, "lc": 4, "lp": 0, "pb": 0, "dict_size": 1 << 23}]
        self.number = number
        self.at = start
        self._packed = packed
        self._ahead = b""
        self._unpacker = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=filters)

    def read(self, start: int, stop: int) -> bytes:
        """Bytes `start` to `stop` of the font, both in this block and `start` not before `at`."""
        while self.at + len(self._ahead) < stop:
            self._pass_to(start)
            more = self._unpacker.decompress(self._packed, self.STEP)
            if not more:
                raise ValueError("the packed font is cut short")
            self._packed = b""
            self._ahead += more
        self._pass_to(start)
        return self._ahead[: stop - start]

    def _pass_to(self, start: int) -> None:
        passed = min(start - self.at, len(self._ahead))
        self.at += passed
        self._ahead = self._ahead[passed:]


class Blocks:
    """A packed font (see packaging/build_fonts.py for the layout).

    Reading in file order unpacks each block once; the whole of one would take 8 MB and a quarter of a second.
    """

    def __init__(self, path: Path) -> None:
        self._file = _OnDisk(path)
        magic, count = struct.unpack("<4sI", self._file[0:8])
        if magic != b"SGZB":
            raise ValueError(f"not a packed font: {path.name}")
        numbers: tuple[int, ...] = struct.unpack(f"<{2 * count + 2}I", self._file[8 : 16 + 8 * count])
        self._starts, self._offsets = numbers[: count + 1], numbers[count + 1 :]
        self._reading = threading.Lock()
        self._tables = self._forward(0).read(0, self._starts[1])
        self._open: _Forward | None = None

    def __len__(self) -> int:
        return self._starts[-1]

    def __getitem__(self, part: slice) -> bytes:
        start, stop = part.start, min(part.stop, len(self))
        pieces = []
        while start < stop:
            number = bisect_right(self._starts, start) - 1
            end = min(stop, self._starts[number + 1])
            pieces.append(self._read(number, start, end))
            start = end
        return b"".join(pieces)

    def _read(self, number: int, start: int, stop: int) -> bytes:
        if number == 0:
            return self._tables[start:stop]
        with self._reading:
            if self._open is None or self._open.number != number or start < self._open.at:
                self._open = self._forward(number)
            return self._open.read(start, stop)

    def _forward(self, number: int) -> _Forward:
        packed = self._file[self._offsets[number] : self._offsets[number + 1]]
        return _Forward(number, self._starts[number], packed)


class Typeface:
    """One face: glyph numbers, advance widths and outlines, in font units (`em` to the em)."""

    def __init__(self, name: str, source: Source) -> None:
        self.name = name
        self._data = source
        count = int.from_bytes(source[4:6], "big")
        directory = source[12 : 12 + 16 * count]
        self._tables = {
            tag.decode(): (offset, length)
            for tag, _sum, offset, length in struct.iter_unpack(">4s3I", directory)
        }
        head, hhea = self.table("head"), self.table("hhea")
        self.em: int = struct.unpack_from(">H", head, 18)[0]
        self.box: tuple[int, int, int, int] = struct.unpack_from(">4h", head, 36)
        self._long_offsets = struct.unpack_from(">h", head, 50)[0] == 1
        self.ascent, self.descent = struct.unpack_from(">2h", hhea, 4)
        self._cut: dict[int, tuple[bytes, bytes]] = {}
        self._advances: int = struct.unpack_from(">H", hhea, 34)[0]

    @classmethod
    def open(cls, path: Path) -> Typeface:
        """The face in `path`, a .ttf or packed .blocks file; its name is the file's."""
        source = Blocks(path) if path.suffix == ".blocks" else _OnDisk(path)
        return cls(path.name.partition(".")[0], source)

    def table(self, tag: str) -> bytes:
        """A whole table."""
        offset, length = self._tables[tag]
        return self._data[offset : offset + length]

    @cached_property
    def _metrics(self) -> bytes:
        return self.table("hmtx")

    @cached_property
    def _places(self) -> bytes:
        return self.table("loca")

    @cached_property
    def _runs(self) -> tuple[array[int], array[int], array[int]]:
        cmap = self.table("cmap")
        count = int.from_bytes(cmap[2:4], "big")
        starts = [int.from_bytes(cmap[8 + 8 * i : 12 + 8 * i], "big") for i in range(count)]
        for start in starts:
            if cmap[start : start + 2] == b"\0\x0c":
                numbers = array(
                    "I", cmap[start + 16 : start + int.from_bytes(cmap[start + 4 : start + 8], "big")]
                )
                if sys.byteorder == "little":
                    numbers.byteswap()
                return numbers[0::3], numbers[1::3], numbers[2::3]
        for start in starts:
            if cmap[start : start + 2] == b"\0\x04":
                return _short_runs(cmap[start:])
        raise ValueError(f"{self.name} has no full character map")

    def glyph_of(self, code: int) -> int:
        """Glyph number of a code point, 0 when the face has none."""
        starts, ends, glyphs = self._runs
        i = bisect_right(starts, code) - 1
        return glyphs[i] + code - starts[i] if i >= 0 and code <= ends[i] else 0

    def advance(self, glyph: int) -> int:
        """Advance width in font units."""
        at = 4 * min(glyph, self._advances - 1)
        return int.from_bytes(self._metrics[at : at + 2], "big")

    def bearing(self, glyph: int) -> int:
        """Left side bearing in font units."""
        wide = self._advances
        at = 4 * glyph + 2 if glyph < wide else 4 * wide + 2 * (glyph - wide)
        return int.from_bytes(self._metrics[at : at + 2], "big", signed=True)

    def outline(self, glyph: int) -> bytes:
        """The glyf entry; empty for a blank."""
        if self._long_offsets:
            first, last = struct.unpack_from(">2I", self._places, 4 * glyph)
        else:
            first, last = (2 * half for half in struct.unpack_from(">2H", self._places, 2 * glyph))
        glyf = self._tables["glyf"][0]
        return self._data[glyf + first : glyf + last]

    def cut(self, glyph: int) -> tuple[bytes, bytes]:
        """Outline and metrics of a glyph as a font program holds them; kept, since names come back."""
        found = self._cut.get(glyph)
        if found is None:
            metrics = struct.pack(">Hh", self.advance(glyph), self.bearing(glyph))
            outline = self.outline(glyph) if glyph else b""  # no paper prints .notdef
            found = self._cut[glyph] = outline, metrics
        return found

    def subset(self, glyphs: list[int]) -> bytes:
        """A TrueType program with `glyphs` in that order (the first must be 0); parts follow them."""
        for glyph in sorted(set(glyphs)):
            self.cut(glyph)  # in file order, so that each block of a packed face is unpacked once
        order = list(glyphs)
        number = {glyph: i for i, glyph in enumerate(order)}
        outlines = []
        for glyph in order:  # grows while parts of composite glyphs are found
            outlines.append(_renumbered(self.cut(glyph)[0], order, number))
        return _program(self, order, outlines)


def _short_runs(table: bytes) -> tuple[array[int], array[int], array[int]]:
    """The runs of a map of format 4, which older fonts have alone: code points to U+FFFF."""
    count = struct.unpack_from(">H", table, 6)[0] // 2
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{count}H", table, 14 + at * count * 2 + (2 if at else 0)) for at in range(4)
    )
    runs = array("I"), array("I"), array("I")
    base = 16 + 6 * count  # of the offsets, each of which counts from its own place
    for i, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = (
                code if not offsets[i] else _from_table(table, base + 2 * i + offsets[i] + 2 * (code - first))
            )
            if glyph or not offsets[i]:
                glyph = (glyph + deltas[i]) & 0xFFFF
            if not glyph:
                continue
            if runs[1] and runs[1][-1] == code - 1 and runs[2][-1] + code - runs[0][-1] == glyph:
                runs[1][-1] = code
                continue
            for run, value in zip(runs, (code, code, glyph), strict=True):
                run.append(value)
    return runs


def _from_table(table: bytes, at: int) -> int:
    return int.from_bytes(table[at : at + 2], "big")


def _renumbered(outline: bytes, order: list[int], number: dict[int, int]) -> bytes:
    """A composite outline with its parts renumbered; new parts are put at the end of `order`."""
    if not outline or outline[0] < 0x80:
        return outline
    out = bytearray(outline)
    at, flags = 10, MORE
    while flags & MORE:
        flags, part = struct.unpack_from(">2H", out, at)
        if part not in number:
            number[part] = len(order)
            order.append(part)
        struct.pack_into(">H", out, at + 2, number[part])
        at += 8 if flags & ARGS_ARE_WORDS else 6
        at += 2 if flags & SCALE else 4 if flags & XY_SCALE else 8 if flags & TWO_BY_TWO else 0
    return bytes(out)


def _program(face: Typeface, order: list[int], outlines: list[bytes]) -> bytes:
    glyf, offsets = bytearray(), [0]
    for outline in outlines:
        glyf += outline + b"\0" * (-len(outline) % 4)
        offsets.append(len(glyf))
    metrics = b"".join(face.cut(glyph)[1] for glyph in order)
    head = bytearray(face.table("head"))
    struct.pack_into(">I", head, 8, 0)
    struct.pack_into(">h", head, 50, 1)
    hhea = bytearray(face.table("hhea"))
    struct.pack_into(">H", hhea, 34, len(order))
    maxp = bytearray(face.table("maxp"))
    struct.pack_into(">H", maxp, 4, len(order))
    tables = {
        b"glyf": bytes(glyf),
        b"head": bytes(head),
        b"hhea": bytes(hhea),
        b"hmtx": metrics,
        b"loca": struct.pack(f">{len(offsets)}I", *offsets),
        b"maxp": bytes(maxp),
    }
    return _joined(tables)


def _joined(tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    head = struct.pack(">I4H", 0x00010000, count, power * 16, power.bit_length() - 1, count * 16 - power * 16)
    at, body = 12 + 16 * count, b""
    for tag, data in tables.items():
        padded = data + b"\0" * (-len(data) % 4)
        total = sum(array("I", padded)) if sys.byteorder == "big" else _sum(padded)
        head += struct.pack(">4s3I", tag, total & 0xFFFFFFFF, at + len(body), len(data))
        body += padded
    return head + body


def _sum(padded: bytes) -> int:
    words = array("I", padded)
    words.byteswap()
    return sum(words)
