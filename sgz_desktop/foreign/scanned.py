"""A scanned PDF opened in the child, or why not."""

from __future__ import annotations

import pypdfium2

from sgz_desktop.foreign.refused import Refused

MOST_PAGES = 200
PASSWORD = "password"


def opened(data: bytes) -> pypdfium2.PdfDocument:
    """A PDF of 1 to MOST_PAGES pages. Raises Refused."""
    if not data.startswith(b"%PDF-"):
        raise Refused("not_a_photo")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        raise Refused("locked" if PASSWORD in str(problem).lower() else "damaged") from problem
    if not 0 < len(document) <= MOST_PAGES:
        raise Refused("too_big")
    return document
