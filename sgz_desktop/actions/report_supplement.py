"""What was entered for the days of signed reports after they were signed: told in the next report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.figures import Rules, Span
from sgz_desktop.domain import days
from sgz_desktop.domain import indicators as counting
from sgz_desktop.domain.indicator_facts import Period
from sgz_desktop.domain.records.report import Report
from sgz_desktop.domain.report_form import FINAL, MIDTERM, MONTHLY
from sgz_desktop.domain.supplement import AS_IT_STANDS, Kept, Supplement, supplement, unpacked
from sgz_desktop.store import facts as flat
from sgz_desktop.store import read
from sgz_desktop.store.session import Reading

CORRECTS = {MONTHLY: MONTHLY, FINAL: MIDTERM}  # a sort of report tells what came late for days of this sort


@dataclass(frozen=True)
class Corrected:
    """The days of a report signed off earlier, and its figures that are others now."""

    period: Period
    words: str
    figures: tuple[Supplement, ...]
    now: tuple[counting.Indicator, ...] = ()


def signed_reports(session: Reading, sort: str) -> list[Report]:
    """The reports of a sort that are signed off, by their days."""
    found = read.of_parent(session, Report, "sort", sort)
    signed = [one for one in found if one.signed_off_on and one.first_on and one.last_on]
    return sorted(signed, key=lambda one: (str(one.first_on), str(one.signed_off_on), str(one.id)))


def corrections(session: Reading, span: Span, own: Rules) -> list[Corrected]:
    """Days reported before this span whose figures are others now than they were last reported."""
    said = _last_said(session, span)
    if not said:
        return []
    first = min(period.first for period in said)
    with session.whole():
        rows = flat.facts(session, Period(first, max(period.last for period in said)))
    found = []
    for period in sorted(said, key=lambda one: (one.first, one.last)):
        now = counting.indicators(rows, period)
        changed = tuple(one for one in supplement(said[period], now) if one.code not in AS_IT_STANDS)
        if changed:
            found.append(Corrected(period, _words(period, own), changed, tuple(now)))
    return found


def _last_said(session: Reading, span: Span) -> dict[Period, Sequence[Kept]]:
    """What was last reported of each earlier report's days: its own figures, or as corrected later."""
    sort = CORRECTS.get(span.sort)
    said: dict[Period, Sequence[Kept]] = {}
    earlier = [one for one in signed_reports(session, sort) if _before(one, span)] if sort else []
    for one in earlier:
        own = Period(str(one.first_on), str(one.last_on))
        said |= unpacked(one.figures, own)
    return {period: figures for period, figures in said.items() if period.first >= _oldest(span)}


def _before(one: Report, span: Span) -> bool:
    """Is it about days before the span's, or (of a mid-term) about its first part?"""
    last = span.now.last if span.sort == FINAL else span.now.first
    return str(one.last_on) < last


def _oldest(span: Span) -> str:
    """Corrections reach back to the start of the contract year, and one month more."""
    return days.add_days(span.year.first, -31)


def _words(period: Period, own: Rules) -> str:
    month = period.last[:7]
    if own.month(month) == period:
        return days.show_day(month)
    return f"{days.show_day(period.first)}—{days.show_day(period.last)[5:]}"


def told_corrections(found: Iterable[Corrected], desk: Desk) -> tuple[Corrected, ...]:
    """The same without the ids that are kept back, and without the figures they are made of."""
    names = desk.kept_back().names

    def told(one: Supplement) -> Supplement:
        added, gone = (tuple(id for id in ids if id not in names) for ids in (one.added, one.gone))
        return replace(one, added=added, gone=gone)

    return tuple(replace(one, figures=tuple(map(told, one.figures)), now=()) for one in found)
