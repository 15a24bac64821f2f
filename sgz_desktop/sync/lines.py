"""Edits as lines for another computer: what a station's laptops may share.

The envelope (age, zstd, signature) goes around these lines; applying them is the store's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sgz_desktop.domain.edits import BadEdit, Edit, NewerEdit, from_line, to_line
from sgz_desktop.domain.fields import Share
from sgz_desktop.domain.records import RECORDS
from sgz_desktop.domain.records.base import cells
from sgz_desktop.sync.reasons import Reason, Refused


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


def edit_of(line: bytes) -> Edit:
    """The edit of a bundle's line; Refused(MALFORMED) unless it is one, spelled as we would spell it, and
    NEWER where a later version of the log made it."""
    try:
        edit = from_line(line)
    except NewerEdit as fault:
        raise Refused(Reason.NEWER, str(fault)) from None
    except BadEdit as fault:
        raise Refused(Reason.MALFORMED, str(fault)) from None
    if to_line(edit) != line:  # a member told twice, a blank, a value not looked at
        raise Refused(Reason.MALFORMED, "an edit spelled in another way")
    return edit
