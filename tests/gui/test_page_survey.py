"""需求调研 by keyboard: sheet after sheet with digits and Enter, what they say, a sheet put right."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desks import Keys, open_desk, settle
from PySide6.QtCore import Qt

from sgz_desktop.actions import forms, surveys
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import RowInput
from sgz_desktop.gui.dialogs.paper_dialog import PaperDialog
from sgz_desktop.gui.pages.station_hub import StationHub
from sgz_desktop.gui.pages.survey_entry import SurveyEntry
from sgz_desktop.gui.pages.survey_results import SurveyResults
from sgz_desktop.gui.pages.survey_verbs import enter_sheets, print_questionnaire, show_results
from sgz_desktop.gui.widgets.badge import Badge

QUESTIONS = (
    ("您家最需要哪些帮助", "many", "看病陪同\n取药代买\n有人说话\n一日三餐"),
    ("现在和谁一起住", "one", "独居\n和老伴\n和子女"),
    ("对社工站的服务满意吗", "scale", None),
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("survey")) as desk:
        yield desk


@pytest.fixture
def survey(desk: Desk) -> str:
    rows = [
        RowInput("", {"place": at, "text": text, "sort": sort, "options": options})
        for at, (text, sort, options) in enumerate(QUESTIONS, start=1)
    ]
    told = {"title": "2026年需求调研", "planned_sheets": 100}
    return forms.save_form(desk, forms.new_form(desk, "survey"), told, {"questions": rows}).id


@pytest.fixture
def hub(desk: Desk, survey: str) -> Iterator[StationHub]:
    hub = StationHub(desk, "station")
    hub.resize(1100, 700)
    hub.show()
    hub.activate({"tab": "survey"})
    settle()
    hub.card.table.set_current(survey)
    yield hub
    settle()
    hub.close()
    hub.deleteLater()


def entry_of(hub: StationHub) -> SurveyEntry:
    page = hub.stack.over
    assert isinstance(page, SurveyEntry)
    return page


def test_a_sheet_takes_few_keys_and_the_next_one_stands_ready(
    hub: StationHub, desk: Desk, survey: str
) -> None:
    enter_sheets(hub, survey)
    settle()
    page, keys = entry_of(hub), Keys(hub)
    page.boxes["village"].put("柳林村")
    for answers in (("13", "2", "5"), ("4", "1", "")):
        before = keys.count
        for _ in range(4):
            keys.press(Qt.Key.Key_Return)
        for answer in answers:
            keys.letters(answer)
            keys.press(Qt.Key.Key_Return)
        assert keys.count - before <= 4 + sum(len(one) + 1 for one in answers)
    found = surveys.survey_findings(desk, survey)
    assert [line.count for line in found.tallies[0].lines] == [1, 0, 1, 1]
    assert [sheet.village for sheet in found.sheets] == ["柳林村", "柳林村"]  # carried over
    assert found.tallies[2].answered == 1
    assert page.boxes["number"].typed() == "3"
    assert [row.line.value() for row in page.rows] == ["", "", ""]
    assert page.boxes["village"].control.hasFocus()


def test_what_cannot_be_keeps_the_keyboard_and_nothing_is_saved(
    hub: StationHub, desk: Desk, survey: str
) -> None:
    enter_sheets(hub, survey)
    settle()
    page = entry_of(hub)
    page.save()
    settle()
    assert surveys.survey_entry(desk, survey).entered == 0  # an empty sheet is none
    page.rows[1].line.set_value("12")
    assert page.rows[1].meant.text() == "这题只能选一个。"
    page.save()
    settle()
    assert surveys.survey_entry(desk, survey).entered == 0
    assert page.rows[1].line.hasFocus()
    page.rows[1].line.set_value("2")
    assert page.rows[1].meant.text() == "和老伴"


def test_a_sheet_half_typed_is_there_again(hub: StationHub, desk: Desk, survey: str) -> None:
    enter_sheets(hub, survey)
    settle()
    entry_of(hub).rows[0].line.set_value("14")
    entry_of(hub).leave()
    settle()
    enter_sheets(hub, survey)
    settle()
    assert entry_of(hub).rows[0].line.value() == "14"
    entry_of(hub).save()
    settle()
    assert surveys.survey_entry(desk, survey).entered == 1
    assert [one for one in forms.list_drafts(desk) if one.form == "survey_sheet"] == []


def test_results_open_to_sheets_and_a_sheet_is_put_right(hub: StationHub, desk: Desk, survey: str) -> None:
    enter_sheets(hub, survey)
    settle()
    page = entry_of(hub)
    for row, typed in zip(page.rows, ("1", "1", "4"), strict=True):
        row.line.set_value(typed)
    page.save()
    settle()
    show_results(hub, survey)
    settle()
    results = hub.stack.over
    assert isinstance(results, SurveyResults)
    assert [bar.note for bar in results.bars.rows][:2] == ["1人　100%", "0人　0%"]
    assert results.head.findChildren(Badge) == []
    results.bars.opened.emit(0)  # the only sheet behind it opens at once
    settle()
    again = entry_of(hub)
    assert [row.line.value() for row in again.rows] == ["1", "1", "4"]
    again.rows[0].line.set_value("2")
    again.rows[2].line.set_value("")
    again.save()
    settle()
    found = surveys.survey_findings(desk, survey)
    assert [line.count for line in found.tallies[0].lines] == [0, 1, 0, 0]
    assert found.tallies[2].answered == 0
    assert len(found.sheets) == 1
    assert isinstance(hub.stack.over, SurveyResults)


def test_the_questionnaire_is_seen_before_it_is_printed(hub: StationHub, survey: str) -> None:
    print_questionnaire(hub, survey)
    settle()
    dialog = hub.window().findChild(PaperDialog)
    assert dialog.view.pane.data.startswith(b"%PDF")
    dialog.reject()
    settle()


def test_a_number_given_twice_is_said(hub: StationHub, desk: Desk, survey: str) -> None:
    for _ in range(2):
        form = forms.new_form(desk, "survey_sheet", {"survey": survey, "number": 7})
        forms.save_form(desk, form, {"village": "柳林村"})
    show_results(hub, survey)
    settle()
    assert [badge.text() for badge in hub.stack.over.head.findChildren(Badge)] == ["问卷号重复：7"]
