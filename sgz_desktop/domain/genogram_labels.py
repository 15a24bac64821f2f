"""What stands in and under each symbol of a genogram, and the whole of it said in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.kin import Family, Individual
from sgz_desktop.domain.kin_relations import Relation, relatives

UNNAMED, NOT_FILED = "（姓名未填）", "未登记"


class Label(NamedTuple):
    """`inside` is the age ('' unknown); under the symbol stand the name, who this is, and the years of one
    who died. `spoken` says all of it."""

    inside: str
    name: str
    relation: str
    years: str
    spoken: str


def labels(of: Family, shown: Iterable[str], today: str) -> dict[str, Label]:
    """The label of everybody shown, by id, in the order they are told of: the focus, then the nearest."""
    known = {one.id: one for one in relatives(of, of.focus)}
    there = set(shown)
    ids = [of.focus, *known, *sorted(there - set(known) - {of.focus})]
    return {id: _label(of.people[id], known.get(id), today, id == of.focus) for id in ids if id in there}


def _label(one: Individual, relation: Relation | None, today: str, focus: bool) -> Label:
    if one.missing:
        return Label("?", NOT_FILED, "", "", NOT_FILED)
    age = age_words(one, today)
    what = "本人" if focus else relation.words if relation else ""
    name = one.name or UNNAMED
    sex = code_list("sex").label(one.sex) if one.sex in ("1", "2") else ""
    years = _years(one) if one.dead else ""
    spoken = "，".join(
        part
        for part in (
            f"{what}{name}" if what and not focus else name,
            sex,
            years or (f"{age}岁" if age else ""),
        )
        if part
    )
    return Label(age, name, what, years, spoken)


def age_words(one: Individual, today: str) -> str:
    """64, or 约11 where only the year of birth is known; '' of the dead and where it is not known."""
    if one.age:
        return one.age
    span = None if one.dead or not one.born else days.age_range(one.born, today)
    if span is None or span[1] - span[0] > 1:
        return ""
    return str(span[1]) if span[0] == span[1] else f"约{span[1]}"


def _years(one: Individual) -> str:
    """1950—2018, 2018年去世, or 已去世."""
    died = one.died[:4] if days.is_day(one.died) else ""
    born = one.born[:4] if days.is_day(one.born) else ""
    return f"{born}—{died}" if born and died else f"{died}年去世" if died else "已去世"


def described(of: Family, told: Mapping[str, Label]) -> str:
    """The family in words, for who cannot see the drawing: each person, then how they get on."""
    words = "；".join(label.spoken for label in told.values() if label.name != NOT_FILED)
    closeness = code_list("closeness")
    ties = [
        f"{told[tie.one].name}和{told[tie.other].name}{closeness.label(tie.closeness)}"
        for tie in of.ties
        if tie.one in told and tie.other in told and tie.closeness != "ordinary"
    ]
    home = [told[id].name for id in told if id in of.together]
    parts = [words, "、".join(home) + "同住" if len(home) > 1 else "", "，".join(ties)]
    return "。".join(part for part in parts if part) + "。"
