"""Where a contract's year stands: what each target needs a month, the money by category, the papers due.

Pure functions of plain values; money is in fen, days are whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from sgz_desktop.domain import days

HALF, WHOLE = 6, 12  # months after which the two reports of a year are due where the contract names no day
MONTH_DAYS = 365 / 12


@dataclass(frozen=True, slots=True)
class Pace:
    """How a target stands on a day. `expected` is what the calendar asks for by then, `left` what is still to
    do, `a_month` how much of it falls to each month to the end: all of it in the last month, 0 when done."""

    goal: int
    done: int | float
    expected: float
    left: int | float
    months_left: float
    a_month: int | float

    @property
    def behind(self) -> bool:
        """Is less done than the calendar asks for?"""
        return self.done < self.goal and self.done < self.expected


def elapsed(first: days.Day, last: days.Day, today: days.Day) -> float:
    """The part of a stretch of days that is over at the end of today, 0 to 1."""
    whole = days.days_between(first, last) + 1
    return min(max((days.days_between(first, today) + 1) / whole, 0.0), 1.0) if whole > 0 else 1.0


def pace(goal: int, done: int | float, first: days.Day, last: days.Day, today: days.Day) -> Pace:
    """How a target of a contract from `first` to `last` stands at the end of `today`."""
    rest = max(days.days_between(max(today, days.add_days(first, -1)), last), 0)
    months = rest / MONTH_DAYS
    left = max(goal - done, 0)
    a_month = left if months <= 1 else -(-left // months)
    return Pace(goal, done, goal * elapsed(first, last, today), left, months, int(a_month))


@dataclass(frozen=True, slots=True)
class Money:
    """One category (`code` '' = the whole contract): what was spent of what it may take (None: not set)."""

    code: str
    ceiling: int | None
    spent: int

    @property
    def over(self) -> int:
        """How much more was spent than there is; 0 when none."""
        return max(self.spent - self.ceiling, 0) if self.ceiling is not None else 0


def money(
    amount: int | None, ceilings: Mapping[str, int | None], spent: Iterable[tuple[str, int]]
) -> tuple[Money, ...]:
    """The whole contract, then each category that has a ceiling or was spent of. `spent`: category, fen."""
    sums = dict.fromkeys(ceilings, 0)
    for category, fen in spent:
        sums[category] = sums.get(category, 0) + fen
    lines = (Money(code, ceilings.get(code), total) for code, total in sums.items())
    return Money("", amount, sum(sums.values())), *lines


@dataclass(frozen=True, slots=True)
class Year:
    """A contract's span of days."""

    id: str
    words: str
    first: days.Day
    last: days.Day


def overlapping(years: Sequence[Year]) -> list[tuple[Year, Year]]:
    """Contracts that share a day, each pair once, the earlier first."""
    ordered = sorted(years, key=lambda one: (one.first, one.last, one.id))
    return [(one, other) for one, other in combinations(ordered, 2) if other.first <= one.last]


def running(years: Iterable[Year], today: days.Day) -> Year | None:
    """The contract a day is in, of several the latest begun; else the last one over; else the next."""
    known = sorted(years, key=lambda one: (one.first, one.id))
    begun = [one for one in known if one.first <= today]
    inside = [one for one in begun if today <= one.last]
    return inside[-1] if inside else max(begun, key=lambda one: one.last, default=known[0] if known else None)


def report_days(year: Year, mid: str | None, final: str | None) -> dict[str, days.Day]:
    """When the mid-term and the final report are due: as the contract says, else after half and the whole of
    its year."""
    half = min(_months_on(year.first, HALF), year.last)
    return {
        "midterm": days.latest(mid) if mid and days.is_day(mid) else half,
        "final": days.latest(final) if final and days.is_day(final) else year.last,
    }


def _months_on(first: days.Day, months: int) -> days.Day:
    """The last day of so many months from a day."""
    month = days.add_months(first[:7], months)
    return days.add_days(min(f"{month}-{first[8:]}", days.latest(month)), -1)


def unset(goals: Iterable[tuple[str | None, int | None]]) -> tuple[list[str], list[str]]:
    """Of the targets on file (figure, goal): figures named without a goal, and figures named twice."""
    named = [(key, goal) for key, goal in goals if key]
    keys = [key for key, _ in named]
    return [key for key, goal in named if not goal], sorted({key for key in keys if keys.count(key) > 1})
