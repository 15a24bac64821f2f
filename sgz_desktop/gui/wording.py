"""Days and moments as the window says them."""

from __future__ import annotations

from datetime import datetime


def moment(at_ms: int) -> str:
    """UTC milliseconds as 6月30日 08:52, by the computer's own clock."""
    then = datetime.fromtimestamp(at_ms / 1000)
    return f"{then.month}月{then.day}日 {then:%H:%M}"


def day_only(words: str) -> str:
    """6月30日 of 6月30日（周二）, where a column is narrow."""
    return words.partition("（")[0]
