"""Ids of records: UUIDv7 (RFC 9562), sortable by the millisecond they were made in; and such as follow from a
name, so that two computers which make the same thing apart make one record."""

from __future__ import annotations

import os
import time
import uuid


def uuid7(now_ms: int | None = None) -> str:
    """A new id, of `now_ms` (UTC) or of this moment."""
    ms = time.time_ns() // 1_000_000 if now_ms is None else now_ms
    noise = int.from_bytes(os.urandom(10))
    bits = ms << 80 | 7 << 76 | (noise >> 68) << 64 | 2 << 62 | noise & (1 << 62) - 1
    return str(uuid.UUID(int=bits))


NAMED = uuid.UUID("7d1f1c1e-52a4-5b0c-9a53-6a0c1f0f7a11")


def id_of(name: str) -> str:
    """The id of what there is once under a name (UUIDv5)."""
    return str(uuid.uuid5(NAMED, name))
