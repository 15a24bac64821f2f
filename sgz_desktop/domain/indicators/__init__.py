"""Every figure of the reports, each with its unit and its record ids.

Pure functions of `Facts` and a `Period`, one table. Distinct people are counted over the whole period, never
summed from months. A deleted record counts nothing. `COUNTING_RULE` says in words what is done here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from sgz_desktop.domain.indicator_facts import Facts, Period
from sgz_desktop.domain.indicators import aid, casework, events, people, station
from sgz_desktop.domain.indicators.figure import Indicator
from sgz_desktop.domain.indicators.needs import Needs, part, whole

__all__ = ["COUNTING_RULE", "INDICATORS", "NEEDS", "Indicator", "indicators"]

COUNTING_RULE = (
    "口径：人次按每次服务中见到的每一人计一次，人数按统计期内去重；户次按入户次数计，未遇计户次不计人次，"
    "电话、视频计人次不计户次；走访同时服务在办个案的，计一户次、一节，每人一次；"
    "小组按出席和迟到计，请假、缺席不计；活动按签到和点数中多的计，只点人数的不计入人数，未建档的签到每次计一人；取消的不计；"
    "时长只计写明起止时间的记录；日期只写到年的不计入当月；已删除的记录不计。"
)

Count = Callable[[Facts, Period], list[Indicator]]
_MET = part("id date")  # presences are read only where somebody was met
_WHO, _WHO_ONCE = part("occasion person"), part("id occasion person")
_CONTACTS: Needs = {"contacts": _MET, "seen": _WHO}
_ATTENDED = part("id session member person state")
_GROUPS: Needs = {**whole("groups", "group_sessions"), "attended": _ATTENDED}
_SHOWS: Needs = {**whole("activities"), "sign_ins": part("id activity person")}
_SERVED: Needs = {**_CONTACTS, **_GROUPS, **_SHOWS}
_SERVED_AS: Needs = {**_SERVED, "attended": part("session member person category state")}
_STANDING = "id kind filed_on closed_on"

_TABLE: tuple[tuple[str, Count, Needs], ...] = (
    ("P01", people.p01, _SERVED),
    ("P02", people.p02, {**_SERVED, "seen": _WHO_ONCE}),
    ("P03", people.p03, {"files": part(_STANDING), **whole("edits")}),
    ("P04", people.p04, {**_SERVED_AS, "files": part("id kind categories born")}),
    (
        "V01",
        people.v01,
        {"contacts": part("id kind date mode", "at_home"), "seen": part("id occasion person", "at_home")},
    ),
    (
        "V02",
        people.v02,
        {
            "contacts": part("id kind date policies", "policies"),
            "seen": part("id occasion person", "policies"),
            "desk": part("id date policies subjects"),
            **whole("activities"),
            "sign_ins": part("id activity person", "told_policy"),
        },
    ),
    (
        "V03",
        people.v03,
        {
            "contacts": part("id date met household"),
            "seen": _WHO,
            "files": part(f"{_STANDING} categories born gone_on"),
        },
    ),
    ("D01", people.d01, {"desk": part("id date way")}),
    ("C01", casework.c01, whole("cases")),
    (
        "C02",
        casework.c02,
        {"contacts": part("id kind date met case start_time end_time", "case"), **whole("worked")},
    ),
    ("C03", casework.c03, whole("cases", "goals")),
    ("C04", casework.c04, whole("cases")),
    ("G01", events.g01, _GROUPS),
    ("A01", events.a01, _SHOWS),
    ("J01", aid.j01, whole("applications")),
    ("J02", aid.j02, whole("decisions")),
    ("J03", aid.j03, whole("referrals")),
    ("R01", station.r01, whole("resources")),
    ("R02", station.r02, whole("resources", "organisations")),
    ("W01", station.w01, whole("volunteers", "teams", "served")),
    ("S01", station.s01, whole("supervisions", "trainings")),
    ("H01", station.h01, whole("staff")),
    ("F01", station.f01, whole("spendings", "contracts")),
    ("Q01", events.q01, whole("ratings", "groups", "activities")),
    ("Y01", aid.y01, whole("reports")),
)
INDICATORS: Mapping[str, Count] = {code: count for code, count, _ in _TABLE}
NEEDS: Mapping[str, Needs] = {code: needs for code, _, needs in _TABLE}
"""The facts each figure is counted from, by their names in `Facts`, and what of them it looks at."""


def indicators(facts: Facts, period: Period, codes: Iterable[str] = INDICATORS) -> list[Indicator]:
    """Every figure of some codes, in their order."""
    return [figure for code in codes for figure in INDICATORS[code](facts, period)]
