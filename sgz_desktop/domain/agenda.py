"""Everything due, in one list: tasks, deadlines the records name, what life events ask for, the brief.

An item that no task record stands behind has an `origin`. A task with that origin takes its place: done, put
aside with a reason, or given another day or worker.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sgz_desktop.domain import days, workdays
from sgz_desktop.domain.deadlines import Deadline
from sgz_desktop.domain.fields import Wire

WEEK = 7


@dataclass(frozen=True, slots=True)
class Item:
    """One thing due. `kind` and `id` name the record it comes from, `task` the task record behind it ('' none
    yet); `day` is whole or ''; `paused`: nobody of the household is there; `said`: how something stands
    that others decide; it is late for nobody here."""

    origin: str
    kind: str
    id: str
    what: str
    day: days.Day
    name: str = ""
    person: str = ""
    household: str = ""
    case: str = ""
    worker: str = ""
    task: str = ""
    more: str = ""
    paused: bool = False
    said: str = ""

    @property
    def values(self) -> dict[str, Wire]:
        """The item as a task record would hold it, its origin aside."""
        told = {
            "what": self.what,
            "due_on": self.day,
            "person": self.person,
            "household": self.household,
            "case": self.case,
            "worker": self.worker,
            "note": self.more,
        }
        return {name: value for name, value in told.items() if value}

    def late(self, today: days.Day) -> int:
        """Days past its day; 0 when it is not late, waits for people to come back, or is not ours to do."""
        return 0 if self.paused or self.said else max(0, days.days_between(self.day, today))


def origin_of(due: Deadline) -> str:
    """The day belongs to it: another day agreed upon is another thing to do."""
    return f"{due.kind}.{due.field}:{due.id}:{due.day}"


def without(items: Iterable[Item], origins: Collection[str]) -> list[Item]:
    """Items no task stands for yet, and tasks."""
    return [item for item in items if item.task or item.origin not in origins]


def in_order(items: Iterable[Item]) -> list[Item]:
    """By day, those without one last."""
    return sorted(items, key=lambda item: (item.day or "9999", item.name, item.what, item.origin))


def week_of(day: days.Day, later: int = 0) -> tuple[days.Day, days.Day]:
    """Monday and Sunday of the week of a whole day, or of `later` weeks after it."""
    monday = days.add_days(day, later * WEEK - days.to_date(day).weekday())
    return monday, days.add_days(monday, WEEK - 1)


def days_of(first: days.Day, last: days.Day) -> list[days.Day]:
    """Every day from first to last, both whole."""
    return [days.add_days(first, place) for place in range(days.days_between(first, last) + 1)]


def by_day(items: Iterable[Item], first: days.Day, last: days.Day) -> Mapping[days.Day, tuple[Item, ...]]:
    """Each day of a stretch with what falls on it."""
    found: dict[days.Day, list[Item]] = {day: [] for day in days_of(first, last)}
    for item in in_order(items):
        if item.day in found:
            found[item.day].append(item)
    return {day: tuple(told) for day, told in found.items()}


def moved(day: days.Day, today: days.Day, step: int) -> days.Day:
    """The working day a step before or after a day, never before today; what is late is moved from today."""
    start = max(day, today) if day else today
    return max(workdays.add_workdays(start, step), today)
