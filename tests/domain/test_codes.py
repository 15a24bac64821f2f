from __future__ import annotations

from pathlib import Path

import pytest

from sgz_desktop.domain.codes import CodeList, code_list, code_list_names, read_code_file

NATIONAL = {
    "sex": 4,
    "marital": 8,
    "health": 22,
    "health_brief": 4,
    "relation": 84,
    "relation_brief": 9,
    "disability_kind": 7,
    "disability_grade": 4,
    "ethnicity": 58,
    "education": 40,
}
ONE_LIST = '[a]\ntitle = "甲"\nsource = "来源"\ndate = "2026-01-01"\nitems = [["1", "一"], ["1", "二"]]\n'
all_lists = pytest.mark.parametrize(
    "codes", [code_list(name) for name in code_list_names()], ids=lambda c: c.name
)


@pytest.mark.parametrize("name", NATIONAL)
def test_national_lists_are_whole(name: str) -> None:
    codes = code_list(name)
    assert len(codes.items) - len(codes.own) == NATIONAL[name]
    assert codes.standard.startswith("GB/T ")


@all_lists
def test_every_item_is_found_by_code_and_label(codes: CodeList) -> None:
    assert codes.title
    for item in codes:
        assert codes.find(item.code) == item.code
        assert codes.find(f" {item.label} ") == item.code
        assert codes.label(item.code) == item.label
        for alias in item.aliases:
            assert codes.find(alias) == item.code


@all_lists
def test_no_word_stands_for_two_items(codes: CodeList) -> None:
    words = [word for item in codes for word in (item.code, item.label, *item.aliases)]
    assert len(words) == len({word.casefold() for word in words}), sorted(words)


@all_lists
def test_labels_can_be_joined_and_split_again(codes: CodeList) -> None:
    for item in codes:
        assert not set(item.label + item.code) & set(",，、;；\n")
        assert item.label == item.label.strip()


def test_an_unknown_code_is_kept_and_shown_as_itself() -> None:
    sex = code_list("sex")
    assert sex.label("7") == "7"
    assert sex.find("7") is None
    assert sex.find("") is None
    assert "7" not in sex
    assert sex.order("7") > sex.order("9")


def test_a_code_no_longer_offered_keeps_its_label() -> None:
    health = code_list("health")
    assert "40" not in health.codes
    assert health.label("40") == "有慢性病"
    assert health.find("40") == "40"
    assert health.find("有慢性病") == "30"


def test_well_known_rows() -> None:
    assert code_list("relation").label("52") == "母亲"
    assert code_list("relation").label("78") == "妹夫"
    assert code_list("ethnicity").find("汉") == "01"
    assert code_list("ethnicity").label("22") == "畲族"
    assert code_list("ethnicity").label("56") == "基诺族"
    assert code_list("education").find("大专") == "30"
    assert code_list("disability_kind").label("4") == "肢体残疾"
    assert code_list("sex").find("１") == "1"
    assert code_list("programme").find("特困") == "tekun"
    assert code_list("programme").find("低保") == "dibao"


def test_the_lists_whose_size_a_source_fixes() -> None:
    assert len(code_list("service_method")) == 8
    assert len(code_list("self_care_item")) == 6
    assert len(code_list("group_phase")) == 5
    assert len(code_list("closing_reason")) == 8
    assert code_list("risk").codes == ("high", "mid", "low")
    assert code_list("satisfaction").codes == ("5", "4", "3", "2", "1")
    assert code_list("case_stage").codes[:6] == (
        "lead",
        "intake",
        "assessment",
        "plan",
        "intervention",
        "evaluation",
    )


def test_benefits_speak_of_programmes_in_the_same_codes() -> None:
    benefits, programmes = code_list("benefit"), code_list("programme")
    for item in programmes:
        assert benefits.label(item.code) == item.label


@pytest.mark.parametrize(
    "name", ["benefit", "person_category", "housing_hazard", "safety_risk", "need", "support_source"]
)
def test_none_is_a_code_of_its_own(name: str) -> None:
    assert code_list(name).find("无") == "none"


def test_an_unknown_list_is_our_slip() -> None:
    with pytest.raises(KeyError):
        code_list("no_such_list")


@pytest.mark.parametrize(
    "text",
    [ONE_LIST, ONE_LIST.replace('["1", "二"]', '["2", "二"]').replace("来源", "")],
    ids=["code twice", "no source"],
)
def test_a_faulty_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="code list a"):
        read_code_file(path)
    path.write_text(ONE_LIST.replace('["1", "二"]', '["2", "二"]'), encoding="utf-8")
    assert [codes.name for codes in read_code_file(path)] == ["a"]
