"""How wide the columns of a table of child records are, and how many have room side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sgz_desktop.actions.contract_year import target_options
from sgz_desktop.actions.papers_words import Asked

ROOM = 45.0  # characters on a line of 162 mm
EDGES = 1.2  # characters a cell's edges take
NARROW, WIDE, LEAST = 3.5, 12.0, 6.0
KEPT = 9.4  # a full date does not wrap
MOST_COLUMNS = 6  # when they do not fit by what they say
# Keys that have a name for people: of (kind, field), all of them by key.
KEYS: Mapping[tuple[str, str], Callable[[], Mapping[str, str]]] = {
    ("contract_target", "indicator"): lambda: dict(target_options())
}


@dataclass(frozen=True, slots=True)
class Line:
    """One child record, each field in words; a key by what people call it."""

    asked: Asked

    def says(self, name: str) -> str:
        """The field in words, '' where unknown."""
        names = KEYS.get((self.asked.record.KIND, name))
        if names is None:
            return self.asked.says(name)
        key = str(self.asked.raw(name) or "")
        return names().get(key, key)


def need(texts: Sequence[str]) -> float:
    """How wide a column of these texts is when none of them wraps, in characters."""
    lines = [line for text in texts for line in text.split("\n")]
    return max(NARROW, max(sum(0.6 if ch.isascii() else 1.0 for ch in line) for line in lines) + EDGES)


def fitting(needs: Sequence[float]) -> int:
    """How many columns fit side by side, the long ones wrapped; never fewer than `MOST_COLUMNS`."""
    taken = 0.0
    for count, one in enumerate(needs):
        taken += min(one, WIDE)
        if taken > ROOM and count >= MOST_COLUMNS:
            return count
    return len(needs)


def spread_widths(needs: Sequence[float], more: bool = False) -> list[float]:
    """Widths as shares: short texts have what they need, the longest share what is left alike. With `more`
    the last column holds what has none of its own, so it is long."""
    wanted = [*needs[:-1], max(needs[-1], 2 * WIDE)] if more else list(needs)
    wide = sorted(one for one in wanted if one > KEPT)
    left = max(ROOM - sum(one for one in wanted if one <= KEPT), LEAST * len(wide))
    for place, one in enumerate(wide):
        each = left / (len(wide) - place)
        if one > each:
            return [need if need <= KEPT else min(need, each) for need in wanted]
        left -= one
    return wanted
