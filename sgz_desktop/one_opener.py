"""A store is opened by one process at a time."""

from __future__ import annotations

import errno
import os
import sys
import weakref
from pathlib import Path

from sgz_desktop.errors import AppError
from sgz_desktop.faults import disk_faults


class OneOpener:
    """One process at a time: a lock of the operating system on a small file of ours.

    The kernel drops it however the process ends. The handle closes on exec and in forked children, so
    neither a helper process nor the next program image keeps the store shut. The file itself stays.
    """

    def __init__(self, path: Path) -> None:
        """Take the lock; AppError when another window has it, or the folder refuses the file."""
        with disk_faults():
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                taken = _lock(handle)
            except BaseException:
                os.close(handle)
                raise
        if not taken:
            os.close(handle)
            raise AppError("另一个窗口正在使用这份资料，请先关闭它。")
        self._handle: int | None = handle
        _held.add(self)

    def release(self) -> None:
        """Let others in; harmless twice."""
        handle, self._handle = self._handle, None
        _held.discard(self)
        if handle is not None:
            os.close(handle)

    def __enter__(self) -> OneOpener:
        return self

    def __exit__(self, *_fault: object) -> None:
        self.release()


_held: weakref.WeakSet[OneOpener] = weakref.WeakSet()


def _lock(handle: int) -> bool:
    """Lock without waiting; False when another handle holds it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as fault:
        if fault.errno in (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK):
            return False
        raise
    return True


def _let_go_in_child() -> None:
    for opener in list(_held):
        opener.release()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go_in_child)
