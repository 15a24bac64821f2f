"""An installed 仿宋 for the body of reports: found by its file's name, read in place, embedded like ours.

We ship none: there is no free one. Only TrueType outlines whose maker lets them be embedded are offered.
"""

from __future__ import annotations

import os
import re
import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from .typeface import Typeface

NAMES = re.compile(r"(simfang|fangsong|stfangso|fzfs|仿宋).*\.ttf", re.IGNORECASE)
FACE = "sgz-own"
RESTRICTED, BITMAP_ONLY = 0x0002, 0x0200  # fsType of OS/2
MOST_FILES = 20_000  # looked at in font folders


def folders() -> list[Path]:
    """Where this system keeps fonts."""
    home = Path.home()
    if os.name == "nt":
        windows, local = os.environ.get("WINDIR", "C:\\Windows"), os.environ.get("LOCALAPPDATA", "")
        found = [Path(windows) / "Fonts"]
        return found + ([Path(local) / "Microsoft" / "Windows" / "Fonts"] if local else [])
    system = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]
    return [*system, home / ".local" / "share" / "fonts", home / ".fonts"]


@cache
def installed() -> dict[str, Path]:
    """File name → file of each 仿宋 that can be used."""
    return {path.name: path for path in _named() if _usable(path)}


def _named() -> Iterator[Path]:
    seen = 0
    for folder in folders():
        for where, _, names in os.walk(folder):
            seen += len(names)
            if seen > MOST_FILES:
                return
            yield from (Path(where) / name for name in sorted(names) if NAMES.fullmatch(name))


def _usable(path: Path) -> bool:
    try:
        face = Typeface.open(path)
        rights = struct.unpack_from(">H", face.table("OS/2"), 8)[0]
        printed = face.glyph_of(ord("一")) and face.outline(face.glyph_of(ord("一")))
    except (OSError, ValueError, KeyError, struct.error, IndexError):
        return False
    return bool(printed) and not rights & (RESTRICTED | BITMAP_ONLY)


def opened(path: Path) -> Typeface:
    """The face of an installed font, under a name of our own."""
    face = Typeface.open(path)
    face.name = FACE
    return face
