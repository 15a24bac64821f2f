"""The monthly brief for the bureau, by the habits of GB/T 9704-2012 (not a red-head document)."""

from __future__ import annotations

from collections.abc import Callable

from .flow import Block, Flow
from .fonts import HEI, SONG, body_face
from .grid import Cell, Grid, Rules
from .ink import A4, MM, Bookmark, Ink, Paper
from .labels import label
from .looks import BRIEF, BRIEF_PAGE, EDGE, UNDER_HEAD, Look
from .pages import SMALL, body, practice_frame
from .paragraph import Paragraph, Style
from .render import Renderer, chinese_number, hold_together
from .uncollected import uncollected
from .values import Brief, Signatures

Progress = Callable[[int, int], None]
OWN_SIZE = 15.79  # 三号: 28 characters to the line of 156 mm, as the standard asks


@uncollected
def build(brief: Brief, progress: Progress | None = None) -> bytes:
    """The brief as PDF bytes; the same value gives the same bytes.

    `progress(done, total)` is called after each page and may raise `errors.Cancelled`.
    """
    flow, look = Flow(BRIEF_PAGE), _look(brief.font)
    flow.add(_head(brief, look))
    renderer, marks = Renderer(look), list[tuple[str, Block]]()
    blocks: list[Block] = []
    for number, section in enumerate(brief.sections, 1):
        renderer.new_section()
        title = f"{chinese_number(number)}、{section.title}"
        heading = renderer.section(title)
        marks.append((title, heading))
        blocks.append(heading)
        blocks += renderer.blocks(section.blocks) or [Paragraph(brief.empty, look.body)]
    hold_together(blocks)
    flow.add(blocks + _foot(brief, renderer))
    paper = Paper()
    for number, page in enumerate(flow.pages, 1):
        ink = Ink(paper)
        if brief.practice:
            practice_frame(ink)
        body(ink, page, BRIEF_PAGE)
        _foot_line(ink, brief, number)
        paper.add(ink)
        if progress:
            progress(number, len(flow.pages))
    paper.bookmarks = _bookmarks(flow, marks)
    return paper.finish(f"{brief.title} {brief.number}")


def _look(font: str) -> Look:
    """The type scale of a brief: its body in an installed 仿宋 where one is chosen and here."""
    face = body_face(font)
    return BRIEF if face == SONG else BRIEF._replace(body=BRIEF.body._replace(face=face, size=OWN_SIZE))


def _head(brief: Brief, look: Look = BRIEF) -> list[Block]:
    meta = Style(SONG, 11, 17, 0, "left")
    rows = []
    for left, right in (
        (("编制单位", brief.station), ("统计期", brief.period)),
        (("报送", brief.send_to), ("抄送", brief.copy_to)),
    ):
        cells = []
        for name, text in (left, right):
            cells.append(Cell(label(name, Style(HEI, 11, 17, 0, "left")), middle=False))
            cells.append(Cell(Paragraph(text, meta), middle=False))
        rows.append(cells)
    rules = Rules(EDGE, UNDER_HEAD, 0, 0)
    grid = Grid((19, 54, 19, 64), rows, rules, pad_x=0.5 * MM, pad_y=1.8 * MM, space=6.0)
    return [
        Paragraph(brief.station, BRIEF.title, keep=True),
        Paragraph(brief.title, BRIEF.title, keep=True),
        Paragraph(brief.issue_no, BRIEF.under_title, keep=True),
        grid,
        Paragraph(brief.summary, look.body, 8.0),
    ]


def _foot(brief: Brief, renderer: Renderer) -> list[Block]:
    blocks: list[Block] = []
    if brief.attachments:
        items = "　".join(f"{i}. {name}" for i, name in enumerate(brief.attachments, 1))
        blocks.append(Paragraph(f"附件：{items}", Style(SONG, 12, 20, 0, "left"), 8.0, keep=True))
    return blocks + renderer.blocks([Signatures(brief.signers, seals=brief.seals)])


def _foot_line(ink: Ink, brief: Brief, number: int) -> None:
    """“— 1 —” outside (odd right, even left), the document number at the other side."""
    left, right = BRIEF_PAGE.left, BRIEF_PAGE.left + BRIEF_PAGE.width
    y = A4[1] - BRIEF_PAGE.top - BRIEF_PAGE.height - 7 * MM - 10
    odd = number % 2 == 1
    text, size, em = str(number), 14, 14
    middle = right - em - 22 if odd else left + em + 22
    half = ink.write(text, middle, y, size, anchor="centre") / 2
    for side in (-1, 1):
        near, far = middle + side * (half + 4), middle + side * (half + 4 + em)
        ink.rule(min(near, far), y + 5, max(near, far), y + 5, 0.9)
    ink.write(brief.number, left if odd else right, y, SMALL, anchor="left" if odd else "right")


def _bookmarks(flow: Flow, marks: list[tuple[str, Block]]) -> list[Bookmark]:
    places = {
        id(placed.block): (i, A4[1] - BRIEF_PAGE.top - placed.top)
        for i, page in enumerate(flow.pages)
        for placed in page
    }
    return [Bookmark(text, *places[id(block)]) for text, block in marks]
