"""What the disk refuses, in words: every OSError becomes a sentence a person can act on."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator

from sgz_desktop.errors import AppError

_HELD_OPEN = (32, 33)  # Windows: sharing violation, lock violation
_FULL = ("磁盘空间不够，没能保存；请先不要关闭窗口。", "")
_REFUSED = ("这个文件夹不能写入，请换一个位置。", "")
_GONE = ("找不到这个文件夹，请换一个位置。", "")
_OTHER = ("读写磁盘时出错，没能保存；", "请换一个位置再试。")
_SENTENCES = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EACCES: _REFUSED,
    errno.EPERM: _REFUSED,
    errno.EROFS: _REFUSED,
    errno.ENOENT: _GONE,
    errno.ENOTDIR: _GONE,
    errno.ENODEV: _GONE,
    errno.ENXIO: _GONE,
    errno.ENAMETOOLONG: ("文件名太长，请换一个短一点的名字。", ""),
    errno.EEXIST: ("这个文件名已经有了，请换一个名字。", ""),
    errno.EISDIR: ("这里有一个同名的文件夹，请换一个名字。", ""),
    errno.EFBIG: ("文件太大，这个盘放不下，请换一个位置。", ""),
}


def explained(fault: OSError) -> AppError:
    """The sentence for a fault of the disk; it names no path, because a path may hold a name."""
    if getattr(fault, "winerror", None) in _HELD_OPEN:
        return AppError("这个文件正被别的程序打开，请关闭它再试。")
    return AppError(*_SENTENCES.get(fault.errno or 0, _OTHER))


@contextlib.contextmanager
def disk_faults() -> Iterator[None]:
    """Turn any OSError of the block into its sentence; the cause stays chained for the log."""
    try:
        yield
    except OSError as fault:
        raise explained(fault) from fault
