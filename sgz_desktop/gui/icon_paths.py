"""Our stroke icons as painter paths: reads the few SVG shapes they are drawn with, without the SVG library.

Loading that library and its documents cost a tenth of the time to the unlock page. Known shapes: `path` with
M L H V C S A Z in either case (arcs of circles only), `circle`, and `rect` with `rx`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from PySide6.QtGui import QPainterPath

_SHAPE = re.compile(r"<(path|circle|rect)\b([^>]*)>")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_TOKEN = re.compile(r"[MLHVCSAZmlhvcsaz]|-?(?:\d+\.?\d*|\.\d+)")
_COUNT = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "A": 7, "Z": 0}


def read_icon(svg: str) -> tuple[QPainterPath, float]:
    """All shapes of a drawing as one path on its 24 grid, and the width of its stroke."""
    whole = QPainterPath()
    for name, rest in _SHAPE.findall(svg):
        given = dict(_ATTRIBUTE.findall(rest))
        if name == "path":
            _add_path(whole, given["d"])
        elif name == "circle":
            x, y, radius = (float(given[key]) for key in ("cx", "cy", "r"))
            whole.addEllipse(x - radius, y - radius, 2 * radius, 2 * radius)
        else:
            x, y, width, height = (float(given[key]) for key in ("x", "y", "width", "height"))
            radius = float(given.get("rx", "0"))
            whole.addRoundedRect(x, y, width, height, radius, radius)
    width = re.search(r'stroke-width="([\d.]+)"', svg)
    return whole, float(width.group(1)) if width else 1.8


def _add_path(whole: QPainterPath, data: str) -> None:
    x = y = 0.0
    mirror: tuple[float, float] | None = None
    for command, numbers in _commands(data):
        base_x, base_y = (x, y) if command.islower() else (0.0, 0.0)
        kind = command.upper()
        if kind == "Z":
            whole.closeSubpath()
            x, y = whole.currentPosition().toTuple()
            continue
        end_x = x if kind == "V" else base_x + numbers[0 if kind == "H" else -2]
        end_y = y if kind == "H" else base_y + numbers[-1]
        if kind in "CS":
            second = base_x + numbers[-4], base_y + numbers[-3]
            first = (base_x + numbers[0], base_y + numbers[1]) if kind == "C" else (mirror or (x, y))
            whole.cubicTo(*first, *second, end_x, end_y)
            mirror = 2 * end_x - second[0], 2 * end_y - second[1]
        else:
            mirror = None
            _add_other(whole, kind, (x, y), (end_x, end_y), numbers)
        x, y = end_x, end_y


def _add_other(
    whole: QPainterPath, kind: str, start: tuple[float, float], end: tuple[float, float], numbers: list[float]
) -> None:
    if kind == "M":
        whole.moveTo(*end)
    elif kind == "A":
        _add_arc(whole, start, end, numbers[0], bool(numbers[3]), bool(numbers[4]))
    else:
        whole.lineTo(*end)


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    """Each command with its numbers; numbers that go on repeat the command (after a move: a line)."""
    tokens, at, command = _TOKEN.findall(data), 0, ""
    while at < len(tokens):
        if tokens[at].isalpha():
            command, at = tokens[at], at + 1
        count = _COUNT[command.upper()]
        yield command, [float(token) for token in tokens[at : at + count]]
        at += count
        command = {"M": "L", "m": "l"}.get(command, command)


def _add_arc(
    whole: QPainterPath,
    start: tuple[float, float],
    end: tuple[float, float],
    radius: float,
    large: bool,
    sweep: bool,
) -> None:
    """An arc of a circle, as SVG defines it by its ends, as Qt draws it by its centre and angles."""
    half_x, half_y = (end[0] - start[0]) / 2, (end[1] - start[1]) / 2
    half = math.hypot(half_x, half_y)
    radius = max(radius, half)
    lift = math.sqrt(max(radius**2 - half**2, 0.0)) / half * (1 if large != sweep else -1)
    centre_x = start[0] + half_x - lift * half_y
    centre_y = start[1] + half_y + lift * half_x
    first = math.degrees(math.atan2(centre_y - start[1], start[0] - centre_x))
    last = math.degrees(math.atan2(centre_y - end[1], end[0] - centre_x))
    turn = last - first
    if sweep and turn > 0:
        turn -= 360
    elif not sweep and turn < 0:
        turn += 360
    whole.arcTo(centre_x - radius, centre_y - radius, 2 * radius, 2 * radius, first, turn)
