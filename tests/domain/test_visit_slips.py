"""Slips of visits: digits, days as slips write them, what is carried down, what is doubtful."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgz_desktop.domain import visit_slips
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.visit_slips import (
    CHANGE,
    CHANGED,
    FAMILY,
    MET,
    NO_CASE,
    NO_DAY,
    NOBODY,
    NOBODY_CHOSEN,
    NOT_SAID_WHO,
    SELF,
    Slip,
    altered_values,
    carried,
    chosen,
    doubts,
    lacks,
    numbered,
    read_slip,
    seen_as,
    slip_day,
    visit_values,
    with_digit,
)

TODAY = "2026-06-30"
FULL = Slip(TODAY, "上溪村", "p1", "韦甲成", "home", SELF, "", "none", "", "乙社工", "care")


@pytest.mark.parametrize(
    ("typed", "above", "day"),
    [
        ("29", "", "2026-06-29"),
        ("３０日", "2026-06-12", "2026-06-30"),
        ("31", "2026-07-01", "2026-07-31"),
        ("28", "2026-05-12", "2026-05-28"),
        ("6.29", "", "2026-06-29"),
        ("昨天", "", "2026-06-29"),
        ("2025年12月3日", "", "2025-12-03"),
        ("7.2", "", "2026-07-02"),  # still to come: the gate refuses it, it is no other year's
    ],
)
def test_days_as_slips_write_them(typed: str, above: str, day: str) -> None:
    today = "2026-08-15" if day.startswith("2026-07-31") else TODAY
    assert slip_day(typed, above, today) == day


def test_a_day_still_to_come_this_month_is_the_last_months() -> None:
    assert slip_day("29", "", "2026-07-02") == "2026-06-29"


def test_last_years_slips_are_typed_in_january() -> None:
    assert slip_day("12.29", "", "2027-01-03") == "2026-12-29"
    assert slip_day("2027.12.29", "", "2027-01-03") == "2027-12-29"


@pytest.mark.parametrize("typed", ["", "31", "6.31", "2026年6月", "2026", "周二", "0", "一二", "99"])
def test_what_is_no_day_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(ValueError, match="。"):
        slip_day(typed, "", TODAY)


@given(st.text(max_size=12), st.sampled_from(["", TODAY, "2026-02-28", "乱"]))
def test_any_text_is_a_whole_day_or_refused(typed: str, above: str) -> None:
    try:
        answer = slip_day(typed, above, TODAY)
    except ValueError as refused:
        answer = str(refused)
    assert answer.endswith("。") or visit_slips.days.is_whole(answer)


def test_digits_choose_and_letters_choose_nothing() -> None:
    assert [chosen(MET, digit) for digit in "123"] == [SELF, FAMILY, NOBODY]
    assert [chosen(CHANGE, digit) for digit in ("0", "1", "１")] == ["none", CHANGED, CHANGED]
    assert [chosen(MET, other) for other in ("4", "a", "", "12")] == [None] * 4
    reasons = numbered("not_met_reason")
    assert [code for _, code, _ in reasons] == list(code_list("not_met_reason").codes)
    assert [digit for digit, _, _ in reasons] == list("1234567890")
    assert chosen(reasons, "0") == "other"


def test_who_was_met_decides_what_else_holds() -> None:
    missed = with_digit(FULL, "met", NOBODY)
    assert (missed.met, missed.change) == (NOBODY, "")
    back = with_digit(replace(missed, reason="out"), "met", FAMILY)
    assert (back.met, back.reason) == (FAMILY, "")


def test_what_a_day_of_slips_has_in_common_is_carried_down() -> None:
    assert carried(None, TODAY) == Slip(day=TODAY, mode="home")
    assert carried(FULL, "2026-07-01") == Slip(
        day=TODAY, village="上溪村", mode="home", companions="乙社工", purposes="care"
    )


def test_what_is_lacking_is_said_one_thing_at_a_time() -> None:
    assert lacks(Slip()) == NOBODY_CHOSEN
    assert lacks(replace(FULL, day="6.31")) == NO_DAY
    assert lacks(replace(FULL, met="")) == NOT_SAID_WHO
    assert lacks(FULL) == ""


def test_words_go_where_the_change_says() -> None:
    words = replace(FULL, words="住院")
    assert (visit_values(words)["facts"], visit_values(words)["changes"]) == ("住院", None)
    changed = replace(words, change=CHANGED)
    assert (visit_values(changed)["facts"], visit_values(changed)["changes"]) == (None, "住院")
    missed = replace(words, met=NOBODY, reason="out", change="")
    values = visit_values(missed)
    assert (values["met"], values["not_met_reason"], values["change"], values["facts"]) == (
        False,
        "out",
        None,
        "住院",
    )


def test_how_the_person_was_seen() -> None:
    assert seen_as(FULL) == "met"
    assert seen_as(replace(FULL, mode="phone")) == "voice"
    assert seen_as(replace(FULL, mode="video")) == "video"
    assert seen_as(replace(FULL, met=FAMILY, mode="phone")) == "proxy"
    assert seen_as(replace(FULL, met=NOBODY)) is None


SLIPS = st.builds(
    Slip,
    day=st.sampled_from([TODAY, "2025-12-03"]),
    village=st.just("上溪村"),
    person=st.just("p1"),
    name=st.just("韦甲成"),
    mode=st.sampled_from(["", "home", "phone"]),
    met=st.sampled_from([SELF, FAMILY]),
    change=st.sampled_from(["", "none", CHANGED]),
    words=st.sampled_from(["", "住院", "屋顶漏雨"]),
    companions=st.sampled_from(["", "乙社工"]),
    purposes=st.sampled_from(["", "care", "care,goods"]),
)
MISSED = st.builds(
    replace, SLIPS, met=st.just(NOBODY), reason=st.sampled_from(["", "out"]), change=st.just("")
)


@given(st.one_of(SLIPS, MISSED))
def test_a_slip_read_back_from_its_visit_is_the_same(slip: Slip) -> None:
    values = visit_values(slip) | {"person": slip.person}
    mode = seen_as(slip)
    assert read_slip(values, {slip.person: mode} if mode else {}, slip.name, slip.village) == slip


@given(st.one_of(SLIPS, MISSED), st.one_of(SLIPS, MISSED))
def test_altering_a_slip_brings_its_visit_there(before: Slip, after: Slip) -> None:
    values = {name: value for name, value in visit_values(before).items() if value is not None}
    values |= altered_values(before, after, values)
    wanted = visit_values(after)
    assert {name: values.get(name) for name in wanted} == wanted
    assert altered_values(before, before, values) == {}


def test_what_was_written_elsewhere_in_the_visit_is_not_lost() -> None:
    values: dict[str, Wire] = {"facts": "门前扶手已装好", "changes": "住院", "change": CHANGED}
    before = replace(FULL, change=CHANGED, words="住院")
    after = replace(FULL, change="none", words="住院")
    assert altered_values(before, after, values)["facts"] == "门前扶手已装好\n住院"


def test_a_family_met_without_the_person_is_the_family() -> None:
    assert read_slip({"person": "p1", "met": True}, {"p2": ""}, "", "").met == FAMILY
    assert read_slip({"person": "p1", "met": True}, {"p1": "", "p2": ""}, "", "").met == SELF
    assert read_slip({"person": "p1"}, {}, "", "").met == ""


def test_casework_without_a_case_and_twice_on_one_day_are_doubts() -> None:
    casework, twin = replace(FULL, purposes="care,case"), ("v", "乙社工", "10:20")
    assert doubts(FULL, "", (), TODAY) == []
    assert doubts(casework, "", (), TODAY) == [NO_CASE]
    assert doubts(casework, "c", (), TODAY) == []
    assert doubts(FULL, "", [twin], TODAY) == ["韦甲成6月30日已有一条走访（乙社工，10:20）。"]
    assert doubts(FULL, "", [("v", "", "")], "2027-01-02") == ["韦甲成2026年6月30日已有一条走访。"]
