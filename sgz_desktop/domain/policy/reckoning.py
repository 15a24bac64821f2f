"""Numbers a rule compares, reckoned from facts: ages, sums without what is not counted, sums a head."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from sgz_desktop.domain import days
from sgz_desktop.domain.policy.facts import HouseholdFacts, PersonFacts, Span, Subject, World, age_on, exactly
from sgz_desktop.domain.policy.pack import Deduction, Given

ZERO = Fraction(0)
ENDLESS = Fraction(10**12)  # spending beside no income at all
MONTHS = 12
YEARLY = frozenset({"income_year", "per_head_year"})
PER_HEAD = frozenset({"per_head_month", "per_head_year"})


@dataclass(frozen=True)
class Terms:
    """What a rule is read with: the day, the values of parameters in force, the deductions of its pack."""

    on: days.Day
    values: Mapping[str, Given]
    deductions: Mapping[str, Deduction]

    def counted_out(self, name: str) -> bool:
        """Is a deduction in force on the day?"""
        until = self.deductions[name].until
        if not isinstance(until, str):
            given = self.values.get(until.name)
            until = given if isinstance(given, str) else ""
            return bool(until) and self.on <= until
        return not until or self.on <= until


def number(fact: str, one: Subject, world: World, terms: Terms, less: tuple[str, ...]) -> Span | None:
    """The number a fact stands for, without deductions in force; None unknown."""
    found = NUMBERS[fact](one, world, terms)
    if found is None or not less:
        return found
    taken = [_taken(terms.deductions[name].fact, one, world) for name in less if terms.counted_out(name)]
    share = _share(fact, one)
    for span in taken:
        found = _without(found, span, share)
    return found


def _without(found: Span, taken: Span, share: Fraction) -> Span:
    """What may be left. More taken than there is contradicts itself: it then counts as unknown."""
    least, most = taken.least * share, None if taken.most is None else taken.most * share
    if found.most is not None and least > found.most:
        least, most = ZERO, None
    lowest = ZERO if most is None else max(ZERO, found.least - most)
    return Span(lowest, None if found.most is None else max(ZERO, found.most - least))


def _share(fact: str, one: Subject) -> Fraction:
    """What one yuan a month of a member's makes in the number."""
    heads = len(one.members or ()) if fact in PER_HEAD and isinstance(one, HouseholdFacts) else 1
    return Fraction(MONTHS if fact in YEARLY else 1, heads or 1)


def _taken(fact: str, one: Subject, world: World) -> Span:
    """What is taken from it altogether; with one part unknown it may be anything."""
    people = [world.person(id) for id in one.members or ()] if isinstance(one, HouseholdFacts) else [one]
    parts = [getattr(person, fact) for person in people]
    if any(part is None for part in parts):
        return Span(ZERO, None)
    return exactly(sum(parts, ZERO))


def _age(one: Subject, world: World, terms: Terms) -> Span | None:
    born = one.born if isinstance(one, PersonFacts) else None
    return age_on(born, terms.on) if born else None


def _income_year(one: Subject, world: World, terms: Terms) -> Span | None:
    if isinstance(one, HouseholdFacts):
        return None if one.income_year is None else exactly(one.income_year)
    return None if one.income_month is None else exactly(one.income_month * MONTHS)


def _per_head(one: Subject, months: int) -> Span | None:
    if not isinstance(one, HouseholdFacts) or one.income_year is None or not one.members:
        return None
    return exactly(one.income_year / len(one.members) / months)


def _of_dibao(one: Subject, world: World, terms: Terms) -> Span | None:
    """Income a head and month over the local 低保 standard."""
    standard, head = terms.values.get("dibao_std"), _per_head(one, MONTHS)
    if head is None or not isinstance(standard, Fraction) or not standard:
        return None
    return exactly(head.least / standard)


def _rigid_share(one: Subject, world: World, terms: Terms) -> Span | None:
    if not isinstance(one, HouseholdFacts) or one.income_year is None or one.rigid_spending_year is None:
        return None
    if not one.income_year:
        return exactly(ENDLESS if one.rigid_spending_year else ZERO)
    return exactly(one.rigid_spending_year / one.income_year)


def _kept(name: str) -> Callable[[Subject, World, Terms], Span | None]:
    def find(one: Subject, world: World, terms: Terms) -> Span | None:
        value = getattr(one, name, None)
        return value if value is None or isinstance(value, Span) else exactly(value)

    return find


NUMBERS: Mapping[str, Callable[[Subject, World, Terms], Span | None]] = {
    "age": _age,
    "income_month": _kept("income_month"),
    "income_year": _income_year,
    "pension_basic_month": _kept("pension_basic_month"),
    "per_head_month": lambda one, world, terms: _per_head(one, MONTHS),
    "per_head_year": lambda one, world, terms: _per_head(one, 1),
    "per_head_of_dibao": _of_dibao,
    "rigid_share": _rigid_share,
    "missing_months": _kept("missing_months"),
    "self_care": _kept("self_care"),
}
