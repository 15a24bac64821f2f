"""Why a verdict is what it is: every condition with clause and document, what is missing, what to mind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.policy.choose import Rule
from sgz_desktop.domain.policy.evaluate import MANY, NOT, all_of, any_of, leaf, looked_at, of_group
from sgz_desktop.domain.policy.facts import HouseholdFacts, PersonFacts, Span, Subject, World
from sgz_desktop.domain.policy.pack import Node, Op, ParamRef, Trust, Verdict
from sgz_desktop.domain.policy.reckoning import Terms, number
from sgz_desktop.domain.policy.vocabulary import FACTS, GROUPS, PERSON, RELATIVES

U, Y = Verdict.U, Verdict.Y
CAPACITY_WORDS = {"full": "完全", "limited": "限制", "none": "无"}
STRANGER = "who"
GROUP_OPS = (Op.OF, Op.EACH)


@dataclass(frozen=True, slots=True)
class Missing:
    """One fact a verdict waits for. `subject` '' and `fact` a parameter's name: a local standard."""

    subject: str
    fact: str
    words: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition about one subject. `told` is what is on file, '' where nothing is to be said."""

    id: str
    text: str
    clause: str
    source: str
    verdict: Verdict
    subject: str = ""
    told: str = ""
    children: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """A verdict with everything that stands behind it. `pack` and `sha256` name the rules it was made by."""

    subject: str
    programme: str
    code: str
    title: str
    verdict: Verdict
    source: str
    document: str
    pack: str
    sha256: str
    trust: Trust
    reasons: tuple[Reason, ...] = ()
    missing: tuple[Missing, ...] = ()
    warnings: tuple[str, ...] = field(default_factory=tuple)


def explain(rule: Rule, one: Subject, world: World) -> Result:
    """The verdict of a rule about somebody, with its reasons."""
    teller = _Teller(rule.about(one.id), one, world)
    programme = rule.programme
    top = teller.reason(programme.nodes[programme.root], one)
    if not rule.begun:
        top = Reason(top.id, top.text, top.clause, top.source, U, one.id)
    return Result(
        subject=one.id,
        programme=programme.id,
        code=programme.code,
        title=programme.title,
        verdict=top.verdict,
        source=programme.source,
        document=programme.document,
        pack=rule.pack.name,
        sha256=rule.pack.sha256,
        trust=rule.trust,
        reasons=(top.children or (top,)) if rule.begun else (),
        missing=tuple(dict.fromkeys(teller.missing_of(top))) if rule.begun else (),
        warnings=tuple(dict.fromkeys(teller.warnings(one))),
    )


class _Teller:
    def __init__(self, rule: Rule, one: Subject, world: World) -> None:
        self._rule, self._one, self._world = rule, one, world
        self._terms: Terms = rule.terms
        self._nodes = rule.programme.nodes
        self._met: dict[str, Verdict] = {}

    def reason(self, node: Node, one: Subject) -> Reason:
        if node.op in (Op.ALL, Op.ANY, Op.NOT):
            children = tuple(self.reason(self._nodes[id], one) for id in node.nodes)
            found = _combined(node, [child.verdict for child in children])
            return self._made(node, one, found, children)
        if node.op in GROUP_OPS:
            people = looked_at(node, one, self._world)
            children = tuple(self.reason(self._nodes[node.nodes[0]], other) for other in people or ())
            found = of_group(node, people, all_of(child.verdict for child in children))
            return self._made(node, one, found, children, self._group_words(node, one, people))
        return self._made(node, one, leaf(node, one, self._world, self._terms), (), self._told(node, one))

    def _made(
        self, node: Node, one: Subject, found: Verdict, children: tuple[Reason, ...], told: str = ""
    ) -> Reason:
        if one.id == self._rule.subject:
            self._met[node.id] = found
        return Reason(node.id, node.text, node.clause, node.source, found, one.id, told, children)

    def missing_of(self, top: Reason) -> Iterator[Missing]:
        """What the open conditions wait for; closed ones wait for nothing."""
        if top.verdict is not U:
            return
        node = self._nodes[top.id]
        if self._is_stranger(top.subject):
            yield Missing(top.subject, STRANGER, self._of(top.subject, "还没有任何资料"))
            return
        if node.op in GROUP_OPS and not top.children:
            words = {**RELATIVES, **{name: label for name, (label, _) in GROUPS.items()}}[node.who]
            yield Missing(top.subject, node.who, self._of(top.subject, words))
        elif not top.children:
            yield from self._missing_leaf(node, top.subject)
        for child in top.children:
            yield from self.missing_of(child)

    def _is_stranger(self, subject: str) -> bool:
        """Somebody else of whom nothing at all is known: one thing is missing then, not a dozen."""
        if subject == self._rule.subject:
            return False
        one = self._subject(subject)
        if isinstance(one, HouseholdFacts):
            return one == HouseholdFacts(one.id, one.called)
        return one == PersonFacts(one.id, one.called, sex=one.sex)

    def _missing_leaf(self, node: Node, subject: str) -> Iterator[Missing]:
        named = (node.value.name if isinstance(node.value, ParamRef) else "", FACTS[node.fact].param)
        if node.less and self._waits_for_deduction(node, subject):
            yield from self._deductions_missing(node, subject)
            return
        home = self._subject(subject, node)
        if isinstance(home, HouseholdFacts) and node.fact.startswith("per_head") and not home.members:
            yield Missing(subject, "members", self._of(subject, "家庭成员"))
            if home.income_year is not None:
                return
        lacking = [name for name in named if name and name not in self._terms.values]
        for name in lacking:
            param = self._rule.params.get(name)
            yield Missing("", name, f"当地标准：{param.title if param else name}")
        given = {**self._terms.values, **dict.fromkeys(lacking, Fraction(1))}
        if not self._is_known(node, subject, replace(self._terms, values=given)):
            yield Missing(subject, node.fact, self._of(subject, self._label(node, subject)))

    def _label(self, node: Node, subject: str) -> str:
        cards = getattr(self._subject(subject, node), "cards", None)
        if node.op is Op.CARD and any(card.type == MANY for card in cards or ()):
            return "残疾人证上的具体类别"
        return FACTS[node.fact].label

    def _waits_for_deduction(self, node: Node, subject: str) -> bool:
        """Is the sum known, and only what is not counted of it open?"""
        standard = not isinstance(node.value, ParamRef) or node.value.name in self._terms.values
        return (
            standard
            and number(node.fact, self._subject(subject, node), self._world, self._terms, ()) is not None
        )

    def _deductions_missing(self, node: Node, subject: str) -> Iterator[Missing]:
        one = self._subject(subject, node)
        people = (
            [self._world.person(id) for id in one.members or ()] if isinstance(one, HouseholdFacts) else [one]
        )
        for name in node.less:
            fact = self._terms.deductions[name].fact
            for other in people:
                if getattr(other, fact) is None:
                    yield Missing(other.id, fact, self._of(other.id, FACTS[fact].label))

    def _is_known(self, node: Node, subject: str, terms: Terms) -> bool:
        """Is the fact itself known, whatever the local standards are? Asked only of leaves that are open."""
        one = self._subject(subject, node)
        if FACTS[node.fact].sort == "number":
            span = number(node.fact, one, self._world, terms, node.less)
            return span is not None and span.least == span.most
        if FACTS[node.fact].sort == "card":
            cards = one.cards if isinstance(one, PersonFacts) else None
            return cards is not None and all(card.type not in (None, MANY) and card.grade for card in cards)
        value = getattr(one, node.fact)
        return value is not None and getattr(value, "complete", True)

    def _subject(self, id: str, node: Node | None = None) -> Subject:
        """By id; a household may have the id of a person: who applies is meant first, else people."""
        if node is not None and node.fact and FACTS[node.fact].levels == PERSON:
            return (
                self._one
                if isinstance(self._one, PersonFacts) and id == self._one.id
                else self._world.person(id)
            )
        if id == self._one.id:
            return self._one
        return self._world.people.get(id) or self._world.households.get(id) or self._world.person(id)

    def _of(self, subject: str, words: str) -> str:
        """A fact in words; of somebody else than who applies, with the name before it."""
        if subject == self._rule.subject:
            return words
        called = self._subject(subject).called or subject
        return f"{called}：{words}"

    def _group_words(self, node: Node, one: Subject, people: tuple[Subject, ...] | None) -> str:
        if people is None:
            return "未填"
        if not people:
            return "已确认没有"
        return "、".join(other.called or other.id for other in people)

    def _told(self, node: Node, one: Subject) -> str:
        fact = FACTS[node.fact]
        if fact.sort == "number":
            span = number(node.fact, one, self._world, self._terms, node.less)
            return _number_words(span, fact.unit) + self._standard(node)
        if fact.sort == "card":
            return _card_words(one)
        value: Any = getattr(one, node.fact)
        if value is None:
            return "未填"
        if fact.sort == "codes":
            labels = code_list("person_category")
            said = "、".join(labels.label(code) for code in sorted(value.known))
            return said or ("无" if value.complete else "未填")
        if fact.sort == "code":
            return CAPACITY_WORDS.get(value, "")
        return ("否" if value else "是") if node.fact == "dead" else ("是" if value else "否")

    def _standard(self, node: Node) -> str:
        """The local standard a number is held against."""
        if not isinstance(node.value, ParamRef) or node.value.name not in self._rule.params:
            return ""
        param, value = self._rule.params[node.value.name], self._terms.values.get(node.value.name)
        if not isinstance(value, Fraction):
            return f"（{param.title}未填）"
        shown = value / 100 if param.kind == "yuan" else value
        return f"（{param.title}{float(shown):,g}{param.unit}）"

    def warnings(self, one: Subject) -> Iterator[str]:
        programme = self._rule.programme
        yield from self._rule.warnings
        yield from one.doubts
        for other in self._others(one):
            yield from (f"{other.called or other.id}：{doubt}" for doubt in other.doubts)
        yield from (warn.text for warn in programme.warns if self._warn_met(warn.node, one))
        if isinstance(one, PersonFacts) and one.obligors and one.obligors_confirmed_none:
            yield "填了法定义务人，又选了已确认没有，请核对。"
        yield from self._lapsed(one)

    def _warn_met(self, id: str, one: Subject) -> bool:
        found = self._met.get(id)
        return (self.reason(self._nodes[id], one).verdict if found is None else found) is Y

    def _others(self, one: Subject) -> Iterator[Subject]:
        ids = one.members if isinstance(one, HouseholdFacts) else one.obligors
        yield from (self._world.person(id) for id in ids or () if id != one.id)

    def _lapsed(self, one: Subject) -> Iterator[str]:
        """Deductions whose day is over, where they would make a difference."""
        used = {name for node in self._nodes.values() for name in node.less}
        for name in sorted(used):
            deduction = self._rule.terms.deductions[name]
            if not self._terms.counted_out(name) and deduction.lapsed and self._has(deduction.fact, one):
                yield deduction.lapsed

    def _has(self, fact: str, one: Subject) -> bool:
        """Might anybody have such an income? Only a known nought says no."""
        people = (
            [self._world.person(id) for id in one.members or ()] if isinstance(one, HouseholdFacts) else [one]
        )
        return any(getattr(person, fact) != 0 for person in people)


def _combined(node: Node, found: list[Verdict]) -> Verdict:
    if node.op is Op.NOT:
        return NOT[found[0]]
    return all_of(found) if node.op is Op.ALL else any_of(found)


def _number_words(span: Span | None, unit: str) -> str:
    if span is None or (span.most is None and not span.least):
        return "未填"
    least, most = _one_number(span.least, unit), _one_number(span.most, unit)
    return (least if least == most else f"{least}到{most}" if most else f"{least}以上") + unit


def _one_number(value: Fraction | None, unit: str) -> str:
    if value is None:
        return ""
    shown = value / 100 if "元" in unit else value
    if unit:
        return f"{float(shown):,.2f}".rstrip("0").rstrip(".")
    return f"{float(shown):.0%}"


def _card_words(one: Subject) -> str:
    cards = one.cards if isinstance(one, PersonFacts) else None
    if cards is None:
        return "没有登记残疾人证"
    if not cards:
        return "无残疾人证"
    kinds, grades = code_list("disability_kind"), code_list("disability_grade")
    return "、".join(
        (kinds.label(card.type).removesuffix("残疾") if card.type else "类别未填")
        + (grades.label(str(card.grade)) if card.grade else "等级未填")
        for card in cards
    )
