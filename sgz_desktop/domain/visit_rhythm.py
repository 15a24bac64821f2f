"""When a household is to be called on again: so many days after it was last reached as its people ask for.

Nobody is due twice over for being of two categories: the shortest interval that applies counts. Being reached
by telephone or video counts like being called on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sgz_desktop.domain import days
from sgz_desktop.domain.days import Day
from sgz_desktop.domain.deadlines import VISIT_EVERY
from sgz_desktop.domain.fields import split_codes
from sgz_desktop.domain.workdays import workday_on_or_after

OTHER = "other"
OLD, OLD_AGE = "age.80", 80
NOT_SET = 0  # a category that asks for no interval of its own


class Member(NamedTuple):
    """Somebody who was ever put into a household; days as stored, None where unknown."""

    categories: str | None = None
    born: Day | None = None
    died_on: Day | None = None
    moved_on: Day | None = None
    closed_on: Day | None = None
    jailed_on: Day | None = None
    jailed_until: Day | None = None
    left_on: Day | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """`day` is the working day a household is due on, None when nobody was ever there; `overdue` from the
    day after."""

    day: Day | None
    overdue: bool

    def by(self, last: Day) -> bool:
        """Is it due by a whole day?"""
        return self.day is None or self.day <= last


def due(marks: Iterable[str], last: Day | None, today: Day, every: Mapping[str, int] = VISIT_EVERY) -> Due:
    """When a household with these `marks` is due, having been reached `last` (None or no day = never)."""
    if last is None or not days.is_day(last):
        return Due(None, True)
    day = next_visit(days.earliest(last), marks, every)
    return Due(day, day < today)


def next_visit(last: Day, marks: Iterable[str], every: Mapping[str, int] = VISIT_EVERY) -> Day:
    """The shortest interval after `last` (whole), then a working day."""
    return workday_on_or_after(days.add_days(last, interval(marks, every)))


def interval(marks: Iterable[str], every: Mapping[str, int] = VISIT_EVERY) -> int:
    """The shortest interval that applies, in days; that of everybody else where none does."""
    asked = [count for mark in marks if (count := every.get(mark, NOT_SET)) > NOT_SET]
    return min(asked, default=every.get(OTHER) or VISIT_EVERY[OTHER])


def marks(
    household: str | None, members: Iterable[Member], risks: Iterable[str | None], today: Day
) -> frozenset[str]:
    """What a household's interval depends on: its categories and its people's (codes with commas between),
    great age, and the risk of its open cases (None = not judged yet)."""
    found = {f"household.{code}" for code in split_codes(household)}
    found |= {f"risk.{risk or 'unknown'}" for risk in risks}
    for member in members:
        if at_home(member, today):
            found.update(_own(member, today))
    return frozenset(found)


def _own(member: Member, today: Day) -> Iterator[str]:
    for code in split_codes(member.categories):
        yield f"person.{code}"
    if member.born and _may_be_old(member.born, today):
        yield OLD


def _may_be_old(born: Day, today: Day) -> bool:
    """A partial day is read to the older side. The year alone tells of most people, and quickly."""
    if born[:4] > str(int(today[:4]) - OLD_AGE):
        return False
    ages = days.age_range(born, today)
    return ages is not None and ages[1] >= OLD_AGE


def at_home(member: Member, today: Day) -> bool:
    """Could somebody still be met there: not dead, moved, left, in prison or off the files?"""
    gone = (member.died_on, member.moved_on, member.closed_on, member.left_on)
    return not any(gone) and not within(member.jailed_on, member.jailed_until, today)


def lived_in(members: Sequence[Member], today: Day) -> bool:
    """Is anybody left to be called on? A household whose people were never written down may have some."""
    return not members or any(at_home(member, today) for member in members)


def within(start: Day | None, end: Day | None, today: Day) -> bool:
    """Is `today` in a span of absence? It ends on the day of coming back; an end nobody knows is open."""
    if not start or not days.is_day(start) or today < days.earliest(start):
        return False
    return not end or not days.is_day(end) or today < days.latest(end)
