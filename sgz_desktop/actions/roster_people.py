"""A list of people beside the file: who they are, which household each row belongs to, what they are in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

from sgz_desktop.actions.roster_plan import NAMELESS, NO_NAME, Line, Plan, Planner, line_of, twice
from sgz_desktop.actions.roster_rows import Row, State
from sgz_desktop.actions.roster_ticks import of_household, ticks
from sgz_desktop.domain import id_number
from sgz_desktop.domain.categories import Whose
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import Wire, split_codes
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import questions
from sgz_desktop.domain.roster_match import Identity, Known
from sgz_desktop.store import rosters
from sgz_desktop.store.rosters import Spell
from sgz_desktop.store.write import Write

HEADS = ("01", "02")  # GB/T 4761: 本人, 户主
ELSEWHERE = "在册住在另一户，请先在本机登记搬离，或改正户主。"
WAITS = "同一户的第{number}行有问题，改好后一起导入。"
LISTS = "{label}名单"


@dataclass(slots=True)
class Group:
    """The rows of one household: its id, if it is on file, who heads it, and which row said what of it."""

    id: str
    on_file: bool
    head: str = ""
    written: bool = False
    said: dict[str, Row] = field(default_factory=dict)
    categories: str | None = None


@dataclass(slots=True)
class PeoplePlan:
    """Plans one list of people; use `plan`."""

    planner: Planner
    groups: dict[tuple[str, ...], Group] = field(default_factory=dict)
    firsts: dict[str, Row] = field(default_factory=dict)
    spells: dict[tuple[str, str], list[Spell]] = field(default_factory=dict)
    ticked: dict[tuple[str, str], str | None] = field(default_factory=dict)
    writes: list[Write] = field(default_factory=list)

    def plan(self, rows: list[Row]) -> Plan:
        """The whole list."""
        for row in rows:
            self._who(row)
        self._households(rows)
        self._fetch(rows)
        units: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in self.planner.told(rows):
            units[row.group or (str(row.number),)].append(row)
        lines = [line for unit in units.values() for line in self._unit(unit)]
        lines.sort(key=lambda line: line.number)
        return Plan(tuple(lines), self.planner.differences(), tuple(self.writes))

    def _unit(self, rows: list[Row]) -> list[Line]:
        """The rows of one household. They wait for one another: a member put right and taken in alone later
        could not be told to belong to the household."""
        start = len(self.writes)
        lines = [self._line(row) for row in rows]
        bad = next((row for row in rows if row.problems and self._belongs_nowhere(row)), None)
        if bad is None:
            return lines
        for row in rows:
            row.problems = row.problems or [WAITS.format(number=bad.number)]
        del self.writes[start:]
        return [line_of(row, State.BAD) for row in rows]

    def _belongs_nowhere(self, row: Row) -> bool:
        """Is the household of a row that is left out told by the row alone?"""
        known, first = self.planner.people.get(row.person), self.firsts.get(row.person)
        repeats = first is not None and first is not row and not first.problems
        return not repeats and not (known and known.household)

    def _who(self, row: Row) -> None:
        """Settle whom the row means: somebody on file, of an earlier row, or somebody new."""
        who = row.identity
        if not who.name and not who.id_number:
            row.problems.append(NO_NAME)
        if row.problems:
            return
        found = self.planner.find(row)
        if row.problems:
            return
        if not (found or who.name):  # most likely the column of names was not taken
            row.problems.append(NAMELESS)
            return
        row.person = found[0] if found else self.planner.ids()
        row.new = not found
        if row.new:
            self.planner.index.add(Known(row.person, who))

    def _households(self, rows: list[Row]) -> None:
        """Rows of one household come together; it is the one any of them lives in on file, else a new one."""
        by_group: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        current: tuple[str, ...] = ()
        for row in rows:
            row.group = current = self._group_of(row, current)
            if row.group:
                by_group[row.group].append(row)
        for name, members in by_group.items():
            self.groups[name] = self._group(name, members)

    def _group_of(self, row: Row, current: tuple[str, ...]) -> tuple[str, ...]:
        for name in ("household", "head_id", "head_name"):
            if told := row.said("row", name):
                place = row.identity.village if name == "head_name" else ""
                return (name, place, told)
        relation = row.said("membership", "relation_to_head")
        if relation and relation not in HEADS and current[:1] == ("row",):
            return current
        homed = relation or row.values.get("household") or self._of_household(row)
        return ("row", str(row.number)) if homed else ()

    def _of_household(self, row: Row) -> bool:
        return any(of_household(code) for code in split_codes(row.said("benefit", "category")))

    def _group(self, name: tuple[str, ...], members: list[Row]) -> Group:
        known = [self.planner.people[row.person] for row in members if row.person in self.planner.people]
        homes = [one for one in known if one.household]
        if name[0] in ("head_id", "head_name"):
            first = members[0]
            head = Identity(
                first.said("row", "head_name"), first.said("row", "head_id"), "", first.identity.village
            )
            found = self.planner.index.find(head)
            if len(found) == 1 and found[0] in self.planner.people:
                homes = [one for one in [self.planner.people[found[0]]] if one.household] or homes
        if homes:
            home = homes[0]
            return Group(str(home.household), True, home.head or "", categories=home.household_categories)
        return Group(self.planner.ids(), False, self._head_of(members))

    def _head_of(self, members: list[Row]) -> str:
        """Who heads a new household: who says so, who is named as head, else who is alone in it."""
        for row in members:
            named = row.said("row", "head_name")
            if row.said("membership", "relation_to_head") in HEADS or (named and named == row.identity.name):
                return row.person
        return members[0].person if len({row.person for row in members}) == 1 else ""

    def _fetch(self, rows: list[Row]) -> None:
        planner = self.planner
        planner.load("person", {row.person for row in rows if row.person in planner.people})
        planner.load("household", {one.id for one in self.groups.values() if one.on_file})
        members = {planner.people[row.person].member for row in rows if row.person in planner.people}
        planner.load("membership", {one for one in members if one})
        for spell in rosters.spells(planner.session):
            for kind, owner in (("person", spell.person), ("household", spell.household)):
                if owner:
                    self.spells.setdefault((kind, owner), []).append(spell)
        spells = {one.id for found in self.spells.values() for one in found}
        planner.load("benefit", spells)

    def _line(self, row: Row) -> Line:
        if row.problems:
            return line_of(row, State.BAD)
        first = self.firsts.setdefault(row.person, row)
        if first is not row and (amiss := twice(row, first)):
            row.problems.append(amiss)
            return line_of(row, State.BAD)
        group = self.groups.get(row.group) if row.group else None
        kept = replace(group, said=dict(group.said)) if group else None
        writes, words = self._writes(row, first, group)
        if row.problems:
            if group and kept:  # nothing of this row counts for those after it
                group.written, group.said, group.categories = kept.written, kept.said, kept.categories
            return line_of(row, State.BAD)
        self.writes += writes
        new = row.new and first is row
        return line_of(row, State.NEW if new else State.CHANGED if writes else State.SAME, words)

    def _writes(self, row: Row, first: Row, group: Group | None) -> tuple[list[Write], list[str]]:
        writes, words = list[Write](), list[str]()
        if first is row:
            for part in (self._person(row), self._household(row, group), self._membership(row, group)):
                writes += part[0]
                words += part[1]
        elif group:
            writes, words = self._household(row, group)
        for code in split_codes(row.said("benefit", "category")) or [""]:
            part = self._benefit(row, code, group)
            writes += part[0]
            words += part[1]
        return writes, words

    def _person(self, row: Row) -> tuple[list[Write], list[str]]:
        given = dict(row.values.get("person", {}))
        told = id_number.told_by(str(given.get("id_number") or ""))
        told.pop("hukou_address", None)  # of whoever moved since it is wrong, and here nobody looks at each
        if told:
            before = self.planner.standing("person", row.person)
            given |= {n: v for n, v in told.items() if n not in given and before.get(n) is None}
        if row.person in self.planner.people:
            values, words = self.planner.changed(row, "person", row.person, given)
            return self.planner.checked(row, "person", row.person, values), words
        values = {"filed_on": self.planner.today, **given}
        return self.planner.checked(row, "person", row.person, values), []

    def _household(self, row: Row, group: Group | None) -> tuple[list[Write], list[str]]:
        """What the row says of its household that no row before it said."""
        if group is None:
            return [], []
        if amiss := _unlike(row, group):
            row.problems.append(amiss)
            return [], []
        said = row.values.get("household", {})
        given = {name: value for name, value in said.items() if name not in group.said}
        group.said |= dict.fromkeys(given, row)
        if group.on_file:
            values, words = self.planner.changed(row, "household", group.id, given)
            return self.planner.checked(row, "household", group.id, values), words
        if not group.written:
            group.written = True
            given = {"filed_on": self.planner.today, **({"head": group.head} if group.head else {}), **given}
        return self.planner.checked(row, "household", group.id, given), []

    def _membership(self, row: Row, group: Group | None) -> tuple[list[Write], list[str]]:
        if group is None:
            return [], []
        given = dict(row.values.get("membership", {}))
        known = self.planner.people.get(row.person)
        if known and known.member and known.household == group.id:
            values, words = self.planner.changed(row, "membership", known.member, given)
            return self.planner.checked(row, "membership", known.member, values), words
        if known and known.household:
            row.problems.append(ELSEWHERE)  # moving house is for a person to say
            return [], []
        if group.head == row.person:
            given.setdefault("relation_to_head", "02")
        link: dict[str, Any] = {"household": group.id, "person": row.person, "lives_in": True, **given}
        return self.planner.checked(row, "membership", self.planner.ids(), link), [
            "加入这一户"
        ] if known else []

    def _benefit(self, row: Row, code: str, group: Group | None) -> tuple[list[Write], list[str]]:
        given = {**row.values.get("benefit", {}), **({"category": code} if code else {})}
        programme = given.get("programme") or (code if code in code_list("benefit") else None)
        if not code and not programme:
            return [], []
        kind: Whose = "person"
        owner = row.person
        if group and of_household(str(code or programme)):
            kind, owner = "household", group.id
        if programme:
            given["programme"] = programme
        writes, words = self._tick(kind, owner, row, group, code) if not given.get("to_day") else ([], [])
        standing = self._spell(kind, owner, code, str(programme or ""), given.get("to_day"))
        if standing and self.planner.standing("benefit", standing.id):
            values, more = self.planner.changed(row, "benefit", standing.id, given)
            return [*self.planner.checked(row, "benefit", standing.id, values), *writes], words + more
        if standing:  # made by an earlier row of this list
            return writes, words
        given.setdefault("source", LISTS.format(label=_label(code, str(programme or ""))))
        id = self.planner.ids()
        made = self.planner.checked(row, "benefit", id, {kind: owner, **given})
        spell = Spell(
            id, None, None, str(programme or ""), code, None, str(given.get("to_day") or "") or None, None
        )
        if made:
            self.spells.setdefault((kind, owner), []).append(spell)
        return [*made, *writes], [*words, f"登记{_label(code, str(programme or ''))}"]

    def _spell(self, kind: str, owner: str, code: str, programme: str, until: Wire) -> Spell | None:
        """The open spell of the same thing, or the one that ended on the day the list says."""
        for one in self.spells.get((kind, owner), ()):
            alike = (code and one.category == code) or (programme and one.programme == programme)
            if alike and (one.to_day is None or one.to_day == until):
                return one
        return None

    def _tick(
        self, kind: Whose, owner: str, row: Row, group: Group | None, code: str
    ) -> tuple[list[Write], list[str]]:
        if not code:
            return [], []
        known = self.planner.people.get(owner)
        on_file = (group.categories if group else None) if kind == "household" else known and known.categories
        before = self.ticked.get((kind, owner), on_file)
        after = ticks(kind, before, code, self.planner.today, on=True)
        if after == before:
            return [], []
        self.ticked[kind, owner] = after
        return self.planner.checked(row, kind, owner, {"categories": after}), [f"类别加上{_label(code, '')}"]


def _unlike(row: Row, group: Group) -> str:
    """What is wrong where two rows of one household differ about it; '' where they agree."""
    for name, value in row.values.get("household", {}).items():
        first = group.said.get(name)
        if first and first.values["household"].get(name) != value:
            label = questions(BY_KIND["household"])[name].ask.label
            return f"与第{first.number}行是同一户，{label}不同。"
    return ""


def _label(code: str, programme: str) -> str:
    return code_list("person_category").label(code) if code else code_list("benefit").label(programme)
