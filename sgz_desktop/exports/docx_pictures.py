"""Photos in a Word document: two to a row, each as large as its half allows, the caption below."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from sgz_desktop.exports.docx_table import cell_of, framed, gap
from sgz_desktop.exports.docx_text import paragraph, plain, twips
from sgz_desktop.exports.docx_values import Picture, Pictures

WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
EMU = 36_000  # in a millimetre
WIDEST, HIGHEST = 75, 60  # mm
HALF = 78  # mm of a column


def pictures(piece: Pictures, first: int) -> str:
    """Rows of photos; `first` is the number of the first image among the document's."""
    rows = ""
    for at in range(0, len(piece.pictures), 2):
        pair = piece.pictures[at : at + 2]
        shown = [_shown(one, first + at + n) for n, one in enumerate(pair)]
        named = [paragraph("SgzCaption", one.caption) for one in pair]
        for cells, kept in ((shown, True), (named, False)):
            row = "".join(cell_of(inside, twips(HALF)) for inside in cells)
            row += cell_of(gap(), twips(HALF)) * (2 - len(pair))
            rows += f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{row}</w:tr>" if kept or any(named) else ""
    return framed([twips(HALF)] * 2, rows) + gap()


def _shown(image: Picture, number: int) -> str:
    """A photo in a paragraph of its own, kept with its caption."""
    scale = min(WIDEST / max(image.width, 1), HIGHEST / max(image.height, 1))
    wide, high = round(image.width * scale * EMU), round(image.height * scale * EMU)
    told = quoteattr(plain(image.caption).replace("\n", " "))
    return (
        '<w:p><w:pPr><w:pStyle w:val="SgzPhoto"/><w:keepNext/></w:pPr><w:r><w:drawing>'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
        f'<wp:docPr id="{number}" name="image{number}" descr={told}/>'
        f'<a:graphic><a:graphicData uri="{PIC}"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="image{number}.jpeg"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="image{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )
