from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgz_desktop.domain import amounts, days

FULL_WIDTH = str.maketrans("0123456789,.", "０１２３４５６７８９，．")


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("３，５００元", 350000),
        ("3,500.5", 350050),
        ("1.2万", 1200000),
        ("1.2万元", 1200000),
        ("￥ 3500", 350000),
        ("¥3500.00", 350000),
        ("0", 0),
        ("0.01", 1),
        ("3500元整", 350000),
        ("121.4万元", 121400000),
        ("5百元", 50000),
        ("007", 700),
        ("9,999,999,999.99", amounts.MAX_FEN),
    ],
)
def test_money_people_type(typed: str, fen: int) -> None:
    assert amounts.tidy_yuan(typed) == fen


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("-5", amounts.NEGATIVE_MONEY),
        ("－５元", amounts.NEGATIVE_MONEY),
        ("NaN", amounts.BAD_MONEY),
        ("inf", amounts.BAD_MONEY),
        ("1e5", amounts.BAD_MONEY),
        ("3,50", amounts.BAD_MONEY),
        ("3.5.0", amounts.BAD_MONEY),
        ("约3500", amounts.BAD_MONEY),
        ("", amounts.BAD_MONEY),
        ("3亿", amounts.BAD_MONEY),
        ("--5", amounts.BAD_MONEY),
        ("0.001", amounts.TOO_FINE),
        ("1." + "1" * 5000, amounts.TOO_FINE),
        ("10000000000", amounts.TOO_MUCH),
        ("1000000万", amounts.TOO_MUCH),
        ("9" * 5000, amounts.TOO_MUCH),
    ],
)
def test_money_refused_with_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=r"。$") as wrong:
        amounts.tidy_yuan(typed)
    assert str(wrong.value) == sentence


@given(st.integers(0, amounts.MAX_FEN))
def test_money_shown_is_read_back(fen: int) -> None:
    shown = amounts.show_yuan(fen)
    assert amounts.tidy_yuan(shown) == fen
    assert amounts.tidy_yuan(shown.translate(FULL_WIDTH)) == fen


def test_shows_money() -> None:
    assert amounts.show_yuan(350000) == "3,500元"
    assert amounts.show_yuan(350050) == "3,500.50元"
    assert amounts.show_yuan(-5) == "-0.05元"
    assert amounts.plain_yuan(0) == "0"


@pytest.mark.parametrize(("typed", "count"), [("１２", 12), ("1,200人", 1200), ("3.0", 3), ("12 户次", 12)])
def test_counts_people_type(typed: str, count: int) -> None:
    assert amounts.tidy_count(typed) == count


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("-1", amounts.NEGATIVE_COUNT),
        ("2.5", amounts.BAD_COUNT),
        ("3万", amounts.BAD_COUNT),
        ("3万人", amounts.BAD_COUNT),
        ("十二", amounts.BAD_COUNT),
        ("12kg", amounts.BAD_COUNT),
        ("nan", amounts.BAD_COUNT),
        ("", amounts.BAD_COUNT),
        ("9" * 5000, amounts.TOO_MANY),
        ("1000000000", amounts.TOO_MANY),
    ],
)
def test_counts_refused_with_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=r"。$") as wrong:
        amounts.tidy_count(typed)
    assert str(wrong.value) == sentence


@given(st.integers(0, amounts.MAX_COUNT))
def test_counts_shown_are_read_back(count: int) -> None:
    assert amounts.tidy_count(amounts.show_count(count, "人次")) == count


@given(st.text())
def test_any_text_is_a_number_or_a_sentence(text: str) -> None:
    for tidy in (amounts.tidy_yuan, amounts.tidy_count):
        try:
            assert tidy(text) >= 0
        except ValueError as wrong:
            assert str(wrong).endswith("。")  # noqa: PT017 - either outcome is right


@given(st.integers(0, 60 * 24 * 400))
def test_a_length_of_time_is_typed_again_as_it_is_shown(minutes: int) -> None:
    assert amounts.tidy_hours(days.show_minutes(minutes)) == minutes


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("2.5", 150), ("2小时30分", 150), ("２：３０", 150), ("90分钟", 90), ("半小时", 30), ("2小时半", 150)],
)
def test_lengths_of_time_as_people_type_them(typed: str, minutes: int) -> None:
    assert amounts.tidy_hours(typed) == minutes


@pytest.mark.parametrize("typed", ["-2", "两天", "半", "2:75", "1e3", "99999999小时"])
def test_no_length_of_time(typed: str) -> None:
    with pytest.raises(ValueError, match="时长"):
        amounts.tidy_hours(typed)
