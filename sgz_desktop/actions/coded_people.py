"""Who is who in a coded copy: 王某A for everybody the file names, and an age band for a day of birth."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from string import ascii_uppercase

from sgz_desktop.actions.papers_reading import Dossier
from sgz_desktop.domain import days
from sgz_desktop.domain.age_bands import band_of
from sgz_desktop.domain.deidentify_names import is_title
from sgz_desktop.domain.fields import NameKind
from sgz_desktop.domain.record_class import ADULT
from sgz_desktop.domain.records.base import Record, questions
from sgz_desktop.domain.surnames import surname_of

CHILD = "某童"
SOMEBODY = "某人"
STAFF_FIELDS = ("worker", "supervisor")


@dataclass(frozen=True)
class Cast:
    """Codes by person's id and by name as written; `staff` are the names of colleagues."""

    by_id: Mapping[str, str]
    by_name: Mapping[str, str]
    staff: frozenset[str]

    def of(self, name: str) -> str:
        """The code of a name."""
        if found := self.by_name.get(name):
            return found
        several = split_names(name)
        if len(several) > 1:
            return "、".join(map(self.of, several))
        surname = surname_of(name)
        return name if is_title(name) else f"{surname}某" if surname else SOMEBODY


def split_names(text: str) -> list[str]:
    """陈大山、陈小雨 → each; a field for one name may hold several."""
    return [one for part in re.split(r"[、，,；;/]|\s{2,}", text) if (one := part.strip())]


@dataclass
class _One:
    key: str
    names: list[str]
    child: bool = False

    @property
    def group(self) -> str:
        """What the code starts with; those of one group are told apart by a letter."""
        surname = next((found for name in self.names if (found := surname_of(name))), "")
        return CHILD if self.child else f"{surname}某" if surname else SOMEBODY


def cast_of(file: Dossier, staff: Iterable[str], *, hide_children: bool) -> Cast:
    """Everybody a dossier names. `hide_children`: a minor is told without the surname.

    Letters go by the records' ids, which rise with the time they were made, so that who joins a file later
    takes a later letter.
    """
    found: dict[str, _One] = {}
    for id, names, born in sorted(_on_file(file)):
        written = [name for name in names if name]
        child = hide_children and is_child(born, file.today)
        one = found.setdefault(id, _One(id, written, child))
        one.child = one.child or child
    known = {name for one in found.values() for name in one.names}
    workers = {*staff, *(one.worker for one in file.entered.values()), *_staff_of(file)} - {""} - known
    for record in sorted(records_of(file), key=lambda one: str(one.id)):
        for name in _named(record):
            if name not in known and name not in workers:
                known.add(name)
                found[f"~{name}"] = _One(f"~{name}", [name])
    codes = _lettered(list(found.values()))
    by_name: dict[str, str] = {}
    for one in found.values():
        for name in one.names:
            by_name.setdefault(name, codes[one.key])
    return Cast({one.key: codes[one.key] for one in found.values() if one.names}, by_name, frozenset(workers))


def _on_file(file: Dossier) -> Iterator[tuple[str, tuple[str, ...], str]]:
    people = {**file.people, **({str(file.client.id): file.client} if file.client else {})}
    for id, one in people.items():
        yield id, tuple(_named(one, own=True)), one.born or ""
    for id, relative in (file.kin.people if file.kin else {}).items():
        if id not in people:
            yield id, (relative.name,), relative.born


def is_child(born: str, today: str) -> bool:
    """May somebody born on a day be under age?"""
    ages = days.age_range(born, today) if days.is_day(born) else None
    return ages is not None and ages[0] < ADULT


def _named(record: Record, *, own: bool = False) -> Iterator[str]:
    """Names in a record; `own`: those a person goes by, not those of their contacts."""
    for name, question in questions(type(record)).items():
        value = getattr(record, name) if isinstance(question.kind, NameKind) else None
        if value and not (own and _of_others(name)):
            yield from (one for one in split_names(str(value)) if not is_title(one))


def _of_others(field: str) -> bool:
    """Contact and guardian stand in a person's record with a field for each thing about them."""
    return field not in ("name", "former_name", "nickname")


def _staff_of(file: Dossier) -> Iterator[str]:
    for record in records_of(file):
        for name in STAFF_FIELDS:
            if name in questions(type(record)) and (value := getattr(record, name)):
                yield str(value)


def records_of(file: Dossier) -> Iterator[Record]:
    """Every record of a dossier, each as often as it stands there."""
    yield file.case
    yield from (one for one in (file.client, file.household) if one is not None)
    yield from file.members
    yield from file.people.values()
    for found in (*file.papers.values(), *file.children.values()):
        yield from found
    yield from file.visits


def _lettered(found: list[_One]) -> dict[str, str]:
    groups: dict[str, list[str]] = {}
    for one in found:
        groups.setdefault(one.group, []).append(one.key)
    return {
        key: group + (_letter(at) if len(keys) > 1 else "")
        for group, keys in groups.items()
        for at, key in enumerate(keys)
    }


def _letter(at: int) -> str:
    """A to Z, then A2 to Z2."""
    turn, place = divmod(at, 26)
    return ascii_uppercase[place] + (str(turn + 1) if turn else "")


def age_band(born: str, on: str) -> str:
    """60多 for somebody of 64, 7—13 for a child; '' where the age is not known."""
    ages = days.age_range(born, on) if days.is_day(born) and days.is_day(on) else None
    if ages is None:
        return ""
    return band_of(ages[1])  # the year alone leaves two
