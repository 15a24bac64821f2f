"""The bytes of attachments beside a file of records: `PATH.files/<sha256>`, one file each, not encrypted."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from sgz_desktop import files
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.errors import AppError
from sgz_desktop.exports.ndjson import BadLine, Line
from sgz_desktop.store import blobs, log
from sgz_desktop.store.session import Reading, Writing

SHA256 = re.compile(r"[0-9a-f]{64}")
UNMATCHED = "附件文件和它的指纹不一致。"


def folder_of(path: Path) -> Path:
    """Where the bytes lie that belong to a file of records."""
    return path.with_name(path.name + ".files")


def put_beside(session: Reading, path: Path) -> list[str]:
    """Write the bytes of every attachment that is here; return their digests. Raises AppError."""
    wanted = list(dict.fromkeys(_here(session)))
    folder = folder_of(path)
    if wanted:
        files.private_folder(folder)
    for digest in wanted:
        files.write_atomic(folder / digest, blobs.get(session, digest))
    return wanted


def keep_beside(path: Path, wanted: Collection[str]) -> None:
    """Remove what an earlier export left beside `path` and the file that is now there does not name. Only
    then: until it is there, the earlier file needs it."""
    folder = folder_of(path)
    for left in folder.iterdir() if folder.is_dir() else ():
        if SHA256.fullmatch(left.name) and left.name not in wanted:
            files.discard(left)


def _here(session: Reading) -> Iterator[str]:
    for kind, _, values in log.shown_values(session):
        digest = _digest(kind, values)
        if digest and blobs.identity_of(session, digest):
            yield digest


def _digest(kind: str, values: Mapping[str, Any]) -> str:
    digest = values.get("sha256")
    named = kind == Attachment.KIND and isinstance(digest, str) and SHA256.fullmatch(digest)
    return str(digest) if named else ""


def check_beside(path: Path, line: Line) -> None:
    """BadLine when the bytes lie beside the file and are not those of the attachment."""
    _bytes_of(path, line)


def take_from_beside(session: Writing, path: Path, line: Line) -> int:
    """Keep an attachment's bytes; 1 when they lie there and are new here, else 0. Raises BadLine."""
    digest = _digest(line.kind, line.values)
    if not digest or blobs.identity_of(session, digest):
        return 0
    data = _bytes_of(path, line)
    if data is None:
        return 0
    blobs.put(session, data, str(line.values.get("mime") or ""))
    return 1


def _bytes_of(path: Path, line: Line) -> bytes | None:
    digest = _digest(line.kind, line.values)
    place = folder_of(path) / digest
    if not digest or not place.is_file():
        return None
    try:
        data = files.read_whole(place, blobs.MAX_BYTES)
    except AppError as fault:
        raise BadLine(f"附件：{fault.message}") from fault
    if hashlib.sha256(data).hexdigest() != digest:
        raise BadLine(UNMATCHED)
    return data
