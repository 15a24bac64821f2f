"""One sheet laid out on pages: its title, the line under it, and what it says."""

from __future__ import annotations

from .flow import Flow, Page
from .looks import HANDWRITING, LOOKS
from .looks import Sheet as TextBlock
from .paragraph import Paragraph
from .render import Renderer
from .values import Sheet


def laid_out(sheet: Sheet, page: TextBlock, *, blank: bool = False) -> list[Page]:
    """The pages of a sheet whose text stands in `page`; a `blank` one has rows for a pen."""
    look = LOOKS[sheet.paper]
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
    return flow.pages
