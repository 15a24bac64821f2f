"""A worker's day: what overlaps is seen, whatever stands in the clocks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgz_desktop.domain.day_work import Done, clashes, in_order

DAY = "2026-06-30"
clocks = st.one_of(st.just(""), st.text(max_size=5), st.times().map(lambda at: at.strftime("%H:%M")))
works = st.lists(
    st.builds(
        Done,
        kind=st.sampled_from(["visit", "session", "task"]),
        id=st.uuids().map(str),
        day=st.sampled_from([DAY, "2026-07-01"]),
        what=st.just("走访"),
        start=clocks,
        end=clocks,
    ),
    max_size=8,
)


def done(id: str, start: str, end: str = "", kind: str = "visit", day: str = DAY) -> Done:
    return Done(kind, id, day, "走访", start=start, end=end)


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        (("09:00", "09:40"), ("09:20", ""), True),
        (("09:00", "09:40"), ("09:40", "10:00"), False),
        (("09:00", ""), ("09:50", ""), True),
        (("09:30", ""), ("10:00", ""), False),
        (("09:00", "08:00"), ("09:30", ""), True),
        (("", ""), ("", ""), False),
        (("25:00", ""), ("25:00", ""), False),
    ],
)
def test_two_visits_at_one_time(first: tuple[str, str], second: tuple[str, str], clash: bool) -> None:
    assert clashes([done("a", *first), done("b", *second)]) == (frozenset("ab") if clash else frozenset())


def test_only_who_was_there_in_person_on_one_day_clashes() -> None:
    assert clashes([done("a", "09:00"), done("b", "09:00", kind="contact")]) == frozenset()
    assert clashes([done("a", "09:00"), done("b", "09:00", day="2026-07-01")]) == frozenset()


@given(works)
def test_the_order_of_records_makes_no_difference(found: list[Done]) -> None:
    assert clashes(found) == clashes(reversed(found))
    assert len(clashes(found)) != 1
    assert {one.id for one in in_order(found)} == {one.id for one in found}
    for one in found:
        assert one.clock == "" or one.clock.startswith(one.start)
