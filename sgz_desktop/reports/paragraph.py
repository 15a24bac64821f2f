"""A paragraph of plain text as a block on a page: broken, justified, splittable."""

from __future__ import annotations

from typing import NamedTuple

from .breaking import Line, Run, runs, spread
from .fonts import SONG
from .ink import Ink


class Style(NamedTuple):
    """Type of a paragraph: face, size and leading in points, first-line indent in ems.

    `align` is left, right, centre or justify. `whole` keeps a full date, an item of a list
    and what is short in brackets on one line where one line holds it.
    """

    face: str = SONG
    size: float = 10.5
    leading: float = 17.0
    indent: float = 0.0
    align: str = "justify"
    whole: bool = False


class Set(NamedTuple):
    """A line as it is set: of which run, and how far in."""

    run: Run
    line: Line
    indent: int


class Paragraph:
    """Text in one style. Newlines end lines; an empty line stays as half a line of white."""

    def __init__(self, text: str, style: Style, space: float = 0.0, keep: bool = False) -> None:
        self.style = style
        self.space = space
        self.keep = keep
        self._runs = runs(text, style.face)
        self._broken: dict[int, list[Set]] = {}
        self._part: tuple[int, int | None] = (0, None)

    def _lines(self, width: float) -> list[Set]:
        room = int(width * 1000 / self.style.size + 0.5)
        lines = self._broken.get(room)
        if lines is None:
            indent = round(self.style.indent * 1000)
            lines = self._broken[room] = [
                Set(run, line, 0 if line.start else indent)
                for run in self._runs
                for line in run.lines(room, indent, self.style.whole) or [Line(0, 0, 0, 0, True)]
            ]
        start, end = self._part
        return lines[start:end] if start or end is not None else lines

    def _step(self, line: Set) -> float:
        return self.style.leading if line.line.end else self.style.leading / 2

    def height(self, width: float) -> float:
        """Height when set to `width`, in points."""
        return sum(map(self._step, self._lines(width)))

    def parts(self, width: float) -> list[tuple[float, float]]:
        """How far down each of the writer's own paragraphs begins and ends, set to `width`."""
        found: list[tuple[float, float]] = []
        at, last = 0.0, None
        for placed in self._lines(width):
            step = self._step(placed)
            if placed.run is last:
                found[-1] = found[-1][0], at + step
            elif placed.line.end:  # not the white between two
                found.append((at, at + step))
            last, at = placed.run, at + step
        return found

    def natural_width(self) -> float:
        """Width of the longest line the writer made, unbroken."""
        widest = max((run.width for run in self._runs), default=0)
        return (widest + self.style.indent * 1000) * self.style.size / 1000

    def split(self, width: float, height: float) -> tuple[Paragraph | None, Paragraph | None]:
        """(what fits into `height`, the rest); never one line alone on either side."""
        lines = self._lines(width)
        room, count = height + 0.01, 0
        for line in lines:
            room -= self._step(line)
            if room < 0:
                break
            count += 1
        if count >= len(lines):
            return self, None
        count = min(count, len(lines) - 2) if len(lines) > 3 else count
        if count < 2 and len(lines) > 1:
            return None, self
        if count < 1:
            return None, self
        return self._cut(0, count), self._cut(count, len(lines))

    def _cut(self, start: int, end: int) -> Paragraph:
        part = Paragraph.__new__(Paragraph)
        part.style, part.keep = self.style, self.keep
        part.space = self.space if start == 0 else 0.0
        part._runs, part._broken = self._runs, self._broken
        first = self._part[0]
        part._part = (first + start, first + end)
        return part

    def draw(self, ink: Ink, x: float, top: float, width: float) -> None:
        """Draws the paragraph with its top left corner at (x, top)."""
        style, size = self.style, self.style.size
        room = int(width * 1000 / size + 0.5)
        for placed in self._lines(width):
            step = self._step(placed)
            y = top - step / 2 - 0.36 * size
            top -= step
            run, line, indent = placed
            spare = (room - indent - line.width) * size / 1000
            shift = {"right": spare, "centre": spare / 2}.get(style.align, 0.0)
            stretch = run.stretch(line, room - indent) if style.align == "justify" else 0
            ink.line(run, line, x + indent * size / 1000 + shift, y, size, stretch)

    def spread_to(self, length: int) -> None:
        """Sets the characters of each line apart to `length` thousandths of an em."""
        self._runs = [spread(run, length) for run in self._runs]
