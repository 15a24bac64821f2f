"""Measures of the papers: text block, type scale, strokes. Points unless named otherwise.

Brief: habits of GB/T 9704-2012 (天头 37 mm, 订口 28 mm, 版心 156 x 225 mm, 22 lines of 28 characters).
"""

from __future__ import annotations

from typing import NamedTuple

from .fonts import HEI, KAI, MING, SONG
from .ink import MM
from .paragraph import Style

# Strokes.
ROW, INNER, LINE, UNDER_HEAD, FRAME, EDGE = 0.3, 0.4, 0.5, 0.6, 0.8, 1.2


class Sheet(NamedTuple):
    """The text block of a page, in points from its left and top edge."""

    left: float
    top: float
    width: float
    height: float


FILE_PAGE = Sheet(28 * MM, 30 * MM, 162 * MM, 244 * MM)
LEDGER_PAGE = Sheet(20 * MM, 32 * MM, 262 * MM, 158 * MM)  # across, bound at the top
BLANK_PAGE = Sheet(25 * MM, 28 * MM, 168 * MM, 249 * MM)  # and the contents of an archive
BRIEF_PAGE = Sheet(28 * MM, 37 * MM, 156 * MM, 225 * MM)


class Look(NamedTuple):
    """The type scale of one kind of page."""

    title: Style
    under_title: Style
    section: Style
    body: Style
    label: Style
    cell: Style
    data_head: Style
    data: Style
    note: Style
    column_text: Style
    caption: Style
    choice: Style
    brief: bool = False
    client: bool = False
    row: float = 7.6 * MM  # at least, of a form
    table_row: float = 0.0  # at least, of a table


def _plain(face: str, size: float, leading: float, align: str = "left") -> Style:
    return Style(face, size, leading, 0.0, align)


def _cell(size: float, leading: float, align: str = "justify") -> Style:
    return Style(SONG, size, leading, 0.0, align, True)


_TITLE = _plain(MING, 20, 28, "centre")
_UNDER = _plain(SONG, 9.5, 14, "centre")

INTERNAL = Look(
    title=_TITLE,
    under_title=_UNDER,
    section=_plain(HEI, 12.5, 19),
    body=Style(SONG, 10.5, 17, 2),
    label=_plain(HEI, 9.5, 14.5, "centre"),
    cell=_cell(10, 14.5),
    data_head=_plain(HEI, 9.5, 14),
    data=_plain(SONG, 10, 14),
    note=_plain(SONG, 9, 13.5, "justify"),
    column_text=Style(SONG, 11, 18.5, 2),
    caption=_plain(HEI, 9.5, 14, "centre"),
    choice=_plain(SONG, 10, 14.5),
)
CLIENT = Look(
    title=_TITLE,
    under_title=_plain(SONG, 11.5, 17, "centre"),
    section=_plain(HEI, 13.5, 22.5),
    body=Style(SONG, 13.5, 22.5, 2),
    label=_plain(HEI, 11.5, 17.5, "centre"),
    cell=_cell(11.5, 17.5),
    data_head=_plain(HEI, 11.5, 17.5),
    data=_plain(SONG, 11.5, 17.5),
    note=_plain(SONG, 11.5, 17.5, "justify"),
    column_text=Style(SONG, 13.5, 22.5, 2),
    caption=_plain(HEI, 11.5, 17, "centre"),
    choice=_plain(SONG, 13.5, 22.5),
    client=True,
)
WALL = CLIENT._replace(
    title=_plain(MING, 40, 64, "centre"),
    body=Style(SONG, 18, 32, 2),
    label=_plain(HEI, 14, 22, "centre"),
    cell=_cell(16, 25),
    row=14 * MM,
)
BRIEF = Look(
    title=_plain(MING, 22, 33, "centre"),
    under_title=_plain(SONG, 14, 26, "centre"),
    section=Style(HEI, 15.75, 28.95, 2, "left"),
    body=Style(SONG, 15.75, 28.95, 2),
    label=_plain(HEI, 10.5, 14.5, "centre"),
    cell=_cell(10.5, 14.5),
    data_head=_plain(HEI, 10.5, 14.5),
    data=_plain(SONG, 10.5, 14.5),
    note=_plain(SONG, 9.5, 14, "justify"),
    column_text=Style(SONG, 11, 18.5, 2),
    caption=_plain(HEI, 10.5, 16, "centre"),
    choice=_plain(SONG, 10.5, 14.5),
    brief=True,
)
SUB_SECTION = Style(KAI, 15.75, 28.95, 2, "left")  # （一） of a brief

LOOKS = {"CLIENT": CLIENT, "INTERNAL": INTERNAL, "BUREAU": INTERNAL}
HANDWRITING = 10 * MM  # the least row for a pen
