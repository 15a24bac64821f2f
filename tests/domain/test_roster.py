"""The law of 名单比对: a list beside itself is no difference, and what is accepted is none any more."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sgz_desktop.domain.roster import Kind, Unit, accepted, compare

NAMES = st.sampled_from(["甲", "乙", "丙", "丁"])
UNITS = st.builds(Unit, NAMES, st.none() | st.integers(0, 3), st.none() | st.frozensets(NAMES, max_size=3))
LISTS = st.dictionaries(st.sampled_from("abcdef"), UNITS)


@settings(max_examples=40)
@given(LISTS)
def test_a_list_beside_itself_tells_nothing(units: dict[str, Unit]) -> None:
    assert compare(units, units) == ()


@settings(max_examples=40)
@given(LISTS, LISTS)
def test_what_is_accepted_is_no_difference_any_more(ours: dict[str, Unit], listed: dict[str, Unit]) -> None:
    steps = compare(ours, listed)
    assert compare(accepted(ours, steps), listed) == ()
    for step in steps:
        rest = compare(accepted(ours, [step]), listed)
        assert {(s.kind, s.key) for s in rest} == {(s.kind, s.key) for s in steps} - {(step.kind, step.key)}


@settings(max_examples=40)
@given(LISTS, LISTS)
def test_added_gone_and_changed_are_apart_and_true(ours: dict[str, Unit], listed: dict[str, Unit]) -> None:
    steps = compare(ours, listed)
    assert {s.key for s in steps if s.kind is Kind.ADDED} == set(listed) - set(ours)
    assert {s.key for s in steps if s.kind is Kind.GONE} == set(ours) - set(listed)
    for step in (s for s in steps if s.kind is Kind.CHANGED):
        assert step.amount_differs or step.joined or step.left


def test_what_the_list_does_not_tell_is_no_difference() -> None:
    ours = {"a": Unit("甲", 100, frozenset("甲乙"))}
    assert compare(ours, {"a": Unit("甲")}) == ()
    (step,) = compare(ours, {"a": Unit("甲", 200, frozenset("甲丙"))})
    assert (step.amount_differs, step.joined, step.left) == (True, {"丙"}, {"乙"})
