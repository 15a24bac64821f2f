"""The header of an age v1 file, looked at before any library is: only X25519 stanzas may be in it.

A passphrase stanza could be made to cost minutes and gigabytes, a plugin stanza to start a program. Anything
the specification (c2sp.org/age) does not spell in exactly this way is refused too, so that a header has one
reading. Stanzas whose type ends in "-grease" are what age itself puts in to keep readers honest.
"""

from __future__ import annotations

import base64
import re
from typing import Protocol

from sgz_desktop.sync.reasons import Reason, Refused

MAGIC = b"age-encryption.org/v1\n"
MAX_HEADER = 64 * 1024
_GREASE = b"-grease"
_COLUMNS = 64
_STANZA = re.compile(rb"-> [!-~]+(?: [!-~]+)*")
_MAC = re.compile(rb"--- ([A-Za-z0-9+/]{43})")


class Source(Protocol):
    """Anything bytes can be read from, in pieces of at most `size`."""

    def read(self, size: int, /) -> bytes: ...


def read_start(source: Source) -> bytes:
    """The first bytes of a file, at most 64 KiB, in which a header of X25519 stanzas stands whole.

    Refused: DAMAGED when the file ends inside a header that was good so far, or holds only zeros, as after
    a stick was pulled out early; NOT_OURS for all else.
    """
    start = _filled(source, MAX_HEADER)
    if not start.strip(b"\0"):
        raise Refused(Reason.DAMAGED, "an empty file, or only zeros")
    lines = _Lines(start)
    if lines.next(b"age-encryption.org/v1") != MAGIC[:-1]:
        raise Refused(Reason.NOT_OURS, "no age v1 file")
    keys = 0
    while not (line := lines.next()).startswith(b"---"):
        keys += _stanza(line, lines)
    if not (mac := _MAC.fullmatch(line)) or not keys or _decoded(mac[1]) is None:
        raise Refused(Reason.NOT_OURS, "no stanza for a key, or no header code")
    return start


def _stanza(line: bytes, lines: _Lines) -> int:
    """1 for an X25519 stanza, 0 for one that only keeps readers honest."""
    if not _STANZA.fullmatch(line):
        raise Refused(Reason.NOT_OURS, "no stanza")
    kind, *rest = line.split(b" ")[1:]
    if kind.endswith(_GREASE):
        while len(_body_line(lines)) == _COLUMNS:
            pass
        return 0
    if kind != b"X25519":
        raise Refused(Reason.NOT_OURS, "a stanza of another type")
    share = _decoded(rest[0]) if len(rest) == 1 else None
    box = _decoded(_body_line(lines))
    if share is None or box is None or len(share) != 32 or len(box) != 32:
        raise Refused(Reason.NOT_OURS, "an X25519 stanza of another shape")
    return 1


def _body_line(lines: _Lines) -> bytes:
    line = lines.next()
    if len(line) > _COLUMNS or _decoded(line) is None:
        raise Refused(Reason.NOT_OURS, "a stanza's body of another shape")
    return line


def _decoded(text: bytes) -> bytes | None:
    """Bytes of unpadded base64 spelled in the one right way; None otherwise."""
    try:
        raw = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except ValueError:
        return None
    return raw if base64.b64encode(raw).rstrip(b"=") == text else None


class _Lines:
    """The lines of a start, which may end too early."""

    def __init__(self, start: bytes) -> None:
        self._start, self._at = start, 0

    def next(self, expected: bytes = b"") -> bytes:
        """The next line without its end. Where there is no whole one: DAMAGED if the file ends here."""
        end = self._start.find(b"\n", self._at)
        if end < 0:
            rest = self._start[self._at :]
            ends_early = len(self._start) < MAX_HEADER and (not expected or expected.startswith(rest))
            raise Refused(Reason.DAMAGED if ends_early else Reason.NOT_OURS, "no whole header")
        line, self._at = self._start[self._at : end], end + 1
        return line


def _filled(source: Source, size: int) -> bytes:
    """`size` bytes, or all there are."""
    pieces, missing = [], size
    while missing and (piece := source.read(missing)):
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)
