"""The town's cases as resources/practice/cases.toml sketches them, each with its family and its days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sgz_desktop.actions.town.people import Families, Home, Resident
from sgz_desktop.actions.town.rounds import Agenda
from sgz_desktop.actions.town.seasons import FIRST, workday
from sgz_desktop.actions.town.words import told, village
from sgz_desktop.domain.days import add_days

Table = dict[str, Any]
CLIENTS = {"head": 0, "wife": 1, "child": -1, "disabled": -1}
GONE_TO = {"失联": "随船走，去向不明", "集中供养": "住进云岭县社会福利中心"}


@dataclass(frozen=True)
class Meeting:
    """One session of a case: minutes of the day."""

    day: str
    mode: str
    start: int
    end: int
    methods: str
    aim: str
    facts: str
    judgement: str
    progress: str
    remark: str


@dataclass
class Outline:
    """A case: what was sketched, and whose it is."""

    told: Table
    home: Home

    @property
    def key(self) -> str:
        return str(self.told["key"])

    @property
    def client(self) -> Resident:
        return self.home.members[CLIENTS[self.told.get("client", "head")]]

    @property
    def opened(self) -> str:
        return workday(self.told["opened"]) if "entered" not in self.told else str(self.told["opened"])

    def day(self, offset: str) -> str:
        """The station's day so many days after the case was opened."""
        return workday(add_days(self.opened, int(offset)))

    def moves(self) -> list[tuple[str, str, str]]:
        """(stage, day, reason) after 接案, in order."""
        found = []
        for line in self.told["way"]:
            stage, offset, *reason = line.split(" ", 2)
            found.append((stage, self.day(offset), reason[0] if reason else ""))
        return found

    def meetings(self) -> list[Meeting]:
        """The sessions in order."""
        found = []
        for offset, mode, start, minutes, *words in self.told.get("sessions", ()):
            at = int(start[:2]) * 60 + int(start[3:])
            found.append(Meeting(self.day(offset), mode, at, at + minutes, *words))
        return found


def outlines(families: Families) -> list[Outline]:
    """All cases, each with the household it needs; a case taken up again keeps the first one's."""
    chance, made = families.chance, dict[str, Outline]()
    for sketch in told("cases")["case"]:
        before = made.get(sketch.get("reopens", ""))
        if before:
            outline = Outline({**sketch, "client": before.told["client"]}, before.home)
        else:
            wanted = {name: sketch[name] for name in ("sex", "child_sex", "ages") if name in sketch}
            outline = Outline(sketch, families.one(sketch["sort"], village(sketch["village"]), **wanted))
            known = sketch.get("entered", sketch["opened"])
            outline.home.case = sketch["key"]
            outline.home.due_on = max(add_days(FIRST, 3), add_days(known, -chance.number(24, 70)))
        made[sketch["key"]] = outline
    return list(made.values())


def befall(cases: Sequence[Outline]) -> None:
    """What a case's end means for its family: who died, and who is no longer called on."""
    for one in cases:
        ends = {stage: day for stage, day, _ in one.moves()}
        if one.told.get("closure", {}).get("reason") == "死亡":
            one.client.died_on = add_days(ends["closed"], -2)
        if one.key in GONE_TO:
            one.home.away_from = ends.get("referred") or ends["closed"]
            one.home.away_where = GONE_TO[one.key]


def reserve(cases: Sequence[Outline], agenda: Agenda) -> None:
    """Keep the times of all sessions, with the way there and back."""
    for one in cases:
        for met in one.meetings():
            agenda.take(one.home.village.worker(met.day), met.day, met.start - 15, met.end + 15)
