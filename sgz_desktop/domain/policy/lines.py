"""Where in a TOML file a key stands: tomllib keeps no lines, and a refusal has to name one."""

from __future__ import annotations

import re

HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.]+)\s*\]\]?")
KEY = re.compile(r"\s*([A-Za-z0-9_]+)\s*=")

Place = tuple[str | int, ...]
DEEPEST = 6  # names in a header; packs have two


class Lines:
    """Line numbers, from 1, by path: ("programme", 2, "node", 5, "clause")."""

    def __init__(self, text: str) -> None:
        self._at: dict[Place, int] = {(): 1}
        here: Place = ()
        counts: dict[Place, int] = {}
        for number, line in enumerate(text.splitlines(), start=1):
            if found := HEADER.match(line):
                here = _entered(found[2].split("."), found[1] == "[[", counts)
                self._at.setdefault(here, number)
            elif found := KEY.match(line):
                self._at.setdefault((*here, found[1]), number)

    def of(self, place: Place) -> int:
        """The line of a key, or of the nearest table around it."""
        while place not in self._at:
            place = place[:-1]
        return self._at[place]


def _entered(names: list[str], many: bool, counts: dict[Place, int]) -> Place:
    here: Place = ()
    for name in names[: DEEPEST - 1][:-1]:
        here = (*here, name)
        if here in counts:
            here = (*here, counts[here])
    here = (*here, names[-1])
    if not many:
        return here
    counts[here] = counts.get(here, -1) + 1
    return (*here, counts[here])
