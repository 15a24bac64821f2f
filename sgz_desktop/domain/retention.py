"""How long the file of a case is kept: some years after it was closed, for a minor after they come of age."""

from __future__ import annotations

from sgz_desktop.domain import days
from sgz_desktop.domain.record_class import ADULT


def kept_until(years: int, closed: str | None, born: str | None) -> str:
    """The month, or year, until which a closed case's file is kept; '' while it is not known."""
    if not closed or not days.is_day(closed):
        return ""
    return _later(born or "", ADULT + years) if was_minor(closed, born) else _later(closed, years)


def was_minor(closed: str, born: str | None) -> bool:
    """Was the client under age when the case was closed?"""
    age = days.age(born, closed) if born and days.is_day(born) else None
    return age is not None and age < ADULT


def _later(day: str, years: int) -> str:
    return f"{int(day[:4]) + years}{day[4:7]}"
