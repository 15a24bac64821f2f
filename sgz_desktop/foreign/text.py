"""The words of a PDF's first pages. Nothing in it is run."""

from __future__ import annotations

import pypdfium2

from sgz_desktop.foreign.refused import Refused
from sgz_desktop.foreign.scan import MOST_PAGES, PASSWORD

PAGES = 3
MOST = 20_000  # characters of a page


def read(data: bytes) -> bytes:
    """The text of the first pages, as UTF-8. Raises Refused."""
    if not data.startswith(b"%PDF-"):
        raise Refused("not_a_photo")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        raise Refused("locked" if PASSWORD in str(problem).lower() else "damaged") from problem
    pages = len(document)
    if not 0 < pages <= MOST_PAGES:
        raise Refused("too_big")
    found = [_text(document[number]) for number in range(min(pages, PAGES))]
    return "\n".join(found).encode("utf-8", "replace")


def _text(page: pypdfium2.PdfPage) -> str:
    words = page.get_textpage()
    return str(words.get_text_range(0, min(words.count_chars(), MOST))) if words.count_chars() else ""
