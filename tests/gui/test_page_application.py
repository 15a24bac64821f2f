"""An application in the window: filled in by the rules, compared again when asked, its papers printed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from sample_station import at_rest, window_on

from sgz_desktop.actions import applications, forms
from sgz_desktop.actions.find import find_people
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.gui import messages
from sgz_desktop.gui.application_fills import ApplicationFills
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.application_page import ApplicationPage
from sgz_desktop.gui.paper_pane import PaperView
from tests.actions.test_applications import newer_pack


@pytest.fixture
def window(station: OpenStation, qtbot: Any) -> Iterator[MainWindow]:
    made = window_on(station, qtbot)
    made.resize(1366, 768)
    at_rest(qtbot)
    yield made
    at_rest(qtbot)


def page_of(window: MainWindow) -> ApplicationPage:
    over = window.page("aid").stack.over  # type: ignore[attr-defined]
    assert isinstance(over, ApplicationPage)
    return over


def begun(window: MainWindow, qtbot: Any, person: str, **more: str) -> ApplicationPage:
    window.go("aid", {"new": "application", "person": person, **more})
    at_rest(qtbot)
    return settled(page_of(window), qtbot)


def settled(page: ApplicationPage, qtbot: Any) -> ApplicationPage:
    qtbot.waitUntil(lambda: page.form is not None and page.watched is page.form)
    at_rest(qtbot)
    qtbot.waitUntil(lambda: page.rule is None or page.fills is not None)
    return page


def chosen(page: ApplicationPage, qtbot: Any, programme: str) -> None:
    """Choose a programme, and wait until the rules filled in what they give."""
    before = page.form
    assert before is not None
    before.body.boxes["programme"].put_value(programme)
    qtbot.waitUntil(lambda: page.form is not before)
    settled(page, qtbot)


def titles(page: ApplicationPage) -> list[object]:
    assert page.form is not None
    return [box.boxes["title"].typed() for box in page.form.body.rows["papers"].boxes]  # type: ignore[union-attr]


def test_choosing_the_programme_fills_the_rest(window: MainWindow, station: OpenStation, qtbot: Any) -> None:
    person = find_people(station.desk, "梁丙菊")[0].id
    page = begun(window, qtbot, person)
    assert page.form is not None
    assert titles(page) == []
    page.form.body.boxes["note"].put("先口头说过")
    chosen(page, qtbot, "tekun")
    assert "申请书" in titles(page)
    boxes = page.form.body.boxes
    assert boxes["accepted_by"].typed() == "乡镇（街道）"
    assert boxes["note"].typed() == "先口头说过"
    assert boxes["verdict"].control.isReadOnly()
    assert "国家规定-2026.1（随程序提供）" in page.rules.text()
    chosen(page, qtbot, "orphan")  # and everything anew with another
    assert titles(page)[0] == "申请表"
    page.save()
    at_rest(qtbot)
    (line,) = [one for one in window.page("aid")._lines["application"] if one.what.startswith("孤儿")]  # type: ignore[attr-defined]
    saved = forms.form(station.desk, line.id, "application")
    assert [row.values["title"] for row in saved.rows["papers"]] == [
        "申请表",
        "父母死亡、失踪或查找不到的证明",
        "儿童和监护人的户口簿、身份证",
    ]
    assert saved.values["policy_pack"] == "国家规定-2026.1（随程序提供）"


def test_the_panel_begins_one_for_a_programme(window: MainWindow, station: OpenStation, qtbot: Any) -> None:
    person = find_people(station.desk, "梁丙菊")[0].id
    page = begun(window, qtbot, person, programme="tekun")
    assert "申请书" in titles(page)


def test_days_that_follow_are_filled_in_and_may_be_altered(
    window: MainWindow, station: OpenStation, qtbot: Any
) -> None:
    person = find_people(station.desk, "梁丙菊")[0].id
    page = begun(window, qtbot, person, programme="tekun")
    assert page.form is not None
    boxes = page.form.body.boxes
    boxes["accepted_on"].put_value("2026-06-11")
    assert boxes["decision_due_on"].typed() == "2026-07-03"
    boxes["accepted_on"].put_value("2026-06-12")
    assert boxes["decision_due_on"].typed() == "2026-07-06"
    boxes["decision_due_on"].put_value("2026-07-20")  # by local rule
    boxes["accepted_on"].put_value("2026-06-11")
    assert boxes["decision_due_on"].typed() == "2026-07-20"
    boxes["notice_from"].put_value("2026-06-22")
    assert boxes["notice_to"].typed() == "2026-06-29"
    boxes["result_on"].put_value("2026-06-30")
    assert boxes["pays_from"].typed() in (None, "")
    boxes["result"].put_value("confirmed")
    assert boxes["pays_from"].typed() == "2026-07"
    assert boxes["review_on"].typed() == "2027-06-30"
    assert not page.path.isVisible()
    boxes["result"].put_value("refused")
    assert boxes["pays_from"].typed() in (None, "")
    assert page.path.isVisible()
    assert "可以申请复核" in page.path.text()


def on_file(station: OpenStation, programme: str = "tekun", name: str = "梁丙菊", **typed: object) -> str:
    desk = station.desk
    form = applications.new_application(desk, programme, find_people(desk, name)[0].id)
    forms.save_form(desk, form, {"applied_by": "self", **typed}, applications.given_rows(form))
    return form.id


def test_it_is_compared_again_only_when_asked(window: MainWindow, station: OpenStation, qtbot: Any) -> None:
    id = on_file(station)
    newer_pack(station.desk)
    window.go("aid", ("application", id))
    at_rest(qtbot)
    page = settled(page_of(window), qtbot)
    assert "国家规定-2026.1（随程序提供）" in page.rules.text()
    page.compare()
    at_rest(qtbot)
    settled(page, qtbot)
    assert "国家规定-2026.2（本地修改）" in page.rules.text()
    told = [one.text() for one in window.findChildren(QLabel)]
    assert "已按国家规定-2026.2（本地修改）重新比对。" in told


def test_papers_come_in_front_and_go_back_to_the_form(
    window: MainWindow, station: OpenStation, qtbot: Any
) -> None:
    id = on_file(station)
    window.go("aid", ("application", id))
    at_rest(qtbot)
    page = settled(page_of(window), qtbot)
    assert page.print_button.isVisible()
    assert [words for words, _ in page.entries()] == [
        "全部材料",
        "申请书",
        "经济状况核对授权书",
        "情况声明",
        "代办委托书",
        "材料清单",
        "递交签收条",
        "公示单",
    ]
    page.show_paper("全部材料", ())
    at_rest(qtbot)
    view = window.page("aid").stack.over  # type: ignore[attr-defined]
    assert isinstance(view, PaperView)
    qtbot.waitUntil(lambda: view.pane.data is not None, timeout=20_000)
    assert view.pane.data.startswith(b"%PDF")
    view.closed.emit()
    at_rest(qtbot)
    assert page_of(window).form is not None


def test_a_notice_that_may_not_be_is_refused_with_a_sentence(
    window: MainWindow, station: OpenStation, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = on_file(station, "orphan")
    window.go("aid", ("application", id))
    at_rest(qtbot)
    page = settled(page_of(window), qtbot)
    said: list[str] = []
    monkeypatch.setattr(messages, "show_problem", lambda problem, _owner: said.append(str(problem)))
    page.show_paper("公示单", ("notice",))
    at_rest(qtbot)
    assert [one.startswith("儿童保障不设公示环节，没有生成公示单。") for one in said] == [True]
    assert page_of(window) is page


def test_what_is_typed_is_saved_before_anything_is_printed(
    window: MainWindow, station: OpenStation, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = on_file(station)
    window.go("aid", ("application", id))
    at_rest(qtbot)
    page = settled(page_of(window), qtbot)
    assert page.form is not None
    page.form.body.boxes["note"].put("还没保存")
    said: list[str] = []
    monkeypatch.setattr(messages, "tell", lambda _owner, text, *_more: said.append(text))
    page.show_paper("申请书", ("letter",))
    page.compare()
    assert said == ["还有没保存的内容。"] * 2


def test_in_a_case_it_is_the_same_form(window: MainWindow, station: OpenStation, qtbot: Any) -> None:
    from sgz_desktop.actions import cases

    case = cases.case_lines(station.desk)[0].id
    window.go("cases", {"case": case, "new": "application"})
    at_rest(qtbot)
    page = window.page("cases").leaf  # type: ignore[attr-defined]
    assert isinstance(page, ApplicationPage)
    settled(page, qtbot)
    assert page.form is not None
    chosen(page, qtbot, "tekun")
    assert "申请书" in titles(page)
    page.save()
    at_rest(qtbot)
    saved = [one for one in cases.case_page(station.desk, case).events if one.kind == "application"]
    assert saved
    assert all("超期" not in one.text for one in saved)
    assert QApplication.focusWidget() is not None


def test_a_day_written_before_the_rules_came_counts_too(
    window: MainWindow, station: OpenStation, qtbot: Any
) -> None:
    person = find_people(station.desk, "梁丙菊")[0].id
    page = begun(window, qtbot, person, programme="tekun")
    assert page.form is not None
    assert page.rule is not None
    boxes, stood = page.form.body.boxes, page.form.form.values
    for one in boxes.values():
        one.blockSignals(True)  # as if nobody listened yet
    boxes["accepted_on"].put_value("2026-06-11")
    assert boxes["decision_due_on"].typed() in ("", None)
    ApplicationFills(page.rule, boxes, stood)
    assert boxes["decision_due_on"].typed() == "2026-07-03"
