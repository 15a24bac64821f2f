"""A case file without who it is about, for a supervisor outside; and the same of texts beside it."""

from __future__ import annotations

from collections.abc import Callable

from sgz_desktop.actions.coded_dossier import SUPERVISION, around, cleaner_of, coded
from sgz_desktop.actions.coded_people import age_band
from sgz_desktop.actions.papers_reading import Dossier
from sgz_desktop.store.session import Reading

Clean = Callable[[str], str]


def coded_for_supervision(session: Reading, file: Dossier) -> tuple[Dossier, Clean]:
    """The file as a supervisor outside may see it, and what takes the same words out of another text."""
    near = around(session)
    return coded(file, SUPERVISION, near), cleaner_of(file, SUPERVISION, near)


def age_words(file: Dossier) -> str:
    """70多岁 of the client, '' where it is not known."""
    born = file.client.born if file.client else None
    band = age_band(born, file.today) if born else ""
    return f"{band}岁" if band else ""
