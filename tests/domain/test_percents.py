"""Whole percents: the nearest, halves up, and never 100 for what is not all done."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from sgz_desktop.domain.percents import percent_done, percent_words


def test_some_are_known() -> None:
    told = {
        (7, 8): "88%",
        (2, 3): "67%",
        (1259, 1500): "84%",
        (9, 8): "113%",
        (999, 1000): "99%",
        (1, 0): "—",
    }
    assert {pair: percent_words(*pair) for pair in told} == told


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_it_is_the_nearest_and_only_all_is_100(done: int, whole: int) -> None:
    share = percent_done(done, whole)
    assert share is not None
    assert (share >= 100) == (done >= whole)
    off = abs(share - Fraction(100 * done, whole))
    assert off <= Fraction(1, 2) or (share == 99 and done < whole)
