"""A Word document (ECMA-376) that a person goes on editing: styles with names, real tables, a page number.

Written straight as XML: a library's template would bring its author, fonts of other languages and 400 styles.
The same value gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from sgz_desktop.exports import docx_pictures, docx_table
from sgz_desktop.exports.docx_package import XML, R, W, parts, section
from sgz_desktop.exports.docx_pictures import PIC, WP, A
from sgz_desktop.exports.docx_text import paragraphs
from sgz_desktop.exports.docx_values import Document, Picture, Pictures, Piece, Signing, Text

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
STYLES = {
    "title": "SgzTitle",
    "under": "SgzUnder",
    "level1": "SgzLevel1",
    "level2": "SgzLevel2",
    "body": "Normal",
    "caption": "SgzCaption",
    "note": "SgzNote",
    "meta": "SgzMeta",
}


def written(document: Document) -> bytes:
    """The file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in _members(document):
            member = zipfile.ZipInfo(name)  # of a fixed date
            member.compress_type = zipfile.ZIP_STORED if name.endswith(".jpeg") else zipfile.ZIP_DEFLATED
            archive.writestr(member, data)
    return out.getvalue()


def _members(document: Document) -> Iterator[tuple[str, bytes]]:
    images = list[Picture]()
    following = (*document.pieces[1:], None)
    body = "".join(
        _piece(piece, images, keep=isinstance(after, Signing))
        for piece, after in zip(document.pieces, following, strict=True)
    )
    named = f"{document.title} {document.number}"
    for name, text in parts(named, document.number, document.practice, len(images)):
        yield name, text.encode()
    spaces = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:wp="{WP}" xmlns:a="{A}" xmlns:pic="{PIC}"'
    yield (
        "word/document.xml",
        f"{XML}<w:document {spaces}><w:body>{body}{section()}</w:body></w:document>".encode(),
    )
    for at, image in enumerate(images, start=1):
        yield f"word/media/image{at}.jpeg", image.data


def _piece(piece: Piece, images: list[Picture], keep: bool) -> str:
    """A piece as XML; photos join the list. With `keep` words stay on the page of what follows."""
    if isinstance(piece, Text):
        return paragraphs(STYLES[piece.style], piece.text, keep)
    if isinstance(piece, Signing):
        return docx_table.signing(piece)
    if isinstance(piece, Pictures):
        first = len(images) + 1
        images += piece.pictures
        return docx_pictures.pictures(piece, first)
    return docx_table.table(piece) + docx_table.gap()
