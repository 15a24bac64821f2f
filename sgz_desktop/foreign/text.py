"""The words of a PDF's first pages. Nothing in it is run."""

from __future__ import annotations

import pypdfium2

from sgz_desktop.foreign.scanned import opened

PAGES = 3
MOST = 20_000  # characters of a page


def read(data: bytes) -> bytes:
    """The text of the first pages, as UTF-8. Raises Refused."""
    document = opened(data)
    found = [_text(document[number]) for number in range(min(len(document), PAGES))]
    return "\n".join(found).encode("utf-8", "replace")


def _text(page: pypdfium2.PdfPage) -> str:
    words = page.get_textpage()
    return str(words.get_text_range(0, min(words.count_chars(), MOST))) if words.count_chars() else ""
