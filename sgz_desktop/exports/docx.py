"""A Word document (ECMA-376) that a person goes on editing: styles with names, real tables, a page number.

Written straight as XML: a library's template would bring its author, fonts of other languages and 400 styles.
The same value gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator

from sgz_desktop.exports import docx_table
from sgz_desktop.exports.docx_package import XML, R, W, parts, section
from sgz_desktop.exports.docx_text import paragraphs
from sgz_desktop.exports.docx_values import Document, Signing, Table, Text
from sgz_desktop.exports.xlsx import Member, packed

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


def written(document: Document) -> Iterator[bytes]:
    """The pieces of the file."""
    return packed(_members(document))


def _members(document: Document) -> Iterator[Member]:
    for name, text in parts(f"{document.title} {document.number}", document.number, document.practice):
        yield name, [text]
    yield "word/document.xml", _body(document)


def _body(document: Document) -> Iterator[str]:
    yield f'{XML}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>'
    for piece in document.pieces:
        yield _piece(piece)
    yield f"{section()}</w:body></w:document>"


def _piece(piece: Text | Table | Signing) -> str:
    if isinstance(piece, Text):
        return paragraphs(STYLES[piece.style], piece.text)
    if isinstance(piece, Signing):
        return docx_table.signing(piece)
    return docx_table.table(piece) + docx_table.gap()
