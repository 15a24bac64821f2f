"""Which attachments' files are here, which are known of and missing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import orjson

from sgz_desktop.store import blobs
from sgz_desktop.store.schema import CHANGES_OF_RECORD
from sgz_desktop.store.session import Reading

MOST = 5_000
ABSENT = """FROM r_attachment a LEFT JOIN blob b ON b.sha256 = a.sha256
 WHERE a.deleted IS NOT TRUE AND a.sha256 IS NOT NULL AND a.identity IS NOT NULL AND b.sha256 IS NULL"""
WANTED = f"SELECT DISTINCT a.sha256 {ABSENT} ORDER BY a.rid LIMIT ?"


class File(NamedTuple):
    """A sealed file as it lies here: `size` bytes at `path`."""

    sha256: str
    mime: str
    size: int
    path: Path


def wanted(session: Reading) -> list[str]:
    """The attachments (SHA-256) whose files are not here, as many as one header may name."""
    return [row[0] for row in session.connection.execute(WANTED, (MOST,))]


def count_wanted(session: Reading) -> int:
    """How many there are."""
    query = f"SELECT count(DISTINCT a.sha256) {ABSENT}"
    return int(session.connection.execute(query).fetchone()[0])


def identity(session: Reading, sha256: str) -> str:
    """What opens an attachment's file, as its record carries it; "" when no record here names the file."""
    query = "SELECT identity FROM r_attachment WHERE sha256 = ? AND identity NOTNULL AND deleted IS NOT TRUE"
    row = session.connection.execute(query, (sha256,)).fetchone()
    return str(row[0]) if row else ""


def going(session: Reading, ranges: Mapping[str, tuple[int, int]], wants: Collection[str]) -> list[File]:
    """The files that are here of attachments told of in ranges of edits, or asked for."""
    asked = dict.fromkeys([*wants, *_told_of(session, ranges)])
    return [file for sha256 in asked if (file := _file(session, sha256))]


TOLD_OF = f"""SELECT DISTINCT c.value FROM entity n JOIN {CHANGES_OF_RECORD}
 JOIN cell_name f ON f.fid = c.fid JOIN edit e ON e.eid = c.eid JOIN replica r ON r.did = e.did
 WHERE n.kind = 'attachment' AND f.cell = 'sha256' AND c.value NOTNULL
 AND r.device = ? AND e.seq BETWEEN ? AND ? ORDER BY e.seq"""


def _told_of(session: Reading, ranges: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    for device, span in ranges.items():
        for (text,) in session.connection.execute(TOLD_OF, (device, *span)).fetchall():
            yield str(orjson.loads(text))


def _file(session: Reading, sha256: str) -> File | None:
    path = blobs.sealed_file(session, sha256)
    if path is None or not identity(session, sha256):
        return None
    query = "SELECT mime FROM blob WHERE sha256 = ?"
    (mime,) = session.connection.execute(query, (sha256,)).fetchone()
    return File(sha256, mime, path.stat().st_size, path)
