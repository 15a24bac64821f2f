"""How far a store had come, kept outside it: two authenticated records written in turn, each with both heads.

A torn or lost write spoils at most the newer record; the older one still stands in its own disk sector.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import struct
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from sgz_desktop import files
from sgz_desktop.faults import disk_faults

HASH_BYTES = 32
_RECORD = struct.Struct(">4sQQ32sQ32s")  # mark, counter, two heads; then 32 bytes of HMAC
_MAC_BYTES = 32
_MARK = b"SGH1"
_SECTOR = 512


class Head(NamedTuple):
    """The end of a chain: the number of its last line, and that line's 32-byte hash (zeros before the first).

    A store has two: the edits of this device, and the access log.
    """

    seq: int
    hash: bytes


NONE_YET = Head(0, bytes(HASH_BYTES))


class Verdict(StrEnum):
    """How the state folder's head stands to the store's."""

    SAME = "same"
    BEHIND = "behind"  # a crash between commit and head: catch up
    AHEAD = "ahead"  # the store was put back to an earlier time, or is another branch


def compare(state: Head, store: Head, hash_at: Callable[[int], bytes | None] | None = None) -> Verdict:
    """Judge the store by the head kept outside. `hash_at(seq)` gives the store's hash at a number; with it a
    store that went on from an older copy is AHEAD too, though its numbers are higher.
    """
    if state == store:
        return Verdict.SAME
    if state.seq >= store.seq:
        return Verdict.AHEAD
    if hash_at is not None and state.seq > 0 and hash_at(state.seq) != state.hash:
        return Verdict.AHEAD
    return Verdict.BEHIND


class HeadFile:
    """The file of one device, holding both heads. Used from one thread."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self._key = key
        self._fault: OSError | None = None
        self._handle = files.open_kept(path)
        self._counter, self._head, self._lines = self._newest()

    @classmethod
    def create(cls, path: Path, key: bytes) -> HeadFile:
        """A new file whose both records say that nothing was written yet; flushed."""
        first, second = (
            _record(key, counter, NONE_YET, NONE_YET).ljust(_SECTOR, b"\0") for counter in (0, 1)
        )
        files.write_atomic(path, first + second, inside=True)
        return cls(path, key)

    def read(self) -> Head | None:
        """The newest head of the edits that proves itself; None when neither does."""
        return self._head

    def read_lines(self) -> Head:
        """The head of the access log in the same record."""
        return self._lines

    def write(self, seq: int, hash32: bytes) -> None:
        """Note a head after a commit. Not flushed, and a fault waits for `sync`: the commit itself stands."""
        self._note(_head(seq, hash32), self._lines)

    def write_lines(self, number: int, hash32: bytes) -> None:
        """The same for the access log."""
        self._note(self._head or NONE_YET, _head(number, hash32))

    def _note(self, head: Head, lines: Head) -> None:
        self._counter += 1
        self._head, self._lines = head, lines
        record = _record(self._key, self._counter, head, lines)
        try:
            files.write_at(self._handle, record, self._counter % 2 * _SECTOR)
        except OSError as fault:
            self._fault = fault

    def sync(self) -> None:
        """Flush. AppError when this or an earlier write did not reach the disk."""
        fault, self._fault = self._fault, None
        with disk_faults():
            if fault is not None:
                raise fault
            os.fsync(self._handle)

    def close(self) -> None:
        """Close without flushing; harmless twice."""
        handle, self._handle = self._handle, -1
        if handle >= 0:
            with contextlib.suppress(OSError):
                os.close(handle)

    def _newest(self) -> tuple[int, Head | None, Head]:
        with disk_faults():
            os.lseek(self._handle, 0, os.SEEK_SET)
            data = os.read(self._handle, 2 * _SECTOR)
        found = [_parsed(self._key, data[start : start + _SECTOR]) for start in (0, _SECTOR)]
        return max((item for item in found if item), default=(0, None, NONE_YET), key=lambda item: item[0])


def _head(number: int, hash32: bytes) -> Head:
    if len(hash32) != HASH_BYTES:
        raise ValueError("a head's hash has 32 bytes")
    return Head(number, bytes(hash32))


def _record(key: bytes, counter: int, head: Head, lines: Head) -> bytes:
    body = _RECORD.pack(_MARK, counter, *head, *lines)
    return body + hmac.digest(key, body, "sha256")


def _parsed(key: bytes, sector: bytes) -> tuple[int, Head, Head] | None:
    body, mac = sector[: _RECORD.size], sector[_RECORD.size : _RECORD.size + _MAC_BYTES]
    if len(mac) != _MAC_BYTES or not hmac.compare_digest(mac, hmac.digest(key, body, "sha256")):
        return None
    mark, counter, seq, digest, number, line = _RECORD.unpack(body)
    return (counter, Head(seq, digest), Head(number, line)) if mark == _MARK else None
