"""What cannot be so among relatives. It is kept as it is written and marked 待核, never refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sgz_desktop.domain import days
from sgz_desktop.domain.kin import Family, KinFact, not_too_young
from sgz_desktop.domain.relations import FEMALE, HEADS, MALE, STEP, way_of

OWN = "亲属和本人是同一人，请核对。"
CIRCLE = "父母关系绕成了一圈，请核对。"
YOUNGER = "父母的出生日期晚于子女，请核对。"
TOO_YOUNG = "父母比子女大不到12岁，请核对。"
TWO = {MALE: "登记了两位父亲，请核对。", FEMALE: "登记了两位母亲，请核对。"}
TWO_HEADS = "一户登记了两位户主，请核对。"
OTHER_HEAD = "户主和家庭成员里的户主不同，请核对。"


class Doubt(NamedTuple):
    """A sentence, and the people it is about."""

    sentence: str
    people: frozenset[str]


def doubts(of: Family) -> tuple[Doubt, ...]:
    """Every doubt about a family, as far as its records tell; what is only assumed raises none."""
    found = [Doubt(OWN, frozenset({fact.of})) for fact in of.facts if _own_parent(fact)]
    told = sorted({pair for fact in of.facts for pair in _parenthood(fact)})
    found += [Doubt(CIRCLE, frozenset(circle)) for circle in circles((p, c) for p, c, _step in told)]
    found += _births(of, told)
    for sex, sentence in TWO.items():
        for child in sorted({child for _p, child, _step in told}):
            same = {p for p, c, step in told if c == child and not step and of.people[p].sex == sex}
            if len(same) > 1:
                found.append(Doubt(sentence, frozenset({child, *same})))
    return tuple(dict.fromkeys(found))


def _own_parent(fact: KinFact) -> bool:
    return fact.of == fact.who and bool(way_of(fact.code).steps)


def _parenthood(fact: KinFact) -> Iterator[tuple[str, str, bool]]:
    steps, step = way_of(fact.code).steps, fact.code in STEP
    if fact.of == fact.who:
        return
    if steps == "P":
        yield fact.who, fact.of, step
    elif steps == "C":
        yield fact.of, fact.who, step


def _births(of: Family, told: Sequence[tuple[str, str, bool]]) -> Iterator[Doubt]:
    for parent, child, step in told:
        elder, younger = of.people[parent].born, of.people[child].born
        if step or not (days.is_day(elder) and days.is_day(younger)):
            continue
        pair = frozenset({parent, child})
        if days.earliest(elder) > days.latest(younger):
            yield Doubt(YOUNGER, pair)
        elif not not_too_young(elder, younger):
            yield Doubt(TOO_YOUNG, pair)


def circles(edges: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The sets of people who are, by (parent, child) pairs, their own ancestors: the strongly connected
    parts (Tarjan), each in the order of ids."""
    below: dict[str, list[str]] = {}
    for parent, child in sorted(set(edges)):
        below.setdefault(parent, []).append(child)
        below.setdefault(child, [])
    return sorted(_parts(below))


def _parts(below: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    held: list[str] = []
    for root in below:
        if root in index:
            continue
        index[root] = low[root] = len(index)
        held.append(root)
        work = [(root, iter(below[root]))]
        while work:
            at, rest = work[-1]
            then = next(rest, None)
            if then is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[at])
                if low[at] == index[at]:
                    part = held[held.index(at) :]
                    del held[held.index(at) :]
                    if len(part) > 1 or at in below[at]:
                        yield sorted(part)
            elif then not in index:
                index[then] = low[then] = len(index)
                held.append(then)
                work.append((then, iter(below[then])))
            elif then in held:
                low[at] = min(low[at], index[then])


def head_doubts(head: str | None, members: Iterable[tuple[str, str]]) -> tuple[Doubt, ...]:
    """Doubts about the head of a household: `members` are those of now as (person, relation to the head)."""
    heads = sorted({person for person, relation in members if relation in HEADS and person})
    if len(heads) > 1:
        return (Doubt(TWO_HEADS, frozenset(heads)),)
    if heads and head and head not in heads:
        return (Doubt(OTHER_HEAD, frozenset({head, *heads})),)
    return ()
