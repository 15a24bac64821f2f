"""Parents who cannot be anybody's parents: told and counted as unknown, so that nobody is made an orphan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sgz_desktop.domain import days
from sgz_desktop.domain.policy.facts import PersonFacts

PARENTS = ("father", "mother")
MOST_STEPS = 40


def related(people: Mapping[str, PersonFacts]) -> dict[str, PersonFacts]:
    """The same people; whose parents contradict one another or their own birth has them unknown."""
    return {id: _checked(one, people) for id, one in people.items()}


def _checked(one: PersonFacts, people: Mapping[str, PersonFacts]) -> PersonFacts:
    doubts = []
    if one.father and one.father.id and one.mother and one.father.id == one.mother.id:
        doubts.append("父亲和母亲是同一人")
    for name, called in zip(PARENTS, ("父亲", "母亲"), strict=True):
        relative = getattr(one, name)
        parent = people.get(relative.id) if relative and relative.id else None
        if parent is not None and _too_young(parent, one):
            doubts.append(f"{called}不比本人年长")
    if _own_ancestor(one, people):
        doubts.append("父母关系绕回了本人")
    if not doubts:
        return one
    told = tuple(f"{doubt}，按未填比对，请核对。" for doubt in doubts)
    return replace(one, father=None, mother=None, doubts=(*one.doubts, *told))


def _too_young(parent: PersonFacts, child: PersonFacts) -> bool:
    """Is the parent surely not born before the child?"""
    return bool(parent.born and child.born) and days.earliest(parent.born or "") >= days.latest(
        child.born or ""
    )


def _own_ancestor(one: PersonFacts, people: Mapping[str, PersonFacts]) -> bool:
    seen: set[str] = set()
    above = [one]
    while above and len(seen) < MOST_STEPS:
        person = above.pop()
        for name in PARENTS:
            relative = getattr(person, name)
            if relative is None or not relative.id or relative.id in seen:
                continue
            if relative.id == one.id:
                return True
            seen.add(relative.id)
            if relative.id in people:
                above.append(people[relative.id])
    return False
