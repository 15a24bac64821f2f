"""Apply a small text patch to a copy of the project: `+++ path`, then hunks begun by `@@`."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[1]
LEFT_OUT = shutil.ignore_patterns("*.pyc.*", "fonts", "*.png")  # of what is compiled, what is half written


def patch(root: Path, text: str) -> None:
    """Apply `text` below `root`; every hunk must fit exactly once. A file that is not there is made."""
    for part in text.split("+++ ")[1:]:
        name, _, body = part.partition("\n")
        for hunk in body.split("@@\n")[1:]:
            lines = [line or " " for line in hunk.removesuffix("\n").split("\n")]
            old = "".join(line[1:] + "\n" for line in lines if line[0] in " -")
            new = "".join(line[1:] + "\n" for line in lines if line[0] in " +")
            path = root / name
            whole = path.read_text(encoding="utf-8") if path.exists() else ""
            assert not old or whole.count(old) == 1, f"{name}: a hunk no longer fits"
            path.write_text(whole.replace(old, new) if old else new, encoding="utf-8")
