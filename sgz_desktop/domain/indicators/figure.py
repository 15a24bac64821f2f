"""One figure, and how it is made of an amount and the records behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from sgz_desktop.domain import days
from sgz_desktop.domain.units import Amount


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure. `part` tells figures of one code apart; `ids` are the records behind it."""

    code: str
    part: str
    title: str
    unit: str
    value: int | float
    ids: tuple[str, ...]


def figure(code: str, part: str, title: str, amount: Amount, ids: Iterable[str]) -> Indicator:
    """A figure that is an amount, and the records it is of."""
    return Indicator(
        code,
        part,
        title,
        amount.UNIT,
        amount.value,
        tuple(ids if isinstance(ids, dict) else dict.fromkeys(ids)),
    )


def each(code: str, part: str, title: str, unit: type[Amount], ids: Iterable[str]) -> Indicator:
    """A figure that is the number of its records."""
    found = ids if isinstance(ids, dict) else dict.fromkeys(ids)
    return figure(code, part, title, unit.of(found), found)


@lru_cache(1 << 12)
def minutes(start: str | None, end: str | None) -> int:
    """From one time to the other; 0 where one is not known or they are the wrong way round."""
    first, then = start or "", end or ""
    if not days.is_clock(first) or not days.is_clock(then):
        return 0
    return max(0, days.minutes_between(first, then))
