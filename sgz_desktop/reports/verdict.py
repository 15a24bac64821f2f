"""Conditions of an assistance rule as a small tree: boxed word, what is on file, article at the right."""

from __future__ import annotations

from collections.abc import Sequence

from .fonts import HEI, SONG
from .ink import MM, Ink
from .looks import LINE, Look
from .paragraph import Paragraph, Style
from .signing import Whole
from .values import Condition

WORDS = {"MET": "符合", "MISSING": "还差信息", "UNMET": "可能不满足"}
BOX = 21 * MM
STEP = 9 * MM
STEM = 3 * MM  # the branch stands so far before the box
ARTICLE = 26 * MM


def opening(line: str, closing: str) -> str:
    """What was found, without the closing sentence, which stands once, in its frame."""
    return line.rstrip().removesuffix(closing).rstrip()


def going_on(levels: Sequence[int], at: int) -> frozenset[int]:
    """The levels, down to that of the row at a place, at which another row follows before a higher one."""
    found = set()
    for level in range(levels[at] + 1):
        if next((later for later in levels[at + 1 :] if later <= level), -1) == level:
            found.add(level)
    return frozenset(found)


class ConditionRow(Whole):
    """One condition. `going_on` are the levels at which another one follows: their branches go on down."""

    def __init__(self, condition: Condition, look: Look, going_on: frozenset[int]) -> None:
        super().__init__(0.0)
        self.keep = False
        self._condition = condition
        self._going_on = going_on
        self._text = Paragraph(condition.text, look.cell)
        self._article = Paragraph(condition.article, Style(SONG, 8.5, 12, 0, "right"))

    def _left(self) -> float:
        return _left_of(self._condition.level)

    def _room(self, width: float) -> float:
        return width - self._left() - BOX - 4 * MM - ARTICLE

    def height(self, width: float) -> float:
        """Height of the text, at least that of the box."""
        article = self._article.height(ARTICLE - 2 * MM)
        return max(self._text.height(self._room(width)) + 4, article + 4, 7 * MM)

    def draw(self, ink: Ink, x: float, top: float, width: float) -> None:
        """Draws branch, box, text and article."""
        height = self.height(width)
        middle, left = top - height / 2, x + self._left()
        stem = left - STEM
        own = self._condition.level in self._going_on
        ink.rule(stem, top, stem, top - height if own else middle, LINE)
        ink.rule(stem, middle, left, middle, LINE)
        for level in self._going_on - {self._condition.level}:
            ink.rule(x + _left_of(level) - STEM, top, x + _left_of(level) - STEM, top - height, LINE)
        tall = 5.2 * MM
        verdict = self._condition.verdict
        stroke, dash = {"MET": (0.6, ""), "MISSING": (0.6, "2.2 1.6"), "UNMET": (1.4, "")}[verdict]
        ink.frame(left, middle - tall / 2, BOX, tall, stroke, dash)
        ink.write(WORDS[verdict], left + BOX / 2, middle - 3.1, 8.5, HEI, "centre")
        room = self._room(width)
        self._text.draw(ink, left + BOX + 2 * MM, middle + self._text.height(room) / 2, room)
        article = self._article
        inner = ARTICLE - 2 * MM
        article.draw(ink, x + width - inner, middle + article.height(inner) / 2, inner)


def _left_of(level: int) -> float:
    return 5 * MM + min(level, 3) * STEP


class FramedLine(Whole):
    """One framed sentence, centred."""

    def __init__(self, text: str, style: Style, space: float = 4.0) -> None:
        super().__init__(space)
        self._text = Paragraph(text, style)

    def height(self, width: float) -> float:
        """Height with its padding."""
        return self._text.height(width - 4 * MM) + 2.4 * MM

    def draw(self, ink: Ink, x: float, top: float, width: float) -> None:
        """Draws frame and text."""
        height = self.height(width)
        ink.frame(x, top - height, width, height, 0.6)
        self._text.draw(ink, x + 2 * MM, top - 1.2 * MM, width - 4 * MM)
