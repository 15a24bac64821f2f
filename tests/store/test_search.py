"""People as one types: who is found, in what order, and who is not."""

from __future__ import annotations

import pytest

from sgz_desktop.domain.actor import Actor
from sgz_desktop.store.store import Store
from tests.store.searching import CHEN, find, names, people, person, save, visit


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
