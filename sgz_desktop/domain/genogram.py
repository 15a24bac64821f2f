"""A genogram as symbols and lines in abstract units (a symbol is `SYMBOL` wide), x to the right, y down.

Painters draw `strokes` first and symbols, filled, on top. Rows are generations; partners stand side by side
with the man at the left, children under their parents from the eldest. Vertical lines run between the cells
of a row, horizontal ones between rows, so that no line runs through a person. Same family, same drawing.
Closeness goes straight from one to the other.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Literal, NamedTuple

from sgz_desktop.domain.genogram_labels import Label, labels
from sgz_desktop.domain.genogram_labels import described as _described
from sgz_desktop.domain.genogram_order import MOST, Order, Union, order
from sgz_desktop.domain.genogram_places import GAP, SLOT, places
from sgz_desktop.domain.kin import Family
from sgz_desktop.domain.relations import FEMALE, MALE

SYMBOL, LABEL, LINES = 44.0, 94.0, 3  # width of a symbol and of a label; lines of a label
LINE = 17.0
MARGIN = 14.0
LANE, LANES = 11.0, 16.0  # between two lanes; from the cells of a row to its first lane
REACH = SYMBOL / 2 + 5  # from the middle of a symbol to where a line of closeness begins
TILT = 5.0
TOUCHING = 30.0  # two rows of a home are one when they overlap by that much

Point = tuple[float, float]
Shape = Literal["square", "circle", "diamond"]
Style = Literal["solid", "dashed", "dotted"]


@dataclass(frozen=True)
class Symbol:
    """A person: the middle of their symbol, what stands in it and under it."""

    id: str
    shape: Shape
    x: float
    y: float
    focus: bool
    dead: bool
    missing: bool
    label: Label


class Stroke(NamedTuple):
    """A line through points. `kind`: couple, descent, or a code of closeness."""

    kind: str
    points: tuple[Point, ...]
    style: Style = "solid"


@dataclass(frozen=True)
class Genogram:
    """A drawing of `width` × `height`. `homes` are outlines around those who live together; `left_out` counts
    relations that contradict the others; `apart` are people no line leads to."""

    width: float
    height: float
    symbols: tuple[Symbol, ...]
    strokes: tuple[Stroke, ...]
    homes: tuple[tuple[Point, ...], ...]
    left_out: int = 0
    apart: tuple[str, ...] = ()


CELL = SYMBOL + 4 + LINES * LINE  # height of a person with the label


def genogram(of: Family, today: str, most: int = MOST) -> Genogram:
    """The drawing of the `most` nearest of a family; `today` (YYYY-MM-DD) is the day ages are told of."""
    found = order(of, most)
    x = places(found)
    drawn = _Drawing(of, found, x)
    symbols = tuple(
        Symbol(
            id,
            _shape(of.people[id].sex),
            x[id],
            drawn.y[id],
            id == of.focus,
            of.people[id].dead,
            of.people[id].missing,
            label,
        )
        for id, label in labels(of, drawn.y, today).items()
    )
    strokes = tuple(drawn.strokes())
    width = max((one.x for one in symbols), default=0) + SLOT / 2 + MARGIN
    height = drawn.bottom + MARGIN
    homes = tuple(drawn.homes())
    return Genogram(width, height, symbols, strokes, homes, found.left_out, found.apart)


def narrow_genogram(of: Family, today: str, slots: int) -> Genogram:
    """The drawing with as many of the nearest as leave it at most `slots` people wide."""
    for most in (MOST, 30, 24, 18, 12, 8, 5):
        drawing = genogram(of, today, most)
        if drawing.width <= slots * (SLOT + GAP) + 2 * MARGIN:
            break
    return drawing


def described(of: Family, today: str) -> str:
    """The drawing in words: everybody on it, who lives together, who is close to whom."""
    return _described(of, labels(of, (id for row in order(of).rows for one in row for id in one), today))


def _shape(sex: str) -> Shape:
    return "square" if sex == MALE else "circle" if sex == FEMALE else "diamond"


class _Lane(NamedTuple):
    left: float
    right: float
    of: object


class _Drawing:
    """Rows and lanes: where each person, couple and sibship has its place."""

    def __init__(self, of: Family, found: Order, x: dict[str, float]) -> None:
        self.of, self.found, self.x = of, found, x
        self.row = {id: n for n, row in enumerate(found.rows) for cluster in row for id in cluster}
        self.beside = {a: b for row in found.rows for one in row for a, b in itertools.pairwise(one)}
        self._gutters: dict[Union, float] = {}
        self._far = [one for one in found.couples if not self._adjacent(one.one, one.other)]
        self._lay_lanes()

    def _adjacent(self, a: str, b: str) -> bool:
        return self.beside.get(a) == b or self.beside.get(b) == a

    def _lay_lanes(self) -> None:
        """Count the lanes under each row; rows are as far apart as their lanes ask for."""
        for union in self.found.unions:
            if union.parents:
                self._gutters[union] = self._gutter(union)
        self.lanes: dict[object, int] = {}
        counts = []
        for number in range(len(self.found.rows)):
            far = [
                _Lane(*self._span(one.one, one.other), one)
                for one in self._far
                if self.row[one.one] == number
            ]
            above = _coloured(far, self.lanes, 0)
            buses = [self._bus(one) for one in self.found.unions if self.row[one.children[0]] == number + 1]
            counts.append(_coloured(buses, self.lanes, above))
        self.y: dict[str, float] = {}
        self.foot: list[float] = []
        top = MARGIN + self._head()
        for number, row in enumerate(self.found.rows):
            for cluster in row:
                self.y.update(dict.fromkeys(cluster, top + SYMBOL / 2))
            self.foot.append(top + CELL)
            below = max(counts[number] - 1, 0) * LANE
            last = number == len(self.found.rows) - 1
            top += CELL + (below + LANES if last and counts[number] else 0 if last else 2 * LANES + below)
        self.bottom = top

    def _head(self) -> float:
        """Room over the first row for siblings whose parents nobody named."""
        first = {id for row in self.found.rows[:1] for cluster in row for id in cluster}
        alone = any(not one.parents and one.children[0] in first for one in self.found.unions)
        return LANES if alone else 0.0

    def _span(self, a: str, b: str) -> tuple[float, float]:
        left, right = sorted((self.x[a], self.x[b]))
        return left + SLOT / 2 + 5, right - SLOT / 2 - 5

    def _bus(self, union: Union) -> _Lane:
        ends = [self.x[child] for child in union.children]
        if union.parents:
            ends.append(self._gutters[union])
        return _Lane(min(ends), max(ends), union)

    def _gutter(self, union: Union) -> float:
        """Where the line down to the children begins: beside the parents, clear of other lines there."""
        xs = sorted(self.x[id] for id in union.parents)
        level = self.row[union.parents[0]]
        if len(union.parents) == 2:
            wanted = (xs[0] + xs[1]) / 2
        else:
            left, right = xs[0] - SLOT / 2, xs[0] + SLOT / 2
            busy = union.parents[0] in self.beside and union.parents[0] not in self.beside.values()
            wanted = left if busy else right
        foreign = [
            self.x[child]
            for other in self.found.unions
            if other is not union and self.row[other.children[0]] == level + 1
            for child in other.children
        ]
        foreign += [g for other, g in self._gutters.items() if self.row[other.parents[0]] == level]
        for shift in (0.0, 5.0, -5.0, 8.0, -8.0, 11.0, -11.0):
            if all(abs(wanted + shift - one) >= 3 for one in foreign):
                return wanted + shift
        return wanted

    def strokes(self) -> Iterator[Stroke]:
        """Couples, then descents, then closeness."""
        for couple in self.found.couples:
            yield from self._couple(couple.one, couple.other, couple.bond, couple.assumed)
        for union in self.found.unions:
            yield from self._descent(union)
        for tie in self.of.ties:
            if tie.one in self.y and tie.other in self.y:
                yield from self._tie(tie.one, tie.other, tie.closeness)

    def _couple(self, one: str, other: str, bond: str, assumed: bool) -> Iterator[Stroke]:
        left, right = sorted((one, other), key=lambda id: (self.x[id], id))
        y, x1, x2 = self.y[left], self.x[left], self.x[right]
        style: Style = "dotted" if assumed else "dashed" if bond == "cohabiting" else "solid"
        if self._adjacent(one, other):
            yield Stroke("couple", ((x1, y), (x2, y)), style)
            middle = (x1 + x2) / 2 - 13
        else:
            couple = next(c for c in self._far if {c.one, c.other} == {one, other})
            lane, (a, b), low = self._lane_y(couple, self.row[left]), self._span(left, right), y + 14
            points = ((x1, low), (a, low), (a, lane), (b, lane), (b, low), (x2, low))
            yield Stroke("couple", points, style)
            middle, y = (a + b) / 2 - 13, lane
        for shift in {"separated": (0.0,), "divorced": (-3.5, 3.5)}.get(bond, ()):
            at = middle + shift
            yield Stroke("couple", ((at - TILT / 2, y + 8), (at + TILT / 2, y - 8)))

    def _lane_y(self, of: object, row: int) -> float:
        return self.foot[row] + LANES + self.lanes[of] * LANE

    def _descent(self, union: Union) -> Iterator[Stroke]:
        """From the parents to the lane, along it, and down to each child."""
        children = union.children
        top = min(self.y[child] for child in children) - SYMBOL / 2
        row = self.row[children[0]]
        lane = self._lane_y(union, row - 1) if row and union in self.lanes else top - LANES + 4
        style: Style = "dotted" if union.dotted else "solid"
        if union.parents:
            gutter = self._gutters[union]
            yield Stroke("descent", (*self._start(union, gutter), (gutter, lane)), style)
        bus = self._bus(union)
        if bus.right - bus.left > 0.01:
            yield Stroke("descent", ((bus.left, lane), (bus.right, lane)), style)
        for child in children:
            assumed = not union.dotted and bool(union.parents) and self._only_likely(union, child)
            yield Stroke(
                "descent", ((self.x[child], lane), (self.x[child], top)), "dotted" if assumed else style
            )

    def _only_likely(self, union: Union, child: str) -> bool:
        lines = [one for one in self.of.parents if one.child == child and one.parent in union.parents]
        return all(one.assumed for one in lines)

    def _start(self, union: Union, gutter: float) -> tuple[Point, ...]:
        one = union.parents[0]
        if len(union.parents) == 1:
            y = self.y[one] + 10
            return (self.x[one], y), (gutter, y)
        if self._adjacent(*union.parents):
            return ((gutter, self.y[one]),)
        couple = next(c for c in self._far if {c.one, c.other} == set(union.parents))
        return ((gutter, self._lane_y(couple, self.row[one])),)

    def _tie(self, one: str, other: str, closeness: str) -> Iterator[Stroke]:
        a, b = (self.x[one], self.y[one]), (self.x[other], self.y[other])
        if self._adjacent(one, other):
            a, b = (a[0], a[1] - 12), (b[0], b[1] - 12)
        yield from tie_strokes(a, b, closeness)

    def homes(self) -> Iterator[tuple[Point, ...]]:
        """Outlines around those who live together and nobody else: one where they stand side by side or
        under one another, else several."""
        chains: list[list[tuple[int, float, float]]] = []
        for number, row in enumerate(self.found.rows):
            for left, right in self._runs([id for cluster in row for id in cluster]):
                near = [
                    one
                    for one in chains
                    if one[-1][0] == number - 1 and min(one[-1][2], right) - max(one[-1][1], left) >= TOUCHING
                ]
                if near:
                    near[0].append((number, left, right))
                else:
                    chains.append([(number, left, right)])
        if len([id for id in self.of.together if id in self.y]) > 1:
            yield from (self._outline(chain) for chain in chains)

    def _runs(self, row: Sequence[str]) -> Iterator[tuple[float, float]]:
        run: list[float] = []
        for id in (*row, ""):
            if id in self.of.together:
                run.append(self.x[id])
            elif run:
                yield run[0] - SLOT / 2 + 2, run[-1] + SLOT / 2 - 2
                run = []

    def _outline(self, chain: Sequence[tuple[int, float, float]]) -> tuple[Point, ...]:
        """Down the right side and up the left; between two rows as wide as both are."""
        right: list[Point] = []
        left: list[Point] = []
        for place, (number, west, east) in enumerate(chain):
            top, foot = self.foot[number] - CELL - 7, self.foot[number] + 3
            if place:
                _number, west_before, east_before = chain[place - 1]
                right += [(min(east, east_before), right[-1][1]), (min(east, east_before), top)]
                left += [(max(west, west_before), left[-1][1]), (max(west, west_before), top)]
            right += [(east, top), (east, foot)]
            left += [(west, top), (west, foot)]
        return (*right, *reversed(left))


def _coloured(spans: Sequence[_Lane], lanes: dict[object, int], first: int) -> int:
    """Give each span a lane in which nothing else lies beside it; how many lanes there are now."""
    ends: list[float] = []
    for span in sorted(spans, key=lambda one: (one.left, one.right)):
        free = next((n for n, end in enumerate(ends) if end + GAP <= span.left), len(ends))
        ends[free : free + 1] = [span.right]
        lanes[span.of] = first + free
    return first + len(ends)


def tie_strokes(start: Point, end: Point, closeness: str) -> Iterator[Stroke]:
    """A line of closeness between two symbols: double, dotted, zigzag, or cut in the middle."""
    (x1, y1), (x2, y2) = start, end
    length = hypot(x2 - x1, y2 - y1) or 1.0
    along, across = ((x2 - x1) / length, (y2 - y1) / length), (-(y2 - y1) / length, (x2 - x1) / length)
    first, last = REACH, length - REACH

    def at(distance: float, aside: float = 0.0) -> Point:
        return (x1 + along[0] * distance + across[0] * aside, y1 + along[1] * distance + across[1] * aside)

    if last <= first or closeness not in ("close", "distant", "conflict", "cut_off"):
        return
    if closeness == "close":
        for aside in (-2.0, 2.0):
            yield Stroke("close", (at(first, aside), at(last, aside)))
    elif closeness == "distant":
        yield Stroke("distant", (at(first), at(last)), "dotted")
    elif closeness == "conflict":
        teeth = max(2, round((last - first) / 7))
        step = (last - first) / teeth
        inner = (at(first + step * n, 4.0 if n % 2 else -4.0) for n in range(1, teeth))
        yield Stroke("conflict", (at(first), *inner, at(last)))
    else:
        middle = (first + last) / 2
        yield Stroke("cut_off", (at(first), at(middle - 3)))
        yield Stroke("cut_off", (at(middle + 3), at(last)))
        for distance in (middle - 3, middle + 3):
            yield Stroke("cut_off", (at(distance, -6.0), at(distance, 6.0)))
