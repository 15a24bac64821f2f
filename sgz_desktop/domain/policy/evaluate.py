"""Follows a rule: 符合 (Y), 不符合 (N) or 缺信息 (U). Pure: no clock, no store, nothing is assumed.

Kleene's strong three-valued logic (Introduction to Metamathematics, 1952, § 64): any N of `all` is N, else
any U is U. An unknown fact is U unless every value it may have gives the same answer; so a verdict that is Y
or N stays what it is whatever becomes known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from sgz_desktop.domain.policy.choose import Rule
from sgz_desktop.domain.policy.facts import Card, Codes, PersonFacts, Span, Subject, World
from sgz_desktop.domain.policy.pack import Node, Op, ParamRef, Verdict
from sgz_desktop.domain.policy.reckoning import Terms, number
from sgz_desktop.domain.policy.vocabulary import FACTS

Y, N, U = Verdict.Y, Verdict.N, Verdict.U
NOT: Mapping[Verdict, Verdict] = {Y: N, N: Y, U: U}
KEPT = ("yes_no", "codes", "code")
MANY = "7"  # several kinds of disability on one card


def verdict(rule: Rule, one: Subject, world: World) -> Verdict:
    """Whether somebody meets a programme; the reasons are `reasons.explain`'s."""
    if not rule.begun:
        return U
    nodes = rule.programme.nodes
    return follow(nodes, nodes[rule.programme.root], one, world, rule.terms)


def follow(nodes: Mapping[str, Node], node: Node, one: Subject, world: World, terms: Terms) -> Verdict:
    """The verdict of one node about somebody."""
    if node.op is Op.ALL:
        return all_of(follow(nodes, nodes[id], one, world, terms) for id in node.nodes)
    if node.op is Op.ANY:
        return any_of(follow(nodes, nodes[id], one, world, terms) for id in node.nodes)
    if node.op is Op.NOT:
        return NOT[follow(nodes, nodes[node.nodes[0]], one, world, terms)]
    if node.op in (Op.OF, Op.EACH):
        people = looked_at(node, one, world)
        found = all_of(follow(nodes, nodes[node.nodes[0]], other, world, terms) for other in people or ())
        return of_group(node, people, found)
    return leaf(node, one, world, terms)


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """N where any is N, else U where any is U, else Y."""
    found = Y
    for one in verdicts:
        if one is N:
            return N
        if one is U:
            found = U
    return found


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Y where any is Y, else U where any is U, else N."""
    found = N
    for one in verdicts:
        if one is Y:
            return Y
        if one is U:
            found = U
    return found


def looked_at(node: Node, one: Subject, world: World) -> tuple[Subject, ...] | None:
    """Whom OF and EACH look at: () when it is known that there is nobody, None when that is unknown."""
    if node.who == "household":
        home = world.households.get(world.homes.get(one.id, ""))
        return None if home is None else (home,)
    if node.who == "members":
        return tuple(world.person(id) for id in getattr(one, "members", None) or ()) or None
    if node.who == "obligors":
        assert isinstance(one, PersonFacts)
        if one.obligors:
            return tuple(world.person(id) for id in one.obligors)
        return () if one.obligors_confirmed_none else None
    relative = getattr(one, node.who, None)
    if relative is None:
        return None
    return (world.person(relative.id),) if relative.id else ()


def of_group(node: Node, people: tuple[Subject, ...] | None, found: Verdict) -> Verdict:
    """The verdict over those looked at. Where obligors are named they count, whatever is said beside."""
    if people is None:
        return U
    if not people:
        return Y if node.who == "obligors" else node.none
    return found


def leaf(node: Node, one: Subject, world: World, terms: Terms) -> Verdict:
    """A fact against a value; U where either is unknown."""
    value = terms.values.get(node.value.name) if type(node.value) is ParamRef else node.value
    if type(value) is Fraction:  # isinstance would ask its abstract classes each time
        if node.op is Op.CARD:
            return _card(one, node.types, value)
        span = number(node.fact, one, world, terms, node.less) if node.op in COMPARED else None
        return U if span is None else COMPARED[node.op](span, value)
    known = getattr(one, node.fact) if FACTS[node.fact].sort in KEPT else None
    if known is None or value is None:
        return U
    if node.op is Op.HAS:
        return _has(known, value) if isinstance(value, tuple) else U
    held = known in value if isinstance(value, tuple) else known is value
    return Y if held else N


def _has(known: Codes, wanted: tuple[str, ...]) -> Verdict:
    if any(code in known.known for code in wanted):
        return Y
    return N if known.complete or not wanted else U


def _below(span: Span, value: Fraction) -> Verdict:
    if span.most is not None and span.most < value:
        return Y
    return N if span.least >= value else U


def _at_most(span: Span, value: Fraction) -> Verdict:
    if span.most is not None and span.most <= value:
        return Y
    return N if span.least > value else U


COMPARED: Mapping[Op, Callable[[Span, Fraction], Verdict]] = {
    Op.LT: _below,
    Op.LE: _at_most,
    Op.GE: lambda span, value: NOT[_below(span, value)],
    Op.GT: lambda span, value: NOT[_at_most(span, value)],
}


def _card(one: Subject, types: tuple[str, ...], grade: Fraction) -> Verdict:
    """A card of one of the types, of that grade or graver (1 is the gravest)."""
    cards = one.cards if isinstance(one, PersonFacts) else None
    if cards is None:
        return U
    return any_of(_one_card(card, types, grade) for card in cards)


def _one_card(card: Card, types: tuple[str, ...], grade: Fraction) -> Verdict:
    of_type = U if types and card.type in (None, MANY) else Y if not types or card.type in types else N
    of_grade = U if card.grade is None else Y if card.grade <= grade else N
    return all_of((of_type, of_grade))
