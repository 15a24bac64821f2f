"""Sheets that are printed together and handed out apart: each has its own pages 1 to n, and no cover."""

from __future__ import annotations

from collections.abc import Callable

from .case_file import FOOTERS
from .ink import A4, Bookmark, Ink, Paper
from .looks import BLANK_PAGE, FILE_PAGE
from .pages import Margins, body, margins, practice_frame
from .sheets import laid_out
from .uncollected import uncollected
from .values import Handouts

Progress = Callable[[int, int], None]


@uncollected
def build(handouts: Handouts, progress: Progress | None = None) -> bytes:
    """The sheets as PDF bytes; the same value gives the same bytes.

    `progress(done, total)` is called after each page and may raise `errors.Cancelled`.
    """
    block = BLANK_PAGE if handouts.blank else FILE_PAGE
    laid = [laid_out(sheet, block, blank=handouts.blank) for sheet in handouts.sheets]
    total, done = sum(len(pages) for pages in laid), 0
    paper, marks = Paper(), []
    for sheet, pages in zip(handouts.sheets, laid, strict=True):
        marks.append(Bookmark(f"{sheet.title}　{sheet.number}", done, A4[1]))
        number_words = sheet.number if handouts.blank else f"文件编号 {sheet.number}"
        words = Margins(handouts.station, sheet.title, number_words, sheet.footer or FOOTERS[sheet.paper])
        for number, page in enumerate(pages, start=1):
            ink = Ink(paper)
            if handouts.practice:
                practice_frame(ink)
            margins(ink, block, words, number, len(pages))
            body(ink, page, block)
            paper.add(ink)
            done += 1
            if progress:
                progress(done, total)
    paper.bookmarks = marks
    return paper.finish(handouts.title)
