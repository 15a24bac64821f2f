"""The words of a PDF's pages, and those within a box."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pypdfium2

MOST = 20_000  # characters of a page
ASLANT = 0.1  # radians
Box = tuple[float, float, float, float]
"""left, bottom, right, top"""


class Words:
    """The words of the pages."""

    def __init__(self, pdf: bytes) -> None:
        self._document = pypdfium2.PdfDocument(pdf)
        self._at, self._page = -1, None
        self._letters: list[tuple[float, float, int]] | None = None

    def _open(self, number: int) -> Any:
        if self._at != number:
            self._at, self._page, self._letters = number, self._document[number].get_textpage(), None
        return self._page

    def of(self, number: int) -> str:
        """Those of a page."""
        page = self._open(number)
        count = page.count_chars()
        return str(page.get_text_range(0, min(count, MOST))) if count else ""

    def within(self, number: int, box: Box) -> str:
        """Those whose letters have their middle within a box; what stands aslant is a watermark."""
        page = self._open(number)
        if self._letters is None:
            self._letters = sorted(_letters(page))
        left, bottom, right, top = box
        low = bisect_left(self._letters, (bottom,))
        high = bisect_left(self._letters, (top,))
        found = sorted(at for _, x, at in self._letters[low:high] if left <= x <= right)
        gaps = [at + 1 for at, after in pairwise(found) if after - at == 2]  # a blank is no letter
        return "".join(str(page.get_text_range(at, 1)) for at in sorted((*found, *gaps)))

    def close(self) -> None:
        """Done with it."""
        self._page = self._letters = None
        self._document.close()


def _letters(page: Any) -> Iterator[tuple[float, float, int]]:
    """(height of the middle, its distance from the left, place in the text) of the letters of a page."""
    for at in range(min(page.count_chars(), MOST)):
        left, bottom, right, top = page.get_charbox(at, loose=True)
        turned = pypdfium2.raw.FPDFText_GetCharAngle(page, at) % math.pi
        if right > left and min(turned, math.pi - turned) < ASLANT:
            yield (bottom + top) / 2, (left + right) / 2, at
