"""The six self-care items of the 特困 rule (民发〔2021〕43号): how many are not done, and the hint."""

from __future__ import annotations

from collections.abc import Iterable

NOT_DONE = "not_done"
SEVERE_FROM = 4
ABLE, PARTLY, WHOLLY = "具备", "部分丧失", "完全丧失"


def undone(answers: Iterable[object]) -> int:
    """How many items are not done."""
    return sum(answer == NOT_DONE for answer in answers)


def grade_of(number: int) -> str:
    """The grade so many items not done hint at; only once all six were looked at."""
    if number >= SEVERE_FROM:
        return WHOLLY
    return PARTLY if number else ABLE
