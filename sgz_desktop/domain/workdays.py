"""Working days: Monday to Friday, less public holidays, plus make-up days (resources/holidays.toml).

The day on which a period starts is not counted (民法典 art. 201). Years the table lacks are reckoned as
plain Monday to Friday; `covers` and `coverage_note` let callers say so.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from sgz_desktop.domain.days import Day, is_whole, to_date
from sgz_desktop.resources import resource

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """Days off (with the name of the holiday), make-up working days, and the notice each year rests on."""

    off: dict[date, str]
    work: frozenset[date]
    sources: dict[int, str]


def read_calendar(path: Path) -> Calendar:
    """Calendar of a holidays TOML file; ValueError when a row leaves its year or contradicts another."""
    off: dict[date, str] = {}
    work: set[date] = set()
    sources: dict[int, str] = {}
    for block in tomllib.loads(path.read_text(encoding="utf-8"))["year"]:
        year = int(block["year"])
        breaks = [(name, to_date(first), to_date(last)) for name, first, last in block["off"]]
        made_up = [to_date(day) for day in block["work"]]
        days_off = {day: name for name, first, last in breaks for day in _span(first, last)}
        _check(year, days_off, made_up)
        off.update(days_off)
        work.update(made_up)
        sources[year] = block["source"]
    return Calendar(off, frozenset(work), sources)


def _check(year: int, off: dict[date, str], work: list[date]) -> None:
    for day in (*off, *work):
        if day.year != year:
            raise ValueError(f"holidays {year}: {day} lies in another year")
    for day in work:
        if day in off or day.weekday() < _SATURDAY:
            raise ValueError(f"holidays {year}: make-up day {day} is no weekend day or is also a day off")


def _span(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += _ONE_DAY


@cache
def shipped_calendar() -> Calendar:
    """The calendar the program brings along."""
    return read_calendar(resource("holidays.toml"))


def is_workday(day: Day) -> bool:
    """Whether a whole day is a working day."""
    return _works(to_date(day), shipped_calendar())


def _works(day: date, calendar: Calendar) -> bool:
    return day in calendar.work or (day.weekday() < _SATURDAY and day not in calendar.off)


def holiday(day: Day) -> str | None:
    """Name of the public holiday a whole day belongs to (国庆节), or None."""
    return shipped_calendar().off.get(to_date(day))


def add_workdays(day: Day, count: int) -> Day:
    """The `count`-th working day after a whole day (before it, when negative); 0 gives the day itself."""
    calendar, at = shipped_calendar(), to_date(day)
    step, left = (_ONE_DAY, count) if count >= 0 else (-_ONE_DAY, -count)
    while left:
        at += step
        left -= _works(at, calendar)
    return at.isoformat()


def workdays_between(start: Day, end: Day) -> int:
    """Working days after `start` up to and including `end`; negative, mirrored, when end is before start.

    0 unless both are whole days: a synced record may hold any text.
    """
    if not (is_whole(start) and is_whole(end)):
        return 0
    if end < start:
        return -workdays_between(end, start)
    off, work = _exceptions()
    return _weekdays(start, end) - _after(off, start, end) + _after(work, start, end)


@cache
def _exceptions() -> tuple[list[Day], list[Day]]:
    """Weekdays off and days of a weekend worked, each in order."""
    calendar = shipped_calendar()
    off = sorted(day.isoformat() for day in calendar.off if day.weekday() < _SATURDAY)
    return off, sorted(day.isoformat() for day in calendar.work)


def _after(days: list[Day], start: Day, end: Day) -> int:
    return bisect_right(days, end) - bisect_right(days, start)


def _weekdays(start: Day, end: Day) -> int:
    """Mondays to Fridays after `start` up to and including `end`."""
    first, last = to_date(start).toordinal(), to_date(end).toordinal()  # day 1 was a Monday
    return _till(last) - _till(first)


def _till(ordinal: int) -> int:
    weeks, days = divmod(ordinal, 7)
    return 5 * weeks + min(days, 5)


def workday_on_or_after(day: Day) -> Day:
    """The day itself if it is a working day, else the next one (民法典 art. 203; dates of next visits)."""
    calendar, at = shipped_calendar(), to_date(day)
    while not _works(at, calendar):
        at += _ONE_DAY
    return at.isoformat()


def covers(year: int) -> bool:
    """Whether the table holds the holidays of a year."""
    return year in shipped_calendar().sources


def coverage_note(start: Day, end: Day) -> str:
    """未含2027年调休 when a span runs into years the table lacks; "" when it holds them all."""
    first, last = sorted((int(start[:4]), int(end[:4])))
    missing = [str(year) for year in range(first, last + 1) if not covers(year)]
    return f"未含{'、'.join(missing)}年调休" if missing else ""
