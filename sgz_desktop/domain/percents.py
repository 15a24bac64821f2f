"""Whole percents as papers and pages tell them."""

from __future__ import annotations

from fractions import Fraction


def percent_done(done: float, whole: float) -> int | None:
    """The nearest whole percent, halves up; only what is done says 100. None where there is nothing to do."""
    if whole <= 0:
        return None
    share = int((Fraction(done) * 200 // Fraction(whole) + 1) // 2)
    return min(share, 99) if done < whole else share


def percent_words(done: float, whole: float) -> str:
    """The same in words: 88%, or — where there is nothing to do."""
    share = percent_done(done, whole)
    return "—" if share is None else f"{share}%"
