"""Every figure of the reports, each with its unit and its record ids.

Pure functions of `Facts` and a `Period`, one table. Distinct people are counted over the whole period, never
summed from months. A deleted record counts nothing. `COUNTING_RULE` says in words what is done here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from sgz_desktop.domain.indicator_facts import Facts, Period
from sgz_desktop.domain.indicators import aid, casework, events, people, station
from sgz_desktop.domain.indicators.figure import Indicator

__all__ = ["COUNTING_RULE", "INDICATORS", "NEEDS", "Indicator", "indicators"]

COUNTING_RULE = (
    "口径：人次按每次服务中见到的每一人计一次，人数按统计期内去重；户次按入户次数计，未遇计户次不计人次，"
    "电话、视频计人次不计户次；走访同时服务在办个案的，计一户次、一节，每人一次；"
    "小组按出席和迟到计，请假、缺席不计；活动按签到和点数中多的计，只点人数的不计入人数；取消的不计；"
    "时长只计写明起止时间的记录；日期只写到年的不计入当月；已删除的记录不计。"
)

Count = Callable[[Facts, Period], list[Indicator]]
_GROUPS = ("groups", "group_sessions", "attended")
_SHOWS = ("activities", "sign_ins")
_SERVED = ("contacts", "seen", *_GROUPS, *_SHOWS)

_TABLE: tuple[tuple[str, Count, tuple[str, ...]], ...] = (
    ("P01", people.p01, _SERVED),
    ("P02", people.p02, _SERVED),
    ("P03", people.p03, ("files", "edits")),
    ("P04", people.p04, (*_SERVED, "files")),
    ("V01", people.v01, ("contacts", "seen")),
    ("V02", people.v02, ("contacts", "seen", "desk", *_SHOWS)),
    ("V03", people.v03, ("contacts", "seen", "files")),
    ("D01", people.d01, ("desk",)),
    ("C01", casework.c01, ("cases",)),
    ("C02", casework.c02, ("contacts", "worked")),
    ("C03", casework.c03, ("cases", "goals")),
    ("C04", casework.c04, ("cases",)),
    ("G01", events.g01, _GROUPS),
    ("A01", events.a01, _SHOWS),
    ("J01", aid.j01, ("applications",)),
    ("J02", aid.j02, ("decisions",)),
    ("J03", aid.j03, ("referrals",)),
    ("R01", station.r01, ("resources",)),
    ("R02", station.r02, ("resources", "organisations")),
    ("W01", station.w01, ("volunteers", "teams", "served")),
    ("S01", station.s01, ("supervisions", "trainings")),
    ("H01", station.h01, ("staff",)),
    ("F01", station.f01, ("spendings", "contracts")),
    ("Q01", events.q01, ("ratings", "groups", "activities")),
    ("Y01", aid.y01, ("reports",)),
)
INDICATORS: Mapping[str, Count] = {code: count for code, count, _ in _TABLE}
NEEDS: Mapping[str, tuple[str, ...]] = {code: needs for code, _, needs in _TABLE}
"""The facts each figure is counted from, by their names in `Facts`."""


def indicators(facts: Facts, period: Period, codes: Iterable[str] = INDICATORS) -> list[Indicator]:
    """Every figure of some codes, in their order."""
    return [figure for code in codes for figure in INDICATORS[code](facts, period)]
