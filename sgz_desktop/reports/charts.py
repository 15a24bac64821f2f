"""Charts in black ink: solid is this period, hollow is before or not counted, a track is the target."""

from __future__ import annotations

from collections.abc import Sequence

from sgz_desktop.domain.percents import percent_words

from .fonts import HEI, SONG
from .ink import BAR, BLACK, MM, TRACK, Ink
from .looks import EDGE, ROW, UNDER_HEAD, Look
from .pages import shortened
from .paragraph import Paragraph
from .signing import Whole
from .values import Bar, BarChart, GoalBars, Target, Targets


def lags(target: Target, elapsed: int) -> bool:
    """Whether less is done than the time gone by asks for."""
    return target.target > 0 and target.total * 100 < elapsed * target.target


def percent(target: Target) -> str:
    """How much is done; only what is done says 100%."""
    return percent_words(target.total, target.target)


class TargetTable(Whole):
    """Bullet table: name, this month, a bar on its track, done / target, percent."""

    ROW_HEIGHT, MOST = 7.6 * MM, 20

    def __init__(self, value: Targets, look: Look) -> None:
        super().__init__(4.0)
        self.keep = True
        self._value = value
        self._size = look.data.size

    def height(self, width: float) -> float:
        """Head and rows."""
        return self.ROW_HEIGHT * (len(self._value.rows) + 1)

    def draw(self, ink: Ink, x: float, top: float, width: float) -> None:
        """Draws the table."""
        size, step, bar = self._size, self.ROW_HEIGHT, x + 60 * MM
        base, right, month = top - step / 2 - 0.36 * size, x + width, x + 55 * MM
        track = width - 110 * MM
        ink.write("指标", x + 1.5 * MM, base, size, HEI)
        ink.write(self._value.this, month, base, size, HEI, "right")
        ink.write("累计 / 目标", right - 15 * MM, base, size, HEI, "right")
        ink.write("完成", right - 1.5 * MM, base, size, HEI, "right")
        when = bar + track * min(self._value.elapsed, 100) / 100
        words = f"时间进度 {self._value.elapsed}%"
        half = ink.width(words, size - 1, HEI) / 2
        ink.write(words, max(when, bar + half), base, size - 1, HEI, "centre")  # clear of this month's head
        ink.rule(x, top, right, top, EDGE)
        ink.rule(x, top - step, right, top - step, UNDER_HEAD)
        y = top - step
        for row in self._value.rows:
            self._row(ink, row, x, y, (bar, track, right, month))
            y -= step
        ink.rule(when, top - step - 2, when, y + 2, UNDER_HEAD, "2.4 1.8")
        ink.rule(x, y, right, y, EDGE)

    def _row(self, ink: Ink, row: Target, x: float, y: float, at: tuple[float, float, float, float]) -> None:
        size, (bar, track, right, month) = self._size, at
        middle = y - self.ROW_HEIGHT / 2
        base = middle - 0.36 * size
        share = row.total / row.target if row.target else 0.0
        name = f"{row.name}（{row.unit}）" if row.unit else row.name
        used = ink.write(str(row.month), month, base, size, SONG, "right")
        ink.write(shortened(name, size, month - used - x - 4 * MM), x + 1.5 * MM, base, size)
        ink.fill(bar, middle - 2.1 * MM, track, 4.2 * MM, TRACK)
        ink.fill(bar, middle - 1 * MM, track * min(share, 1.06), 2 * MM, BAR)
        ink.rule(bar + track, middle - 2.5 * MM, bar + track, middle + 2.5 * MM, 1.4)
        if lags(row, self._value.elapsed):
            ink.write("落后", bar + track + 2 * MM, base, size - 1, HEI)
        ink.write(f"{row.total} / {row.target}", right - 15 * MM, base, size, SONG, "right")
        ink.write(percent(row), right - 1.5 * MM, base, size, HEI, "right")


def _key(ink: Ink, x: float, y: float, chart: BarChart, size: float) -> None:
    """What the ink means: a hollow and a solid square with their names, in the order they stand in a bar."""
    side = 2.4 * MM
    named = ((chart.hollow, False), (chart.solid, True))
    for words, solid in named if chart.paired else reversed(named):
        if solid:
            ink.fill(x, y, side, side, BAR)
        else:
            ink.frame(x, y, side, side, 0.6)
        x += side + 3 + ink.write(words, x + side + 3, y, size) + 12
    if chart.unit:
        ink.write(f"单位：{chart.unit}", x, y, size)


class Chart(Whole):
    """Paired upright bars, or flat bars; caption below."""

    def __init__(self, value: BarChart, look: Look) -> None:
        super().__init__(6.0)
        self._value = value
        self._look = look
        self._bars = value.bars

    def height(self, width: float) -> float:
        """Plot, key and caption."""
        plot = 42 * MM if self._value.paired else len(self._bars) * 5.6 * MM + 2 * MM
        return plot + 6 * MM + self._caption().height(width)

    def _caption(self) -> Paragraph:
        return Paragraph(self._value.caption, self._look.caption)

    def draw(self, ink: Ink, x: float, top: float, width: float) -> None:
        """Draws bars, key and caption."""
        caption = self._caption()
        foot = top - self.height(width) + caption.height(width)
        caption.draw(ink, x, foot, width)
        _key(ink, x + 2, foot + 1.6 * MM, self._value, 8.5)
        base = foot + 6 * MM
        if self._value.paired:
            self._upright(ink, x, base, width, top - base)
        else:
            self._flat(ink, x, top, width)

    def _upright(self, ink: Ink, x: float, base: float, width: float, height: float) -> None:
        tallest = max((max(b.solid, b.hollow) for b in self._bars), default=0) or 1
        floor, step = base + 5 * MM, width / max(len(self._bars), 1)
        scale, wide = (height - 11 * MM) / tallest, min(6 * MM, step * 0.42)
        for i, bar in enumerate(self._bars):
            middle = x + step * (i + 0.5)
            for left, value, solid in ((middle - wide, bar.hollow, False), (middle, bar.solid, True)):
                tall = value * scale
                if solid:
                    ink.fill(left, floor, wide, tall, BAR)
                else:
                    ink.frame(left, floor, wide, tall, 0.6)
                ink.write(str(value), left + wide / 2, floor + tall + 2, 8.5, SONG, "centre")
            ink.write(shortened(bar.label, 8.5, step - 2), middle, base + 1.2 * MM, 8.5, SONG, "centre")
        ink.rule(x, floor, x + width, floor, 0.6)

    def _flat(self, ink: Ink, x: float, top: float, width: float) -> None:
        longest = max((b.solid + b.hollow for b in self._bars), default=0) or 1
        names = 22 * MM
        scale, step = (width - names - 14 * MM) / longest, 5.6 * MM
        y = top - 1 * MM
        for bar in self._bars:
            self._flat_bar(ink, bar, x, y - step / 2, (names, scale))
            y -= step
        ink.rule(x + names, top, x + names, y, 0.6)

    def _flat_bar(self, ink: Ink, bar: Bar, x: float, middle: float, at: tuple[float, float]) -> None:
        names, scale = at
        base, tall = middle - 3, 3.2 * MM
        ink.write(shortened(bar.label, 8.5, names - 3), x + names - 3, base, 8.5, SONG, "right")
        solid = bar.solid * scale
        ink.fill(x + names, middle - tall / 2, solid, tall, BAR)
        if bar.hollow:
            ink.frame(x + names + solid, middle - tall / 2, bar.hollow * scale, tall, 0.6)
        label = f"{bar.solid}+{bar.hollow}" if bar.hollow else str(bar.solid)
        ink.write(label, x + names + (bar.solid + bar.hollow) * scale + 3, base, 8.5)


class Pair(Whole):
    """Two charts side by side, 6 mm apart, feet level."""

    def __init__(self, left: BarChart, right: BarChart, look: Look) -> None:
        super().__init__(6.0)
        self._charts = (Chart(left, look), Chart(right, look))

    def height(self, width: float) -> float:
        """The taller of the two."""
        return max(chart.height((width - 6 * MM) / 2) for chart in self._charts)

    def draw(self, ink: Ink, x: float, top: float, width: float) -> None:
        """Draws both."""
        half, height = (width - 6 * MM) / 2, self.height(width)
        for chart in self._charts:
            chart.draw(ink, x, top - height + chart.height(half), half)
            x += half + 6 * MM


class GoalChart(Whole):
    """One small row per goal, one bar per session, the last bar solid; shows the last eight sessions."""

    ROW_HEIGHT, SHOWN, MOST = 15 * MM, 8, 12

    def __init__(self, value: GoalBars, look: Look) -> None:
        super().__init__(4.0)
        self._value = value
        self._look = look

    def height(self, width: float) -> float:
        """Heads and rows."""
        return 10 * MM + self.ROW_HEIGHT * len(self._value.goals)

    def draw(self, ink: Ink, x: float, top: float, width: float) -> None:
        """Draws heads and rows."""
        sessions = self._value.sessions[-self.SHOWN :]
        names, right = 48 * MM, x + width
        step = (width - names - 14 * MM) / max(len(sessions), 1)
        for i, (name, day) in enumerate(sessions):
            middle = x + names + step * (i + 0.5)
            ink.write(name, middle, top - 9, 8.5, HEI, "centre")
            ink.write(day, middle, top - 20, 8.5, SONG, "centre")
        y = top - 10 * MM
        for goal in self._value.goals:
            base = y - self.ROW_HEIGHT + 3 * MM
            text = Paragraph(goal.goal, self._look.data)
            text.draw(ink, x, y - self.ROW_HEIGHT / 2 + text.height(names - 6) / 2, names - 6)
            self._bars(ink, goal.percents[-self.SHOWN :], x + names, base, step)
            rated = [p for p in goal.percents if p is not None]
            ink.write(f"{rated[-1]}%" if rated else "—", right, base + 2, 10, HEI, "right")
            y -= self.ROW_HEIGHT

    def _bars(self, ink: Ink, percents: Sequence[int | None], x: float, base: float, step: float) -> None:
        wide, last = min(8 * MM, step * 0.7), len(percents) - 1
        for i, percent in enumerate(percents):
            if percent is not None:
                left, tall = x + step * (i + 0.5) - wide / 2, percent * 7.5 * MM / 100
                if i == last:
                    ink.fill(left, base, wide, tall, BLACK + BAR)
                else:
                    ink.frame(left, base, wide, tall, 0.6)
                ink.write(str(percent), left + wide / 2, base + tall + 2, 8.5, SONG, "centre")
        ink.rule(x, base, x + step * max(len(percents), 1), base, ROW)
