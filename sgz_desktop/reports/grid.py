"""Rows of cells with rules: forms, tables, text in two columns. Splits over pages and draws its own frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Protocol

from .ink import MM, Ink
from .looks import EDGE, FRAME, INNER, ROW, UNDER_HEAD


class Content(Protocol):
    """What a cell holds."""

    def height(self, width: float, /) -> float: ...
    def split(self, width: float, height: float, /) -> tuple[Content | None, Content | None]: ...
    def draw(self, ink: Ink, x: float, top: float, width: float, /) -> None: ...


class Rules(NamedTuple):
    """Strokes of a grid in points; 0 draws none. `sides` are the frame's left and right."""

    top: float
    bottom: float
    row: float
    head: float
    inner: float = 0.0
    sides: float = 0.0


FORM = Rules(FRAME, FRAME, INNER, INNER, INNER, FRAME)
DATA = Rules(EDGE, EDGE, ROW, UNDER_HEAD)
LEDGER = Rules(FRAME, FRAME, ROW, UNDER_HEAD, ROW, FRAME)
CHOICES = Rules(UNDER_HEAD, UNDER_HEAD, INNER, INNER)


class Cell(NamedTuple):
    """Content over `span` columns; `middle` centres it in the row's height."""

    content: Content
    span: int = 1
    middle: bool = True


Row = Sequence[Cell]


@dataclass
class Grid:
    """A grid. `widths` are shares of the whole width; the first `heads` rows are repeated on each page.

    A row taller than `cut` points may be split inside; others move whole. `carry` writes what the first
    column said last into the first row after a split where that says nothing. No row
    below the heads is lower than `least`.
    """

    widths: Sequence[float]
    rows: Sequence[Row]
    rules: Rules
    heads: int = 0
    cut: float = 150.0
    pad_x: float = 2 * MM
    pad_y: float = 1.3 * MM
    space: float = 0.0
    keep: bool = False
    least: float = 0.0
    carry: bool = False
    # Heights by row and width, shared by the parts of a split table; the row is held so its id stays its own.
    _heights: dict[tuple[int, float], tuple[Row, float]] = field(default_factory=dict, repr=False)

    def _edges(self, width: float) -> list[float]:
        total, at, edges = sum(self.widths), 0.0, [0.0]
        for share in self.widths:
            at += share
            edges.append(width * at / total)
        return edges

    def _row_height(self, i: int, width: float) -> float:
        row = self.rows[i]
        known = self._heights.get((id(row), width))
        if known is not None:
            return known[1]
        edges, column, height = self._edges(width), 0, self.least if i >= self.heads else 0.0
        for cell in row:
            room = edges[column + cell.span] - edges[column] - 2 * self.pad_x
            height = max(height, cell.content.height(room) + 2 * self.pad_y)
            column += cell.span
        self._heights[id(row), width] = row, height
        return height

    def height(self, width: float) -> float:
        """Height of all rows."""
        return sum(self._row_height(i, width) for i in range(len(self.rows)))

    def heights(self, width: float) -> list[float]:
        """The height of each row."""
        return [self._row_height(i, width) for i in range(len(self.rows))]

    def room(self, i: int, cell: int, width: float) -> float:
        """How wide the content of a cell is set."""
        edges, column = self._edges(width), sum(one.span for one in self.rows[i][:cell])
        return edges[column + self.rows[i][cell].span] - edges[column] - 2 * self.pad_x

    def first(self, width: float) -> float:
        """Least height worth starting with: the heads and one row, or what a tall row may be cut to."""
        head = sum(self._row_height(i, width) for i in range(self.heads))
        if len(self.rows) <= self.heads:
            return head
        row = self._row_height(self.heads, width)
        return head + (min(row, 72.0) if row > self.cut else row)

    def split(self, width: float, height: float) -> tuple[Grid | None, Grid | None]:
        """(what fits into `height`, the rest with its heads repeated)."""
        room = height + 0.01
        for i in range(len(self.rows)):
            row = self._row_height(i, width)
            if row > room:
                return self._split_at(i, width, room)
            room -= row
        return self, None

    def _split_at(self, i: int, width: float, room: float) -> tuple[Grid | None, Grid | None]:
        if self._row_height(i, width) <= self.cut:
            if i == len(self.rows) - 1 and i > self.heads:
                i -= 1  # the last row does not go over alone
            if i == self.heads + 1 and self._row_height(i - 1, width) <= self.cut:
                return None, self  # nor does the first stay behind alone
        upper, lower = list(self.rows[:i]), list(self.rows[i:])
        if i >= self.heads and self._row_height(i, width) > self.cut:
            first, rest = self._split_row(self.rows[i], width, room)
            if first:
                upper.append(first)
                lower[0:1] = [rest] if rest else []
        if len(upper) <= self.heads or not lower:
            return None, self
        if self.carry:
            lower[0] = self._carried(upper, lower[0])
        return self._part(upper), self._part([*self.rows[: self.heads], *lower], after=True)

    def _carried(self, above: Sequence[Row], row: Row) -> Row:
        """`row` with the first column's last word above, where it has none of its own."""
        said = [one[0] for one in above[self.heads :] if _says(one[0])]
        return row if _says(row[0]) or not said else [said[-1], *row[1:]]

    def _split_row(self, row: Row, width: float, room: float) -> tuple[Row | None, Row | None]:
        from .cells import Empty

        edges, column = self._edges(width), 0
        upper, lower, left = [], [], False
        for cell in row:
            inside = edges[column + cell.span] - edges[column] - 2 * self.pad_x
            first, rest = cell.content.split(inside, room - 2 * self.pad_y)
            if first is None:
                return None, row
            left = left or rest is not None
            upper.append(Cell(first, cell.span, False))
            lower.append(Cell(rest or Empty(), cell.span, False))
            column += cell.span
        return upper, lower if left else None

    def _part(self, rows: Sequence[Row], after: bool = False) -> Grid:
        return replace(self, rows=rows, space=0.0 if after else self.space)

    def draw(self, ink: Ink, x: float, top: float, width: float) -> None:
        """Draws rules and contents."""
        edges, y, rules = self._edges(width), top, self.rules
        for i, row in enumerate(self.rows):
            height = self._row_height(i, width)
            if i:
                ink.rule(x, y, x + width, y, rules.head if i == self.heads else rules.row)
            self._draw_row(ink, row, x, y, height, edges)
            y -= height
        for level, stroke in ((top, rules.top), (y, rules.bottom)):
            if stroke:
                ink.rule(x - rules.sides / 2, level, x + width + rules.sides / 2, level, stroke)
        if rules.sides:
            ink.rule(x, top, x, y, rules.sides)
            ink.rule(x + width, top, x + width, y, rules.sides)

    def _draw_row(self, ink: Ink, row: Row, x: float, y: float, height: float, edges: list[float]) -> None:
        column = 0
        for cell in row:
            left, room = edges[column], edges[column + cell.span] - edges[column]
            if column and self.rules.inner:
                ink.rule(x + left, y, x + left, y - height, self.rules.inner)
            inside = room - 2 * self.pad_x
            free = height - 2 * self.pad_y - cell.content.height(inside)
            down = self.pad_y + (free / 2 if cell.middle else 0)
            cell.content.draw(ink, x + left + self.pad_x, y - down, inside)
            column += cell.span


def _says(cell: Cell) -> bool:
    natural = getattr(cell.content, "natural_width", None)
    return natural is not None and natural() > 0
