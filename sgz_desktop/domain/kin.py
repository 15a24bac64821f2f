"""A family as one graph, put together from what is on file about any of its people, each fact told once.

A kinship record and a membership both say "this one is so-and-so's father"; from it follow both ways, the
child's and the father's. What lies between two people and is on file of nobody (a grandson's father) is a
placeholder; what is only likely (the wife of the head is the mother of his children) is `assumed`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.relations import (
    FEMALE,
    MALE,
    STEP,
    Way,
    way_of,
)

LEAST_PARENT = 12  # years a parent is older than a child
UNNAMED = "（姓名未填）"


@dataclass(frozen=True)
class Individual:
    """Somebody in a family. Days as stored, '' unknown; `on_file` has a page of their own to open; a
    `missing` one is only known to have been there; `age` is told where the day of birth must not be."""

    id: str
    name: str = ""
    sex: str = ""
    born: str = ""
    died: str = ""
    dead: bool = False
    on_file: bool = True
    missing: bool = False
    age: str = ""


class KinFact(NamedTuple):
    """`who` is the `code` (GB/T 4761) of `of`, as a record says; `home`: said by a household."""

    of: str
    code: str
    who: str
    home: bool = False
    bond: str = ""
    from_day: str = ""
    closeness: str = ""
    guardian: bool = False
    carer: bool = False


class Parent(NamedTuple):
    """Who is whose parent; `step`: by adoption or marriage."""

    parent: str
    child: str
    step: bool = False
    assumed: bool = False


class Couple(NamedTuple):
    """Two partners in the order of their ids; `bond` a code of kinship_bond, '' = together."""

    one: str
    other: str
    bond: str = ""
    from_day: str = ""
    assumed: bool = False


class Tie(NamedTuple):
    """How two people get on: a code of closeness."""

    one: str
    other: str
    closeness: str


@dataclass(frozen=True)
class Family:
    """A family around `focus`. `together` live with the focus now; `loose` are facts that cannot be placed:
    they say nothing of descent, or there are several ways to read them."""

    focus: str
    people: Mapping[str, Individual]
    facts: tuple[KinFact, ...]
    parents: tuple[Parent, ...] = ()
    couples: tuple[Couple, ...] = ()
    siblings: tuple[tuple[str, str], ...] = ()
    ties: tuple[Tie, ...] = ()
    together: frozenset[str] = frozenset()
    loose: tuple[KinFact, ...] = ()


@dataclass
class _Graph:
    people: dict[str, Individual]
    homes: tuple[frozenset[str], ...]
    parents: dict[tuple[str, str], Parent] = field(default_factory=dict)
    couples: dict[tuple[str, str], Couple] = field(default_factory=dict)
    siblings: dict[tuple[str, str], bool] = field(default_factory=dict)

    def join(self, of: str, step: str, who: str, fact: KinFact, *, assumed: bool = False) -> None:
        """One step from one person to the next."""
        if of == who:
            return
        if step in "PC":
            parent, child = (who, of) if step == "P" else (of, who)
            by_birth = Parent(parent, child, fact.code in STEP, assumed)
            self.parents[parent, child] = min(by_birth, self.parents.get((parent, child), by_birth))
        elif step == "S":
            pair = (min(of, who), max(of, who))
            made = Couple(*pair, fact.bond, fact.from_day, assumed)
            self.couples[pair] = max(
                made, self.couples.get(pair, made), key=lambda one: (not one.assumed, one)
            )
        else:
            self.siblings[min(of, who), max(of, who)] = assumed

    def next(self, of: str, step: str) -> list[str]:
        """Those one step away, in the order of their ids."""
        if step == "P":
            found = [one.parent for one in self.parents.values() if one.child == of]
        elif step == "C":
            found = [one.child for one in self.parents.values() if one.parent == of]
        else:
            pairs: Iterable[tuple[str, str]] = self.couples if step == "S" else self.siblings
            found = [b if a == of else a for a, b in pairs if of in (a, b)]
            if step == "B":
                found += [child for up in self.next(of, "P") for child in self.next(up, "C") if child != of]
        return sorted(set(found))


def family(
    focus: str, people: Iterable[Individual], facts: Iterable[KinFact], homes: Iterable[Iterable[str]] = ()
) -> Family:
    """The family around `focus` from its people, what is said of them, and who lives together now.

    Never raises, whatever the relations say; the order in which they are given makes no difference.
    """
    told = sorted(set(facts))
    graph = _Graph(_known(focus, people, told), tuple(sorted(map(frozenset, homes), key=sorted)))
    near: list[KinFact] = []
    far: list[KinFact] = []
    loose: list[KinFact] = []
    for fact in told:
        steps = way_of(fact.code).steps
        (near if len(steps) == 1 else far if steps else loose).append(fact)
    for fact in near:
        graph.join(fact.of, way_of(fact.code).steps, fact.who, fact)
    _share_parents(graph)
    loose += [fact for fact in far if fact.of != fact.who and not _bridged(graph, fact)]
    _other_parents(graph)
    _guess_sex(graph)
    together = frozenset().union(*(home for home in graph.homes if focus in home))
    return Family(
        focus,
        dict(sorted(graph.people.items())),
        tuple(told),
        tuple(sorted(graph.parents.values())),
        tuple(sorted(graph.couples.values())),
        tuple(sorted(graph.siblings)),
        tuple(_ties(told)),
        together & frozenset(graph.people),
        tuple(fact for fact in loose if fact.code not in ("01", "02")),
    )


def _known(focus: str, people: Iterable[Individual], facts: Sequence[KinFact]) -> dict[str, Individual]:
    """People by id, with the sex the relations tell of; those only named are there too."""
    found = {one.id: one for one in people}
    for id in (focus, *(id for fact in facts for id in (fact.of, fact.who))):
        found.setdefault(id, Individual(id))
    for fact in facts:
        one, sex = found[fact.who], way_of(fact.code).sex
        if sex and not one.sex:
            found[fact.who] = replace(one, sex=sex)
    return found


def _share_parents(graph: _Graph) -> None:
    """Brothers and sisters of whom only one's parents are known have the same."""
    for group in groups(graph.siblings):
        sets = {tuple(p for p in graph.next(one, "P") if not graph.parents[p, one].step) for one in group}
        known = sets - {()}
        alone = [one for one in group if not graph.next(one, "P")]
        for parent in known.pop() if len(known) == 1 else ():
            for one in alone:
                if one != parent:
                    graph.parents[parent, one] = Parent(parent, one, False, True)


def _bridged(graph: _Graph, fact: KinFact) -> bool:
    """Lay a way of several steps over those between; False where there are several to choose from."""
    way = way_of(fact.code)
    if fact.who in _reached(graph, fact.of, way):
        return True
    at, path = fact.of, []
    for number, step in enumerate(way.steps[:-1]):
        sex = way.by if number == 0 else ""
        found = [one for one in graph.next(at, step) if one != fact.who and _fits(graph, one, sex)]
        found = _likely(graph, found, fact.who, way.steps[number + 1 :])
        if len(found) > 1:
            return False
        then = found[0] if found else f"?{at}.{step}{sex}"
        path.append((at, step, then))
        at = then
    for start, step, then in path:
        if then not in graph.people:
            sex = way.by if start == fact.of else ""
            graph.people[then] = Individual(then, sex=sex, on_file=False, missing=True)
            graph.join(start, step, then, KinFact(start, "", then), assumed=True)
    graph.join(at, way.steps[-1], fact.who, KinFact(at, "", fact.who), assumed=True)
    return True


def _reached(graph: _Graph, start: str, way: Way) -> set[str]:
    now = {start}
    for number, step in enumerate(way.steps):
        now = {one for at in now for one in graph.next(at, step)}
        if number == 0 and len(way.steps) > 1:
            now = {one for one in now if _fits(graph, one, way.by)}
    return now


def _fits(graph: _Graph, id: str, sex: str) -> bool:
    return not sex or graph.people[id].sex in ("", sex)


def _likely(graph: _Graph, found: list[str], who: str, left: str) -> list[str]:
    """Of several who may stand between, those old enough, unmarried where a spouse is asked for, at home."""
    people = graph.people
    if left == "C":
        found = [one for one in found if not_too_young(people[one].born, people[who].born)]
    elif left == "S":
        found = [one for one in found if not graph.next(one, "S")]
    at_home = [one for one in found if any({one, who} <= home for home in graph.homes)]
    return at_home if len(found) > 1 and at_home else found


def _other_parents(graph: _Graph) -> None:
    """A parent's only partner is likely the other parent, unless they came together after the birth."""
    for (parent, child), one in sorted(graph.parents.items()):
        partners = [one for one in graph.next(parent, "S") if not graph.people[one].missing]
        if len(graph.next(child, "P")) != 1 or len(partners) != 1 or partners[0] == child:
            continue
        since = graph.couples[min(parent, partners[0]), max(parent, partners[0])].from_day
        born = graph.people[child].born
        if (born and since and _before(born, since)) or child in graph.next(partners[0], "P"):
            continue
        graph.parents[partners[0], child] = Parent(partners[0], child, one.step, True)


def _before(day: str, other: str) -> bool:
    whole = days.is_day(day) and days.is_day(other)
    return whole and days.latest(day) < days.earliest(other)


def _guess_sex(graph: _Graph) -> None:
    """A husband's partner is a woman, as far as a symbol is asked for and nothing else is known."""
    for one, other in sorted(graph.couples):
        for a, b in ((one, other), (other, one)):
            known, unknown = graph.people[a], graph.people[b]
            if unknown.missing and not unknown.sex and known.sex in (MALE, FEMALE):
                graph.people[b] = replace(unknown, sex=FEMALE if known.sex == MALE else MALE)


def _ties(facts: Sequence[KinFact]) -> Iterator[Tie]:
    """How people get on; said by both of them, the more strained word stands."""
    order = code_list("closeness").order
    found: dict[tuple[str, str], str] = {}
    for fact in facts:
        if fact.closeness and fact.of != fact.who:
            pair = (min(fact.of, fact.who), max(fact.of, fact.who))
            found[pair] = max(found.get(pair, fact.closeness), fact.closeness, key=order)
    yield from (Tie(*pair, closeness) for pair, closeness in sorted(found.items()))


def groups(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Who hangs together by pairs: each group in the order of ids, the groups by their first."""
    leader: dict[str, str] = {}

    def find(one: str) -> str:
        while leader.setdefault(one, one) != one:
            one = leader[one]
        return one

    for a, b in pairs:
        first, second = sorted((find(a), find(b)))
        leader[second] = first
    found: dict[str, list[str]] = {}
    for one in sorted(leader):
        found.setdefault(find(one), []).append(one)
    return list(found.values())


def not_too_young(parent: str, child: str) -> bool:
    """Can somebody born on one day be the parent of somebody born on the other, as far as is known?"""
    if not (days.is_day(parent) and days.is_day(child)):
        return True
    first, last = days.earliest(parent), days.latest(child)
    return last > first and (days.age(first, last) or 0) >= LEAST_PARENT
