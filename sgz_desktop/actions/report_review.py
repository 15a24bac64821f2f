"""Whether a text that leaves the station has been read by somebody for what tells who is meant."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from sgz_desktop.actions.coded_dossier import RELEASE, around, finder_of
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_reading import dossier
from sgz_desktop.domain.deidentify import Finder
from sgz_desktop.domain.deidentify_text import Span
from sgz_desktop.store import read
from sgz_desktop.store.session import Reading


def review_needed(text: str) -> bool:
    """Must a person look at it before it is printed? Whatever was written about somebody, yes."""
    return bool(text.strip())


def reviewed_as(*texts: str | None) -> str:
    """What a review is kept as: the fingerprint of the words that were read, so that altered ones are read
    again."""
    return hashlib.sha256("\0".join(text or "" for text in texts).encode()).hexdigest()


def finder_for(session: Reading, desk: Desk, about: str) -> Callable[[str], Sequence[Span]]:
    """What finds identifying words in a text about a case (its id), or about nothing on file."""
    near = around(session)
    if about and read.exists(session, "case", about):
        return finder_of(dossier(session, desk, about), RELEASE, near).find
    return Finder({}, villages=near.villages, staff=near.staff, stations=(desk.station,), months=True).find
