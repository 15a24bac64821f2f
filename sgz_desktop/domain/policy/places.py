"""Where a missing fact is filled in: the record and field of a station that keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sgz_desktop.domain.policy.reasons import STRANGER, Missing
from sgz_desktop.domain.policy.vocabulary import FACTS

KIN, OBLIGORS, MEMBERS = "kin", "obligors", "members"


@dataclass(frozen=True, slots=True)
class Place:
    """`kind` is person, household or assessment; standard = a local standard, named by `field`; home =
    somebody who is in no household yet. An assessment's `id` is whom it is about."""

    kind: str
    id: str
    field: str


@dataclass(frozen=True)
class Owners:
    """Whose record tells of somebody: of relatives and obligors who are not on file, and of households."""

    told_by: Mapping[str, str]
    homes: Mapping[str, str]
    households: frozenset[str]


def place_of(one: Missing, asked: str, owners: Owners) -> Place:
    """The field to go to; `asked` is whom the rule is about."""
    if not one.subject:
        return Place("standard", "", one.fact)
    if one.subject in owners.told_by:
        rows = OBLIGORS if one.subject.startswith("obligor:") else KIN
        return Place("person", owners.told_by[one.subject], rows)
    return _kept(one, asked, owners) if one.fact in FACTS else _relation(one)


def _kept(one: Missing, asked: str, owners: Owners) -> Place:
    kind, field = FACTS[one.fact].kept
    if one.subject in owners.households:
        return Place("household", one.subject, field)
    if kind == "household":
        home = owners.homes.get(one.subject, "")
        return Place("household", home, field) if home else Place("home", one.subject, "")
    if kind == "obligor":
        return Place("person", asked, OBLIGORS)
    return Place(kind, one.subject, field)


def _relation(one: Missing) -> Place:
    if one.fact == "household":
        return Place("home", one.subject, "")
    if one.fact == MEMBERS:
        return Place("household", one.subject, MEMBERS)
    if one.fact == STRANGER:
        return Place("person", one.subject, "born")
    return Place("person", one.subject, OBLIGORS if one.fact == OBLIGORS else KIN)
