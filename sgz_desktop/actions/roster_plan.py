"""What a list would change: every row beside what is on file, and the writes that bring the store there.

Nothing on file is overwritten by a blank. Where list and file differ, the file's value stays, unless the
column is among those for which the list was chosen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sgz_desktop.actions.records_file import TOLD_EVERY, Progress, silent
from sgz_desktop.actions.roster_rows import Columns, Row, State
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import Refused, gate, questions
from sgz_desktop.domain.records.base import problems as doubts
from sgz_desktop.domain.roster_fields import offered
from sgz_desktop.domain.roster_match import Identity, Index, Known, number_of
from sgz_desktop.store import rosters
from sgz_desktop.store.rosters import OnFile
from sgz_desktop.store.session import Reading
from sgz_desktop.store.write import Write

NO_NAME = "没有姓名，也没有身份证号，请补上。"
NAMELESS = "在册没有这个身份证号，又没有姓名，请补上姓名。"
SEVERAL = "在册有{count}人都对得上，无法确定是哪一位，请补上身份证号。"
NAMESAKE = "只有姓名，又有同名的人，请补上身份证号、出生日期或村名。"
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list: what becomes of it, in words where it changes something or cannot be taken."""

    number: int
    name: str
    state: State
    words: tuple[str, ...] = ()
    doubts: int = 0

    @property
    def told(self) -> str:
        """The words on one line."""
        return "；".join(self.words).replace("。；", "。")


@dataclass(slots=True)
class Difference:
    """A column in which list and file differ: in how many rows, and a few of them (name, file, list)."""

    key: str
    label: str
    rows: int = 0
    examples: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole list beside the file. `doubts`: rows taken and marked 待核; `as_of`: the newest edit."""

    lines: tuple[Line, ...]
    differences: tuple[Difference, ...]
    writes: tuple[Write, ...] = field(repr=False, default=())
    as_of: int = 0

    def count(self, state: State) -> int:
        """Rows with that outcome."""
        return sum(line.state is state for line in self.lines)

    @property
    def doubts(self) -> int:
        """Rows that are taken with something to be checked."""
        return sum(line.doubts > 0 for line in self.lines)


class Planner:
    """What planning either sort of list shares: who is on file, differences, and the gate."""

    def __init__(
        self,
        session: Reading,
        columns: Columns,
        use_list: Collection[str],
        today: str,
        ids: Callable[[], str],
        progress: Progress = silent,
    ) -> None:
        self.session, self.columns, self.today, self.ids = session, columns, today, ids
        self.people = rosters.people(session)
        self.index = Index(known(one) for one in self.people.values())
        for id, name, number, born in rosters.merged(session):
            if id in self.people:
                self.index.add(Known(id, Identity(name or "", number or "", born or "")))
        self._use_list, self._progress = frozenset(use_list), progress
        self._unlike: list[tuple[Row, str, str, str, str]] = []
        self._standing: dict[tuple[str, str], dict[str, Any]] = {}

    def told(self, rows: list[Row]) -> Iterator[Row]:
        """The rows, telling how far it is."""
        for place, row in enumerate(rows):
            if place % TOLD_EVERY == 0:
                self._progress(place, len(rows))
            yield row
        self._progress(len(rows), len(rows))

    def find(self, row: Row) -> tuple[str, ...]:
        """The ids of those a row fits; more than one is its problem."""
        found = self.index.find(row.identity)
        if len(found) > 1:
            row.problems.append(SEVERAL.format(count=len(found)))
        elif not found and row.identity.bare and self.index.namesakes(row.identity.name):
            row.problems.append(NAMESAKE)
        return found

    def differences(self) -> tuple[Difference, ...]:
        """Columns that differ in a row that is taken, in the order of the forms."""
        found: dict[str, Difference] = {}
        for row, key, label, old, new in self._unlike:
            if row.problems:
                continue
            one = found.setdefault(key, Difference(key, label))
            one.rows += 1
            if len(one.examples) < EXAMPLES:
                one.examples.append((row.identity.name, old, new))
        order = list(offered(self.columns.sort))
        return tuple(sorted(found.values(), key=lambda one: order.index(one.key)))

    def load(self, kind: str, ids: Collection[str]) -> None:
        """Fetch at once what stands of many records."""
        asked = questions(BY_KIND[kind])
        switches = {name for name, one in asked.items() if one.kind.wire is bool}
        for id, values in rosters.values(self.session, kind, tuple(asked), list(ids)).items():
            values |= {name: bool(values[name]) for name in switches & values.keys()}
            self._standing[kind, id] = values

    def standing(self, kind: str, id: str) -> dict[str, Any]:
        """What stands of a record that was fetched."""
        return self._standing.get((kind, id), {})

    def changed(
        self, row: Row, kind: str, id: str, given: Mapping[str, Wire]
    ) -> tuple[dict[str, Wire], list[str]]:
        """The values to write on a record on file, and each in words."""
        before, values, words = self.standing(kind, id), dict[str, Wire](), list[str]()
        asked = questions(BY_KIND[kind])
        for name, value in given.items():
            old, label = before.get(name), asked[name].ask.label
            shown = asked[name].kind.show
            if old == value:
                continue
            if old is None:
                words.append(f"{label}：{shown(value)}")
            else:
                if f"{kind}.{name}" in offered(self.columns.sort):
                    self._unlike.append((row, f"{kind}.{name}", label, shown(old), shown(value)))
                if f"{kind}.{name}" not in self._use_list:
                    words.append(f"{label}：保留{shown(old)}")
                    continue
                words.append(f"{label}：{shown(old)}→{shown(value)}")
            values[name] = value
        return values, words

    def checked(self, row: Row, kind: str, id: str, values: Mapping[str, Wire]) -> list[Write]:
        """The write through the gate, or the row's problems. `values` empty is nothing to write."""
        if not values:
            return []
        before = self.standing(kind, id)
        try:
            record = gate(BY_KIND[kind], {**before, **values}, self.today, before or None)
        except Refused as refused:
            asked = questions(BY_KIND[kind])
            row.problems += [
                f"{asked[one.field].ask.label}：{one.sentence}" if one.field in asked else one.sentence
                for one in refused.problems
            ]
            return []
        row.values.setdefault("doubts", {})[kind] = len(doubts(record, self.today))
        return [Write(kind, id, values)]


def known(one: OnFile) -> Known:
    """A person on file, as they are matched."""
    return Known(one.id, Identity(one.name or "", one.id_number or "", one.born or "", one.village or ""))


def line_of(row: Row, state: State, words: Collection[str] = ()) -> Line:
    """The outcome of a row."""
    name = row.identity.name or row.identity.id_number
    if row.problems:
        return Line(row.number, name, State.BAD, tuple(row.problems))
    count = sum(int(one or 0) for one in row.values.get("doubts", {}).values())
    return Line(row.number, name, state, tuple(words), count)


def twice(row: Row, first: Row) -> str:
    """What is wrong where two rows mean one person and differ about them; '' where they agree."""
    if first.problems:
        return f"与第{first.number}行是同一人，那一行有问题。"
    mine, theirs = row.values.get("person", {}), first.values.get("person", {})
    asked = questions(BY_KIND["person"])
    unlike = [name for name in mine if name in theirs and mine[name] != theirs[name]]
    if "id_number" in unlike and number_of(str(mine["id_number"])) == number_of(str(theirs["id_number"])):
        unlike.remove("id_number")
    return f"与第{first.number}行是同一人，{asked[unlike[0]].ask.label}不同。" if unlike else ""


def counted(plan: Plan) -> Counter[State]:
    """Rows by outcome."""
    return Counter(line.state for line in plan.lines)
