"""Groups of people that reports count together (一老一小, 一残一困, 三留守), and the visit rate's lists."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from sgz_desktop.domain import days
from sgz_desktop.domain.days import Day
from sgz_desktop.domain.fields import split_codes
from sgz_desktop.resources import resource

NO_CATEGORY = frozenset({"", "none"})


@dataclass(frozen=True, slots=True)
class PeopleGroup:
    """People of any of its categories, or of an age: `older` years and above, under `younger`."""

    id: str
    title: str
    categories: frozenset[str]
    older: int | None = None
    younger: int | None = None

    def holds(self, codes: frozenset[str], born: Day | None, on: Day) -> bool:
        """Is somebody of these categories, born then, of the group?"""
        if codes & self.categories:
            return True
        old = self.older is not None and of_age(born, self.older, on)
        return old or (self.younger is not None and under_age(born, self.younger, on))


@dataclass(frozen=True, slots=True)
class VisitLists:
    """Categories of people and of households whose visit rate is told; `older`: of an age is of the category
    too."""

    people: tuple[str, ...]
    households: tuple[str, ...]
    older: Mapping[str, int]


@lru_cache(1 << 14)
def of_age(born: Day | None, years: int, on: Day) -> bool:
    """Surely so old: a day known by its year is read to the younger side."""
    return born is not None and days.is_day(born) and days.latest(born) <= _years_before(on, years)


@lru_cache(1 << 14)
def under_age(born: Day | None, years: int, on: Day) -> bool:
    """Surely younger: a day known by its year is read to the older side."""
    return born is not None and days.is_day(born) and days.earliest(born) > _years_before(on, years)


@lru_cache(1 << 8)
def _years_before(on: Day, years: int) -> Day:
    return f"{int(on[:4]) - years:04d}{on[4:]}"


@lru_cache(1 << 12)
def codes_of(categories: str | None) -> frozenset[str]:
    """Categories as stored; what says that there is none is none."""
    return frozenset(split_codes(categories)) - NO_CATEGORY if categories else frozenset()


@cache
def people_groups() -> tuple[PeopleGroup, ...]:
    """The groups the program brings along, in order."""
    return tuple(
        PeopleGroup(
            one["id"], one["title"], frozenset(one["categories"]), one.get("older"), one.get("younger")
        )
        for one in _shipped()["groups"]
    )


@cache
def visit_lists() -> VisitLists:
    """Whom the visit rate is told of."""
    told = _shipped()["visit_rate"]
    return VisitLists(tuple(told["people"]), tuple(told["households"]), told["older"])


@cache
def _shipped() -> dict[str, Any]:
    return tomllib.loads(resource("forms", "people_groups.toml").read_text(encoding="utf-8"))
