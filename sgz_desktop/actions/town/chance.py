"""Choices that fall alike in every run, on every computer."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """A row of choices. Only `Random.random()` is used: Python promises its numbers for a seed for ever."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)

    def share(self, part: float) -> bool:
        """True in about `part` (0 to 1) of the calls."""
        return self._random.random() < part

    def number(self, least: int, most: int) -> int:
        """A whole number from `least` to `most`."""
        return least + int(self._random.random() * (most - least + 1))

    def near(self, value: float) -> int:
        """`value` rounded down or up, so that the mean is right."""
        return int(value + self._random.random())

    def pick(self, items: Sequence[T]) -> T:
        """One of the items, all equally likely."""
        return items[int(self._random.random() * len(items))]

    def weighted(self, items: Sequence[tuple[T, float]]) -> T:
        """One of the items by weight."""
        at = self._random.random() * sum(weight for _, weight in items)
        for item, weight in items:
            at -= weight
            if at < 0:
                return item
        return items[-1][0]

    def shuffled(self, items: Iterable[T]) -> list[T]:
        """The items in another order."""
        return [item for _, _, item in sorted((self._random.random(), n, one) for n, one in enumerate(items))]

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """`count` of the items, each once."""
        return self.shuffled(items)[:count]
