"""名单比对: this month's list of 低保, 特困 … beside ours; each difference is accepted, queried or left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.records_file import Progress, silent
from sgz_desktop.actions.roster_people import PeoplePlan
from sgz_desktop.actions.roster_plan import Line, Planner
from sgz_desktop.actions.roster_rows import Columns, RosterSheet, Row, State, rows_of
from sgz_desktop.actions.roster_ticks import of_household, ticks
from sgz_desktop.actions.rosters import check_named, keep_columns, part, write_all
from sgz_desktop.domain import days
from sgz_desktop.domain.amounts import show_yuan
from sgz_desktop.domain.categories import is_open
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import split_codes
from sgz_desktop.domain.roster import Kind, Step, Unit, compare
from sgz_desktop.store import queries, rosters
from sgz_desktop.store.queries import HERE
from sgz_desktop.store.rosters import OnFile, Spell
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.write import Write

DUE_IN = 7  # days in which somebody queried is to be asked
OF_LIST = frozenset({"benefit.amount", "benefit.listed_on", "benefit.to_day"})
WORDS = {Kind.ADDED: "在名单上，本机没有", Kind.GONE: "本机有，不在名单上", Kind.CHANGED: "与名单不同"}


@dataclass(frozen=True, slots=True)
class Listing:
    """Which list it is: the code of its category, and its month (YYYY-MM)."""

    code: str
    month: str

    @property
    def label(self) -> str:
        """低保对象."""
        return code_list("person_category").label(self.code)

    @property
    def source(self) -> str:
        """2026年6月低保对象名单."""
        return f"{days.show_day(self.month)}{self.label}名单"


@dataclass(frozen=True)
class Compared:
    """A list beside ours. `new_people`: keys of steps that put somebody new on file."""

    steps: tuple[Step, ...]
    same: int
    ours: int
    listed: int
    bad: tuple[Line, ...]
    new_people: frozenset[str]


@dataclass(frozen=True)
class Settled:
    """How many differences were accepted and queried, and tasks written."""

    accepted: int
    queried: int


def words_of(step: Step) -> str:
    """What differs, in words."""
    if step.kind is not Kind.CHANGED:
        unit = step.listed or step.ours
        return f"每月{show_yuan(unit.amount)}" if unit and unit.amount is not None else ""
    parts = []
    if step.amount_differs and step.listed and step.listed.amount is not None:
        before = step.ours.amount if step.ours else None
        shown = show_yuan(before) if before is not None else "未填"
        parts.append(f"每月{shown}→{show_yuan(step.listed.amount)}")
    if step.joined:
        parts.append(f"成员增加{'、'.join(sorted(step.joined))}")
    if step.left:
        parts.append(f"成员减少{'、'.join(sorted(step.left))}")
    return "；".join(parts)


def step_key(step: Step) -> str:
    """The name of a step, the same each time the same list is compared."""
    return f"{step.kind.value}:{step.key}"


@action
def compare_roster(
    desk: Desk, sheet: RosterSheet, columns: Columns, listing: Listing, progress: Progress = silent
) -> Compared:
    """Lay a month's list beside who is on file for it. Nothing is written. `progress` may raise Cancelled."""
    return desk.read(lambda session: _Comparison(session, desk, sheet, columns, listing, progress).told())


@action
def settle_roster(
    desk: Desk,
    sheet: RosterSheet,
    columns: Columns,
    listing: Listing,
    accept: Collection[str],
    query: Collection[str],
    progress: Progress = silent,
) -> Settled:
    """Write down the steps accepted, and a to-do for each one queried; named by `step_key`. One transaction.

    Who stays on the list has its month noted. `progress` may raise Cancelled.
    """

    def work(session: Writing) -> Settled:
        found = _Comparison(session, desk, sheet, columns, listing, part(progress, 0))
        taken = [step for step in found.steps if step_key(step) in set(accept)]
        asked = [step for step in found.steps if step_key(step) in set(query)]
        writes = [*found.writes(taken), *found.tasks(asked)]
        write_all(session, desk, writes, part(progress, 1))
        keep_columns(session, sheet, columns)
        return Settled(len(taken), len(asked))

    return desk.write(work)


@dataclass
class _Comparison:
    """One list beside ours, and the writes of its steps."""

    session: Reading
    desk: Desk
    sheet: RosterSheet
    columns: Columns
    listing: Listing
    progress: Progress = silent
    steps: tuple[Step, ...] = ()
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    spells: dict[str, list[Spell]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        check_named(self.columns)
        code = self.listing.code
        fixed = {**self.columns.fixed, "benefit.category": code}
        fixed |= {"benefit.listed_on": self.listing.month, "benefit.source": self.listing.source}
        self.taken = Columns(self.columns.sort, self.columns.keys, fixed)
        self.plan = self._new_plan(self.progress)
        self.people = self.plan.planner.people
        self.read = [row for row in rows_of(self.sheet, self.taken) if self._meant(row)]
        self.lines = self.plan.plan(self.read).lines
        self.listed = self._listed()
        self.ours = self._ours()
        self.steps = tuple(step for step in compare(self.ours, self.listed) if not self._unsure(step))

    def _unsure(self, step: Step) -> bool:
        """Nobody is off the list who may be meant by a row of it that could not be read or matched."""
        names = {row.identity.name for row in self.read if row.problems}
        unit = step.ours
        return (
            step.kind is Kind.GONE and unit is not None and bool(names & {unit.name, *(unit.members or ())})
        )

    def _new_plan(self, progress: Progress) -> PeoplePlan:
        desk = self.desk
        return PeoplePlan(Planner(self.session, self.taken, OF_LIST, desk.today(), desk.ids, progress))

    def _meant(self, row: Row) -> bool:
        codes = split_codes(row.said("benefit", "category"))
        if self.listing.code in codes or not codes:
            row.values.setdefault("benefit", {})["category"] = self.listing.code
            return not row.values["benefit"].get("to_day")
        return False

    def told(self) -> Compared:
        """The outcome, as a page shows it."""
        bad = tuple(line for line in self.lines if line.state is State.BAD)
        changed = {step.key for step in self.steps}
        added = [step for step in self.steps if step.kind is Kind.ADDED]
        new = {step_key(step) for step in added if any(row.new for row in self.rows[step.key])}
        same = sum(key not in changed for key in self.listed)
        return Compared(self.steps, same, len(self.ours), len(self.listed), bad, frozenset(new))

    @property
    def _shared(self) -> bool:
        return of_household(self.listing.code)

    def _listed(self) -> dict[str, Unit]:
        good = [row for row in self.read if not row.problems]
        for row in good:
            self.rows[self._key_of(row)].append(row)
        several = self._shared and any(len({r.person for r in rows}) > 1 for rows in self.rows.values())
        return {key: self._unit(rows, several) for key, rows in self.rows.items()}

    def _key_of(self, row: Row) -> str:
        """The household or person on file, else the first row that speaks of them."""
        if not self._shared:
            return row.person if row.person in self.people else f"row{self.plan.firsts[row.person].number}"
        group = self.plan.groups[row.group]
        if group.on_file:
            return group.id
        first = next(one for one in self.read if one.group == row.group and not one.problems)
        return first.person if first.person in self.people else f"row{first.number}"

    def _unit(self, rows: list[Row], several: bool) -> Unit:
        amounts = [row.values["benefit"].get("amount") for row in rows]
        told = [int(one) for one in amounts if one is not None]
        heads = {group.head for group in self.plan.groups.values() if group.head}
        head = next((row for row in rows if row.person in heads), rows[0])
        names = frozenset(row.identity.name for row in rows) if several else None
        return Unit(head.identity.name, told[0] if told else None, names)

    def _ours(self) -> dict[str, Unit]:
        """Who is in the programme by an open spell, or is ticked as being in it."""
        code = self.listing.code
        found: dict[str, int | None] = {}
        for spell in rosters.spells(self.session):
            key = self._owner(spell)
            if key and is_open(spell.to_day, self.desk.today()) and code in (spell.programme, spell.category):
                self.spells[key].append(spell)
                found[key] = found.get(key) if found.get(key) is not None else spell.amount
        for one in self.people.values():
            own, home = code in split_codes(one.categories), code in split_codes(one.household_categories)
            if own or (home and self._shared):
                found.setdefault(self._key(one), None)
        dead = {one.id for one in self.people.values() if one.died_on}
        return {
            key: Unit(self._name(key), amount, self._members(key))
            for key, amount in found.items()
            if key not in dead
        }

    def _owner(self, spell: Spell) -> str:
        person = self.people.get(spell.person or "")
        if person:
            return self._key(person)
        return spell.household or "" if self._shared else ""

    def _key(self, one: OnFile) -> str:
        return str(one.household) if self._shared and one.household else one.id

    def _at_home(self, household: str) -> list[OnFile]:
        return [one for one in self.people.values() if one.household == household and not one.died_on]

    def _name(self, key: str) -> str:
        if key in self.people:
            return self.people[key].name or "（姓名未填）"
        home = self._at_home(key)
        head = next((one for one in home if one.head == one.id), home[0] if home else None)
        return (head.name if head else None) or "（户主未填）"

    def _members(self, key: str) -> frozenset[str] | None:
        home = self._at_home(key)
        return frozenset(one.name or "" for one in home) if home else None

    def writes(self, taken: Collection[Step]) -> Iterator[Write]:
        """What the accepted steps write. Those that stay on the list have their month noted."""
        changed, chosen = {step.key for step in self.steps}, {step.key for step in taken}
        wanted = [rows for key, rows in self.rows.items() if key in chosen or key not in changed]
        numbers = {row.number for rows in wanted for row in rows}
        rows = [row for row in rows_of(self.sheet, self.taken) if self._meant(row) and row.number in numbers]
        yield from self._new_plan(silent).plan(rows).writes
        for step in taken:
            yield from self._leavers(step)
            if step.kind is Kind.GONE:
                yield from self._ended(step.key)

    def _leavers(self, step: Step) -> Iterator[Write]:
        for one in self._at_home(step.key):
            if one.name in step.left and one.member:
                yield Write("membership", one.member, {"to_day": self.desk.today()})

    def _ended(self, key: str) -> Iterator[Write]:
        """Off the list: its spells end with the month before, and its tick goes."""
        before = days.add_months(self.listing.month, -1)
        for spell in self.spells[key]:
            late = spell.from_day and days.earliest(spell.from_day) > days.latest(before)
            until = max(spell.from_day or "", self.listing.month) if late else before
            yield Write("benefit", spell.id, {"to_day": until, "source": self.listing.source})
        for one in self.people.values():
            if self._key(one) != key:
                continue
            if self.listing.code in split_codes(one.categories):
                value = ticks("person", one.categories, self.listing.code, self.desk.today(), on=False)
                yield Write("person", one.id, {"categories": value})
            if self._shared and one.household and self.listing.code in split_codes(one.household_categories):
                value = ticks(
                    "household", one.household_categories, self.listing.code, self.desk.today(), on=False
                )
                yield Write("household", one.household, {"categories": value})

    def tasks(self, asked: Collection[Step]) -> Iterator[Write]:
        """A to-do for each step queried, once for each list."""
        sql = f"SELECT origin FROM r_task WHERE origin LIKE 'roster:%' AND deleted {HERE}"
        known = {row[0] for row in queries.table(self.session, sql)}
        due = days.add_days(self.desk.today(), DUE_IN)
        for step in asked:
            origin = f"roster:{self.listing.month}:{self.listing.code}:{step.key}"
            if origin in known:
                continue
            about = "person" if step.key in self.people else "household"
            more = f"（{words_of(step)}）" if words_of(step) else ""
            what = f"核对名单：{step.name}{WORDS[step.kind]}{more}"
            whose = {} if step.key.startswith("row") else {about: step.key}
            values = {"what": what, "due_on": due, "worker": self.desk.user, "origin": origin, **whose}
            yield Write("task", self.desk.ids(), {**values, "note": self.listing.source})
