"""The law of the evaluator: what is decided stays decided, whatever becomes known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgz_desktop.domain.policy import evaluate
from sgz_desktop.domain.policy.choose import rules
from sgz_desktop.domain.policy.pack import Level, Node, Op, Verdict
from sgz_desktop.domain.policy.reasons import explain
from sgz_desktop.domain.policy.screen_file import read_file
from sgz_desktop.domain.policy.shipped import shipped_packs
from tests.domain.policy.rooms import KNOWN, ON, PARAMS, _exact

PACKS = shipped_packs()
YES_NO = st.booleans()
STATUS = st.lists(
    st.sampled_from(["tekun", "dibao", "dibao_margin", "orphan", "disabled", "none"]), max_size=3
)
CARD = st.one_of(
    st.none(),
    st.fixed_dictionaries({"type": st.sampled_from("1234567"), "grade": st.integers(1, 4)}),
)
BORN = st.sampled_from(
    [
        "1940-05-05",
        "1946",
        "1955-01-01",
        "1956-06-30",
        "1966-06-30",
        "1966-07-01",
        "1985-02",
        "2009",
        "2015-03-03",
    ]
)
ELDER = st.sampled_from(["1925-01-01", "1930", "1938-12"])
MONEY = st.sampled_from([0, 100, 180, 784, 785, 900, 1177, 1178, 2499, 2500, 5000])
CARE = st.fixed_dictionaries(dict.fromkeys(("eat", "dress", "bed", "toilet", "walk", "bath"), YES_NO))
IDS = ("a", "b", "c")


def relatives(draw: Any, id: str) -> dict[str, Any]:
    """Of three people the first may have the others as parents."""
    chosen = [draw(st.sampled_from([None, other])) if id == "a" else None for other in ("b", "c")]
    return {"father": chosen[0], "mother": chosen[1], "spouse": None}


@st.composite
def people(draw: Any) -> dict[str, Any]:
    """A file in which everything is known and nothing contradicts itself."""
    found = []
    for id in IDS:
        others = [one for one in IDS if one != id]
        income = draw(MONEY)
        obligors = draw(st.one_of(st.none(), st.lists(st.sampled_from(others), min_size=1, unique=True)))
        row = {
            **KNOWN,
            "id": id,
            "born": draw(BORN if id == "a" else ELDER),
            "disability": draw(CARD),
            "income_month": income,
            "pension_basic_month": min(income, draw(MONEY)),
            "status": sorted(set(draw(STATUS))),
            "missing_months": draw(st.integers(0, 8)),
            "civil_capacity": draw(st.sampled_from(["full", "limited", "none"])),
            "self_care": draw(CARE),
            "obligors": obligors,
            **relatives(draw, id),
        }
        row |= {name: draw(YES_NO) for name, value in KNOWN.items() if isinstance(value, bool)}
        found.append(row)
    home = {
        "id": "h",
        "members": list(IDS),
        "income_year": draw(MONEY) * 24 + 4000,
        "property_ok": draw(YES_NO),
    }
    home |= {
        "rigid_spending_year": draw(MONEY) * 12,
        "emergency": draw(YES_NO),
        "spending_sudden": draw(YES_NO),
    }
    return {"on": ON, "region": "350627", "params": dict(PARAMS), "people": found, "households": [home]}


def less(draw: Any, table: dict[str, Any]) -> dict[str, Any]:
    """The same file with some facts not known yet: fields left out, days shortened, items not looked at."""
    known = {**table, "params": {k: v for k, v in table["params"].items() if draw(st.booleans())}}
    known["people"] = [_part(draw, row) for row in table["people"] if row["id"] == "a" or draw(st.booleans())]
    known["households"] = [_part(draw, row) for row in table["households"]]
    return known


def _part(draw: Any, row: dict[str, Any]) -> dict[str, Any]:
    share = draw(st.integers(0, 3))
    kept = {name: value for name, value in row.items() if name == "id" or draw(st.integers(0, 3)) >= share}
    if len(kept.get("born") or "") == 10 and draw(st.booleans()):
        kept["born"] = kept["born"][: draw(st.sampled_from([4, 7]))]
    if isinstance(kept.get("self_care"), dict):
        kept["self_care"] = {item: value for item, value in kept["self_care"].items() if draw(st.booleans())}
    if isinstance(kept.get("disability"), dict) and draw(st.booleans()):
        kept["disability"] = {name: v for name, v in kept["disability"].items() if draw(st.booleans())}
    return kept


def answers(table: dict[str, Any], explained: bool = False) -> dict[tuple[str, str, str], Verdict]:
    asked = read_file(_exact(table), PACKS)
    found = {}
    for rule in rules(PACKS, asked.on, asked.region, asked.given):
        world = asked.world
        subjects: Any = world.people if rule.programme.level is Level.PERSON else world.households
        for id, one in subjects.items():
            key = (id, rule.programme.id, rule.programme.source)
            found[key] = (
                explain(rule, one, world).verdict if explained else evaluate.verdict(rule, one, world)
            )
    return found


def check(whole: dict[str, Any], known: dict[str, Any]) -> int:
    complete = answers(whole)
    decided = {key: found for key, found in answers(known).items() if found is not Verdict.U}
    for key, found in decided.items():
        assert complete[key] is found, key
    return len(decided)


@settings(max_examples=150)
@given(st.data())
def test_what_is_decided_stays_decided_whatever_becomes_known(data: Any) -> None:
    whole = data.draw(people())
    check(whole, less(data.draw, whole))


@settings(max_examples=40)
@given(st.data())
def test_a_file_in_which_all_is_known_is_all_decided(data: Any) -> None:
    """But for births by year alone, cards of several kinds, and obligors nobody confirmed."""
    whole = data.draw(people())
    for row in whole["people"]:
        row["born"] = "1950-01-01" if row["id"] == "a" else "1920-01-01"
        row["disability"] = None
    whole["params"] |= {"dibao_pension_until": "2025-12-31"}
    assert set(answers(whole).values()) <= {Verdict.Y, Verdict.N}


@settings(max_examples=60)
@given(st.data())
def test_reasons_say_what_the_quick_way_says(data: Any) -> None:
    """The sweep follows conditions without telling them; both must agree."""
    table = less(data.draw, data.draw(people()))
    assert answers(table) == answers(table, explained=True)


def blind(node: Node, one: Any, world: Any, terms: Any) -> Verdict:
    """An evaluator that takes what it does not know for no."""
    found = REAL(node, one, world, terms)
    return Verdict.N if found is Verdict.U else found


REAL = evaluate.leaf
WHOLE = {
    "on": ON,
    "region": "350627",
    "params": PARAMS,
    "people": [{**KNOWN, "id": "a", "born": "1991-01-01", "disability": {"type": "4", "grade": 1}}],
}


def test_control_an_evaluator_that_reads_unknown_as_no_breaks_the_law(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (row,) = WHOLE["people"]  # type: ignore[misc]
    known = {**WHOLE, "people": [{name: value for name, value in row.items() if name != "disability"}]}
    assert check(WHOLE, known) > 0
    monkeypatch.setattr(evaluate, "leaf", blind)
    with pytest.raises(AssertionError):
        check(WHOLE, known)


def test_control_an_evaluator_that_reads_unknown_as_yes_breaks_the_law(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = {**WHOLE, "people": [{**KNOWN, "id": "a", "born": "1991-01-01", "disability": None}]}
    (row,) = whole["people"]
    known = {**whole, "people": [{name: value for name, value in row.items() if name != "disability"}]}

    def rash(node: Node, one: Any, world: Any, terms: Any) -> Verdict:
        found = REAL(node, one, world, terms)
        return Verdict.Y if found is Verdict.U else found

    monkeypatch.setattr(evaluate, "leaf", rash)
    with pytest.raises(AssertionError):
        check(whole, known)


def test_control_a_group_nobody_told_of_may_not_count_as_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    """T1 with no word on obligors: reading it as nobody is a wrong Y once an able son turns up."""
    alone = {**KNOWN, "id": "a", "born": "1950-01-01"}
    whole = {**WHOLE, "people": [{**alone, "obligors": ["b"]}, {**KNOWN, "id": "b", "born": "1980-01-01"}]}
    known = {**whole, "people": [{name: value for name, value in alone.items() if name != "obligors"}]}
    assert check(whole, known) > 0
    looked = evaluate.looked_at
    monkeypatch.setattr(evaluate, "looked_at", lambda *args: looked(*args) or ())
    with pytest.raises(AssertionError):
        check(whole, known)


def test_the_shipped_rules_are_followed_to_their_ends() -> None:
    """Every leaf of every programme is asked by some rule (no condition lies about unused)."""
    for pack in PACKS:
        for programme in pack.programmes:
            seen: set[str] = set()
            stack = [programme.root, *(warn.node for warn in programme.warns)]
            while stack:
                id = stack.pop()
                seen.add(id)
                stack += programme.nodes[id].nodes
            assert seen == set(programme.nodes), programme.title
            assert all(
                node.op is Op.YES or node.value is not False for node in programme.nodes.values() if node.fact
            )
            assert replace(programme).root == programme.root
