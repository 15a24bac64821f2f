"""What a coded copy says of each field, from the field's declaration alone.

A field that identifies goes unless it is one of `Level.kept`, so that a field added tomorrow goes too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from sgz_desktop.actions.coded_known import Around, elsewhere, in_pinyin
from sgz_desktop.actions.coded_people import Cast, age_band, records_of, split_names
from sgz_desktop.actions.papers_reading import Dossier
from sgz_desktop.actions.papers_words import LEFT_OUT, codes_of
from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.deidentify import Finder
from sgz_desktop.domain.deidentify_numbers import NO_NUMBER
from sgz_desktop.domain.deidentify_places import SOME_PLACE, SOME_UNIT, UNIT, beyond, unit_of, village_of
from sgz_desktop.domain.deidentify_review import SOMETHING
from sgz_desktop.domain.fields import (
    Care,
    ClockKind,
    CodeKind,
    CodesKind,
    DayKind,
    DisabilityCardKind,
    FieldKind,
    IdNumberKind,
    KeyKind,
    NameKind,
    PhoneKind,
    RefKind,
    Wire,
    split_codes,
)
from sgz_desktop.domain.records.base import Question, Record, questions

NUMBERS = (IdNumberKind, DisabilityCardKind, PhoneKind)
FORMED = (*NUMBERS, NameKind, DayKind, ClockKind, CodeKind, RefKind, KeyKind)
STAFF = "社工"
COMPANY = {("visit", "companions"), ("household_check", "present")}  # who came along, in words
ROLES = re.compile(
    "村支书|村书记|村主任|妇女主任|村干部|村居干部|社区干部|驻村干部|帮扶干部|网格员|村医|家庭医生|医生|护士|志愿者|社工|实习生|督导|民政专干|低保专干|"
    "民政干部|残联专干|专干|民警|律师|老师|校长|书记|主任|组长|邻居|亲属|家属|司机|同事"
)
ALIASES = ("former_name", "nickname")


@dataclass(frozen=True)
class Level:
    """How much a copy tells. `staff`: names of colleagues; `whole_days`: days, not only their month;
    `children`: surnames of minors; `pictures`: those nobody agreed to be shown; `kept`: fields that stay
    though they identify, a village as far as its name."""

    name: str
    staff: bool
    whole_days: bool
    children: bool
    pictures: bool
    kept: frozenset[tuple[str, str]] = frozenset({("case", "number"), ("household", "village")})


class Place(NamedTuple):
    """Where a text stands: the record's kind and id, and the field."""

    kind: str
    id: str
    field: str


Tell = Callable[[Place, str], str]
"""What a copy says instead of a free text."""


def is_free(question: Question) -> bool:
    """Is the field a text in which anything may be written?"""
    free = question.kind.wire is str and not isinstance(question.kind, FORMED)
    return free and question.ask.care is not Care.IDENTIFIES


def hides(question: Question) -> bool:
    """Does the field hold a name, a number, or anything else that identifies?"""
    return isinstance(question.kind, (*NUMBERS, NameKind)) or question.ask.care is Care.IDENTIFIES


class Fields:
    """Tells the values of records at a level."""

    def __init__(
        self, file: Dossier, level: Level, near: Around, cast: Cast, tell: Tell | None, marked: Iterable[str]
    ) -> None:
        self._file, self._level, self._cast = file, level, cast
        homes = [one for one in records_of(file) if one.KIND == "household"]
        named = (*near.villages, *(str(getattr(one, "village", None) or "") for one in homes))
        self._villages = sorted({village_of(one) for one in named} - {""}, key=lambda one: (-len(one), one))
        staff = {} if level.staff else dict.fromkeys(cast.staff, STAFF)
        find = partial(
            Finder,
            {**staff, **in_pinyin(file, cast), **cast.by_name},
            marks={**elsewhere(file, near, cast), **dict(_marks(file, level))},
            words=dict.fromkeys(marked, SOMETHING),
            villages=self._villages,
            staff=cast.staff if level.staff else (),
            stations=(file.station,),
            births=_births(file),
            months=not level.whole_days,
        )
        self.finder = find(heard=find().heard(_free_texts(file)))
        self._tell: Tell = tell or (lambda _place, text: self.finder.cleaned(text))
        self._ways: tuple[tuple[type[FieldKind], Callable[[Record, Question, str], Wire]], ...] = (
            (KeyKind, lambda _record, question, value: value if question.ask.care is Care.PLAIN else None),
            (RefKind, lambda _record, _question, value: value),
            *((kind, lambda *_: LEFT_OUT) for kind in NUMBERS),
            (NameKind, self._name),
            (DayKind, self._day),
            (ClockKind, lambda _record, _question, value: value if days.is_clock(value) else None),
            (CodeKind, lambda _record, question, value: _known_codes(question.kind, value)),
        )

    def told(self, record: Record) -> Mapping[str, Wire]:
        """What is said of every field of a record."""
        return {
            name: self._value(record, question, getattr(record, name))
            for name, question in questions(type(record)).items()
        }

    def _value(self, record: Record, question: Question, value: Wire) -> Wire:
        if not isinstance(value, str):
            return None if question.ask.care is Care.IDENTIFIES else value
        for kind, way in self._ways:
            if isinstance(question.kind, kind):
                return way(record, question, value)
        if is_free(question):
            return self._tell(Place(record.KIND, str(record.id), question.name), value)
        return self._identifying(record, question, value)

    def _identifying(self, record: Record, question: Question, text: str) -> str | None:
        """A text that identifies, as far as the village it names; None where a field beside it says that."""
        if (record.KIND, question.name) in self._level.kept:
            return village_of(text) if question.name == "village" else text
        group, asked = question.ask.group, questions(type(record))
        kept = [asked[name].ask.group for kind, name in self._level.kept if kind == record.KIND]
        if group and group in kept:
            return None
        if not beyond(text, self._villages):  # 家中, 站内
            return text
        if (record.KIND, question.name) in COMPANY:
            return _roles(text) or LEFT_OUT
        return next((one for one in self._villages if one in text), "") or unit_of(text) or LEFT_OUT

    def _name(self, record: Record, question: Question, name: str) -> str | None:
        if name in self._cast.staff:
            return name if self._level.staff else None
        if record.KIND == "person" and question.name in ALIASES:
            return LEFT_OUT
        own = record.KIND == "person" and question.name == "name"
        return (self._cast.by_id.get(str(record.id)) if own else None) or self._cast.of(name)

    def _day(self, record: Record, question: Question, day: str) -> str | None:
        if not days.is_day(day):
            return None
        if question.ask.care is Care.IDENTIFIES:
            band = age_band(day, str(getattr(record, "died_on", None) or self._file.today))
            return f"{band}岁" if band else LEFT_OUT
        return day if self._level.whole_days else day[:7]


def _roles(text: str) -> str:
    """志愿者苗青青、村干部温良玉 → 志愿者、村干部; whoever is told by no role is left out."""
    return "、".join(found[0] for part in split_names(text) if (found := ROLES.search(part)))


def _known_codes(kind: FieldKind, value: str) -> str | None:
    """Codes of the list; what a hand or another list wrote there may tell anything."""
    assert isinstance(kind, CodeKind)
    lists = [codes_of(kind), *([code_list(kind.also)] if kind.also else [])]
    codes = split_codes(value) if isinstance(kind, CodesKind) else [value]
    return ",".join(code for code in codes if any(code in one for one in lists)) or None


def _marks(file: Dossier, level: Level) -> Iterator[tuple[str, str]]:
    """What is on file in fields that identify, as it might be repeated in a text."""
    for record in records_of(file):
        for name, question in questions(type(record)).items():
            value, kind = getattr(record, name), question.kind
            if not isinstance(value, str) or not value or (record.KIND, name) in level.kept:
                continue
            if isinstance(kind, NUMBERS):
                yield value, NO_NUMBER
            elif question.ask.care is Care.IDENTIFIES and not isinstance(kind, FORMED):
                yield value, SOME_UNIT if UNIT.search(value) else SOME_PLACE


def _free_texts(file: Dossier) -> Iterator[str]:
    for record in records_of(file):
        for name, question in questions(type(record)).items():
            value = getattr(record, name)
            if isinstance(value, str) and value and is_free(question):
                yield value


def _births(file: Dossier) -> set[str]:
    """Whole days in fields that identify, and those of the family."""
    found = {one.born for one in file.kin.people.values()} if file.kin else set()
    for record in records_of(file):
        for name, question in questions(type(record)).items():
            if isinstance(question.kind, DayKind) and question.ask.care is Care.IDENTIFIES:
                found.add(str(getattr(record, name) or ""))
    return {day for day in found if days.is_whole(day)}
