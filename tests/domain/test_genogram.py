"""A genogram: nobody on another, no line through a person, children by age under their parents."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sgz_desktop.domain import kin
from sgz_desktop.domain.genogram import CELL, SYMBOL, Genogram, Stroke, described, genogram
from sgz_desktop.domain.genogram_order import MOST
from sgz_desktop.domain.genogram_places import SLOT
from sgz_desktop.domain.kin import Individual, KinFact
from tests.domain.families import any_facts, real_families

TODAY = "2026-06-30"
QUICK = settings(max_examples=60, deadline=None)
LINES = ("couple", "descent")


def drawn(focus: str, people: Any, facts: Any, homes: Any = ()) -> Genogram:
    return genogram(kin.family(focus, people, facts, homes), TODAY)


def apart(one: Genogram) -> None:
    """No symbol or label on another, and all within the drawing."""
    cells = [(s.x - SLOT / 2, s.y - SYMBOL / 2) for s in one.symbols]
    for number, (x, y) in enumerate(cells):
        assert -0.01 <= x <= one.width - SLOT + 0.01
        assert 0 <= y <= one.height - CELL + 0.01
        for a, b in cells[:number]:
            assert abs(a - x) >= SLOT - 0.01 or abs(b - y) >= CELL


def clear(one: Genogram) -> None:
    """No line of a couple or to a child runs through somebody it does not begin or end at."""
    for stroke in one.strokes:
        if stroke.kind in LINES:
            for a, b in zip(stroke.points, stroke.points[1:], strict=False):
                for symbol in one.symbols:
                    assert not crosses(a, b, symbol.x, symbol.y), (stroke, symbol)


def crosses(a: tuple[float, float], b: tuple[float, float], x: float, y: float) -> bool:
    ends = any(abs(px - x) <= SYMBOL / 2 and abs(py - y) <= SYMBOL / 2 + 0.5 for px, py in (a, b))
    if ends or (abs(a[0] - b[0]) > 0.01 and abs(a[1] - b[1]) > 0.01):
        return False  # begins or ends at this symbol; or a slash of a divorce
    half = SYMBOL / 2 - 0.5
    left, right = sorted((a[0], b[0]))
    top, foot = sorted((a[1], b[1]))
    return left < x + half and right > x - half and top < y + half and foot > y - half


@QUICK
@given(real_families(), st.integers(0, 24))
def test_nobody_stands_on_another_and_no_line_runs_through_anybody(family: Any, number: int) -> None:
    people, facts, homes = family
    focus = people[number % len(people)].id
    one = drawn(focus, people, facts, homes)
    assert {symbol.id for symbol in one.symbols} == {person.id for person in people}
    assert (one.left_out, one.apart) == (0, ())
    apart(one)
    clear(one)
    by_id = {symbol.id: symbol for symbol in one.symbols}
    for parent in kin.family(focus, people, facts, homes).parents:
        assert by_id[parent.parent].y < by_id[parent.child].y
    for outline in one.homes:
        assert {s.id for s in one.symbols if within(s.x, s.y, outline)} <= homes[0]
    at_home = homes[0] if focus in homes[0] and len(homes[0]) > 1 else set()
    assert all(any(within(by_id[id].x, by_id[id].y, outline) for outline in one.homes) for id in at_home)


def within(x: float, y: float, outline: Any) -> bool:
    """Is a place inside a closed line? Counts how often a ray to the right crosses it."""
    inside = False
    for (x1, y1), (x2, y2) in zip(outline, (*outline[1:], outline[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            inside = not inside
    return inside


@QUICK
@given(real_families(), st.integers(0, 24))
def test_children_stand_by_age_from_left_to_right(family: Any, number: int) -> None:
    people, facts, homes = family
    one = drawn(people[number % len(people)].id, people, facts, homes)
    x = {symbol.id: symbol.x for symbol in one.symbols}
    born = {person.id: person.born for person in people}
    parents = {fact.of: fact.who for fact in facts if fact.code == "50"}
    for a, up in parents.items():
        for b, other in parents.items():
            if up == other and born[a] < born[b]:
                assert x[a] < x[b]


@QUICK
@given(any_facts())
def test_whatever_is_told_is_drawn_without_overlap(family: Any) -> None:
    people, facts, homes = family
    one = drawn("p0", people, facts, homes)
    apart(one)
    assert len(one.symbols) <= MOST


@QUICK
@given(any_facts(), st.randoms())
def test_the_same_family_is_the_same_drawing(family: Any, random: Any) -> None:
    people, facts, homes = family
    before = drawn("p0", people, facts, homes)
    random.shuffle(facts)
    random.shuffle(people)
    assert drawn("p0", people, facts, homes) == before


FATHER = Individual("f", "覃甲田", "1", "1962-05-01")
MOTHER = Individual("m", "", "2", "1964", "2018-03-01", dead=True, on_file=False)
DAUGHTER = Individual("d", "覃乙月", "2", "1991-03-02")


def small(bond: str = "", closeness: str = "") -> Genogram:
    facts = [
        KinFact("d", "51", "f", closeness=closeness),
        KinFact("d", "52", "m"),
        KinFact("f", "12", "m", bond=bond),
    ]
    return drawn("d", [FATHER, MOTHER, DAUGHTER], facts, [{"f", "d"}])


def test_symbols_are_those_everybody_knows() -> None:
    by_id = {symbol.id: symbol for symbol in small().symbols}
    assert (by_id["f"].shape, by_id["m"].shape, by_id["d"].shape) == ("square", "circle", "circle")
    assert (by_id["d"].focus, by_id["m"].dead, by_id["f"].label.inside) == (True, True, "64")
    assert by_id["m"].label.years == "1964—2018"
    assert by_id["f"].x < by_id["m"].x
    assert drawn("x", [Individual("x")], []).symbols[0].shape == "diamond"


def kinds(one: Genogram, kind: str) -> list[Stroke]:
    return [stroke for stroke in one.strokes if stroke.kind == kind]


def test_bonds_and_closeness_have_their_lines() -> None:
    assert len(kinds(small(), "couple")) == 1
    assert len(kinds(small("separated"), "couple")) == 2
    assert len(kinds(small("divorced"), "couple")) == 3
    assert kinds(small("cohabiting"), "couple")[0].style == "dashed"
    assert len(kinds(small(closeness="close"), "close")) == 2
    assert kinds(small(closeness="distant"), "distant")[0].style == "dotted"
    assert len(kinds(small(closeness="conflict"), "conflict")[0].points) > 6
    assert len(kinds(small(closeness="cut_off"), "cut_off")) == 4
    assert kinds(small(closeness="ordinary"), "ordinary") == []


def test_those_who_live_together_are_in_one_outline_or_in_several_without_others() -> None:
    (home,) = drawn("d", [FATHER, DAUGHTER], [KinFact("d", "51", "f")], [{"f", "d"}]).homes
    assert max(y for _x, y in home) - min(y for _x, y in home) > CELL * 2
    assert drawn("d", [FATHER, DAUGHTER], [KinFact("d", "51", "f")], [{"d"}]).homes == ()
    wife = Individual("w", "韦甲", "2")
    facts = [KinFact("d", "51", "f"), KinFact("f", "12", "m"), KinFact("d", "77", "w")]
    people = [FATHER, MOTHER, DAUGHTER, wife]
    assert len(drawn("d", people, facts, [{"f", "d"}]).homes) == 1


def test_what_contradicts_the_rows_is_counted_and_not_drawn() -> None:
    facts = [KinFact("f", "51", "d"), KinFact("d", "51", "f"), KinFact("f", "97", "m")]
    one = drawn("f", [FATHER, MOTHER, DAUGHTER], facts)
    assert (one.left_out, one.apart) == (1, ("m",))


def test_a_family_in_words() -> None:
    family = kin.family(
        "d",
        [FATHER, MOTHER, DAUGHTER],
        [KinFact("d", "51", "f", closeness="close"), KinFact("d", "52", "m")],
        [{"f", "d"}],
    )
    assert described(family, TODAY) == (
        "覃乙月，女，35岁；父亲覃甲田，男，64岁；母亲（姓名未填），女，1964—2018。覃乙月、覃甲田同住。覃乙月和覃甲田亲密。"
    )
