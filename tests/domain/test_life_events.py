"""What a life asks for: raised once, for one stretch of days, in words that judge nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgz_desktop.domain import days
from sgz_desktop.domain.life_events import (
    AGES,
    EVENTS,
    Life,
    Raised,
    birthday,
    born_between,
    raised,
    still_open,
)

TODAY = "2026-06-30"
FIELDS = ("born", "died_on", *(event.field for event in EVENTS))
whole_days = st.dates(min_value=days.to_date("1930-01-01"), max_value=days.to_date("2030-12-31")).map(str)
some_days = st.one_of(
    st.none(), whole_days, whole_days.map(lambda day: day[:7]), whole_days.map(lambda d: d[:4])
)
any_text = st.one_of(some_days, st.text(max_size=12), st.sampled_from(["2026-13", "9999", "2026-02-30", ""]))


def lives(values: st.SearchStrategy[str | None]) -> st.SearchStrategy[Life]:
    return st.builds(
        Life,
        id=st.just("p1"),
        **dict.fromkeys(FIELDS, values),
        benefits=st.sampled_from([(), ("低保（全家）", "高龄津贴")]),
        gone=st.booleans(),
        closed=st.booleans(),
    )


def sorts(life: Life, today: str = TODAY) -> list[str]:
    return [one.sort for one in raised(life, today)]


@given(lives(any_text), whole_days)
def test_whatever_stands_in_a_record_nothing_breaks_and_nothing_is_raised_twice(
    life: Life, today: str
) -> None:
    found = raised(life, today)
    assert found == raised(life, today)
    assert len({one.origin for one in found}) == len(found)
    assert all(days.is_whole(one.day) and days.is_whole(one.due) for one in found)
    assert not (life.gone and found)


@given(lives(some_days), whole_days, st.integers(0, 400))
def test_what_was_dealt_with_never_comes_back(life: Life, today: str, later: int) -> None:
    origins = {one.origin for one in raised(life, today)}
    assert still_open(raised(life, today), origins) == ()
    after = still_open(raised(life, days.add_days(today, later)), origins)
    assert origins.isdisjoint(one.origin for one in after)


@given(st.sampled_from(FIELDS), whole_days, st.booleans())
def test_a_thing_is_raised_for_one_unbroken_stretch(field: str, day: str, benefits: bool) -> None:
    """Once raised it stays until its time is over, under one name and with one day due."""
    life = replace(Life("p1"), **{field: day}, benefits=("低保",) if benefits else ())
    near = int(day[:4]) + 80 if field == "born" else int(day[:4])
    start = days.add_days(f"{near}{day[4:]}" if days.is_day(f"{near}{day[4:]}") else f"{near}-03-01", -100)
    shown = [raised(life, days.add_days(start, step)) for step in range(0, 200, 3)]
    for sort in {one.sort for found in shown for one in found}:
        mine = [next((one for one in found if one.sort == sort), None) for found in shown]
        there = [at for at, one in enumerate(mine) if one]
        assert there == list(range(there[0], there[-1] + 1))
        assert len({(one.origin, one.due) for one in mine if one}) == 1
        if sort == "died" and benefits:
            assert there[-1] == len(shown) - 1  # a benefit that runs on is never forgotten


@pytest.mark.parametrize("age", AGES)
def test_an_age_is_raised_from_thirty_days_before_to_sixty_after(age: int) -> None:
    born = f"{2026 - age}-06-30"
    life = Life("p1", born=born)
    assert sorts(life, "2026-05-30") == []
    assert sorts(life, "2026-05-31") == sorts(life, "2026-08-29") == [f"age{age}"]
    assert sorts(life, "2026-08-30") == []
    (found,) = raised(life, TODAY)
    assert (found.origin, found.day, found.due) == (f"age{age}:p1", TODAY, TODAY)
    first, last = born_between("2026-05-31", age)
    assert first <= born <= last
    first, last = born_between("2026-08-29", age)
    assert first <= born <= last


def test_who_is_known_by_year_alone_is_surely_so_old_at_the_end_of_it() -> None:
    assert birthday("1946", 80) == "2026-12-31"
    assert birthday("1946-02", 80) == "2026-02-28"
    assert birthday("2008-02-29", 18) == "2026-03-01"
    assert birthday(None, 80) == birthday("坏", 80) == birthday("2150", 80) == ""
    assert sorts(Life("p1", born="1946")) == []
    assert sorts(Life("p1", born="1946"), "2026-12-05") == ["age80"]


def test_the_dead_are_asked_only_what_they_received() -> None:
    life = Life(
        "p1", born="1946-07-01", died_on="2026-06-27", moved_on="2026-06-01", benefits=("特困", "低保")
    )
    (found,) = raised(life, TODAY)
    assert found.what == "去世，今天报民政办：特困、低保"
    assert (found.origin, found.due) == ("died:p1", "2026-06-27")
    assert sorts(replace(life, died_on="2024-01-01")) == ["died"]
    assert sorts(replace(life, died_on="2024-01-01", benefits=())) == []
    assert sorts(replace(life, closed=True)) == ["died"]
    assert sorts(replace(life, died_on="2026-07-05")) != ["died"]  # not yet: a slip of the pen


def test_the_cases_of_the_dead_are_to_be_closed() -> None:
    life = Life("p1", died_on="2024-01-01", cases=(("c1", "2026-A001"),))
    (found,) = raised(life, TODAY)
    assert (found.origin, found.case) == ("died_case:c1", "c1")
    assert "“死亡”结案" in found.what
    assert sorts(replace(life, died_on="2026-06-28")) == ["died", "died_case"]
    assert sorts(replace(life, died_on=None)) == []


def test_who_moved_away_reaches_no_age_here() -> None:
    assert sorts(Life("p1", born="1946-07-01", moved_on="2026-06-20")) == ["moved"]
    assert sorts(Life("p1", born="1946-07-01", moved_on="2020-06-20")) == []


def test_a_second_marriage_and_a_renewed_card_are_raised_anew() -> None:
    first, second = (Life("p1", married_on=day) for day in ("2026-05-20", "2026-06-20"))
    assert raised(first, TODAY)[0].origin != raised(second, TODAY)[0].origin
    old = Life("p1", disability_valid_to="2026-08-20")
    assert sorts(old) == ["card"]
    assert sorts(old, "2026-06-20") == []
    assert sorts(replace(old, disability_valid_to="2036-08-20")) == []


def test_prison_is_asked_about_when_it_starts_and_when_it_ends() -> None:
    life = Life("p1", jailed_on="2026-06-20", jailed_until="2026-07-20")
    assert sorts(life) == ["jailed", "released"]


def all_words() -> list[Raised]:
    found = [one for age in AGES for one in raised(Life("p", born=f"{2026 - age}-06-30"), TODAY)]
    for event in EVENTS:
        found += raised(replace(Life("p"), **{event.field: TODAY}), TODAY)
    return [*found, *raised(Life("p", died_on=TODAY), TODAY)]


def test_no_word_is_a_verdict() -> None:
    found = all_words()
    assert len(found) == len(AGES) + len(EVENTS) + 1
    for one in found:
        assert "请核实" in one.what + one.more or "请提醒" in one.what
        assert "可能" in one.what + one.more or "问清" in one.more
        assert not any(word in one.what + one.more for word in ("符合条件", "有资格", "一定", "必须停"))
        assert len(one.what) <= 30
