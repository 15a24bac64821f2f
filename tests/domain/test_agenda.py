"""The agenda's own rules: weeks, moving by working days, who is away, what a task stands for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgz_desktop.domain import agenda, days
from sgz_desktop.domain.agenda import Item
from sgz_desktop.domain.deadlines import DUE, Due, deadlines
from sgz_desktop.domain.workdays import is_workday

TODAY = "2026-06-30"
whole_days = st.dates(min_value=days.to_date("2024-01-01"), max_value=days.to_date("2028-12-31")).map(str)


@given(whole_days, st.integers(0, 3))
def test_a_week_holds_its_day_and_starts_on_monday(day: str, later: int) -> None:
    first, last = agenda.week_of(day, later)
    assert days.weekday(first) == "周一"
    assert len(agenda.days_of(first, last)) == 7
    assert first <= days.add_days(day, 7 * later) <= last


@given(whole_days, whole_days, st.integers(-10, 10).filter(bool))
def test_what_is_moved_lands_on_a_working_day_and_never_in_the_past(day: str, today: str, step: int) -> None:
    moved = agenda.moved(day, today, step)
    assert moved >= today
    assert is_workday(moved) or moved == today
    if step > 0:
        assert moved > max(day, today)


def test_moving_passes_weekends_holidays_and_make_up_days() -> None:
    assert agenda.moved("2026-09-30", "2026-09-01", 1) == "2026-10-08"
    assert agenda.moved("2026-10-09", "2026-09-01", 1) == "2026-10-10"  # 补班
    assert agenda.moved("2026-07-03", TODAY, 1) == "2026-07-06"
    assert agenda.moved("2026-06-01", TODAY, 1) == "2026-07-01"  # late: from today on
    assert agenda.moved("2026-07-01", TODAY, -5) == TODAY


def test_what_waits_for_a_household_to_come_back_is_not_late() -> None:
    item = Item("o", "visit", "v", "再访", "2026-06-20")
    assert (item.late(TODAY), replace(item, paused=True).late(TODAY)) == (10, 0)


def test_a_task_takes_the_place_of_what_raised_it() -> None:
    raised, task = (
        Item("age80:p", "person", "p", "满80岁", TODAY),
        Item("age80:p", "task", "t", "x", "", task="t"),
    )
    assert agenda.without([raised, task], {"age80:p"}) == [task]
    assert agenda.without([raised], {"age60:p"}) == [raised]


def test_another_day_agreed_upon_is_another_thing_to_do() -> None:
    origins = {
        agenda.origin_of(one)
        for day in ("2026-07-01", "2026-07-02")
        for one in deadlines("visit", "v1", {"next_on": day})
    }
    assert origins == {"visit.next_on:v1:2026-07-01", "visit.next_on:v1:2026-07-02"}


def test_days_are_listed_each_with_its_own() -> None:
    items = [Item(f"o{day}", "task", "t", "x", day) for day in ("2026-07-02", "2026-07-01", "2026-07-20", "")]
    found = agenda.by_day(items, "2026-07-01", "2026-07-03")
    assert {day: len(told) for day, told in found.items()} == {
        "2026-07-01": 1,
        "2026-07-02": 1,
        "2026-07-03": 0,
    }
    assert [item.day for item in agenda.in_order(items)] == ["2026-07-01", "2026-07-02", "2026-07-20", ""]


def due(kind: str, field: str) -> Due:
    return next(one for one in DUE if (one.kind, one.field) == (kind, field))


@pytest.mark.parametrize(
    ("kind", "field", "values", "over"),
    [
        ("step", "due_on", {"state": "doing"}, False),
        ("step", "due_on", {"state": "dropped"}, True),
        ("application", "decision_due_on", {"result": "pending"}, False),
        ("application", "decision_due_on", {"result": "refused"}, True),
        ("consent", "paper_due_on", {"sign_mode": "oral", "signed_on": "2026-06-01"}, False),
        ("consent", "paper_due_on", {"sign_mode": "thumb"}, True),
        ("consent", "paper_due_on", {"withdrawn_on": "2026-06-02"}, True),
        ("contact", "answer_due_on", {"answered_on": "2026-06-02"}, True),
        ("mandatory_report", "found_on", {}, False),
        ("mandatory_report", "found_on", {"supervisor_told_on": "2026-06-01"}, True),
        ("goal", "due_on", {}, False),
    ],
)
def test_what_says_that_it_is_done(kind: str, field: str, values: dict[str, str], over: bool) -> None:
    assert due(kind, field).over(values) is over
