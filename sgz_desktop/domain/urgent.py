"""紧急报告: whom to call, and how long it took from finding harm to reporting it."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from sgz_desktop.domain import days
from sgz_desktop.domain.fields import Wire
from sgz_desktop.resources import resource


@dataclass(frozen=True, slots=True)
class ReportNumber:
    """A unit to call. `sort` is a code of entity_kind, '' unknown."""

    unit: str
    phone: str
    sort: str = ""


@cache
def national_numbers() -> tuple[ReportNumber, ...]:
    """Numbers that are the same everywhere, 110 first."""
    data = tomllib.loads(resource("forms/report_numbers.toml").read_text(encoding="utf-8"))
    return tuple(ReportNumber(one["unit"], one["phone"], one["sort"]) for one in data["numbers"])


def local_numbers(text: str) -> tuple[ReportNumber, ...]:
    """The station's own numbers as typed, one a line: 镇派出所 0596-0000110. ValueError with a sentence."""
    return tuple(_number(line) for line in text.splitlines() if line.strip())


def _number(line: str) -> ReportNumber:
    typed = unicodedata.normalize("NFKC", line).replace(":", " ")
    unit, _, phone = " ".join(typed.split()).rpartition(" ")
    digits = phone.replace("-", "")
    if not unit or not digits.isdecimal() or not 3 <= len(digits) <= 14:
        raise ValueError("每行写一个单位和电话，中间空一格。")
    return ReportNumber(unit, phone)


Moment = tuple[Wire, Wire]


def elapsed(found: Moment, calls: Iterable[Moment]) -> int | None:
    """Minutes from (day, time) found to the first call after it; None when either is not fully known."""
    known = [moment for call in calls if (moment := _minutes(*call)) is not None]
    start = _minutes(*found)
    return None if start is None or not known else max(0, min(known) - start)


def _minutes(day: Wire, time: Wire) -> int | None:
    """Minutes since the beginning of the calendar."""
    if not (isinstance(day, str) and days.is_day(day) and days.is_whole(day)):
        return None
    if not (isinstance(time, str) and days.is_clock(time)):
        return None
    return days.to_date(day).toordinal() * 1440 + days.minutes_between("00:00", time)


def elapsed_words(minutes: int | None, calls: int) -> str:
    """How the time from finding to reporting is said."""
    if not calls:
        return "还没有记下报告去向"
    if minutes is None:
        return f"已报告{calls}次，时间未写全"
    return f"发现后{days.show_minutes(minutes) if minutes else '当即'}报告"
