"""Where people sign: boxes, lines, thumb prints, seals, and room for remarks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .fonts import HEI, SONG
from .ink import MM, Ink
from .looks import FRAME, INNER, LINE, ROW, Look
from .paragraph import Paragraph, Style

DATE = "年　　月　　日"
THUMB = (24 * MM, 27 * MM)
SIGN_HEIGHT, SEAL_HEIGHT = 25 * MM, 46 * MM


class Whole:
    """A block in one piece."""

    keep = False

    def __init__(self, space: float = 0.0) -> None:
        self.space = space

    def height(self, width: float) -> float:
        """Height in points."""
        raise NotImplementedError

    def split(self, width: float, height: float) -> tuple[Whole | None, Whole | None]:
        """All or nothing."""
        return (self, None) if self.height(width) <= height + 0.01 else (None, self)

    def draw(self, ink: Ink, x: float, top: float, width: float) -> None:
        """Draws the block."""
        raise NotImplementedError


def thumb_corners(ink: Ink, x: float, y: float) -> None:
    """Four corner ticks of a thumb print whose lower left corner is (x, y)."""
    w, h = THUMB
    tick = 4 * MM
    for cx, dx in ((x, tick), (x + w, -tick)):
        for cy, dy in ((y, tick), (y + h, -tick)):
            ink.rule(cx, cy, cx + dx, cy, LINE)
            ink.rule(cx, cy, cx, cy + dy, LINE)


class Box(NamedTuple):
    """One box to sign in: `share` of the row; a seal box says so, a witness box has a thumb print."""

    role: str
    share: float = 1.0
    kind: str = "sign"


class SigningBoxes(Whole):
    """Rows of boxes in one frame, never parted from the text before them."""

    def __init__(self, rows: Sequence[tuple[float, Sequence[Box]]], look: Look, space: float = 10.0) -> None:
        super().__init__(space)
        self._rows = rows
        self._size = look.label.size

    def height(self, width: float) -> float:
        """Height of all rows."""
        return sum(height for height, _boxes in self._rows)

    def draw(self, ink: Ink, x: float, top: float, width: float) -> None:
        """Draws the boxes."""
        y = top
        for number, (height, boxes) in enumerate(self._rows):
            if number:
                ink.rule(x, y, x + width, y, INNER)
            left, total = x, sum(box.share for box in boxes)
            for i, box in enumerate(boxes):
                room = width * box.share / total
                if i:
                    ink.rule(left, y, left, y - height, INNER)
                self._box(ink, box, left, y, room, height)
                left += room
            y -= height
        ink.frame(x, y, width, top - y, FRAME)

    def _box(self, ink: Ink, box: Box, x: float, top: float, width: float, height: float) -> None:
        size = self._size
        ink.write(box.role, x + 2.2 * MM, top - 2 * MM - 0.88 * size, size, HEI)
        foot = top - height + 2.6 * MM
        if box.kind == "witness":
            self._witness(ink, x, top, width, height)
            return
        if box.kind == "opinion":
            ink.write("（签字、盖章）", x + width - 2.2 * MM, foot + 8 * MM, size, SONG, "right")
        ink.write(DATE, x + width - 2.2 * MM, foot, size, SONG, "right")

    def _witness(self, ink: Ink, x: float, top: float, width: float, height: float) -> None:
        size = self._size
        line = top - 15 * MM
        ink.rule(x + 2.2 * MM, line, x + width * 0.48, line, LINE)
        line -= 12 * MM
        lead = ink.write("与本人关系", x + 2.2 * MM, line + 1.5, size, SONG)
        ink.rule(x + 3 * MM + lead, line, x + width * 0.48, line, LINE)
        left = x + width * 0.76 - THUMB[0] / 2
        thumb_corners(ink, left, top - height + 11 * MM)
        ink.write("指　印", left + THUMB[0] / 2, top - height + 6 * MM, size, SONG, "centre")


class SigningLines(Whole):
    """Lines of 60 mm to sign on, one under another, with a thumb print and the date (client pages)."""

    STEP = 14 * MM

    def __init__(self, roles: Sequence[str], thumb: bool, look: Look) -> None:
        super().__init__(14.0)
        self._roles = roles
        self._thumb = thumb
        self._size = look.body.size

    def height(self, width: float) -> float:
        """One step per role, and room for the thumb."""
        return max(len(self._roles) * self.STEP, THUMB[1] + 4 if self._thumb else 0.0)

    def draw(self, ink: Ink, x: float, top: float, width: float) -> None:
        """Draws the lines."""
        size = self._size
        left = x + 22 * MM
        y = top - 8.5 * MM
        for i, role in enumerate(self._roles):
            label = Paragraph(role, Style(HEI, size, 20, 0, "left"))
            if len(role) in (2, 3):
                label.spread_to(3000)
            label.draw(ink, x, y + 0.36 * size + 10, 22 * MM)
            ink.rule(left, y - 3, left + 60 * MM, y - 3, LINE)
            if i + 1 < len(self._roles):
                y -= self.STEP
        beside = self._thumb and len(self._roles) < 3  # the thumb print still stands at the right
        if not beside:
            ink.write("日期", left + 66 * MM, y, size, SONG)
        right = x + width - (THUMB[0] + 12 * MM if beside else 0)
        ink.write("年　　月　　日", right, y, size, SONG, "right")
        if self._thumb:
            corner = x + width - THUMB[0] - 6 * MM
            thumb_corners(ink, corner, top - THUMB[1])
            ink.write("指印", corner - 3 * MM, top - 11, 0.85 * size, HEI, "right")
            ink.write("（不写字时）", corner - 3 * MM, top - 27, 10.5, SONG, "right")


class WritingLines(Whole):
    """Ruled lines 10 mm apart."""

    STEP = 10 * MM

    def __init__(self, count: int) -> None:
        super().__init__(2.0)
        self._count = count

    def height(self, width: float) -> float:
        """One step per line."""
        return self._count * self.STEP

    def draw(self, ink: Ink, x: float, top: float, width: float) -> None:
        """Draws the lines."""
        for i in range(1, self._count + 1):
            ink.rule(x, top - i * self.STEP, x + width, top - i * self.STEP, ROW)


class CellLines(Whole):
    """Room for so many lines of handwriting in a cell of a form, whose frame is the last line."""

    STEP, PAD = 9.5 * MM, 1.3 * MM

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count

    def height(self, width: float) -> float:
        """One step per line, less what the cell adds."""
        return self._count * self.STEP - 2 * self.PAD

    def draw(self, ink: Ink, x: float, top: float, width: float) -> None:
        """Draws the lines but the last."""
        for i in range(1, self._count):
            y = top + self.PAD - i * self.STEP
            ink.rule(x, y, x + width, y, ROW)


class RemarksBox(Whole):
    """A framed box with a label at its left; it grows to what is left of the page.

    `height` is what it should have; 16 mm will do where that saves a page with nothing else on it.
    """

    LEAST, MOST = 16 * MM, 90 * MM

    def __init__(self, label: str, text: str, height: float, look: Look, space: float = 6.0) -> None:
        super().__init__(space)
        self.keep = True
        self._look = look
        self._label = label
        self._text = Paragraph(text, look.cell)
        self._wanted = height
        self._least = min(height, self.LEAST)

    def grown(self, height: float) -> RemarksBox:
        """The same box as high as `height`, at most 90 mm: a page of white asks for nothing."""
        box = RemarksBox(self._label, "", self._wanted, self._look, self.space)
        box._text, box._least = self._text, min(height, max(self._wanted, self.MOST))
        return box

    def height(self, width: float) -> float:
        """Height in points."""
        return max(self._least, self._text.height(width * 5 / 6 - 4 * MM) + 3 * MM)

    def draw(self, ink: Ink, x: float, top: float, width: float) -> None:
        """Draws label, rule and frame."""
        height = self.height(width)
        unit = width / 6
        label = Paragraph(self._label, self._look.label)
        label.draw(ink, x + 2 * MM, top - height / 2 + label.height(unit - 4 * MM) / 2, unit - 4 * MM)
        self._text.draw(ink, x + unit + 2 * MM, top - 1.5 * MM, width - unit - 4 * MM)
        ink.rule(x + unit, top, x + unit, top - height, INNER)
        ink.frame(x, top - height, width, height, FRAME)
