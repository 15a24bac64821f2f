"""Sheets printed together, each beginning a page: what is taken along on a round, lists of a station."""

from __future__ import annotations

from collections.abc import Callable

from .ink import A4, Bookmark, Ink, Paper
from .looks import VISIT_PAGE
from .pages import Margins, body, margins, practice_frame
from .sheets import laid_out
from .uncollected import uncollected
from .values import Packet, Sheet

Progress = Callable[[int, int], None]
INTERNAL = "内部资料　注意保密"


@uncollected
def build(packet: Packet, progress: Progress | None = None) -> bytes:
    """The sheets as PDF bytes; the same value gives the same bytes.

    `progress(done, total)` is called after each page and may raise `errors.Cancelled`.
    """
    laid = [(sheet, laid_out(sheet, VISIT_PAGE)) for sheet in packet.sheets]
    total = sum(len(pages) for _, pages in laid)
    paper, number = Paper(), 0
    for sheet, pages in laid:
        paper.bookmarks.append(Bookmark(sheet.on or sheet.title, number, A4[1]))
        for page in pages:
            number += 1
            ink = Ink(paper)
            if packet.practice:
                practice_frame(ink)
            margins(ink, VISIT_PAGE, _margins(packet, sheet), number, total)
            body(ink, page, VISIT_PAGE)
            paper.add(ink)
            if progress:
                progress(number, total)
    return paper.finish(packet.title)


def _margins(packet: Packet, sheet: Sheet) -> Margins:
    right = " ".join(one for one in (sheet.title, sheet.number) if one)
    return Margins(packet.station, right, packet.number, sheet.footer or INTERNAL)
