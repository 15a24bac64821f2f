"""Photos on a page: two to a row, six millimetres apart, each with its caption below."""

from __future__ import annotations

from collections.abc import Sequence

from .ink import MM, Ink
from .looks import Look
from .paragraph import Paragraph
from .signing import Whole
from .values import Picture

GAP, TALLEST, SMALLEST = 6 * MM, 58 * MM, 1 / 40  # of a picture the least side to the longest that is drawn


class PhotoRow(Whole):
    """One or two photos side by side, feet level."""

    def __init__(self, pictures: Sequence[Picture], look: Look) -> None:
        super().__init__(4.0)
        self._pictures = pictures
        self._captions = [Paragraph(one.caption, look.caption) for one in pictures]

    def height(self, width: float) -> float:
        """The taller photo and the longer caption."""
        half = (width - GAP) / 2
        return self._tall(half) + 2.0 + max(caption.height(half) for caption in self._captions) + 4.0

    def _tall(self, half: float) -> float:
        return max(_size(one, half)[1] for one in self._pictures)

    def draw(self, ink: Ink, x: float, top: float, width: float) -> None:
        """Draws the photos and what stands under them; one alone stands in the middle."""
        half = (width - GAP) / 2
        foot = top - self._tall(half)
        left = x if len(self._pictures) > 1 else x + (width - half) / 2
        for one, caption in zip(self._pictures, self._captions, strict=True):
            wide, tall = _size(one, half)
            ink.picture(one.data, (one.width, one.height), left + (half - wide) / 2, foot, wide, tall)
            caption.draw(ink, left, foot - 2.0, half)
            left += half + GAP


def _size(one: Picture, room: float) -> tuple[float, float]:
    """Width and height in points that keep a photo's shape inside its room."""
    share = max(one.height / max(one.width, 1), SMALLEST)
    wide = min(room, TALLEST / share)
    return wide, wide * share
