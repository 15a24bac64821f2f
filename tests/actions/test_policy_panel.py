"""The panel 可能符合的政策: where each missing fact is filled in, who sees it, answers not saved yet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sgz_desktop.actions import cases, people
from sgz_desktop.actions.allowed import ADMIN, CLERK, SUPERVISOR
from sgz_desktop.actions.assist import policies_for
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import RowInput, form, new_form, save_form
from sgz_desktop.actions.people import MemberInput
from sgz_desktop.actions.policies import change_local_standards
from sgz_desktop.actions.policy_panel import Offer, PolicyPanel, policy_panel
from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.policy.pack import Verdict
from sgz_desktop.domain.policy.places import Place
from sgz_desktop.domain.policy.shipped import shipped_packs
from sgz_desktop.domain.policy.wording import headline
from sgz_desktop.domain.records.assessment import SELF_CARE
from sgz_desktop.errors import AppError


@pytest.fixture
def family(desk: Desk) -> tuple[str, str, str]:
    """(household, father, daughter)."""
    found = people.register_household(
        desk,
        {"village": "竹林坳村"},
        [
            MemberInput("02", {"name": "覃甲田", "born": "1962-05-01", "sex": "1"}),
            MemberInput("32", {"name": "覃乙月", "born": "1991-03-02", "sex": "2"}),
        ],
    )
    return found.household, *found.people


def put(desk: Desk, kind: str, id: str, **values: object) -> Changes:
    return save_form(desk, form(desk, id, kind), values).changes


def panel(desk: Desk, person: str, **answers: object) -> PolicyPanel:
    found = policy_panel(desk, person, answers or None)
    assert found is not None
    return found


def offer(found: PolicyPanel, id: str) -> Offer:
    return next(one for one in found.offers if one.result.programme == id)


def places(one: Offer) -> set[tuple[str, str, str]]:
    return {(gap.place.kind, gap.place.id, gap.place.field) for gap in one.gaps}


def as_role(desk: Desk, *roles: str) -> Desk:
    return replace(desk, actor=Actor("w-else", frozenset(roles)), user="别人")


def test_it_says_what_the_rules_say_in_their_order(desk: Desk, family: tuple[str, str, str]) -> None:
    found = panel(desk, family[1])
    assert [one.result for one in found.offers] == list(policies_for(desk, family[1]))
    order = {Verdict.Y: 0, Verdict.U: 1, Verdict.N: 2}
    weight = {(one.id, one.level): at for at, one in enumerate(shipped_packs()[0].programmes)}
    places = {id: at for (id, _), at in weight.items()}
    keys = [(order[one.result.verdict], places[one.result.programme]) for one in found.offers]
    assert keys == sorted(keys)


def test_each_missing_fact_has_its_field(desk: Desk, family: tuple[str, str, str]) -> None:
    home, father, daughter = family
    tekun = places(offer(panel(desk, daughter), "tekun"))
    assert ("person", daughter, "monthly_income") in tekun
    assert ("person", daughter, "property_within_limit") in tekun
    assert ("standard", "", "dibao_std") in tekun
    assert any(id == father for _, id, _ in tekun)  # the obligor's own record
    dibao = places(offer(panel(desk, daughter), "dibao"))
    assert ("household", home, "monthly_income") in dibao
    assert ("household", home, "property_within_limit") in dibao
    care = places(offer(panel(desk, daughter), "disabled_care"))
    assert ("person", daughter, "disability_grade") in care


def test_somebody_not_on_file_is_told_of_in_the_record_of_who_names_them(
    desk: Desk, family: tuple[str, str, str]
) -> None:
    daughter = family[2]
    row = RowInput("", {"relation": "11", "who_name": "李某"})
    save_form(desk, form(desk, daughter, "person"), {}, {"obligors": [row]})
    found = offer(panel(desk, daughter), "tekun")
    named = [gap for gap in found.gaps if gap.words.startswith("李某")]
    assert named
    assert {gap.place for gap in named} == {Place("person", daughter, "obligors")}


def test_a_relative_on_file_of_whom_nothing_is_known_leads_to_their_own_record(
    desk: Desk, family: tuple[str, str, str]
) -> None:
    stranger = save_form(desk, new_form(desk, "person"), {"name": "何某"}).id
    row = RowInput("", {"relation": "11", "who": stranger})
    save_form(desk, form(desk, family[2], "person"), {}, {"obligors": [row]})
    found = offer(panel(desk, family[2]), "tekun")
    named = {gap.place for gap in found.gaps if gap.words.startswith("何某")}
    assert Place("person", stranger, "born") in named
    assert {(place.kind, place.id) for place in named} - {("person", stranger)} <= {("person", family[2])}


def test_who_is_in_no_household_is_asked_for_one(desk: Desk) -> None:
    alone = save_form(desk, new_form(desk, "person"), {"name": "何独", "born": "1950-01-01"}).id
    found = panel(desk, alone)
    assert found.household == ""
    kinds = {gap.place.kind for one in found.offers for gap in one.gaps}
    assert "home" in kinds
    assert "household" not in kinds


def test_a_local_standard_that_is_set_is_missing_no_more(desk: Desk, family: tuple[str, str, str]) -> None:
    before = offer(panel(desk, family[2]), "tekun")
    change_local_standards(desk, "350627", {"dibao_std": "800"}, "县民政局2026年1号")
    after = offer(panel(desk, family[2]), "tekun")
    assert ("standard", "", "dibao_std") in places(before) - places(after)


def test_answers_in_a_form_count_before_they_are_saved(desk: Desk, family: tuple[str, str, str]) -> None:
    daughter = family[2]
    put(desk, "person", daughter, disability_kinds=["4"], disability_grade="1")
    before = offer(panel(desk, daughter), "disabled_care")
    assert before.result.verdict is Verdict.U
    one = {SELF_CARE[0]: "not_done"}
    assert offer(panel(desk, daughter, **one), "disabled_care").result.verdict is Verdict.Y
    none = dict.fromkeys(SELF_CARE, "done")
    assert offer(panel(desk, daughter, **none), "disabled_care").result.verdict is not Verdict.Y
    assert offer(panel(desk, daughter), "disabled_care") == before  # nothing was kept


def test_what_is_applied_for_says_so(desk: Desk, family: tuple[str, str, str]) -> None:
    daughter = family[2]
    typed = {"person": daughter, "programme": "tekun", "filed_on": desk.today()}
    made = save_form(desk, new_form(desk, "application"), typed).id
    found = panel(desk, daughter)
    told = {one.result.programme: (one.under_way, one.application) for one in found.offers}
    assert told["tekun"] == ("办理中", made)
    assert told["disabled_care"] == ("", "")
    put(desk, "application", made, result="refused")
    assert offer(panel(desk, daughter), "tekun").under_way == ""


def assessed(desk: Desk, person: str) -> None:
    case = cases.open_case(desk, person=person)
    save_form(desk, cases.new_paper(desk, case, "assessment"), {SELF_CARE[0]: "not_done"})


def test_who_opens_no_paper_of_a_case_is_told_nothing_out_of_one(
    desk: Desk, family: tuple[str, str, str]
) -> None:
    daughter = family[2]
    put(desk, "person", daughter, disability_kinds=["4"], disability_grade="1")
    assessed(desk, daughter)
    for reader in (desk, as_role(desk, SUPERVISOR)):
        assert offer(panel(reader, daughter), "disabled_care").result.verdict is Verdict.Y
        assert any(
            one.code == "disabled_care" and one.verdict is Verdict.Y for one in policies_for(reader, daughter)
        )
    clerk = as_role(desk, CLERK)
    assert offer(panel(clerk, daughter), "disabled_care").result.verdict is Verdict.U
    assert not any(
        one.code == "disabled_care" and one.verdict is Verdict.Y for one in policies_for(clerk, daughter)
    )
    assert not panel(clerk, daughter).applies
    assert panel(desk, daughter).applies
    with pytest.raises(AppError, match="其他岗位"):
        policy_panel(as_role(desk, ADMIN), daughter)


def test_a_person_who_is_not_here_has_no_panel(desk: Desk) -> None:
    assert policy_panel(desk, "nobody") is None


def test_the_words_are_those_of_the_design(desk: Desk, family: tuple[str, str, str]) -> None:
    said = {headline(one.result) for one in panel(desk, family[1]).offers}
    assert all(words.startswith(("可能符合，建议申请", "信息不全，还差", "按现有信息，")) for words in said)
    assert not any(bad in words for words in said for bad in ("不符合", "不合格"))
