"""What the first six digits of an id number say: the county it was first given in (GB/T 2260).

Codes were given anew when counties were parted and joined: 130123 was 栾城县 until 1992 and is 正定县 since.
So a name is looked up by code and year. The table and where it comes from: resources/counties.
"""

from __future__ import annotations

from functools import cache

from sgz_desktop.resources import resource

FIRST_CARDS = 1984  # numbers were first given with the cards of that year, to everybody alive
_OPEN = 9999


def county(code: str, year: int) -> str:
    """Province, prefecture and county of a six-digit code (福建省漳州市南靖县), "" for an unknown one.

    `year` is that of birth. People born before the first cards had their numbers with them.
    """
    given = max(year, FIRST_CARDS)
    if not _name(code, given):
        return ""
    within = dict.fromkeys((code[:2] + "0000", code[:4] + "00", code))
    return "".join(_name(part, given) for part in within)


def _name(code: str, year: int) -> str:
    """The name in that year; a code not yet or no longer in use then has the name nearest to it."""
    names = _table().get(code, ())
    return next((name for until, name in names if year <= until), names[-1][1] if names else "")


@cache
def _table() -> dict[str, list[tuple[int, str]]]:
    table: dict[str, list[tuple[int, str]]] = {}
    for line in resource("counties", "gbt2260.txt").read_text(encoding="utf-8").splitlines():
        code, years, name = line.split(" ")
        until = years.split("-")[1]
        table.setdefault(code, []).append((int(until) if until else _OPEN, name))
    return table
