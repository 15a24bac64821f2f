"""Attachments and frozen papers: age files beside the database, each under an identity of its own.

The identity is kept in the blob's row and nowhere else here: when the row goes, nobody opens the file again.
A file is on the disk before the transaction that names it commits; files that no row names are swept.
"""

from __future__ import annotations

import hashlib
import os
import re
from io import BytesIO
from pathlib import Path

import pyrage

from sgz_desktop import files
from sgz_desktop.errors import AppError
from sgz_desktop.store.session import Reading, Writing

FOLDER = "blobs"
MAX_BYTES = 64 * 1024 * 1024
MAX_FILE = MAX_BYTES + MAX_BYTES // 1024 + 4096  # age adds 16 bytes per 64 KiB and a header
SCRYPT, HEADER = b"\n-> scrypt ", 65_536
NAME = re.compile(r"[0-9a-f]{32}")
UNOPENED = (pyrage.DecryptError, pyrage.IdentityError, OSError, ValueError, TypeError)


def put(session: Writing, data: bytes, mime: str) -> str:
    """Keep bytes under their SHA-256, which is returned; bytes already here are kept once.

    Raises AppError when they are too many or the disk refuses.
    """
    if len(data) > MAX_BYTES:
        raise AppError(f"这个文件超过{MAX_BYTES >> 20}MB，没有放入。", "请先压缩图片或拆成几个文件。")
    digest = hashlib.sha256(data).hexdigest()
    folder = files.private_folder(folder_of(session))
    if (found := _row(session, digest)) and (folder / found[0]).is_file():
        return digest
    drop(session, digest)  # a row whose file is lost
    name = os.urandom(16).hex()
    identity = pyrage.x25519.Identity.generate()
    files.write_new(folder / name, pyrage.encrypt(data, [identity.to_public()]), inside=True)
    row = (digest, name, len(data), mime, str(identity), session.now_ms)
    session.connection.execute(PUT, row)
    return digest


PUT = "INSERT INTO blob(sha256, file, size, mime, identity, at_ms) VALUES(?, ?, ?, ?, ?, ?)"


def get(session: Reading, sha256: str) -> bytes:
    """The bytes of a blob, verified. AppError when they are not here or are damaged."""
    found = _row(session, sha256)
    if not found:
        raise AppError("这个附件的文件不在本机。", "请从有它的电脑导入。")
    return opened(folder_of(session) / found[0], found[1], sha256)


def opened(path: Path, identity: str, sha256: str) -> bytes:
    """Decrypt one file and verify it. AppError when it is missing or damaged."""
    data = _unsealed(files.read_whole(path, MAX_FILE), identity)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise AppError("这个附件的文件已损坏，没有打开。", "请从备份恢复它。")
    return data


def _unsealed(sealed: bytes, identity: str) -> bytes:
    try:
        return bytes(pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(identity)]))
    except UNOPENED:
        return b""


def _opens(sealed: bytes, identity: str, sha256: str) -> int | None:
    """The size of what a sealed file holds, None when it is not what its name says. Never whole in memory."""
    if SCRYPT in sealed[:HEADER]:  # made to cost minutes and gigabytes before it is refused
        return None
    content = _Counted()
    try:
        pyrage.decrypt_io(BytesIO(sealed), content, [pyrage.x25519.Identity.from_str(identity)])
    except UNOPENED:
        return None
    return content.size if content.digest.hexdigest() == sha256 else None


class _Counted:
    """Where bytes go that are only to be compared."""

    def __init__(self) -> None:
        self.digest, self.size = hashlib.sha256(), 0

    def write(self, data: bytes, /) -> int:
        self.digest.update(data)
        self.size += len(data)
        return len(data)

    def flush(self) -> None: ...


def keep_sealed(session: Writing, sha256: str, mime: str, identity: str, sealed: bytes) -> bool:
    """Keep a sealed file as a peer sent it, once it opens under the identity its attachment carries and holds
    what it should; False, and nothing kept, where it does not."""
    if (size := _opens(sealed, identity, sha256)) is None:
        return False
    name = os.urandom(16).hex()
    files.write_new(files.private_folder(folder_of(session)) / name, sealed, inside=True)
    drop(session, sha256)
    row = (sha256, name, size, mime, identity, session.now_ms)
    session.connection.execute(PUT, row)
    return True


def sealed_file(session: Reading, sha256: str) -> Path | None:
    """Where the sealed file of a blob lies, None when it is not here."""
    found = _row(session, sha256)
    path = folder_of(session) / found[0] if found else None
    return path if path is not None and path.is_file() else None


def drop(session: Writing, sha256: str) -> None:
    """Forget a blob's identity, which erases it; its file is swept at the next opening."""
    session.connection.execute("DELETE FROM blob WHERE sha256 = ?", (sha256,))


def drop_free(session: Writing, sha256: str) -> None:
    """Forget a blob, unless an attachment or a frozen paper is the same bytes."""
    asked = (
        "SELECT 1 FROM r_attachment WHERE sha256 = ?1 UNION ALL SELECT 1 FROM frozen_paper WHERE blob = ?1"
    )
    if session.connection.execute(asked, (sha256,)).fetchone() is None:
        drop(session, sha256)


def identity_of(session: Reading, sha256: str) -> str:
    """The age identity that opens a blob, as an attachment record carries it; "" when it is not here."""
    found = _row(session, sha256)
    return found[1] if found else ""


def sweep(session: Writing) -> int:
    """Remove files that no row names: left by a crash, or erased. The number of files removed."""
    folder = folder_of(session)
    if not folder.is_dir():
        return 0
    swept = files.sweep_parts(folder)
    named = {row[0] for row in session.connection.execute("SELECT file FROM blob")}
    orphans = [path for path in folder.iterdir() if NAME.fullmatch(path.name) and path.name not in named]
    for path in orphans:
        files.discard(path)
    return swept + len(orphans)


def folder_of(session: Reading) -> Path:
    """Where this store keeps its blobs."""
    rows = session.connection.execute("PRAGMA database_list").fetchall()
    return Path(next(row[2] for row in rows if row[1] == "main")).parent / FOLDER


def _row(session: Reading, sha256: str) -> tuple[str, str] | None:
    row = session.connection.execute("SELECT file, identity FROM blob WHERE sha256 = ?", (sha256,)).fetchone()
    return (str(row[0]), str(row[1])) if row else None
