"""An age told roughly: 60多 for 64, 7—13 for a child."""

from __future__ import annotations

BANDS = ((0, 6), (7, 13), (14, 17), (18, 29))
OLDEST = 90


def band_of(age: int) -> str:
    """The band an age (years) is in, without 岁."""
    for first, last in BANDS:
        if age <= last:
            return f"{first}—{last}"
    return f"{min(age // 10 * 10, OLDEST)}多"
