"""Whom a row of a list means: by identity number, then name and birth, then name and village.

Several who fit are never guessed between. Somebody whose own valid number differs is somebody else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sgz_desktop.domain import days, id_number

SHORTEST = 15  # what is shorter is no identity number, and says nothing of who it is


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of who somebody is; '' for what is not. `born` is a Day, `village` where they live."""

    name: str = ""
    id_number: str = ""
    born: str = ""
    village: str = ""

    @property
    def bare(self) -> bool:
        """Is nothing told but the name?"""
        return not (len(self.id_number) >= SHORTEST or self.born or self.village)


@dataclass(frozen=True, slots=True)
class Known:
    """A person on file."""

    id: str
    identity: Identity


def number_of(text: str) -> str:
    """A number as it is compared: old ones of 15 digits in their long form."""
    return id_number.to_eighteen(text) or text


def place_of(village: str) -> str:
    """A village as it is compared: 上溪村, 上溪村委会 and 上溪 are one."""
    return re.sub(r"(?:村民委员会|居民委员会|村委会|居委会|村|社区)+$", "", village) or village


def born_of(who: Identity) -> str:
    """The birth day: as told, else from a valid number."""
    facts = id_number.read(who.id_number) if who.id_number else None
    return who.born or (facts.born if facts and facts.born else "") or ""


def other_person(one: Identity, other: Identity) -> bool:
    """Do two valid numbers, or two birth days, say that these are two people?"""
    mine, theirs = number_of(one.id_number), number_of(other.id_number)
    if mine != theirs and id_number.is_valid(mine) and id_number.is_valid(theirs):
        return True
    return not _may_be_same_day(born_of(one), born_of(other))


def _may_be_same_day(one: str, other: str) -> bool:
    if not (days.is_day(one) and days.is_day(other)):
        return True
    return one.startswith(other) or other.startswith(one)


class Index:
    """People on file, found by what a list says of them. People may be added as they are read."""

    def __init__(self, people: Iterable[Known] = ()) -> None:
        self._by_number: dict[str, list[Known]] = defaultdict(list)
        self._by_name: dict[str, list[Known]] = defaultdict(list)
        for one in people:
            self.add(one)

    def add(self, one: Known) -> None:
        """Another person, or another way somebody is known (by a file merged into theirs)."""
        if len(one.identity.id_number) >= SHORTEST:
            self._by_number[number_of(one.identity.id_number)].append(one)
        if one.identity.name:
            self._by_name[one.identity.name].append(one)

    def find(self, who: Identity) -> tuple[str, ...]:
        """The ids of those who fit: () for nobody, one, or several nobody can choose between."""
        if found := self._by_number.get(number_of(who.id_number)):
            named = [one for one in found if one.identity.name == who.name]
            return _ids(named or found)
        namesakes = self._by_name.get(who.name, [])
        for fits in (_born_alike, _of_one_village):
            those = [one for one in namesakes if fits(one.identity, who)]
            if ids := _ids(one for one in those if not other_person(one.identity, who)):
                return ids
        return ()

    def namesakes(self, name: str) -> int:
        """How many are called that."""
        return len(_ids(self._by_name.get(name, ())))


def _ids(people: Iterable[Known]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.id for one in people))


def _born_alike(one: Identity, other: Identity) -> bool:
    """The same day, or the same month where one knows no more. A bare year is not enough."""
    mine, theirs = born_of(one), born_of(other)
    shorter = min(len(mine), len(theirs))
    return shorter >= 7 and mine[:shorter] == theirs[:shorter]


def _of_one_village(one: Identity, other: Identity) -> bool:
    return bool(one.village) and place_of(one.village) == place_of(other.village)
