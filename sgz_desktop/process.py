"""What this process is allowed to leave behind, and how it makes way for a fresh one."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

_PR_SET_DUMPABLE = 4


def leave_no_dumps() -> None:
    """No core file and no reading of our memory by others: both would hold what is open on the desk."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def take_secret(name: str) -> str:
    """The value of an environment variable ('' without one), which no child gets and /proc shows no more."""
    if sys.platform == "linux" and name in os.environ:
        import ctypes

        find = ctypes.CDLL(None).getenv
        find.argtypes, find.restype = [ctypes.c_char_p], ctypes.c_void_p
        if place := find(os.fsencode(name)):  # unsetenv alone leaves the bytes where the kernel put them
            ctypes.memset(place, 0, len(ctypes.string_at(place)))
    return os.environ.pop(name, "")


def replace_by(arguments: Sequence[str]) -> None:
    """Become a fresh copy of the program: nothing of what was unlocked stays in memory."""
    command = [sys.executable, *([] if getattr(sys, "frozen", False) else ["-m", "sgz_desktop"]), *arguments]
    sys.stdout.flush()
    sys.stderr.flush()
    if sys.platform == "win32":
        import subprocess

        subprocess.Popen(command, close_fds=True)
        os._exit(0)
    os.execv(command[0], command)
