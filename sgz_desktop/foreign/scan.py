"""A scanned PDF: how many pages it has, and a page as a picture. Nothing in it is run."""

from __future__ import annotations

import io
import json

from sgz_desktop.foreign.scanned import opened

LONGEST = 1_600


def read(data: bytes) -> bytes:
    """The first line names the page (from 0), the rest is the PDF. JSON {"pages"}, a line end, a JPEG.

    Raises Refused.
    """
    number, _, pdf = data.partition(b"\n")
    document = opened(pdf)
    pages = len(document)
    page = document[min(int(number), pages - 1)]
    scale = min(3.0, LONGEST / max(page.get_size()))
    picture = page.render(scale=scale).to_pil().convert("RGB")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return json.dumps({"pages": pages}).encode() + b"\n" + out.getvalue()
