"""A contact that contradicts its case or somebody's life is marked, and only where that is sure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgz_desktop.domain import clashes, days
from sgz_desktop.domain.clashes import Span, contact_clashes
from sgz_desktop.domain.fields import Level

CASE, LIFE = Span("2026-03-12", "2026-06-20"), Span("1950-02", "2026-06-10")


@pytest.mark.parametrize(
    ("day", "case", "people", "told"),
    [
        ("2026-03-11", CASE, [], [clashes.BEFORE_CASE]),
        ("2026-06-21", CASE, [], [clashes.AFTER_CASE]),
        ("2026-03-12", CASE, [LIFE], []),
        ("2026-06", CASE, [LIFE], []),  # may lie before both
        ("2026-02", CASE, [], [clashes.BEFORE_CASE]),
        ("2026-06-11", CASE, [LIFE, LIFE], [clashes.AFTER_DEATH]),
        ("1950-01-31", None, [LIFE], [clashes.BEFORE_BIRTH]),
        ("1950-02-01", None, [LIFE], []),
        ("2027", CASE, [LIFE], [clashes.AFTER_CASE, clashes.AFTER_DEATH]),
        (None, CASE, [LIFE], []),
        ("上周", CASE, [LIFE], []),
        ("2026-01-01", Span("去年", "今年"), [Span(None, "坏")], []),
    ],
)
def test_contradictions_are_told(
    day: str | None, case: Span | None, people: list[Span], told: list[str]
) -> None:
    found = list(contact_clashes(day, case, people))
    assert [problem.sentence for problem in found] == told
    assert all((problem.level, problem.field) == (Level.MARK, "date") for problem in found)


DAYS = st.dates(min_value=days.to_date("2000-01-01"), max_value=days.to_date("2030-12-31")).map(str)


@given(DAYS, DAYS, DAYS, st.sampled_from([10, 7, 4]))
def test_a_day_known_less_exactly_is_never_more_doubtful(day: str, one: str, other: str, known: int) -> None:
    span = Span(*sorted((one, other)))
    vague = list(contact_clashes(day[:known], span, []))
    assert not vague or vague == list(contact_clashes(day, span, []))
