"""Ticks follow the stretches of time: open ones tick, ended ones untick, and nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgz_desktop.domain.categories import LISTS, SAME, Spell, followed, label
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import split_codes

TODAY = "2026-06-30"
QUICK = settings(max_examples=150, deadline=None)
CODES = st.sampled_from((None, "tekun", "dibao", "disabled", "monitored", "none", "zz"))
PROGRAMMES = st.sampled_from((None, "tekun", "dibao", "orphan", "linshi", "old_age", "none"))
DAYS = st.sampled_from((None, "2019", "2026-06", "2026-06-29", "2026-06-30", "2027-01-01", "kein Tag"))
SPELLS = st.lists(st.builds(Spell, CODES, PROGRAMMES, DAYS, DAYS), max_size=6)
TICKS = st.lists(st.sampled_from(("tekun", "dibao", "disabled", "none", "zz")), max_size=4).map(",".join)
WHOSE = st.sampled_from(("person", "household"))


@pytest.mark.parametrize(
    ("ticked", "spells", "then"),
    [
        (None, [Spell("disabled")], "disabled"),
        (None, [Spell(None, "dibao", "2019-07")], "dibao"),
        (None, [Spell(None, "old_age"), Spell(None, "linshi")], None),
        ("disabled", [], "disabled"),
        ("dibao,disabled", [Spell("dibao", None, "2019", "2026-06-29")], "disabled"),
        ("dibao", [Spell("dibao", None, "2019", "2026-06-30")], None),
        ("dibao", [Spell("dibao", None, "2019", "2026-07")], "dibao"),
        ("dibao", [Spell("dibao", to_day="2020"), Spell(None, "dibao", "2022")], "dibao"),
        ("dibao", [Spell("dibao", to_day="2027-01")], "dibao"),
        ("none", [Spell("tekun")], "tekun"),
        ("zz", [Spell("dibao")], "dibao,zz"),
    ],
)
def test_ticks_follow(ticked: str | None, spells: list[Spell], then: str | None) -> None:
    assert followed(ticked, spells, "person", TODAY) == then


def test_what_only_a_household_is_in_is_ticked_there() -> None:
    assert followed(None, [Spell("monitored"), Spell(None, "orphan")], "household", TODAY) == "monitored"
    assert (label("monitored"), label("disabled"), label("zz")) == ("防止返贫监测户", "残疾人", "zz")


def test_the_programmes_that_are_categories_are_on_both_lists() -> None:
    for programme, category in SAME.items():
        assert programme in code_list("benefit")
        assert any(category in code_list(name) for name in LISTS.values())


@QUICK
@given(TICKS, SPELLS, WHOSE)
def test_it_is_settled_after_once(ticked: str, spells: list[Spell], whose: str) -> None:
    once = followed(ticked, spells, whose, TODAY)  # type: ignore[arg-type]
    assert followed(once, spells, whose, TODAY) == once  # type: ignore[arg-type]


@QUICK
@given(TICKS, SPELLS, WHOSE, st.randoms())
def test_the_order_of_rows_makes_no_difference(
    ticked: str, spells: list[Spell], whose: str, random: object
) -> None:
    before = followed(ticked, spells, whose, TODAY)  # type: ignore[arg-type]
    random.shuffle(spells)  # type: ignore[attr-defined]
    assert followed(ticked, spells, whose, TODAY) == before  # type: ignore[arg-type]


@QUICK
@given(TICKS, WHOSE)
def test_without_stretches_nothing_is_touched(ticked: str, whose: str) -> None:
    assert set(split_codes(followed(ticked, [], whose, TODAY))) == set(split_codes(ticked))  # type: ignore[arg-type]
