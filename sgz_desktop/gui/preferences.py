"""What is remembered before anything is unlocked: type size, who used the station last. Nothing personal."""

from __future__ import annotations

import json
from pathlib import Path

from sgz_desktop.errors import AppError


class Preferences:
    """`last` is the name of the last worker by store id; `drafts` the stores locked while writing."""

    def __init__(
        self, scale: float = 1.0, last: dict[str, str] | None = None, drafts: list[str] | None = None
    ) -> None:
        self.scale = scale
        self.last = last or {}
        self.drafts = drafts or []


def load(path: Path) -> Preferences:
    """The preferences file; defaults when there is none or it cannot be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        scale = found["scale"] if found["scale"] in (1.0, 1.15, 1.3) else 1.0
        return Preferences(scale, dict(found["last"]), list(found["drafts"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Preferences()


def save(path: Path, preferences: Preferences) -> None:
    """Write the file; a disk that refuses costs a preference, nothing more."""
    from sgz_desktop import files

    try:
        files.private_folder(path.parent)
        files.write_atomic(path, json.dumps(vars(preferences)).encode(), inside=True)
    except AppError:
        return
