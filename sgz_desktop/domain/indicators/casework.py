"""C: cases, their sessions, goals and risk."""

from __future__ import annotations

from collections.abc import Iterable

from sgz_desktop.domain.indicator_facts import CaseFact, Contact, Facts, Period, span_of
from sgz_desktop.domain.indicators.figure import Indicator, each, figure, minutes
from sgz_desktop.domain.indicators.served import contacts
from sgz_desktop.domain.lifecycle import DECLINED, LEAD, TRANSFERRED, is_open
from sgz_desktop.domain.station_facts import GoalFact
from sgz_desktop.domain.units import Hours, Items, Percent, Sessions

HIGH = "high"
REACHED, DROPPED = frozenset({"full", "partial"}), "dropped"


def _accepted(facts: Facts) -> list[CaseFact]:
    """Cases the station took on: leads and declined cases are none."""
    return [case for case in facts.cases if not case.deleted and case.stage not in (LEAD, DECLINED)]


def _open_at_end(facts: Facts, period: Period) -> list[CaseFact]:
    return [case for case in _accepted(facts) if _is_open_at_end(case, period)]


def _is_open_at_end(case: CaseFact, period: Period) -> bool:
    """Opened by then and not closed by then; a case that is over on a day nobody wrote is not open."""
    over_some_day = case.closed_on is None and not is_open(case.stage or LEAD)
    return period.begun(case.opened_on) and not period.begun(case.closed_on) and not over_some_day


def _closed(facts: Facts, period: Period) -> list[str]:
    """Cases closed in the period. One that went to another station goes on there: it is closed by nobody."""
    over = [case for case in _accepted(facts) if case.closed_on in period]
    return [case.id for case in over if case.stage != TRANSFERRED]


def c01(facts: Facts, period: Period) -> list[Indicator]:
    """Cases worked on in the period, opened, closed, and open at its end."""
    cases = _accepted(facts)
    new = [case.id for case in cases if case.opened_on in period]
    ended = [case.id for case in cases if case.closed_on in period]
    closed = _closed(facts, period)
    still = [case.id for case in _open_at_end(facts, period)]
    return [
        each("C01", "total", "个案总数", Items, [*still, *ended, *new]),
        each("C01", "new", "新增个案", Items, new),
        each("C01", "closed", "结案", Items, closed),
        each("C01", "open", "在跟进个案", Items, still),
    ]


def c02(facts: Facts, period: Period) -> list[Indicator]:
    """Case sessions and their hours: sessions, and visits that serve an open case."""
    sessions = [contact for contact in contacts(facts, period) if _is_session(facts, contact)]
    ids = tuple(contact.id for contact in sessions)
    spent = sum(minutes(contact.start_time, contact.end_time) for contact in sessions)
    return [
        each("C02", "sessions", "个案节数", Sessions, ids),
        figure("C02", "hours", "个案时长", Hours.of_minutes(spent), ids),
    ]


def _is_session(facts: Facts, contact: Contact) -> bool:
    if contact.case is None or contact.met == 0 or contact.kind not in ("session", "visit"):
        return False
    case = facts.case_by_id.get(contact.case)
    return case is None or (not case.deleted and (contact.kind == "session" or _open_on(case, contact.date)))


def _open_on(case: CaseFact, day: str | None) -> bool:
    """May the case have been open on the day? Only what is surely before or after is left out."""
    on, opened, closed = span_of(day), span_of(case.opened_on), span_of(case.closed_on)
    if on is None:
        return False
    too_early = opened is not None and on.last < opened.first
    too_late = closed is not None and on.first > closed.last
    return not too_early and not too_late


def c03(facts: Facts, period: Period) -> list[Indicator]:
    """Of the cases closed, those all of whose goals were reached, wholly or in part, as last evaluated."""
    closed = _closed(facts, period)
    last: dict[str, dict[str, GoalFact]] = {}
    for one in sorted(facts.goals, key=lambda one: (one.evaluated_on or "", one.id)):
        last.setdefault(one.case, {})[one.goal or one.id] = one
    good = [case for case in closed if _reached(last.get(case, {}).values())]
    found = [each("C03", "reached", "结案目标达成", Items, good)]
    share = Percent.of_parts(len(good), len(closed))
    return [*found, figure("C03", "", "结案目标达成率", share, closed)] if closed else found


def _reached(goals: Iterable[GoalFact]) -> bool:
    results = [one.result for one in goals if one.result != DROPPED]
    return bool(results) and all(result in REACHED for result in results)


def c04(facts: Facts, period: Period) -> list[Indicator]:
    """Cases open at the end of the period whose risk is now high."""
    high = (case.id for case in _open_at_end(facts, period) if case.risk == HIGH)
    return [each("C04", "", "高风险在管个案", Items, high)]
