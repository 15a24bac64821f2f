"""Looking for people from a field or a search box: off the GUI thread, each hit with what tells it apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from sgz_desktop.actions import find
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.people import age_words
from sgz_desktop.domain.codes import code_list
from sgz_desktop.gui import jobs
from sgz_desktop.gui.widgets.person_picker import MOST, Ask, Candidate


def ask_people(owner: QWidget, desk: Desk) -> Ask:
    """What a `PersonPicker` calls to search the people on file."""

    def ask(text: str, tell: Callable[[Sequence[Candidate]], None]) -> None:
        jobs.start(owner, lambda _task: candidates(desk, text), done=tell, key="people")

    return ask


def candidates(desk: Desk, text: str, limit: int = MOST + 1) -> list[Candidate]:
    """People found by what was typed, one more than are shown; not for the GUI thread."""
    today = desk.today()
    found = []
    for hit in find.find_people(desk, text, limit=limit):
        sex = code_list("sex").label(hit.sex) if hit.sex else ""
        facts = (sex, age_words(hit.born or None, today), hit.place, f"{hit.via}相符" if hit.via else "")
        found.append(Candidate(hit.id, hit.name or "（姓名未填）", "·".join(one for one in facts if one)))
    return found
