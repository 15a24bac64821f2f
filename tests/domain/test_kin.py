"""Relatives from what is told once, both ways; doubts found in whatever is told; nothing crashes or loops."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgz_desktop.domain import kin, kin_doubts, kin_relations, relations
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.kin import Individual, KinFact
from tests.domain.families import any_facts, real_families

QUICK = settings(max_examples=60, deadline=None)
A = Individual("a", "陈甲", "1", "1962")
B = Individual("b", "陈乙", "2", "1991")
C = Individual("c", "陈丙", "1", "2015")
W = Individual("w", "黄丁", "2", "1964")


def said(
    of: str, *facts: KinFact, people: tuple[Individual, ...] = (A, B, C, W), homes: Any = ()
) -> dict[str, str]:
    family = kin.family(of, people, facts, homes)
    return {one.id: one.words for one in kin_relations.relatives(family, of)}


def found(*facts: KinFact, people: tuple[Individual, ...] = (A, B, C, W)) -> set[str]:
    return {one.sentence for one in kin_doubts.doubts(kin.family("a", people, facts))}


def test_a_father_entered_once_is_a_child_on_the_other_page() -> None:
    fact = KinFact("b", "51", "a")
    assert said("b", fact) == {"a": "父亲"}
    assert said("a", fact) == {"b": "女儿"}
    assert said("a", fact) == said("a", KinFact("a", "30", "b"))


def test_relations_to_the_head_relate_everybody_of_the_house() -> None:
    home = [KinFact("a", "12", "w", True), KinFact("a", "32", "b", True), KinFact("a", "43", "c", True)]
    assert said("c", *home) == {"a": "外祖父", "b": "母亲", "w": "外祖母"}
    assert said("w", *home) == {"a": "夫", "b": "女儿", "c": "外孙子"}
    family = kin.family("w", (A, B, C, W), home)
    likely = {one.id: one.assumed for one in kin_relations.relatives(family, "w")}
    assert likely == {"a": False, "b": True, "c": True}


def test_whom_nobody_named_stands_between_and_is_no_relative() -> None:
    family = kin.family("a", (A, C), [KinFact("a", "41", "c", True)])
    missing = [one for one in family.people.values() if one.missing]
    assert [one.sex for one in missing] == ["1"]
    assert [one.id for one in kin_relations.relatives(family, "a")] == ["c"]


def test_of_two_sons_neither_is_taken_for_the_father() -> None:
    sons = (Individual("s", "陈戊", "1", "1985"), Individual("t", "陈己", "1", "1987"))
    facts = [KinFact("a", "22", "s"), KinFact("a", "23", "t"), KinFact("a", "41", "c")]
    family = kin.family("a", (A, C, *sons), facts)
    assert [fact.who for fact in family.loose] == ["c"]
    assert said("a", *facts, people=(A, C, *sons))["c"] == "孙子"
    at_home = kin.family("a", (A, C, *sons), facts, [{"a", "t", "c"}])
    assert kin.Parent("t", "c", False, True) in at_home.parents


def test_what_is_stated_is_said_as_it_was_stated_and_by_whom() -> None:
    facts = [KinFact("b", "57", "a", guardian=True), KinFact("a", "97", "c")]
    family = kin.family("b", (A, B, C), facts)
    (father,) = kin_relations.relatives(family, "b")
    assert (father.words, father.source, father.guardian) == ("继父或养父", "own", True)
    back = {one.id: one for one in kin_relations.relatives(kin.family("a", (A, B, C), facts), "a")}
    assert (back["b"].words, back["b"].source, back["b"].guardian) == ("养女或继女", "other", False)
    assert back["c"].words == "其他亲属"


def test_brothers_and_sisters_are_elder_or_younger_as_born() -> None:
    facts = [KinFact("a", "70", "b")]
    assert said("a", *facts) == {"b": "兄弟姐妹"}  # as it was stated
    assert said("b", *facts) == {"a": "兄"}
    both = kin.family("b", (A, B, C, W), [KinFact("a", "51", "c"), KinFact("a", "52", "w"), *facts])
    assert {one.parent for one in both.parents if one.child == "b"} == {"c", "w"}


def test_a_wife_of_the_past_is_called_so() -> None:
    assert said("a", KinFact("a", "12", "w", bond="divorced")) == {"w": "前妻"}
    assert said("w", KinFact("a", "12", "w", bond="divorced")) == {"a": "前夫"}


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ([KinFact("a", "51", "a")], kin_doubts.OWN),
        ([KinFact("a", "51", "b"), KinFact("b", "51", "a")], kin_doubts.CIRCLE),
        (
            [KinFact("a", "51", "b"), KinFact("a", "20", "c"), KinFact("c", "20", "b", True)],
            kin_doubts.CIRCLE,
        ),
        ([KinFact("a", "52", "b")], kin_doubts.YOUNGER),
        ([KinFact("b", "51", "d")], kin_doubts.TOO_YOUNG),
        ([KinFact("c", "52", "b"), KinFact("c", "52", "w")], kin_doubts.TWO["2"]),
    ],
)
def test_what_cannot_be_is_marked(facts: list[KinFact], sentence: str) -> None:
    uncle = Individual("d", "陈庚", "1", "1982")
    assert sentence in found(*facts, people=(A, B, C, W, uncle))


def test_what_can_be_is_not_marked() -> None:
    assert found(KinFact("b", "51", "a"), KinFact("b", "52", "w"), KinFact("c", "52", "b")) == set()
    step = [KinFact("b", "52", "w"), KinFact("b", "58", "d")]
    young = Individual("d", "林辛", "2", "1985")
    assert found(*step, people=(A, B, C, W, young)) == set()
    assert found(KinFact("b", "51", "a"), people=(Individual("a"), B)) == set()  # nothing known of the birth


def test_two_heads_and_another_head() -> None:
    two = kin_doubts.head_doubts("a", [("a", "02"), ("b", "01"), ("c", "20")])
    assert [one.sentence for one in two] == [kin_doubts.TWO_HEADS]
    other = kin_doubts.head_doubts("b", [("a", "02"), ("b", "12")])
    assert [one.sentence for one in other] == [kin_doubts.OTHER_HEAD]
    assert kin_doubts.head_doubts("a", [("a", "02"), ("b", "12")]) == ()
    assert kin_doubts.head_doubts(None, []) == ()


@QUICK
@given(any_facts())
def test_no_graph_makes_it_fall_over(drawn: Any) -> None:
    people, facts, homes = drawn
    for focus in (people[0].id, "nobody"):
        family = kin.family(focus, people, facts, homes)
        assert len({one.id for one in kin_relations.relatives(family, focus)}) == len(
            kin_relations.relatives(family, focus)
        )
        kin_doubts.doubts(family)


@QUICK
@given(any_facts(), st.randoms())
def test_the_order_of_records_makes_no_difference(drawn: Any, random: Any) -> None:
    people, facts, homes = drawn
    before = kin.family("p0", people, facts, homes)
    for part in (people, facts, homes):
        random.shuffle(part)
    assert kin.family("p0", people, facts, homes) == before


@QUICK
@given(st.lists(st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")), max_size=16))
def test_every_circle_is_found_and_nothing_else(edges: list[tuple[str, str]]) -> None:
    below: dict[str, set[str]] = {}
    for parent, child in edges:
        below.setdefault(parent, set()).add(child)

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        work = list(below.get(start, ()))
        while work:
            at = work.pop()
            if at not in seen:
                seen.add(at)
                work += below.get(at, ())
        return seen

    own_ancestors = {one for one in "abcdefg" if one in reached(one)}
    assert {one for circle in kin_doubts.circles(edges) for one in circle} == own_ancestors


@QUICK
@given(real_families())
def test_a_real_family_raises_no_doubt_and_nobody_is_lost(drawn: Any) -> None:
    people, facts, homes = drawn
    family = kin.family(people[0].id, people, facts, homes)
    assert kin_doubts.doubts(family) == ()
    assert set(family.people) == {one.id for one in people}
    assert family.loose == ()


@pytest.mark.parametrize("code", code_list("relation").codes)
def test_each_relation_has_a_way_back(code: str) -> None:
    steps = relations.way_of(code).steps
    back = [relations.back_words(code, sex) for sex in ("1", "2", "")]
    assert all(back) is bool(steps) or steps == "SPPP"
