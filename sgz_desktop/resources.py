"""Where the fonts, icons, codes, policy packs and forms lie that the program brings along."""

from __future__ import annotations

import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """The path of a shipped file or folder, such as `resource("fonts", "OFL.txt")`.

    Works the same in a checkout (`resources/` beside the package), in an installed wheel (`_resources` inside
    the package, see setup.py) and in a frozen program (`resources/` where PyInstaller unpacked it). The file
    itself is not looked for: whoever reads it knows whether it may be absent.
    """
    return _root().joinpath(*parts)


def _root() -> Path:
    unpacked = getattr(sys, "_MEIPASS", None)
    if unpacked is not None:
        return Path(unpacked) / "resources"
    package = Path(__file__).resolve().parent
    inside = package / "_resources"
    return inside if inside.is_dir() else package.parent / "resources"
