"""Cells of a station's own tables: days in all the ways people write them, digits a spreadsheet lost."""

from __future__ import annotations

import math
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgz_desktop.domain import days
from sgz_desktop.domain.fields import ClockKind, DayKind, IdNumberKind, PhoneKind, YuanKind
from sgz_desktop.domain.roster_cells import DIGITS_LOST, UNREAD, Unread, text_of


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026.6.3", "2026-06-03"),
        ("1958年3月", "1958-03"),
        (20260603, "2026-06-03"),
        (20260603.0, "2026-06-03"),
        ("２０２６－６－３", "2026-06-03"),
        (46176.0, "2026-06-03"),
        ("46176", "2026-06-03"),
        (7306, "1920-01-01"),
        (1958.0, "1958"),
        (195803, "1958-03"),
        ("2019.7", "2019-07"),
        (2019.7, "2019-07"),
        ("2019.10", "2019-10"),
        (2019.12, "2019-12"),
        (46176.395833, "2026-06-03"),
        ({"day": "2026-06-03"}, "2026-06-03"),
    ],
)
def test_days_however_they_are_written(cell: object, day: str) -> None:
    assert DayKind().tidy(text_of(cell, DayKind())) == day


@given(st.dates(min_value=days.to_date("1910-01-01"), max_value=days.to_date("2099-12-31")))
def test_a_count_of_days_is_the_day_the_spreadsheet_shows(day: object) -> None:
    serial = (day - days.to_date("1899-12-30")).days  # type: ignore[operator]
    assert text_of(float(serial), DayKind()) == str(day)
    assert text_of(serial, IdNumberKind()) == str(serial)  # in another column it is a number


@pytest.mark.parametrize(
    "cell", [3.50627e17, 110105194803120021, "3.50627E+17", "1.1010519480312E17", "３.5E+17"]
)
def test_lost_digits_are_told_and_never_taken(cell: object) -> None:
    with pytest.raises(Unread, match=DIGITS_LOST[:6]):
        text_of(cell, IdNumberKind())


def test_a_month_a_number_does_not_tell_is_asked_about() -> None:
    assert text_of("2019.1", DayKind()) == "2019.1"
    with pytest.raises(Unread, match="10月"):
        text_of(2019.1, DayKind())


def test_numbers_kept_as_text_and_text_kept_as_numbers() -> None:
    assert text_of(13900000217.0, PhoneKind()) == "13900000217"
    assert (
        text_of("１３９００００００２１７ ", PhoneKind()) == "１３９００００００２１７"
    )  # the kind folds digits
    assert PhoneKind().tidy("１３９") == "139"
    assert text_of(110105480312002.0, IdNumberKind()) == "110105480312002"
    assert text_of(412.5, YuanKind()) == "412.5"
    assert text_of(412.30000000000001, YuanKind()) == "412.3"
    assert YuanKind().tidy(text_of("412.3333", YuanKind())) == 41233
    assert text_of(0.3958333333, ClockKind()) == "09:30"


@pytest.mark.parametrize("cell", [None, "", "  ", "\u3000", "-", "—", "/", "#N/A"])
def test_blanks(cell: object) -> None:
    assert text_of(cell) == ""


def test_a_formula_without_a_value_is_told() -> None:
    with pytest.raises(Unread, match=UNREAD[:6]):
        text_of({"unread": True})
    assert text_of(True) == "是"


@given(st.one_of(st.none(), st.text(max_size=30), st.integers(), st.booleans(), st.floats()))
def test_any_cell_is_text_or_a_sentence(cell: object) -> None:
    if isinstance(cell, float) and not math.isfinite(cell):
        return  # the reader gives none
    for kind in (None, DayKind(), ClockKind(), YuanKind()):
        with suppress(Unread):
            assert isinstance(text_of(cell, kind), str)
