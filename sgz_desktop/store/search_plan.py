"""What of each kind of record is searched, read from the declarations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from sgz_desktop.domain import days
from sgz_desktop.domain.fields import (
    Care,
    DayKind,
    FieldKind,
    IdNumberKind,
    LineKind,
    NameKind,
    PhoneKind,
    RefKind,
    Wire,
)
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import Question, Record, Surface, parent_field, questions, row_fields
from sgz_desktop.store import terms
from sgz_desktop.store.search_keys import (
    CLOSE,
    OTHER,
    PERSON,
    birth_keys,
    digit_keys,
    name_keys,
    number_keys,
    sound_keys,
)

PEOPLE = "person"
EPOCH = date(1970, 1, 1).toordinal()
MERGED_INTO = "merged_into"
ROLES = ("texts", "names", "digits", "numbers", "sounds", "births", "days", "stays")
FIXED = 3  # columns before the fields: rid, deleted, day of entry


@dataclass(frozen=True)
class Searched:
    """How one kind is read for the index: which columns are text, names, digits, numbers and days; by which
    sounds and births people are found who may be one; `stays` names the record a deleted one is part of."""

    kind: str
    mark: str
    columns: tuple[str, ...]
    texts: tuple[tuple[int, FieldKind], ...]
    names: tuple[int, ...]
    digits: tuple[int, ...]
    numbers: tuple[int, ...]
    sounds: tuple[int, ...]
    births: tuple[int, ...]
    day: int | None
    stays: int | None

    @property
    def query(self) -> str:
        """State rows of a JSON list of rids; the day of entry is that of the edit that named the station."""
        columns = "".join(f', s."{column}"' for column in self.columns)
        return (
            f"SELECT s.rid, s.deleted, n.claim_clock / {1000 << 16} / 86400{columns} FROM r_{self.kind} s "
            "JOIN entity n ON n.rid = s.rid WHERE s.rid IN (SELECT value FROM json_each(?))"
        )

    def terms(self, row: Sequence[Wire]) -> str:
        """Everything a row is found by, as terms with blanks between."""
        said = (kind.search(row[at]) for at, kind in self.texts if row[at] is not None)
        text = terms.index_terms("\n".join(said))
        keys = self._keys(row)
        blank = " " + self.mark
        return text + blank + blank.join(keys) if keys else text

    def _keys(self, row: Sequence[Wire]) -> set[str]:
        keys: set[str] = set()
        for places, keys_of in (
            (self.names, name_keys),
            (self.digits, digit_keys),
            (self.numbers, number_keys),
            (self.sounds, sound_keys),
            (self.births, birth_keys),
        ):
            for at in places:
                if row[at] is not None:
                    keys |= keys_of(str(row[at]))
        return keys

    def found(self, row: Sequence[Wire]) -> bool:
        """Is the row to be found at all? A deleted one only where it was merged into another."""
        return not row[1] or (self.stays is not None and row[self.stays] is not None)

    def days_since_1970(self, row: Sequence[Wire]) -> int:
        """The record's own day, but never later than its entry; the day of entry when it has none."""
        entry = int(row[2] or 0)
        own = None if self.day is None else row[self.day]
        return min(entry, _first_day(own, entry)) if isinstance(own, str) else entry


@lru_cache(maxsize=4096)
def _first_day(day: str, otherwise: int) -> int:
    """The first day a Day may mean, in days since 1970; `otherwise` for what is no day."""
    return days.to_date(days.earliest(day)).toordinal() - EPOCH if days.is_day(day) else otherwise


@cache
def searched(kind: str) -> Searched | None:
    """The plan of a kind; None for kinds that are not searched or not known."""
    record = BY_KIND.get(kind)
    if record is None or Surface.SEARCH in record.LACKS:
        return None
    columns: list[str] = []
    places: dict[str, list[int]] = {role: [] for role in ROLES}
    asked = questions(record)
    for question in asked.values():
        roles = list(_roles(record, question))
        for role in roles:
            places[role].append(FIXED + len(columns))
        if roles:
            columns.append(question.name)
    kinds = {FIXED + at: asked[name].kind for at, name in enumerate(columns)}
    return Searched(
        kind=kind,
        mark=_mark(record),
        columns=tuple(columns),
        texts=tuple((at, kinds[at]) for at in places["texts"]),
        names=tuple(places["names"]),
        digits=tuple(places["digits"]),
        numbers=tuple(places["numbers"]),
        sounds=tuple(places["sounds"]),
        births=tuple(places["births"]),
        day=next(iter(places["days"]), None),
        stays=next(iter(places["stays"]), None),
    )


def _roles(record: type[Record], question: Question) -> Iterator[str]:
    kind = question.kind
    if type(kind).search is not FieldKind.search:
        yield "texts"
    if isinstance(kind, NameKind) and _names_a_person(record):
        yield "names"
    if record.KIND == PEOPLE:
        yield from _people_roles(question)
    if isinstance(kind, PhoneKind | IdNumberKind):
        yield "digits"
    if question.name == "number" and isinstance(kind, LineKind):
        yield "numbers"
    if isinstance(kind, DayKind) and question.ask.care is Care.PLAIN:  # not a birthday
        yield "days"


def _people_roles(question: Question) -> Iterator[str]:
    """A person's own names and birth, and whom they were merged into."""
    if isinstance(question.kind, NameKind) and not question.ask.group:
        yield "sounds"
    if isinstance(question.kind, DayKind) and question.ask.care is Care.IDENTIFIES:
        yield "births"
    if question.name == MERGED_INTO:
        yield "stays"


def _names_a_person(record: type[Record]) -> bool:
    """Names on people and on their rows lead to a person; a worker's name on a visit does not."""
    rows = {rows.kind for rows in row_fields(BY_KIND[PEOPLE]).values()}
    return record.KIND == PEOPLE or (record in rows and to_person(record.KIND) is not None)


def to_person(kind: str) -> str | None:
    """The field of a kind that names the person it belongs to, if its parent is a person."""
    record = BY_KIND[kind]
    name = parent_field(record)
    if name is None:
        return None
    target = questions(record)[name].kind
    return name if isinstance(target, RefKind) and target.kind == PEOPLE else None


def _mark(record: type[Record]) -> str:
    if record.KIND == PEOPLE:
        return PERSON
    return CLOSE if to_person(record.KIND) else OTHER
