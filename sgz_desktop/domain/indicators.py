"""The figures of the monthly brief (P01–P03, V01, C01, C02, C04, J01, J03), each with its record ids.

Pure functions of `Facts` and a `Period`. Distinct people are counted over the whole period, never summed
from months. A deleted record counts nothing. `COUNTING_RULE` says in words what is done here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.indicator_facts import (
    ApplicationFact,
    CaseFact,
    Contact,
    Facts,
    FileFact,
    Period,
    Seen,
    span_of,
)
from sgz_desktop.domain.lifecycle import DECLINED, LEAD, is_open

COUNTING_RULE = (
    "口径：人次按每次服务中见到的每一人计一次，人数按统计期内去重；户次按入户次数计，未遇计户次不计人次，"
    "电话、视频计人次不计户次；走访同时服务在办个案的，计一户次、一节，每人一次；"
    "时长只计写明起止时间的记录；日期只写到年的不计入当月；已删除的记录不计。"
)
AT_HOME = frozenset({None, "home"})
HIGH = "high"
HOUSEHOLD_PROGRAMMES = frozenset({"dibao", "dibao_margin", "rigid_spending"})


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure. `part` tells figures of one code apart; `ids` are the records behind it."""

    code: str
    part: str
    title: str
    unit: str
    value: int | float
    ids: tuple[str, ...]


def _figure(code: str, part: str, title: str, unit: str, ids: Iterable[str]) -> Indicator:
    """A figure that is the number of its records."""
    found = tuple(dict.fromkeys(ids))
    return Indicator(code, part, title, unit, len(found), found)


def _contacts(facts: Facts, period: Period) -> Iterator[Contact]:
    return (contact for contact in facts.contacts if not contact.deleted and contact.date in period)


def _people(facts: Facts, contacts: Iterable[Contact]) -> Iterator[Seen]:
    """Everybody seen on these contacts, once each a contact; nobody where nobody was met."""
    for contact in contacts:
        if contact.met is not False:
            yield from facts.seen_on.get(contact.id, ())


def p01(facts: Facts, period: Period) -> list[Indicator]:
    """People served: distinct over the period."""
    people = (seen.person or "" for seen in _people(facts, _contacts(facts, period)))
    return [_figure("P01", "", "服务总人数", "人", people)]


def p02(facts: Facts, period: Period) -> list[Indicator]:
    """Person-times: each person once on each visit, session or follow-up."""
    return [
        _figure("P02", "", "服务人次", "人次", (seen.id for seen in _people(facts, _contacts(facts, period))))
    ]


def p03(facts: Facts, period: Period) -> list[Indicator]:
    """Files open at the end of the period, opened in it, and kept up in it."""
    found = []
    edited = {record for record, day in facts.edits if day in period}
    for kind, whom, unit in (("person", "服务对象", "人"), ("household", "家庭", "户")):
        files = [file for file in facts.files if file.kind == kind and not file.deleted]
        standing = [file.id for file in files if _file_stands(file, period)]
        new = [file.id for file in files if file.filed_on in period]
        updated = [file.id for file in files if file.id in edited and file.id not in set(new)]
        found += [
            _figure("P03", f"open_{kind}", f"在册{whom}", unit, standing),
            _figure("P03", f"new_{kind}", f"新增建档（{whom}）", unit, new),
            _figure("P03", f"updated_{kind}", f"更新档案（{whom}）", unit, updated),
        ]
    return found


def _file_stands(file: FileFact, period: Period) -> bool:
    return (file.filed_on is None or period.begun(file.filed_on)) and not period.begun(file.closed_on)


def v01(facts: Facts, period: Period) -> list[Indicator]:
    """Home visits: people seen, and households called on."""
    visits = [c for c in _contacts(facts, period) if c.kind == "visit" and c.mode in AT_HOME]
    return [
        _figure("V01", "people", "入户探访", "人次", (seen.id for seen in _people(facts, visits))),
        _figure("V01", "households", "入户探访", "户次", (visit.id for visit in visits)),
    ]


def _accepted(facts: Facts) -> list[CaseFact]:
    """Cases the station took on: leads and declined cases are none."""
    return [case for case in facts.cases if not case.deleted and case.stage not in (LEAD, DECLINED)]


def _open_at_end(facts: Facts, period: Period) -> list[CaseFact]:
    return [case for case in _accepted(facts) if _is_open_at_end(case, period)]


def _is_open_at_end(case: CaseFact, period: Period) -> bool:
    """Opened by then and not closed by then; a case that is over on a day nobody wrote is not open."""
    over_some_day = case.closed_on is None and not is_open(case.stage or LEAD)
    return period.begun(case.opened_on) and not period.begun(case.closed_on) and not over_some_day


def c01(facts: Facts, period: Period) -> list[Indicator]:
    """Cases worked on in the period, opened, closed, and open at its end."""
    cases = _accepted(facts)
    new = [case.id for case in cases if case.opened_on in period]
    closed = [case.id for case in cases if case.closed_on in period]
    still = [case.id for case in _open_at_end(facts, period)]
    return [
        _figure("C01", "total", "个案总数", "个", [*still, *closed, *new]),
        _figure("C01", "new", "新增个案", "个", new),
        _figure("C01", "closed", "结案", "个", closed),
        _figure("C01", "open", "在跟进个案", "个", still),
    ]


def c02(facts: Facts, period: Period) -> list[Indicator]:
    """Case sessions and their hours: sessions, and visits that serve an open case."""
    sessions = [contact for contact in _contacts(facts, period) if _is_session(facts, contact)]
    ids = tuple(contact.id for contact in sessions)
    minutes = sum(_minutes(contact) for contact in sessions)
    return [
        _figure("C02", "sessions", "个案节数", "节", ids),
        Indicator("C02", "hours", "个案时长", "小时", _hours(minutes), ids),
    ]


def _is_session(facts: Facts, contact: Contact) -> bool:
    if contact.kind not in ("session", "visit") or contact.case is None or contact.met is False:
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


def _minutes(contact: Contact) -> int:
    start, end = contact.start_time or "", contact.end_time or ""
    if not days.is_clock(start) or not days.is_clock(end):
        return 0
    return max(0, days.minutes_between(start, end))


def _hours(minutes: int) -> int | float:
    """Hours to one decimal, half up; whole hours as an integer."""
    tenths = (minutes + 3) // 6
    return tenths // 10 if tenths % 10 == 0 else tenths / 10


def c04(facts: Facts, period: Period) -> list[Indicator]:
    """Cases open at the end of the period whose risk is now high."""
    high = (case.id for case in _open_at_end(facts, period) if case.risk == HIGH)
    return [_figure("C04", "", "高风险在管个案", "个", high)]


def j01(facts: Facts, period: Period) -> list[Indicator]:
    """Applications filed: people and households, in all and by programme."""
    filed = [one for one in facts.applications if not one.deleted and one.filed_on in period]
    found = [
        _applicants("", "协助申请救助", "人", filed),
        _applicants("", "协助申请救助", "户", filed),
    ]
    programmes = code_list("programme")
    codes = sorted({one.programme or "" for one in filed}, key=lambda code: (programmes.order(code), code))
    for code in codes:
        title = f"其中：{programmes.label(code) or '项目未填'}"
        of_programme = [one for one in filed if (one.programme or "") == code]
        rows = [_applicants(code or "unknown", title, unit, of_programme) for unit in ("人", "户")]
        found += [row for row in rows if row.value]
    return found


def _applicants(part: str, title: str, unit: str, filed: Iterable[ApplicationFact]) -> Indicator:
    ids: list[str] = []
    applicants: set[str] = set()
    for one in filed:
        applicant = _applicant(one)
        if applicant is not None and applicant[0] == unit:
            ids.append(one.id)
            applicants.add(applicant[1])
    return Indicator("J01", part, title, unit, len(applicants), tuple(ids))


def _applicant(one: ApplicationFact) -> tuple[str, str] | None:
    """Who applies: 低保 and its like are the household's, all else the person's where one is named."""
    household = one.household is not None and (one.person is None or one.programme in HOUSEHOLD_PROGRAMMES)
    if household:
        return "户", one.household or ""
    return None if one.person is None else ("人", one.person)


def j03(facts: Facts, period: Period) -> list[Indicator]:
    """Referrals sent, people placed, jobs taken up."""
    referrals = [one for one in facts.referrals if not one.deleted]
    placed = [one for one in referrals if one.placed_on in period]
    people = {one.person or one.id for one in placed}
    return [
        _figure("J03", "sent", "转介", "人次", (one.id for one in referrals if one.sent_on in period)),
        Indicator("J03", "placed", "机构安置", "人", len(people), tuple(one.id for one in placed)),
        _figure("J03", "jobs", "就业岗位", "个", (one.id for one in referrals if one.job_from in period)),
    ]


INDICATORS: Mapping[str, Callable[[Facts, Period], list[Indicator]]] = {
    "P01": p01,
    "P02": p02,
    "P03": p03,
    "V01": v01,
    "C01": c01,
    "C02": c02,
    "C04": c04,
    "J01": j01,
    "J03": j03,
}


def indicators(facts: Facts, period: Period) -> list[Indicator]:
    """Every figure of the brief, in its order."""
    return [figure for count in INDICATORS.values() for figure in count(facts, period)]
