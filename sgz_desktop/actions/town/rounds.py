"""Who is called on when: the three workers' days, with the year's rhythm. Plain values, nothing stored."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from sgz_desktop.actions.town.chance import Chance
from sgz_desktop.actions.town.people import Home
from sgz_desktop.actions.town.seasons import busyness, festival, workday, workdays
from sgz_desktop.actions.town.words import Village, told, villages
from sgz_desktop.domain.days import add_days, to_date

A_DAY = 2.0  # calls a worker makes on an ordinary working day, those at the desk included
EVERY = {"tekun": 95, "left_child": 115, "living_alone": 170, "severely_disabled": 190}  # days between calls
ELSE_EVERY = 330
NOT_MET = 0.1004  # of calls after the first, which finds somebody: 8 % of all
BY_PHONE = 0.12
Minutes = tuple[int, int]


@dataclass(frozen=True)
class Call:
    """One visit planned: times are minutes of the day."""

    home: Home
    day: str
    worker: str
    start: int
    end: int
    phone: bool
    met: bool
    first: bool

    @property
    def times(self) -> dict[str, str]:
        """Start and end as the slip has them."""
        return {"start_time": clock(self.start), "end_time": clock(self.end)}


def clock(minutes: int) -> str:
    """09:05 for 545."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


@dataclass
class Agenda:
    """What each worker has already to do: times that are taken, and days on which no round is made."""

    taken: dict[tuple[str, str], list[Minutes]] = field(default_factory=lambda: defaultdict(list))
    busy: set[tuple[str, str]] = field(default_factory=set)

    def take(self, worker: str, day: str, start: int, end: int) -> None:
        """Keep a time for something."""
        self.taken[worker, day].append((start, end))

    def fits(self, worker: str, day: str, start: int, end: int) -> bool:
        """Is nothing else within ten minutes of it?"""
        return all(end + 10 <= one or start >= other + 10 for one, other in self.taken[worker, day])


@dataclass
class Rounds:
    """Where the workers have been so far."""

    homes: Sequence[Home]
    agenda: Agenda
    chance: Chance = field(default_factory=lambda: Chance("青禾镇的走访"))
    last: dict[str, int] = field(default_factory=dict)  # household → day of its last call, as a number
    been: dict[str, int] = field(default_factory=dict)  # village → day of the last round

    def __post_init__(self) -> None:
        self.by_village: dict[str, list[Home]] = defaultdict(list)
        for home in self.homes:
            self.by_village[home.village.name].append(home)
        self.last |= {home.key: number(home.filed_on) for home in self.homes if home.filed_on}
        self.clients = [home for home in self.homes if home.case]
        self.every = {home.key: _every(home) for home in self.homes}

    def calls(self) -> Iterator[Call]:
        """All rounds of the three years, day by day. A household is put on file by its first call."""
        for day in workdays():
            for worker in _workers(day):
                if (worker, day) not in self.agenda.busy:
                    yield from self._round(worker, day)

    def _round(self, worker: str, day: str) -> Iterator[Call]:
        chance, count = self.chance, _how_many(self.chance, day)
        forced = self._clients(worker, day)
        if not count and not forced:
            return
        village = self._village(worker, day)
        self.been[village.name] = number(day)
        scored = [(self._urgency(home, day), home.key, home) for home in self.by_village[village.name]]
        asked = [
            home for score, _, home in sorted(scored, reverse=True)[:count] if score and home not in forced
        ]
        at = chance.weighted([(510, 0.5), (540, 0.3), (860, 0.2)]) + chance.number(0, 5) * 5
        for home in [*forced, *asked]:
            made = _call(chance, self.agenda, home, worker, day, at, first=home.key not in self.last)
            if made:
                at = made.end + (3 if made.phone else chance.number(2, 7) * 5)
                self.last[home.key] = number(day)
                yield made

    def _clients(self, worker: str, day: str) -> list[Home]:
        """Households that must be on file by now: a case begins soon."""
        return [
            home
            for home in self.clients
            if home.key not in self.last and home.due_on <= day and home.village.worker(day) == worker
        ]

    def _village(self, worker: str, day: str) -> Village:
        """One the worker has not been to for long."""
        today = number(day)
        mine = [place for place in villages() if place.worker(day) == worker]
        waits = [
            (place, place.share * (today - self.been.get(place.name, today - 9) + 0.5)) for place in mine
        ]
        return self.chance.weighted(waits)

    def _urgency(self, home: Home, day: str) -> float:
        """How much a household is due, 1 = just now; 0 = not to be called on."""
        if home.due_on > day or not home.here(day) or (home.away_from and home.away_from <= day):
            return 0
        today = number(day)
        last = self.last.get(home.key)
        if last is None:
            return 2.2 + (today - number(home.due_on)) / 40
        since = today - last
        if since < 12:
            return 0
        tags = {tag for one in home.here(day) for tag in one.tags} if since > 25 else set()
        feast = 0.8 if tags & WANTED.get(festival(day), set()) else 0
        return since / self.every[home.key] + feast + self.chance.number(0, 30) / 100


WANTED = {"年": {"tekun", "dibao", "left_child", "living_alone"}, "节": {"advanced_age", "tekun"}}


@cache
def number(day: str) -> int:
    """A day as a number."""
    return to_date(day).toordinal()


def _every(home: Home) -> int:
    tags = {tag for one in home.members for tag in one.tags}
    return min([EVERY[tag] for tag in sorted(tags & EVERY.keys())], default=ELSE_EVERY)


def _workers(day: str) -> list[str]:
    return list(dict.fromkeys(place.worker(day) for place in villages()))


def _how_many(chance: Chance, day: str) -> int:
    """None on some days: there are meetings, papers and sessions; several on the others."""
    rate = A_DAY * busyness(day)
    out = min(0.95, 0.36 + 0.15 * rate)
    return chance.near(rate / out + chance.number(-1, 1) * 0.8) if chance.share(out) else 0


def _call(
    chance: Chance, agenda: Agenda, home: Home, worker: str, day: str, at: int, *, first: bool
) -> Call | None:
    phone = not first and chance.share(BY_PHONE)
    long = (
        chance.number(6, 12)
        if phone
        else chance.weighted([(20, 0.3), (25, 0.25), (30, 0.25), (40, 0.14), (55, 0.06)])
    )
    met = first or not chance.share(NOT_MET)
    if not met:
        long = 5 if phone else 10
    start = at
    while not (_open(start, start + long) and agenda.fits(worker, day, start, start + long)):
        start += 5
        if start + long > 1075:
            return None
    agenda.take(worker, day, start, start + long)
    return Call(home, day, worker, start, start + long, phone, met, first)


def _open(start: int, end: int) -> bool:
    """Not over lunch: 12:10 to 14:10."""
    return end <= 730 or start >= 850


def clash(made: Sequence[Call]) -> tuple[Call, Call] | None:
    """The planted flaw: two calls of one worker, in two houses, that the slips put at one time."""
    wanted = told("town")["flaws"]["clash"]
    for one, other in itertools.pairwise(made):
        if (
            one.worker == other.worker
            and one.day == other.day >= wanted
            and not one.phone
            and one.met
            and other.met
        ):
            return one, other
    return None


def entered(one: Call, late: int) -> tuple[str, str]:
    """When a slip was typed in: the same evening, the next morning, at the end of the week, or, where it is
    not 0, `late` days after."""
    if late:
        return workday(add_days(one.day, late)), "16:05"
    key = Chance(f"{one.worker}{one.day}")  # one worker types a day's slips in at one go
    way = key.weighted([("evening", 0.62), ("morning", 0.26), ("friday", 0.12)])
    if way == "morning" and (day := workday(add_days(one.day, 1))) > one.day:
        return day, "08:30"
    if way == "friday" and (day := workday(_friday(one.day))) > one.day:
        return day, "17:40"
    return one.day, "18:05"


def _friday(day: str) -> str:
    return add_days(day, 4 - min(4, to_date(day).weekday()))
