"""A contract's year: pace, money, days shared, the running contract, the reports due."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sgz_desktop.domain import days
from sgz_desktop.domain.contract_year import Year, money, overlapping, pace, report_days, running, unset

FIRST, LAST = "2025-09-01", "2026-08-31"
day = st.integers(0, 2000).map(lambda n: (date(2024, 1, 1) + timedelta(n)).isoformat())


def year(id: str, first: str, last: str) -> Year:
    return Year(id, id, first, last)


spans = st.lists(st.tuples(day, day).map(sorted), max_size=6).map(
    lambda found: [year(str(n), *span) for n, span in enumerate(found)]
)


@given(st.integers(1, 5000), st.integers(0, 6000), day, day, day)
def test_the_pace_reaches_the_goal_at_the_end(goal: int, done: int, one: str, two: str, today: str) -> None:
    first, last = sorted((one, two))
    found = pace(goal, done, first, last, today)
    assert found.left == max(goal - done, 0)
    assert 0 <= found.expected <= goal
    assert found.a_month * max(found.months_left, 1) >= found.left
    assert found.a_month == 0 or found.left != 0
    assert not (found.behind and done >= goal)
    if today >= last:
        assert found.expected == goal


def test_what_pace_is_needed() -> None:
    half = pace(1200, 500, FIRST, LAST, "2026-03-02")
    assert (half.left, half.a_month, half.behind) == (700, 117, True)
    assert round(half.expected) == 602
    assert pace(1200, 700, FIRST, LAST, "2026-03-02").behind is False  # control
    assert pace(10, 3, FIRST, LAST, "2026-08-20").a_month == 7  # all that is left in the last month
    assert pace(10, 3, FIRST, LAST, "2025-08-01").expected == 0


@given(spans)
def test_contracts_that_share_a_day_are_found_and_no_others(years: list[Year]) -> None:
    found = {frozenset((one.id, other.id)) for one, other in overlapping(years)}
    for one in years:
        for other in years:
            if one.id < other.id:
                shared = one.first <= other.last and other.first <= one.last
                assert (frozenset((one.id, other.id)) in found) == shared


@given(spans, day)
def test_the_running_contract_is_one_of_them_and_holds_today_if_any_does(
    years: list[Year], today: str
) -> None:
    found = running(years, today)
    assert (found is None) == (not years)
    if any(one.first <= today <= one.last for one in years):
        assert found is not None
        assert found.first <= today <= found.last


def test_money_by_category_against_its_ceiling() -> None:
    spent = [("salary", 600), ("activity", 500), ("salary", 300), ("", 50)]
    whole, salary, activity, unsaid = money(1400, {"salary": 1000, "activity": 400}, spent)
    assert (whole.spent, whole.over) == (1450, 50)
    assert (salary.over, activity.over, unsaid.ceiling) == (0, 100, None)
    assert all(one.over == 0 for one in money(None, {}, spent))  # control: no ceiling, nothing over


def test_reports_are_due_as_the_contract_says_else_by_half_and_whole() -> None:
    own = year("a", FIRST, LAST)
    assert report_days(own, None, None) == {"midterm": "2026-02-28", "final": LAST}
    assert report_days(own, "2026-03-10", "2026-09") == {"midterm": "2026-03-10", "final": "2026-09-30"}
    assert report_days(year("a", "2025-08-31", LAST), None, "某天")["midterm"] == "2026-02-27"


@given(day, day)
def test_reports_of_any_span_have_whole_days(one: str, two: str) -> None:
    first, last = sorted((one, two))
    due = report_days(year("a", first, last), None, None)
    assert all(days.is_whole(found) for found in due.values())
    assert due["midterm"] <= due["final"] == last


def test_missing_and_doubled_targets() -> None:
    goals = [("V01.people", 1200), ("C01.new", None), ("V01.people", 3), (None, 5)]
    assert unset(goals) == (["C01.new"], ["V01.people"])
    assert unset([("V01.people", 1)]) == ([], [])
