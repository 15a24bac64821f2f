"""The file calls SQLite makes, met where it hands them to the system: its VFS.

SQLite calls the system from C, where wrapping `os` sees nothing. Its documented interface for file systems
is two tables of functions, `sqlite3_vfs` and `sqlite3_io_methods` (https://sqlite.org/c3ref/vfs.html); the
driver exports the door to them, so ctypes can put functions of ours in front. That needs no compiler, no
tracer and no rights, and can refuse a call as well as note it; strace needs ptrace, which containers often
forbid. `xSetSystemCall`, SQLite's own hook for tests, knows no fsync.
"""

from __future__ import annotations

import ctypes
import errno
import functools
import os
from collections.abc import Callable
from ctypes import CFUNCTYPE, POINTER, Structure, addressof, c_char_p, c_int, c_int64, c_void_p
from dataclasses import dataclass
from typing import Any, ClassVar

import sqlcipher3._sqlite3 as extension

OK, FULL, CANTOPEN = 0, 13, 14
IOERR = {"read": 266, "write": 778, "sync": 1034, "truncate": 1546, "unlink": 2570}  # SQLITE_IOERR_…
CREATE = 0x4  # SQLITE_OPEN_CREATE
CALLS = frozenset({"read", "write", "truncate", "sync"})  # on an open file


@dataclass(frozen=True, slots=True)
class Call:
    """A call about to be made. `what`: open, create, read, write, truncate, sync (a file or a folder),
    rename, link, unlink, mkdir, rmdir. `data` are the bytes of a write at `offset`, `size` the length after a
    truncate, `to` the new name of a rename or link."""

    what: str
    path: str
    to: str = ""
    offset: int = 0
    data: bytes = b""
    size: int = 0


class Short(OSError):
    """A write that fails with half its bytes written."""


class Skipped(OSError):
    """A flush that is not made and said to have gone well."""


Hear = Callable[[Call], None]

_Open = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, POINTER(c_int))
_Delete = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
_SetCall = CFUNCTYPE(c_int, c_void_p, c_char_p, c_void_p)
_GetCall = CFUNCTYPE(c_void_p, c_void_p, c_char_p)
_OpenFolder = CFUNCTYPE(c_int, c_char_p, POINTER(c_int))
_Close = CFUNCTYPE(c_int, c_void_p)
_ReadWrite = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_Truncate = CFUNCTYPE(c_int, c_void_p, c_int64)
_Sync = CFUNCTYPE(c_int, c_void_p, c_int)
_VFS_REST = ("Access", "FullPathname", "DlOpen", "DlError", "DlSym", "DlClose", "Randomness", "Sleep")
_VFS_REST += ("CurrentTime", "GetLastError", "CurrentTimeInt64")
_METHODS_REST = ("FileSize", "Lock", "Unlock", "CheckReservedLock", "FileControl", "SectorSize")
_METHODS_REST += ("DeviceCharacteristics", "ShmMap", "ShmLock", "ShmBarrier", "ShmUnmap", "Fetch", "Unfetch")


class _Vfs(Structure):
    _fields_: ClassVar[list[Any]] = [
        *((name, c_int) for name in ("version", "file_bytes", "longest_path")),
        *((name, c_void_p) for name in ("next", "name", "data")),
        ("open", _Open),
        ("delete", _Delete),
        *((name, c_void_p) for name in _VFS_REST),
        ("set_call", _SetCall),
        ("get_call", _GetCall),
    ]


class _Methods(Structure):
    _fields_: ClassVar[list[Any]] = [
        ("version", c_int),
        ("close", _Close),
        ("read", _ReadWrite),
        ("write", _ReadWrite),
        ("truncate", _Truncate),
        ("sync", _Sync),
        *((name, c_void_p) for name in _METHODS_REST),
    ]


class _File(Structure):
    _fields_: ClassVar[list[Any]] = [("methods", POINTER(_Methods))]


class SqliteCalls:
    """Stands before SQLite's file calls between `start` and `stop`, for files opened in between."""

    def __init__(self) -> None:
        find = ctypes.CDLL(extension.__file__).sqlite3_vfs_find
        find.restype = POINTER(_Vfs)
        self._vfs = find(None).contents
        self._hear: Hear = lambda call: None
        self._files: dict[int, tuple[str, _Methods]] = {}
        self._of = CALLS
        self._wrapped: dict[tuple[int, frozenset[str]], _Methods] = {}  # by what they stand before, and for
        folder = self._vfs.get_call(addressof(self._vfs), b"openDirectory")
        self._open, self._delete = _Open(_address(self._vfs.open)), _Delete(_address(self._vfs.delete))
        self._open_folder = _OpenFolder(folder)
        self._ours = (_Open(self._on_open), _Delete(self._on_delete), _OpenFolder(self._on_open_folder))

    def start(self, hear: Hear, of: frozenset[str] = CALLS) -> None:
        """Tell `hear` of every call before it is made; an OSError it raises is what SQLite meets. Of the
        calls on an open file only those in `of` are told: telling takes longer than the call."""
        self._hear, self._of = hear, of
        self._put(*self._ours)

    def stop(self) -> None:
        """Let calls through unseen again."""
        self._hear = lambda call: None
        self._put(self._open, self._delete, self._open_folder)

    def _put(self, opens: Any, deletes: Any, opens_folder: Any) -> None:
        self._vfs.open, self._vfs.delete = opens, deletes
        self._vfs.set_call(addressof(self._vfs), b"openDirectory", _address(opens_folder))

    def _on_open(self, vfs: int, name: int | None, file: int, flags: int, given: Any) -> int:
        path = os.fsdecode(ctypes.string_at(name)) if name else ""
        fresh = flags & CREATE and not os.path.exists(path)
        if fault := self._told(Call("create" if fresh else "open", path)):
            return _code("open", fault)
        outcome = int(self._open(vfs, name, file, flags, given))
        opened = _File.from_address(file)
        if outcome == OK and opened.methods:
            real = opened.methods.contents
            self._files[file] = (path, real)
            opened.methods = ctypes.pointer(self._in_front_of(real))
        return outcome

    def _in_front_of(self, real: _Methods) -> _Methods:
        key = addressof(real), self._of
        if key not in self._wrapped:
            ours = _Methods.from_buffer_copy(real)
            ours.close = _Close(self._on_close)
            if "read" in self._of:
                ours.read = _ReadWrite(self._on_read)
            if "write" in self._of:
                ours.write = _ReadWrite(self._on_write)
            if "truncate" in self._of:
                ours.truncate = _Truncate(self._on_truncate)
            if "sync" in self._of:
                ours.sync = _Sync(self._on_sync)
            self._wrapped[key] = ours
        return self._wrapped[key]

    def _on_close(self, file: int) -> int:
        _, real = self._files.pop(file)
        return int(real.close(file))

    def _on_read(self, file: int, into: int, count: int, offset: int) -> int:
        path, real = self._files[file]
        if fault := self._told(Call("read", path, offset=offset)):
            return _code("read", fault)
        return int(real.read(file, into, count, offset))

    def _on_write(self, file: int, data: int, count: int, offset: int) -> int:
        path, real = self._files[file]
        if fault := self._told(Call("write", path, offset=offset, data=ctypes.string_at(data, count))):
            if isinstance(fault, Short):
                real.write(file, data, count // 2, offset)
            return _code("write", fault)
        return int(real.write(file, data, count, offset))

    def _on_truncate(self, file: int, size: int) -> int:
        path, real = self._files[file]
        fault = self._told(Call("truncate", path, size=size))
        return _code("truncate", fault) if fault else int(real.truncate(file, size))

    def _on_sync(self, file: int, flags: int) -> int:
        path, real = self._files[file]
        fault = self._told(Call("sync", path))
        return _code("sync", fault) if fault else int(real.sync(file, flags))

    def _on_delete(self, vfs: int, name: bytes, sync_folder: int) -> int:
        fault = self._told(Call("unlink", os.fsdecode(name)))
        return _code("unlink", fault) if fault else int(self._delete(vfs, name, sync_folder))

    def _on_open_folder(self, name: bytes, given: Any) -> int:
        """SQLite opens a folder for one purpose, to flush it."""
        fault = self._told(Call("sync", os.path.dirname(os.fsdecode(name))))
        return CANTOPEN if fault else int(self._open_folder(name, given))

    def _told(self, call: Call) -> OSError | None:
        try:
            self._hear(call)
        except OSError as fault:
            return fault
        return None


@functools.cache
def sqlite_calls() -> SqliteCalls:
    """The one there is: SQLite keeps its functions as long as a file is open."""
    return SqliteCalls()


def _address(function: Any) -> int | None:
    return ctypes.cast(function, c_void_p).value


def _code(what: str, fault: OSError) -> int:
    """What SQLite's own VFS makes of an error of the system."""
    if isinstance(fault, Skipped):
        return OK
    if what == "open":
        return CANTOPEN
    full = what == "write" and fault.errno in (errno.ENOSPC, errno.EDQUOT)
    return FULL if full else IOERR[what]
