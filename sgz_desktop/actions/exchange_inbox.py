"""The inbox: a bundle is copied into the folder of the store first, since the stick may go any moment."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BufferedReader
from pathlib import Path

from sgz_desktop import files
from sgz_desktop.errors import AppError
from sgz_desktop.faults import disk_faults
from sgz_desktop.sync import envelope
from sgz_desktop.sync.reasons import Reason, Refused

INBOX, COPY = "inbox", ".sgzb"
CHUNK = 1 << 20
MOST_KEPT, MOST_KEPT_BYTES = 100, 4 << 30  # bundles of newer programs that wait in the inbox
Progress = Callable[[int, int, str], None]  # bytes done, of how many, what


def copy_in(store: Path, path: Path, say: Progress) -> tuple[Path, str]:
    """A copy of a bundle in the inbox of a store's folder, and its SHA-256."""
    folder = files.private_folder(store / INBOX)
    files.sweep_parts(folder)
    with source_of(path) as source:
        with disk_faults():
            total = path.stat().st_size
        if total > envelope.MAX_FILE:
            raise Refused(Reason.TOO_BIG, "no file of ours, and as much of our disk")

        def pieces() -> Iterator[bytes]:
            done = 0
            while piece := source.read(CHUNK):
                done += len(piece)
                say(done, total, "正在从U盘读取")
                yield piece

        kept = folder / f"{digest_of(path)}{COPY}"
        return kept, files.write_atomic(kept, pieces(), inside=True)


def waiting(store: Path) -> list[Path]:
    """The copies that lie in the inbox of a store's folder."""
    folder = store / INBOX
    with disk_faults():
        return sorted(folder.glob(f"*{COPY}")) if folder.is_dir() else []


def has_room(copy: Path) -> bool:
    """May a copy go on lying in the inbox beside the others? What came from a newer program cannot be read,
    so nobody knows who wrote it."""
    with disk_faults():
        sizes = [one.stat().st_size for one in copy.parent.glob(f"*{COPY}")]
    return len(sizes) <= MOST_KEPT and sum(sizes) <= MOST_KEPT_BYTES


def drop(copy: Path) -> None:
    """Do away with a copy, as far as the disk lets us."""
    with suppress(AppError):
        files.discard(copy)


def digest_of(path: Path) -> str:
    """SHA-256 of a file in hex."""
    with source_of(path) as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def source_of(path: Path) -> BufferedReader:
    """A bundle to be read. AppError when it is not there any more."""
    files.refuse_folder(path)
    with disk_faults():
        if not path.is_file():
            raise AppError("这个文件不在了，没有读入。", "请确认U盘插好，再选一次。")
        return open(path, "rb")
