"""Doubts that show only beside other records: a contact before its case was opened, or after a death.

Such a day is kept and marked 待核; the days of the other records come from the caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sgz_desktop.domain import days
from sgz_desktop.domain.days import Day
from sgz_desktop.domain.fields import Level, Problem

BEFORE_CASE = "服务日期早于接案日期，请核对。"
AFTER_CASE = "服务日期晚于结案日期，请核对。"
BEFORE_BIRTH = "服务日期早于服务对象的出生日期，请核对。"
AFTER_DEATH = "服务日期晚于服务对象的去世日期，请核对。"


class Span(NamedTuple):
    """From which day to which something was: a case from opening to closing, somebody from birth to death.
    Days as stored; None, or no day of the calendar, is unknown."""

    start: Day | None
    end: Day | None


def contact_clashes(day: Day | None, case: Span | None, people: Iterable[Span]) -> Iterator[Problem]:
    """What is doubtful about a contact on `day` for a case, with people. Each doubt once."""
    told = set()
    for span, before, after in (
        *([(case, BEFORE_CASE, AFTER_CASE)] if case else []),
        *((one, BEFORE_BIRTH, AFTER_DEATH) for one in people),
    ):
        sentence = _beside(day, span, before, after)
        if sentence and sentence not in told:
            told.add(sentence)
            yield Problem(Level.MARK, "date", sentence)


def _beside(day: Day | None, span: Span, before: str, after: str) -> str:
    """Only what is sure: a partial day may lie anywhere in it."""
    if not _known(day):
        return ""
    if _known(span.start) and days.latest(str(day)) < days.earliest(str(span.start)):
        return before
    if _known(span.end) and days.earliest(str(day)) > days.latest(str(span.end)):
        return after
    return ""


def _known(day: object) -> bool:
    return isinstance(day, str) and days.is_day(day)
