"""Days and moments as the window says them."""

from __future__ import annotations

from datetime import datetime


def moment(at_ms: int) -> str:
    """UTC milliseconds as 6月30日 08:52, by the computer's own clock."""
    then = datetime.fromtimestamp(at_ms / 1000)
    return f"{then.month}月{then.day}日 {then:%H:%M}"


def moment_of(at_ms: int, today: str) -> str:
    """The same, with the year where it is not the year of `today`: 2025年6月30日 08:52."""
    year = datetime.fromtimestamp(at_ms / 1000).year
    return ("" if today.startswith(f"{year:04d}") else f"{year}年") + moment(at_ms)


def day_only(words: str) -> str:
    """6月30日 of 6月30日（周二）, where a column is narrow."""
    return words.partition("（")[0]
