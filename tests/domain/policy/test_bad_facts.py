"""Facts that cannot be: each is said, counts as unknown, and makes nobody meet a condition."""

from __future__ import annotations

from typing import Any

import pytest

from sgz_desktop.domain.policy.screen_file import ScreenRefused
from sgz_desktop.domain.policy.screen_results import screen
from sgz_desktop.domain.policy.shipped import shipped_packs
from tests.domain.policy.rooms import household, one, person, told

OLD = "1950-01-01"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"income_month": -1}, "本人月收入是负数"),
        ({"income_month": "800"}, "本人月收入写法不对"),
        ({"income_month": True}, "本人月收入写法不对"),
        ({"born": "2030-01-01"}, "出生日期晚于比对日期"),
        ({"born": "1950-13-01"}, "出生日期写法不对"),
        ({"born": 1950}, "出生日期写法不对"),
        ({"dead": "no"}, "是否健在写法不对"),
        ({"property_ok": 1}, "财产是否符合当地规定写法不对"),
        ({"property_ok": None}, "财产是否符合当地规定写法不对"),
        ({"obligors": "b"}, "法定义务人写法不对"),
        ({"obligors": ["a"]}, "法定义务人里有本人"),
        ({"obligors": ["b", "b"]}, "法定义务人有重复"),
        ({"pension_basic_month": -5, "income_month": 800}, "基础养老金是负数"),
    ],
)
def test_what_cannot_be_is_said_and_never_makes_a_yes(typed: dict[str, Any], words: str) -> None:
    found = one(told(person("a", **{"born": OLD, **typed})), "tekun")
    assert found["verdict"] == "U"
    assert any(words in warning for warning in found["warnings"]), found["warnings"]


@pytest.mark.parametrize(
    ("programme", "typed", "words"),
    [
        ("disabled_care", {"disability": {"type": "9", "grade": 1}, "long_term_care": ...}, "类别代码不认识"),
        ("disabled_care", {"disability": {"type": "4", "grade": 9}, "long_term_care": True}, "等级不认识"),
        (
            "disabled_living",
            {"disability": {"type": "4", "grade": 1}, "status": ["rich"]},
            "对象类别有不认识的代码",
        ),
        ("medical", {"status": "dibao"}, "对象类别写法不对"),
        (
            "disabled_care",
            {"self_care": {"fly": False}, "disability": {"type": "4", "grade": 1}},
            "生活自理6项写法不对",
        ),
    ],
)
def test_unknown_codes_stay_open(programme: str, typed: dict[str, Any], words: str) -> None:
    typed = {"long_term_care": ..., **typed}
    found = one(told(person("a", **typed)), programme)
    assert found["verdict"] == "U"
    assert any(words in warning for warning in found["warnings"]), found["warnings"]


def test_more_pension_than_income_is_said_and_not_taken_off() -> None:
    found = one(told(person("a", OLD, income_month=900, pension_basic_month=1000)), "tekun")
    assert found["verdict"] == "U"
    assert "基础养老金多于月收入，请核对。" in found["warnings"]


def test_a_doubt_about_an_obligor_is_named_with_the_obligor() -> None:
    found = one(told(person("a", OLD, obligors=["b"]), person("b", income_month=-3, name="儿子")), "tekun")
    assert any(words.startswith("儿子：") and "是负数" in words for words in found["warnings"])


def test_a_member_counted_though_dead_or_in_prison_is_said() -> None:
    homes = [household("h", "a", "b", income_year=1000)]
    found = one(told(person("a"), person("b", imprisoned=True), homes=homes), "dibao", "h")
    assert any("请核对成员" in words for words in found["warnings"])


def test_local_standards_that_cannot_be_count_as_unknown() -> None:
    for bad in (-785, 0):
        found = one(told(person("a", OLD), dibao_std=bad), "tekun")
        assert found["verdict"] == "U"
        assert any("当地低保标准的值不对" in words for words in found["warnings"])
    found = one(told(person("a", OLD), dibao_standard=785), "tekun")
    assert any("不认识的当地标准“dibao_standard”" in words for words in found["warnings"])


def test_an_unknown_word_is_said() -> None:
    found = one(told(person("a", OLD, incom_month=1)), "tekun")
    assert any("不认识的内容“incom_month”" in words for words in found["warnings"])


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ([], "JSON对象"),
        ({"people": [{"id": "a"}]}, "on要写成"),
        ({"on": "2026-06", "people": [{"id": "a"}]}, "on要写成"),
        ({"on": "2026-06-30"}, "没有人"),
        ({"on": "2026-06-30", "people": [{}]}, "都要有id"),
        ({"on": "2026-06-30", "people": [{"id": "a"}, {"id": "a"}]}, "出现了两次"),
        ({"on": "2026-06-30", "people": "a"}, "要写成列表"),
        ({"on": "2026-06-30", "region": "福建", "people": [{"id": "a"}]}, "6位行政区划代码"),
    ],
)
def test_a_file_that_says_nothing_is_refused(table: Any, words: str) -> None:
    with pytest.raises(ScreenRefused, match=words):
        screen(table, shipped_packs())


def test_nothing_known_at_all_decides_nothing() -> None:
    table = {"on": "2026-06-30", "people": [{"id": "a"}], "households": [{"id": "h"}]}
    results = screen(table, shipped_packs())["results"]
    assert {row["verdict"] for row in results} == {"U"}
    assert all(row["missing"] for row in results)


def test_a_household_may_have_the_id_of_a_person() -> None:
    homes = [{"id": "a", "members": ["a"]}]
    found = told(person("a", OLD), homes=homes)
    assert one([row for row in found if row["title"] == "最低生活保障"], "dibao")["missing"] == [
        "家庭收入",
        "财产是否符合当地规定",
    ]
    assert {row["verdict"] for row in found if row["programme"] == "tekun"} == {"Y"}
