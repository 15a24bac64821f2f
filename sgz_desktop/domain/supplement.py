"""Figures as they were signed off, and what was entered for their days afterwards (上月补报).

A signed report carries its figures with the ids of the records counted, so that the next computer tells the
same: what is counted now and was not then, what was then and is no more. A value alone could not: a visit
taken out and one put in would look like nothing. Where that is more than a value of the log may hold, as in
a busy year, the figures with most ids are kept by their value alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import orjson

from sgz_desktop.domain import days
from sgz_desktop.domain.edits import MAX_VALUE
from sgz_desktop.domain.indicator_facts import Period
from sgz_desktop.domain.indicators import Indicator

Key = tuple[str, str, str]
VALUE_ALONE = frozenset({"P04", "V03"})
AS_IT_STANDS = frozenset(
    {"C04", "H01", "P04", "V03"}
)  # by what is known today: not entered later, known later


@dataclass(frozen=True, slots=True)
class Kept:
    """One figure as a report said it. `ids` None: they were too many to be kept."""

    code: str
    part: str
    unit: str
    value: int | float
    ids: tuple[str, ...] | None

    @property
    def key(self) -> Key:
        """What tells it from other figures."""
        return self.code, self.part, self.unit


@dataclass(frozen=True, slots=True)
class Supplement:
    """A figure that is not what was reported: `added`: ids counted now and not then, `gone` reverse."""

    code: str
    part: str
    title: str
    unit: str
    reported: int | float
    now: int | float
    added: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def change(self) -> int | float:
        """What is to be added to the reported figure; below zero where less is counted."""
        return tidy_number(self.now - self.reported)

    @property
    def ids(self) -> tuple[str, ...]:
        """The records behind the difference."""
        return (*self.added, *self.gone)


def tidy_number(value: int | float) -> int | float:
    """To two decimals (money has them); whole numbers as integers."""
    rounded = round(value, 2)
    return int(rounded) if rounded == int(rounded) else rounded


def kept(figures: Iterable[Indicator]) -> tuple[Kept, ...]:
    """Figures as a report keeps them; those of VALUE_ALONE, which none corrects, without their many ids."""
    return tuple(
        Kept(one.code, one.part, one.unit, one.value, () if one.code in VALUE_ALONE else one.ids)
        for one in figures
    )


def packed(
    own: Sequence[Kept], again: Mapping[Period, Sequence[Kept]] | None = None, most: int = MAX_VALUE
) -> str:
    """A report's figures as JSON: {"ids": every id once, "figures": [code, part, unit, value, [places of its
    ids] or null] each}; many figures count the same people.

    `again`: figures of earlier days that it corrects, which carry their first and last day behind. In the log
    it takes `most` bytes: lists of ids are left out, the longest first, until the rest is short enough.
    """
    rows = [(one, list[str]()) for one in own]
    for span, figures in sorted((again or {}).items(), key=lambda item: (item[0].first, item[0].last)):
        rows += [(one, [span.first, span.last]) for one in figures]
    longest = sorted(range(len(rows)), key=lambda place: -len(rows[place][0].ids or ()))
    for count in range(len(rows) + 1):
        text = _written(rows, frozenset(longest[:count]))
        if len(orjson.dumps(text)) <= most:
            break
    return text


def _written(rows: Sequence[tuple[Kept, list[str]]], without: frozenset[int]) -> str:
    places: dict[str, int] = {}
    figures = []
    for number, (one, span) in enumerate(rows):
        ids = None if number in without else one.ids
        told = None if ids is None else [places.setdefault(id, len(places)) for id in ids]
        figures.append([one.code, one.part, one.unit, one.value, told, *span])
    return orjson.dumps({"ids": list(places), "figures": figures}).decode()


def unpacked(text: str | None, own: Period) -> dict[Period, tuple[Kept, ...]]:
    """What a report said, by span; what is no figure, or of a newer form, is left out."""
    try:
        told = orjson.loads(text or "{}")
    except orjson.JSONDecodeError:
        return {}
    ids, rows = (told.get("ids"), told.get("figures")) if isinstance(told, dict) else (None, None)
    if not isinstance(ids, list) or not isinstance(rows, list) or not all(isinstance(id, str) for id in ids):
        return {}
    found: dict[Period, list[Kept]] = {}
    for row in rows:
        span = _span(row, own, len(ids))
        if span is not None:
            code, part, unit, value, places = row[:5]
            counted = None if places is None else tuple(ids[place] for place in places)
            found.setdefault(span, []).append(Kept(code, part, unit, value, counted))
    return {span: tuple(figures) for span, figures in found.items()}


def _span(row: object, own: Period, known: int) -> Period | None:
    """The days a row is about; None when it is no row of figures, or names an id that is not `known`."""
    if not isinstance(row, list) or len(row) not in (5, 7):
        return None
    words, (value, places) = row[:3], row[3:5]
    named = all(isinstance(word, str) for word in words) and isinstance(places, list | None)
    counted = isinstance(value, int | float) and not isinstance(value, bool)
    if (
        not named
        or not counted
        or not all(type(place) is int and 0 <= place < known for place in places or ())
    ):
        return None
    if len(row) == 5:
        return own
    whole = all(isinstance(day, str) and days.is_day(day) and days.is_whole(day) for day in row[5:])
    return Period(*row[5:]) if whole else None


def supplement(reported: Iterable[Kept], now: Iterable[Indicator]) -> tuple[Supplement, ...]:
    """Every figure that is not what was reported, in the order they are counted. What an earlier program did
    not report at all is no difference."""
    then = {one.key: one for one in reported if one.code not in VALUE_ALONE}
    codes = {one.code for one in then.values()}
    found = []
    for one in now:
        if one.code not in codes:
            continue
        before = then.pop((one.code, one.part, one.unit), None)
        found.append(_difference(one, before))
    found += [_difference(_nothing(one), one) for one in then.values()]
    return tuple(one for one in found if one.change or one.ids)


def _nothing(one: Kept) -> Indicator:
    return Indicator(one.code, one.part, "", one.unit, 0, ())


def _difference(now: Indicator, before: Kept | None) -> Supplement:
    old, new = before.ids if before else (), now.ids
    if old is None:  # only the value is known
        old = new = ()
    had, has = set(old), set(new)
    return Supplement(
        now.code,
        now.part,
        now.title,
        now.unit,
        before.value if before else 0,
        now.value,
        tuple(id for id in new if id not in had),
        tuple(id for id in old if id not in has),
    )
