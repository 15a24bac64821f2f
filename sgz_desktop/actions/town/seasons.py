"""The year as a station lives it: working days, holidays of the moon calendar, school, weather, how much is
done."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from sgz_desktop.actions.town.words import told
from sgz_desktop.domain.days import add_days, days_between
from sgz_desktop.domain.workdays import is_workday

FIRST, LAST = "2023-07-03", "2026-06-29"
BEGUN = "2024-09-02"  # the first working day of the first contract
FULLER = 1.17  # in the first contract year, to all houses once
BEFORE_CHUNJIE, BEFORE_CHONGYANG = 24, 14  # days in which nobody is to be left out


@cache
def works(day: str) -> bool:
    """Is it a working day of the station? Holidays of 2023, which the table lacks, stand in town.toml."""
    off = any(first <= day <= last for first, last in told("town")["off"])
    return is_workday(day) and not off


def workday(day: str, limit: str = LAST) -> str:
    """The day itself if the station works on it, else the next; the last before `limit` at the end."""
    while day < limit and not works(day):
        day = add_days(day, 1)
    while day > limit or not works(day):
        day = add_days(day, -1)
    return day


def workdays() -> Iterator[str]:
    """All working days of the three years."""
    day = FIRST
    while day <= LAST:
        if works(day):
            yield day
        day = add_days(day, 1)


@cache
def festival(day: str) -> str:
    """年 in the weeks before 春节, 节 before 重阳, else ''."""
    for name, within in (("chunjie", BEFORE_CHUNJIE), ("chongyang", BEFORE_CHONGYANG)):
        if any(0 < days_between(day, feast) <= within for feast in told("town")[name]):
            return {"chunjie": "年", "chongyang": "节"}[name]
    return ""


@cache
def busyness(day: str) -> float:
    """How much is done on a day beside an ordinary one."""
    if feast := festival(day):
        return {"年": 2.1, "节": 2.0}[feast]
    if any(0 <= days_between(feast, day) <= 14 for feast in told("town")["chunjie"]):
        return 0.5
    month = {"01": 0.9, "02": 0.7, "05": 0.85, "07": 0.85, "08": 0.75, "09": 0.8, "10": 0.9, "11": 0.9}
    recent = 1.25 if day >= "2026-03" else 1.0
    return month.get(day[5:7], 1.0) * recent * (FULLER if BEGUN <= day < "2025-09" else 1)


@cache
def tags(day: str) -> frozenset[str]:
    """What notes may take up on a day: 春夏秋冬, 年 and 节, 校 暑 寒, 雨."""
    month = int(day[5:7])
    season = "冬冬春春春夏夏夏秋秋秋冬"[month - 1]
    near = {add_days(feast, 12) for feast in told("town")["chunjie"]}
    cold = any(-26 <= days_between(day, one) - 12 <= 26 for one in near)
    school = "暑" if month in (7, 8) else "寒" if cold and month in (1, 2) else "校"
    wet = {"雨"} if month in (3, 4, 5, 6) or int(day[8:]) % 5 == 0 else set()
    return frozenset({season, school, festival(day), *wet} - {""})
