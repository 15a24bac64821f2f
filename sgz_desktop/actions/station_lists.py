"""The lists of the station's other work: rows in words, as `domain.station_lists` declares them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.choices import NOT_HERE, words_of
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_words import shown, with_unit
from sgz_desktop.domain.fields import DayKind, RefKind
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.activity import Activity
from sgz_desktop.domain.records.base import Question, Record, questions
from sgz_desktop.domain.records.resource import Resource
from sgz_desktop.domain.station_lists import LIST_OF, Listed, StationList
from sgz_desktop.store import activities, read
from sgz_desktop.store.session import Reading

Names = Mapping[str, Mapping[str, str]]
GOODS = "goods"
Counts = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class StationLine:
    """A row: the words of its cells and what each is sorted by; `over` rows are grey."""

    id: str
    cells: tuple[str, ...]
    sorts: tuple[str, ...]
    over: bool


@action
def list_station(desk: Desk, kind: str) -> list[StationLine]:
    """All records of a kind that `domain.station_lists` lists, in its order."""
    return desk.read(lambda session: _lines(session, LIST_OF[kind]))


def _lines(session: Reading, of: StationList) -> list[StationLine]:
    kind = BY_KIND[of.kind]
    records = sorted(read.select_where(session, kind), key=_order(of), reverse=of.falling)
    if of.over:
        records.sort(key=lambda one: bool(getattr(one, of.over)))
    asked = questions(kind)
    fields = [asked[name] for column in of.columns for name in column.fields if name in asked]
    names, counts = _named(session, records, fields), _counted(session, of)
    return [_line(record, of, asked, names, counts) for record in records]


def _counted(session: Reading, of: StationList) -> Counts:
    """What stands in the columns that are counted; what cannot be told is left out."""
    if of.kind == Activity.KIND:
        return {(id, "people"): count for id, count in activities.came_of_all(session).items()}
    if of.kind != Resource.KIND:
        return {}
    given = activities.given_of_all(session)
    return {
        (str(one.id), "left"): one.quantity - given.get(str(one.id), 0)
        for one in read.select_where(session, Resource)
        if one.quantity is not None and one.sort == GOODS
    }


def _order(of: StationList) -> Callable[[Record], tuple[str, int]]:
    """By the words of a field, numbers in them as numbers (2 before 10)."""
    return lambda record: (re.sub(r"\d+", _padded, str(getattr(record, of.order) or "")), record.rid or 0)


def _padded(digits: re.Match[str]) -> str:
    return digits.group().zfill(12)


def _named(session: Reading, records: list[Record], asked: list[Question]) -> Names:
    """The words of all records that the columns point to."""
    found: dict[str, dict[str, str]] = {}
    for question in asked:
        if isinstance(question.kind, RefKind):
            ids = {str(value) for record in records if (value := getattr(record, question.name))}
            found[question.name] = words_of(session, question.kind.kind, sorted(ids)) if ids else {}
    return found


def _line(
    record: Record, of: StationList, asked: Mapping[str, Question], names: Names, counts: Counts
) -> StationLine:
    pairs = [_cell(record, column, asked, names, counts) for column in of.columns]
    over = bool(of.over and getattr(record, of.over))
    return StationLine(
        str(record.id), tuple(said for said, _ in pairs), tuple(sort for _, sort in pairs), over
    )


def _cell(
    record: Record, column: Listed, asked: Mapping[str, Question], names: Names, counts: Counts
) -> tuple[str, str]:
    """The words of the first field that holds anything, and what they are sorted by."""
    for name in column.fields:
        if name not in asked:
            count = counts.get((str(record.id), name))
            return ("", "") if count is None else (f"{count:,}", str(count))
        value, question = getattr(record, name), asked[name]
        if value is None:
            continue
        if isinstance(question.kind, RefKind):
            return names[name].get(str(value), NOT_HERE), ""
        said = shown(question.kind, value).replace("\n", " ")
        return with_unit(question.kind, said, question.ask.unit), _sort(question, value)
    return "", ""


def _sort(question: Question, value: object) -> str:
    return str(value) if isinstance(question.kind, DayKind) or question.kind.wire is int else ""
