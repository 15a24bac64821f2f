"""Who may do what: the rules of every area, each action in exactly one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sgz_desktop.actions.rights import (
    between,
    casework,
    exchange,
    keeping,
    papers,
    people,
    reports,
    station,
)
from sgz_desktop.actions.rights.grants import Rule

AREAS = (people, casework, papers, reports, station, keeping, exchange, between)


def joined(areas: Iterable[Mapping[str, Rule]]) -> dict[str, Rule]:
    """One table of all; an action in two areas is a mistake of ours and found at import."""
    table: dict[str, Rule] = {}
    for rules in areas:
        if twice := table.keys() & rules.keys():
            raise ValueError(f"in two areas: {', '.join(sorted(twice))}")
        table |= rules
    return table


TABLE = joined(area.RULES for area in AREAS)
