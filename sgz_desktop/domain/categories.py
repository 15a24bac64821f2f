"""Which categories somebody is in, from the stretches of time on file: an open one ticks its category, an
ended one unticks it. A tick without a stretch stays: the details are not known yet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import CodesKind, split_codes

Whose = Literal["person", "household"]
LISTS: dict[str, str] = {"person": "person_category", "household": "household_category"}
# Programmes that mean the category of the same name, so that 低保 is entered once. 临时救助 is paid once and
# lasts no time; an allowance (护理补贴, 高龄津贴, 优抚待遇) goes to some of a category only.
SAME = {
    code: code
    for code in (
        "tekun",
        "dibao",
        "dibao_margin",
        "rigid_spending",
        "orphan",
        "unsupported_child",
        "child_in_need",
        "left_child",
    )
}
NONE = "none"  # 一般居民, 一般家庭
OTHER = "other"  # of people and of households it says no same thing


class Spell(NamedTuple):
    """A category or a benefit from one day to another, as stored; '' or None = not known."""

    category: str | None = None
    programme: str | None = None
    from_day: str | None = None
    to_day: str | None = None


def category_of(spell: Spell, whose: Whose) -> str:
    """The category a stretch stands for, '' when it is a benefit that means none."""
    code = spell.category or SAME.get(spell.programme or "", "")
    return code if spell.category or code in code_list(LISTS[whose]) else ""


def is_open(to_day: str | None, today: str) -> bool:
    """Does it go on after `today`? A day that cannot be read ends nothing."""
    return not to_day or not days.is_day(to_day) or days.latest(to_day) > today


def open_categories(spells: Iterable[Spell], whose: Whose, today: str) -> frozenset[str]:
    """Categories that go on."""
    return frozenset(category_of(one, whose) for one in spells if is_open(one.to_day, today)) - {""}


def ended_categories(spells: Iterable[Spell], whose: Whose, today: str) -> frozenset[str]:
    """Categories of which every stretch on file has ended."""
    told = list(spells)
    return frozenset(category_of(one, whose) for one in told) - {""} - open_categories(told, whose, today)


def followed(ticked: object, spells: Iterable[Spell], whose: Whose, today: str) -> str | None:
    """The ticks as they follow from the stretches, in the list's order; None when nothing is ticked."""
    told = list(spells)
    open_ones, ended = open_categories(told, whose, today), ended_categories(told, whose, today)
    kept = {code for code in split_codes(ticked if isinstance(ticked, str) else None) if code not in ended}
    if open_ones - {NONE}:
        kept -= {NONE}
    found = CodesKind(LISTS[whose]).tidy(sorted(kept | open_ones))
    return str(found) if found else None


def each_once(*categories: str | None) -> tuple[str | None, ...]:
    """Categories of people and households, as stored, each told where it comes first: 低保家庭 says nothing
    beside 低保对象."""
    told: set[str] = set()
    kept = []
    for one in categories:
        codes = [code for code in split_codes(one) if code not in told]
        told.update(code for code in codes if code != OTHER)
        kept.append(",".join(codes) or None)
    return tuple(kept)


def label(code: str) -> str:
    """A category of a person or a household in words."""
    for name in LISTS.values():
        if code in code_list(name):
            return code_list(name).label(code)
    return code
