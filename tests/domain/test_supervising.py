"""Numbers of copies, marks of their margins, and which page of a copy a page is."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgz_desktop.domain import notes
from sgz_desktop.domain.supervising import (
    Mark,
    Returned,
    alike,
    case_of_copy,
    marks_of,
    marks_text,
    nearest,
    next_number,
    pages_matched,
    tidy_copy,
    tidy_mark,
)

NUMBER = "2026-A001-D1"


def page(number: int, total: int, of: str = NUMBER) -> Returned:
    return Returned(f"一段话\n文件编号 {of}\n第{number}页　共{total}页\n仅供", 841.9)


@pytest.mark.parametrize(
    "typed", ["2026-A001-D1", "２０２６－a001－ｄ１", " 2026—A001—D 1 ", "督导件 2026-a001-d1"]
)
def test_a_number_is_known_however_it_is_typed(typed: str) -> None:
    assert tidy_copy(typed) == NUMBER
    assert case_of_copy(tidy_copy(typed)) == "2026-A001"


def test_no_number_is_given_twice_nor_by_two_computers() -> None:
    assert next_number("2026-A001", "A", []) == NUMBER
    assert next_number("2026-A001", "A", [NUMBER, "2026-A001-D9", "2026-A001-DB3"]) == "2026-A001-D10"
    assert next_number("2026-A001", "B", [NUMBER]) == "2026-A001-DB1"
    assert case_of_copy("2026-A001-DB1") == "2026-A001"


@pytest.mark.parametrize(
    ("typed", "mark"), [("3", 3), ("３", 3), ("③", 3), ("(12)", 12), ("（12）号", 12), ("⑳", 20)]
)
def test_a_mark_is_known_however_it_is_typed(typed: str, mark: int) -> None:
    assert tidy_mark(typed) == mark


@pytest.mark.parametrize("typed", ["", "三", "3a", "-1", "1.5", "999999999"])
def test_what_is_no_mark_is_none(typed: str) -> None:
    assert tidy_mark(typed) is None


MARKS = st.lists(
    st.builds(
        Mark,
        st.integers(1, 999),
        st.sampled_from(["session", "plan"]),
        st.text(max_size=8),
        st.text(max_size=8),
        st.integers(1, 30),
        st.integers(0, 842),
        st.integers(0, 842),
    ),
    max_size=20,
)


@given(MARKS)
def test_marks_come_back_as_they_were(marks: list[Mark]) -> None:
    assert list(marks_of(marks_text(marks))) == marks


@pytest.mark.parametrize("text", [None, "", "{}", "[1]", '[["a"]]', "[", '[[1,"a","b","c","d",1,2]]'])
def test_other_words_are_no_marks(text: str | None) -> None:
    assert marks_of(text) == ()


@given(MARKS, st.integers(1, 30), st.integers(0, 842))
def test_the_mark_beside_a_note_is_the_nearest_of_its_page(marks: list[Mark], at: int, y: int) -> None:
    def away(mark: Mark) -> float:
        return max(mark.bottom - y, y - mark.top, 0)

    found = nearest(marks, at, y, y)
    own = [mark for mark in marks if mark.page == at]
    assert (found is None) == (not own)
    assert found is None or away(found) == min(map(away, own))


@given(st.integers(1, 12), st.integers(0, 2**16))
def test_pages_are_known_whatever_was_done_to_their_order(count: int, seed: int) -> None:
    rng = random.Random(seed)
    pages = [(number, page(number, count)) for number in range(1, count + 1)]
    kept = [one for one in pages if rng.random() < 0.8]
    kept += [(0, Returned("别的话", 842)), (0, page(1, count, "2026-A002-D1"))]
    rng.shuffle(kept)
    found = pages_matched(NUMBER, [one for _, one in kept], count)
    assert found == {at: number for at, (number, _) in enumerate(kept) if number}


def test_pictures_of_all_pages_are_told_by_their_order() -> None:
    pictures = [Returned("", 842)] * 3
    assert pages_matched(NUMBER, pictures, 3) == {0: 1, 1: 2, 2: 3}
    assert pages_matched(NUMBER, pictures, 4) == {}


def test_likeness_forgives_order_and_blanks() -> None:
    assert alike("一 二\n三", "三二 一") == 1.0
    assert alike("一二三四", "一二") == 0.5
    assert alike("", "随便") == 1.0


@given(st.text(max_size=200))
def test_a_note_shows_itself_as_it_is(text: str) -> None:
    shown = notes.plain(text)
    assert notes.plain(shown) == shown
    assert not any(ord(char) < 32 and char != "\n" and char != "\t" for char in shown)
    assert "\u202e" not in shown
