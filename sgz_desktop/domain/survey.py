"""A survey's answers: read as they are typed, and counted question by question.

A question with choices counts people: the shares of a question with several choices are of those who answered
it, and together pass 100. What groups of people answered is in `survey_groups`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

ONE, MANY, SCALE, NUMBER, TEXT = "one", "many", "scale", "number", "text"
CHOSEN = (ONE, MANY)
MOST_SCORE = 5  # of a scale that does not say
FEW_OPTIONS = 9  # so many and fewer are chosen by digits typed one after another


@dataclass(frozen=True, slots=True)
class Question:
    """One question: `sort` one of the kinds above, `options` in order, a scale running from 1 to `most`."""

    id: str
    text: str
    sort: str
    options: tuple[str, ...] = ()
    most: int = MOST_SCORE


@dataclass(frozen=True, slots=True)
class Answer:
    """What one sheet answers: places of the choices (1 is the first), a score or figure, or words."""

    choices: tuple[int, ...] = ()
    score: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet that came back, with its answers by question."""

    id: str
    village: str = ""
    whom: str = ""
    number: int | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One choice or score: how many chose it, and the sheets they are."""

    words: str
    sheets: tuple[str, ...]

    @property
    def count(self) -> int:
        """People who chose it."""
        return len(self.sheets)


@dataclass(frozen=True, slots=True)
class Tally:
    """A question counted over some sheets. `answered` people answered it; `lines` in the order of the
    question; `mean` of scores and figures; `words` that were written."""

    question: Question
    answered: int
    lines: tuple[Line, ...] = ()
    mean: Fraction | None = None
    words: tuple[str, ...] = ()

    def percent(self, count: int) -> int | None:
        """Whole percent of the people who answered; None where nobody did."""
        return half_up(Fraction(100 * count, self.answered)) if self.answered else None


def half_up(value: Fraction) -> int:
    """The nearest whole number, halves up."""
    return int((2 * value + 1) // 2)


def one_decimal(value: Fraction) -> str:
    """3.5: a mean as it is told."""
    tenths = half_up(value * 10)
    return f"{tenths // 10}.{tenths % 10}"


def option_lines(text: str) -> tuple[str, ...]:
    """The choices of a question, one a line; numbers somebody wrote before them are dropped."""
    lines = (re.sub(r"^[0-9A-Za-z]{1,2}[.、．)）]\s*", "", line.strip()) for line in text.splitlines())
    return tuple(line for line in lines if line)


def places(text: str) -> tuple[int, ...]:
    """The places of choices as stored: "1,3" → (1, 3); what is no number is left out."""
    return tuple(int(one) for one in text.split(",") if one.isascii() and one.isdigit())


def typed_answer(question: Question, typed: str) -> Answer | None:
    """What was typed on a sheet's line; None for nothing. ValueError says what is wrong, in a sentence."""
    typed = typed.strip()
    if not typed:
        return None
    if question.sort == TEXT:
        return Answer(words=typed)
    figures = typed.translate(FIGURES)
    if question.sort in CHOSEN:
        return Answer(choices=_chosen(question, figures))
    if not (figures.isascii() and figures.isdigit() and len(figures) <= 9):
        raise ValueError("请填数字。")
    score = int(figures)
    if question.sort == SCALE and not 1 <= score <= question.most:
        raise ValueError(f"请填1至{question.most}。")
    return Answer(score=score)


FIGURES = str.maketrans("０１２３４５６７８９，、；　", "0123456789,,, ")


def _chosen(question: Question, figures: str) -> tuple[int, ...]:
    parts = [one for one in re.split(r"[,;.\s]+", figures) if one]
    if len(question.options) <= FEW_OPTIONS:
        parts = [digit for part in parts for digit in part]
    if not parts or not all(one.isascii() and one.isdigit() for one in parts):
        raise ValueError("请填选项前的号码。")
    chosen = tuple(sorted({int(one) for one in parts}))
    if chosen[0] < 1 or chosen[-1] > len(question.options):
        raise ValueError(f"没有这个选项，请填1至{len(question.options)}。")
    if question.sort == ONE and len(chosen) > 1:
        raise ValueError("这题只能选一个。")
    return chosen


def tally(question: Question, sheets: Iterable[Sheet]) -> Tally:
    """A question counted over some sheets."""
    given = [(sheet.id, sheet.answers[question.id]) for sheet in sheets if question.id in sheet.answers]
    if question.sort in CHOSEN:
        return _choices_counted(question, given)
    if question.sort in (SCALE, NUMBER):
        return _scores_counted(question, given)
    words = tuple(answer.words for _, answer in given if answer.words)
    return Tally(question, len(words), words=words)


def _choices_counted(question: Question, given: Sequence[tuple[str, Answer]]) -> Tally:
    by_place: dict[int, list[str]] = {place: [] for place in range(1, len(question.options) + 1)}
    answered = 0
    for id, answer in given:
        known = set(answer.choices) & by_place.keys()
        answered += bool(known)
        for place in known:
            by_place[place].append(id)
    lines = tuple(Line(question.options[place - 1], tuple(ids)) for place, ids in by_place.items())
    return Tally(question, answered, lines)


def _scores_counted(question: Question, given: Sequence[tuple[str, Answer]]) -> Tally:
    scores = [(id, answer.score) for id, answer in given if answer.score is not None]
    if question.sort == SCALE:
        scores = [(id, score) for id, score in scores if 1 <= score <= question.most]
        steps: Iterable[int] = range(1, question.most + 1)
    else:
        steps = sorted({score for _, score in scores})
    unit = "分" if question.sort == SCALE else ""
    lines = tuple(Line(f"{step}{unit}", tuple(id for id, score in scores if score == step)) for step in steps)
    mean = Fraction(sum(score for _, score in scores), len(scores)) if scores else None
    return Tally(question, len(scores), lines, mean)


def twice(sheets: Iterable[Sheet]) -> tuple[int, ...]:
    """Numbers that more than one sheet has: entered twice, or at two computers."""
    counted = Counter(sheet.number for sheet in sheets if sheet.number is not None)
    return tuple(sorted(number for number, count in counted.items() if count > 1))


def ranked(counted: Tally) -> tuple[Line, ...]:
    """The choices most people named first; equal ones in the order of the question."""
    return tuple(sorted(counted.lines, key=lambda line: -line.count))
