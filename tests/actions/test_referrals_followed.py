"""A referral followed up: what goes along, the answer, calls after one that has not come, days told."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from sgz_desktop.actions import (
    agenda,
    cases,
    forms,
    going_along,
    papers,
    papers_leaving,
    papers_letter,
    replies,
)
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_words import Asked, Names
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import Paper
from sgz_desktop.domain.records.base import questions
from sgz_desktop.domain.records.referral import Referral
from sgz_desktop.errors import AppError
from sgz_desktop.reports.values import ReplySlip, Table
from tests.actions.papers_station import family, paper, spoken

SENT = {
    "receiver": "云岭县社会福利中心",
    "receiver_contact": "钟守拙",
    "receiver_phone": "0999-8880101",
    "consented": "agreed",
    "consented_on": "2026-06-01",
    "sent_on": "2026-06-05",
}
MARKS = {  # what nobody else's record holds, by the item it goes along with
    "name": ("陈小雨", "13700137007"),
    "id_number": ("110105199103021229",),
    "household": ("上溪村三组甲字47号",),
    "health": ("高位截瘫，长期卧床",),
    "disability": ("2031年5月17日",),
    "income": ("312元/月",),
    "assessment": ("自理6项中5项不能完成",),
    "service": ("照护只有父亲一人",),
}


@pytest.fixture
def case(desk: Desk) -> str:
    home = family(desk)
    daughter = home.people[1]
    known = {
        "phone": "13700137007",
        "id_number": "110105199103021229",
        "illness": "高位截瘫，长期卧床",
        "disability_card": "11010519910302122944",
        "disability_valid_to": "2031-05-17",
        "monthly_income": "312",
    }
    forms.save_form(desk, forms.form(desk, daughter, "person"), known)
    made = cases.open_case(desk, person=daughter, typed={"topic": "照护只有父亲一人"})
    found = {"assessed_on": "2026-06-02", "conclusion": "自理6项中5项不能完成", "risk_basis": "独自在家"}
    paper(desk, made, "assessment", found)
    return made


def refer(desk: Desk, case: str, **typed: object) -> str:
    return paper(desk, case, "referral", {**SENT, **typed})


def answer(desk: Desk, id: str, **typed: object) -> None:
    replies.enter_reply(desk, id, {"reply_on": "2026-06-29", **typed})


def letter_words(desk: Desk, case: str) -> str:
    (sheet,) = [one for one in papers.case_file(desk, case).sheets if one.title == "转介函"]
    assert isinstance(sheet.blocks[-1], ReplySlip)
    return "".join(spoken(sheet))


def shown(desk: Desk, case: str, materials: str) -> str:
    person = str(cases.case_page(desk, case).client)
    found = going_along.material_values(desk, person, case)
    return "".join(words for _, words in going_along.ticked(found, materials))


# What goes along


@pytest.mark.parametrize("chosen", [one for n in (0, 1, 2) for one in combinations(MARKS, n)])
def test_form_and_letter_tell_what_is_ticked_and_nothing_else(
    desk: Desk, case: str, chosen: tuple[str, ...]
) -> None:
    materials = ",".join(chosen)
    refer(desk, case, materials=materials or None, reason_note="完全不能自理")
    for told in (letter_words(desk, case), shown(desk, case, materials)):
        for item, marks in MARKS.items():
            for mark in marks:
                assert (mark in told) is (item in chosen), (item, mark)
        assert "完全不能自理" not in told
        assert "独自在家" not in told
        assert "陈有田" not in told, "no name of the family"


def test_control_a_letter_with_everything_is_found_out(
    desk: Desk, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = ",".join(code_list("referral_material").codes)
    monkeypatch.setattr(papers_letter, "ticked", lambda lines, _: going_along.ticked(lines, everything))
    refer(desk, case, materials="name")
    assert "110105199103021229" in letter_words(desk, case)


def test_every_item_on_offer_has_something_behind_it(desk: Desk, case: str) -> None:
    assert set(MARKS) == set(code_list("referral_material").codes) - {going_along.NONE}
    assert going_along.ticked({}, "health,none") == (("健康情况", "没有登记"),)
    assert going_along.ticked({}, None) == ()


def test_the_letter_has_what_the_form_showed_as_a_table(desk: Desk, case: str) -> None:
    refer(desk, case, materials="name,id_number")
    (sheet,) = [one for one in papers.case_file(desk, case).sheets if one.title == "转介函"]
    (table,) = [block for block in sheet.blocks if isinstance(block, Table)]
    assert table.rows == (("姓名", "陈小雨"), ("电话", "13700137007"), ("身份证号", "110105199103021229"))


def test_without_the_name_ticked_the_letter_says_no_more_than_the_surname(desk: Desk, case: str) -> None:
    refer(desk, case, materials="health")
    assert "现将服务对象陈某转介" in letter_words(desk, case)


def test_a_referral_without_a_case_has_its_letter_too(desk: Desk, case: str) -> None:
    person = str(cases.case_page(desk, case).client)
    typed = {**SENT, "person": person, "materials": "name", "worker": "李小禾"}
    id = forms.save_form(desk, forms.new_form(desk, "referral"), typed).id
    (sheet,) = papers_leaving.leaving_paper(desk, id, "referral").sheets
    assert "13700137007" in "".join(spoken(sheet))
    assert papers_leaving.print_leaving(desk, id, "referral").startswith(b"%PDF")
    assert papers_leaving.unprintable_leaving(desk, id, "referral") == []
    unasked = {**SENT, "person": person, "consented": None, "consented_on": None, "sent_on": None}
    id = forms.save_form(desk, forms.new_form(desk, "referral"), unasked).id
    with pytest.raises(AppError, match="还没有本人同意转介"):
        papers_leaving.leaving_paper(desk, id, "referral")


# The answer, and calls after it


def due(desk: Desk) -> list[tuple[str, str]]:
    found = agenda.agenda(desk)
    items = [*found.late, *(one for day in found.days.values() for one in day)]
    return [(one.day, one.what) for one in items if one.kind == "referral"]


NO_ANSWER = "没有回执，可电话询问：云岭县社会福利中心 0999-8880101 钟守拙"


def call(desk: Desk, id: str, **typed: object) -> None:
    form = replies.new_call(desk, id)
    forms.save_form(desk, form, {"said": "还在研究", **typed})


def test_an_answer_that_does_not_come_is_asked_for_by_telephone(desk: Desk, case: str) -> None:
    id = refer(desk, case, reply_due_on="2026-06-30")
    assert due(desk) == [("2026-06-30", "转介回执：云岭县社会福利中心")]
    forms.save_form(desk, forms.form(desk, id, "referral"), {"reply_due_on": "2026-06-29"})
    assert due(desk) == [("2026-06-29", NO_ANSWER)]
    call(desk, id, spoke_to="钟守拙", ask_again_on="2026-07-03")
    assert due(desk) == [("2026-07-03", "再次询问回执：云岭县社会福利中心")]
    call(desk, id, called_time="23:59", ask_again_on="2026-07-02")
    assert due(desk) == [("2026-07-02", "再次询问回执：云岭县社会福利中心")]
    asked = replies.awaited(desk, id)
    assert len(asked.calls) == 2
    assert asked.whom == "0999-8880101（钟守拙）"
    assert asked.late
    answer(desk, id, outcome="accepted")
    assert due(desk) == []


def test_an_answer_that_only_says_wait_is_none(desk: Desk, case: str) -> None:
    id = refer(desk, case, reply_due_on="2026-06-29")
    forms.save_form(desk, forms.form(desk, id, "referral"), {"outcome": "waiting"})
    assert due(desk) == [("2026-06-29", NO_ANSWER)]


def test_a_call_that_names_no_day_leaves_the_day_before(desk: Desk, case: str) -> None:
    id = refer(desk, case, reply_due_on="2026-06-29")
    call(desk, id, ask_again_on=None)
    assert due(desk) == [("2026-06-29", NO_ANSWER)]
    call(desk, id, ask_again_on="2026-07-01")
    call(desk, id, called_time="23:59", ask_again_on=None)
    assert [day for day, _ in due(desk)] == ["2026-07-01"]


def test_a_new_call_is_made_now_and_asks_again_on_a_working_day(desk: Desk, case: str) -> None:
    form = replies.new_call(desk, refer(desk, case))
    assert form.values["called_on"] == desk.today()
    assert form.values["caller"] == desk.user
    assert form.values["ask_again_on"] == "2026-07-07"


def test_what_is_not_here_says_so(desk: Desk) -> None:
    with pytest.raises(AppError, match="还没有到本机"):
        replies.awaited(desk, "nowhere")
    with pytest.raises(AppError, match="还没有到本机"):
        papers_leaving.leaving_paper(desk, "nowhere", "referral")


def test_calls_stand_on_the_stations_own_paper_and_not_in_the_letter(desk: Desk, case: str) -> None:
    id = refer(desk, case, materials="name")
    call(desk, id, spoke_to="钟守拙", said="等床位")
    assert "等床位" not in letter_words(desk, case)
    told = "".join(spoken(papers.case_file(desk, case)))
    assert "等床位" in told


# Days that stay inside


DAYS = {"reply_on": "2026-06-11", "placed_on": "2026-06-12", "job_from": "2026-06-13"}
OUTSIDE = (Paper.CLIENT, Paper.BUREAU)


def told_outside(circle: Paper, **typed: Any) -> set[str]:
    one = Asked(Referral(**DAYS, **typed), circle, Names())
    return {name for name in questions(Referral) if one.says(name)} | {
        name for name in DAYS if one.fields(name)
    }


@pytest.mark.parametrize("circle", OUTSIDE)
@pytest.mark.parametrize("tick", [None, False])
def test_days_of_the_outcome_stay_inside_unless_ticked(circle: Paper, tick: bool | None) -> None:
    assert told_outside(circle, times_open=tick) == set()
    assert set(DAYS) <= told_outside(Paper.INTERNAL, times_open=tick)


@pytest.mark.parametrize("circle", OUTSIDE)
def test_ticked_they_may_be_told_and_nothing_more(circle: Paper) -> None:
    assert told_outside(circle, times_open=True, outcome_note="住得惯") == set(DAYS)


@pytest.mark.parametrize("circle", OUTSIDE)
def test_control_fields_declared_for_that_paper_would_be_told(
    circle: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sgz_desktop.actions import papers_words

    monkeypatch.setattr(papers_words, "let_out", lambda _: frozenset(DAYS))
    assert told_outside(circle, times_open=None) == set(DAYS)


def test_no_paper_that_leaves_the_station_names_such_a_day(desk: Desk, case: str) -> None:
    id = refer(desk, case, materials="name,service")
    outside = letter_words(desk, case)
    answer(desk, id, outcome="placed", placed_on="2026-06-27", job_from="2026-06-28")
    outside += "".join(spoken(papers.monthly_brief(desk, "2026-06")))
    for sheet in papers.case_file(desk, case).sheets:
        outside += "".join(spoken(sheet)) if sheet.paper != "INTERNAL" else ""
    assert not [day for day in ("6月27日", "6月28日", "6月29日") if day in outside]
    inside = "".join(spoken(papers.case_file(desk, case)))
    assert all(day in inside for day in ("6月27日", "6月28日", "6月29日"))
