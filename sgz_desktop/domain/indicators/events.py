"""G: groups. A: activities, campaigns and trainings for the public. Q: how content people were."""

from __future__ import annotations

from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.indicator_facts import Facts, Period
from sgz_desktop.domain.indicators.figure import Indicator, each, figure
from sgz_desktop.domain.indicators.served import activities, held, present, taking_part
from sgz_desktop.domain.units import Events, Items, Percent, PersonTimes, Points, Sessions, mean

CONTENT = 4  # of 5


def g01(facts: Facts, period: Period) -> list[Indicator]:
    """Groups that met in the period, their sessions, and who was there."""
    sessions = list(held(facts, period))
    there = (one.id for one in present(facts, sessions))
    return [
        each("G01", "groups", "小组", Items, (one.group or "" for one in sessions)),
        each("G01", "sessions", "小组节数", Sessions, (one.id for one in sessions)),
        each("G01", "people", "小组参加", PersonTimes, there),
    ]


def a01(facts: Facts, period: Period) -> list[Indicator]:
    """Activities and the people at them, in all and by type."""
    shows = list(activities(facts, period))
    found = []
    kinds = code_list("activity_kind")
    codes = sorted({one.sort or "" for one in shows}, key=lambda code: (not code, kinds.order(code), code))
    for code in (None, *codes):
        some = [one for one in shows if code is None or (one.sort or "") == code]
        part = "" if code is None else code or "unknown"
        label = kinds.label(code) if code else "类型未填"
        title = "社区活动与宣传" if code is None else f"其中：{label}"
        ids = [one.id for one in some]
        people = PersonTimes.total(taking_part(facts, one) for one in some)
        found += [each("A01", part, title, Events, ids), figure("A01", part, title, people, ids)]
    return found


def q01(facts: Facts, period: Period) -> list[Indicator]:
    """Of all who said how content they were, those content or very; and the clients' mean score."""
    scores = [
        (one.id, int(one.satisfaction))
        for one in facts.ratings
        if one.date in period and one.satisfaction in ("1", "2", "3", "4", "5")
    ]
    by_heads = [
        (one.id, one.rated_content or 0, one.rated_by) for one in activities(facts, period) if one.rated_by
    ]
    by_heads += [
        (one.id, one.rated_content or 0, one.rated_by)
        for one in facts.groups
        if not one.cancelled and one.evaluated_on in period and one.rated_by
    ]
    said = PersonTimes.of(scores) + PersonTimes(sum([by for _, _, by in by_heads]))
    good = len([1 for _, score in scores if score >= CONTENT])
    good += sum([content if content < by else by for _, content, by in by_heads])
    ids = [*(id for id, _ in scores), *(id for id, _, _ in by_heads)]
    found = [figure("Q01", "rated", "参加满意度评价", said, ids)]
    if said.value:
        found.append(figure("Q01", "", "满意度", Percent.of_parts(good, int(said.value)), ids))
    if scores:
        score = Points(mean(sum(score for _, score in scores), len(scores)))
        found.append(figure("Q01", "cases", "个案服务评分（满分5分）", score, (id for id, _ in scores)))
    return found
