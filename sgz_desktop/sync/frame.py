"""zstd in and out: exactly one frame, with a window and a total that cannot grow.

The library takes many frames, skippable ones and any amount of output at one call. So the block lengths
of the frame (RFC 8878, section 3.1.1.2) are followed here: each block is handed on alone, gives at most
128 KiB, and the frame's end is seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import zstandard

from sgz_desktop.sync.reasons import Reason, Refused

LEVEL = 3
MAX_WINDOW = 8 << 20
MAX_BLOCK = 128 * 1024
_MAGIC = b"\x28\xb5\x2f\xfd"
_MAX_FRAME_HEADER = 18
_BLOCK_HEADER, _CHECKSUM = 3, 4
_RLE, _RESERVED = 1, 3


def compressed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces as one frame that ends in a checksum. The first piece has blocks of its own: who wants no
    more needs no more of the file."""
    frame = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True, write_content_size=False)
    into = frame.compressobj()
    for place, piece in enumerate(pieces):
        if packed := into.compress(piece):
            yield packed
        if not place:
            yield into.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
    yield into.flush()


class Unpacker:
    """Takes a compressed frame in pieces of any size and hands on its content.

    Refused from `write` and `finish`: TOO_BIG past `limit` bytes of content or a window of 8 MiB; DAMAGED
    for all that is not one whole frame with a checksum and nothing behind it.
    """

    def __init__(self, onward: Callable[[bytes], None], limit: int) -> None:
        self._onward, self._limit = onward, limit
        self._held = bytearray()
        self._frame: zstandard.ZstdDecompressionObj | None = None
        self._wanted = _MAX_FRAME_HEADER
        self._step: Callable[[bytes], None] = self._frame_header
        self._last = self._ended = False
        self.given = 0

    def write(self, data: bytes) -> None:
        self._held += data
        while len(self._held) >= self._wanted and not self._ended:
            part = bytes(self._held[: self._wanted])
            del self._held[: self._wanted]
            self._step(part)
        if self._ended and self._held:
            raise _damaged("something stands behind the frame")

    def finish(self) -> None:
        """Call when nothing more comes."""
        if not self._ended:
            raise _damaged("the frame ends early")

    def _frame_header(self, start: bytes) -> None:
        if not start.startswith(_MAGIC):
            raise _damaged("no zstd frame")
        try:
            size = zstandard.frame_header_size(start)
            said = zstandard.get_frame_parameters(start)
        except zstandard.ZstdError:
            raise _damaged("no zstd frame") from None
        stated = 0 if said.content_size == zstandard.CONTENTSIZE_UNKNOWN else said.content_size
        if said.window_size > MAX_WINDOW or stated > self._limit:
            raise Refused(Reason.TOO_BIG, "the frame claims too much")
        if said.dict_id or not said.has_checksum:
            raise _damaged("a frame with a dictionary, or without a checksum")
        self._frame = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW).decompressobj()
        self._unpack(start[:size])
        self._held[:0] = start[size:]
        self._await(_BLOCK_HEADER, self._block_header)

    def _block_header(self, header: bytes) -> None:
        told = int.from_bytes(header, "little")
        self._last, kind, size = bool(told & 1), told >> 1 & 3, told >> 3
        if kind == _RESERVED or size > MAX_BLOCK:
            raise _damaged("a block that cannot be")
        self._unpack(header)
        self._await(1 if kind == _RLE else size, self._block)

    def _block(self, content: bytes) -> None:
        self._unpack(content)
        if self._last:
            self._await(_CHECKSUM, self._checksum)
        else:
            self._await(_BLOCK_HEADER, self._block_header)

    def _checksum(self, code: bytes) -> None:
        self._unpack(code)
        if self._frame is None or not self._frame.eof:
            raise _damaged("the frame does not end where it says")
        self._ended = True

    def _await(self, wanted: int, step: Callable[[bytes], None]) -> None:
        self._wanted, self._step = wanted, step

    def _unpack(self, part: bytes) -> None:
        if self._frame is None:
            raise _damaged("no zstd frame")
        try:
            content = self._frame.decompress(part)
        except zstandard.ZstdError:
            raise _damaged("zstd says no") from None
        self.given += len(content)
        if self.given > self._limit:
            raise Refused(Reason.TOO_BIG, "more content than is allowed")
        if content:
            self._onward(content)


def _damaged(detail: str) -> Refused:
    return Refused(Reason.DAMAGED, detail)
