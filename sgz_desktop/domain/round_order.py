"""The order of a day's round: village, group, house number, as somebody walks and not as text sorts."""

from __future__ import annotations

import re
from collections.abc import Sequence

DIGITS = "零一二三四五六七八九"
_NUMBER = re.compile(r"\d+|[一二三四五六七八九]?十[一二三四五六七八九]?|[零一二三四五六七八九]")

Key = tuple[tuple[int, str], ...]


def place_key(text: str | None) -> Key:
    """Sorting key of a group or a house number: 2号 before 12号, 三组 before 十组; unknown places last."""
    if not text:
        return ((2, ""),)
    parts: list[tuple[int, str]] = []
    at = 0
    for found in _NUMBER.finditer(text):
        if found.start() > at:
            parts.append((1, text[at : found.start()]))
        parts.append((0, f"{_value(found.group()):012d}"))
        at = found.end()
    if at < len(text):
        parts.append((1, text[at:]))
    return tuple(parts)


def village_key(village: str | None, order: Sequence[str]) -> tuple[int, str]:
    """Villages in the station's own order, then others by name; no village last."""
    if not village:
        return (len(order) + 1, "")
    return (order.index(village) if village in order else len(order), village)


def _value(number: str) -> int:
    if number[0].isdigit():
        return int(number)
    if "十" not in number:
        return DIGITS.index(number)
    tens, _, ones = number.partition("十")
    return (DIGITS.index(tens) if tens else 1) * 10 + (DIGITS.index(ones) if ones else 0)
