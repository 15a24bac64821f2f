"""Looking into the address book from a field, off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from sgz_desktop.actions import organisations
from sgz_desktop.actions.desk import Desk
from sgz_desktop.gui import jobs
from sgz_desktop.gui.widgets.person_picker import MOST, Ask, Candidate


def ask_organisations(owner: QWidget, desk: Desk) -> Ask:
    """What an `OrganisationPicker` calls to search the address book."""

    def ask(text: str, tell: Callable[[Sequence[Candidate]], None]) -> None:
        jobs.start(owner, lambda _task: candidates(desk, text), done=tell, key="organisations")

    return ask


def candidates(desk: Desk, text: str, limit: int = MOST + 1) -> list[Candidate]:
    """Entries found by what was typed, one more than are shown; not for the GUI thread."""
    return [
        Candidate(one.id, one.name, "·".join(filter(None, (one.handles or one.sort, one.phone))))
        for one in organisations.find_organisations(desk, text, limit)
    ]
