"""Scanned PDFs from outside, a page at a time as a picture."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from sgz_desktop.foreign.reader import Reader
from sgz_desktop.foreign.refused import Refused


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader("scan") as opened:
        yield opened


def pdf(pages: int = 3) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def locked(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    return out.getvalue()


@pytest.mark.parametrize("page", [0, 2, 9])
def test_a_page_is_a_picture(reader: Reader, page: int) -> None:
    head, _, jpeg = reader.read(f"{page}\n".encode() + pdf()).partition(b"\n")
    assert json.loads(head) == {"pages": 3}
    image = Image.open(io.BytesIO(jpeg))
    assert image.format == "JPEG"
    assert 1_500 <= image.height <= 1_601


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"MZ" + b"0" * 500, "not_a_photo"),
        (pdf()[:60], "damaged"),
        (b"%PDF-1.7\n" + b"0" * 500, "damaged"),
        (locked(pdf()), "locked"),
        (pdf(201), "too_big"),
    ],
    ids=["exe", "cut", "noise", "locked", "long"],
)
def test_what_is_no_scan_is_refused(reader: Reader, data: bytes, why: str) -> None:
    with pytest.raises(Refused) as refused:
        reader.read(b"0\n" + data)
    assert refused.value.why == why
    assert reader.read(b"0\n" + pdf(1))
