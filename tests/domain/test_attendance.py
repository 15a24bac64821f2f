"""The roll of a group: sessions are counted, marks that cannot be are told, presences count once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgz_desktop.domain.attendance import (
    AFTER_GROUP,
    BEFORE_GROUP,
    CAME,
    NOT_HELD,
    PHASES,
    STATES,
    Roll,
    Seat,
    Sitting,
    next_day,
    score_doubt,
)
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.days import add_days

FIRST = "2026-04-07"
SITTINGS = st.lists(st.booleans(), max_size=8).map(
    lambda offs: tuple(Sitting(f"s{at}", add_days(FIRST, at), cancelled=off) for at, off in enumerate(offs))
)


def marked(sitting: Sitting, seat: Seat, **more: str) -> str:
    roll = Roll("g", "小组", sittings=(sitting,), seats=(seat,), states={("s", "m"): "present"}, **more)  # type: ignore[arg-type]
    return roll.doubt(sitting, seat)


def test_the_codes_are_those_of_the_lists() -> None:
    assert set(code_list("group_attendance").codes) == set(STATES)
    assert code_list("group_phase").codes == PHASES


@given(SITTINGS, st.integers(0, 4), st.data())
def test_each_presence_counts_once_and_sessions_not_held_count_none(
    sittings: tuple[Sitting, ...], members: int, data: st.DataObject
) -> None:
    seats = tuple(Seat(f"m{at}", f"组员{at}") for at in range(members))
    state = st.sampled_from(["", *STATES])
    states = {(s.id, m.id): data.draw(state) for s in sittings for m in seats}
    roll = Roll("g", "小组", sittings=sittings, seats=seats, states=states)
    held = [one for one in sittings if not one.cancelled]
    assert [roll.numbers[one.id] for one in held] == list(range(1, len(held) + 1))
    told = [states[s.id, m.id] for s in held for m in seats]
    assert roll.came.came == sum(one in CAME for one in told)
    assert roll.came.marked == sum(one != "" for one in told)
    assert roll.came.came == sum(roll.of_sitting(one).came for one in held)
    assert roll.came.marked == sum(roll.of_seat(one).marked for one in seats)


def test_what_cannot_be_is_told() -> None:
    seat = Seat("m", "陈桂香", joined_on="2026-04-10", left_on="2026-05-01")
    assert marked(Sitting("s", "2026-04-01"), seat, first_on=FIRST) == BEFORE_GROUP
    assert marked(Sitting("s", "2026-07-01"), seat, last_on="2026-06-30") == AFTER_GROUP
    assert marked(Sitting("s", "2026-04-08"), seat, first_on=FIRST) == "陈桂香4月10日才入组，请核对。"
    assert marked(Sitting("s", "2026-05-05"), seat) == "陈桂香5月1日已退出，请核对。"
    assert marked(Sitting("s", "2026-04-20", cancelled=True), seat) == NOT_HELD
    assert marked(Sitting("s", "2026-04-20"), seat, first_on=FIRST) == ""
    assert marked(Sitting("s", "2026-04"), seat, first_on=FIRST) == ""  # it may have been within
    assert score_doubt(Seat("m", "陈桂香", after=81), 80) == "陈桂香得分81高于满分80，请核对。"
    assert score_doubt(Seat("m", "陈桂香", after=81), None) == ""


@pytest.mark.parametrize(
    ("held", "span", "day"),
    [
        ((), ("", ""), "2026-06-30"),
        ((), ("2026-04-07", ""), "2026-04-07"),
        (("2026-06-23",), ("2026-06-23", ""), "2026-06-30"),  # one that runs: today
        (("2026-06-30",), ("", ""), "2026-07-07"),  # planned ahead
        (("2026-06-30", "2026-07-14"), ("", ""), "2026-07-28"),
        (("2026-04-07", "2026-04-10"), ("", "2026-05-30"), "2026-04-13"),  # written down afterwards
        (("2026-04", ""), ("", ""), "2026-06-30"),
    ],
)
def test_a_new_session_is_of_the_day_it_is_likely_to_be(
    held: tuple[str, ...], span: tuple[str, str], day: str
) -> None:
    sittings = tuple(Sitting(str(at), date) for at, date in enumerate(held))
    first_on, last_on = span
    roll = Roll("g", "小组", first_on=first_on, last_on=last_on, sittings=sittings)
    assert next_day(roll, "2026-06-30") == day


def test_the_furthest_phase_is_told_by_the_group_or_by_a_session() -> None:
    later = Sitting("s", FIRST, phase="mature")
    assert Roll("g", "小组", phase="forming", sittings=(later,)).furthest(FIRST) == "mature"
    assert Roll("g", "小组", phase="ending", sittings=(later,)).furthest(FIRST) == "ending"
    assert Roll("g", "小组").furthest(FIRST) == "preparing"
    assert (
        Roll("g", "小组", phase="forming", sittings=(later,)).furthest("2000-01-01") == "forming"
    )  # to come
    off = Sitting("s", FIRST, phase="mature", cancelled=True)
    assert Roll("g", "小组", phase="forming", sittings=(off,)).furthest(FIRST) == "forming"
