"""需求调研: sheets are entered like any form, counted, printed blank and as a report."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pypdfium2
import pytest

from sgz_desktop.actions import forms, papers_survey, surveys
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import RowInput
from sgz_desktop.actions.surveys import answer_values
from sgz_desktop.domain.survey import typed_answer
from sgz_desktop.errors import AppError
from sgz_desktop.reports import brief
from sgz_desktop.reports.values import texts

QUESTIONS = (
    ("您家最需要哪些帮助", "many", "看病陪同\n取药代买\n有人说话\n一日三餐\n其他"),
    ("现在和谁一起住", "one", "独居\n和老伴\n和子女"),
    ("对社工站的服务满意吗", "scale", None),
    ("一年里去县医院几次", "number", None),
    ("还有什么想说的", "text", None),
)
SECRET_WORDS = "我儿子在外头欠了钱"


def words_of_pdf(data: bytes) -> str:
    """All words of a PDF, without spaces."""
    pages = pypdfium2.PdfDocument(data)
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in pages)


def new_survey(desk: Desk) -> str:
    """A survey with a question of each sort."""
    rows = [
        RowInput(
            "",
            {
                "place": place,
                "text": text,
                "sort": sort,
                "options": options,
                "most": 5 if sort == "scale" else None,
            },
        )
        for place, (text, sort, options) in enumerate(QUESTIONS, start=1)
    ]
    told = {"title": "2026年需求调研", "planned_sheets": 20, "year_plan": "每月两次就医陪同。"}
    form = forms.new_form(desk, "survey")
    return forms.save_form(desk, form, told, {"questions": rows}).id


def add_sheet(desk: Desk, survey: str, values: Mapping[str, object], typed: list[str]) -> str:
    """A sheet as the entry page saves it: what was typed, question by question."""
    entry = surveys.survey_entry(desk, survey)
    rows = []
    for question, text in zip(entry.questions, typed, strict=True):
        if (answer := typed_answer(question, text)) is not None:
            rows.append(RowInput("", answer_values(question, answer)))
    form = forms.new_form(desk, "survey_sheet", {"survey": survey, "number": entry.next_number})
    return forms.save_form(desk, form, values, {"answers": rows}).id


def answered(desk: Desk) -> str:
    """Twenty sheets of two villages, one of a third."""
    survey, chance = new_survey(desk), random.Random(7)
    for number in range(21):
        village = "溪口村" if number == 20 else ("柳林村", "东坡村")[number % 2]
        typed = [str(chance.randint(1, 4)) + "5", str(chance.randint(1, 3)), "4", "2", ""]
        typed[4] = SECRET_WORDS if number == 20 else ""
        add_sheet(desk, survey, {"village": village, "whom": "elder", "mode": "asked"}, typed)
    return survey


def test_sheets_are_numbered_and_counted(desk: Desk) -> None:
    survey = answered(desk)
    entry = surveys.survey_entry(desk, survey)
    assert (entry.next_number, entry.entered, entry.planned) == (22, 21, 20)
    assert entry.shared == {"village": "溪口村", "mode": "asked"}
    found = surveys.survey_findings(desk, survey)
    wants, lives, satisfied, times, more = found.tallies
    assert wants.lines[4].count == wants.answered == 21
    assert sum(line.count for line in lives.lines) == 21
    assert satisfied.mean == 4
    assert [line.words for line in times.lines] == ["2"]
    assert more.words == (SECRET_WORDS,)
    assert {id for line in lives.lines for id in line.sheets} == {one.id for one in found.sheets}
    assert surveys.figures_of(found.sheets) == "收回21份，覆盖3个村（居）"


def test_the_questionnaire_asks_everything(desk: Desk) -> None:
    survey = new_survey(desk)
    read = words_of_pdf(papers_survey.print_questionnaire(desk, survey))
    for text, _, options in QUESTIONS:
        assert text in read
        assert all(option in read for option in (options or "").splitlines())


def test_the_report_tells_no_words_and_no_small_group(desk: Desk) -> None:
    survey = answered(desk)
    told = "\n".join(texts(papers_survey.survey_report(desk, survey)))
    assert "每月两次就医陪同。" in told
    assert "1人写了意见" in told
    assert SECRET_WORDS not in told
    read = words_of_pdf(brief.build(papers_survey.survey_report(desk, survey)))
    assert "收回21份" in read
    (lives,) = [one for one in surveys.survey_findings(desk, survey).by_village if one.question.sort == "one"]
    assert lives.tallies[2].answered == 1  # which the page shows
    rows = {
        row[0]: row[1:]
        for section in papers_survey.survey_report(desk, survey).sections
        for block in section.blocks
        for row in getattr(block, "rows", ())
    }
    assert rows["溪口村"][0] == "*"
    assert papers_survey.SMALL_GROUPS in told  # mostly stars: named, not printed


def test_what_was_named_as_often_is_told_beside_it(desk: Desk) -> None:
    survey, read = new_survey(desk), []
    for typed in ("12", "13"):
        add_sheet(desk, survey, {"village": "柳林村"}, [typed, "", "", "", ""])
        read.append(papers_survey.survey_report(desk, survey).summary)
    assert "选“看病陪同”、“取药代买”的一样多，各占100%" in read[0]
    assert "选“看病陪同”的最多，占100%" in read[1]


def test_a_survey_without_questions_says_so(desk: Desk) -> None:
    survey = forms.save_form(desk, forms.new_form(desk, "survey"), {"title": "空的"}).id
    for asked in (surveys.survey_entry, papers_survey.survey_questionnaire):
        with pytest.raises(AppError, match="还没有题目"):
            asked(desk, survey)


def test_what_goes_into_the_plan_is_told_for_the_contract(desk: Desk) -> None:
    survey = new_survey(desk)
    assert [one.plan for one in surveys.year_plans(desk)] == ["每月两次就医陪同。"]
    assert surveys.year_plans(desk, "contract-1") == []
    form = forms.form(desk, survey, "survey")
    forms.save_form(desk, form, {"contract": "contract-1"})
    assert [one.survey for one in surveys.year_plans(desk, "contract-1")] == [survey]


def test_a_question_that_would_not_be_asked_is_marked(desk: Desk) -> None:
    for typed, field in (
        ({"text": "要什么", "sort": "one"}, "options"),
        ({"text": "要什么"}, "sort"),
    ):
        saved = forms.save_form(desk, forms.new_form(desk, "survey_question", {"survey": "s"}), typed)
        assert [one.field for one in saved.marks] == [field]
    with pytest.raises(forms.FormRefused):
        forms.save_form(
            desk,
            forms.new_form(desk, "survey_question", {"survey": "s"}),
            {"text": "满意吗", "sort": "scale", "most": 1},
        )
