"""Whose a paper is that waits for its signature: the case, the person, the village and the worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from sgz_desktop.domain.records.base import Record
from sgz_desktop.domain.records.case import Case
from sgz_desktop.domain.records.diary import Diary
from sgz_desktop.domain.records.household import Household
from sgz_desktop.domain.records.person import Person
from sgz_desktop.domain.signing import STATION_OWN
from sgz_desktop.store import queries, read
from sgz_desktop.store.session import Reading

R = TypeVar("R", bound=Record)
WORKERS = ("worker", "checker_first", "to_worker", "supervisor", "filled_by")
NAMES = ("name", "title", "what")


@dataclass(frozen=True)
class About:
    """Ids and words, each '' where there is none. `name` is a person's, else what a record of the station's
    own work is called."""

    case: str = ""
    case_number: str = ""
    person: str = ""
    name: str = ""
    village: str = ""
    worker: str = ""


def about_of(session: Reading, record: Record) -> About:
    """Whose a record is that stands in no case file. Of a case one has to know its number too."""
    case = _of(session, Case, getattr(record, "case", None))
    person, home = _person(session, record, case), _home(session, record, case)
    if person is None and home is not None and home.head:
        person = read.get(session, Person, home.head)
    if home is None and person is not None:
        home = _of(session, Household, queries.household_of(session, str(person.id)))
    theirs = person is not None or home is not None
    return About(
        case=str(case.id) if case else "",
        case_number=(case.number or "") if case else "",
        person=str(person.id) if person else "",
        name=_name(record, person, theirs),
        village=(home.village or "")
        if home
        else _words(record, "village") or ("" if theirs else STATION_OWN),
        worker=_words(record, *WORKERS) or (_words(case, "worker") if case else ""),
    )


def _name(record: Record, person: Person | None, theirs: bool) -> str:
    if person is not None or theirs:
        return (person.name or "") if person else ""
    return _words(record, "worker") if isinstance(record, Diary) else _words(record, *NAMES)


def _person(session: Reading, record: Record, case: Case | None) -> Person | None:
    if isinstance(record, Person):
        return record
    return _of(session, Person, getattr(record, "person", None) or (case.client if case else None))


def _home(session: Reading, record: Record, case: Case | None) -> Household | None:
    if isinstance(record, Household):
        return record
    return _of(session, Household, getattr(record, "household", None) or (case.household if case else None))


def _of(session: Reading, kind: type[R], id: str | None) -> R | None:
    return read.get(session, kind, id) if id else None


def _words(record: Record, *names: str) -> str:
    return next((text for name in names if isinstance(text := getattr(record, name, None), str) and text), "")
