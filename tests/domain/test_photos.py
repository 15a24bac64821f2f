"""Photos and the occasions of their day."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgz_desktop.domain.photos import NEAR, Occasion, caption, sorted_onto

DAY = "2026-06-26"
MORNING = Occasion("visit", "a", DAY, "09:00", "09:40")
NOON = Occasion("visit", "b", DAY, "11:30", "12:00")
UNTIMED = Occasion("visit", "c", DAY)
OTHER = Occasion("visit", "d", "2026-06-25", "09:00", "10:00")


@pytest.mark.parametrize(
    ("time", "occasions", "found"),
    [
        ("09:20", [MORNING, NOON], MORNING),
        ("09:40", [MORNING, NOON], MORNING),
        ("10:20", [MORNING, NOON], MORNING),
        ("10:50", [MORNING, NOON], NOON),
        ("06:00", [MORNING, NOON], None),
        ("07:30", [MORNING, NOON], MORNING),
        ("09:20", [MORNING, NOON, UNTIMED], MORNING),
        ("", [MORNING, NOON], None),
        ("", [MORNING], MORNING),
        ("20:00", [MORNING], MORNING),
        ("09:20", [UNTIMED, Occasion("visit", "e", DAY)], None),
        ("09:20", [OTHER], None),
        ("09:20", [], None),
    ],
)
def test_a_photo_goes_to_the_occasion_of_its_time(
    time: str, occasions: list[Occasion], found: Occasion | None
) -> None:
    assert sorted_onto(DAY, time, occasions) is found


def test_a_photo_without_a_day_goes_nowhere() -> None:
    assert sorted_onto("", "09:20", [MORNING]) is None


def test_an_end_before_the_start_is_passed_over() -> None:
    odd = Occasion("visit", "o", DAY, "09:00", "08:00")
    assert sorted_onto(DAY, "09:05", [odd, NOON]) is odd


clocks = st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.integers(0, 59))
occasion = st.builds(
    lambda id, day, start, length: Occasion("visit", id, day, start, start if length else ""),
    st.text("abc", min_size=1, max_size=3),
    st.sampled_from([DAY, "2026-06-25"]),
    st.one_of(clocks, st.just("")),
    st.booleans(),
)


@given(st.one_of(clocks, st.just("")), st.lists(occasion, max_size=6))
def test_never_onto_another_day_nor_far_from_it(time: str, occasions: list[Occasion]) -> None:
    found = sorted_onto(DAY, time, occasions)
    same = [one for one in occasions if one.day == DAY]
    assert found is None or found.day == DAY
    if found is not None and len(same) > 1:
        minutes = [int(c[:2]) * 60 + int(c[3:]) for c in (time, found.start)]
        assert abs(minutes[0] - minutes[1]) <= NEAR
    assert sorted_onto(DAY, time, list(reversed(occasions))) in (found, *same)


def test_a_caption_names_day_village_and_occasion() -> None:
    assert caption("2026-06-06", "上溪村", "走访") == "6月6日·上溪村·走访"
    assert caption("2026-06", "", "走访") == "走访"


@pytest.mark.parametrize("odd", ["上午", "24:99", "9", "x:y"])
def test_a_time_that_is_none_is_not_known(odd: str) -> None:
    """A peer may send any text for a time."""
    strange = Occasion("visit", "odd", DAY, start=odd, end=odd)
    assert sorted_onto(DAY, "09:05", [strange, replace(NOON, start="09:00", end=odd)]) is not strange
    assert sorted_onto(DAY, odd, [MORNING, NOON]) is None
