"""Writing outside the store: whole or not at all, read back, refused in words.

The only module that writes a path outside the database. Every function raises `AppError` with a sentence
for what a person can act on; on any fault before the final rename the old file stays as it was.

What people save goes into no folder of a store: only a write that says `inside`, for what a store keeps for
itself, may.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from sgz_desktop.errors import AppError
from sgz_desktop.faults import disk_faults
from sgz_desktop.one_opener import OneOpener

__all__ = [
    "Data",
    "OneOpener",
    "discard",
    "drop_folder",
    "flush",
    "lent_part",
    "move_over",
    "new_folder",
    "open_kept",
    "overwrite",
    "private_folder",
    "read_whole",
    "refuse_folder",
    "refuse_in_store",
    "replacing",
    "shared_folder",
    "sweep_parts",
    "sync_folder",
    "write_at",
    "write_atomic",
    "write_new",
    "write_streamed",
]

Data = bytes | bytearray | memoryview | Iterable[bytes]
Put = Callable[[bytes | bytearray | memoryview], object]
CHUNK = 1 << 20
PART = ".sgz-"
OF_A_STORE = ("slots.json", "store.db")  # a folder that holds either is a store's

_SHARING = {5, 32, 33}  # Windows: access denied, sharing violation, lock violation
_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}


def write_atomic(path: Path, data: Data, *, private: bool = True, inside: bool = False) -> str:
    """Put `data` at `path`, replacing what was there in one step; return its SHA-256 in hex.

    The bytes are flushed and read back before they take the old file's place. `private` = mode 0600; `inside`
    = the store's own, else AppError in the folder of a store.
    """
    return _write(Path(path), _putting(data), private=private, fresh=False, inside=inside)


def write_new(path: Path, data: Data, *, private: bool = True, inside: bool = False) -> str:
    """As `write_atomic`, but an existing file is never replaced: AppError says the name is taken."""
    return _write(Path(path), _putting(data), private=private, fresh=True, inside=inside)


def write_streamed(
    path: Path,
    produce: Callable[[Put], None],
    *,
    private: bool = True,
    checked: Callable[[int], None] | None = None,
) -> str:
    """As `write_atomic`, for a producer that pushes: it calls what it is given with each piece in turn.

    `checked` hears the bytes read back so far. Either stops the work by raising; then nothing is written.
    """
    return _write(Path(path), produce, private=private, fresh=False, inside=False, checked=checked)


def refuse_in_store(path: Path, coming: Path | None = None) -> None:
    """AppError when `path` lies in the folder of any store or below it, however it is spelt; `coming` is a
    folder that is yet to be one."""
    with disk_faults():
        folder = Path(os.path.realpath(Path(path).parent))
        to_come = Path(os.path.realpath(coming)) if coming else None
        for one in (folder, *folder.parents):
            if one == to_come or any(os.path.lexists(one / name) for name in OF_A_STORE):
                raise AppError("这是存放资料的文件夹，没有写入，资料没有改动。", "请换一个文件夹或U盘再存。")


@contextlib.contextmanager
def replacing(path: Path, *, private: bool = True, inside: bool = False) -> Iterator[Path]:
    """Lend an empty file beside `path`; when the block ends well it is flushed and takes `path`'s place.

    For writers that want a path of their own (a database copy, a PDF). The caller checks the content.
    """
    path = Path(path)
    with disk_faults():
        if not inside:
            refuse_in_store(path)
        part = _part_beside(path, private)
        with _dropped_on_fault(part):
            yield part
            flush(part)
            _take_place(part, path, fresh=False)
        sync_folder(path.parent)


@contextlib.contextmanager
def lent_part(folder: Path) -> Iterator[Path]:
    """Lend a name in `folder` for a file of passing use; it and what SQLite put beside it go with the block.

    Where the disk does not let them go they stay until `sweep_parts`.
    """
    path = Path(folder) / f"{PART}{os.urandom(8).hex()}.part"
    try:
        yield path
    finally:
        for one in (path, path.with_name(f"{path.name}-journal")):
            with contextlib.suppress(OSError):
                os.unlink(one)


@contextlib.contextmanager
def new_folder(path: Path, *, inside: bool = False) -> Iterator[Path]:
    """Lend an empty private folder beside `path`; when the block ends well it becomes `path`, at once.

    AppError when something is there already; only an empty folder gives way. On any fault `path` stays as
    it was.
    """
    path = Path(path)
    with disk_faults():
        if not inside:
            refuse_in_store(path)
        was_there = path.exists()
        if was_there and not (path.is_dir() and not any(path.iterdir())):
            raise AppError("这个位置已经有文件，没有改动；", "请换一个新的文件夹。")
        part = path.parent / f"{PART}{os.urandom(8).hex()}.part"
        try:
            part.mkdir(mode=0o700)
            yield part
            if was_there and sys.platform == "win32":  # elsewhere an empty folder gives way by itself
                path.rmdir()
            _patiently(lambda: os.replace(part, path))
            _keep_folder(path, was_there)
        except BaseException:
            drop_folder(part)
            raise


def _keep_folder(folder: Path, was_there: bool) -> None:
    try:
        sync_folder(folder.parent)
    except BaseException:
        drop_folder(folder)
        if was_there:
            private_folder(folder)
        raise


def drop_folder(folder: Path) -> None:
    """Remove a folder of ours and all in it, as far as the disk lets us."""
    shutil.rmtree(folder, ignore_errors=True)


def overwrite(path: Path, data: bytes) -> None:
    """Put a small record over the one in `path`, in place and flushed (0600). It needs no new room while it
    keeps its size; after a power cut it may be torn, so the caller checks it and keeps a second one.
    """
    with disk_faults():
        fresh = not os.path.exists(path)
        flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        handle = os.open(path, flags, 0o600)
        try:
            os.write(handle, data)
            os.fsync(handle)
        finally:
            os.close(handle)
        if fresh:
            sync_folder(Path(path).parent)


def move_over(source: Path, target: Path) -> None:
    """Rename `source` over `target` and flush the folder: after a crash it is the one or the other."""
    with disk_faults():
        _patiently(lambda: os.replace(source, target))
        sync_folder(Path(target).parent)


def discard(path: Path) -> None:
    """Remove a file if it is there, and flush the folder."""
    with disk_faults():
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)
        sync_folder(Path(path).parent)


def refuse_folder(path: Path) -> None:
    """AppError when a folder stands where a file was to be read."""
    with disk_faults():
        if path.is_dir():
            raise AppError("这是一个文件夹，没有读入。", "请选文件夹里的那个文件。")


def read_whole(path: Path, limit: int) -> bytes:
    """The bytes of a file of at most `limit` bytes; AppError when larger, missing or unreadable."""
    try:
        with open(path, "rb") as file:
            data = file.read(limit + 1)
    except OSError as fault:
        raise AppError("读不出这个文件，请确认它还在原处。") from fault
    if len(data) > limit:
        raise AppError("这个文件太大，不像是本程序的文件。")
    return data


def private_folder(path: Path) -> Path:
    """Make `path` (and what leads to it) and let only this user into it (0700)."""
    path = Path(path)
    with disk_faults():
        missing = not path.exists()
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.chmod(path, 0o700)
        if missing:
            sync_folder(path.parent)
    return path


def shared_folder(path: Path) -> Path:
    """Make a folder on a stick or a share, where others read and write too; there already is well."""
    with disk_faults():
        Path(path).mkdir(exist_ok=True)
    return path


def sweep_parts(folder: Path) -> int:
    """Remove what a killed write left in a folder only we write to; return how many files."""
    with disk_faults():
        left = [entry for entry in Path(folder).iterdir() if entry.name.startswith(PART)]
        for entry in left:
            entry.unlink(missing_ok=True)
    return len(left)


def open_kept(path: Path) -> int:
    """A handle to read and write a file that is there and stays open; AppError when it cannot be had."""
    with disk_faults():
        return os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))


def write_at(handle: int, data: bytes, offset: int) -> None:
    """All of `data` into an open file at `offset`; not flushed. OSError as it comes: the caller keeps it."""
    rest = memoryview(data)
    while rest:
        if sys.platform == "win32":
            os.lseek(handle, offset, os.SEEK_SET)
            written = os.write(handle, rest)
        else:
            written = os.pwrite(handle, rest, offset)
        rest, offset = rest[written:], offset + written


def flush(path: Path) -> None:
    """fsync one file by name."""
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """fsync a folder so that a rename in it outlives a power cut (nothing to do on Windows)."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as fault:
        if fault.errno not in (errno.EINVAL, errno.ENOTSUP):  # some file systems cannot flush folders
            raise
    finally:
        os.close(handle)


def _write(
    path: Path,
    produce: Callable[[Put], None],
    *,
    private: bool,
    fresh: bool,
    inside: bool,
    checked: Callable[[int], None] | None = None,
) -> str:
    with disk_faults():
        if not inside:
            refuse_in_store(path)
        part = _part_beside(path, private)
        with _dropped_on_fault(part):
            digest = _fill(part, produce)
            if _digest_on_disk(part, checked) != digest:
                raise AppError("写好后读回来不一致，原来的文件没有改动；", "请换一个U盘或文件夹再试。")
            _take_place(part, path, fresh=fresh)
        sync_folder(path.parent)
    return digest


def _putting(data: Data) -> Callable[[Put], None]:
    def produce(put: Put) -> None:
        for piece in [data] if isinstance(data, bytes | bytearray | memoryview) else data:
            put(piece)

    return produce


def _part_beside(path: Path, private: bool) -> Path:
    """An empty temporary file in the folder of `path`; its name says nothing about the target."""
    part = path.parent / f"{PART}{os.urandom(8).hex()}.part"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    os.close(os.open(part, flags, 0o600 if private else 0o666))
    return part


@contextlib.contextmanager
def _dropped_on_fault(part: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(part)
        raise


def _fill(part: Path, produce: Callable[[Put], None]) -> str:
    digest = hashlib.sha256()
    handle = os.open(part, os.O_WRONLY | getattr(os, "O_BINARY", 0))

    def put(piece: bytes | bytearray | memoryview) -> None:
        digest.update(piece)
        rest = memoryview(piece).cast("B")
        while rest:
            rest = rest[os.write(handle, rest[:CHUNK]) :]

    try:
        produce(put)
        os.fsync(handle)
        if sys.platform == "linux":  # so that reading back asks the device, not the cache
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(handle)
    return digest.hexdigest()


def _digest_on_disk(path: Path, checked: Callable[[int], None] | None = None) -> str:
    digest, done = hashlib.sha256(), 0
    with open(path, "rb", buffering=0) as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
            done += len(piece)
            if checked is not None:
                checked(done)
    return digest.hexdigest()


def _take_place(part: Path, path: Path, *, fresh: bool) -> None:
    if not fresh:
        _patiently(lambda: os.replace(part, path))
    elif sys.platform == "win32":
        _patiently(lambda: os.rename(part, path))  # on Windows this refuses an existing name
    else:
        try:
            os.link(part, path)
        except OSError as fault:
            if fault.errno not in _NO_LINKS:
                raise
            if os.path.lexists(path):  # FAT has no links: the best that can be done there
                raise FileExistsError(errno.EEXIST, "exists") from None
            os.rename(part, path)
        else:
            os.unlink(part)


def _patiently(rename: Callable[[], None]) -> None:
    """Virus scanners hold fresh files on Windows for a moment; a few short waits outlast them."""
    for pause in (0.05, 0.1, 0.2, 0.4, 0.8):
        try:
            rename()
            return
        except PermissionError as fault:
            if getattr(fault, "winerror", None) not in _SHARING:
                raise
            time.sleep(pause)
    rename()
