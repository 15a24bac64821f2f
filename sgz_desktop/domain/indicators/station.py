"""R: resources. W: volunteers. S: supervision and training. H: the station's people. F: its money."""

from __future__ import annotations

from collections.abc import Sequence

from sgz_desktop.domain import staffing
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fact_columns import column, columns
from sgz_desktop.domain.indicator_facts import Facts, Period, span_of
from sgz_desktop.domain.indicators.figure import Indicator, each, figure, minutes
from sgz_desktop.domain.station_facts import Spell, TaughtFact
from sgz_desktop.domain.units import (
    Amount,
    Hours,
    Organisations,
    People,
    Percent,
    PersonTimes,
    Teams,
    Times,
    Whether,
    Yuan,
)

CASH = "money"
SOCIAL = frozenset({"charity", "social_org", "volunteer_team"})  # of the organisations that gave something
CERTIFIED = frozenset({"assistant", "social_worker", "senior"})


def r01(facts: Facts, period: Period) -> list[Indicator]:
    """What resources brought in are worth, money and all else apart."""
    found = [one for one in facts.resources if one.date in period]
    cash = [one for one in found if one.sort == CASH]
    kind = [one for one in found if one.sort != CASH]
    return [
        figure(
            "R01", part, title, Yuan.of_fen(sum([one.worth or 0 for one in some])), [one.id for one in some]
        )
        for part, title, some in (
            ("", "链接资源折合金额", found),
            ("cash", "其中：资金", cash),
            ("kind", "其中：物资和服务等", kind),
        )
    ]


def r02(facts: Facts, period: Period) -> list[Indicator]:
    """Social organisations moved to help, and those the station helped to found."""
    gave = (
        one.provider or ""
        for one in facts.resources
        if one.date in period and one.provider and one.provider_sort in SOCIAL
    )
    moved = (one.id for one in facts.organisations if one.mobilised_on in period)
    founded = (one.id for one in facts.organisations if one.fostered and one.founded_on in period)
    return [
        each("R02", "mobilised", "链接动员社会组织", Organisations, (*moved, *gave)),
        each("R02", "fostered", "新培育社区社会组织", Organisations, founded),
    ]


def w01(facts: Facts, period: Period) -> list[Indicator]:
    """Volunteers and teams at the end of the period; who served in it, how often and how long."""
    inside = period.among(column(facts.served, "date"))
    ids: dict[str, None] = {}
    who, spent = set(), 0
    for id, volunteer, day, took in columns(facts.served, "id", "volunteer", "date", "minutes"):
        if day in inside:
            ids[id] = None
            who.add(volunteer or id)
            spent += took if took and took > 0 else 0
    return [
        each("W01", "registered", "在册志愿者", People, _standing(facts.volunteers, period)),
        each("W01", "teams", "志愿服务队", Teams, _standing(facts.teams, period)),
        figure("W01", "people", "参加服务的志愿者", People.of(who), ids),
        each("W01", "times", "志愿服务", PersonTimes, ids),
        figure("W01", "hours", "志愿服务时长", Hours.of_minutes(spent), ids),
    ]


def _standing(found: Sequence[Spell], period: Period) -> list[str]:
    begun = period.begun_among((*column(found, "first_on"), *column(found, "over_on")))
    first = begun | {None}
    spans = columns(found, "id", "first_on", "over_on")
    return [id for id, first_on, over_on in spans if first_on in first and over_on not in begun]


def s01(facts: Facts, period: Period) -> list[Indicator]:
    """Supervision and training of the station's own people."""
    return [
        *_taught("supervision", "督导", facts.supervisions, period),
        *_taught("training", "培训", facts.trainings, period),
    ]


def _taught(part: str, title: str, rows: Sequence[TaughtFact], period: Period) -> list[Indicator]:
    found = [one for one in rows if one.date in period]
    ids = [one.id for one in found]
    spent = sum(_spent(one) for one in found)
    people = PersonTimes.total(PersonTimes(one.people) for one in found)
    return [
        each("S01", part, title, Times, ids),
        figure("S01", f"{part}_hours", f"{title}时长", Hours.of_minutes(spent), ids),
        figure("S01", f"{part}_people", f"参加{title}", people, ids),
    ]


def _spent(one: TaughtFact) -> int:
    return max(0, one.minutes) if one.minutes is not None else minutes(one.start_time, one.end_time)


def h01(facts: Facts, period: Period) -> list[Indicator]:
    """Who is on duty at the end of the period, and whether they are enough and qualified."""
    asked = staffing.rules()
    outside, qualifying = asked["outside"]["posts"], asked["qualified"]["codes"]
    on_duty = [
        one
        for one in facts.staff
        if period.begun(one.posted_on) and not period.begun(one.left_on) and one.post not in outside
    ]
    certified = [one.id for one in on_duty if one.qualification in CERTIFIED]
    full_time = [one.id for one in on_duty if one.full_time]
    qualified = [one.id for one in on_duty if one.qualification in qualifying]
    enough = len(full_time) >= asked["full_time"]["least"] and len(qualified) >= asked["qualified"]["least"]
    met = Whether(int(enough))
    return [
        each("H01", "", "在岗社工", People, (one.id for one in on_duty)),
        each("H01", "certified", "其中：持证", People, certified),
        each("H01", "full_time", "其中：专职", People, full_time),
        figure("H01", "met", "人员配备达标", met, (*full_time, *qualified)),
    ]


def f01(facts: Facts, period: Period) -> list[Indicator]:
    """Money spent in the period by category, and how much of the contracts in force that is."""
    spent = [one for one in facts.spendings if one.date in period]
    names = code_list("spending_category")
    codes = sorted(
        {one.category or "" for one in spent}, key=lambda code: (not code, names.order(code), code)
    )
    total = sum(one.amount or 0 for one in spent)
    ids = [one.id for one in spent]
    found = [figure("F01", "", "经费支出", Yuan.of_fen(total), ids)]
    for code in codes:
        some = [one for one in spent if (one.category or "") == code]
        money: Amount = Yuan.of_fen(sum(one.amount or 0 for one in some))
        title = f"其中：{names.label(code) if code else '类别未填'}"
        found.append(figure("F01", code or "unknown", title, money, (one.id for one in some)))
    amount = sum(one.amount or 0 for one in facts.contracts if _in_force(one.first_on, one.last_on, period))
    share = Percent.of_parts(total, amount)
    return [*found, figure("F01", "share", "经费执行率", share, ids)] if amount else found


def _in_force(first: str | None, last: str | None, period: Period) -> bool:
    """Does any of its days lie in the period?"""
    start, end = span_of(first), span_of(last)
    return start is not None and start.first <= period.last and (end is None or end.last >= period.first)
