"""Edits as lines for another computer: what a station's laptops may share.

The envelope (age, zstd, signature) goes around these lines; applying them is the store's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sgz_desktop.domain.edits import Edit, from_line, to_line
from sgz_desktop.domain.fields import Share
from sgz_desktop.domain.records import RECORDS
from sgz_desktop.domain.records.base import cells


def kept_home() -> frozenset[tuple[str, str]]:
    """(kind, cell) of every declared cell whose values leave this computer for nobody."""
    return frozenset(
        (kind.KIND, name)
        for kind in RECORDS
        for name, members in cells(kind).items()
        if members[0].ask.share is Share.NOBODY
    )


def outgoing(edits: Iterable[Edit]) -> Iterator[bytes]:
    """One wire line an edit; values that stay home travel as their commitments only."""
    withhold = kept_home()
    return (to_line(edit, withhold) for edit in edits)


def incoming(lines: Iterable[bytes]) -> list[Edit]:
    """The edits of lines, every commitment verified. Raises BadEdit at the first line that is not one."""
    return [from_line(line) for line in lines]
