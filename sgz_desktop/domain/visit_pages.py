"""Which category pages of a visit ask about whom: destitute people, the old, children, disabled people."""

from __future__ import annotations

from collections.abc import Iterable

from sgz_desktop.domain import days
from sgz_desktop.domain.days import Day
from sgz_desktop.domain.fields import split_codes
from sgz_desktop.domain.record_class import is_minor
from sgz_desktop.domain.records.visit import CHILD, DISABLED, ELDER, TEKUN

TITLES = {"tekun": "特困人员", "elder": "老年人", "child": "儿童", "disabled": "残疾人"}
PAGES = {"tekun": TEKUN, "elder": ELDER, "child": CHILD, "disabled": DISABLED}
OLD_AGE = 60  # 老年人权益保障法 art. 2
CATEGORIES = {
    "tekun": frozenset({"tekun"}),
    "elder": frozenset({"left_elder", "advanced_age", "living_alone", "empty_nest", "disabled_elder"}),
    "child": frozenset({"orphan", "unsupported_child", "child_in_need", "left_child"}),
    "disabled": frozenset({"disabled", "severely_disabled", "mental_disorder"}),
}


def category_pages(people: Iterable[tuple[Day | None, str | None, str | None]], today: Day) -> frozenset[str]:
    """Pages for some people, (birth day, own categories, their household's categories) each."""
    found: set[str] = set()
    for born, own, shared in people:
        codes = {*split_codes(own), *split_codes(shared)}
        found |= {page for page, wanted in CATEGORIES.items() if wanted & codes}
        if born and days.is_day(born):
            found |= _by_age(born, today)
    return frozenset(found)


def _by_age(born: Day, today: Day) -> set[str]:
    """A partial day is read to either side: one page too many asks nobody to fill it in."""
    ages = days.age_range(born, today)
    pages = {"child"} if is_minor(born, today) else set()
    return pages | ({"elder"} if ages and ages[1] >= OLD_AGE else set())
