"""政策找人: who on file may newly qualify for something. All of them once, then only whom a change touches.

Found by the rules alone; nothing is written down. What somebody already has, has applied for, or what a
worker made a task of (also one put aside) is not told again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.assist import asked, seen_by
from sgz_desktop.actions.assist_facts import world_of_rows
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.policies import rules_of
from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.policy.choose import Rule
from sgz_desktop.domain.policy.evaluate import verdict
from sgz_desktop.domain.policy.facts import HouseholdFacts, PersonFacts, Subject
from sgz_desktop.domain.policy.pack import Verdict
from sgz_desktop.store import assistance
from sgz_desktop.store.assistance import Rows
from sgz_desktop.store.session import Reading

Progress = Callable[[int, int], None]
STEP = 200  # people between two reports of progress
LASTS = frozenset(
    {"tekun", "dibao", "dibao_margin", "rigid_spending", "orphan", "unsupported_child", "left_child"}
)
SHOWN = frozenset({Verdict.Y})
KINDS = ("person", "household", *assistance.TOUCHED)


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who may qualify. `origin` is what a task made of it names, so that it is told once."""

    origin: str
    person: str
    household: str
    name: str
    village: str
    village_group: str
    programme: str
    code: str
    title: str
    basis: str


@dataclass
class Swept:
    """What is known so far, by person; how many were looked at, on which day and by which rules.

    `standards`: the place has said at least its 低保 standard, without which little can be decided.
    """

    on: str
    rules: tuple[str, ...] = ()
    standards: bool = False
    found: dict[str, tuple[Found, ...]] = field(default_factory=dict)
    looked_at: int = 0
    households: int = 0

    @property
    def lines(self) -> tuple[Found, ...]:
        """By village, group, household and name, the household's own first."""
        every = {one.origin: one for rows in self.found.values() for one in rows}
        return tuple(
            sorted(every.values(), key=lambda one: (one.village, one.village_group, one.household, one.name))
        )


@action
def sweep(desk: Desk, progress: Progress | None = None) -> Swept:
    """Everybody on file who lives here. `progress(done, total)` may raise Cancelled.

    Only what is on file is read in the store's own thread; the rest leaves it free for the window.
    """
    on = desk.today()
    read = desk.read(lambda session: _read(session, on, None))
    room = _Room(read, on, desk.actor)
    people = room.here
    homes = {room.world.homes.get(id) for id in people}
    swept = Swept(on, read.key, _has_standards(read.rules), looked_at=len(people), households=len(homes))
    for done, id in enumerate(people, start=1):
        if found := room.found(id):
            swept.found[id] = found
        if progress and (done % STEP == 0 or done == len(people)):
            progress(done, len(people))
    return swept


@action
def sweep_again(desk: Desk, swept: Swept, changes: Changes, progress: Progress | None = None) -> Swept:
    """What a change makes of it: only people it touches are looked at. Everybody, after a large change, on
    another day or by other rules."""
    touched = {kind: changes.ids[kind] for kind in KINDS if kind in changes.ids}
    read = desk.read(lambda session: _read(session, swept.on, touched))
    if changes.many or (swept.on, swept.rules) != (desk.today(), read.key):
        return sweep(desk, progress)
    people, room = read.people, _Room(read, swept.on, desk.actor)
    found = {id: lines for id, lines in swept.found.items() if id not in people}
    for id in people & set(room.here):
        if lines := room.found(id):
            found[id] = lines
    return replace(swept, found=found)


def standing(session: Reading, lines: Iterable[Found], on: str, actor: Actor) -> list[Found]:
    """Those of some lines that hold by what this reading may see."""
    wanted = list(lines)
    room = _Room(_read(session, on, {"person": frozenset(one.person for one in wanted)}), on, actor)
    found = {line.origin for id in room.here for line in room.found(id)}
    return [one for one in wanted if one.origin in found]


@dataclass(frozen=True)
class _Read:
    """What is on file: `people` are those to be looked at again, none named for everybody."""

    people: frozenset[str]
    rows: Rows
    rules: list[Rule]
    applied: set[tuple[str, str]]
    told: set[str]

    @property
    def key(self) -> tuple[str, ...]:
        """The rules that were asked, by fingerprint."""
        return tuple(f"{rule.programme.id} {rule.pack.sha256}" for rule in self.rules)


def _read(session: Reading, on: str, changed: Mapping[str, Iterable[str]] | None) -> _Read:
    people = frozenset(assistance.touched(session, changed or {}))
    rows = assistance.everybody(session) if changed is None else assistance.around(session, people)
    return _Read(people, rows, rules_of(session, on), *assistance.under_way(session))


class _Room:
    """Everybody read, as far as the reader may see, and what is asked of each."""

    def __init__(self, read: _Read, on: str, actor: Actor) -> None:
        rows = seen_by(actor, read.rows)
        self.world = world_of_rows(rows, on)
        self._rules = [rule for rule in read.rules if rule.programme.sought]
        self._applied, self._told = read.applied, read.told
        self._houses = {one.id: one for one in rows.houses}
        self._having = _running(rows, on)
        self.here = [
            row.id
            for row in rows.people
            if not (row.died_on or row.closed_on or row.moved_on) and self._open(row.id)
        ]

    def _open(self, person: str) -> bool:
        house = self._houses.get(self.world.homes.get(person, ""))
        return house is None or not house.closed_on

    def found(self, person: str) -> tuple[Found, ...]:
        return tuple(self._lines(person))

    def _lines(self, person: str) -> Iterator[Found]:
        for rule, one in asked(self._rules, self.world, person):
            origin = f"policy:{rule.programme.id}:{one.id}"
            if origin in self._told or self._has(rule, one) or verdict(rule, one, self.world) not in SHOWN:
                continue
            yield self._line(rule, one, person, origin)

    def _has(self, rule: Rule, one: Subject) -> bool:
        """Do they have it, or have they applied?"""
        code = rule.programme.code
        if (code, one.id) in self._applied or (code, one.id) in self._having:
            return True
        people = (
            [one] if isinstance(one, PersonFacts) else [self.world.person(id) for id in one.members or ()]
        )
        return code in LASTS and any(two.status and code in two.status.known for two in people)

    def _line(self, rule: Rule, one: Subject, person: str, origin: str) -> Found:
        home = one.id if isinstance(one, HouseholdFacts) else self.world.homes.get(one.id, "")
        house = self._houses.get(home)
        return Found(
            origin=origin,
            person=one.id if isinstance(one, PersonFacts) else (house.head or person) if house else person,
            household=home,
            name=one.called,
            village=(house.village or "") if house else "",
            village_group=(house.village_group or "") if house else "",
            programme=rule.programme.id,
            code=rule.programme.code,
            title=rule.programme.title,
            basis=rule.programme.source,
        )


def _has_standards(rules: Iterable[Rule]) -> bool:
    return any("dibao_std" in rule.terms.values for rule in rules)


def _running(rows: Rows, on: str) -> frozenset[tuple[str, str]]:
    """(programme, person or household) of benefits that go on."""
    return frozenset(
        (one.programme, who)
        for one in rows.benefits
        if one.programme and not (one.to_day and one.to_day < on)
        for who in (one.person, one.household)
        if who
    )


def village_counts(lines: Iterable[Found]) -> dict[str, int]:
    """Households by village."""
    homes: dict[str, set[str]] = {}
    for one in lines:
        homes.setdefault(one.village, set()).add(one.household or one.person)
    return {village: len(found) for village, found in homes.items()}
