"""What the staff of a station has to be: met, at risk, missed, with the day."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgz_desktop.domain import days
from sgz_desktop.domain.staffing import Member, Signing, Standing, State, rules, staffing

TODAY = "2026-06-30"
SIGNING = Signing("2025-09-01", "2025-09-01", 2)
GOOD = Member("a", "甲", "head", True, "2025-09-05", None, "social_worker", None, "2027-05-01", "2026-02-01")
OTHER = replace(GOOD, id="b", name="乙", post="social_worker", posted_on="2025-09-16")


def told(*staff: Member, signing: Signing = SIGNING, today: str = TODAY) -> dict[str, Standing]:
    return {one.code: one for one in staffing(staff, signing, today)}


def test_two_good_people_meet_everything() -> None:
    assert {one.state for one in told(GOOD, OTHER).values()} == {State.MET}


def test_control_each_fault_is_found_alone() -> None:
    faults: dict[str, dict[str, object]] = {
        "full_time": {"left_on": "2026-06-01"},
        "one_qualified": {"qualification": "none"},
        "all_qualified": {"qualification": "none"},
        "posting": {"posted_on": "2025-09-17"},
        "offence_check": {"checked_on": "2025-06-29"},
        "registration": {"registered_until": "2026-06-29"},
    }
    for code, fault in faults.items():
        low = replace(GOOD, qualification="none") if code == "one_qualified" else GOOD
        late = "2027-09-01" if code == "all_qualified" else TODAY
        low = replace(low, checked_on=late, registered_until="2028-01-01") if code == "all_qualified" else low
        found = told(low, replace(OTHER, **fault), today=late)  # type: ignore[arg-type]
        assert found[code].state is State.MISSED, code
        assert found[code].ids, code


@pytest.mark.parametrize(
    ("today", "state"), [("2025-09-16", State.RISK), ("2025-09-17", State.MISSED)], ids=["day 15", "day 16"]
)
def test_fifteen_days_after_signing(today: str, state: State) -> None:
    found = told(replace(GOOD, checked_on="2025-09-01"), today=today)
    assert found["posting"].state is found["full_time"].state is state
    assert found["posting"].when == "2025-09-16"


def test_who_left_later_was_there_in_time_and_who_came_instead_is_not_late() -> None:
    left = replace(OTHER, left_on="2026-02-28")
    instead = replace(OTHER, id="c", name="丙", posted_on="2026-03-09")
    assert told(GOOD, left, instead)["posting"].state is State.MET
    early = replace(left, left_on="2025-09-15")  # gone before the fifteen days were over
    assert told(GOOD, early, instead)["posting"].ids == ("c",)
    assert told(GOOD, instead)["posting"].state is State.MISSED


@pytest.mark.parametrize(
    ("today", "state"),
    [
        ("2026-06-30", State.MET),
        ("2027-03-05", State.RISK),
        ("2027-08-31", State.RISK),
        ("2027-09-01", State.MISSED),
    ],
)
def test_all_qualified_within_two_project_years(today: str, state: State) -> None:
    found = told(GOOD, replace(OTHER, qualification="none"), today=today)["all_qualified"]
    assert (found.state, found.when, found.ids) == (state, "2027-08-31", ("b",))


def test_what_is_not_on_file_is_open_and_no_blame() -> None:
    empty = Member("c", "丙")
    found = told(empty, replace(empty, id="d"), signing=Signing())
    assert found["full_time"].state is State.OPEN
    assert found["one_qualified"].state is State.OPEN
    assert found["posting"].state is State.OPEN


def test_supervisors_and_interns_count_for_none_and_are_asked_about_all_the_same() -> None:
    intern = replace(GOOD, id="c", name="丙", post="intern", qualification="none", checked_on=None)
    found = told(GOOD, intern, OTHER)
    assert found["all_qualified"].state is State.MET
    assert found["offence_check"].ids == ("c",)


day = st.dates(days.to_date("2024-01-01"), days.to_date("2028-12-31")).map(lambda one: one.isoformat())
maybe = st.none() | day | st.sampled_from(["2025", "2025-09", "某天", ""])
member = st.builds(
    Member,
    id=st.uuids().map(str),
    name=st.sampled_from(["甲", "乙", ""]),
    post=st.sampled_from([None, "head", "intern"]),
    full_time=st.sampled_from([None, True, False]),
    posted_on=maybe,
    left_on=maybe,
    qualification=st.sampled_from([None, "none", "degree", "later"]),
    certified_on=maybe,
    registered_until=maybe,
    checked_on=maybe,
)


@given(st.lists(member, max_size=5), maybe, maybe, day)
def test_whatever_is_on_file_every_rule_has_an_answer(
    staff: list[Member], signed: str | None, cycle: str | None, today: str
) -> None:
    found = staffing(staff, Signing(signed, cycle), today)
    codes = {one.code for one in found}
    assert codes >= {"full_time", "one_qualified", "all_qualified", "posting", "offence_check"}
    known = {one.id for one in staff}
    assert all(one.words and set(one.ids) <= known for one in found)
    assert all(not one.when or days.is_whole(one.when) for one in found)
    assert all(len(one.title) <= 30 for one in found)


def test_every_number_says_where_it_comes_from() -> None:
    tables = [table for table in rules().values() if isinstance(table, dict)]
    assert rules()["source"]
    assert sum("article" in table for table in tables) == 5
