"""Photos of a day and the occasions they were taken on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sgz_desktop.domain import days
from sgz_desktop.domain.days import Clock, Day

NEAR = 90  # minutes: further from a visit than this, a photo is not taken for one of it


@dataclass(frozen=True, slots=True)
class Occasion:
    """A visit or a session on file. Times are '' where they were not written down.

    `refused`: somebody who was there does not agree to photos being kept.
    """

    kind: str
    id: str
    day: Day
    start: Clock = ""
    end: Clock = ""
    who: str = ""
    village: str = ""
    label: str = ""
    refused: bool = False


def sorted_onto(day: Day, time: Clock, occasions: Sequence[Occasion]) -> Occasion | None:
    """The occasion a photo belongs to: of its day, the one going on, else the nearest in time.

    None when its day has none, or several and the times do not tell. `time` '' is unknown.
    """
    same = [one for one in occasions if one.day == day] if day else []
    if len(same) == 1:
        return same[0]
    timed = [one for one in same if days.is_clock(one.start)]
    if not days.is_clock(time) or not timed:
        return None
    nearest = min(timed, key=lambda one: (_minutes_off(time, one), one.start, one.id))
    return nearest if _minutes_off(time, nearest) <= NEAR else None


def _minutes_off(time: Clock, one: Occasion) -> int:
    """Minutes from the occasion to the time; 0 while it lasts."""
    end = one.end if days.is_clock(one.end) and one.end >= one.start else one.start
    if one.start <= time <= end:
        return 0
    return min(abs(days.minutes_between(one.start, time)), abs(days.minutes_between(end, time)))


def caption(day: Day, village: str, label: str) -> str:
    """The words under a printed photo: 6月26日·上溪村·走访. Never a name."""
    month_and_day = f"{int(day[5:7])}月{int(day[8:])}日" if days.is_day(day) and days.is_whole(day) else ""
    return "·".join(part for part in (month_and_day, village, label) if part)
