"""A scanned PDF: how many pages it has, and a page as a picture. Nothing in it is run."""

from __future__ import annotations

import io
import json

import pypdfium2

from sgz_desktop.foreign.refused import Refused

MOST_PAGES = 200
LONGEST = 1_600
PASSWORD = "password"


def read(data: bytes) -> bytes:
    """The first line names the page (from 0), the rest is the PDF. JSON {"pages"}, a line end, a JPEG.

    Raises Refused.
    """
    number, _, pdf = data.partition(b"\n")
    if not pdf.startswith(b"%PDF-"):
        raise Refused("not_a_photo")
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as problem:
        raise Refused("locked" if PASSWORD in str(problem).lower() else "damaged") from problem
    pages = len(document)
    if not 0 < pages <= MOST_PAGES:
        raise Refused("too_big")
    page = document[min(int(number), pages - 1)]
    scale = min(3.0, LONGEST / max(page.get_size()))
    picture = page.render(scale=scale).to_pil().convert("RGB")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return json.dumps({"pages": pages}).encode() + b"\n" + out.getvalue()
