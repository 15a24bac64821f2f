"""One sheet laid out on pages: its title, the line under it, and what it says."""

from __future__ import annotations

from collections.abc import Sequence

from .flow import Block, Flow, Page
from .grid import Grid
from .looks import HANDWRITING, LOOKS, WALL
from .looks import Sheet as TextBlock
from .paragraph import Paragraph
from .render import Renderer
from .signing import SigningBoxes, SigningLines
from .values import Sheet

CLOSER = 0.5  # the white between blocks, where that saves a page with next to nothing
# A last page filled less than THIN of its height takes over more, where the one before keeps ENOUGH.
THIN, ENOUGH = 0.3, 0.38
SIGNED = 3  # who signs is among so many last blocks


def laid_out(sheet: Sheet, page: TextBlock, *, blank: bool = False) -> list[Page]:
    """The pages of a sheet whose text stands in `page`; a `blank` one has rows for a pen."""
    look = WALL if sheet.large else LOOKS[sheet.paper]
    if blank:
        look = look._replace(row=HANDWRITING, table_row=HANDWRITING)
    head = [Paragraph(sheet.title, look.title)]
    if sheet.subtitle:
        head.append(Paragraph(sheet.subtitle, look.under_title, 1.0))
    for paragraph in head:
        paragraph.keep = True
    blocks = Renderer(look).blocks(sheet.blocks)
    if blocks:
        blocks[0].space = max(blocks[0].space, 6.0)
    flow = Flow(page)
    flow.add([*head, *blocks])
    return evened(flow, [*head, *blocks], page)


def evened(flow: Flow, blocks: Sequence[Block], page: TextBlock) -> list[Page]:
    """The pages of `flow`, which holds `blocks`; a last page with next to nothing on it but who signs gets
    what belongs before it, as little as will do. A list just ends where it does."""
    if len(flow.pages) < 2 or flow.used > THIN * page.height:
        return flow.pages
    if (closer := _closer(blocks, page)) and len(closer) < len(flow.pages):
        return closer
    if not any(isinstance(block, SigningBoxes | SigningLines) for block in blocks[-SIGNED:]):
        return flow.pages
    tail = 0.0
    for at in range(len(blocks) - 1, 1, -1):
        tail += blocks[at].space + blocks[at].height(page.width)
        if tail > page.height:
            break
        begins = not blocks[at - 1].keep and (blocks[at].keep or isinstance(blocks[at], Grid))
        if begins and tail > THIN * page.height:
            return _cut_at(at, flow, blocks, page)
    return flow.pages


def _closer(blocks: Sequence[Block], page: TextBlock) -> list[Page]:
    """The pages with less white between the blocks, which keep the white they had."""
    spaces = [block.space for block in blocks]
    for block in blocks:
        block.space *= CLOSER
    flow = Flow(page)
    flow.add(blocks)
    for block, space in zip(blocks, spaces, strict=True):
        block.space = space
    return flow.pages


def _cut_at(at: int, flow: Flow, blocks: Sequence[Block], page: TextBlock) -> list[Page]:
    made = Flow(page)
    made.add(blocks[:at])
    if made.used < ENOUGH * page.height:
        return flow.pages
    made.turn()
    made.add(blocks[at:])
    return made.pages if len(made.pages) == len(flow.pages) else flow.pages
