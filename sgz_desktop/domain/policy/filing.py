"""What a programme says of one application: which papers, by when, put up in public or not, what follows.

Time limits are for reference: what the law leaves to the locality stays open until a pack gives it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from sgz_desktop.domain import days, workdays
from sgz_desktop.domain.policy.choose import Rule
from sgz_desktop.domain.policy.pack import Deadline, Level, ParamRef, Programme

KIN = {"linshi_urgent": "linshi", "linshi_spending": "linshi"}  # kinds of one programme
STEPS = ("accept", "investigate", "confirm")  # in a row, where no limit of the whole is given
WORKDAY = "workday"
CHILDREN = "儿童保障不设公示环节，没有生成公示单。"
MINOR = "未成年人的申请不公示，没有生成公示单。"
BORN_UNKNOWN = "出生日期未填，不能确认成年，没有生成公示单。"
NOT_REQUIRED = "这个项目的规定里没有公示，没有生成公示单。"
ADULT = 18


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit for reference: how long, and what it is the limit of."""

    n: int
    unit: str
    title: str


def chosen(rules: Iterable[Rule], programme: str, household: bool) -> Rule | None:
    """The rule of a programme (its code or id) for a household or a person; the other level's where there is
    only that one, None where no pack knows the programme."""
    wanted = (programme, KIN.get(programme, programme))
    found = [rule for rule in rules if rule.programme.id == programme or rule.programme.code in wanted]
    level = Level.HOUSEHOLD if household else Level.PERSON
    named = [rule for rule in found if rule.programme.id == programme]
    fitting = [rule for rule in found if rule.programme.level is level]
    both = [rule for rule in named if rule in fitting]
    return next(iter((*both, *fitting, *named, *found)), None)


def limit(rule: Rule) -> Limit | None:
    """The limit of the whole, or of the steps known one after another from the first; None unknown."""
    known = {one.step: one for one in rule.programme.deadlines if count_of(rule, one.n)}
    if whole := known.get("whole"):
        return Limit(count_of(rule, whole.n), whole.unit, whole.title)
    steps = [one for one in rule.programme.deadlines if one.step in STEPS]
    told: list[Deadline] = []
    for step in sorted(steps, key=lambda one: STEPS.index(one.step)):
        if step.step not in known or (told and step.unit != told[0].unit):
            break
        told.append(step)
    total = sum(count_of(rule, one.n) for one in told)
    return Limit(total, told[0].unit, "、".join(one.title for one in told)) if told else None


def count_of(rule: Rule, n: int | ParamRef | None) -> int:
    """Days of a limit; 0 where it is left to the locality and not given."""
    value = rule.terms.values.get(n.name) if isinstance(n, ParamRef) else n
    return int(value) if isinstance(value, (int, Fraction)) else 0


def after(day: days.Day, n: int, unit: str) -> days.Day:
    """The last day of so many days or working days; the first day is not counted."""
    return workdays.add_workdays(day, n) if unit == WORKDAY else days.add_days(day, n)


def due_on(rule: Rule, accepted: days.Day) -> days.Day:
    """By when the reference has it decided, '' unknown."""
    found = limit(rule)
    return after(accepted, found.n, found.unit) if found and days.is_whole(accepted) else ""


def notice_to(rule: Rule, start: days.Day) -> days.Day:
    """The last day of a public notice put up on a day, '' where the programme has none or leaves it open."""
    publicity = rule.programme.publicity
    n = count_of(rule, publicity.n)
    return after(start, n, publicity.unit) if publicity.required and n and days.is_whole(start) else ""


def notice_refused(programme: Programme, born: days.Day | None, on: days.Day) -> str:
    """Why nothing may be put up about somebody, in a sentence; '' where it may. Whose age is not known may be
    a child."""
    if programme.for_children:
        return CHILDREN
    if not programme.publicity.required:
        return NOT_REQUIRED
    if born is None:
        return BORN_UNKNOWN if programme.publicity.skip_minor else ""
    years = days.age_range(born, on)
    return MINOR if years is None or years[0] < ADULT else ""


def pays_from(programme: Programme, filed: days.Day, decided: days.Day) -> str:
    """The month (YYYY-MM) money runs from, where the programme says so plainly; '' else."""
    if "下个月起" in programme.pays_from and days.is_whole(decided):
        return days.add_months(decided[:7], 1)
    if "申请当月" in programme.pays_from and days.is_whole(filed):
        return filed[:7]
    return ""


def review_on(programme: Programme, decided: days.Day) -> days.Day:
    """A year on, where it is looked at every year; '' where that depends or is not said."""
    yearly = programme.review.startswith("每年")
    if not yearly or not days.is_whole(decided):
        return ""
    later = f"{int(decided[:4]) + 1}{decided[4:]}"
    return later if days.is_day(later) else f"{later[:4]}-02-28"
