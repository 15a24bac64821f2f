"""How often a household is called on: the shortest interval counts; a shorter one never makes it less due."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sgz_desktop.domain import days
from sgz_desktop.domain.deadlines import VISIT_EVERY
from sgz_desktop.domain.round_order import place_key, village_key
from sgz_desktop.domain.visit_rhythm import (
    Member,
    at_home,
    due,
    interval,
    lived_in,
    marks,
    next_visit,
    within,
)
from sgz_desktop.domain.workdays import is_workday

TODAY = "2026-06-30"
MARKS = st.frozensets(st.sampled_from([*sorted(VISIT_EVERY), "person.of_a_newer_version"]))
DAYS = st.dates(min_value=days.to_date("2020-01-01"), max_value=days.to_date("2027-12-31")).map(str)
EVERY = st.fixed_dictionaries({mark: st.integers(0, 400) for mark in VISIT_EVERY})


@given(MARKS, DAYS, DAYS, EVERY, st.sampled_from(sorted(VISIT_EVERY)), st.integers(1, 400))
def test_a_shorter_interval_never_makes_a_household_less_due(
    found: frozenset[str], last: str, today: str, every: dict[str, int], mark: str, count: int
) -> None:
    every["other"] = every["other"] or 1
    assume(0 < count <= every[mark])
    before, after = due(found, last, today, every), due(found, last, today, {**every, mark: count})
    assert before.day is not None
    assert after.day is not None
    assert after.day <= before.day
    assert after.overdue >= before.overdue
    assert after.by(today) >= before.by(today)


@given(MARKS, MARKS, DAYS, DAYS)
def test_being_of_more_categories_never_makes_a_household_less_due(
    some: frozenset[str], more: frozenset[str], last: str, today: str
) -> None:
    asked = [mark for mark in some if mark in VISIT_EVERY]
    assume(asked)  # one that asks for nothing falls under all others, and leaves them with its first category
    assert due(some | more, last, today).overdue >= due(some, last, today).overdue


@given(MARKS, DAYS, DAYS, DAYS)
def test_a_later_contact_never_makes_a_household_more_due(
    found: frozenset[str], one: str, other: str, today: str
) -> None:
    early, late = sorted((one, other))
    assert due(found, late, today).overdue <= due(found, early, today).overdue


@given(MARKS, DAYS)
def test_it_is_due_on_a_working_day_after_its_interval(found: frozenset[str], last: str) -> None:
    day = next_visit(last, found)
    assert is_workday(day)
    assert days.days_between(last, day) >= interval(found)


@pytest.mark.parametrize("risk", ["high", "mid", "low", "unknown"])
def test_high_risk_comes_soonest_and_an_unknown_one_not_last(risk: str) -> None:
    for day in ("2026-01-16", TODAY, "2026-09-02"):
        assert next_visit(day, ["risk.high"]) <= next_visit(day, [f"risk.{risk}"])
        assert next_visit(day, [f"risk.{risk}"]) <= next_visit(day, ["risk.low"])


def test_whom_nobody_ever_reached_is_due_at_once() -> None:
    for last in (None, "", "去年", "2026-13"):
        assert due([], last, TODAY).overdue
        assert due([], last, TODAY).by(TODAY)


def test_a_month_known_is_counted_from_its_first_day() -> None:
    assert due(["risk.high"], "2026-06", TODAY) == due(["risk.high"], "2026-06-01", TODAY)


def test_an_interval_of_nought_asks_for_none() -> None:
    assert interval(["person.tekun", "person.dibao"], {**VISIT_EVERY, "person.tekun": 0}) == 91
    assert interval(["person.tekun"], {**VISIT_EVERY, "person.tekun": 0}) == VISIT_EVERY["other"]
    assert interval([], {"other": 0}) == VISIT_EVERY["other"]


def test_what_a_household_is_known_for() -> None:
    old, gone = Member("dibao", born="1946"), Member("tekun", died_on="2026-01-01")
    assert marks("dibao,monitored", [old, gone], ["high", None], TODAY) == {
        "household.dibao",
        "household.monitored",
        "person.dibao",
        "age.80",
        "risk.high",
        "risk.unknown",
    }


def test_nobody_is_called_on_where_nobody_is_left() -> None:
    here = Member()
    gone = [
        Member(died_on="2026-01-01"),
        Member(moved_on="2025"),
        Member(closed_on="2026-05-05"),
        Member(left_on="2026-05"),
        Member(jailed_on="2026-01-01"),
        Member(jailed_on="2026-01-01", jailed_until="2027-01-01"),
    ]
    assert not lived_in(gone, TODAY)
    assert lived_in([*gone, here], TODAY)
    assert lived_in([], TODAY)
    assert at_home(Member(jailed_on="2020-01-01", jailed_until="2025-01-01"), TODAY)


@pytest.mark.parametrize(
    ("start", "end", "away"),
    [
        ("2026-06-01", "2026-08-31", True),
        ("2026-06-01", None, True),
        ("2026-06", "2026-06", False),  # the last day it may mean has come
        ("2026-06", "2026-07", True),
        ("2026-06-01", TODAY, False),
        ("2026-07-01", None, False),
        (None, "2026-08-31", False),
        ("", "", False),
        ("春节后", "2026-08-31", False),
        ("2026-06-01", "秋天", True),
    ],
)
def test_away_until_the_day_of_coming_back(start: str | None, end: str | None, away: bool) -> None:
    assert within(start, end, TODAY) is away


def test_a_round_walks_numbers_and_not_letters() -> None:
    houses = ["12号", "2号", "2号之1", "", "10号", "阿婆岭"]
    assert sorted(houses, key=place_key) == ["2号", "2号之1", "10号", "12号", "阿婆岭", ""]
    groups = ["十一组", "三组", "十组", "二十组", "一组", "7组", None]
    assert sorted(groups, key=place_key) == ["一组", "三组", "7组", "十组", "十一组", "二十组", None]
    order = ["石桥头村", "上溪村"]
    villages = ["上溪村", None, "竹林坳村", "石桥头村"]
    assert sorted(villages, key=lambda one: village_key(one, order)) == [
        "石桥头村",
        "上溪村",
        "竹林坳村",
        None,
    ]


@given(st.lists(st.text(alphabet="一二三四五六七八九十0123456789组号之东-", max_size=6)))
def test_every_house_has_one_place(houses: list[str]) -> None:
    once = sorted(sorted(houses), key=place_key)
    assert sorted(once, key=place_key) == once
    numbered = [house for house in houses if house.isdecimal()]
    assert sorted(map(int, numbered)) == [int(one) for one in sorted(numbered, key=place_key)]
