"""Records by any text in them: what is found, in what order, and what is not."""

from __future__ import annotations

import pytest

from sgz_desktop.domain.actor import Actor
from sgz_desktop.store.store import Store
from tests.store.searching import CHEN, find, people, person, save, visit


@pytest.fixture
def street(store: Store, actor: Actor) -> Store:
    save(store, actor, *CHEN, person("wang", "王建国"))
    return store


def test_text_is_found_in_a_run_but_not_across_punctuation(street: Store) -> None:
    for typed in ("漏雨", "屋顶漏雨", "家里米面不多", "米面 漏雨", "漏雨，米面"):
        assert [hit.id for hit in find(street, typed)] == ["chen"], typed
    for typed in ("漏雨家里", "雨家", "顶雨", "漏雨 没有"):
        assert find(street, typed) == [], typed


def test_fields_do_not_run_together(store: Store, actor: Actor) -> None:
    save(store, actor, ("visit", "v", {"facts": "门前有狗", "judgement": "肉价上涨"}))
    assert find(store, "狗肉") == []
    assert [hit.id for hit in find(store, "有狗 肉价")] == ["v"]


def test_the_newest_comes_first_whatever_was_entered_when(store: Store, actor: Actor) -> None:
    for id, day in (("b", "2026-02-03"), ("a", "2026-06-29"), ("d", "1968"), ("c", "2026-02")):
        save(store, actor, visit(id, day, "送去棉被"))
    save(store, actor, visit("e", "2026-02-03", "又送棉被"))
    hits = find(store, "棉被")
    assert [hit.id for hit in hits] == ["a", "e", "b", "c", "d"]
    assert [hit.day for hit in hits] == ["2026-06-29", "2026-02-03", "2026-02-03", "2026-02-01", "1968-01-01"]
    assert [hit.id for hit in find(store, "棉被", limit=2)] == ["a", "e"]


def test_a_day_to_come_does_not_stand_before_today(store: Store, actor: Actor) -> None:
    save(store, actor, ("task", "later", {"what": "送棉被", "due_on": "2099-01-01"}))
    save(store, actor, visit("now", "2026-06-30", "送棉被"))
    assert [hit.id for hit in find(store, "棉被")] == ["now", "later"]


def test_one_character_is_looked_for_in_names_only(street: Store, actor: Actor) -> None:
    save(street, actor, visit("v", "2026-06-01", "红薯两袋，面一袋"))
    assert {hit.id for hit in find(street, "红")} == {"chen"}
    assert find(street, "袋") == []
    assert {hit.id for hit in find(street, "红薯")} == {"v"}
    assert [hit.id for hit in find(street, "陈 漏雨")] == ["chen"]
    assert find(street, "王 漏雨") == []


def test_numbers_and_letters_are_found_anywhere(street: Store, actor: Actor) -> None:
    save(street, actor, visit("v", "2026-06-01", "发放3500元，做了PHQ-9和MMSE"))
    referral = ("referral", "r", {"receiver_phone": "19977778888", "receiver": "某康复中心"})
    save(street, actor, referral)
    found = {
        typed: [hit.kind for hit in find(street, typed)]
        for typed in ("3500", "phq", "mms", "7788", "户A7", "2026-A1")
    }
    assert found == {
        "3500": ["visit"],
        "phq": ["visit"],
        "mms": ["visit"],
        "7788": [],
        "户A7": ["household"],
        "2026-A1": ["case"],
    }
    assert [hit.id for hit in find(street, "8888")] == ["r"]
    assert people(street, "8888") == []


def test_a_hit_says_whom_it_is_about_and_shows_the_place(store: Store, actor: Actor) -> None:
    long = "今日入户，老人在家，" * 12 + "灶房屋顶漏雨，" + "已拍照记录，" * 12
    save(
        store,
        actor,
        *CHEN,
        visit("direct", "2026-06-03", long, person="chen"),
        ("household", "home", {"head": "chen"}),
        visit("by-home", "2026-06-02", "屋顶漏雨", household="home"),
        ("plan", "plan", {"case": "work"}),
        ("goal", "goal", {"plan": "plan", "description": "修好漏雨的屋顶"}),
        visit("nobody", "2026-06-01", "屋顶漏雨"),
    )
    hits = {hit.id: hit for hit in find(store, "漏雨")}
    assert {id: (hit.person, hit.name) for id, hit in hits.items()} == {
        "chen": ("chen", "陈晓红"),
        "direct": ("chen", "陈晓红"),
        "by-home": ("chen", "陈晓红"),
        "goal": ("chen", "陈晓红"),
        "nobody": ("", ""),
    }
    assert "漏雨" in hits["direct"].excerpt
    assert hits["direct"].excerpt.startswith("…")
    assert len(hits["direct"].excerpt) <= 42
