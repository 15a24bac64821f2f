"""A file that a person chose, as bytes for the child."""

from __future__ import annotations

from pathlib import Path

from sgz_desktop.errors import AppError

Sentence = tuple[str, str]
"""(message, hint)"""


def taken(path: Path, most: int, too_large: Sentence, missing: Sentence) -> bytes:
    """The bytes of a file. AppError when it has more than `most` or cannot be read."""
    try:
        if path.stat().st_size > most:
            raise AppError(*too_large)
        return path.read_bytes()
    except OSError as fault:
        raise AppError(*missing) from fault
