"""An application takes what it needs from the rules in force, keeps their version, and is never late."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

import sgz_desktop
from sgz_desktop.actions import (
    agenda,
    aid,
    applications,
    cases,
    forms,
    histories,
    people,
    policies,
    workbench,
)
from sgz_desktop.actions.applications import given_rows, new_application
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form
from sgz_desktop.actions.policies import PackPreview
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.domain.following import progress_words
from sgz_desktop.domain.policy.pack import Trust
from sgz_desktop.domain.policy.reading import read_pack
from sgz_desktop.domain.policy.shipped import shipped_packs
from sgz_desktop.domain.policy.wording import CLOSING
from sgz_desktop.errors import AppError
from sgz_desktop.resources import resource

TODAY = "2026-06-30"
BLAME = ("超期", "违法")


def at(day: str) -> Callable[[], int]:
    return lambda: int(datetime.fromisoformat(f"{day}T09:00").timestamp() * 1000)


@pytest.fixture
def desk(make_station: Callable[..., OpenStation]) -> Desk:
    return make_station(now=at(TODAY)).desk


def family(desk: Desk, born: str = "1950-01-01", **typed: object) -> tuple[str, str]:
    head = people.MemberInput("02", {"name": "测试甲", "born": born, "sex": "男", **typed})
    made = people.register_household(desk, {"village": "上溪村", "village_group": "三组"}, [head])
    return made.household, made.people[0]


def applied(desk: Desk, programme: str, person: str, **typed: object) -> Form:
    """An application begun and saved as it came."""
    form = new_application(desk, programme, person)
    forms.save_form(desk, form, typed, given_rows(form))
    return forms.form(desk, form.id, "application")


def newer_pack(desk: Desk) -> str:
    """The national pack as a later version of the station's own; its fingerprint."""
    text = resource("policy/national.toml").read_text(encoding="utf-8")
    text = text.replace('version = "2026.1"', 'version = "2026.2"', 1)
    pack = read_pack(text.encode(), Trust.LOCAL)
    policies.take_pack(desk, PackPreview(pack, text, None, (), older=False))
    return pack.sha256


def test_an_application_takes_everything_from_the_pack(desk: Desk) -> None:
    _, person = family(desk)
    found = applied(desk, "tekun", person)
    values = found.values
    pack = shipped_packs()[0]
    assert values["person"] == person
    assert "household" not in values
    assert (values["programme"], values["stage"]) == ("tekun", "preparing")
    assert (values["accepted_by"], values["decided_by"]) == ("乡镇（街道）", "县级民政部门")
    assert values["policy_pack"] == "国家规定-2026.1（随程序提供）"
    assert values["policy_pack_sha256"] == pack.sha256
    assert str(values["verdict"]).startswith("特困人员救助供养：信息不全，还差")
    assert str(values["verdict"]).endswith(CLOSING)
    rows = {row.values["title"]: row.values["state"] for row in found.rows["papers"]}
    (rule,) = [one for one in pack.programmes if one.code == "tekun" and not one.effective_to]
    assert rows == {one.title: "shared" if one.shared else "missing" for one in rule.papers}
    assert rows["居民身份证、户口簿"] == "shared"
    assert rows["申请书"] == "missing"


def test_the_level_says_whether_a_person_or_the_household_applies(desk: Desk) -> None:
    home, person = family(desk)
    assert applied(desk, "dibao", person).values.get("household") == home
    assert "person" not in new_application(desk, "dibao", person).values
    alone = new_application(desk, "dibao_single", person).values
    assert (alone["person"], alone["programme"]) == (person, "dibao")
    assert str(alone["verdict"]).startswith("最低生活保障（单人户）")
    urgent = new_application(desk, "linshi_urgent", person).values
    assert (urgent["household"], urgent["programme"]) == (home, "linshi_urgent")


def test_a_programme_no_pack_knows_is_still_applied_for(desk: Desk) -> None:
    _, person = family(desk)
    form = new_application(desk, "housing", person)
    assert form.values["programme"] == "housing"
    assert form.rows["papers"] == ()
    assert "verdict" not in form.values
    id = applied(desk, "housing", person).id
    with pytest.raises(AppError, match="没有可以比对的政策"):
        applications.compare_again(desk, id)


def test_the_day_decides_the_version(make_station: Callable[..., OpenStation]) -> None:
    desk = make_station(now=at("2020-06-30")).desk
    _, person = family(desk)
    form = new_application(desk, "tekun", person)
    assert len(form.rows["papers"]) == 4  # of the 2016 measures


def test_an_application_keeps_the_version_it_was_compared_with(desk: Desk) -> None:
    _, person = family(desk)
    old = applied(desk, "tekun", person)
    sha = newer_pack(desk)
    opened = forms.form(desk, old.id, "application")
    assert opened.values == old.values
    forms.save_form(desk, opened, {"note": "电话问过"})
    assert forms.form(desk, old.id, "application").values["policy_pack_sha256"] != sha
    found = applications.compare_again(desk, old.id)
    assert found.pack == "国家规定-2026.2（本地修改）"
    assert found.before == "国家规定-2026.1（随程序提供）"
    now = forms.form(desk, old.id, "application").values
    assert now["policy_pack_sha256"] == sha
    steps = histories.record_history(desk, old.id, "application")
    assert any("重新比对" in str(step) for step in steps)
    assert any("2026.1" in str(step) for step in steps)
    assert not applications.compare_again(desk, old.id).changes.ids  # nothing new is nothing written


def test_new_facts_do_not_alter_an_old_verdict_either(desk: Desk) -> None:
    _, person = family(desk)
    old = applied(desk, "old_age", person)
    assert "信息不全" not in str(old.values["verdict"])
    forms.save_form(desk, forms.form(desk, person, "person"), {"born": "1980-01-01"})
    assert forms.form(desk, old.id, "application").values["verdict"] == old.values["verdict"]
    assert "可能不满足" in applications.compare_again(desk, old.id).line


def test_from_a_case_it_belongs_to_the_case(desk: Desk) -> None:
    _, person = family(desk)
    case = cases.open_case(desk, person=person)
    form = new_application(desk, "tekun", person, case)
    assert form.values["case"] == case


def test_the_same_sentence_wherever_it_is_listed(desk: Desk) -> None:
    _, person = family(desk)
    case = cases.open_case(desk, person=person)
    form = new_application(desk, "tekun", person, case)
    typed = {"filed_on": "2026-06-10", "accepted_on": "2026-06-11", "decision_due_on": "2026-07-03"}
    forms.save_form(desk, form, typed, given_rows(form))
    said = "已受理第12个工作日（参考时限15），可询问进度"  # the dragon boat festival is no working day
    assert [line.note for line in aid.list_applications(desk)] == [said]
    assert [line.words for line in workbench.workbench(desk).applications] == [said]
    assert [event.text for event in cases.case_page(desk, case).events if event.kind == "application"] == [
        said
    ]
    found = agenda.agenda(desk)
    (item,) = [item for items in found.days.values() for item in items if item.kind == "application"]
    assert agenda.late_words(item, TODAY) == said
    assert item.late("2026-07-30") == 0


def test_past_the_reference_it_is_asked_about_and_nobody_is_late(
    make_station: Callable[..., OpenStation],
) -> None:
    desk = make_station(now=at("2026-07-20")).desk
    _, person = family(desk)
    typed = {"filed_on": "2026-06-10", "accepted_on": "2026-06-11", "decision_due_on": "2026-07-03"}
    applied(desk, "tekun", person, **typed)
    said = "已受理第26个工作日（参考时限15），可询问进度"
    (item,) = agenda.agenda(desk).late
    assert agenda.late_words(item, "2026-07-20") == said
    (line,) = [one for one in workbench.workbench(desk).tasks if one.item and one.item.kind == "application"]
    assert (line.late, line.note) == (0, said)


@pytest.mark.parametrize("gone", [*range(0, 60, 3), 400])
@pytest.mark.parametrize("limit", [0, 15, 30])
def test_no_sentence_of_an_application_blames(gone: int, limit: int) -> None:
    from sgz_desktop.domain.workdays import add_workdays

    today = add_workdays("2026-06-01", gone)
    said = progress_words("2026-05-29", "2026-06-01", limit, today)
    assert not any(word in said for word in BLAME)
    assert said.startswith(f"已受理第{gone}个工作日")


def blaming(root: Path) -> list[str]:
    """Files below a folder in which a word of blame stands."""
    told = [path for sort in ("*.py", "*.toml") for path in root.rglob(sort)]
    assert told
    return [path.name for path in told if re.search("|".join(BLAME), path.read_text(encoding="utf-8"))]


def test_no_source_of_words_blames(tmp_path: Path) -> None:
    """Labels, codes, rules and sentences of the whole program: those who decide are never called late."""
    assert blaming(Path(sgz_desktop.__file__).parent) == []
    assert blaming(resource("codes")) == []
    assert blaming(resource("policy")) == []
    (tmp_path / "aid.py").write_text('NOTE = "已超期3天"', encoding="utf-8")
    assert blaming(tmp_path) == ["aid.py"]  # control


def test_a_refusal_is_owed_reasons_in_writing(desk: Desk) -> None:
    _, person = family(desk)
    form = applied(desk, "tekun", person, filed_on="2026-06-01")
    saved = forms.save_form(desk, form, {"result": "refused", "result_on": "2026-06-20"})
    assert {mark.field for mark in saved.marks} == {"result_reason", "told_in_writing_on"}
    told = {
        "result_reason": "财产超过规定。",
        "told_in_writing_on": "2026-06-22",
        "objected_on": "2026-06-25",
    }
    form = forms.form(desk, form.id, "application")
    assert forms.save_form(desk, form, {**told, "objection_note": "申请复核"}).marks == ()


def test_a_review_is_due_again(desk: Desk) -> None:
    _, person = family(desk)
    applied(desk, "tekun", person, result="confirmed", result_on="2026-06-20", review_on="2026-07-02")
    found = [item.what for items in agenda.agenda(desk).days.values() for item in items]
    assert "救助待遇复查：特困人员救助供养" in found


def test_the_person_and_their_family_show_it_without_a_case(desk: Desk) -> None:
    _, person = family(desk)
    own = applied(desk, "tekun", person, filed_on="2026-06-29").id
    homes = applied(desk, "dibao", person, filed_on="2026-06-10", accepted_on="2026-06-11").id
    case = cases.open_case(desk, person=person)
    form = new_application(desk, "medical", person, case)
    forms.save_form(desk, form, {"filed_on": "2026-06-28"}, given_rows(form))
    found = [one for one in people.person_page(desk, person).events if one.kind == "application"]
    assert {one.id: one.text for one in found} == {
        own: "昨天递交，等待受理",
        homes: "已受理第12个工作日（参考时限30）",
        form.id: "前天递交，等待受理",
    }
