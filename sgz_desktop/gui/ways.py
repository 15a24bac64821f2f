"""The way to a record: which section opens it, and what to ask of that section."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sgz_desktop.domain.policy.places import Place
from sgz_desktop.domain.station_lists import SECTION_OF


def _listed(kind: str) -> Callable[[str], tuple[str, object]]:
    """The way to a kind that has a tab of its own."""
    return lambda id: (SECTION_OF[kind], (kind, id))


WAYS: Mapping[str, Callable[[str], tuple[str, object]]] = {
    "case": lambda id: ("cases", id),
    "person": lambda id: ("people", id),
    "household": lambda id: ("people", {"household": id}),
    "visit": lambda id: ("visits", {"visit": id}),
    "contact": lambda id: ("contacts", id),
    "mandatory_report": lambda id: ("urgent", id),
    "application": lambda id: ("aid", ("application", id)),
    "referral": lambda id: ("aid", ("referral", id)),
    "household_check": lambda id: ("aid", ("household_check", id)),
    "remark": lambda id: ("cases", {"remark": id}),
    "paper_number": lambda number: ("cases", {"remarks": number}),
    "report": lambda id: ("reports", {"report": id}),
    "task": lambda id: ("home", {"task": id}),
    "diary": lambda id: ("home", {"diary": id}),
    "group_session": lambda id: ("groups", {"session": id}),
    **{kind: _listed(kind) for kind in SECTION_OF},
}


def place_target(place: Place) -> tuple[str, object]:
    """The section in which a missing fact is filled in, and what to show there."""
    if place.kind == "standard":
        return "settings", {"standard": place.field}
    if place.kind in ("person", "household"):
        return "people", {place.kind: place.id, "field": place.field}
    return "people", place.id


def record_target(kind: str, id: str) -> tuple[str, object]:
    """The section that opens a record, and what to show there."""
    return WAYS[kind](id) if kind in WAYS else ("cases", {"paper": (kind, id)})


@dataclass(frozen=True)
class Sheet:
    """数据核对单 with the rows of some records first; `back` is the section 返回 leads to."""

    first: frozenset[str] = frozenset()
    back: str = ""


def sheet_target(ids: Iterable[str], back: str) -> tuple[str, object]:
    """The rows of some records on 数据核对单, and back to the section one came from."""
    return "exchange", Sheet(frozenset(ids), back)
