"""What a job gives up once all it needs is loaded."""

from __future__ import annotations

import sys


def shut_in() -> None:
    """From here on no file and no connection can be opened: each needs a number, and there is none left."""
    if sys.platform == "win32":
        return
    import resource

    for what in (resource.RLIMIT_NOFILE, resource.RLIMIT_NPROC):
        resource.setrlimit(what, (0, 0))
