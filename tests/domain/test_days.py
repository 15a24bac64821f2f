from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgz_desktop.domain import days

whole_days = st.dates(date(days.FIRST_YEAR, 1, 1), date(days.LAST_YEAR, 12, 31)).map(date.isoformat)
any_days = st.builds(lambda day, length: day[:length], whole_days, st.sampled_from([4, 7, 10]))
clocks = st.times().map(lambda time: time.isoformat()[:5])
FULL_WIDTH = str.maketrans("0123456789-.:", "０１２３４５６７８９－．：")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026.6.3", "2026-06-03"),
        ("2026年6月3日", "2026-06-03"),
        ("２０２６-６-３", "2026-06-03"),
        ("2026。6。3", "2026-06-03"),
        (" 2026 年 6 月 3 号 ", "2026-06-03"),
        ("20260603", "2026-06-03"),
        ("2026/6", "2026-06"),
        ("202606", "2026-06"),
        ("2026年", "2026"),
        ("1958", "1958"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_reads_what_people_type(typed: str, day: str) -> None:
    assert days.tidy_day(typed) == day


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2026-02-29", "2026年2月只有28天，请核对日期。"),
        ("2026-13-01", "月份应在1到12之间，请核对。"),
        ("2026-00", "月份应在1到12之间，请核对。"),
        ("26.6.3", days.NO_YEAR),
        ("6月3日", days.NO_YEAR),
        ("0206-6-3", "年份应在1850到2199之间，请核对。"),
        ("下周", days.BAD_DAY),
        ("", days.BAD_DAY),
        ("2026-6-3-1", days.BAD_DAY),
        ("2026060", days.BAD_DAY),
    ],
)
def test_refuses_with_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=r"。$") as wrong:
        days.tidy_day(typed)
    assert str(wrong.value) == sentence


def test_words_and_bare_days_need_to_know_today() -> None:
    assert days.tidy_day("昨天", today="2026-01-01") == "2025-12-31"
    assert days.tidy_day("6.30", today="2026-01-01") == "2026-06-30"
    with pytest.raises(ValueError, match="只有29天"):
        days.tidy_day("2月30日", today="2024-01-01")


@given(any_days)
def test_shown_days_are_read_back(day: str) -> None:
    assert days.tidy_day(days.show_day(day)) == day
    assert days.tidy_day(day.translate(FULL_WIDTH)) == day
    assert days.is_day(day)


@given(st.text())
def test_any_text_is_a_day_or_a_sentence(text: str) -> None:
    try:
        assert days.is_day(days.tidy_day(text))
    except ValueError as wrong:
        assert str(wrong).endswith("。")  # noqa: PT017 - either outcome is right, its form is what is tested


@pytest.mark.parametrize(
    "text", ["2026-6-3", "2026-02-30", "２０２６", "2026-06-03 ", "20260603", "", "1849"]
)
def test_is_day_wants_the_stored_form(text: str) -> None:
    assert not days.is_day(text)


def test_shows_days() -> None:
    assert days.show_day("2026-06-03") == "2026年6月3日"
    assert days.show_day("2026-06") == "2026年6月"
    assert days.show_day("1958") == "1958年"
    assert days.short_day("2026-06-30", "2026-06-15") == "6月30日（周二）"
    assert days.short_day("2025-06-30", "2026-06-15") == "2025年6月30日（周一）"
    assert days.short_day("2026-06-14", "2026-06-15") == "昨天"
    assert days.short_day("2026-06-18", "2026-06-15") == "6月18日（周四）"
    assert days.short_day("2026-06", "2026-06-15") == "2026年6月"


def test_bounds_of_partial_days() -> None:
    assert (days.earliest("1958"), days.latest("1958")) == ("1958-01-01", "1958-12-31")
    assert (days.earliest("2024-02"), days.latest("2024-02")) == ("2024-02-01", "2024-02-29")
    assert (days.earliest("2024-02-03"), days.latest("2024-02-03")) == ("2024-02-03", "2024-02-03")


@given(any_days)
def test_bounds_enclose(day: str) -> None:
    first, last = days.earliest(day), days.latest(day)
    assert days.is_day(first)
    assert days.is_day(last)
    assert first <= last
    assert first.startswith(day)
    assert last.startswith(day)
    assert not days.add_days(last, 1).startswith(day)


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        ("1966-06-30", "2026-06-29", 59),
        ("1966-06-30", "2026-06-30", 60),
        ("2004-02-29", "2026-02-28", 21),
        ("2004-02-29", "2026-03-01", 22),
        ("1966", "2026-06-30", None),
        ("1966", "2026-12-31", 60),
        ("1966-06", "2026-07-01", 60),
        ("1966-06", "2026-06-30", 60),
        ("1966-06", "2026-06-15", None),
        ("2026-07-01", "2026-06-30", None),
        ("2026-06-30", "2026-06-30", 0),
    ],
)
def test_age(born: str, on: str, years: int | None) -> None:
    assert days.age(born, on) == years


def test_age_range_of_a_birth_year() -> None:
    assert days.age_range("1966", "2026-06-30") == (59, 60)
    assert days.age_range("2026", "2026-06-30") == (0, 0)
    assert days.age_range("2027", "2026-06-30") is None


@given(whole_days, whole_days)
def test_partial_birth_days_never_contradict_the_whole_one(born: str, on: str) -> None:
    years = days.age(born, on)
    for length in (4, 7):
        partial = days.age_range(born[:length], on)
        assert years is None or (partial is not None and partial[0] <= years <= partial[1])


def test_months() -> None:
    assert days.tidy_month("2026年6月") == "2026-06"
    assert days.in_month("2026-06-30", "2026-06")
    assert days.in_month("2026-06", "2026-06")
    assert not days.in_month("2026", "2026-06")
    assert not days.in_month("2026-07-01", "2026-06")
    assert days.add_months("2026-06", -6) == "2025-12"
    assert days.add_months("2025-12", 1) == "2026-01"
    assert days.months_between("2025-12", "2026-06") == 6


@pytest.mark.parametrize("typed", ["2026", "2026-06-03", "六月"])
def test_a_month_is_neither_year_nor_day(typed: str) -> None:
    with pytest.raises(ValueError, match="月份请写成"):
        days.tidy_month(typed)


@given(st.integers(-2000, 2000))
def test_months_go_there_and_back(count: int) -> None:
    assert days.months_between("2026-06", days.add_months("2026-06", count)) == count


@pytest.mark.parametrize(
    ("typed", "clock"),
    [
        ("9:30", "09:30"),
        ("0930", "09:30"),
        ("930", "09:30"),
        ("９：３０", "09:30"),
        ("9时30分", "09:30"),
        ("9点半", "09:30"),
        ("9点", "09:00"),
        ("9.30", "09:30"),
        ("下午2点", "14:00"),
        ("下午14:30", "14:30"),
        ("上午 9:05", "09:05"),
        ("中午", None),
        ("24:00", None),
        ("9:60", None),
        ("9", None),
        ("", None),
    ],
)
def test_clock(typed: str, clock: str | None) -> None:
    if clock is None:
        with pytest.raises(ValueError, match=r"。$"):
            days.tidy_clock(typed)
    else:
        assert days.tidy_clock(typed) == clock
        assert days.is_clock(clock)


@given(clocks, clocks)
def test_minutes_have_a_direction(start: str, end: str) -> None:
    assert days.tidy_clock(start.translate(FULL_WIDTH)) == start
    minutes = days.minutes_between(start, end)
    assert minutes == -days.minutes_between(end, start)
    assert (minutes < 0) == (end < start)


def test_shows_minutes() -> None:
    assert days.minutes_between("09:30", "11:00") == 90
    assert [days.show_minutes(n) for n in (0, 30, 90, 120)] == ["0分钟", "30分钟", "1小时30分钟", "2小时"]
