"""Search as one types: who and what is found, in what order, and what is not."""

from __future__ import annotations

from typing import Any

import pytest

from sgz_desktop.domain.actor import Actor
from sgz_desktop.store import search
from sgz_desktop.store.search import Hit, PersonHit
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import Write, record_many

Row = tuple[str, str, dict[str, Any]]

CHEN: tuple[Row, ...] = (
    (
        "person",
        "chen",
        {
            "number": "人A0012",
            "name": "陈晓红",
            "former_name": "陈小花",
            "nickname": "红嫂",
            "sex": "female",
            "born": "1949-03",
            "id_number": "99000119490307402X",
            "phone": "199-1234 5678",
            "contact_name": "单大勇",
            "contact_phone": "0990-6655443",
            "filed_on": "2024-05-01",
            "note": "屋顶漏雨，家里米面不多",
        },
    ),
    (
        "household",
        "home",
        {"number": "户A0007", "village": "柳湾村", "village_group": "三组", "house_number": "12号"},
    ),
    ("membership", "in", {"household": "home", "person": "chen"}),
    ("obligor", "son", {"person": "chen", "who_name": "陈大强"}),
    (
        "case",
        "work",
        {"client": "chen", "number": "2026-A001", "worker": "林知夏", "opened_on": "2026-02-01"},
    ),
)


def save(store: Store, actor: Actor, *rows: Row) -> None:
    store.write(lambda session: record_many(session, actor, "", [Write(*row) for row in rows]))


def person(id: str, name: str, **more: str) -> Row:
    return "person", id, {"name": name, **more}


def visit(id: str, date: str, facts: str, **more: str) -> Row:
    return "visit", id, {"date": date, "facts": facts, **more}


def people(store: Store, text: str, limit: int = 50) -> list[PersonHit]:
    return store.read(lambda session: search.people(session, text, limit=limit))


def find(store: Store, text: str, limit: int = 50) -> list[Hit]:
    return store.read(lambda session: search.find(session, text, limit=limit))


def names(store: Store, text: str) -> list[str]:
    return [hit.name for hit in people(store, text)]


@pytest.fixture
def street(store: Store, actor: Actor) -> Store:
    save(store, actor, *CHEN, person("wang", "王建国", phone="19900001111"))
    return store


@pytest.mark.parametrize(
    ("typed", "via"),
    [
        ("陈", ""),
        ("红", ""),
        ("晓红", ""),
        ("陈晓红", ""),
        (" 陈晓红 ", ""),
        ("c", ""),
        ("cxh", ""),
        ("CXH", ""),
        ("xh", ""),
        ("chen", ""),
        ("chenxiaoh", ""),
        ("chen xiao hong", ""),
        ("xiaohong", ""),
        ("陈 xh", ""),
        ("陈h", ""),
        ("人A0012", ""),
        ("人a12", ""),
        ("A0012", ""),
        ("a12", ""),
        ("0012", ""),
        ("12", ""),
        ("小花", "曾用名"),
        ("红嫂", "小名"),
        ("单大勇", "联系人"),
        ("shandayong", "联系人"),
        ("dandayong", "联系人"),
        ("990001", "身份证号"),
        ("402x", "身份证号"),
        ("402X", "身份证号"),
        ("４０２Ｘ", "身份证号"),
        ("99000119490307402X", "身份证号"),
        ("5678", "电话"),
        ("199-1234", "电话"),
        ("199 1234 5678", "电话"),
        ("5443", "联系人电话"),
        ("09906655443", "联系人电话"),
        ("大强", "法定义务人"),
        ("cdq", "法定义务人"),
        ("2026-A001", "个案"),
        ("2026-a1", "个案"),
        ("a001", "个案"),
    ],
)
def test_a_person_is_found_by_what_is_typed(street: Store, typed: str, via: str) -> None:
    (hit,) = people(street, typed)
    assert (hit.name, hit.via) == ("陈晓红", via)


@pytest.mark.parametrize(
    "typed",
    [
        "李",
        "晓虹",
        "红晓",
        "陈红",
        "cxg2",
        "chenxiaoli",
        "hx",
        "9876",
        "9012",
        "林知夏",
        "lzx",
        "漏雨",
        "柳湾",
        "",
        " ",
    ],
)
def test_a_person_is_not_found_by_what_is_not_theirs(street: Store, typed: str) -> None:
    assert people(street, typed) == []


def test_a_row_needs_no_further_query(street: Store) -> None:
    (hit,) = people(street, "陈晓红")
    assert hit.id == "chen"
    assert (hit.sex, hit.born, hit.number, hit.phone) == ("female", "1949-03", "人A0012", "199-1234 5678")
    assert (hit.household, hit.place) == ("home", "柳湾村三组12号")
    assert hit.other_names == ("陈小花", "红嫂")


def test_without_a_household_the_own_address_is_shown(street: Store, actor: Actor) -> None:
    save(
        street,
        actor,
        ("membership", "in", {"to_day": "2026-01-01"}),
        ("person", "chen", {"address": "石桥街5号"}),
    )
    (hit,) = people(street, "陈晓红")
    assert (hit.household, hit.place) == ("", "石桥街5号")


def test_a_person_of_two_households_is_one_row_with_the_later_one(street: Store, actor: Actor) -> None:
    save(street, actor, ("household", "new", {"village": "白杨村"}))
    save(street, actor, ("membership", "moved", {"household": "new", "person": "chen"}))
    assert [hit.place for hit in people(street, "陈晓红")] == ["白杨村"]


def test_whole_names_come_first_then_the_newest_file(store: Store, actor: Actor) -> None:
    save(store, actor, person("1", "陈红", filed_on="2020-01-01"))
    save(store, actor, person("2", "陈红军", filed_on="2025-01-01"))
    save(store, actor, person("3", "陈红英", filed_on="2026-01-01"), person("4", "陈红梅", filed_on="2021"))
    assert names(store, "陈红") == ["陈红", "陈红英", "陈红军", "陈红梅"]
    assert names(store, "chenhong") == ["陈红", "陈红英", "陈红军", "陈红梅"]
    assert [hit.name for hit in people(store, "陈红", limit=2)] == ["陈红", "陈红英"]


def test_people_come_before_those_they_are_obligors_of(street: Store, actor: Actor) -> None:
    save(street, actor, person("son-himself", "陈大强", filed_on="2001"))
    assert [(hit.name, hit.via) for hit in people(street, "陈大强")] == [
        ("陈大强", ""),
        ("陈晓红", "法定义务人"),
    ]


def test_a_person_who_matches_in_many_ways_is_one_row(store: Store, actor: Actor) -> None:
    save(
        store,
        actor,
        person("1", "红红红", former_name="红", phone="19955555555", id_number="990005195505055555"),
    )
    assert len(people(store, "红")) == len(people(store, "5555")) == len(people(store, "h")) == 1


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("吕绿", ["lv", "lyu", "lu", "lü", "Lǜ"[:1] + "ü", "lvlv", "lulu"]),
        ("陈玉", ["chenyu", "cheny"]),
        ("兰玉", ["lanyu"]),
        ("单桂英", ["shangui", "dangui", "sgy"]),
        ("仇民", ["qiumin", "choumin"]),
        ("解放", ["xiefang", "jiefang"]),
        ("欧阳明", ["ouyangming", "oym", "yangming"]),
        ("阿依·古丽", ["阿依古丽", "阿依·古丽", "古丽", "ayiguli"]),
        ("阿卜杜拉·艾合买提", ["艾合买提", "阿卜杜拉艾合买提", "abdl"]),
    ],
)
def test_names_are_found_however_they_are_read(
    store: Store, actor: Actor, name: str, typed: list[str]
) -> None:
    save(store, actor, person("1", name), person("2", "钱某"))
    assert {text: names(store, text) for text in typed} == {text: [name] for text in typed}


RARE = {
    "A": "\u3402",
    "URO": "\u9fff",
    "B": "\U00020bb7",
    "C": "\U0002a700",
    "D": "\U0002b740",
    "E": "\U0002b820",
    "F": "\U0002ceb0",
    "G": "\U00030000",
    "H": "\U00031350",
    "I": "\U0002ebf0",
    "private use": "\ue5e5",
    "nought": "〇",
}


@pytest.mark.parametrize("letter", RARE.values(), ids=RARE)
def test_rare_characters_of_every_plane_are_found(store: Store, actor: Actor, letter: str) -> None:
    save(
        store,
        actor,
        person("1", f"王{letter}"),
        person("2", "王𠮶"),
        visit("v", "2026-01-01", f"送{letter}家米面"),
    )
    assert [names(store, typed) for typed in (letter, f"王{letter}")] == [[f"王{letter}"]] * 2
    assert [hit.id for hit in find(store, f"{letter}家")] == ["v"]


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        "'",
        '" OR "陈',
        "陈*",
        "*",
        "terms:陈",
        "{terms}:陈",
        "NEAR(陈 王)",
        "陈 AND",
        "NOT 陈",
        "^陈",
        "-陈",
        "=陈",
        "陈$",
        "陈;DROP TABLE search_doc",
        "陈\x00王",
        "(((",
        "%",
        "_",
        "陈" * 5000,
    ],
)
def test_nothing_typed_is_an_operator(street: Store, typed: str) -> None:
    for hit in people(street, typed):
        assert hit.name == "陈晓红"
    assert all(hit.person in ("chen", "") for hit in find(street, typed))
    assert "王建国" not in names(street, typed)
    assert names(street, "陈晓红") == ["陈晓红"]


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
