"""What a ledger (台账) is: which records, which columns, in what order, what is not counted; and its cells.

A ledger is declared once, in `ledgers`. Its Excel, CSV and PDF forms are written from the same `Sheet`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sgz_desktop.domain import days, retention
from sgz_desktop.domain.categories import each_once
from sgz_desktop.domain.fields import (
    Care,
    CodesKind,
    CountKind,
    DayKind,
    DisabilityCardKind,
    FieldKind,
    HoursKind,
    IdNumberKind,
    LineKind,
    NameKind,
    PhoneKind,
    RefKind,
    YesNoKind,
    YuanKind,
)
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import Question, questions

Cell = date | Decimal | int | str | None
FIRST = date(1900, 3, 1)  # before it a spreadsheet counts its days otherwise
HOME, DAY, KIND = "home", "@day", "@kind"  # where a person lives now; of a source: its day, its title
NARROW, ONE_WORD = 15, 24  # mm
NONE, STOPS = ("一般居民", "一般家庭"), ("。", "；", "！", "？")
NUMBERED = (PhoneKind, IdNumberKind, DisabilityCardKind)  # columns only where they are asked for


class Sort(StrEnum):
    """How a column's cells are written and set."""

    TEXT = "text"
    DAY = "day"
    NUMBER = "number"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Column:
    """One column, `width` in mm of the landscape page.

    `paths` lead over references to a field ("household.head.name") or to something counted; the first that
    holds anything is shown, with `every` all of them. `made` names what is worked out of them instead.
    """

    head: str
    width: int
    paths: tuple[str, ...]
    every: bool = False
    made: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """The records of one kind in a ledger: those whose `day`, or time `span`, is in the period.

    `ended` are days after which a record is left out, `absent` fields that must be empty, `filled` fields
    that must not, `not_no` those that may not say no; of the fields in `has` one must hold one of its codes.
    With `counted` everybody is listed and what is counted of them is of the period. `over` is a field and the
    codes that say of a record without an end of its span that it goes on no longer.
    """

    kind: str
    day: str = ""
    span: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()
    not_no: tuple[str, ...] = ()
    has: tuple[tuple[str, tuple[str, ...]], ...] = ()
    counted: bool = False
    over: tuple[str, tuple[str, ...]] = ("", ())


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger. `order` are paths, `order_words` says them; `left_out` says what is not counted; `village`
    leads to the village by which it can be narrowed; with `heads_only` it is for 站长."""

    name: str
    code: str
    title: str
    sources: tuple[Source, ...]
    columns: tuple[Column, ...]
    order: tuple[str, ...]
    order_words: str
    left_out: str
    village: tuple[str, ...] = ()
    heads_only: bool = False

    @property
    def by_period(self) -> bool:
        """Is it of a period? Otherwise it shows how things stand today."""
        return any(source.day or source.span or source.counted for source in self.sources)

    def shown(self, numbers: bool) -> tuple[Column, ...]:
        """Its columns, those of telephone and identity numbers only where they are asked for."""
        return tuple(column for column in self.columns if numbers or not is_numbered(self, column))


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column as it is written; a `fixed` one keeps its width whatever stands beside it."""

    words: str
    width: int
    sort: Sort
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A ledger filled in: `line` stands under the title."""

    title: str
    station: str
    number: str
    line: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    practice: bool = False


LED = ("supervision", "training")  # one ledger has both; what they call otherwise is told under one name

# Counted over other records by `store.ledger_rows`; what a count gives.
COUNTED: Mapping[tuple[str, str], FieldKind] = {
    ("household", "people"): CountKind(),
    ("household", "last_visit"): DayKind(),
    ("person", "last_contact"): DayKind(),
    ("person", "contacts"): CountKind(),
    ("person", "missed"): CountKind(),
    ("case", "services"): CountKind(),
    ("case", "last_on"): DayKind(),
    ("group", "sessions"): CountKind(),
    ("group", "heads"): CountKind(),
    ("group", "came"): CountKind(),
    ("visit", "service_point"): LineKind(),
    ("mandatory_report", "first_call"): DayKind(),
    ("mandatory_report", "calls"): LineKind(),
    ("activity", "people"): CountKind(),
    ("resource", "given"): CountKind(),
    ("resource", "left"): CountKind(),
    ("volunteer", "times"): CountKind(),
    ("volunteer", "minutes"): HoursKind(),
    ("volunteer", "minutes_so_far"): HoursKind(),
    **{(kind, name): LineKind() for kind in LED for name in ("led_by", "subject", "advised")},
    **{(kind, "minutes"): HoursKind() for kind in LED},
}


def kind_at(kind: str, path: str) -> FieldKind:
    """The kind of the values a path leads to. TypeError for one that leads nowhere."""
    if path == DAY:
        return DayKind()
    if path == KIND:
        return LineKind()
    *steps, name = path.split(".")
    of = kind
    for step in steps:
        of = step_to(of, step)
    asked = questions(BY_KIND[of]).get(name)
    if asked is None and (of, name) not in COUNTED:
        raise TypeError(f"{of} has no field {name}")
    return asked.kind if asked else COUNTED[of, name]


def asked_at(kind: str, path: str) -> Question | None:
    """The declared field a path leads to; None for what is counted or said of the source."""
    *steps, name = path.split(".")
    for step in steps:
        kind = step_to(kind, step)
    return questions(BY_KIND[kind]).get(name)


def step_to(kind: str, step: str) -> str:
    """The kind of record a reference of `kind` names."""
    if (kind, step) == ("person", HOME):
        return "household"
    asked = questions(BY_KIND[kind]).get(step)
    if asked is None or not isinstance(asked.kind, RefKind) or asked.kind.kind not in BY_KIND:
        raise TypeError(f"{kind}.{step} is no reference to one kind")
    return asked.kind.kind


def is_numbered(ledger: Ledger, column: Column) -> bool:
    """Does the column show telephone or identity numbers?"""
    found = (asked_at(ledger.sources[0].kind, path) for path in column.paths)
    return any(one and isinstance(one.kind, NUMBERED) and one.ask.care is not Care.PLAIN for one in found)


def _is_one_word(ledger: Ledger, column: Column) -> bool:
    """Does the column hold names of people or numbers of records?"""
    if column.made or column.every or column.width > ONE_WORD:
        return False
    kind = kind_at(ledger.sources[0].kind, column.paths[0])
    return isinstance(kind, NameKind) or column.paths[0].rpartition(".")[2] == "number"


def sort_of(ledger: Ledger, column: Column) -> Sort:
    """How a column is written, from the declaration of its field."""
    if column.made:
        return MADE[column.made][1]
    if column.every:
        return Sort.TEXT
    found = kind_at(ledger.sources[0].kind, column.paths[0])
    kinds = ((DayKind, Sort.DAY), (YuanKind, Sort.MONEY), (CountKind, Sort.NUMBER))
    return next((sort for kind, sort in kinds if isinstance(found, kind)), Sort.TEXT)


def head_of(ledger: Ledger, column: Column) -> Head:
    """The head of a column. Days, numbers, names and what is short would be torn apart in less room."""
    sort = sort_of(ledger, column)
    fixed = sort is not Sort.TEXT or column.width <= NARROW or is_numbered(ledger, column)
    fixed = fixed or _is_one_word(ledger, column)
    return Head(column.head, column.width, sort, fixed)


def cell(kind: FieldKind, value: Any) -> Cell:
    """A stored value as a cell: whole days, money and counts by their type, all else in words."""
    if value is None or value == "":
        return None
    if isinstance(kind, YesNoKind) and type(value) is int:
        value = bool(value)
    if not kind.accepts(value):
        return str(value)
    if isinstance(kind, DayKind):
        return day_cell(value)
    if isinstance(kind, YuanKind):
        return Decimal(value).scaleb(-2)
    if isinstance(kind, CountKind):
        return int(value)
    return kind.show(value)


def day_cell(value: str) -> Cell:
    """A whole day as a day; what is less, or no day at all, as it is written."""
    if not days.is_whole(value):
        return value
    found = days.to_date(value)
    return found if found >= FIRST else value


def filled(kinds: Sequence[FieldKind], values: Sequence[Any], column: Column, today: str, years: int) -> Cell:
    """The cell of a column from the values its paths lead to."""
    if column.made:
        return MADE[column.made][0](values, today, years)
    if column.every and all(isinstance(kind, CodesKind) for kind in kinds):
        values = each_once(*values)
    cells = [cell(kind, value) for kind, value in zip(kinds, values, strict=True)]
    if column.every:
        return _together(kinds, [str(one) for one in cells if one not in (None, "", *NONE)])
    return next((one for one in cells if one not in (None, "")), None)


def _together(kinds: Sequence[FieldKind], words: Sequence[str]) -> Cell:
    """Several values in one cell: choices in a row, sentences one after another."""
    if all(isinstance(kind, CodesKind) for kind in kinds):
        return "、".join(dict.fromkeys(words)) or None
    told = [word if word.endswith(STOPS) else f"{word}；" for word in dict.fromkeys(words)]
    return "".join(told).removesuffix("；") or None


def _age(values: Sequence[Any], today: str, _years: int) -> Cell:
    born = values[0]
    return days.age(born, today) if isinstance(born, str) and days.is_day(born) else None


def _kept_until(values: Sequence[Any], _today: str, years: int) -> Cell:
    closed, born = values
    return days.show_day(retention.kept_until(years, closed, born)) or None


def _gone(values: Sequence[Any], _today: str, _years: int) -> Cell:
    died, moved = values
    return "去世" if died else "搬离" if moved else None


MADE = {"age": (_age, Sort.NUMBER), "kept_until": (_kept_until, Sort.TEXT), "gone": (_gone, Sort.TEXT)}
