"""What a record is to the worker who asks for it: the half of "who may what" that roles do not tell."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sgz_desktop.domain import days
from sgz_desktop.domain.days import Day

ADULT = 18  # 未成年人保护法 art. 2


class RecordClass(StrEnum):
    """HIDDEN: of a case kept from the guardian (对监护人保密: the guardian is under suspicion, or the case
    came of a mandatory report) that is not the asker's own. OWN: names the asker as its worker, belongs to
    a case that does, or was first written down by them. MINOR: about a person under 18. STATION: the rest.
    """

    OWN = "own"
    STATION = "station"
    MINOR = "minor"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Concern:
    """Whom a record concerns: its workers' names, the birth days of the people it is about, and whether it
    is kept back from the asker."""

    workers: frozenset[str] = frozenset()
    born: tuple[Day, ...] = ()
    kept_back: bool = False


def record_class(concern: Concern, asker: str, today: Day) -> RecordClass:
    """The class of a record to the worker named `asker` on the day `today`; the first that fits, strictest
    first, except that one's own work is one's own whatever its age."""
    if concern.kept_back:
        return RecordClass.HIDDEN
    if asker and asker in concern.workers:
        return RecordClass.OWN
    return RecordClass.MINOR if any(is_minor(born, today) for born in concern.born) else RecordClass.STATION


def is_minor(born: Day, today: Day) -> bool:
    """May somebody born on `born` be under 18? A partial day is read to the younger side."""
    ages = days.age_range(born, today)
    return ages is not None and ages[0] < ADULT
