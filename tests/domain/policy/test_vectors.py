"""The vectors T1–T15 of the field's reference, and one at every boundary of every programme."""

from __future__ import annotations

from typing import Any

import pytest

from sgz_desktop.domain.policy.pack import Verdict
from sgz_desktop.domain.self_care import ABLE, PARTLY, WHOLLY, grade_of
from tests.domain.policy.rooms import household, one, person, reason, told, verdict

Y, N, U = Verdict.Y, Verdict.N, Verdict.U
OLD = "1950-01-01"


def card(type: str, grade: int) -> dict[str, Any]:
    return {"type": type, "grade": grade}


def test_t1_an_old_person_with_nothing_and_nobody() -> None:
    assert verdict(person("a", OLD, obligors_confirmed_none=True, obligors=...)) is Y


@pytest.mark.parametrize(("on", "wanted"), [("2026-06-29", N), ("2026-06-30", Y)])
def test_t2_sixty_on_the_birthday(on: str, wanted: Verdict) -> None:
    found = one(told(person("a", "1966-06-30"), on=on), "tekun")
    assert (found["verdict"], reason(found, "no_labour")["verdict"]) == (wanted, wanted)


@pytest.mark.parametrize(("on", "wanted"), [("2026-06-30", Y), ("2021-04-26", Y), ("2021-04-25", N)])
def test_t3_limb_grade_two_by_the_rules_of_its_day(on: str, wanted: Verdict) -> None:
    found = one(told(person("a", "1980-01-01", disability=card("4", 2)), on=on), "tekun")
    assert reason(found, "no_labour")["verdict"] == wanted
    assert found["source"] == ("民发〔2021〕43号" if on >= "2021-04-26" else "民发〔2016〕178号")


@pytest.mark.parametrize(
    ("type", "grade", "wanted"),
    [
        *(("5", 3, Y), ("5", 4, N), ("6", 3, Y), ("6", 4, N), ("4", 2, Y), ("4", 3, N)),
        *(("1", 1, Y), ("1", 2, N), ("2", 1, N), ("3", 1, N), ("7", 1, U), ("7", 4, N)),
    ],
)
def test_t4_which_disability_is_no_labour(type: str, grade: int, wanted: Verdict) -> None:
    found = one(told(person("a", "1996-01-01", disability=card(type, grade))), "tekun")
    assert reason(found, "no_labour")["verdict"] == wanted


def test_t5_paralysed_without_a_card_on_file_is_open_not_refused() -> None:
    found = one(told(person("a", "1991-01-01", disability=...)), "tekun")
    assert (found["verdict"], found["missing"]) == ("U", ["残疾人证"])
    assert reason(found, "no_labour")["verdict"] == "U"


FATHER = person("f", "1958-03-02", status=["dibao"])
DAUGHTER = person(
    "a", "1991-01-01", disability=card("4", 1), status=["dibao"], father="f", obligors=["f", "h"]
)


def test_t6_a_husband_of_whom_nothing_is_known_keeps_it_open() -> None:
    found = one(told(DAUGHTER, FATHER, {"id": "h", "name": "丈夫"}), "tekun")
    assert (found["verdict"], reason(found, "no_obligor")["verdict"]) == ("U", "U")
    assert [child["verdict"] for child in reason(found, "no_obligor")["children"]] == ["Y", "U"]
    assert all(words.startswith("丈夫：") for words in found["missing"])


def test_t7_with_the_husband_dead_the_father_alone_counts() -> None:
    assert verdict(DAUGHTER, FATHER, person("h", dead=True)) is Y
    assert verdict({**DAUGHTER, "obligors": ["f"]}, FATHER) is Y


@pytest.mark.parametrize(("income", "wanted"), [(784.99, Y), (785, N), (785.01, N)])
def test_t8_the_standard_itself_is_not_below_it(income: float, wanted: Verdict) -> None:
    assert verdict(person("a", OLD, income_month=income)) is wanted


def test_t9_the_basic_pension_is_left_out_until_its_day() -> None:
    people = [person("a", OLD, pension_basic_month=180)]
    homes = [household("h", "a", income_year=12 * 900)]
    kept = one(told(*people, on="2025-12-31", homes=homes), "dibao", "h")
    counted = one(told(*people, on="2026-01-01", homes=homes), "dibao", "h")
    assert (kept["verdict"], counted["verdict"]) == ("Y", "N")
    assert not any("政策待核" in words for words in kept["warnings"])
    assert any("政策待核" in words for words in counted["warnings"])
    extended = one(told(*people, on="2026-01-01", homes=homes, dibao_pension_until=None), "dibao", "h")
    assert extended["verdict"] == "N"


def test_t9_for_the_person_it_is_left_out_for_good() -> None:
    rich = {"income_month": 900, "pension_basic_month": 180}
    assert verdict(person("a", OLD, **rich)) is Y
    assert verdict(person("a", OLD, **{**rich, "pension_basic_month": 100})) is N


@pytest.mark.parametrize(("undone", "grade"), [(0, ABLE), (1, PARTLY), (3, PARTLY), (4, WHOLLY), (6, WHOLLY)])
def test_t10_self_care(undone: int, grade: str) -> None:
    assert grade_of(undone) == grade
    items = dict.fromkeys(("eat", "dress", "bed", "toilet", "walk", "bath"), True)
    items |= dict.fromkeys(list(items)[:undone], False)
    found = verdict(person("a", disability=card("4", 1), self_care=items), programme="disabled_care")
    assert found is (Y if undone else N)


@pytest.mark.parametrize(
    ("mother", "wanted"),
    [
        ({"missing_months": 5, "missing_reported": True}, N),
        ({"missing_months": 6, "missing_reported": True}, Y),
        ({"missing_months": 6, "missing_reported": False}, N),
        ({"missing_months": 6, "missing_reported": ...}, U),
        ({"missing_months": ..., "missing_reported": True}, U),
        ({"disability": card("2", 2)}, Y),
        ({"disability": card("2", 3)}, N),
        ({"disability": card("6", 4)}, Y),
        ({"imprisoned": True}, Y),
        ({"detained": True}, Y),
        ({"seriously_ill": True}, Y),
        ({"custody_revoked": True}, Y),
        ({"deported": True}, Y),
        ({}, N),
    ],
)
def test_t11_a_child_whom_nobody_brings_up(mother: dict[str, Any], wanted: Verdict) -> None:
    child = person("a", "2015-01-01", father="f", mother="m")
    father = person("f", dead=True)
    assert verdict(child, father, person("m", **mother), programme="de_facto_orphan") is wanted


@pytest.mark.parametrize(("of_standard", "wanted"), [(1.49, Y), (1.5, N), (1.51, N)])
def test_t12_edge_is_below_one_and_a_half(of_standard: float, wanted: Verdict) -> None:
    homes = [household("h", "a", "b", income_year=round(785 * of_standard * 24, 2))]
    assert verdict(person("a"), person("b"), homes=homes, programme="dibao_edge", subject="h") is wanted


@pytest.mark.parametrize(("spending", "wanted"), [(36_000, N), (36_000.01, Y), (35_999, N)])
def test_t13_rigid_spending_is_above_the_ratio(spending: float, wanted: Verdict) -> None:
    homes = [household("h", "a", "b", "c", income_year=60_000, rigid_spending_year=spending)]
    people = [person(id) for id in "abc"]
    assert verdict(*people, homes=homes, programme="rigid_spending", subject="h") is wanted


def test_a_dead_applicant_meets_nothing_and_who_may_be_dead_nothing_for_sure() -> None:
    child = {"born": "2015-01-01", "father": None, "mother": None}
    for dead, allowed in ((True, {"N"}), (..., {"U", "N"})):
        found = told(
            person("a", OLD, dead=dead, status=["dibao", "tekun"], disability=card("4", 1), emergency=True),
            person("b", dead=dead, **child),
        )
        assert {row["verdict"] for row in found} <= allowed


@pytest.mark.parametrize(
    ("programme", "typed", "wanted"),
    [
        ("orphan", {"born": "2008-07-01"}, Y),
        ("orphan", {"born": "2008-06-30"}, N),
        ("old_age", {"born": "1946-06-30"}, Y),
        ("old_age", {"born": "1946-07-01"}, N),
        ("disabled_living", {"status": ["dibao"], "disability": card("2", 4)}, Y),
        ("disabled_living", {"status": [], "disability": card("2", 4)}, N),
        ("disabled_living", {"status": ["dibao"]}, N),
        ("disabled_care", {"disability": card("1", 2), "long_term_care": True}, Y),
        ("disabled_care", {"disability": card("1", 3), "long_term_care": True}, N),
        ("disabled_care", {"disability": card("6", 3), "long_term_care": True}, N),
        ("medical", {"status": ["dibao_edge"]}, Y),
        ("medical", {"status": ["none"]}, N),
        ("temporary", {"emergency": True}, Y),
        ("temporary", {"spending_sudden": True, "income_month": 2499.99}, Y),
        ("temporary", {"spending_sudden": True, "income_month": 2500}, N),
    ],
)
def test_every_programme_at_its_boundary(programme: str, typed: dict[str, Any], wanted: Verdict) -> None:
    assert verdict(person("a", **typed), programme=programme) is wanted


@pytest.mark.parametrize(
    ("obligor", "wanted"),
    [
        ({"status": ["tekun"]}, Y),
        ({"born": "1966-06-30", "status": ["dibao"]}, Y),
        ({"born": "1966-07-01", "status": ["dibao"]}, N),
        ({"born": "1956-06-30", "income_month": 2499}, Y),
        ({"born": "1956-06-30", "income_month": 2500}, N),
        ({"born": "1956-07-01", "income_month": 0}, N),
        ({"born": "1956-06-30", "property_ok": False}, N),
        ({"disability": card("3", 2)}, Y),
        ({"disability": card("5", 3)}, Y),
        ({"disability": card("4", 3)}, N),
        ({"disability": card("3", 2), "income_month": 2500}, N),
        ({"civil_capacity": "none"}, Y),
        ({"civil_capacity": "limited"}, N),
        ({"declared_missing": True}, Y),
        ({"imprisoned": True}, Y),
        ({"imprisoned": True, "property_ok": False}, N),
        ({"dead": True}, Y),
        ({}, N),
    ],
)
def test_every_way_an_obligor_cannot_support(obligor: dict[str, Any], wanted: Verdict) -> None:
    assert verdict(person("a", OLD, obligors=["b"]), person("b", **obligor)) is wanted


def test_an_empty_list_of_obligors_is_open_until_somebody_says_there_is_none() -> None:
    for obligors, confirmed, wanted in (([], False, U), ([], True, Y), (..., False, U), (..., True, Y)):
        who = person("a", OLD, obligors=obligors, obligors_confirmed_none=confirmed)
        assert verdict(who) is wanted
    for son, wanted in ((person("b", dead=True), "Y"), (person("b"), "N"), (person("b", dead=...), "N")):
        odd = one(told(person("a", OLD, obligors=["b"], obligors_confirmed_none=True), son), "tekun")
        assert odd["verdict"] == (wanted if son.get("dead") is not None else "U")
        assert "填了法定义务人，又选了已确认没有，请核对。" in odd["warnings"]


@pytest.mark.parametrize(
    ("typed", "homes", "wanted"),
    [
        ({"disability": card("4", 2), "status": ["dibao_margin"]}, [], Y),
        ({"disability": card("4", 2)}, [household("h", "a", income_year=12 * 1000)], Y),
        ({"disability": card("4", 2)}, [household("h", "a", income_year=12 * 1178)], N),
        ({"disability": card("4", 2)}, [], U),
        ({"status": ["dibao_margin"]}, [], N),
    ],
)
def test_a_single_may_apply_alone(typed: dict[str, Any], homes: list[Any], wanted: Verdict) -> None:
    assert verdict(person("a", **typed), homes=homes, programme="dibao_single") is wanted


@pytest.mark.parametrize(
    ("father", "mother", "wanted"),
    [
        ({"away": True}, {"away": True}, Y),
        ({"away": True}, {"civil_capacity": "limited"}, Y),
        ({"away": True}, {}, N),
        ({"away": ...}, {"away": True}, U),
        ({"dead": True}, {"away": True}, Y),
    ],
)
def test_left_behind(father: dict[str, Any], mother: dict[str, Any], wanted: Verdict) -> None:
    child = person("a", "2015-01-01", father="f", mother="m")
    people = (child, person("f", **father), person("m", **mother))
    assert verdict(*people, programme="left_behind_child") is wanted
    grown = {**child, "born": "2010-06-30"}
    assert verdict(grown, *people[1:], programme="left_behind_child") is N


def test_a_day_before_any_version_and_one_after_the_last() -> None:
    early = one(told(person("a", OLD), on="2010-01-01"), "tekun")
    assert (early["verdict"], early["reasons"]) == ("U", [])
    assert early["warnings"][0] == "2010年1月1日还没有可用的政策版本，不能比对。"
    assert early["words"] == "信息不全，暂不能比对"


def test_without_local_standards_nothing_local_is_decided() -> None:
    found = told(person("a", OLD), homes=[household("h", "a")], dibao_std=None)
    assert one(found, "tekun")["missing"] == ["当地标准：当地低保标准"]
    assert one(found, "dibao", "h")["missing"] == ["当地标准：当地低保标准"]
    assert one(found, "dibao_edge", "h")["missing"] == ["当地标准：当地低保标准"]


def test_every_leaf_names_its_document_and_every_article_it_has() -> None:
    homes = [household("home", "a", "f")]
    stack = [node for row in told(DAUGHTER, FATHER, homes=homes) for node in row["reasons"]]
    assert len(stack) > 40
    while stack:
        node = stack.pop()
        assert node["source"]
        assert node["clause"]
        stack += node["children"]


@pytest.mark.parametrize("partial", ["1966", "1966-06"])
def test_a_birth_known_in_part_is_open_where_it_matters(partial: str) -> None:
    assert verdict(person("a", partial), on="2026-06-15") is U
    assert verdict(person("a", partial), on="2027-01-01") is Y
    assert verdict(person("a", partial), on="2025-12-31") is N
