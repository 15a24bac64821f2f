"""Draws laid-out pages: text block, header, footer, 练习 frame."""

from __future__ import annotations

from typing import NamedTuple

from .breaking import Run
from .flow import Page
from .fonts import HEI, SONG, tidy
from .ink import MARK, MM, Ink
from .looks import LINE, Sheet

PRACTICE = "练习　人物情节均为虚构，不作凭证"
SMALL = 8.5
MARK_SIZE, MARK_ROOM = 30, 190 * MM


class Margins(NamedTuple):
    """What stands in the margins of one page of a file."""

    header_left: str = ""
    header_right: str = ""
    footer_left: str = ""
    footer_right: str = ""


def shortened(text: str, size: float, room: float, face: str = SONG) -> str:
    """`text`, ended in … where it would be wider than `room` points."""
    text = tidy(text).replace("\n", " ")
    if Run(text, face).width * size / 1000 <= room:
        return text
    while text and Run(text + "…", face).width * size / 1000 > room:
        text = text[:-1]
    return text + "…"


def practice_frame(ink: Ink) -> None:
    """The framed line that marks every page of the practice station; its text copies out with the page."""
    width, height = 63 * MM, 5.6 * MM
    middle, y = ink.size[0] / 2, ink.size[1] - 6 * MM - height
    ink.rounded(middle - width / 2, y, width, height, 4, 0.8)
    ink.write(PRACTICE, middle, y + height / 2 - 3.2, 9, HEI, "centre")


def watermark(ink: Ink, text: str) -> None:
    """Who a copy is for, twice across the page in grey, beneath everything else."""
    text = shortened(text, MARK_SIZE, MARK_ROOM, HEI)
    wide, high = ink.size
    for share in (0.32, 0.68):
        with ink.turned(wide / 2, high * share, 32, MARK):
            ink.write(text, 0, -MARK_SIZE / 3, MARK_SIZE, HEI, "centre")


def body(ink: Ink, page: Page, sheet: Sheet) -> None:
    """Draws the blocks of a page."""
    top = ink.size[1] - sheet.top
    for placed in page:
        placed.block.draw(ink, sheet.left, top - placed.top, sheet.width)


def margins(ink: Ink, sheet: Sheet, words: Margins, number: int, total: int) -> None:
    """Header and footer of a case file: station | paper, file number | page x of y | class."""
    left, right = sheet.left, sheet.left + sheet.width
    head, foot = ink.size[1] - 24 * MM, 17.5 * MM
    title = ink.write(
        shortened(words.header_right, SMALL, 0.62 * sheet.width), right, head + 4, SMALL, anchor="right"
    )
    ink.write(shortened(words.header_left, SMALL, sheet.width - title - 12), left, head + 4, SMALL)
    ink.rule(left, head, right, head, LINE)
    ink.rule(left, foot, right, foot, LINE)
    third = 0.38 * sheet.width
    ink.write(shortened(words.footer_left, SMALL, third), left, foot - 12, SMALL)
    ink.write(
        f"第 {number} 页　共 {total} 页".replace(" ", ""),
        left + sheet.width / 2,
        foot - 12,
        SMALL,
        anchor="centre",
    )
    ink.write(shortened(words.footer_right, SMALL, third), right, foot - 12, SMALL, anchor="right")
