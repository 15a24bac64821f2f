"""Papers an application is handed in with, and what is put up in public: filled in, and nothing too much."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sgz_desktop.actions import cases, forms, people
from sgz_desktop.actions.applications import given_rows, new_application
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers import case_file
from sgz_desktop.actions.papers_application import FORMS, application_papers, print_application
from sgz_desktop.actions.papers_notice import print_notice, public_notice
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.domain.policy import filing
from sgz_desktop.domain.policy.pack import Verdict
from sgz_desktop.domain.policy.shipped import shipped_packs
from sgz_desktop.domain.policy.wording import BOX, CLOSING
from sgz_desktop.errors import AppError
from sgz_desktop.reports.values import Handouts
from sgz_desktop.reports.values import Verdict as Verdict_
from tests.actions.papers_station import spoken
from tests.actions.test_agenda import at
from tests.actions.test_applications import newer_pack

PLANTED = {
    "verdict": "特困人员救助供养：按现有信息，第六条可能不满足。" + CLOSING,
    "note": "社工判断：怕是批不下来",
    "result_reason": "财产超过规定",
    "objection_note": "家属很不满",
}
FACTS = {  # on file, and nobody's to read in public
    "id_number": "350627195003020028",
    "phone": "13800001234",
    "illness": "高血压",
    "monthly_income": "320",
    "hukou_address": "旧宅巷8号",
}


@pytest.fixture
def desk(make_station: Callable[..., OpenStation]) -> Desk:
    return make_station(now=at("2026-06-30")).desk


def family(desk: Desk, **typed: object) -> people.Registered:
    head = {"name": "梁丙菊", "born": "1950-03-02", "sex": "女", **FACTS, **typed}
    living = [
        people.MemberInput("02", head),
        people.MemberInput("20", {"name": "覃乙月", "born": "1990-01-01"}),
    ]
    home = {"village": "上溪村", "village_group": "三组", "house_number": "12号"}
    return people.register_household(desk, home, living)


def applied(desk: Desk, programme: str, person: str, **typed: object) -> str:
    form = new_application(desk, programme, person)
    forms.save_form(desk, form, typed, given_rows(form))
    return form.id


def words(paper: Handouts) -> str:
    return "\n".join(spoken(paper))


def titles(paper: Handouts) -> list[str]:
    return [sheet.title for sheet in paper.sheets]


def test_the_set_is_what_the_programme_asks_for(desk: Desk) -> None:
    person = family(desk).people[0]
    own = applied(desk, "tekun", person, applied_by="self")
    assert titles(application_papers(desk, own)) == [
        "申请书",
        "经济状况核对授权书",
        "情况声明",
        "材料清单",
        "递交签收条",
    ]
    sent = applied(desk, "tekun", person, applied_by="proxy")
    assert "代办委托书" in titles(application_papers(desk, sent))
    assert titles(application_papers(desk, own, ["proxy"])) == ["代办委托书"]
    age = applied(desk, "old_age", person, applied_by="self")
    assert titles(application_papers(desk, age)) == ["材料清单", "递交签收条"]


def test_it_is_filled_in_from_what_is_on_file(desk: Desk) -> None:
    made = family(desk)
    id = applied(desk, "dibao", made.people[0], applied_by="self", filed_on="2026-06-29")
    told = words(application_papers(desk, id))
    for fact in ("梁丙菊", "覃乙月", FACTS["id_number"], FACTS["phone"], "上溪村三组12号", "最低生活保障"):
        assert fact in told
    assert "2026年6月29日" in told
    assert "居民身份证、户口簿" in told  # shared: on the list, and not among what is handed over
    (receipt,) = application_papers(desk, id, ["receipt"]).sheets
    assert "居民身份证" not in "\n".join(spoken(receipt))


def test_what_is_not_known_is_left_to_write(desk: Desk) -> None:
    home = people.register_household(desk, {}, [people.MemberInput("02", {"name": "测试乙"})])
    id = applied(desk, "tekun", home.people[0])
    told = words(application_papers(desk, id, list(FORMS)))
    assert "＿＿＿" in told
    assert "None" not in told
    assert print_application(desk, id, list(FORMS)).startswith(b"%PDF")


def unwanted(paper: Handouts, *more: str) -> set[str]:
    """What must not stand on a paper for the family: a verdict's words, and what was planted."""
    told = words(paper)
    ours = (
        BOX[Verdict.N],
        BOX[Verdict.U],
        "可能符合",
        "信息不全",
        CLOSING,
        "政策包",
        *PLANTED.values(),
        *more,
    )
    return {word for word in ours if word in told}


@pytest.mark.parametrize("programme", ["tekun", "dibao", "linshi", "orphan", "medical", "old_age", "housing"])
def test_no_verdict_stands_on_a_paper_for_the_family(desk: Desk, programme: str) -> None:
    """Not-met results never print on papers for the family, whatever was found or written."""
    person = family(desk, born="1990-01-01").people[0]
    id = applied(desk, programme, person, result="refused", **PLANTED)
    stored = str(forms.form(desk, id, "application").values["verdict"])
    assert BOX[Verdict.N] in stored
    assert (
        unwanted(application_papers(desk, id, list(FORMS)), FACTS["illness"], FACTS["hukou_address"]) == set()
    )


def test_control_a_paper_that_told_the_verdict_is_seen(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from sgz_desktop.actions import papers_application

    person = family(desk).people[0]
    id = applied(desk, "tekun", person, **PLANTED)
    text = (*papers_application.RECEIPT[:1], PLANTED["verdict"])
    monkeypatch.setattr(papers_application, "RECEIPT", text)
    assert BOX[Verdict.N] in unwanted(application_papers(desk, id, ["receipt"]))


def test_the_notice_holds_a_name_a_village_and_days(desk: Desk) -> None:
    made = family(desk)
    id = applied(
        desk, "tekun", made.people[0], notice_from="2026-06-23", accepted_by="青禾镇民政办", **PLANTED
    )
    paper = public_notice(desk, id)
    told = words(paper)
    for fact in ("梁丙菊", "上溪村", "特困人员救助供养", "2026年6月23日至2026年6月30日", "青禾镇民政办"):
        assert fact in told
    hidden = (*FACTS.values(), "三组", "12号", "覃乙月", "1950", "女", "320")
    assert [fact for fact in hidden if fact in told] == []
    assert unwanted(paper) == set()
    assert print_notice(desk, id).startswith(b"%PDF")


def test_of_a_household_only_its_head_is_named(desk: Desk) -> None:
    told = words(public_notice(desk, applied(desk, "dibao", family(desk).people[1])))
    assert "梁丙菊" in told
    assert "覃乙月" not in told


@pytest.mark.parametrize(
    ("programme", "born", "why"),
    [
        ("orphan", "2015-01-01", filing.CHILDREN),
        ("unsupported_child", "2015-01-01", filing.CHILDREN),
        ("orphan", "1950-01-01", filing.CHILDREN),
        ("tekun", "2015-01-01", filing.MINOR),
        ("dibao", "2015-01-01", filing.MINOR),
        ("tekun", None, filing.BORN_UNKNOWN),
        ("old_age", "1940-01-01", filing.NOT_REQUIRED),
        ("housing", "1940-01-01", filing.NOT_REQUIRED),
    ],
)
def test_nothing_is_put_up_about_a_child(desk: Desk, programme: str, born: str | None, why: str) -> None:
    """T14: refused with a sentence for children's programmes and for those who are or may be minors."""
    id = applied(desk, programme, family(desk, born=born, id_number=None).people[0])
    with pytest.raises(AppError, match=why):
        public_notice(desk, id)
    with pytest.raises(AppError, match=why):
        print_notice(desk, id)


def test_control_without_the_rule_a_child_would_be_named(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from sgz_desktop.actions import papers_notice

    id = applied(desk, "tekun", family(desk, born="2015-01-01", id_number=None).people[0])
    monkeypatch.setattr(papers_notice, "notice_refused", lambda *_: "")
    assert "梁丙菊" in words(public_notice(desk, id))


def test_every_sentence_of_refusal_is_short_and_polite() -> None:
    for said in (filing.CHILDREN, filing.MINOR, filing.BORN_UNKNOWN, filing.NOT_REQUIRED):
        assert len(said) <= 30
        assert said.endswith("。")
        assert "您" not in said


def test_an_application_that_is_not_here_is_not_printed(desk: Desk) -> None:
    with pytest.raises(AppError, match="没有找到"):
        application_papers(desk, "nobody")


def sheet_of(desk: Desk, case: str) -> Verdict_:
    (found,) = [sheet for sheet in case_file(desk, case).sheets if sheet.title == "救助申请协助单"]
    (block,) = [one for one in found.blocks if isinstance(one, Verdict_)]
    return block


def in_case(desk: Desk, programme: str, **typed: object) -> tuple[str, str]:
    """A case with one application as it was begun; the ids of both."""
    person = family(desk).people[0]
    case = cases.open_case(desk, person=person)
    form = new_application(desk, programme, person, case)
    forms.save_form(desk, form, typed, given_rows(form))
    return case, form.id


def test_the_sheet_draws_the_conditions_while_the_rules_are_the_same(desk: Desk) -> None:
    case, id = in_case(desk, "tekun")
    kept = str(forms.form(desk, id, "application").values["verdict"]).removesuffix(CLOSING)
    block = sheet_of(desk, case)
    assert block.line == kept
    assert [(one.verdict, one.text, one.article) for one in block.conditions if one.level == 0] == [
        ("MET", "申请人健在：是", "第四条"),
        ("MET", "无劳动能力", "第五条"),
        ("MISSING", "无生活来源", "第六条"),
        ("MISSING", "无法定义务人，或义务人都无履行能力：覃乙月、配偶", "第八条"),
    ]
    assert next(one.text for one in block.conditions if one.level == 1).startswith("60周岁以上：76岁")
    sha = shipped_packs()[0].sha256
    assert block.pack == f"政策包：国家规定-2026.1（随程序提供）　指纹{sha[:16]}"
    assert block.closing == CLOSING


def test_under_other_rules_the_words_kept_stand_alone(desk: Desk) -> None:
    case, _ = in_case(desk, "tekun")
    before = sheet_of(desk, case)
    newer_pack(desk)
    after = sheet_of(desk, case)
    assert (after.line, after.pack, after.conditions) == (before.line, before.pack, ())


def test_new_facts_alter_the_tree_and_not_the_words(desk: Desk) -> None:
    case, _ = in_case(desk, "tekun")
    before = sheet_of(desk, case)
    person = str(cases.case_page(desk, case).client)
    forms.save_form(desk, forms.form(desk, person, "person"), {"born": "1990-01-01"})
    after = sheet_of(desk, case)
    assert after.line == before.line
    assert ("MISSING", "无劳动能力") in [(one.verdict, one.text) for one in after.conditions]
    assert "按现有档案" in after.title


def test_where_nothing_was_kept_it_is_compared_as_it_is_printed(desk: Desk) -> None:
    person = family(desk).people[0]
    case = cases.open_case(desk, person=person)
    typed = {"household": None, "programme": "tekun"}
    id = forms.save_form(desk, cases.new_paper(desk, case, "application"), typed).id
    block = sheet_of(desk, case)
    assert block.line.startswith("特困人员救助供养：信息不全，还差")
    assert block.pack.startswith("依据民发〔2021〕43号，政策包国家规定-2026.1（随程序提供）　指纹")
    assert block.conditions
    assert "verdict" not in forms.form(desk, id, "application").values  # and not kept


def test_after_a_refusal_the_sheet_says_what_may_be_done(desk: Desk) -> None:
    case, _ = in_case(desk, "tekun", result="refused", told_in_writing_on="2026-06-22")
    told = "\n".join(spoken(case_file(desk, case)))
    assert "可以申请复核，15个工作日内重新调查" in told
    assert "书面告知日期" in told
    other, _ = in_case(desk, "dibao", result="confirmed")
    assert "申请复核" not in "\n".join(spoken(case_file(desk, other)))
