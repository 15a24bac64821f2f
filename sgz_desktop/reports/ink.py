"""Draws on a page: lines of text, rules, frames, check boxes. Black ink and three greys only.

Places are points from the page's left and bottom edge. Nothing a drawing sets leaks into the next.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from .breaking import Line, Run
from .fonts import LIBRARY, SONG, STAND_IN, Embedded, dash_box, glyph, tidy

if TYPE_CHECKING:
    from .pdf import File

MM = 72 / 25.4
A4 = (595.276, 841.89)
BLACK, BAR, TRACK = 0.0, 0.2, 0.85  # ink: text and lines, solid bars, bullet track
MARK = 0.935  # watermark


class Bookmark(NamedTuple):
    """One line of the outline: where it leads (page index, y in points)."""

    text: str
    page: int
    top: float


class Jpeg(NamedTuple):
    """A photo of a document: RGB, `size` in pixels."""

    data: bytes
    size: tuple[int, int]


class Paper:
    """One document: its file so far, the characters it uses, its bookmarks. A page is in the file once added;
    what must be told on it of the whole, such as how many pages there are, has to be known by then."""

    def __init__(self) -> None:
        self.bookmarks: list[Bookmark] = []
        self.pages = 0
        self._embedded: dict[str, Embedded] = {}
        self._pictures: dict[str, str] = {}
        self._codes: dict[str, dict[tuple[str, int], tuple[str, str]]] = {}

    @cached_property
    def _file(self) -> File:
        from .pdf import File  # reportlab is needed here only, and takes a while to load

        return File()

    def codes(self, face: str) -> dict[tuple[str, int], tuple[str, str]]:
        """What is known of a face so far: (character, gap) -> (font tag, hex code)."""
        return self._codes.setdefault(face, {})

    def code(self, face: str, ch: str, gap: int) -> tuple[str, str]:
        """(font tag, hex code) that draws `ch` in `face` with `gap` thousandths after it."""
        wanted = ch
        if LIBRARY.glyph(face, ch) is None:
            ch = STAND_IN
        found = glyph(face, ch)
        embedded = self._embedded.get(found.face)
        if embedded is None:
            embedded = self._embedded[found.face] = Embedded(found.face)
        code = self._codes[face][wanted, gap] = embedded.tag, embedded.code(ch, found, gap)
        return code

    def add(self, ink: Ink) -> None:
        """Puts a drawn page at the end."""
        pictures = {name: self._pictures[name] for name in ink.pictures}
        self._file.page("\n".join(ink.operators), ink.size, pictures)
        self.pages += 1

    def keep(self, picture: Jpeg) -> str:
        """The name of a photo in the file, which holds each once."""
        name = "P" + hashlib.sha256(picture.data).hexdigest()[:16]
        if name not in self._pictures:
            self._pictures[name] = self._file.photo(picture)
        return name

    def taken(self) -> bytes:
        """What was added since the last time, as the next part of the file."""
        return self._file.taken()

    def finish(self, title: str) -> bytes:
        """The rest of the PDF file, all of it when nothing was taken. `title` is a kind of paper and a
        number, never a name."""
        self._file.close(title, self.bookmarks, self._embedded.values())
        return self._file.taken()


class Ink:
    """The drawing of one page."""

    def __init__(self, paper: Paper, size: tuple[float, float] = A4) -> None:
        self.size = size
        self.operators: list[str] = []
        self.pictures: list[str] = []
        self._paper = paper

    def line(self, run: Run, line: Line, x: float, y: float, size: float, stretch: int = 0) -> None:
        """Draws one broken line of a run with its baseline at `y`."""
        start, end = line.start, line.end
        if end <= start:
            return
        text, face = run.text, run.face
        gaps = run.gaps[start:end]
        gaps[-1] = 0
        known = self._paper.codes(face)
        pieces: list[str] = [f"BT {x - line.shift * size / 1000:.2f} {y:.2f} Td"]
        if stretch:
            pieces.append(f"{stretch * size / 1000:.4f} Tc")
        tag, codes = "", list[str]()
        for key in zip(text[start:end], gaps, strict=True):
            other, drawn = known.get(key) or self._paper.code(face, *key)
            if other != tag:
                if codes:
                    pieces.append(f"/{tag} {size:g} Tf <{''.join(codes)}> Tj")
                tag, codes = other, []
            codes.append(drawn)
        pieces.append(f"/{tag} {size:g} Tf <{''.join(codes)}> Tj")
        if stretch:
            pieces.append("0 Tc")
        pieces.append("ET")
        self.operators.append(" ".join(pieces))
        if "——" in text:
            self._dashes(run, line, x, y, size, stretch)

    def _dashes(self, run: Run, line: Line, x: float, y: float, size: float, stretch: int) -> None:
        """Closes the gap the face leaves inside a long dash, so that it is one stroke."""
        left, low, right, high = dash_box(run.face)
        at = run.text.find("——", line.start, line.end)
        while at >= 0:
            first = run.length(line.start, at + 1) - 1000 + (at - line.start) * stretch - line.shift
            width = 1000 + stretch + right - left
            scale = size / 1000
            self.fill(x + (first + left) * scale, y + low * scale, width * scale, (high - low) * scale)
            at = run.text.find("——", at + 2, line.end)

    def write(
        self, text: str, x: float, y: float, size: float, face: str = SONG, anchor: str = "left"
    ) -> float:
        """Draws one line of text at its `anchor` (left, right, centre); returns its width."""
        run = Run(tidy(text).replace("\n", " "), face)
        width = run.width * size / 1000
        x -= width if anchor == "right" else width / 2 if anchor == "centre" else 0
        self.line(run, Line(0, len(run.text), run.width, 0, True), x, y, size)
        return width

    def width(self, text: str, size: float, face: str = SONG) -> float:
        """How wide `write` makes a line of text."""
        return Run(tidy(text).replace("\n", " "), face).width * size / 1000

    def rule(
        self, x1: float, y1: float, x2: float, y2: float, width: float = 0.4, dash: str = "", grey: float = 0
    ) -> None:
        """A straight line; `dash` as in PDF, e.g. "3 2"."""
        colour = f" {grey:g} G" if grey else ""
        dashes = f" [{dash}] 0 d" if dash else ""
        path = f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S"
        self.operators.append(f"q {width:.3g} w{colour}{dashes} {path} Q")

    @contextmanager
    def turned(self, x: float, y: float, degrees: float, grey: float) -> Iterator[None]:
        """What is drawn inside has its origin at (x, y), is turned to the left, and filled with the grey."""
        cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        self.operators.append(f"q {grey:g} g {cos:.5f} {sin:.5f} {-sin:.5f} {cos:.5f} {x:.2f} {y:.2f} cm")
        yield
        self.operators.append("Q")

    def frame(self, x: float, y: float, w: float, h: float, width: float = 0.8, dash: str = "") -> None:
        """The outline of a box whose lower left corner is (x, y)."""
        dashes = f" [{dash}] 0 d" if dash else ""
        self.operators.append(f"q {width:.3g} w 0 j{dashes} {x:.2f} {y:.2f} {w:.2f} {h:.2f} re S Q")

    def fill(self, x: float, y: float, w: float, h: float, grey: float = BLACK) -> None:
        """A filled box."""
        self.operators.append(f"q {grey:g} g {x:.2f} {y:.2f} {w:.2f} {h:.2f} re f Q")

    def picture(self, data: bytes, pixels: tuple[int, int], x: float, y: float, w: float, h: float) -> None:
        """A JPEG (RGB) of so many pixels in the box whose lower left corner is (x, y)."""
        name = self._paper.keep(Jpeg(data, pixels))
        self.pictures.append(name)
        self.operators.append(f"q {w:.2f} 0 0 {h:.2f} {x:.2f} {y:.2f} cm /{name} Do Q")

    def path(self, points: list[tuple[float, float]], width: float) -> None:
        """A stroke through points."""
        steps = [f"{x:.2f} {y:.2f} {'l' if i else 'm'}" for i, (x, y) in enumerate(points)]
        self.operators.append(f"q {width:.3g} w 1 J 1 j {' '.join(steps)} S Q")

    def strokes(self, points: Sequence[tuple[float, float]], width: float, dash: str = "") -> None:
        """A line through points; `dash` as in PDF."""
        steps = [f"{x:.2f} {y:.2f} {'l' if i else 'm'}" for i, (x, y) in enumerate(points)]
        self.operators.append(f"q {width:.3g} w 0 j{_dashed(dash)} {' '.join(steps)} S Q")

    def polygon(
        self, points: Sequence[tuple[float, float]], width: float, dash: str = "", *, paper: bool = False
    ) -> None:
        """A closed line through points; with `paper` nothing beneath shows through."""
        steps = " ".join(
            f"{x:.2f} {y:.2f} {'l' if i else 'm'}" for i, (x, y) in enumerate((*points, points[0]))
        )
        self._closed(steps, width, dash, paper=paper)

    def circle(self, x: float, y: float, r: float, width: float, dash: str = "") -> None:
        """A circle around (x, y) through which nothing beneath shows."""
        k = 0.5523 * r
        path = f"{x + r:.2f} {y:.2f} m"
        half = (((r, k), (k, r), (0.0, r)), ((-k, r), (-r, k), (-r, 0.0)))
        for curve in (*half, *(tuple((-a, -b) for a, b in part) for part in half)):
            path += " " + " ".join(f"{x + a:.2f} {y + b:.2f}" for a, b in curve) + " c"
        self._closed(path, width, dash, paper=True)

    def _closed(self, path: str, width: float, dash: str, *, paper: bool) -> None:
        if paper:
            self.operators.append(f"q 1 g {path} f Q")
        self.operators.append(f"q {width:.3g} w 0 j{_dashed(dash)} {path} S Q")

    def rounded(self, x: float, y: float, w: float, h: float, r: float, width: float) -> None:
        """The outline of a box with round corners of radius `r`."""
        k, top, right = 0.45 * r, y + h, x + w
        corners = (
            ((right - r, y), (right - k, y), (right, y + k), (right, y + r)),
            ((right, top - r), (right, top - k), (right - k, top), (right - r, top)),
            ((x + r, top), (x + k, top), (x, top - k), (x, top - r)),
            ((x, y + r), (x, y + k), (x + k, y), (x + r, y)),
        )
        path = f"{x + r:.2f} {y:.2f} m"
        for (ax, ay), *curve in corners:
            path += f" {ax:.2f} {ay:.2f} l " + " ".join(f"{cx:.2f} {cy:.2f}" for cx, cy in curve) + " c"
        self.operators.append(f"q {width:.3g} w {path} S Q")

    def check_box(self, x: float, y: float, size: float, ticked: bool) -> None:
        """A square of 0.86 em standing on the baseline `y` of type of that size; a tick when chosen."""
        side = 0.86 * size
        low = y - 0.12 * size
        self.frame(x, low, side, side, 0.65)
        if ticked:
            tick = [(0.2, 0.52), (0.42, 0.26), (0.82, 0.8)]
            self.path([(x + side * a, low + side * b) for a, b in tick], 0.15 * side)


def _dashed(dash: str) -> str:
    return f" [{dash}] 0 d" if dash else ""
