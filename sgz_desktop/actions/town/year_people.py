"""Whom the station's groups, activities and goods reach: people on file by what they are, others by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sgz_desktop.actions.practice_story_teller import made_up_id
from sgz_desktop.actions.town.chance import Chance
from sgz_desktop.actions.town.people import Home, Names, Resident
from sgz_desktop.actions.town.words import village
from sgz_desktop.domain.days import add_days

Found = tuple[Home, Resident]
SORTS: dict[str, Callable[[Home, Resident, int], bool]] = {
    "child": lambda home, one, age: 6 <= age <= 14,
    "teen": lambda home, one, age: 11 <= age <= 15,
    "elder": lambda home, one, age: 62 <= age <= 84 and not one.disability,
    "alone": lambda home, one, age: age >= 65 and len(home.members) == 1 and not one.disability,
    "carer": lambda home, one, age: home.sort == "照料残疾子女" and one is home.head,
    "disabled": lambda home, one, age: bool(one.disability) and age >= 18,
    "hardship": lambda home, one, age: one is home.head and bool({"dibao", "tekun"} & one.tags),
    "adult": lambda home, one, age: 25 <= age <= 84,
}
FOCUS = (("儿童", "child"), ("留守儿童", "child"), ("残疾人", "disabled"), ("困难群众", "hardship"))
PHONES = 9100  # telephones of people who are not on file come after those of people who are


@dataclass
class Crowd:
    """A chooser of people. Who has a case is left to the case."""

    chance: Chance
    homes: Sequence[Home]
    phone: int = PHONES
    order: int = 400  # in identity numbers: after those of people on file
    names: Names = field(init=False)

    def __post_init__(self) -> None:
        self.names = Names(self.chance)

    def on_file(
        self, who: str, day: str, count: int, places: Sequence[str] = (), far: bool = False
    ) -> list[Found]:
        """At most so many people of a sort who live in the villages (all of them when none is named) and are
        on file and there on a day. `far`: others of the sort make up the number."""
        able = [
            (home, one)
            for home in self.homes
            if home.id and not home.case and home.filed_on and home.filed_on < day and not _away(home, day)
            for one in home.here(day)
            if one.self_care != "lost" and SORTS[who](home, one, one.age(day))
        ]
        near = [found for found in able if not places or found[0].village.name in places]
        chosen = self.chance.some(near, count)
        if far and len(chosen) < count:
            rest = [found for found in able if found not in near]
            chosen += self.chance.some(rest, count - len(chosen))
        return chosen

    def other(self, place: str, ages: tuple[int, int], day: str) -> Resident:
        """Somebody who is not on file."""
        sex = self.chance.pick("女女男")
        born = add_days(f"{int(day[:4]) - self.chance.number(*ages)}{day[4:]}", -self.chance.number(1, 300))
        name = self.names.name(self.chance.pick(village(place).surnames), sex, born)
        return Resident(name, sex, born, "")

    def telephone(self) -> str:
        """One that nobody else has."""
        self.phone += 1
        return f"1380000{self.phone}"

    def id_number(self, one: Resident) -> str:
        """One in a county that does not exist."""
        self.order += 1
        return made_up_id(one.born, self.order, one.sex)


def who_comes(focus: str) -> str:
    """The sort of people an activity is for, by its groups."""
    return next((who for word, who in FOCUS if word in focus), "elder" if "老" in focus else "adult")


def _away(home: Home, day: str) -> bool:
    return bool(home.away_from) and home.away_from <= day
