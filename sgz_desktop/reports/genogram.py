"""A genogram in black ink: lines first, people on top of them, words under each. It is narrowed to the page;
heights and type stay."""

from __future__ import annotations

from .fonts import HEI, SONG
from .ink import MM, Ink
from .pages import shortened
from .signing import Whole
from .values import FamilyTree, Relative

SCALE = 0.72  # points to a unit
TALLEST = 205 * MM
DASHES = ("", "5 3", "1.2 2")
NAME, NOTE = 9.5, 8.5
LINE = 12.0


class FamilyDrawing(Whole):
    """The drawing in the middle of the text block."""

    def __init__(self, value: FamilyTree) -> None:
        super().__init__(8.0)
        self.keep = True
        self._value = value
        self._up = min(SCALE, TALLEST / max(value.height, 1))

    def height(self, width: float) -> float:
        """Height in points."""
        return self._value.height * self._up

    def draw(self, ink: Ink, x: float, top: float, width: float) -> None:
        """Draws homes, lines, words and symbols."""
        value = self._value
        across = min(self._up, width / max(value.width, 1))
        left = x + (width - value.width * across) / 2

        def place(point: tuple[float, float]) -> tuple[float, float]:
            return left + point[0] * across, top - point[1] * self._up

        for home in value.homes:
            ink.polygon([place(point) for point in home], 0.6, "3 2.2")
            foot = max(y for _x, y in home)
            corner = place((min(px for px, y in home if y == foot), foot))
            ink.write(value.home, corner[0] + 4, corner[1] + 2.5, 7.5, HEI)
        for bond in value.bonds:
            ink.strokes([place(point) for point in bond.points], 0.8, DASHES[bond.dash])
        half = value.symbol / 2 * min(self._up, across * 1.6)
        for person in value.people:
            self._person(ink, person, place((person.x, person.y)), half, value.slot * across - 4)

    def _person(
        self, ink: Ink, person: Relative, middle: tuple[float, float], half: float, room: float
    ) -> None:
        x, y = middle
        dash = DASHES[1] if person.missing else ""
        _symbol(ink, person.corners, x, y, half, dash)
        if person.focus:
            _symbol(ink, person.corners, x, y, half - 3, "")
        ink.write(person.inside, x, y - 3.4, NAME, HEI, "centre")
        if person.dead:
            reach = half * {4: 1.0, 0: 0.7}.get(person.corners, 0.5)
            ink.rule(x - reach, y - reach, x + reach, y + reach, 0.8)
            ink.rule(x - reach, y + reach, x + reach, y - reach, 0.8)
        base = y - self._value.symbol / 2 * self._up - LINE + 1
        for number, words in enumerate(person.lines):
            size, face = (NAME, HEI) if number == 0 else (NOTE, SONG)
            ink.write(shortened(words, size, room, face), x, base - number * LINE, size, face, "centre")


def _symbol(ink: Ink, corners: int, x: float, y: float, half: float, dash: str) -> None:
    if corners == 0:
        ink.circle(x, y, half, 0.9, dash)
        return
    square = ((-half, -half), (half, -half), (half, half), (-half, half))
    diamond = ((0.0, -half), (half, 0.0), (0.0, half), (-half, 0.0))
    points = [(x + a, y + b) for a, b in (square if corners == 4 else diamond)]
    ink.polygon(points, 0.9, dash, paper=True)
