"""What goes through the pipes: eight bytes of length, then so many bytes."""

from __future__ import annotations

import struct
from typing import IO

LENGTH = struct.Struct(">Q")
MOST = 256 * 1024 * 1024


def put(stream: IO[bytes], data: bytes) -> None:
    """Write one frame."""
    stream.write(LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def take(stream: IO[bytes]) -> bytes | None:
    """The next frame; None when the other side has closed, or breaks off within one."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    data = stream.read(length) if length <= MOST else b""
    return data if len(data) == length else None
