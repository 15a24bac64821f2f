"""What is on file as a rule sees it: obligors are all told only when nobody the law names is left out."""

from __future__ import annotations

from typing import Any

import pytest

from sgz_desktop.actions import assist, forms, people, policies
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.people import MemberInput
from sgz_desktop.domain.policy.pack import Verdict
from sgz_desktop.domain.policy.reasons import Result

DAUGHTER: dict[str, Any] = {
    "name": "覃女",
    "sex": "2",
    "born": "1991-01-01",
    "disability_kinds": "肢体残疾",
    "disability_grade": "一级",
    "monthly_income": "0",
    "property_within_limit": "是",
    "categories": "低保对象",
}
FATHER: dict[str, Any] = {"name": "覃父", "sex": "1", "born": "1958-03-02", "categories": "低保对象"}


@pytest.fixture(autouse=True)
def standards(desk: Desk) -> None:
    values = {"dibao_std": "785", "income_per_capita_prev_year": "30000"}
    policies.change_local_standards(desk, "990101", values, "练习文件〔2026〕1号")


def family(desk: Desk, **typed: Any) -> tuple[str, str]:
    members = [MemberInput("02", FATHER), MemberInput("30", {**DAUGHTER, **typed})]
    father, daughter = people.register_household(desk, {"village": "上溪村"}, members).people
    return father, daughter


def tekun(desk: Desk, person: str) -> Result:
    (found,) = [one for one in assist.policies_for(desk, person) if one.programme == "tekun"]
    return found


def add(desk: Desk, kind: str, **typed: Any) -> None:
    forms.save_form(desk, forms.new_form(desk, kind, {"person": typed.pop("person")}), typed)


def words(found: Result) -> list[str]:
    return [one.words for one in found.missing]


@pytest.mark.parametrize("marital", [None, "已婚"])
@pytest.mark.parametrize("listed", [False, True])
def test_a_husband_nobody_spoke_of_keeps_it_open(desk: Desk, marital: str | None, listed: bool) -> None:
    father, daughter = family(desk, marital=marital)
    if listed:
        add(desk, "obligor", person=daughter, who=father, relation="父亲")
    found = tekun(desk, daughter)
    assert (found.verdict, words(found)) == (Verdict.U, ["配偶：还没有任何资料"])


@pytest.mark.parametrize("marital", ["未婚", "离婚", "丧偶"])
def test_who_has_no_husband_waits_for_none(desk: Desk, marital: str) -> None:
    assert tekun(desk, family(desk, marital=marital)[1]).verdict is Verdict.Y


@pytest.mark.parametrize("situation", ["已离婚", "已去世"])
def test_a_husband_of_old_is_none(desk: Desk, situation: str) -> None:
    _, daughter = family(desk, obligors_confirmed_none="是")
    add(desk, "obligor", person=daughter, relation="夫", situation=situation)
    assert tekun(desk, daughter).verdict is Verdict.Y


def test_a_son_whose_birth_nobody_knows_stays_on_the_list(desk: Desk) -> None:
    _, daughter = family(desk, marital="离婚")
    add(desk, "kinship", person=daughter, relation="子", who_name="覃小子")
    found = tekun(desk, daughter)
    assert found.verdict is Verdict.U
    assert words(found) == ["覃小子：还没有任何资料"]


def test_a_son_who_is_a_child_owes_nothing(desk: Desk) -> None:
    _, daughter = family(desk, marital="离婚")
    add(desk, "kinship", person=daughter, relation="子", who_name="覃小子", who_born="2015-01-01")
    assert tekun(desk, daughter).verdict is Verdict.Y


def test_parents_nobody_spoke_of_keep_it_open_for_the_young(desk: Desk) -> None:
    alone = {**DAUGHTER, "marital": "未婚"}
    (who,) = people.register_household(desk, {}, [MemberInput("02", alone)]).people
    assert words(tekun(desk, who)) == ["法定义务人"]
    add(desk, "obligor", person=who, relation="姐姐", who_name="覃姐", situation="无履行能力")
    assert words(tekun(desk, who)) == ["父母：还没有任何资料"]
    old = {**alone, "name": "覃老", "born": "1950-01-01"}
    (who,) = people.register_household(desk, {}, [MemberInput("02", old)]).people
    add(desk, "obligor", person=who, relation="妹妹", who_name="覃妹", situation="无履行能力")
    assert tekun(desk, who).verdict is Verdict.Y
