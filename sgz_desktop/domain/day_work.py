"""A worker's day as the records tell it: what was done, when, and what cannot all have been done at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from sgz_desktop.domain import days

BY_CLOCK = frozenset(  # the worker was there in person
    {"visit", "session", "group_session", "activity", "supervision", "training"}
)


@dataclass(frozen=True, slots=True)
class Done:
    """One thing done on a whole day. `start` and `end` are HH:MM or ''; `what` is the sort of work, `name`
    whom it was for, `origin` what raised a task."""

    kind: str
    id: str
    day: days.Day
    what: str
    name: str = ""
    text: str = ""
    start: str = ""
    end: str = ""
    case: str = ""
    origin: str = ""

    @property
    def clock(self) -> str:
        """9:00—9:40, 9:00, or ''."""
        if not days.is_clock(self.start):
            return ""
        return f"{self.start}—{self.end}" if days.is_clock(self.end) else self.start


def clashes(done: Iterable[Done]) -> frozenset[str]:
    """Ids of what one worker did in person that overlaps; one without an end lasts out its hour."""
    timed = [(one, *span) for one in done if one.kind in BY_CLOCK and (span := _span(one))]
    return frozenset(
        id
        for (one, start, end), (other, first, last) in combinations(timed, 2)
        if one.day == other.day and start < last and first < end
        for id in (one.id, other.id)
    )


def _span(one: Done) -> tuple[int, int] | None:
    """Minutes of the day, the last not included."""
    if not days.is_clock(one.start):
        return None
    start = days.minutes_between("00:00", one.start)
    end = days.minutes_between("00:00", one.end) if days.is_clock(one.end) else 0
    return start, end if end > start else start - start % 60 + 60


def in_order(done: Iterable[Done]) -> list[Done]:
    """By day and clock; what has no clock comes last."""
    return sorted(done, key=lambda one: (one.day, one.start or "99", one.what, one.name, one.id))
