"""The ages at which a programme may begin or end for somebody, as the packs in force say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from sgz_desktop.domain.policy.choose import Rule
from sgz_desktop.domain.policy.pack import Level, Node, Op, ParamRef

BEGINS = {Op.GE: 0, Op.GT: 1}
ENDS = {Op.LT: 0, Op.LE: 1}


@dataclass(frozen=True, slots=True)
class AgeMark:
    """A programme that may begin at an age, or end."""

    title: str
    begins: bool


def age_marks(rules: Iterable[Rule]) -> Mapping[int, tuple[AgeMark, ...]]:
    """By age, in the order of the rules. Only what is asked of the person themselves: how old an obligor or a
    father is concerns somebody else."""
    found: defaultdict[int, dict[AgeMark, None]] = defaultdict(dict)
    for rule in rules:
        if rule.begun and rule.programme.level is Level.PERSON:
            nodes = rule.programme.nodes
            for age, begins in _ages(nodes, nodes[rule.programme.root], rule.terms.values, turned=False):
                found[age].setdefault(AgeMark(rule.programme.title, begins))
    return {age: tuple(marks) for age, marks in found.items()}


def _ages(
    nodes: Mapping[str, Node], node: Node, values: Mapping[str, object], *, turned: bool
) -> Iterator[tuple[int, bool]]:
    if node.op in (Op.ALL, Op.ANY, Op.NOT):
        for id in node.nodes:
            yield from _ages(nodes, nodes[id], values, turned=turned ^ (node.op is Op.NOT))
    elif node.fact == "age":
        value = values.get(node.value.name) if isinstance(node.value, ParamRef) else node.value
        later = {**BEGINS, **ENDS}.get(node.op)
        if isinstance(value, Fraction) and value.denominator == 1 and later is not None:
            yield int(value) + later, (node.op in BEGINS) ^ turned
