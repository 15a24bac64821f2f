"""Every call by which the program changes the disk, ours and SQLite's: recorded, or refused at will.

    with record(folder) as calls: …                       what was done, in order
    with fail_at(folder, 7, errno.ENOSPC) as calls: …     the seventh call fails; were there seven?
    with watched(folder, hear): …                         `hear` is told of each call before it is made
    with unflushed(folder): …                             flushing is skipped

Files of the store are seen when they are opened inside the block. Blocks are not put inside one another.
"""

from __future__ import annotations

import builtins
import io
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.proofs.sqlite_calls import CALLS, Call, Hear, Short, Skipped, sqlite_calls

__all__ = ["CALLS", "WRITES", "Call", "Short", "Skipped", "fail_at", "record", "unflushed", "watched"]

WRITES = frozenset({"create", "write", "truncate", "sync", "rename", "link", "unlink", "mkdir", "rmdir"})


@contextmanager
def watched(root: Path, hear: Hear, of: frozenset[str] = CALLS) -> Iterator[None]:
    """Tell `hear` of every call below `root` before it is made. An OSError it raises is that call's failure;
    a `Short` lets half of a write through first, a `Skipped` flush is not made and yet goes well. Of SQLite's
    calls on an open file those in `of` are told."""
    inside = os.path.abspath(root) + os.sep

    def filtered(call: Call) -> None:
        if (call.path + os.sep).startswith(inside):
            hear(call)

    sqlite = sqlite_calls()
    with ExitStack() as stack:
        for owner, name, wrapper in _Python(filtered).wrappers():
            stack.enter_context(patch.object(owner, name, wrapper))
        stack.callback(sqlite.stop)
        sqlite.start(filtered, of)
        yield


@contextmanager
def record(root: Path) -> Iterator[list[Call]]:
    """The calls below `root` in order, as they come."""
    calls: list[Call] = []
    with watched(root, calls.append):
        yield calls


@contextmanager
def fail_at(
    root: Path,
    at: int,
    error: int,
    *,
    of: frozenset[str] = WRITES,
    lasting: bool = False,
    short: bool = False,
) -> Iterator[list[Call]]:
    """Let the `at`-th call (from 1) of the sorts in `of` fail with an errno; with `lasting` the later ones
    too, with `short` after half of a write. Gives the calls of these sorts, failed ones included.
    """
    calls: list[Call] = []

    def hear(call: Call) -> None:
        if call.what not in of:
            return
        calls.append(call)
        if len(calls) == at or (lasting and len(calls) > at):
            raise (Short if short else OSError)(error, os.strerror(error))

    with watched(root, hear):
        yield calls


@contextmanager
def unflushed(root: Path) -> Iterator[None]:
    """Flushing costs nothing: for files below `root` that no power cut will meet."""

    def hear(call: Call) -> None:
        if call.what == "sync":
            raise Skipped

    with watched(root, hear, frozenset({"sync"})):
        yield


class _Python:
    """The calls made through `os` and `open`. Reading through a file object is seen as its opening."""

    def __init__(self, hear: Hear) -> None:
        self._hear = hear
        self._paths: dict[int, str] = {}
        names = (*_ON_HANDLE, *_ON_NAME, "open", "close", "write", "fsync")
        self._real = {name: getattr(os, name) for name in names}
        self._opens = builtins.open

    def wrappers(self) -> Iterator[tuple[Any, str, Callable[..., Any]]]:
        """(owner, name, what to put there)."""
        yield os, "open", self._open
        yield os, "close", self._close
        yield os, "write", self._write
        yield os, "fsync", self._fsync
        for name in _ON_HANDLE:
            yield os, name, self._handled(name)
        for name in _ON_NAME:
            yield os, name, self._named(name)
        yield builtins, "open", self._open_file
        yield io, "open", self._open_file

    def _at(self, name: Any, folder: int | None = None) -> str:
        return os.path.abspath(os.path.join(self._paths.get(folder or -1, ""), os.fsdecode(name)))

    def _open(self, name: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        path = self._at(name, dir_fd)
        fresh = flags & os.O_CREAT and not os.path.lexists(path)
        self._hear(Call("create" if fresh else "open", path))
        handle = int(self._real["open"](name, flags, mode, dir_fd=dir_fd))
        self._paths[handle] = path
        return handle

    def _close(self, handle: int) -> None:
        self._paths.pop(handle, None)
        self._real["close"](handle)

    def _open_file(self, file: Any, mode: str = "r", *rest: Any, **options: Any) -> Any:
        if not isinstance(file, int):
            self._hear(Call("open" if os.path.exists(file) or "r" in mode else "create", self._at(file)))
        return self._opens(file, mode, *rest, **options)

    def _write(self, handle: int, data: Any) -> int:
        if path := self._paths.get(handle):
            offset = os.lseek(handle, 0, os.SEEK_CUR)
            self._written(path, data, offset, lambda part: self._real["write"](handle, part))
        return int(self._real["write"](handle, data))

    def _written(self, path: str, data: Any, offset: int, write: Callable[[Any], object]) -> None:
        try:
            self._hear(Call("write", path, offset=offset, data=bytes(data)))
        except Short:
            write(bytes(data)[: len(data) // 2])
            raise

    def _handled(self, name: str) -> Callable[..., Any]:
        real = self._real[name]

        def call(handle: Any, *values: Any) -> Any:
            if path := self._paths.get(handle):
                if name == "pwrite":
                    self._written(path, values[0], values[1], lambda part: real(handle, part, values[1]))
                else:
                    self._hear(Call(_ON_HANDLE[name], path, size=values[0] if values else 0))
            return real(handle, *values)

        return call

    def _fsync(self, handle: int) -> None:
        try:
            if path := self._paths.get(handle):
                self._hear(Call("sync", path))
        except Skipped:
            return
        self._real["fsync"](handle)

    def _named(self, name: str) -> Callable[..., Any]:
        real = self._real[name]

        def call(*names: Any, **options: Any) -> Any:
            paths = [self._at(each, options.get("dir_fd")) for each in names if not isinstance(each, int)]
            self._hear(Call(_ON_NAME[name], paths[0], to=paths[1] if len(paths) > 1 else ""))
            return real(*names, **options)

        return call


_ON_HANDLE = {"read": "read", "pwrite": "write", "ftruncate": "truncate"}
_ON_NAME = {
    "replace": "rename",
    "rename": "rename",
    "link": "link",
    "unlink": "unlink",
    "remove": "unlink",
    "mkdir": "mkdir",
    "rmdir": "rmdir",
}
