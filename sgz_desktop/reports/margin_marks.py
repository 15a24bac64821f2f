"""Where the numbered marks of a supervisor's copy stand: beside each paragraph, long row, table and chart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .cells import Options
from .charts import Chart, GoalChart, Pair, TargetTable
from .flow import Block, Page
from .fonts import SONG
from .genogram import FamilyDrawing
from .grid import Grid
from .ink import MM, Ink
from .paragraph import Paragraph
from .verdict import ConditionRow

RADIUS, SIZE, INSET = 6.4, 8.5, 7 * MM
APART = 2 * RADIUS + 3  # points between the tops of two marks
LONG = 40.0  # points of a row that is marked by itself
FIGURES = (GoalChart, Chart, Pair, TargetTable, FamilyDrawing)


class Spot(NamedTuple):
    """A place of a page: points below the top of its text block."""

    top: float
    bottom: float


def spots(page: Page, width: float) -> list[Spot]:
    """The places of a page that get a mark, from top to bottom."""
    found: list[Spot] = []
    together = False  # conditions of one verdict have one mark
    for placed in page:
        condition = isinstance(placed.block, ConditionRow)
        for top, bottom in _of(placed.block, width):
            spot = Spot(placed.top + top, placed.top + bottom)
            near = bool(found) and (spot.top - found[-1].top < APART or (condition and together))
            found[-1:] = [Spot(found[-1].top, spot.bottom)] if near else [*found[-1:], spot]
        together = condition
    return found


def _of(block: Block, width: float) -> Iterator[tuple[float, float]]:
    if isinstance(block, Paragraph):
        if _is_text(block):
            yield from block.parts(width)
    elif isinstance(block, Grid):
        yield from _rows(block, width)
    elif isinstance(block, (*FIGURES, ConditionRow, Options)):
        yield 0.0, block.height(width)


def _is_text(paragraph: Paragraph) -> bool:
    """Is it told, not a title, a heading or a note?"""
    style = paragraph.style
    return style.face == SONG and style.size > 10 and style.align == "justify"


def _rows(grid: Grid, width: float) -> Iterator[tuple[float, float]]:
    """Long rows one by one, each of their paragraphs too; what is short between them together."""
    at, short, heights = 0.0, 0.0, grid.heights(width)
    for i, height in enumerate(heights):
        if i < grid.heads:
            short = at + height
        elif height >= LONG:
            if short < at:
                yield short, at
            yield from ((at + top, at + bottom) for top, bottom in _longest(grid, i, width, height))
            short = at + height
        at += height
    if short < at:
        yield short, at


def _longest(grid: Grid, i: int, width: float, height: float) -> list[tuple[float, float]]:
    """The paragraphs of the cell of a row that has most of them; the row itself where none has several."""
    found = [(0.0, height)]
    for number, cell in enumerate(grid.rows[i]):
        if isinstance(cell.content, Paragraph) and cell.content.style.indent:  # prose, not lines of a list
            room = grid.room(i, number, width)
            down = (height - cell.content.height(room)) / 2 if cell.middle else grid.pad_y
            parts = [(down + top, down + bottom) for top, bottom in cell.content.parts(room)]
            found = parts if len(parts) > len(found) else found
    return found


def draw(ink: Ink, number: int, left: float, top: float) -> None:
    """A number in a circle, left of a text block that begins at `left`; its first line begins at `top`."""
    x, y = left - INSET, top - RADIUS - 1.5
    ink.circle(x, y, RADIUS, 0.6)
    size = SIZE if number < 100 else SIZE - 2
    ink.write(str(number), x, y - 0.36 * size, size, SONG, "centre")


def numbered(pages: Sequence[Page], width: float) -> list[list[Spot]]:
    """The places of each page of a sheet; a sheet without any has one at its head."""
    found = [spots(page, width) for page in pages]
    if pages and not any(found):
        found[0] = [Spot(0.0, pages[0][-1].top + pages[0][-1].block.height(width) if pages[0] else 0.0)]
    return found
