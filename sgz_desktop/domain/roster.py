"""名单比对: this month's list of a programme beside ours. Pure: plain values in, steps out.

A unit is a household (低保) or a person (特困). What the list does not tell is no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from sgz_desktop.domain.amounts import Fen

Units = Mapping[str, "Unit"]


class Kind(StrEnum):
    """新增 is on the list alone, 退出 is on ours alone, 变更 is on both and differs."""

    ADDED = "added"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Unit:
    """One household or person in the programme: whose, fen a month, the names counted in; None = untold."""

    name: str
    amount: Fen | None = None
    members: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One difference; `key` names the unit, and with the kind the step."""

    kind: Kind
    key: str
    ours: Unit | None
    listed: Unit | None

    @property
    def name(self) -> str:
        """Whose it is."""
        unit = self.listed or self.ours
        return unit.name if unit else ""

    @property
    def amount_differs(self) -> bool:
        """Does the list tell another amount?"""
        told = self.listed.amount if self.listed else None
        return told is not None and told != (self.ours.amount if self.ours else None)

    @property
    def joined(self) -> frozenset[str]:
        """Names the list has more."""
        return _names(self.listed) - _names(self.ours) if self._members_told else frozenset()

    @property
    def left(self) -> frozenset[str]:
        """Names the list has no more."""
        return _names(self.ours) - _names(self.listed) if self._members_told else frozenset()

    @property
    def _members_told(self) -> bool:
        return bool(self.listed and self.listed.members is not None)


def _names(unit: Unit | None) -> frozenset[str]:
    return (unit.members or frozenset()) if unit else frozenset()


def compare(ours: Units, listed: Units) -> tuple[Step, ...]:
    """The steps from ours to the list: added, gone, changed, each in the order given."""
    added = [Step(Kind.ADDED, key, None, unit) for key, unit in listed.items() if key not in ours]
    gone = [Step(Kind.GONE, key, unit, None) for key, unit in ours.items() if key not in listed]
    both = [Step(Kind.CHANGED, key, ours[key], unit) for key, unit in listed.items() if key in ours]
    changed = [step for step in both if step.amount_differs or step.joined or step.left]
    return (*added, *gone, *changed)


def accepted(ours: Units, steps: Iterable[Step]) -> dict[str, Unit]:
    """Ours after some steps were accepted."""
    found = dict(ours)
    for step in steps:
        if step.listed is None:
            found.pop(step.key, None)
        elif step.ours is None:
            found[step.key] = step.listed
        else:
            told = {
                name: value
                for name in ("amount", "members")
                if (value := getattr(step.listed, name)) is not None
            }
            found[step.key] = replace(step.ours, **told)
    return found
