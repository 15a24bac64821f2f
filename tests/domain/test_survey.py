"""A survey's answers: read as typed, counted against a plain recount, and small cells not told in print."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgz_desktop.domain.survey import (
    Answer,
    Question,
    Sheet,
    option_lines,
    tally,
    typed_answer,
)
from sgz_desktop.domain.survey_groups import KEPT_BACK, LEAST, kept_back, printed, split

WANTS = Question("q1", "最需要什么", "many", ("看病", "取药", "聊天", "吃饭"))
LIVES = Question("q2", "和谁住", "one", ("独居", "和老伴", "和子女"))
SATISFIED = Question("q3", "满意吗", "scale", most=5)
CHILDREN = Question("q4", "几个子女", "number")
MORE = Question("q5", "还想说什么", "text")


@pytest.mark.parametrize(
    ("question", "typed", "meant"),
    [
        (WANTS, "13", Answer((1, 3))),
        (WANTS, "３，1", Answer((1, 3))),
        (WANTS, "1 1 4", Answer((1, 4))),
        (LIVES, "2", Answer((2,))),
        (SATISFIED, "５", Answer(score=5)),
        (CHILDREN, "0", Answer(score=0)),
        (MORE, " 多来几次 ", Answer(words="多来几次")),
        (WANTS, "  ", None),
    ],
)
def test_what_is_typed_is_understood(question: Question, typed: str, meant: Answer | None) -> None:
    assert typed_answer(question, typed) == meant


@pytest.mark.parametrize(
    ("question", "typed"),
    [(WANTS, "5"), (WANTS, "a"), (LIVES, "12"), (SATISFIED, "0"), (SATISFIED, "6"), (CHILDREN, "两个")],
)
def test_what_cannot_be_is_refused_in_a_sentence(question: Question, typed: str) -> None:
    with pytest.raises(ValueError, match=r"。$"):
        typed_answer(question, typed)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([WANTS, LIVES, SATISFIED, CHILDREN]),
    st.text(alphabet="0123456789０５ ,，、ab①.-²٣", max_size=12),
)
def test_whatever_is_typed_is_an_answer_that_can_be_or_refused(question: Question, typed: str) -> None:
    answer, said = None, "。"
    try:
        answer = typed_answer(question, typed)
    except ValueError as wrong:
        said = str(wrong)
    assert said.endswith("。")
    if answer is not None:
        assert set(answer.choices) <= set(range(1, len(question.options) + 1))
        assert answer.score is None or answer.score >= 0


def test_many_options_are_numbered_apart() -> None:
    many = Question("q", "哪些", "many", tuple("甲乙丙丁戊己庚辛壬癸子丑"))
    assert typed_answer(many, "1 12") == Answer((1, 12))
    assert typed_answer(many, "12") == Answer((12,))


def test_numbers_written_before_options_are_dropped() -> None:
    assert option_lines("1. 看病\n2、取药\n\n聊天\n 4）吃饭") == ("看病", "取药", "聊天", "吃饭")


villages = st.sampled_from(["东村", "西村", "南村", "北村", ""])
choices = st.sets(st.integers(1, 4)).map(lambda found: Answer(tuple(sorted(found))))
many_sheets = st.lists(st.tuples(villages, st.none() | choices, st.none() | st.integers(1, 3)), max_size=60)


def sheets_of(given: list[tuple[str, Answer | None, int | None]]) -> list[Sheet]:
    """Sheets from what each says of its village, wants and home."""
    return [
        Sheet(
            f"s{at}",
            village,
            answers={
                **({"q1": wants} if wants else {}),
                **({"q2": Answer((lives,))} if lives else {}),
            },
        )
        for at, (village, wants, lives) in enumerate(given)
    ]


@settings(max_examples=60, deadline=None)
@given(many_sheets)
def test_counts_are_people_and_open_to_their_sheets(
    given_: list[tuple[str, Answer | None, int | None]],
) -> None:
    counted = tally(WANTS, sheets_of(given_))
    wants = [wants.choices for _, wants, _ in given_ if wants and wants.choices]
    assert counted.answered == len(wants)
    assert [line.count for line in counted.lines] == [
        sum(place in one for one in wants) for place in (1, 2, 3, 4)
    ]
    for line in counted.lines:
        assert len(set(line.sheets)) == line.count
        if counted.answered:
            percent = counted.percent(line.count)
            assert percent is not None
            assert abs(percent - 100 * line.count / counted.answered) <= 0.5


@settings(max_examples=60, deadline=None)
@given(many_sheets, st.sampled_from([WANTS, LIVES]))
def test_no_small_group_is_printed(
    given_: list[tuple[str, Answer | None, int | None]], question: Question
) -> None:
    found = split(question, sheets_of(given_), lambda sheet: sheet.village)
    for _, cells in printed(found):
        assert not {cell for cell in cells if cell.isdigit() and 0 < int(cell) < LEAST}


tables = st.integers(2, 3).flatmap(
    lambda wide: st.lists(st.lists(st.integers(0, 9), min_size=wide, max_size=wide), min_size=2, max_size=3)
)


def test_one_cell_is_never_kept_back_alone() -> None:
    shown = kept_back([[20, 8], [12, 6], [8, 2]], whole=True)
    assert shown == [[True, True], [False, False], [False, False]]
    assert kept_back([[20, 8], [12, 8]], whole=True) == [[True, True], [True, True]]  # nothing small


@settings(max_examples=80, deadline=None)
@given(tables)
def test_no_line_leaves_a_single_unknown(counts: list[list[int]]) -> None:
    whole = [[sum(row[c] for row in counts) for c in range(len(counts[0]))], *counts]
    shown = kept_back(whole, whole=True)
    lines = [*shown, *([row[c] for row in shown] for c in range(len(shown[0])))]
    assert all(line.count(False) != 1 for line in lines)
    for row, open_ in zip(whole, shown, strict=True):
        assert all(not open_[c] for c, count in enumerate(row) if 0 < count < LEAST)


def test_scores_are_told_as_means_of_groups_large_enough() -> None:
    given_ = [Sheet(f"a{n}", "东村", answers={"q3": Answer(score=4)}) for n in range(6)]
    given_ += [Sheet(f"b{n}", "西村", answers={"q3": Answer(score=3)}) for n in range(7)]
    given_ += [Sheet(f"c{n}", "南村", answers={"q3": Answer(score=1)}) for n in range(2)]
    found = printed(split(SATISFIED, given_, lambda sheet: sheet.village))
    assert found == (
        ("回答人数", ("7", KEPT_BACK, KEPT_BACK)),
        ("平均", ("3.0", KEPT_BACK, KEPT_BACK)),
    )
