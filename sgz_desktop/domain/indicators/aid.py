"""J: applications helped with and what came of them, referrals, places and jobs found. Y: reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from sgz_desktop.domain import workdays
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.indicator_facts import ApplicationFact, Facts, Period
from sgz_desktop.domain.indicators.figure import Indicator, each, figure
from sgz_desktop.domain.units import Homes, Items, People, PersonTimes, Reports, Workdays, mean

HOUSEHOLD_PROGRAMMES = frozenset({"dibao", "dibao_margin", "rigid_spending"})
GRANTED, REFUSED = frozenset({"confirmed"}), frozenset({"refused", "not_accepted"})
WHOM: tuple[type[People] | type[Homes], ...] = (People, Homes)


def j01(facts: Facts, period: Period) -> list[Indicator]:
    """Applications filed: people and households, in all and by programme."""
    inside = period.among(one.filed_on for one in facts.applications)
    filed = [one for one in facts.applications if not one.deleted and one.filed_on in inside]
    found = _applicants("J01", "", "协助申请救助", filed)
    programmes = code_list("programme")
    codes = sorted({one.programme or "" for one in filed}, key=lambda code: (programmes.order(code), code))
    for code in codes:
        title = f"其中：{programmes.label(code) or '项目未填'}"
        of_programme = [one for one in filed if (one.programme or "") == code]
        rows = _applicants("J01", code or "unknown", title, of_programme)
        found += [row for row in rows if row.value]
    return found


def _applicants(code: str, part: str, title: str, filed: Iterable[ApplicationFact]) -> list[Indicator]:
    """The people who applied, and the households."""
    found: dict[type[People] | type[Homes], dict[str, str]] = {unit: {} for unit in WHOM}
    for one in filed:
        applicant = _applicant(one)
        if applicant is not None:
            found[applicant[0]][one.id] = applicant[1]
    return [figure(code, part, title, unit.of({*who.values()}), who) for unit, who in found.items()]


def _applicant(one: ApplicationFact) -> tuple[type[People] | type[Homes], str] | None:
    """Who applies: 低保 and its like are the household's, all else the person's where one is named."""
    household = one.household is not None and (one.person is None or one.programme in HOUSEHOLD_PROGRAMMES)
    if household:
        return Homes, one.household or ""
    return None if one.person is None else (People, one.person)


def j02(facts: Facts, period: Period) -> list[Indicator]:
    """What came of applications: granted and refused in the period, waiting at its end; how long it took."""
    live = [one for one in facts.decisions if not one.deleted]
    inside = period.among(one.result_on for one in live)
    begun = period.begun_among(day for one in live for day in (one.filed_on, one.result_on))
    decided = [one for one in live if one.result_on in inside]
    granted = [one for one in decided if one.result in GRANTED]
    refused = [one for one in decided if one.result in REFUSED]
    waiting = [one for one in live if one.filed_on in begun and _waits(one, begun)]
    found = [
        *_applicants("J02", "granted", "协助获批", granted),
        *_applicants("J02", "refused", "协助未获批", refused),
        *_applicants("J02", "waiting", "期末办理中", waiting),
    ]
    took = [(one.id, days) for one in (*granted, *refused) if (days := _took(one)) is not None]
    if took:
        spans = Counter(days for _, days in took)  # many applications, few pairs of days
        total = sum(workdays.workdays_between(*days) * times for days, times in spans.items())
        spent = Workdays(mean(total, len(took)))
        found.append(figure("J02", "workdays", "平均办理", spent, (id for id, _ in took)))
    return found


def _waits(one: ApplicationFact, begun: Collection[str | None]) -> bool:
    """No result by the end of the period; one that came later is none yet, one without a day is one."""
    if one.result in (None, "pending"):
        return True
    return one.result_on is not None and one.result_on not in begun


def _took(one: ApplicationFact) -> tuple[str, str] | None:
    """From being accepted, or filed, to the result; None where a day is not known whole."""
    first, last = one.accepted_on or one.filed_on, one.result_on
    if first is None or last is None or len(first) != 10 or len(last) != 10 or last < first:
        return None
    return first, last


def j03(facts: Facts, period: Period) -> list[Indicator]:
    """Referrals sent, people placed, jobs taken up."""
    referrals = [one for one in facts.referrals if not one.deleted]
    placed = [one for one in referrals if one.placed_on in period]
    people = {one.person or one.id for one in placed}
    return [
        each("J03", "sent", "转介", PersonTimes, (one.id for one in referrals if one.sent_on in period)),
        figure("J03", "placed", "机构安置", People.of(people), (one.id for one in placed)),
        each("J03", "jobs", "就业岗位", Items, (one.id for one in referrals if one.job_from in period)),
    ]


def y01(facts: Facts, period: Period) -> list[Indicator]:
    """Mandatory reports: how many, and nothing of them."""
    return [each("Y01", "", "强制报告", Reports, (one.id for one in facts.reports if one.date in period))]
