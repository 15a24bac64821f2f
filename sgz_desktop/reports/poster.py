"""服务目录 for the wall: large type, A4 or A3 upright, read from two steps away."""

from __future__ import annotations

from collections.abc import Callable

from .flow import Flow, Page
from .fonts import HEI, MING, SONG
from .grid import LEDGER, Cell, Grid
from .ink import A4, MM, Bookmark, Ink, Paper
from .looks import Sheet
from .pages import body, practice_frame
from .paragraph import Paragraph, Style
from .uncollected import uncollected
from .values import Poster

Progress = Callable[[int, int], None]
A3 = (A4[1], 2 * A4[0])
SIZES = (22, 20, 18, 16.5, 15, 14, 13.5, 13, 12.5, 12)  # of the rows: the largest that leaves all on one page
LARGER = A4[1] / A4[0]  # what is set for A4 is this much larger on A3
EDGE_ROOM = 16 * MM


@uncollected
def build(poster: Poster, progress: Progress | None = None) -> bytes:
    """The poster as PDF bytes; the same value gives the same bytes."""
    size, scale = (A3, LARGER) if poster.large else (A4, 1.0)
    edge = EDGE_ROOM * scale
    block = Sheet(edge, edge * 1.2, size[0] - 2 * edge, size[1] - 2.6 * edge)
    pages = _largest(poster, block, scale)
    paper = Paper()
    for number, page in enumerate(pages, start=1):
        ink = Ink(paper, size)
        if poster.practice:
            practice_frame(ink)
        body(ink, page, block)
        if len(pages) > 1:
            ink.write(f"{number}/{len(pages)}", size[0] / 2, edge * 0.6, 10 * scale, anchor="centre")
        paper.add(ink)
        if progress:
            progress(number, len(pages))
    paper.bookmarks = [Bookmark(poster.title, 0, size[1])]
    return paper.finish(poster.title)


def _largest(poster: Poster, block: Sheet, scale: float) -> list[Page]:
    for size in SIZES[:-1]:
        pages = _laid(poster, block, scale, size)
        if len(pages) == 1:
            return pages
    return _laid(poster, block, scale, SIZES[-1])


def _laid(poster: Poster, block: Sheet, scale: float, size: float) -> list[Page]:
    heads = [Cell(_text(one.head, scale * size, HEI, one.align)) for one in poster.columns]
    rows = [
        [
            Cell(_text(text, scale * size, HEI if place == poster.bold else SONG, one.align))
            for place, (text, one) in enumerate(zip(row, poster.columns, strict=True))
        ]
        for row in poster.rows
    ]
    grid = Grid(
        [one.width for one in poster.columns],
        [heads, *rows],
        LEDGER,
        heads=1,
        pad_y=1.8 * MM * scale,
        space=5 * MM * scale,
        least=13 * MM * scale,
    )
    flow = Flow(block)
    told = Style(SONG, 13 * scale, 21 * scale, 0, "left")
    foot = [Paragraph(line, told) for line in poster.foot]
    if foot:
        foot[0].space = 4 * MM * scale
    flow.add(
        [
            Paragraph(poster.station, Style(HEI, 15 * scale, 24 * scale, 0, "centre"), keep=True),
            Paragraph(poster.title, Style(MING, 34 * scale, 48 * scale, 0, "centre"), keep=True),
            grid,
            *foot,
        ]
    )
    return flow.pages


def _text(text: str, size: float, face: str, align: str) -> Paragraph:
    return Paragraph(text, Style(face, size, size * 1.45, 0, align))
