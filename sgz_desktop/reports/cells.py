"""What stands inside a table cell beside text: check boxes with labels, spread labels, nothing."""

from __future__ import annotations

from .breaking import Line, Run
from .fonts import tidy
from .ink import BAR, MM, TRACK, Ink
from .paragraph import Paragraph, Set, Style
from .values import Option

TAB = 32 * MM  # in half a row; a whole row has four or five tabs
BLANK = 60.0  # the line 其他 ends in, in points
LABEL_EMS = 4000


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


class Label(Paragraph):
    """A form label. Where it takes two lines its words stay whole as well as can be told: what is in brackets
    begins the second, else an even number of characters stands in the first: 服务对象 over 签署方式."""

    def _lines(self, width: float) -> list[Set]:
        lines = super()._lines(width)
        text = "\n".join(run.text for run in self._runs)
        cut = text.find("（") if "（" in text else (len(text) + 3) // 4 * 2 if text.isalpha() else 0
        if len(lines) != 2 or cut < 1 or "\n" in text:
            return lines
        torn = Paragraph(f"{text[:cut]}\n{text[cut:]}", self.style)._lines(width)
        return torn if len(torn) == 2 else lines


def label(text: str, style: Style) -> Paragraph:
    """A form label; two or three characters are spread to the width of four."""
    paragraph = Label(text, style)
    if text.isalpha() and len(text) in (2, 3):
        paragraph.spread_to(LABEL_EMS)
    return paragraph


class Options:
    """Check boxes with labels on one line, or on tabs when one line is too short. Nothing breaks apart."""

    space, keep = 0.0, False

    def __init__(self, options: tuple[Option, ...], style: Style, lead: str = "", after: str = "") -> None:
        self.style = style
        self._options = options
        self._lead = Run(tidy(lead).replace("\n", " "), style.face) if lead else None
        self._after = Run(tidy(after).replace("\n", " "), style.face) if after else None
        self._labels = [Run(tidy(option.label).replace("\n", " "), style.face) for option in options]

    def _box(self) -> float:
        return self.style.size * 1.06

    def _item_width(self, i: int) -> float:
        blank = BLANK if self._options[i].blank else 0.0
        return self._box() + self._labels[i].width * self.style.size / 1000 + blank

    def _places(self, width: float) -> list[tuple[float, int, float]]:
        """(x, line number, room) of each item, then of the text after them."""
        size = self.style.size
        x = (self._lead.width * size / 1000 + size) if self._lead else 0.0
        widths = [self._item_width(i) for i in range(len(self._options))]
        after = [self._after.width * size / 1000] if self._after else []
        if x + sum(widths) + sum(after) + size * (len(widths) + len(after) - 1) <= width:
            places = []
            if self.style.align == "centre":
                x += (width - x - sum(widths) - sum(after) - size * (len(widths) + len(after) - 1)) / 2
            for item in widths + after:
                places.append((x, 0, item))
                x += item + size
            return places
        return self._on_tabs(widths + after, width, x)

    def _on_tabs(self, widths: list[float], width: float, start: float) -> list[tuple[float, int, float]]:
        room = width - start
        gap = 0.5 * self.style.size
        if room < 3 * TAB:
            tab = min(TAB, room, max(widths, default=TAB) + gap)
        else:
            short = sum(1 for item in widths if item + gap <= room / 5)
            tab = room / (5 if short >= 0.8 * len(widths) else 4)
        count = max(1, int((room + 0.01) / tab))
        places, column, row = [], 0, 0
        for item in widths:
            needed = min(count, max(1, -int(-(item + gap) // tab)))
            if column + needed > count:
                column, row = 0, row + 1
            own = needed * tab if needed < count else room
            places.append((start + column * tab, row, own))
            column += needed
            rows = self._rows(item, own)
            if rows > 1:
                column, row = count, row + rows - 1
        return places

    def _rows(self, item: float, room: float) -> int:
        return 1 if item <= room + 0.5 else int(item / max(room - self._box(), self.style.size)) + 1

    def height(self, width: float) -> float:
        """Height of all lines."""
        places = self._places(width)
        widths = [self._item_width(i) for i in range(len(self._options))]
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
                ink.rule(right, y - 2, min(right + BLANK - 2, x + width), y - 2, 0.5)
        if self._after:
            dx, row, _room = places[-1]
            ink.line(
                self._after, Line(0, len(self._after.text), 0, 0, True), x + dx, base - row * leading, size
            )
