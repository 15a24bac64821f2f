"""Who stands in which row of a genogram, beside whom: generations, couples, children by age."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sgz_desktop.domain.kin import Couple, Family, Parent, groups
from sgz_desktop.domain.relations import FEMALE, MALE

MOST = 40  # people in one drawing; nearest to the focus first


@dataclass(frozen=True)
class Union:
    """One or two parents (none for siblings whose parents nobody named) and their children by age."""

    parents: tuple[str, ...]
    children: tuple[str, ...]
    dotted: bool = False


@dataclass
class Order:
    """Rows from the oldest generation down, each of clusters: partners side by side, left to right.

    `left_out` are relations that contradict the rows, `apart` people no line leads to.
    """

    rows: list[list[tuple[str, ...]]]
    couples: list[Couple]
    unions: list[Union]
    left_out: int = 0
    apart: tuple[str, ...] = ()


def order(of: Family, most: int = MOST) -> Order:
    """The rows of a family; the same for the same family, whatever order its facts came in."""
    row = _generations(of, most)
    parents = [one for one in of.parents if _level(row, one.parent, one.child, 1)]
    couples = [one for one in of.couples if _level(row, one.one, one.other, 0)]
    siblings = [pair for pair in of.siblings if _level(row, *pair, 0)]
    lost = len(of.parents) + len(of.couples) + len(of.siblings)
    lost -= len(parents) + len(couples) + len(siblings)
    unions = _unions(of, parents, couples, siblings)
    pairs = {(one.one, one.other) for one in couples}
    for union in unions:
        if len(union.parents) == 2 and (pair := tuple(sorted(union.parents))) not in pairs:
            couples.append(Couple(pair[0], pair[1]))
            pairs.add((pair[0], pair[1]))
    clusters = _clusters(of, row, couples)
    walk = _Walk(of, clusters, unions)
    rows: dict[int, list[tuple[str, ...]]] = {level: [] for level in sorted(set(row.values()))}
    for cluster in walk.placed():
        rows[row[cluster[0]]].append(cluster)
    apart = tuple(sorted(set(of.people) - set(row)))
    return Order(list(rows.values()), sorted(couples), unions, lost, apart)


def _generations(of: Family, most: int) -> dict[str, int]:
    """The row of everybody some line leads to from the focus, who is in row 0; children one further down."""
    steps: dict[str, list[tuple[int, str]]] = {}

    def link(a: str, b: str, down: int) -> None:
        steps.setdefault(a, []).append((down, b))
        steps.setdefault(b, []).append((-down, a))

    for couple in of.couples:
        link(couple.one, couple.other, 0)
    for one in of.parents:
        link(one.parent, one.child, 1)
    for a, b in of.siblings:
        link(a, b, 0)
    found, now = {of.focus: 0}, [of.focus]
    while now and len(found) < most:
        then = []
        for at in now:
            for down, other in sorted(steps.get(at, ()), key=lambda step: (step[0] != 0, step)):
                if other not in found and len(found) < most:
                    found[other] = found[at] + down
                    then.append(other)
        now = then
    return found


def _level(row: Mapping[str, int], one: str, other: str, down: int) -> bool:
    return one in row and other in row and row[other] - row[one] == down


def _unions(
    of: Family, parents: Sequence[Parent], couples: Sequence[Couple], siblings: Sequence[tuple[str, str]]
) -> list[Union]:
    partners = {frozenset((one.one, one.other)) for one in couples}
    born: dict[tuple[str, ...], list[str]] = {}
    likely: dict[tuple[str, ...], bool] = {}
    for child in sorted({one.child for one in parents}):
        mine = sorted((one for one in parents if one.child == child), key=lambda one: (one.assumed, one))
        for pair in _pairs(of, mine, partners):
            born.setdefault(pair, []).append(child)
            only = all(one.assumed for one in mine if one.parent in pair)
            likely[pair] = likely.get(pair, True) and only
    unions = [Union(pair, _by_age(of, found), likely[pair]) for pair, found in sorted(born.items())]
    of_somebody = {one.child for one in parents}
    for group in groups(siblings):
        if alone := [one for one in group if one not in of_somebody]:
            unions.append(Union((), _by_age(of, alone if len(alone) > 1 else group)))
    return unions


def _pairs(of: Family, mine: Sequence[Parent], partners: set[frozenset[str]]) -> Iterator[tuple[str, ...]]:
    """The parents of one child, a man and a woman together; step-parents where they are nobody's partner."""
    birth = [one.parent for one in mine if not one.step]
    beside = [one.parent for one in mine if one.step and not any({one.parent, b} in partners for b in birth)]
    for found in (birth, beside):
        men = [id for id in found if of.people[id].sex == MALE]
        women = [id for id in found if of.people[id].sex == FEMALE]
        for id in (id for id in found if of.people[id].sex not in (MALE, FEMALE)):
            (men if len(men) < len(women) else women).append(id)
        for number in range(max(len(men), len(women))):
            yield tuple(sorted((*men[number : number + 1], *women[number : number + 1])))


def _by_age(of: Family, ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(ids), key=lambda id: (of.people[id].born or "9999", id)))


def _clusters(of: Family, row: Mapping[str, int], couples: Sequence[Couple]) -> dict[str, tuple[str, ...]]:
    """Partners stand side by side: each person with the cluster they are in."""
    found: dict[str, tuple[str, ...]] = {id: (id,) for id in row}
    for group in groups((one.one, one.other) for one in couples):
        chain = tuple(_chain(of, group, couples))
        found.update(dict.fromkeys(group, chain))
    return found


def _chain(of: Family, group: Sequence[str], couples: Sequence[Couple]) -> list[str]:
    partners: dict[str, list[tuple[str, str]]] = {id: [] for id in group}
    for one in couples:
        if one.one in partners:
            partners[one.one].append((one.from_day, one.other))
            partners[one.other].append((one.from_day, one.one))
    if len(group) == 2:
        return sorted(group, key=lambda id: (of.people[id].sex == FEMALE, of.people[id].sex != MALE, id))
    hub = min(group, key=lambda id: (-len(partners[id]), id))
    chain, work = [hub], [hub]
    while work:
        at = work.pop(0)
        for _day, other in sorted(partners[at]):
            if other not in chain:
                at_left = chain[0] == at and (len(chain) == 1 or at != hub)
                chain.insert(0 if at_left else len(chain), other)
                work.append(other)
    return chain


@dataclass
class _Walk:
    """The clusters in the order they are put into their rows: a family's children, by age, under it."""

    of: Family
    clusters: Mapping[str, tuple[str, ...]]
    unions: Sequence[Union]
    done: set[tuple[str, ...]] = field(default_factory=set)
    out: list[tuple[str, ...]] = field(default_factory=list)

    def placed(self) -> list[tuple[str, ...]]:
        """Every cluster once, beginning with the eldest of the focus's line."""
        for id in sorted(self.clusters, key=lambda id: (id != self.of.focus, id)):
            self._place(self._eldest(self.clusters[id]))
        return self.out

    def _parents(self, cluster: tuple[str, ...]) -> list[Union]:
        return [union for one in cluster for union in self.unions if one in union.children]

    def _eldest(self, cluster: tuple[str, ...]) -> tuple[str, ...]:
        seen = {cluster}
        while True:
            above = [self.clusters[u.parents[0]] for u in self._parents(cluster) if u.parents]
            above = [one for one in above if one not in seen and one not in self.done]
            if not above:
                return cluster
            cluster = above[0]
            seen.add(cluster)

    def _place(self, cluster: tuple[str, ...], *, down: bool = True) -> None:
        """Parents who come in by marriage, elder siblings, the cluster itself, its children, younger ones."""
        if cluster in self.done:
            return
        self.done.add(cluster)
        beside = [union for union in self._parents(cluster) if self._new(union)]
        above = [self.clusters[union.parents[0]] for union in beside if union.parents]
        for parents in above:
            self._place(parents, down=False)
        for union in beside:
            self._children(union, until=cluster)
        self.out.append(cluster)
        below = self._below(cluster) if down else []
        for union in (*below, *beside, *(u for parents in above for u in self._below(parents))):
            self._children(union)

    def _new(self, union: Union) -> bool:
        return not union.parents or self.clusters[union.parents[0]] not in self.done

    def _below(self, cluster: tuple[str, ...]) -> list[Union]:
        """Unions of a cluster from left to right."""
        mine = [union for union in self.unions if union.parents and union.parents[0] in cluster]
        return sorted(mine, key=lambda union: sum(map(cluster.index, union.parents)) / len(union.parents))

    def _children(self, union: Union, until: tuple[str, ...] | None = None) -> None:
        for child in union.children:
            if until and child in until:
                return
            self._place(self.clusters[child])
