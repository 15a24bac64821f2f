"""A ledger on A4 across: title and line, the full grid, its heads on every page. Nothing is cut: text wraps.

A ledger has thousands of cells and few different ones, so each text is broken and drawn once for its column
and put in its places from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple

from sgz_desktop.domain.ledger import Cell, Head, Sheet, Sort

from .breaking import Line, Run, runs
from .fonts import HEI, SONG
from .ink import A4, MM, Bookmark, Ink, Paper
from .looks import FRAME, INTERNAL, LEDGER_PAGE, ROW, UNDER_HEAD
from .pages import Margins, margins, practice_frame
from .paragraph import Paragraph
from .uncollected import uncollected

Progress = Callable[[int, int], None]
ACROSS = (A4[1], A4[0])
SIZE, HEAD_SIZE, LEADING = 10.0, 9.5, 14.0
PAD_X, PAD_Y = 1.5 * MM, 1.2 * MM
CUT, LEAST = 150.0, 4  # points a row may be before it is split, lines worth beginning with
FOOTER, EMPTY = "内部资料　注意保密", "这段时间没有记录。"


class Drawn(NamedTuple):
    """One line of a cell: how far in it starts, and the operators after its place, or those of a line that
    must be drawn where it stands (`run`)."""

    inset: float
    operators: str
    run: Callable[[Ink, float, float], None] | None = None


Row = Sequence[Sequence[Drawn]]  # the lines of each cell


@uncollected
def build(sheet: Sheet, progress: Progress | None = None) -> bytes:
    """The ledger as PDF bytes; the same value gives the same bytes.

    `progress(done, total)` is called after each page and may raise `errors.Cancelled`.
    """
    paper = Paper()
    setter = _Setter(paper, sheet)
    top = _title(sheet)
    pages = list(
        setter.pages(LEDGER_PAGE.height - sum(one.height(LEDGER_PAGE.width) + one.space for one in top))
    )
    words = Margins(sheet.station, sheet.title, f"文件编号 {sheet.number}", FOOTER)
    for number, rows in enumerate(pages, start=1):
        ink = Ink(paper, ACROSS)
        if sheet.practice:
            practice_frame(ink)
        margins(ink, LEDGER_PAGE, words, number, len(pages))
        y = ACROSS[1] - LEDGER_PAGE.top
        for paragraph in top if number == 1 else ():
            y -= paragraph.space
            paragraph.draw(ink, LEDGER_PAGE.left, y, LEDGER_PAGE.width)
            y -= paragraph.height(LEDGER_PAGE.width)
        if sheet.rows:
            setter.draw(ink, rows, y)
        paper.add(ink)
        if progress:
            progress(number, len(pages))
    paper.bookmarks = [Bookmark(sheet.title, 0, ACROSS[1])]
    return paper.finish(f"{sheet.title} {sheet.number}")


def _title(sheet: Sheet) -> list[Paragraph]:
    found = [Paragraph(sheet.title, INTERNAL.title), Paragraph(sheet.line, INTERNAL.under_title, 1.0)]
    if not sheet.rows:
        found.append(Paragraph(EMPTY, INTERNAL.under_title, 12.0))
    return [*found, Paragraph("", INTERNAL.under_title)]


class _Setter:
    """Sets the cells of one ledger: each text is broken once for its column."""

    def __init__(self, paper: Paper, sheet: Sheet) -> None:
        self._paper = paper
        self._rows = sheet.rows
        self._edges = _edges(sheet.heads)
        self._sorts = [head.sort for head in sheet.heads]
        self._kept: dict[tuple[int, str], Sequence[Drawn]] = {}
        self._head: Row = [
            self._set(head.words, place, HEI, HEAD_SIZE, "centre") for place, head in enumerate(sheet.heads)
        ]

    def pages(self, first: float) -> Iterator[list[Row]]:
        """The rows of each page, of which the first has only some room."""
        head = _height(self._head)
        room, page = first - head, list[Row]()
        whole = LEDGER_PAGE.height - head
        for cells in self._rows:
            left: Row | None = [self._cell(place, cell) for place, cell in enumerate(cells)]
            while left:
                part, left = _fitting(left, room)
                if part:
                    page.append(part)
                    room -= _height(part)
                else:
                    yield page
                    room, page = whole, []
        yield page

    def _cell(self, place: int, cell: Cell) -> Sequence[Drawn]:
        text = _words(cell)
        found = self._kept.get((place, text))
        if found is None:
            across = ALIGNED[self._sorts[place]]
            found = self._kept[place, text] = self._set(text, place, SONG, SIZE, across)
        return found

    def _set(self, text: str, place: int, face: str, size: float, across: str) -> Sequence[Drawn]:
        room = int(self._width(place) * 1000 / size + 0.5)
        return [
            self._line(run, line, size, {"centre": 0.5, "right": 1.0}.get(across, 0.0) * (room - line.width))
            for run in runs(text, face)
            for line in run.lines(room, 0, whole=True) or [Line(0, 0, 0, 0, True)]
        ]

    def _width(self, place: int) -> float:
        return self._edges[place + 1] - self._edges[place] - 2 * PAD_X

    def _line(self, run: Run, line: Line, size: float, spare: float) -> Drawn:
        inset = spare * size / 1000
        scratch = Ink(self._paper, ACROSS)
        scratch.line(run, line, inset, 0, size)
        if not scratch.operators:
            return Drawn(0.0, "")
        if len(scratch.operators) > 1:  # a dash is drawn as a stroke, which knows its own place
            return Drawn(inset, "", lambda ink, x, y: ink.line(run, line, x, y, size))
        _, x, _, _, rest = scratch.operators[0].split(" ", 4)
        return Drawn(float(x), rest)

    def draw(self, ink: Ink, rows: Sequence[Row], top: float) -> None:
        """Draws the heads and some rows below `top`."""
        left, right, y = self._edges[0], self._edges[-1], top
        for number, row in enumerate((self._head, *rows)):
            if number:
                ink.rule(left, y, right, y, UNDER_HEAD if number == 1 else ROW)
            height = _height(row)
            for at, lines in zip(self._edges, row, strict=False):
                _draw_cell(ink, lines, at + PAD_X, y, height)
            y -= height
        for at in self._edges[1:-1]:
            ink.rule(at, top, at, y, ROW)
        ink.frame(left, y, right - left, top - y, FRAME)


def _edges(heads: Sequence[Head]) -> list[float]:
    """Where the columns begin and the last ends: what is fixed has its width, the others share the rest."""
    fixed = sum(head.width for head in heads if head.fixed) * MM
    shared = sum(head.width for head in heads if not head.fixed) * MM
    scale = max(LEDGER_PAGE.width - fixed, 1.0) / shared if shared else 1.0
    return [
        *accumulate(
            (head.width * MM * (1 if head.fixed else scale) for head in heads), initial=LEDGER_PAGE.left
        )
    ]


def _draw_cell(ink: Ink, lines: Sequence[Drawn], x: float, top: float, height: float) -> None:
    """The lines of a cell, in the middle of its row's height."""
    y = top - (height - LEADING * len(lines)) / 2 - LEADING / 2 - 0.36 * SIZE
    for line in lines:
        if line.run:
            line.run(ink, x + line.inset, y)
        elif line.operators:
            ink.operators.append(f"BT {x + line.inset:.2f} {y:.2f} Td {line.operators}")
        y -= LEADING


def _height(row: Row) -> float:
    return max(map(len, row)) * LEADING + 2 * PAD_Y


def _fitting(row: Row, room: float) -> tuple[Row | None, Row | None]:
    """What of a row fits into some room, and the rest: a row moves whole unless it is a tall one."""
    if _height(row) <= room:
        return row, None
    lines = int((room - 2 * PAD_Y) / LEADING)
    if _height(row) <= CUT or lines < LEAST:
        return None, row
    return [cell[:lines] for cell in row], [cell[lines:] for cell in row]


ALIGNED = {Sort.DAY: "centre", Sort.NUMBER: "centre", Sort.MONEY: "right", Sort.TEXT: "left"}


def _words(cell: Cell) -> str:
    """A cell as it is printed: days as 2026-06-30, money with its fen."""
    if isinstance(cell, date):
        return cell.isoformat()
    return f"{cell:,.2f}" if isinstance(cell, Decimal) else "" if cell is None else str(cell)
