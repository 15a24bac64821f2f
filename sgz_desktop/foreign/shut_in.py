"""The child alone with what it was given."""

from __future__ import annotations

import codecs
import sys

CODES = ("utf-8-sig", "gb18030", "utf-16", "cp437")


def shut_in() -> None:
    """From here on no file and no connection can be opened: each needs a number, and there is none left."""
    for name in CODES:
        codecs.lookup(name)  # what is not loaded by now cannot be loaded any more
    if sys.platform == "win32":
        return
    import resource

    for what in (resource.RLIMIT_NOFILE, resource.RLIMIT_NPROC):
        resource.setrlimit(what, (0, 0))
