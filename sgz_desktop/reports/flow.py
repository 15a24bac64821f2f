"""Fills pages with blocks from top to bottom and decides where a page ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from .ink import Ink
from .looks import Sheet
from .paragraph import Paragraph


class Block(Protocol):
    """A piece of a page. `space` is white above it; `keep` holds it together with what follows."""

    space: float
    keep: bool

    def height(self, width: float, /) -> float: ...
    def split(self, width: float, height: float, /) -> tuple[Block | None, Block | None]: ...
    def draw(self, ink: Ink, x: float, top: float, width: float, /) -> None: ...


class Placed(NamedTuple):
    """A block on a page; `top` in points below the top of the text block."""

    block: Block
    top: float


Page = list[Placed]


class Flow:
    """Blocks laid out on pages of one size."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.pages: list[Page] = [[]]
        self._used = self._grown = 0.0

    def add(self, blocks: Sequence[Block]) -> None:
        """Lays out blocks after what is already there."""
        waiting = list(blocks)
        while waiting:
            block = waiting.pop(0)
            waiting[0:0] = self._place(block, waiting)

    @property
    def used(self) -> float:
        """How much stands on the last page, in points, without what boxes grew by."""
        return self._used - self._grown

    def turn(self) -> None:
        """Begins a page."""
        self.pages.append([])
        self._used = self._grown = 0.0

    def _put(self, block: Block, height: float) -> None:
        space = block.space if self.pages[-1] else 0.0
        self.pages[-1].append(Placed(block, self._used + space))
        self._used += space + height

    def _place(self, block: Block, after: list[Block]) -> list[Block]:
        """Places one block, turning the page as needed; returns what has to be placed next."""
        width = self._sheet.width
        space = block.space if self.pages[-1] else 0.0
        room = self._sheet.height - self._used - space
        height = block.height(width)
        grow = getattr(block, "grown", None)
        if grow is not None and height <= room:
            block = grow(max(height, room - self._follow_up(after)))
            self._grown += block.height(width) - height
            height = block.height(width)
        needed = height + (self._start(after) if block.keep else 0.0)
        if needed <= room + 0.01:
            self._put(block, height)
            return []
        return self._broken(block, height, room, fits=height <= room + 0.01)

    def _broken(self, block: Block, height: float, room: float, fits: bool) -> list[Block]:
        width = self._sheet.width
        # A block that fits but must stay with the next gives its last part to the next page.
        first, rest = block.split(width, height - 1 if fits else room)
        if first is not None and rest is not None and not (fits and first.height(width) < 40):
            self._put(first, first.height(width))
            self.turn()
            return [rest]
        tied = self._tied()
        if len(tied) < len(self.pages[-1]):
            del self.pages[-1][len(self.pages[-1]) - len(tied) :]
            self.turn()
            return [*tied, block]
        if fits or not tied:
            self._put(block, height)  # with nothing above but what belongs to it, no page suits it better
            return []
        self.turn()
        return [block]

    def _tied(self) -> list[Block]:
        """Blocks at the foot of the page that are held together with the next one."""
        tied: list[Block] = []
        for placed in reversed(self.pages[-1]):
            if not placed.block.keep:
                break
            tied.insert(0, placed.block)
        return tied

    def _start(self, after: list[Block]) -> float:
        """Height the following block needs to begin with, and all it is tied to."""
        width, total = self._sheet.width, 0.0
        for block in after:
            total += block.space + least(block, width)
            if not block.keep:
                break
        return total

    def _follow_up(self, after: list[Block]) -> float:
        """Height of everything that follows, which a growing block leaves free."""
        return sum(block.space + block.height(self._sheet.width) for block in after)


def least(block: Block, width: float) -> float:
    """Least height a block can begin with at the foot of a page."""
    first = getattr(block, "first", None)
    if first is not None:
        return float(first(width))
    height = block.height(width)
    return min(height, 2 * block.style.leading) if isinstance(block, Paragraph) else height
