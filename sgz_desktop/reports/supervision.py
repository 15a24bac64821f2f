"""The copy of a case file for a supervisor: what to look at first, then the sheets with numbered margins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from .flow import Page
from .ink import A4, Bookmark, Ink, Paper
from .looks import FILE_PAGE
from .margin_marks import draw, numbered
from .pages import Margins, body, margins, practice_frame, watermark
from .sheets import laid_out
from .uncollected import uncollected
from .values import Sheet, SupervisorFile

Progress = Callable[[int, int], None]


class Place(NamedTuple):
    """Where a mark stands: the index of its sheet, the page of that sheet (from 1), and how far up the page
    its block goes, in pt from the page's foot."""

    sheet: int
    page: int
    top: float
    bottom: float


class Laid(NamedTuple):
    """A sheet on its pages."""

    sheet: Sheet
    pages: list[Page]


def lay(sheets: Sequence[Sheet]) -> list[Laid]:
    """The sheets on their pages."""
    return [Laid(sheet, laid_out(sheet, FILE_PAGE)) for sheet in sheets]


def places(laid: Sequence[Laid]) -> list[Place]:
    """Every mark of a copy in its order; the first has the number 1."""
    head = A4[1] - FILE_PAGE.top
    return [
        Place(at, page, head - spot.top, head - spot.bottom)
        for at, one in enumerate(laid)
        for page, found in enumerate(numbered(one.pages, FILE_PAGE.width), start=1)
        for spot in found
    ]


@uncollected
def build(
    file: SupervisorFile, progress: Progress | None = None, laid: Sequence[Laid] | None = None
) -> bytes:
    """The copy as PDF bytes; the same value gives the same bytes. `laid` are its sheets where they are laid
    out already.

    `progress(done, total)` is called after each page and may raise `errors.Cancelled`.
    """
    opening, rest = lay(file.opening), list(laid if laid is not None else lay(file.sheets))
    total = sum(len(one.pages) for one in (*opening, *rest))
    marks = dict[tuple[int, int], list[tuple[int, float]]]()
    for number, place in enumerate(places(rest), start=1):
        marks.setdefault((place.sheet, place.page), []).append((number, place.top))
    paper, done = Paper(), 0
    for at, one in enumerate((*opening, *rest), start=-len(opening)):
        paper.bookmarks.append(Bookmark(_words(one.sheet), done, A4[1]))
        around = _margins(file, one.sheet, marked=at >= 0)
        for number, page in enumerate(one.pages, start=1):
            ink = Ink(paper)
            done += 1
            if file.watermark:
                watermark(ink, file.watermark)
            if file.practice:
                practice_frame(ink)
            margins(ink, FILE_PAGE, around, done, total)
            body(ink, page, FILE_PAGE)
            for mark, top in marks.get((at, number), ()):
                draw(ink, mark, FILE_PAGE.left, top)
            paper.add(ink)
            if progress:
                progress(done, total)
    return paper.finish(f"{file.title} {file.number}")


def _words(sheet: Sheet) -> str:
    return f"{sheet.title}　{sheet.on}" if sheet.on else sheet.title


def _margins(file: SupervisorFile, sheet: Sheet, *, marked: bool) -> Margins:
    right = f"{file.title}　{sheet.title}" + (f" {sheet.number}" if marked else "")
    return Margins(file.station, right, f"文件编号 {file.number}", file.footer)
