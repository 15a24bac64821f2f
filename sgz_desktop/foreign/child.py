"""The child's side: what it may use, and the jobs it knows."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable

from sgz_desktop.foreign import frames
from sgz_desktop.foreign.refused import Refused

JOBS = {
    name: f"sgz_desktop.foreign.{name}" for name in ("form", "notes", "photo", "scan", "table", "text")
}  # each has a `read`
MEMORY = 1_200 * 1024 * 1024  # bytes of address space
SECONDS = 120  # of processor time in all
DONE, REFUSED = b"+", b"-"


def serve(job: str) -> None:
    """Answer frames with frames: `+` and the result, or `-` and why not."""
    read: Callable[[bytes], bytes] = importlib.import_module(JOBS[job]).read
    _confine()
    while (asked := frames.take(sys.stdin.buffer)) is not None:
        try:
            answer = DONE + read(asked)
        except Refused as refused:
            answer = REFUSED + refused.why.encode()
        except MemoryError:
            answer = REFUSED + b"too_big"
        except Exception:  # a parser may fail in any way; all of them mean the file is no good
            answer = REFUSED + b"damaged"
        frames.put(sys.stdout.buffer, answer)


def _confine() -> None:
    """No more memory, time, files or processes than the job needs. Windows has only the parent's watch."""
    if sys.platform == "win32":
        return
    import resource

    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(what, (most, most))
