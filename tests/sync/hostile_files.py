"""Files nobody honest would make: each with the reason for which it is refused.

All are sealed to the receiver, and all but those that lack a trailer carry a signature that is right.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from itertools import chain

import zstandard

from sgz_desktop.sync import body
from sgz_desktop.sync.reasons import Reason
from tests.sync.bundles import LINES, content, header, sealed

LIMIT = 80 << 20  # of content, for the reader under test
MAGIC = b"\x28\xb5\x2f\xfd"
SHA = "0" * 64
SKIPPABLE = struct.pack("<II", 0x184D2A50, 4) + b"abcd"
Pack = Callable[[bytes], bytes]

HEAD = header().to_bytes()
BODY = b"".join(line + b"\n" for line in LINES)


def raw_frame(start: bytes, *blocks: bytes) -> Pack:
    """A frame by hand; the content goes first, in a raw block."""
    return lambda plain: MAGIC + start + block(plain) + b"".join(blocks)


def block(plain: bytes, last: bool = False) -> bytes:
    return (len(plain) << 3 | last).to_bytes(3, "little") + plain


def run_of(byte: bytes, blocks: int) -> bytes:
    """Blocks of 128 KiB of one byte, four bytes each."""
    return ((128 * 1024 << 3 | 1 << 1).to_bytes(3, "little") + byte) * blocks


def whole(**options: bool) -> Pack:
    return zstandard.ZstdCompressor(write_checksum=True, **options).compress


PLAIN_START = bytes([0b100, 11 << 3])  # checksum, no stated size, a window of 2 MiB
STATED_START = bytes([0b11000100, 11 << 3]) + (1 << 40).to_bytes(8, "little")
WINDOW_START = bytes([0b100, 21 << 3])  # 2 GiB
SINGLE_START = bytes([0b10100100]) + (1 << 30).to_bytes(4, "little")  # the window is the whole content
DICTIONARY_START = bytes([0b101, 11 << 3, 7])


def frames() -> Iterator[tuple[str, bytes, Reason]]:
    """What stands between age and the content."""
    plain, told = content(), HEAD + b"\n"
    blob = header(content="files").to_bytes() + b"\n" + body.blob_line(SHA, 3 << 30, "image/png")
    yield "bomb", sealed(blob, raw_frame(PLAIN_START, run_of(b"a", 1000))), Reason.TOO_BIG
    yield "long line", sealed(told, raw_frame(PLAIN_START, run_of(b"a", 513))), Reason.TOO_BIG
    yield "long header", sealed(b"", raw_frame(PLAIN_START, run_of(b"{", 9))), Reason.TOO_BIG
    yield "line ends", sealed(told, raw_frame(PLAIN_START, run_of(b"\n", 600))), Reason.MALFORMED
    yield "states a terabyte", sealed(plain, raw_frame(STATED_START)), Reason.TOO_BIG
    yield "window", sealed(plain, raw_frame(WINDOW_START)), Reason.TOO_BIG
    yield "single segment", sealed(plain, raw_frame(SINGLE_START)), Reason.TOO_BIG
    yield "dictionary", sealed(plain, raw_frame(DICTIONARY_START)), Reason.DAMAGED
    yield "reserved block", sealed(plain, raw_frame(PLAIN_START, b"\x07\0\0")), Reason.DAMAGED
    yield "block too long", sealed(plain, raw_frame(PLAIN_START, b"\xfc\xff\xff")), Reason.DAMAGED
    yield "wrong checksum", sealed(plain, raw_frame(PLAIN_START, block(b"", True), bytes(4))), Reason.DAMAGED
    yield "no checksum", sealed(plain, zstandard.ZstdCompressor().compress), Reason.DAMAGED
    yield "no frame", sealed(plain, bytes), Reason.DAMAGED
    yield "nothing at all", sealed(b"", bytes), Reason.DAMAGED
    yield "empty frame", sealed(b""), Reason.DAMAGED
    yield "two frames", sealed(plain, lambda all: whole()(all[:900]) + whole()(all[900:])), Reason.DAMAGED
    yield "empty frame behind", sealed(plain, lambda all: whole()(all) + whole()(b"")), Reason.DAMAGED
    yield "skippable before", sealed(plain, lambda all: SKIPPABLE + whole()(all)), Reason.DAMAGED
    yield "skippable behind", sealed(plain, lambda all: whole()(all) + SKIPPABLE), Reason.DAMAGED
    yield "byte behind", sealed(plain, lambda all: whole()(all) + b"\0"), Reason.DAMAGED
    yield "frame cut", sealed(plain, unended), Reason.DAMAGED


def unended(plain: bytes) -> bytes:
    """All of the content in whole blocks, but not the end of the frame."""
    into = zstandard.ZstdCompressor(write_checksum=True, write_content_size=False).compressobj()
    return into.compress(plain) + into.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)


def headers() -> Iterator[tuple[str, bytes, Reason]]:
    """First lines."""

    def told(old: bytes, new: bytes) -> bytes:
        assert HEAD.count(old) == 1
        return sealed(content(HEAD.replace(old, new)))

    for name, old, new in (
        ("duplicate key", b'"n":1', b'"n":1,"n":1'),
        ("duplicate key, other value", b'"n":1', b'"n":2,"n":1'),
        ("blank", b'"n":1', b'"n": 1'),
        ("NaN", b'"n":1', b'"n":NaN'),
        ("float", b'"n":1', b'"n":1.0'),
        ("exponent", b'"n":1', b'"n":1e0'),
        ("past 64 bits", b'"n":1', b'"n":18446744073709551616'),
        ("negative", b'"n":1', b'"n":-1'),
        ("true for 1", b'"n":1', b'"n":true'),
        ("unknown key", b'"n":1', b'"n":1,"now":1'),
        ("key missing", b'"n":1,', b""),
        ("keys in another order", b'{"content":"edits","epoch":1', b'{"epoch":1,"content":"edits"'),
        ("escaped letter", b'"device-1","have"', b'"d\\u0065vice-1","have"'),
        ("lone surrogate", b'"from":"device-1"', b'"from":"\\ud800"'),
        ("control mark", b'"from":"device-1"', b'"from":"a\\u0000"'),
        ("direction mark", b'"from":"device-1"', '"from":"a\u202eb"'.encode()),
        ("path", b'"from":"device-1"', b'"from":"../device-1"'),
        ("drive", b'"from":"device-1"', b'"from":"C:device-1"'),
        ("other path", b'"from":"device-1"', rb'"from":"..\\device-1"'),
        ("id too long", b'"from":"device-1"', b'"from":"%s"' % (b"a" * 65)),
        ("no UTF-8", b'"from":"device-1"', b'"from":"\xff"'),
        ("deep nesting", b'"n":1', b'"n":' + b"[" * 400_000),
        ("deep nesting, closed", b'"n":1', b'"n":' + b"[" * 5_000 + b"]" * 5_000),
        ("format 0", b'"format":1', b'"format":0'),
        ("format as text", b'"format":1', b'"format":"2"'),
        ("another kind", b'"kind":"station"', b'"kind":"town"'),
        ("another content", b'"content":"edits"', b'"content":"program"'),
        ("upper case hash", b'"have":{"device-1":[40,"ab', b'"have":{"device-1":[40,"AB'),
        ("range backwards", b"[1,40]", b"[41,40]"),
        ("schema 0", b'"schema":7', b'"schema":0'),
        ("no recipient", b'"recipients":["', b'"recipients":[],"recipientz":["'),
        ("after the year 9999", b'"made":1782777600000', b'"made":253402300800000'),
    ):
        yield f"header: {name}", told(old, new), Reason.MALFORMED
    yield "header: format 2", told(b'"format":1', b'"format":2'), Reason.NEWER
    yield "header: format 2, all else other", sealed(b'{"a": 1.5, "format": 2}\n'), Reason.NEWER
    yield "header: no object", sealed(content(b"[1]")), Reason.MALFORMED
    yield "header: carriage return", sealed(content(HEAD + b"\r")), Reason.MALFORMED
    yield "header: byte order mark", sealed(content(b"\xef\xbb\xbf" + HEAD)), Reason.MALFORMED
    many = HEAD.replace(b'"to":["device-2"]', b'"to":[%s]' % b",".join([b'"d"'] * 201))
    yield "header: 201 receivers", sealed(content(many)), Reason.MALFORMED


def bodies() -> Iterator[tuple[str, bytes, Reason]]:
    """What stands between the header and the trailer, and the trailer."""
    good = content()
    last = good[good.rindex(b'{"bytes"') :]
    files = header(content="files").to_bytes()
    one = body.blob_line(SHA, 3, "image/png")

    def blobs(text: bytes) -> bytes:
        return sealed(content(files, text))

    yield "a line left out", sealed(good.replace(LINES[7] + b"\n", b"")), Reason.DAMAGED
    yield "a line twice", sealed(good.replace(LINES[7], LINES[7] + b"\n" + LINES[7])), Reason.DAMAGED
    yield "lines in another order", sealed(swapped(good)), Reason.DAMAGED
    yield "no trailer", sealed(good[: -len(last)]), Reason.DAMAGED
    yield "header alone", sealed(HEAD + b"\n"), Reason.DAMAGED
    yield "trailer without line end", sealed(good[:-1]), Reason.DAMAGED
    yield "trailer twice", sealed(good + last), Reason.DAMAGED
    yield "line behind the trailer", sealed(good + LINES[0] + b"\n"), Reason.DAMAGED
    yield "line end behind the trailer", sealed(good + b"\n"), Reason.DAMAGED
    yield "size of the trailer", sealed(content(size=1)), Reason.DAMAGED
    yield "hash of the trailer", sealed(content(digest="0" * 128)), Reason.DAMAGED
    yield "signature too short", sealed(content(signature=bytes(63))), Reason.MALFORMED
    yield "signature of zeros", sealed(content(signature=bytes(64))), Reason.FORGED
    yield "trailer with more", sealed(good.replace(b'{"bytes"', b'{"bytes":1,"bytes"')), Reason.MALFORMED
    yield "empty line", sealed(content(lines=BODY + b"\n")), Reason.MALFORMED
    yield "a second header", sealed(content(lines=HEAD + b"\n" + BODY)), Reason.MALFORMED
    yield "an attachment among edits", sealed(content(lines=one + b"abc\n")), Reason.MALFORMED
    yield "an edit among attachments", blobs(one + b"abc\n" + BODY), Reason.MALFORMED
    yield "attachment too long", blobs(one + b"abcd\n"), Reason.DAMAGED
    yield "attachment too short", blobs(one + b"ab\n"), Reason.DAMAGED
    yield "attachment of 0 bytes", blobs(one.replace(b":3}", b":0}") + b"\n"), Reason.MALFORMED
    yield "attachment of -1 bytes", blobs(one.replace(b":3}", b":-1}") + b"\n"), Reason.MALFORMED
    for size in (2**32 - 1, 2**32, 2**63 - 1):
        yield f"attachment of {size} bytes", blobs(body.blob_line(SHA, size, "image/png")), Reason.TOO_BIG
    yield "attachment of 2^64 - 1 bytes", blobs(one.replace(b":3}", b":%d}" % (2**64 - 1))), Reason.MALFORMED
    yield "attachment named by a path", blobs(one.replace(SHA.encode(), b"../" * 21 + b"x")), Reason.MALFORMED
    yield "attachment of no type", blobs(one.replace(b"image/png", b"image/png; a=b")), Reason.MALFORMED
    yield "attachment line too long", blobs(one.replace(b"image", b"i" * 5000)), Reason.TOO_BIG


def swapped(good: bytes) -> bytes:
    return good.replace(LINES[3], b"\0").replace(LINES[4], LINES[3]).replace(b"\0", LINES[4])


def around() -> Iterator[tuple[str, bytes, Reason]]:
    """Around a good age file."""
    good = sealed(content())
    yield "byte behind age", good + b"\0", Reason.DAMAGED
    yield "age file twice", good + good, Reason.DAMAGED
    yield "a chunk more", good + bytes(65_552), Reason.DAMAGED
    yield "content sealed twice", sealed(good), Reason.MALFORMED


def every() -> list[tuple[str, bytes, Reason]]:
    return list(chain(frames(), headers(), bodies(), around()))
