"""The words of a PDF's page as a person looks for them: letter by letter, and where each stands."""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

_HYPHENS = "\x02\ufffe"  # pdfium's sign for a hyphen at a line's end


class Box(NamedTuple):
    """A part of a page, in points from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


class Letters:
    """A page's letters without white space, full width and capitals made alike: words broken over two lines
    or spread over a cell are found as they were typed."""

    def __init__(self, codes: Iterable[int]) -> None:
        """`codes` are Unicode, or UTF-16 where the library has no more."""
        text, places = [], array("I")
        for place, char in _characters(codes):
            for letter in folded(char):
                text.append(letter)
                places.append(place)
        self.text, self._places = "".join(text), places

    def find(self, wanted: str) -> list[tuple[int, int]]:
        """Where `wanted` (folded) stands: the numbers of its first and last character on the page."""
        found, at = [], self.text.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            found.append((self._places[at], self._places[end - 1]))
            at = self.text.find(wanted, end)
        return found


def folded(text: str) -> str:
    """What is compared: `ＡＢ 12` and `ab12` are alike."""
    whole = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in whole if not char.isspace() and unicodedata.category(char) != "Cc")


def _characters(codes: Iterable[int]) -> Iterator[tuple[int, str]]:
    """Each character with its place; two halves of one are one."""
    high = 0
    for place, code in enumerate(codes):
        if 0xD800 <= code < 0xDC00:
            high = code
        elif 0xDC00 <= code < 0xE000:
            if high:
                yield place - 1, chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00)
            high = 0
        else:
            yield place, "-" if chr(code) in _HYPHENS else chr(code)
            high = 0


def read_letters(textpage: Any) -> Letters:
    """The letters of a page (pypdfium2's)."""
    from pypdfium2 import raw

    return Letters(raw.FPDFText_GetUnicode(textpage, at) for at in range(textpage.count_chars()))


def boxes_of(textpage: Any, height: float, first: int, last: int) -> list[Box]:
    """Where characters stand, one box for each line they are on; `height` is the page's."""
    found: list[Box] = []
    for at in range(first, last + 1):
        left, bottom, right, top = textpage.get_charbox(at, loose=True)
        if right > left:
            found.append(Box(left, height - top, right, height - bottom))
    cuts = [n for n, (one, after) in enumerate(pairwise(found), 1) if not _same_line(one, after)]
    return [_around(found[start:end]) for start, end in pairwise([0, *cuts, len(found)]) if end > start]


def _same_line(one: Box, after: Box) -> bool:
    return after.left >= one.left and after.top < one.bottom and one.top < after.bottom


def _around(boxes: list[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))
