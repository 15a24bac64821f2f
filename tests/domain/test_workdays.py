from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgz_desktop.domain import days, workdays
from sgz_desktop.resources import resource

covered_days = st.dates(date(2024, 1, 1), date(2026, 12, 31)).map(date.isoformat)
around_days = st.dates(date(2022, 1, 1), date(2028, 12, 31)).map(date.isoformat)


@pytest.mark.parametrize(("year", "count"), [(2024, 251), (2025, 248), (2026, 248)])
def test_working_days_of_a_year(year: int, count: int) -> None:
    assert workdays.workdays_between(f"{year - 1}-12-31", f"{year}-12-31") == count
    assert workdays.covers(year)


@pytest.mark.parametrize(
    ("accepted", "count", "due"),
    [("2026-02-10", 15, "2026-03-09"), ("2026-09-25", 15, "2026-10-22"), ("2026-09-30", 7, "2026-10-15")],
)
def test_worked_examples(accepted: str, count: int, due: str) -> None:
    assert workdays.add_workdays(accepted, count) == due
    assert workdays.workdays_between(accepted, due) == count


def test_a_public_notice_of_seven_calendar_days() -> None:
    assert days.add_days("2026-09-30", 7) == "2026-10-07"


def test_holidays_and_make_up_days() -> None:
    assert not workdays.is_workday("2026-10-01")
    assert workdays.holiday("2026-10-01") == "国庆节"
    assert workdays.holiday("2026-10-08") is None
    assert workdays.is_workday("2026-10-10")
    assert not workdays.is_workday("2026-10-11")
    assert workdays.workday_on_or_after("2026-10-01") == "2026-10-08"
    assert workdays.workday_on_or_after("2026-10-10") == "2026-10-10"


def test_the_table_says_where_it_ends() -> None:
    assert not workdays.covers(2027)
    assert workdays.coverage_note("2026-12-20", "2026-12-31") == ""
    assert workdays.coverage_note("2026-12-20", "2027-01-11") == "未含2027年调休"
    assert workdays.coverage_note("2028-01-01", "2026-12-20") == "未含2027、2028年调休"
    assert workdays.is_workday("2027-01-01")  # a Friday: reckoned plainly, and the note says so


@given(covered_days, st.integers(-300, 300))
def test_adding_and_counting_are_inverse(day: str, count: int) -> None:
    # Only a working day, or a move forwards, can be counted back exactly.
    start = day if count >= 0 else workdays.workday_on_or_after(day)
    assert workdays.workdays_between(start, workdays.add_workdays(start, count)) == count


@given(around_days, st.integers(1, 300))
def test_a_due_day_is_a_working_day(day: str, count: int) -> None:
    due = workdays.add_workdays(day, count)
    assert workdays.is_workday(due)
    assert due > day
    assert workdays.add_workdays(due, -count) <= workdays.workday_on_or_after(day)


@given(around_days, around_days, around_days)
def test_counts_add_up(first: str, middle: str, last: str) -> None:
    first, middle, last = sorted((first, middle, last))
    whole = workdays.workdays_between(first, last)
    assert whole == workdays.workdays_between(first, middle) + workdays.workdays_between(middle, last)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('"2026-10-10"]', '"2026-10-12"]'),  # a Monday made up
        ('"2026-10-10"]', '"2026-10-04"]'),  # a day off made up
        ('"2026-10-10"]', '"2027-01-02"]'),  # another year
        ('"2026-01-01", "2026-01-03"', '"2025-12-31", "2026-01-03"'),
    ],
)
def test_a_faulty_table_is_refused(tmp_path: Path, right: str, wrong: str) -> None:
    path = tmp_path / "holidays.toml"
    text = resource("holidays.toml").read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    assert workdays.read_calendar(path) == workdays.shipped_calendar()
    path.write_text(text.replace(right, wrong), encoding="utf-8")
    with pytest.raises(ValueError, match="holidays 2026"):
        workdays.read_calendar(path)


def test_every_year_names_its_notice() -> None:
    calendar = workdays.shipped_calendar()
    assert sorted(calendar.sources) == [2024, 2025, 2026]
    for year, source in calendar.sources.items():
        assert f"关于{year}年" in source
