"""What stands inside a table cell beside text: check boxes with labels, bars, nothing."""

from __future__ import annotations

from itertools import accumulate

from .breaking import Line, Run
from .fonts import tidy
from .ink import BAR, MM, TRACK, Ink
from .paragraph import Style
from .values import Option

TAB = 32 * MM  # between items on several lines, where there is room for it
BLANK, LEAST_BLANK = 60.0, 40.0  # the line 其他 ends in, in points
Place = tuple[float, int, float]  # x, line number and room of an item


class Empty:
    """Nothing, of some height."""

    space, keep = 0.0, False

    def __init__(self, height: float = 0.0) -> None:
        self._height = height

    def height(self, _width: float) -> float:
        """The height asked for."""
        return self._height

    def split(self, _width: float, _height: float) -> tuple[Empty | None, Empty | None]:
        """Never leaves a rest: white can be cut off."""
        return self, None

    def draw(self, ink: Ink, x: float, top: float, width: float) -> None:
        """Draws nothing."""


class LevelBar:
    """A solid bar on its track and the percents after it."""

    space, keep = 0.0, False
    HIGH, FIGURE = 1.6 * MM, 12 * MM

    def __init__(self, percent: int | None, style: Style) -> None:
        self._percent = percent
        self._style = style

    def height(self, _width: float) -> float:
        """One line."""
        return self._style.leading

    def split(self, width: float, height: float) -> tuple[LevelBar | None, LevelBar | None]:
        """All or nothing."""
        return (self, None) if self.height(width) <= height + 0.01 else (None, self)

    def draw(self, ink: Ink, x: float, top: float, width: float) -> None:
        """Draws bar and figure."""
        middle, size = top - self._style.leading / 2, self._style.size
        base = middle - 0.36 * size
        if self._percent is None:
            ink.write("—", x + width, base, size, anchor="right")
            return
        track = width - self.FIGURE
        ink.fill(x, middle - self.HIGH / 2, track, self.HIGH, TRACK)
        ink.fill(x, middle - self.HIGH / 2, track * min(self._percent, 100) / 100, self.HIGH, BAR)
        ink.write(f"{self._percent}%", x + width, base, size, anchor="right")


class Options:
    """Check boxes with labels on one line, or on tabs when one line is too short. Nothing breaks apart."""

    space, keep = 0.0, False

    def __init__(self, options: tuple[Option, ...], style: Style, lead: str = "", after: str = "") -> None:
        self.style = style
        self._options = options
        self._lead = Run(tidy(lead).replace("\n", " "), style.face) if lead else None
        self._after = Run(tidy(after).replace("\n", " "), style.face) if after else None
        self._placed: dict[float, list[Place]] = {}
        self._labels = [Run(tidy(option.label).replace("\n", " "), style.face) for option in options]

    def _box(self) -> float:
        return self.style.size * 1.06

    def _item_width(self, i: int) -> float:
        blank = BLANK if self._options[i].blank else 0.0
        return self._box() + self._labels[i].width * self.style.size / 1000 + blank

    def _places(self, width: float) -> list[Place]:
        """Where each item stands, then the text after them."""
        found = self._placed.get(width)
        if found is None:
            found = self._placed[width] = self._set(width)
        return found

    def _set(self, width: float) -> list[Place]:
        size = self.style.size
        x = (self._lead.width * size / 1000 + size) if self._lead else 0.0
        after = [self._after.width * size / 1000] if self._after else []
        widths = [self._item_width(i) for i in range(len(self._options))] + after
        long = x + sum(widths) + size * (len(widths) - 1)
        if long > width:
            return self._on_tabs(widths, width - x, x)
        x += (width - long) / 2 if self.style.align == "centre" else 0.0
        starts = accumulate((item + size for item in widths), initial=x)
        return [(at, 0, item) for at, item in zip(starts, widths, strict=False)]

    def _on_tabs(self, widths: list[float], room: float, start: float) -> list[Place]:
        """On columns of one width where they do, else on columns as wide as what stands in them: as few lines
        as can be, the items shared out evenly over them."""
        least = [item - self._spare(i) for i, item in enumerate(widths)]
        tabs = columns_of(least, room, 0.5 * self.style.size)
        edges = [*accumulate(tabs, initial=0.0)][:-1]
        places: list[Place] = []
        row = 0
        for i, item in enumerate(least):
            column = i % len(tabs)
            row += 1 if i and not column else 0
            last = column + 1 == len(tabs) or i + 1 == len(least)
            own = room - edges[column] if last else tabs[column]
            places.append((start + edges[column], row, own))
            row += self._rows(item, own) - 1
        return places

    def _spare(self, i: int) -> float:
        """How much shorter the line to write on after an item may be."""
        return BLANK - LEAST_BLANK if i < len(self._options) and self._options[i].blank else 0.0

    def _rows(self, item: float, room: float) -> int:
        return 1 if item <= room + 0.5 else int(item / max(room - self._box(), self.style.size)) + 1

    def height(self, width: float) -> float:
        """Height of all lines."""
        places = self._places(width)
        widths = [self._item_width(i) - self._spare(i) for i in range(len(self._options))]
        lines = [row + self._rows(w, room) for (_x, row, room), w in zip(places, widths, strict=False)]
        lines += [row + 1 for _x, row, _room in places]
        return max(lines, default=1) * self.style.leading

    def natural_width(self) -> float:
        """Width on one line."""
        return sum(self._item_width(i) + self.style.size for i in range(len(self._options)))

    def split(self, width: float, height: float) -> tuple[Options | None, Options | None]:
        """All or nothing."""
        return (self, None) if self.height(width) <= height + 0.01 else (None, self)

    def draw(self, ink: Ink, x: float, top: float, width: float) -> None:
        """Draws boxes and labels."""
        size, leading = self.style.size, self.style.leading
        base = top - leading / 2 - 0.36 * size
        if self._lead:
            ink.line(self._lead, Line(0, len(self._lead.text), 0, 0, True), x, base, size)
        places = self._places(width)
        for i, option in enumerate(self._options):
            dx, row, room = places[i]
            y, left, run = base - row * leading, x + dx + self._box(), self._labels[i]
            ink.check_box(x + dx, y, size, option.ticked)
            for number, line in enumerate(run.lines(max(1000, int((room - self._box()) * 1000 / size + 9)))):
                ink.line(run, line, left, y - number * leading, size)
            if option.blank:
                right = left + run.width * size / 1000 + 2
                next_to = size / 2 if dx + room < width - 1 else 0.0  # stays off the box that follows
                end = min(right + BLANK - 2, x + dx + room - next_to)
                ink.rule(right, y - 2, end, y - 2, 0.5)
        if self._after:
            dx, row, _room = places[-1]
            ink.line(
                self._after, Line(0, len(self._after.text), 0, 0, True), x + dx, base - row * leading, size
            )


def columns_of(widths: list[float], room: float, gap: float) -> list[float]:
    """The widths of the columns that items of these widths stand in, line by line: of the fewest lines, the
    fewest columns. One column may be narrower than what it holds."""
    fits = [[room]]
    for count in range(2, len(widths) + 1):
        widest = [max(widths[at::count]) + gap for at in range(count)]
        if sum(widest) - gap > room:
            break
        fits.append(widest)
    lines = -(-len(widths) // len(fits[-1]))
    widest = next(one for one in fits if -(-len(widths) // len(one)) == lines)
    even = room / len(widest)
    if max(widest) <= even:
        return [min(even, max(TAB, *widest))] * len(widest) if len(widest) < 4 else [even] * len(widest)
    spare = max(0.0, (room - sum(widest) + gap) / len(widest))
    return [one + spare for one in widest]
