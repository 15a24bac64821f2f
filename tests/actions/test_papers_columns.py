"""Columns of child records: a date is never wrapped, long texts share what is left."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sgz_desktop.actions.papers_columns import KEPT, MOST_COLUMNS, ROOM, WIDE, fitting, need, spread_widths


def test_a_date_beside_long_texts_keeps_its_width() -> None:
    date, *texts = (need([text]) for text in ("2025年12月15日", "长" * 30, "长" * 200, "文" * 60))
    widths = spread_widths([date, *texts])
    assert widths[0] == date <= KEPT
    assert sum(widths) <= ROOM + 0.01
    assert need(["甲" * 20, "甲"]) > WIDE  # the control: it is the longest that counts


@given(st.lists(st.floats(3.5, 300), min_size=1, max_size=12), st.booleans())
def test_no_column_is_wider_than_it_needs_nor_lost(needs: list[float], more: bool) -> None:
    widths = spread_widths(needs, more)
    assert len(widths) == len(needs)
    assert all(0 < width <= one for width, one in zip(widths[:-1], needs[:-1], strict=True))
    assert all(width == one for width, one in zip(widths[:-1], needs[:-1], strict=True) if one <= KEPT)
    assert fitting(needs) == len(needs) or fitting(needs) >= MOST_COLUMNS
