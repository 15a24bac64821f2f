"""People offered for a row of the 补录表: looked for off the GUI thread, those of the row's village first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.people import age_words
from sgz_desktop.actions.visit_slips import SlipPerson, find_slip_people
from sgz_desktop.domain.codes import code_list
from sgz_desktop.gui import jobs
from sgz_desktop.gui.widgets.person_picker import MOST, Ask, Candidate


class SlipPeople(QObject):
    """`ask(village)` is what a field calls; `village_of` tells where somebody it offered lives."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._villages: dict[str, str] = {}

    def ask(self, village: str) -> Ask:
        """The search of a field; a newer one takes the place of one under way."""
        desk = self._desk

        def search(text: str, tell: Callable[[Sequence[Candidate]], None]) -> None:
            jobs.start(
                self,
                lambda _task: find_slip_people(desk, text, village),
                done=lambda found: self._found(found, tell),
                key="people",
            )

        return search

    def _found(self, found: Sequence[SlipPerson], tell: Callable[[Sequence[Candidate]], None]) -> None:
        self._villages |= {person.id: person.village for person in found}
        today = self._desk.today()
        tell([candidate(person, today) for person in found[: MOST + 1]])

    def village_of(self, person: str) -> str:
        """The village of somebody offered, '' when it is not known."""
        return self._villages.get(person, "")


def candidate(person: SlipPerson, today: str) -> Candidate:
    """Somebody a slip may be about, with what tells people of one name apart."""
    sex = code_list("sex").label(person.sex) if person.sex else ""
    age = "已去世" if person.died_on else age_words(person.born or None, today)
    via = f"{person.via}相符" if person.via else ""
    facts = (sex, age, person.place or person.village, "本月未探访" if person.waits else "", via)
    return Candidate(person.id, person.name or "（姓名未填）", "·".join(one for one in facts if one))
