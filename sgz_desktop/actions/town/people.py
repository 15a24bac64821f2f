"""Families of the town: who lives where, how old, and what they are called. Plain values, nothing stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sgz_desktop.actions.town.chance import Chance
from sgz_desktop.actions.town.words import Village, told, village, villages
from sgz_desktop.domain.days import add_days

TODAY_YEAR = 2026
CHILDREN = ("孙", "子女")
YOUNGEST_PARENT, OLDEST_PARENT = 20, 42


@dataclass
class Relative:
    """Somebody of the family who is not on file."""

    relation: str  # what they are to the resident
    name: str
    sex: str
    born: str = ""
    died: str = ""
    phone: str = ""


@dataclass
class Resident:
    """One person on file."""

    name: str
    sex: str
    born: str
    relation: str  # to the head of the household
    id: str = ""
    tags: set[str] = field(default_factory=set)  # codes of person_category
    self_care: str = ""
    relatives: list[Relative] = field(default_factory=list)
    illnesses: list[str] = field(default_factory=list)
    disability: tuple[str, str] | None = None  # kind and grade
    phone: str = ""
    died_on: str = ""
    moved_on: str = ""

    def age(self, day: str = "2026-06-30") -> int:
        """Full years on a day."""
        return int(day[:4]) - int(self.born[:4]) - (day[5:] < self.born[5:])

    def here(self, day: str) -> bool:
        """Neither dead nor moved by a day."""
        return not (self.died_on and self.died_on <= day) and not (self.moved_on and self.moved_on <= day)


@dataclass
class Home:
    """One household on file."""

    sort: str
    village: Village
    group: str
    number: str
    members: list[Resident]
    id: str = ""
    tags: set[str] = field(default_factory=set)  # codes of household_category
    due_on: str = ""  # from when on the station means to put it on file
    filed_on: str = ""
    away_from: str = ""
    away_until: str = ""
    away_where: str = ""
    case: str = ""  # key of an outline whose client lives here
    visits: list[tuple[str, str]] = field(default_factory=list)  # day and id
    benefits: list[tuple[str, str, str]] = field(default_factory=list)  # id, whose (person or ''), programme

    @property
    def head(self) -> Resident:
        return self.members[0]

    @property
    def key(self) -> str:
        """What choices about this household hang on."""
        return f"{self.village.name}{self.group}{self.number}"

    def here(self, day: str) -> list[Resident]:
        """The members who are neither dead nor gone."""
        return [one for one in self.members if one.here(day)]


@dataclass
class Names:
    """Names by sex and year of birth. Three people of one name are a flaw made on purpose, so by chance no
    name comes more than twice."""

    chance: Chance
    given: Counter[str] = field(default_factory=Counter)

    def name(self, surname: str, sex: str, born: str) -> str:
        for _ in range(99):
            name = surname + self.chance.pick(_given(sex, int(born[:4])))
            if name != told("town")["flaws"]["thrice"] and self.given[name] < (1 if len(name) > 2 else 2):
                break
        self.given[name] += 1
        return name

    def wife(self, born: str) -> str:
        return self.name(self.chance.pick(told("town")["married"]["surnames"]), "女", born)


@cache
def _given(sex: str, year: int) -> list[str]:
    pools = [one for one in told("town")["names"] if one["sex"] == sex and year < one["until"]]
    return str(pools[0]["given"]).split()


@dataclass
class Families:
    """Households made one after another, by what town.toml says of each sort."""

    chance: Chance = field(default_factory=lambda: Chance("青禾镇的人家"))
    houses: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.names = Names(self.chance)

    def many(self) -> list[Home]:
        """All but those of the small village, the two stories and the cases."""
        made = [
            self.one(str(sort["sort"]), place)
            for sort in told("town")["family"]
            for place in _places(self.chance, int(sort["count"]))
        ]
        _second_children(self.chance, self.names, made)
        _thrice(self.chance, made)
        return sorted(made, key=lambda one: (one.village.name, one.group, one.number))

    def one(self, sort: str, place: Village, **wanted: Any) -> Home:
        """One household. `wanted`: sex of the head, child_sex of the last member, ages of the head."""
        sketch = next(one for one in told("town")["family"] if one["sort"] == sort)
        home = Home(sort, place, *self._address(place), [])
        surname = self.chance.pick(place.surnames)
        last = len(sketch["members"]) - 1
        for n, (relation, sexes, youngest, oldest) in enumerate(sketch["members"]):
            ages = wanted.get("ages", (youngest, oldest)) if n == 0 else (youngest, oldest)
            sex = wanted.get("sex") if n == 0 else wanted.get("child_sex") if n == last else None
            home.members.append(self._resident(home, surname, relation, sex or sexes, ages))
        return home

    def _address(self, place: Village) -> tuple[str, str]:
        group = self.chance.pick(place.groups)
        self.houses[place.name, group] += self.chance.number(1, 3)
        house = self.houses[place.name, group]
        if not place.town:
            return group, f"{house + 40}号"
        flat = f"{self.chance.number(1, 6)}{self.chance.number(1, 4):02d}"
        return group, f"{self.chance.number(2, 9)}栋{flat}-{house}"

    def _age(self, home: Home, relation: str, ages: tuple[int, int]) -> int:
        """An age that goes with that of the head of the household."""
        age = self.chance.number(*ages)
        if relation == "妻":
            return home.head.age() - self.chance.number(-2, 6)
        if relation == "弟":
            return home.head.age() - self.chance.number(1, 9)
        if relation == "子女":
            return max(min(age, home.head.age() - YOUNGEST_PARENT), home.head.age() - OLDEST_PARENT)
        return age

    def _resident(
        self, home: Home, surname: str, relation: str, sexes: str, ages: tuple[int, int]
    ) -> Resident:
        sex = self.chance.pick("男女" if sexes == "任" else sexes)
        born = _born(self.chance, self._age(home, relation, ages))
        if relation in CHILDREN:
            father = home.head.sex == "男"
            surname = home.head.name[0] if father else self.chance.pick(home.village.surnames)
        elif relation == "妻":
            return Resident(self.names.wife(born), sex, born, relation)
        return Resident(self.names.name(surname, sex, born), sex, born, _relation(relation, sex))


def _places(chance: Chance, count: int) -> Iterator[Village]:
    """A village for each of so many households, by share."""
    shares = [(one, one.share) for one in villages()]
    for _ in range(count):
        yield chance.weighted(shares)


def _relation(relation: str, sex: str) -> str:
    """The relation as the code list knows it."""
    words = {"孙": ("孙子", "孙女"), "子女": ("子", "女")}
    return words[relation][sex == "女"] if relation in words else relation


def _born(chance: Chance, age: int) -> str:
    """A birth day of somebody who has `age` on the practice station's day."""
    return add_days(f"{TODAY_YEAR - age}-06-30", -chance.number(1, 360))


def _second_children(chance: Chance, names: Names, made: Sequence[Home]) -> None:
    """Some grandparents look after two."""
    keepers = [one for one in made if one.sort in ("祖孙", "祖母带孙")]
    for home in chance.some(keepers, told("town")["wanted"]["second_child"]):
        first = home.members[-1]
        sex = chance.pick("男女")
        born = _born(chance, chance.number(6, 14))
        if born[:4] == first.born[:4]:
            born = _born(chance, first.age() - 2 if first.age() > 7 else first.age() + 3)
        name = names.name(first.name[0], sex, born)
        home.members.append(Resident(name, sex, born, _relation("孙", sex)))


def _thrice(chance: Chance, made: Sequence[Home]) -> None:
    """Three people of one name, in three villages."""
    name = told("town")["flaws"]["thrice"]
    for place in ("上溪村", "石桥头村", "青禾社区"):
        found = [
            one
            for one in made
            if one.village == village(place) and one.head.sex == "女" and one.sort == "独居高龄"
        ]
        chance.pick(found).head.name = name
