"""Oral consent, what may not be sent, paper archives, quality marks, handover and ratings, as actions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sgz_desktop.actions import (
    agenda,
    cases,
    casework_rules,
    figures,
    forms,
    handover,
    oral_consent,
    paper_cases,
    papers,
    people,
    quality,
    ratings,
    settings,
    signing_list,
    tasks,
)
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain import instruments
from sgz_desktop.domain.quality import Limits
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.errors import AppError
from sgz_desktop.reports.values import texts
from sgz_desktop.store import log, read


def client(desk: Desk, name: str = "测试甲") -> str:
    return people.register_household(
        desk, {"village": "上溪村"}, [people.MemberInput("02", {"name": name})]
    ).people[0]


def paper(desk: Desk, case: str, kind: str, **typed: object) -> str:
    return forms.save_form(desk, cases.new_paper(desk, case, kind), typed).id


def edits(desk: Desk) -> int:
    return int(desk.read(log.counts)["edits"])


# Oral consent


def test_an_oral_consent_passes_the_gate_and_is_due_on_paper(desk: Desk) -> None:
    case = cases.open_case(desk, person=client(desk))
    intake = cases.case_page(desk, case).papers["intake"][0]
    told = {"decision": "accept", "problem_own_words": "照料难", "urgency": "soon", "source": "visit"}
    forms.save_form(desk, forms.form(desk, intake, "intake"), told)
    lacking = [one.field for one in cases.case_page(desk, case).missing]
    assert lacking == ["ok_service", "signed_on"]
    due = oral_consent.paper_due(desk, "2026-06-30")
    assert due == "2026-07-07"
    oral_consent.agree_orally(desk, case, "钱见证", "2026-06-30", due)
    page = cases.case_page(desk, case)
    assert page.missing == ()
    (event,) = [one for one in page.events if one.kind == "consent"]
    assert (event.day, event.tag) == ("2026-06-30", "2026年7月7日前补签")
    assert [one.kind for one in signing_list.list_unsigned(desk)] == ["consent"]
    cases.move_case(desk, case, "assessment")
    assert [one.rule for one in quality.case_quality(desk, case) if one.kind == "consent"] == ["signature"]


def test_who_took_consent_back_gives_it_anew_on_another_paper(desk: Desk) -> None:
    case = cases.open_case(desk, person=client(desk))
    old = paper(desk, case, "consent", ok_service="agreed", told_on="2026-06-01", withdrawn_on="2026-06-20")
    made = oral_consent.agree_orally(desk, case, "钱见证", "2026-06-30", "2026-07-07")
    assert made.id != old
    assert forms.form(desk, old, "consent").values["told_on"] == "2026-06-01"


def test_an_oral_consent_uses_the_paper_that_waits_and_wants_a_witness(desk: Desk) -> None:
    case = cases.open_case(desk, person=client(desk))
    waiting = paper(desk, case, "consent", service_scope="上门探访")
    before = edits(desk)
    with pytest.raises(AppError, match="见证人"):
        oral_consent.agree_orally(desk, case, "  ", "2026-06-30", "2026-07-07")
    with pytest.raises(forms.FormRefused):
        oral_consent.agree_orally(desk, case, "钱见证", "2026-07-09", "2026-07-16")
    assert edits(desk) == before
    assert oral_consent.agree_orally(desk, case, "钱见证", "2026-06-30", "2026-07-07").id == waiting
    assert cases.case_page(desk, case).papers["consent"] == (waiting,)


def test_the_days_to_sign_are_the_stations_own(desk: Desk) -> None:
    casework_rules.change_casework_rules(desk, {"oral_days": "３", "least_sessions": ""})
    assert (casework_rules.casework_rules(desk).oral_days, Limits().oral_days) == (3, 7)
    assert oral_consent.paper_due(desk, "2026-06-30") == "2026-07-03"
    assert oral_consent.paper_due(desk, "2026-07-01") == "2026-07-06"  # the 4th is a Saturday
    for wrong in ("0", "1000", "七", "-1", "1.5"):
        with pytest.raises(settings.SettingRefused) as refused:
            casework_rules.change_casework_rules(desk, {"oral_days": wrong})
        assert refused.value.field == "oral_days"
    assert casework_rules.casework_rules(desk).oral_days == 3


# What may not be sent


@pytest.mark.parametrize("answer", [None, "refused"])
def test_a_referral_without_consent_is_not_sent_printed_or_passed(desk: Desk, answer: str | None) -> None:
    case = cases.open_case(desk, person=client(desk))
    referral = paper(desk, case, "referral", receiver="县福利中心", consented=answer)
    with pytest.raises(forms.FormRefused) as refused:
        forms.save_form(desk, forms.form(desk, referral, "referral"), {"sent_on": "2026-06-30"})
    assert [(one.field, one.sentence) for one in refused.value.problems] == [
        ("sent_on", "还没有本人同意转介，不能转出。")
    ]
    file = papers.case_file(desk, case)
    assert "转介函" not in [sheet.title for sheet in file.sheets]
    assert "转介函没有印：还没有本人同意转介，不能转出。" in list(texts(file))
    with pytest.raises(AppError, match="资料不能转出"):
        cases.move_case(desk, case, "referred", "家属催得急")
    agreed = {"consented": "agreed", "consented_on": "2026-06-30", "sent_on": "2026-06-30"}
    forms.save_form(desk, forms.form(desk, referral, "referral"), agreed)
    assert "转介函" in [sheet.title for sheet in papers.case_file(desk, case).sheets]
    cases.move_case(desk, case, "referred", "县里接手")


def test_control_without_the_rule_it_would_go(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sgz_desktop.actions.sending.referral_held", lambda *_: "")
    monkeypatch.setattr("sgz_desktop.actions.papers_results.referral_held", lambda *_: "")
    case = cases.open_case(desk, person=client(desk))
    paper(desk, case, "referral", receiver="县福利中心", sent_on="2026-06-30")
    assert "转介函" in [sheet.title for sheet in papers.case_file(desk, case).sheets]


def test_a_consent_paper_that_refuses_or_was_withdrawn_holds_a_referral_back(desk: Desk) -> None:
    case = cases.open_case(desk, person=client(desk))
    signed = {"told_on": "2026-06-29", "signed_on": "2026-06-29"}
    consent = paper(desk, case, "consent", ok_share_referral="refused", **signed)
    form = cases.new_paper(desk, case, "referral")
    sent = {"consented": "agreed", "consented_on": "2026-06-29", "sent_on": "2026-06-30"}
    with pytest.raises(forms.FormRefused, match="不提供给转介单位"):
        forms.save_form(desk, form, sent)
    withdrawn = {"ok_share_referral": "agreed", "withdrawn_on": "2026-06-30"}
    forms.save_form(desk, forms.form(desk, consent, "consent"), withdrawn)
    with pytest.raises(forms.FormRefused, match="撤回"):
        forms.save_form(desk, form, sent)
    forms.save_form(desk, forms.form(desk, consent, "consent"), {"withdrawn_on": None})
    saved = forms.save_form(desk, form, sent)
    forms.save_form(desk, forms.form(desk, consent, "consent"), {"ok_share_referral": "refused"})
    kept = forms.form(desk, saved.id, "referral")  # what was sent is sent: other fields can still be written
    forms.save_form(desk, kept, {"outcome_note": "已联系"})


# Paper archives


def test_a_paper_archive_is_one_closed_case_that_is_asked_for_nothing(desk: Desk) -> None:
    who = client(desk)
    before = edits(desk)
    typed = {
        "paper_number": "旧2019-03",
        "opened_on": "2019-3",
        "closed_on": "2019",
        "paper_result": "已安置",
        "worker": "前任社工",
    }
    case = paper_cases.enter_paper_case(desk, who, typed)
    assert edits(desk) == before + 1
    page = cases.case_page(desk, case)
    assert (page.stage, page.open, page.form.values["on_paper"]) == ("closed", False, True)
    assert [row.values["moved_on"] for row in page.form.rows["moves"]] == ["2019"]
    assert quality.case_quality(desk, case) == ()
    assert quality.quality_counts(desk) == {}
    assert signing_list.list_unsigned(desk) == []
    closed = [one for one in figures.indicators(desk, "2019") if (one.code, one.part) == ("C01", "closed")]
    assert [one.ids for one in closed] == [(case,)]
    assert papers.case_file(desk, case).number == page.form.values["number"]


def test_bad_input_for_an_archive_keeps_nothing(desk: Desk) -> None:
    who = client(desk)
    before = edits(desk)
    with pytest.raises(AppError, match="没有选定"):
        paper_cases.enter_paper_case(desk, "", {"closed_on": "2019-05-01"})
    for typed, field in (
        ({}, "closed_on"),
        ({"closed_on": "2019", "opened_on": "2020"}, "closed_on"),
        ({"closed_on": "2027-01-01"}, "closed_on"),
        ({"closed_on": "某年"}, "closed_on"),
    ):
        with pytest.raises(forms.FormRefused) as refused:
            paper_cases.enter_paper_case(desk, who, typed)
        assert field in [one.field for one in refused.value.problems]
    assert edits(desk) == before


# Quality marks


def test_marks_are_read_from_the_records_of_the_case_and_its_workers_others(desk: Desk) -> None:
    words = "见到本人和父亲，一起看了每日翻身的记录，商量了轮椅进出门槛要怎样改，下周再试一次。"
    first = cases.open_case(desk, person=client(desk), typed={"opened_on": "2026-06-01"})
    other = cases.open_case(desk, person=client(desk, "测试乙"), typed={"opened_on": "2026-06-01"})
    late = paper(desk, first, "session", date="2026-06-10", facts=words)
    early = paper(desk, first, "session", date="2026-05-30", facts="另写一段")
    again = paper(desk, other, "session", date="2026-06-29", judgement=words)
    found = {(one.rule, one.id) for one in quality.case_quality(desk, first)}
    assert found >= {("entry", late), ("days", early), ("same", late), ("consent", "")}
    assert ("same", again) in {(one.rule, one.id) for one in quality.case_quality(desk, other)}
    counts = quality.quality_counts(desk)
    assert counts == {case: len(quality.case_quality(desk, case)) for case in (first, other)}
    text = forms.form(desk, again, "session")
    forms.save_form(desk, text, {"judgement": "改写过，与别处不同。"})
    assert "same" not in {one.rule for one in quality.case_quality(desk, first)}


def test_goals_needs_and_results_are_read_through_their_papers(desk: Desk) -> None:
    case = cases.open_case(desk, person=client(desk))
    need = {"needs": [forms.RowInput("", {"sort": "care"})]}
    forms.save_form(desk, cases.new_paper(desk, case, "assessment"), {}, need)
    goals = {"goals": [forms.RowInput("", {"place": 1, "description": "无新压疮"})]}
    plan = forms.save_form(desk, cases.new_paper(desk, case, "plan"), {}, goals).id
    for stage in ("assessment", "plan", "intervention", "evaluation"):
        cases.move_case(desk, case, stage, "先往前走")
    rules = [one.rule for one in quality.case_quality(desk, case)]
    assert {"goal", "need", "progress"} <= set(rules)
    form = forms.form(desk, plan, "plan")
    (goal,) = form.rows["goals"]
    (needed,) = desk.read(lambda s: read.select_where(s, BY_KIND["need"]))
    row = {**goal.values, "measure": "每周查看", "due_on": "2026-09-01", "need": needed.id}
    forms.save_form(desk, form, {}, {"goals": [forms.RowInput(goal.id, row)]})
    assert not {"goal", "need"} & {one.rule for one in quality.case_quality(desk, case)}


# Handover


def test_cases_are_handed_over_at_once_with_their_open_work(desk: Desk) -> None:
    first, second = (cases.open_case(desk, person=client(desk, name)) for name in ("测试甲", "测试乙"))
    task = forms.save_form(desk, forms.new_form(desk, "task", {"case": first, "what": "补扫描件"}), {}).id
    done = forms.save_form(
        desk, forms.new_form(desk, "task", {"case": first, "what": "旧事", "worker": "李小禾"}), {}
    ).id
    tasks.finish_tasks(desk, [done])
    paper(desk, first, "consent", ok_service="agreed", ok_photo="refused", signed_on="2026-06-30")
    drafts = handover.handover_drafts(desk, [first, second])
    assert drafts[0].notes["open_work"] == "补扫描件"
    assert "不同意：拍照。" in drafts[0].notes["consent_limits"]
    assert drafts[1].notes["consent_limits"] == "还没有知情同意书。"
    before = edits(desk)
    notes = {first: {**drafts[0].notes, "promises": "下周三带轮椅图纸"}}
    made = handover.hand_over(desk, [first, second], " 王守望 ", {"reason": "left"}, notes)
    assert edits(desk) == before + 1
    assert {line.worker for line in cases.case_lines(desk)} == {"王守望"}
    assert forms.form(desk, task, "task").values["worker"] == "王守望"
    assert forms.form(desk, done, "task").values["worker"] == "李小禾"
    page = cases.case_page(desk, first)
    assert "交接：李小禾交给王守望" in [event.title for event in page.events]
    assert made.ids == tuple(event.id for one in (first, second) for event in _handovers(desk, one))
    assert handover.print_sheets(made.sheets) == handover.print_sheets(made.sheets)
    again = handover.handover_sheets(desk, list(made.ids))
    assert list(texts(again)) == list(texts(made.sheets))
    assert "下周三带轮椅图纸" in list(texts(again))


def test_what_records_of_the_case_ask_for_goes_over_with_it(desk: Desk) -> None:
    case = cases.open_case(desk, person=client(desk))
    paper(desk, case, "session", date="2026-06-29", next_on="2026-07-03", worker=desk.user)
    paper(desk, case, "plan", made_on="2026-06-01", review_on="2026-07-02", worker=desk.user)
    before = [item.worker for day in agenda.agenda(desk).days.values() for item in day if item.case == case]
    assert before == [desk.user] * 2
    handover.hand_over(desk, [case], "王守望", {}, {})
    assert [item for day in agenda.agenda(desk, own=True).days.values() for item in day if item.case] == []
    receiver = replace(desk, user="王守望")
    due = [item for day in agenda.agenda(receiver, own=True).days.values() for item in day if item.case]
    assert {item.kind for item in due} == {"session", "plan"}


def _handovers(desk: Desk, case: str) -> list[cases.Event]:
    return [event for event in cases.case_page(desk, case).events if event.kind == "handover"]


def test_each_sheet_names_its_own_case_and_no_other(desk: Desk) -> None:
    both = [cases.open_case(desk, person=client(desk, name)) for name in ("测试甲", "测试乙")]
    made = handover.hand_over(desk, both, "王守望", {}, {})
    for sheet, own, other in zip(made.sheets.sheets, ("甲", "乙"), ("乙", "甲"), strict=True):
        told = "".join(texts(sheet))
        assert f"测试{own}" in told
        assert f"测试{other}" not in told


def test_a_handover_that_cannot_be_changes_nothing(desk: Desk) -> None:
    case = cases.open_case(desk, person=client(desk))
    before = edits(desk)
    with pytest.raises(AppError, match="还没有选个案"):
        handover.hand_over(desk, [], "王守望", {}, {})
    with pytest.raises(forms.FormRefused):
        handover.hand_over(desk, [case], "  ", {}, {})
    with pytest.raises(AppError, match="本来就由"):
        handover.hand_over(desk, [case], desk.user, {}, {})
    with pytest.raises(forms.FormRefused):
        handover.hand_over(desk, [case], "王守望", {"handed_on": "2027-01-01"}, {})
    with pytest.raises(AppError, match="没有到本机"):
        handover.hand_over(desk, [case, "nowhere"], "王守望", {}, {})
    assert edits(desk) == before


def test_a_hidden_case_is_handed_over_by_its_own_worker_alone_and_printed_then(desk: Desk) -> None:
    case = cases.open_case(desk, person=client(desk), typed={"guardian_hidden": True})
    other = replace(desk, user="王守望", actor=replace(desk.actor, roles=frozenset({"social_worker"})))
    with pytest.raises(AppError, match="权限"):
        handover.hand_over(other, [case], "钱接手", {}, {})
    mine = replace(desk, actor=replace(desk.actor, roles=frozenset({"social_worker"})))
    made = handover.hand_over(mine, [case], "王守望", {}, {})
    assert handover.print_sheets(made.sheets).startswith(b"%PDF-")
    assert cases.case_lines(mine) == []
    with pytest.raises(AppError, match="权限"):
        handover.handover_sheets(mine, list(made.ids))
    assert cases.case_lines(other)[0].id == case


# Ratings


def rated(desk: Desk, person: str, day: str, **answers: str) -> str:
    typed = {"instrument": "child_risk", "rated_on": day}
    return ratings.save_rating(desk, ratings.new_rating(desk, person), typed, answers).id


def lowest(**more: str) -> dict[str, str]:
    (table,) = [one for one in instruments.shipped() if one.id == "child_risk"]
    return {item.id: item.options[0].id for item in table.items} | more


def test_a_rating_is_counted_and_compared_over_time(desk: Desk) -> None:
    who = client(desk)
    later = rated(desk, who, "2026-06-01", **lowest())
    earlier = rated(desk, who, "2026-03", **lowest(guardian="none", treatment="harsh", age="small"))
    half = rated(desk, who, "2026-05-01", age="small")
    assert "total" not in forms.form(desk, half, "rating").values
    (series,) = ratings.ratings_of(desk, who)
    assert (series.title, series.most) == ("儿童风险评估表", 32)
    assert [(one.id, one.total, one.grade) for one in series.points] == [
        (earlier, 9, "中风险"),
        (later, 0, "低风险"),
    ]
    form = forms.form(desk, earlier, "rating")
    assert instruments.read_answers(form.values["answers"])["guardian"] == "none"
    ratings.save_rating(desk, form, {"note": "补记"}, {})
    assert forms.form(desk, earlier, "rating").values["total"] == 9


def test_any_other_instrument_is_a_name_and_a_total(desk: Desk) -> None:
    who = client(desk)
    form = ratings.new_rating(desk, who)
    with pytest.raises(AppError, match="还没有选量表"):
        ratings.save_rating(desk, form, {"total": "5"}, {})
    ratings.save_rating(
        desk, form, {"instrument": "站里的孤独感表", "total": "５", "rated_on": "2026-06-01"}, {}
    )
    (series,) = ratings.ratings_of(desk, who)
    assert (series.title, series.most, series.points[0].total) == ("站里的孤独感表", 0, 5)


def test_self_care_of_the_assessments_is_compared_too(desk: Desk) -> None:
    who = client(desk)
    case = cases.open_case(desk, person=who)
    names = ratings.SELF_CARE
    for day, cannot in (("2026-06-01", 4), ("2026-06-20", 3)):
        answers = {name: "not_done" if n < cannot else "done" for n, name in enumerate(names)}
        paper(desk, case, "assessment", assessed_on=day, **answers)
    paper(desk, case, "assessment", assessed_on="2026-06-25", **{names[0]: "done"})
    (series,) = ratings.ratings_of(desk, who)
    assert [(one.total, one.grade) for one in series.points] == [(4, "完全丧失"), (3, "部分丧失")]


def test_self_care_told_twice_in_one_assessment_is_one_point(desk: Desk) -> None:
    who = client(desk)
    case = cases.open_case(desk, person=who)
    answers = dict.fromkeys(ratings.SELF_CARE, "not_done")
    told = paper(desk, case, "assessment", assessed_on="2026-06-01", **answers)
    only = paper(desk, case, "assessment", assessed_on="2026-06-02")
    for assessment in (told, only):  # a total may count what somebody can do: it is no point of the other
        score = forms.new_form(desk, "scale_score", {"assessment": assessment})
        forms.save_form(desk, score, {"instrument": "self_care6", "score": 1})
    found = {
        one.title: [(point.id, point.total) for point in one.points] for one in ratings.ratings_of(desk, who)
    }
    assert found == {"生活自理：不能自主完成": [(told, 6)], "生活自理能力六项": [(only, 1)]}


def test_a_station_brings_its_own_instrument_and_its_own_numbers(desk: Desk, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    text = (ratings.instruments.resource("instruments", "child_risk.toml")).read_text("utf-8")
    own.write_text(text.replace("from = 16", "from = 5").replace("from = 8", "from = 3"), "utf-8")
    assert ratings.import_instrument(desk, own) == "儿童风险评估表"
    (table,) = [one for one in ratings.instruments_here(desk) if one.id == "child_risk"]
    assert [band.least for band in table.bands] == [0, 3, 5]
    who = client(desk)
    rated(desk, who, "2026-06-01", **lowest(guardian="none"))
    assert ratings.ratings_of(desk, who)[0].points[0].grade == "中风险"
    phq9 = tmp_path / "phq9.toml"
    phq9.write_bytes(ratings.instruments.resource("instruments", "phq9.toml").read_bytes())
    with pytest.raises(AppError, match="不能替换"):
        ratings.import_instrument(desk, phq9)
    own.write_text("不是表", "utf-8")
    with pytest.raises(AppError, match="不合要求"):
        ratings.import_instrument(desk, own)
    assert len(ratings.instruments_here(desk)) == 2
