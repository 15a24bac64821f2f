"""What is known of people and households, as a rule sees it. None is unknown; nothing here is guessed.

A number that is known in part is a `Span`: every value it may still have lies in it. So a verdict that holds
over the whole span holds for whatever the missing part turns out to be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from sgz_desktop.domain import days


class Span(NamedTuple):
    """Least and greatest value; `most` None = no upper bound."""

    least: Fraction
    most: Fraction | None


class Codes(NamedTuple):
    """Codes that hold; `complete`: no other does."""

    known: frozenset[str]
    complete: bool


class Card(NamedTuple):
    """One kind of disability on a card; None = not known yet."""

    type: str | None
    grade: int | None


class Relative(NamedTuple):
    """Somebody a person is related to by id; id '' = known to be none."""

    id: str


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One person. Money in fen. `cards` () = known to have none. `called` is how missing facts name them."""

    id: str
    called: str = ""
    born: days.Day | None = None
    sex: str | None = None
    cards: tuple[Card, ...] | None = None
    income_month: Fraction | None = None
    pension_basic_month: Fraction | None = None
    property_ok: bool | None = None
    status: Codes | None = None
    in_school: bool | None = None
    dead: bool | None = None
    missing_months: Fraction | None = None
    missing_reported: bool | None = None
    declared_missing: bool | None = None
    imprisoned: bool | None = None
    detained: bool | None = None
    seriously_ill: bool | None = None
    custody_revoked: bool | None = None
    deported: bool | None = None
    civil_capacity: str | None = None
    self_care: Span | None = None
    long_term_care: bool | None = None
    away: bool | None = None
    emergency: bool | None = None
    spending_sudden: bool | None = None
    told_unable: bool = False
    obligors: tuple[str, ...] | None = None
    obligors_confirmed_none: bool | None = None
    father: Relative | None = None
    mother: Relative | None = None
    spouse: Relative | None = None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HouseholdFacts:
    """One household. Its income is its own, never added up from its members; money in fen a year."""

    id: str
    called: str = ""
    members: tuple[str, ...] | None = None
    income_year: Fraction | None = None
    rigid_spending_year: Fraction | None = None
    property_ok: bool | None = None
    emergency: bool | None = None
    spending_sudden: bool | None = None
    doubts: tuple[str, ...] = ()


Subject = PersonFacts | HouseholdFacts


@dataclass(frozen=True)
class World:
    """Everybody known, by id. `homes`: person → household."""

    people: Mapping[str, PersonFacts] = field(default_factory=dict)
    households: Mapping[str, HouseholdFacts] = field(default_factory=dict)
    homes: Mapping[str, str] = field(default_factory=dict)

    def person(self, id: str) -> PersonFacts:
        """Somebody, or one of whom nothing is known."""
        return self.people.get(id) or PersonFacts(id, id)


def world_of(people: Mapping[str, PersonFacts], households: Mapping[str, HouseholdFacts]) -> World:
    """A world in which everybody's household is the first they are a member of."""
    homes: dict[str, str] = {}
    for home in households.values():
        for member in home.members or ():
            homes.setdefault(member, home.id)
    return World(people, households, homes)


@lru_cache(maxsize=1 << 16)
def age_on(born: days.Day, on: days.Day) -> Span:
    """Full years on a day, of age on the birthday itself (民法典 art. 1259: 以上 includes the number).

    29 February has its birthday on 1 March of other years. A birth known by year or month gives a span.
    """
    return Span(Fraction(_years(days.latest(born), on)), Fraction(_years(days.earliest(born), on)))


def _years(born: str, on: str) -> int:
    return int(on[:4]) - int(born[:4]) - (on[5:] < born[5:])


def exactly(value: Fraction) -> Span:
    """A number that is known."""
    return Span(value, value)
