"""Father and daughter of the practice station, as the field's reference says they must come out (§2.4)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sgz_desktop.actions import assist, find, forms, policies, practice
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import RowInput
from sgz_desktop.domain.policy.pack import Verdict
from sgz_desktop.domain.policy.reasons import Reason, Result
from sgz_desktop.domain.policy.wording import CLOSING, headline, paragraph
from tests.domain.policy.rooms import one as one_of
from tests.domain.policy.rooms import told

PASSPHRASE = "tavo-mesi-luda-4821"
DAUGHTER, FATHER = "覃晚晴", "覃厚土"
LOCAL = {"dibao_std": "785", "income_per_capita_prev_year": "30000", "rigid_ratio": "60%"}


@pytest.fixture(scope="module")
def told_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small practice station, closed, and this computer's state of it."""
    place = tmp_path_factory.mktemp("family")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SGZ_STATE", str(place / "state"))
        station = practice.build_practice(place / "store", PASSPHRASE, town=False)
        policies.change_local_standards(station.desk, "990101", LOCAL, "练习文件〔2026〕1号")
        station.close()
    shutil.copytree(place, place / "kept")
    return place


@pytest.fixture
def desk(told_once: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """At the station as it was told, in the very place its state remembers."""
    for part in ("store", "state"):
        shutil.rmtree(told_once / part)
        shutil.copytree(told_once / "kept" / part, told_once / part)
    monkeypatch.setenv("SGZ_STATE", str(told_once / "state"))
    station = practice.open_practice(told_once / "store", practice.FIRST_WORKER, PASSPHRASE)
    assert station.notices == []
    yield station.desk
    station.close()


def named(desk: Desk, name: str) -> str:
    return find.find_people(desk, name)[0].id


def result(desk: Desk, name: str, programme: str = "tekun") -> Result:
    (found,) = [one for one in assist.policies_for(desk, named(desk, name)) if one.programme == programme]
    return found


def at(result: Result, *path: str) -> Reason:
    reasons, found = result.reasons, None
    for id in path:
        (found,) = [one for one in reasons if one.id == id]
        reasons = found.children
    assert found is not None
    return found


def write(desk: Desk, name: str, **typed: object) -> None:
    forms.save_form(desk, forms.form(desk, named(desk, name), "person"), typed)


def test_the_daughter_waits_for_her_card_her_means_and_word_of_a_husband(desk: Desk) -> None:
    found = result(desk, DAUGHTER)
    assert (found.verdict, headline(found)) == (Verdict.U, f"信息不全，还差{len(found.missing)}项")
    assert {one.words for one in found.missing} == {
        *("出生日期", "残疾人证", "本人月收入", "财产是否符合当地规定", "夫：还没有任何资料")
    }
    father, husband = at(found, "no_obligor").children
    assert [(one.id, one.verdict) for one in father.children if one.verdict is Verdict.Y] == [
        ("ob_old_dibao", Verdict.Y)
    ]
    assert (father.verdict, husband.verdict) == (Verdict.Y, Verdict.U)
    assert any("可能为完全丧失" in words for words in found.warnings)
    assert any("低保要重新核算" in words for words in found.warnings)
    assert paragraph(found).endswith(CLOSING)


def test_with_card_means_and_no_husband_she_may_qualify(desk: Desk) -> None:
    facts = {"disability_kinds": "肢体残疾", "disability_grade": "一级", "monthly_income": "0"}
    write(desk, DAUGHTER, born="1994", property_within_limit="是", **facts)
    form = forms.form(desk, named(desk, DAUGHTER), "person")
    rows = [RowInput(row.id, {}) for row in form.rows["obligors"]]
    husband = next(n for n, row in enumerate(form.rows["obligors"]) if row.values["relation"] == "11")
    assert result(desk, DAUGHTER).verdict is Verdict.U
    rows[husband] = RowInput(form.rows["obligors"][husband].id, {"situation": "已离婚"})
    forms.save_form(desk, form, {}, {"obligors": rows})
    found = result(desk, DAUGHTER)
    assert (found.verdict, headline(found)) == (Verdict.Y, "可能符合，建议申请")
    assert at(found, "no_labour").told == ""
    assert at(found, "no_labour", "limb").told == "肢体一级"


def test_the_father_has_no_labour_by_law_and_fails_once_he_earns(desk: Desk) -> None:
    found = result(desk, FATHER)
    assert at(found, "no_labour").verdict is Verdict.Y
    assert found.verdict is Verdict.U
    write(desk, FATHER, monthly_income="1800", basic_pension="0", property_within_limit="是")
    found = result(desk, FATHER)
    assert (at(found, "no_source").verdict, found.verdict) == (Verdict.N, Verdict.N)
    assert headline(found) == "按现有信息，第六条可能不满足"
    assert "有收入。收入变化要及时报告乡镇（社会救助暂行办法第十三、十八条）。" in found.warnings


def test_screen_says_the_same_of_the_same_facts(desk: Desk) -> None:
    here = result(desk, DAUGHTER)
    daughter = {"id": "a", "dead": False, "status": ["dibao"], "obligors": ["f", "h"]}
    daughter["self_care"] = dict.fromkeys(("eat", "dress", "bed", "toilet", "walk", "bath"), False)
    father = {"id": "f", "name": "覃厚土", "born": "1962", "dead": False, "status": ["dibao"]}
    there = one_of(told(daughter, father, {"id": "h", "name": "夫"}), "tekun")
    assert there["verdict"] == here.verdict
    assert set(there["missing"]) == {one.words for one in here.missing}
    assert there["pack"] == here.pack == "国家规定-2026.1"


def test_what_is_said_never_names_anybody_unfit(desk: Desk) -> None:
    for name in (DAUGHTER, FATHER):
        for one in assist.policies_for(desk, named(desk, name)):
            words = paragraph(one)
            assert not any(bad in words for bad in ("不符合", "不合格", "违法", "超期"))
            assert words.endswith(CLOSING)
