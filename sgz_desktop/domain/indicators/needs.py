"""Which rows and fields of the facts a figure is counted from, so that no others need be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """What of one kind of facts is looked at: some fields (None: all), and only rows in which the field
    `filled` is not empty ('': all rows), or that are visits `at_home`. Of presences and sign-ins it is a
    field of the contact or activity they are of."""

    fields: frozenset[str] | None = None
    filled: str = ""

    def __or__(self, other: Part) -> Part:
        """What serves both."""
        both = None if self.fields is None or other.fields is None else self.fields | other.fields
        return Part(both, self.filled if self.filled == other.filled else "")

    def has(self, field: str) -> bool:
        """Is the field looked at?"""
        return self.fields is None or field in self.fields


WHOLE = Part()
Needs = Mapping[str, Part]


def part(fields: str, filled: str = "") -> Part:
    """Of fields with spaces between."""
    return Part(frozenset(fields.split()), filled)


def whole(*names: str) -> Needs:
    """Facts of which all is looked at."""
    return dict.fromkeys(names, WHOLE)


def together(needs: Iterable[Needs]) -> Needs:
    """What serves all of them."""
    found: dict[str, Part] = {}
    for some in needs:
        for name, one in some.items():
            found[name] = found[name] | one if name in found else one
    return found
