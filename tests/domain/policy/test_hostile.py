"""Files made to mislead, to hang or to break: refused with a sentence, or unknown, and never a wrong yes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sgz_desktop.actions.screening import read_pack_file, screen_file
from sgz_desktop.domain.policy.pack import Verdict
from sgz_desktop.domain.policy.shipped import shipped_packs
from sgz_desktop.errors import AppError
from tests.domain.policy.rooms import household, one, person, told, verdict
from tests.domain.policy.test_pack import LOCAL, VALUE, made, rule

OLD = "1950-01-01"
START = '{"on": "2026-06-30", "people": [{"id": "a", "income_month": '


@pytest.mark.parametrize(
    "text",
    [
        START + "1e99999999}]}",
        START + "1e-99999999}]}",
        START + "1e9999999999999999999}]}",
        START + "1" * 5000 + "}]}",
        START + "-Infinity}]}",
        '{"on": "2026-06-30", "params": {"dibao_std": 1e99999999}, "people": [{"id": "a"}]}',
    ],
)
def test_numbers_nobody_means_are_refused_at_once(text: str, tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(AppError, match="太大的数字"):
        screen_file(file)


def test_a_name_that_stands_twice_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text(
        '{"on": "2026-06-30", "people": [{"id": "a", "dead": true, "dead": false}]}', encoding="utf-8"
    )
    with pytest.raises(AppError, match="“dead”在一处写了两次"):
        screen_file(file)


@pytest.mark.parametrize(
    "table",
    [
        {"people": [{"id": "a", "disability": {"type": [], "grade": {}}}]},
        {"people": [{"id": "a", "status": [[]], "sex": 1, "self_care": {"eat": "no"}, "father": 1}]},
        {"people": [{"id": "a"}], "params": {"medical_statuses": [[]], "dibao_std": [1]}},
        {"people": [], "households": [{"id": "h", "members": ["h"]}]},
        {"people": [{"id": "a", "born": "\ud800"}]},
    ],
)
def test_any_shape_is_answered(table: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text(json.dumps({"on": "2026-06-30", **table}), encoding="utf-8")
    results = screen_file(file)["results"]
    assert results
    assert "Y" not in {row["verdict"] for row in results}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"obligors": None, "obligors_confirmed_none": False}, "填了没有，又选了未确认"),
        ({"obligors": ["a"], "obligors_confirmed_none": True}, "里有本人"),
        ({"obligors": ["b", "b"], "obligors_confirmed_none": True}, "有重复"),
        ({"obligors": "b", "obligors_confirmed_none": True}, "写法不对"),
    ],
)
def test_a_list_of_obligors_that_cannot_be_is_not_nobody(typed: dict[str, Any], words: str) -> None:
    found = one(told(person("a", OLD, **typed)), "tekun")
    assert found["verdict"] == "U"
    assert any(words in said for said in found["warnings"])


def test_an_able_obligor_is_enough_for_a_no() -> None:
    assert verdict(person("a", OLD, obligors=["b"]), person("b", income_month=5000)) is Verdict.N


@pytest.mark.parametrize(
    ("child", "father", "mother"),
    [
        ({"father": "f", "mother": "f"}, {"dead": True}, {}),
        ({"father": "f", "mother": "m"}, {"born": "2016-01-01", "dead": True}, {"dead": True}),
        ({"father": "f", "mother": "m"}, {"father": "a", "dead": True, "born": None}, {"dead": True}),
    ],
)
def test_parents_who_cannot_be_make_no_orphan(
    child: dict[str, Any], father: dict[str, Any], mother: dict[str, Any]
) -> None:
    people = (person("a", "2015-01-01", **child), person("f", **father), person("m", **mother))
    for programme in ("orphan", "de_facto_orphan"):
        found = one(told(*people), programme)
        assert found["verdict"] == "U"
        assert any("请核对" in said for said in found["warnings"])


def test_who_has_dibao_does_not_apply_alone() -> None:
    severe = {"disability": {"type": "4", "grade": 1}, "status": ["dibao"]}
    homes = [household("h", "a", income_year=12 * 1000)]
    assert verdict(person("a", **severe), homes=homes, programme="dibao_single") is Verdict.N


def test_what_is_missing_is_named() -> None:
    assert one(told(person("a", OLD, income_month=900, pension_basic_month=...)), "tekun")["missing"] == [
        "基础养老金"
    ]
    card = {"type": "7", "grade": 1}
    assert one(told(person("a", disability=card)), "tekun")["missing"] == ["残疾人证上的具体类别"]
    homes = [{"id": "h", "income_year": 9000, "property_ok": True}]
    assert one(told(person("a"), homes=homes), "dibao", "h")["missing"] == ["家庭成员"]


def test_members_who_do_not_count_are_said_for_every_household_programme() -> None:
    homes = [household("h", "a", "b", income_year=1000)]
    for row in told(person("a"), person("b", detained=True), homes=homes):
        if row["subject"] == "h":
            assert any("不计入家庭人口" in said for said in row["warnings"]), row["programme"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("value = 785", "value = 1e99999999"),
        ("value = 785", "value = inf"),
        ("value = 785", "value = nan"),
        ("value = 785", f"value = {'1' * 30}"),
        ("value = 785", "value = [[1]]"),
        ("ge = 80", "ge = 1e99999999"),
        ('has = ["living_alone"]', "has = [[]]"),
        ('root = "top"', 'root = "old"'),
        ('fact = "age"\nge = 80', 'fact = "disability"\ntypes = [[]]\ncard = 2'),
    ],
)
def test_hostile_packs_are_refused(old: str, new: str, tmp_path: Path) -> None:
    assert old in LOCAL
    file = tmp_path / "pack.toml"
    file.write_text(LOCAL.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(AppError, match="没有导入"):
        read_pack_file(file)


def test_a_circle_below_a_warning_is_refused(tmp_path: Path) -> None:
    warn = '\n[[programme.warn]]\nnode = "w"\ntext = "圈"\n'
    circle = warn + '\n[[programme.node]]\nid = "w"\ntext = "圈"\nnot = "w"\n'
    file = tmp_path / "pack.toml"
    file.write_text(LOCAL + circle, encoding="utf-8")
    with pytest.raises(AppError, match="绕回了自己"):
        read_pack_file(file)


def test_many_headers_are_read_quickly(tmp_path: Path) -> None:
    """A refusal names its line in time that grows with the file, not with its square."""
    file = tmp_path / "pack.toml"
    file.write_text("".join(f"[[a{n}]]\n" for n in range(20_000)), encoding="utf-8")
    with pytest.raises(AppError, match="不认识的内容"):
        read_pack_file(file)


def test_a_pack_that_has_not_begun_gives_no_values() -> None:
    later = LOCAL.replace(
        'effective_from = "2026-01-01"\n' + VALUE, 'effective_from = "2030-01-01"\n' + VALUE
    )
    param = '\n[[param]]\nname = "dog_money"\ntitle = "狗钱"\nkind = "yuan"\nsource = "x"\nvalue = 1\n'
    found = rule((made(later + param),), "dog")
    assert found.terms.values == {}


def test_a_place_does_not_say_what_a_national_name_means() -> None:
    param = '\n[[param]]\nname = "dibao_std"\ntitle = "低保"\nkind = "number"\nsource = "x"\nvalue = 785\n'
    found = rule((*shipped_packs(), made(LOCAL.replace(VALUE, param))), "tekun")
    assert found.params["dibao_std"].kind == "yuan"
    assert found.terms.values.get("dibao_std") is None


def test_an_ended_standard_is_used_and_said() -> None:
    ended = LOCAL.replace(VALUE, VALUE + 'effective_to = "2026-03-31"\n')
    found = rule((*shipped_packs(), made(ended)), "tekun")
    assert found.terms.values["dibao_std"] == 78_500
    assert any("当地低保标准已停用" in said for said in found.warnings)
