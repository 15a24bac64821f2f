"""The monthly brief that is due next."""

from __future__ import annotations

from dataclasses import dataclass

from sgz_desktop.domain import days, workdays

BRIEF_DUE_DAY = 5


@dataclass(frozen=True)
class Brief:
    """The brief due next: its month, the day it is due and the working days left until then."""

    month: str
    due: str
    workdays: int


def brief_due(month: days.Month) -> days.Day:
    """The working day by which the brief of a month is to be handed in."""
    return workdays.workday_on_or_after(f"{days.add_months(month, 1)}-{BRIEF_DUE_DAY:02d}")


def next_brief(today: days.Day) -> Brief:
    """The brief that is due next: last month's until its day, then this month's."""
    month = days.add_months(today[:7], -1)
    if today > brief_due(month):
        month = today[:7]
    due = brief_due(month)
    return Brief(month, due, workdays.workdays_between(today, due))
