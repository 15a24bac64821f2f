"""Each stage of a case walked in the window, and what stands beside it: oral consent, what may not be sent,
old paper cases, quality marks, handover, instruments."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from case_helpers import answer, choose_move, close_paper, control, paper_in_front, reason
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from sample_station import at_rest, dialog_of, household, open_case, paper, press, write

from sgz_desktop.actions import cases, paper_cases, quality, ratings, tasks
from sgz_desktop.actions.forms import form, list_drafts, save_form
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.domain import instruments
from sgz_desktop.gui import messages, theme
from sgz_desktop.gui.dialogs.oral_consent_dialog import OralConsentDialog
from sgz_desktop.gui.dialogs.paper_case_dialog import PaperCaseDialog
from sgz_desktop.gui.dialogs.reason_dialog import ReasonDialog
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.messages import Dialog
from sgz_desktop.gui.pages.cases import CasesPage
from sgz_desktop.gui.pages.handover_page import HandoverPage
from sgz_desktop.gui.pages.people import PeoplePage
from sgz_desktop.gui.pages.rating_page import RatingPage
from sgz_desktop.gui.pages.ratings_panel import chart_of
from sgz_desktop.gui.pages.settings import SettingsPage
from sgz_desktop.gui.paper_pane import PaperView

pytest_plugins = ["case_fixtures"]
Opened = tuple[OpenStation, str]


def fresh(desk: Any) -> str:
    family = household(desk, "枫树湾村", "赵庚满", "1950-01-01", ("30", "赵辛", "2015-02-03"))
    return open_case(desk, family, "2026-06-01")


def fill(page: CasesPage, qtbot: Any, **values: Any) -> None:
    """去补充, what the form then asks for, Ctrl+S."""
    page.window().activateWindow()  # a dialog that closed leaves it without the keyboard here
    press(page.case.moves.fill, qtbot)
    leaf = paper_in_front(page, qtbot)
    for name, value in values.items():
        control(leaf, name).set_value(value)
    close_paper(page, qtbot)


def go_on(page: CasesPage, qtbot: Any) -> None:
    press(page.case.moves.next, qtbot)
    at_rest(qtbot)


def leave_rows(desk: Any, case: str, kind: str) -> None:
    """The rows that stand in tables of their own are written as their forms save them."""
    from sgz_desktop.actions.forms import RowInput

    (id,) = cases.case_page(desk, case).papers[kind]
    rows = {"assessment": ("needs", {"sort": "care"}), "plan": ("goals", {"description": "无新压疮"})}
    name, row = rows[kind]
    save_form(desk, form(desk, id, kind), {}, {name: [RowInput("", row)]})


def test_a_case_walks_every_stage_from_intake_to_a_new_episode(
    page: CasesPage, window: MainWindow, opened: Opened, qtbot: Any
) -> None:
    desk = opened[0].desk
    case = fresh(desk)
    page.activate(case)
    at_rest(qtbot)
    fill(page, qtbot, decision="accept", problem_own_words="照料难", urgency="soon")
    press(page.case.moves.oral, qtbot)
    at_rest(qtbot)
    oral = dialog_of(window, OralConsentDialog, qtbot)
    write(oral.witness, "钱见证")
    press(oral.go, qtbot)
    at_rest(qtbot)
    go_on(page, qtbot)
    fill(page, qtbot, conclusion="照护要有人接手", risk="mid")
    leave_rows(desk, case, "assessment")
    at_rest(qtbot)
    go_on(page, qtbot)
    fill(page, qtbot, overall_goal="稳住照护", client_confirmed_on="2026-6-20")
    leave_rows(desk, case, "plan")
    at_rest(qtbot)
    go_on(page, qtbot)
    assert cases.case_page(desk, case).stage == "intervention"
    fill(page, qtbot, facts="教翻身")
    go_on(page, qtbot)
    choose_move(page, "退回计划")  # 评估 sends back to 计划, with a reason
    reason(window, qtbot, "目标要改")
    assert cases.case_page(desk, case).stage == "plan"
    go_on(page, qtbot)
    go_on(page, qtbot)
    fill(page, qtbot, evaluated_on="2026-6-29", satisfaction="5")
    fill(page, qtbot, reason="goal", summary="照护稳定。", followup_due_on="2026-9-30")
    answer(window, "结案", qtbot)
    go_on(page, qtbot)
    choose_move(page, "重开")
    reason(window, qtbot, "又有新情况")
    new = cases.case_page(desk, page.case.case)
    assert (new.form.values["reopens"], new.stage) == (case, "intake")
    way = [row.values["to_stage"] for row in cases.case_page(desk, case).form.rows["moves"]]
    wanted = ["intake", "assessment", "plan", "intervention", "evaluation", "plan", "intervention"]
    assert way == [*wanted, "evaluation", "closed", "follow_up", "reopened"]


def test_an_oral_consent_wants_a_witness_and_shows_its_due_day(
    page: CasesPage, window: MainWindow, opened: Opened, qtbot: Any
) -> None:
    case = fresh(opened[0].desk)
    page.activate(case)
    at_rest(qtbot)
    press(page.case.moves.oral, qtbot)
    at_rest(qtbot)
    dialog = dialog_of(window, OralConsentDialog, qtbot)
    assert dialog.due.value() == "2026年7月7日"
    press(dialog.go, qtbot)
    assert dialog.fields["witness"].message() == "请填写当时在场的见证人。"
    write(dialog.witness, "钱见证")
    dialog.on.set_value("2026-7-9")
    press(dialog.go, qtbot)
    at_rest(qtbot)
    assert "晚于今天" in dialog.fields["told_on"].message()
    dialog.on.set_value("昨天")
    press(dialog.go, qtbot)
    at_rest(qtbot)
    rows = page.case.papers.table.rows
    shown = [[rows.index(n, c).data() for c in range(2)] for n in range(rows.rowCount())]
    assert ["知情同意书", "2026年7月7日前补签"] in shown
    band = page.case.moves.band
    assert band is not None
    assert "同意" not in band.text()
    assert not page.case.moves.oral.isVisible()


def test_a_referral_without_consent_is_stopped_in_words_and_no_reason_is_asked(
    case_page: CasesPage, window: MainWindow, opened: Opened, qtbot: Any
) -> None:
    desk, case = opened[0].desk, opened[1]
    paper(desk, case, "referral", {"receiver": "县福利中心"})
    at_rest(qtbot)
    choose_move(case_page, "转介结束")
    dialog = dialog_of(window, Dialog, qtbot)
    assert dialog.text.text() == "本人还没有同意转介，资料不能转出。"
    assert [one for one in window.findChildren(ReasonDialog) if one.isVisible()] == []
    answer(window, "去记下同意", qtbot)
    leaf = paper_in_front(case_page, qtbot)
    assert leaf.form is not None
    assert leaf.form.form.kind == "referral"
    control(leaf, "sent_on").set_value("2026-6-30")
    press(leaf.save_button, qtbot)
    at_rest(qtbot)
    said = [one.text() for one in leaf.findChildren(QLabel) if one.isVisible()]
    assert "还没有本人同意转介，不能转出。" in said
    control(leaf, "consented").set_value("agreed")
    press(leaf.save_button, qtbot)
    qtbot.waitUntil(lambda: case_page.leaf is None, timeout=10_000)
    at_rest(qtbot)
    choose_move(case_page, "转介结束")
    reason(window, qtbot, "县里接手")
    assert cases.case_page(desk, case).stage == "referred"


def test_closing_lists_what_is_still_to_be_done(
    case_page: CasesPage, window: MainWindow, opened: Opened, qtbot: Any
) -> None:
    choose_move(case_page, "提前结案")
    dialog = dialog_of(window, ReasonDialog, qtbot)
    assert any("还差：结案原因还没有填" in one.text() for one in dialog.findChildren(QLabel))
    reason(window, qtbot, "搬到外县")
    asked = dialog_of(window, Dialog, qtbot)
    assert "补同意书扫描件（6月26日）" in asked.hint.text()
    answer(window, "一并结束", qtbot)
    assert tasks.list_tasks(opened[0].desk, opened[1]) == ()


# Old cases on paper


def test_an_old_case_is_entered_from_the_list_with_its_scan(
    page: CasesPage,
    window: MainWindow,
    opened: Opened,
    qtbot: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = opened[0].desk
    scan = tmp_path / "扫描.png"
    Image.new("RGB", (40, 30), "white").save(scan)
    monkeypatch.setattr(messages, "ask_open_path", lambda *_: scan)
    press(page.list.archive, qtbot)
    dialog = dialog_of(window, PaperCaseDialog, qtbot)
    press(dialog.go, qtbot)
    assert dialog.fields["client"].message() == "请输入姓名，再从列出的人里选一位。"
    dialog.picker.set_value(cases.case_page(desk, opened[1]).client, "覃乙月")
    press(dialog.go, qtbot)
    at_rest(qtbot)
    assert dialog.fields["closed_on"].message() == "请填结案日期，只记得年份也可以。"
    for name, text in (("paper_number", "旧2019-03"), ("closed_on", "2019"), ("opened_on", "2020")):
        dialog.fields[name].control.set_value(text)
    press(dialog.go, qtbot)
    at_rest(qtbot)
    assert "早于" in dialog.fields["closed_on"].message()
    dialog.fields["opened_on"].control.set_value("2018-5")
    press(dialog.scan_button, qtbot)
    press(dialog.go, qtbot)
    at_rest(qtbot)
    view = page.case
    assert view.page is not None
    assert view.page.form.values["paper_number"] == "旧2019-03"
    assert view.archive.isVisible()
    shown = [one.text() for one in view.archive.findChildren(QLabel) if one.isVisible()]
    assert {"旧2019-03", "2018年5月至2019年"} <= set(shown)
    assert view.archive.files is not None
    assert len(view.archive.files.lines) == 1
    assert not view.stages.isVisible()
    assert not view.moves.place.isVisible()
    assert not view._tabs_card.isVisible()
    renamed = tmp_path / "扫描.jpg"
    renamed.write_bytes(b"MZ" + b"\0" * 99)
    told: list[str] = []
    monkeypatch.setattr(messages, "show_problem", lambda problem, *_: told.append(problem.message))
    view.archive.files.take_in(renamed)
    at_rest(qtbot)
    assert told == ["这个文件不是照片（JPG、PNG、WEBP）或PDF，没有放入。"]
    assert len(view.archive.files.lines) == 1
    page.activate(opened[1])
    at_rest(qtbot)
    assert view.stages.isVisible()
    assert not view.archive.isVisible()


# Quality marks


def test_a_mark_opens_the_record_it_speaks_of(case_page: CasesPage, opened: Opened, qtbot: Any) -> None:
    view = case_page.case
    marks = quality.case_quality(opened[0].desk, opened[1])
    assert view._wide._words[5] == f"质量自查 {len(marks)}"
    view.tabs.set_current(5)
    at = next(n for n, mark in enumerate(marks) if mark.rule == "goal")
    view.quality.table.set_current(at)
    qtbot.keyClick(view.quality.table, Qt.Key.Key_Return)
    leaf = paper_in_front(case_page, qtbot)
    assert leaf.form is not None
    assert (leaf.form.form.kind, leaf.form.form.id) == ("plan", marks[at].id)


def test_the_list_shows_cases_with_marks(page: CasesPage, opened: Opened, qtbot: Any) -> None:
    desk = opened[0].desk
    who = cases.case_page(desk, opened[1]).client
    old = paper_cases.enter_paper_case(desk, who, {"closed_on": "2019"})
    page.list.read()
    at_rest(qtbot)
    chip = next(one for one in page.list.chips._group.buttons() if one.text() == "有质量提示")
    press(chip, qtbot)
    at_rest(qtbot)
    rows = page.list.table.rows
    assert rows.rowCount() == 1
    assert rows.index(0, 3).data().startswith("5处可补：")
    assert page.list.count.text() == "1个，共5处提示"
    page.list.chips._group.buttons()[1].click()
    assert [rows.index(n, 2).data() for n in range(rows.rowCount())] == ["纸质档案"]
    assert page.list.table.current_id() == old


# Handover


def handover_page(page: CasesPage, qtbot: Any) -> HandoverPage:
    press(page.list.handover, qtbot)
    at_rest(qtbot)
    assert isinstance(page.leaf, HandoverPage)
    return page.leaf


def test_cases_are_handed_over_and_their_sheets_shown(page: CasesPage, opened: Opened, qtbot: Any) -> None:
    desk, case = opened[0].desk, opened[1]
    second = fresh(desk)
    page.list.read()
    at_rest(qtbot)
    page.list.table.set_current(case)
    leaf = handover_page(page, qtbot)
    assert list(leaf.notes) == [case]  # the one that was chosen in the list
    press(leaf.go, qtbot)
    assert leaf.fields["name"].message() == "请填写交给谁。"
    leaf.ticks[second].click()
    at_rest(qtbot)
    assert leaf.go.words().strip() == "交接2个并打印"
    assert "补同意书扫描件" in leaf.notes[case].areas["open_work"].value()
    write(leaf.notes[case].areas["promises"], "下周三带轮椅图纸")
    write(leaf.name, "乙社工")
    leaf.reason.set_value("left")
    press(leaf.go, qtbot)
    qtbot.waitUntil(lambda: isinstance(page.leaf, PaperView), timeout=10_000)
    view = page.leaf
    assert isinstance(view, PaperView)
    qtbot.waitUntil(view.save_button.isEnabled, timeout=20_000)
    at_rest(qtbot)
    assert {line.worker for line in cases.case_lines(desk)} == {"乙社工"}
    view.closed.emit()
    at_rest(qtbot)
    assert page.leaves.currentWidget() is page.list
    assert page.list.table.rows.index(0, 5).data() == "乙社工"
    page.activate(case)
    at_rest(qtbot)
    assert page.case.timeline.rows.index(0, 0).data().startswith("交接：甲社工交给乙社工")


def test_what_is_typed_into_a_handover_waits_as_a_draft(page: CasesPage, opened: Opened, qtbot: Any) -> None:
    leaf = handover_page(page, qtbot)
    write(leaf.name, "乙社工")
    write(leaf.notes[opened[1]].areas["risks"], "门口有狗")
    leaf.leave()
    at_rest(qtbot)
    assert [draft.form for draft in list_drafts(opened[0].desk)] == ["handover"]
    again = handover_page(page, qtbot)
    assert again.name.value() == "乙社工"
    assert again.notes[opened[1]].areas["risks"].value() == "门口有狗"
    press(again.go, qtbot)
    qtbot.waitUntil(lambda: isinstance(page.leaf, PaperView), timeout=10_000)
    at_rest(qtbot)
    assert list_drafts(opened[0].desk) == []


# Instruments


def test_what_belongs_to_a_case_that_is_ticked_comes_next(
    page: CasesPage, window: MainWindow, qtbot: Any
) -> None:
    leaf = handover_page(page, qtbot)
    (id, tick) = next(iter(leaf.ticks.items()))
    tick.setChecked(True)
    at_rest(qtbot)
    tick.setFocus()
    for area in leaf.notes[id].areas.values():
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        assert window.focusWidget() is area


def test_an_empty_tab_keeps_the_keyboard_where_it_is(
    case_page: CasesPage, window: MainWindow, qtbot: Any
) -> None:
    view = case_page.case
    for _ in range(2):  # the second time it is known beforehand that nothing stands there
        view.timeline.setFocus()
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
        at_rest(qtbot)
        assert view.ratings.empty.isVisible()
        assert view._tabs_card.isAncestorOf(window.focusWidget())
        view.tabs.set_current(0)
        view._turn(0)


def rating_page(page: CasesPage, qtbot: Any) -> RatingPage:
    page.case.tabs.set_current(4)
    at_rest(qtbot)
    press(page.case.ratings.new, qtbot)
    at_rest(qtbot)
    assert isinstance(page.leaf, RatingPage)
    return page.leaf


def test_an_instrument_is_filled_in_by_keyboard_with_its_total_in_sight(
    case_page: CasesPage, window: MainWindow, opened: Opened, qtbot: Any
) -> None:
    leaf = rating_page(case_page, qtbot)
    leaf.choice.set_value("phq9")
    at_rest(qtbot)
    leaf.items.switches["q1"].setFocus()
    for number in range(1, 10):
        digit = Qt.Key.Key_1 if number < 9 else Qt.Key.Key_0
        qtbot.keyClick(window.focusWidget(), digit)
        if number == 8:
            assert leaf.result.text() == "已评8项，现在8分，还有1项没评。"
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert window.focusWidget() is leaf.note  # below the items, so after them
    assert leaf.result.text() == "总分8分。提示：轻度，建议进一步评估。"
    assert not leaf.alarm.isVisible()
    leaf.items.switches["q9"].set_value("1")
    assert leaf.alarm.isVisible()
    assert "按F8" in leaf.alarm.text()
    qtbot.keyClick(leaf, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: case_page.leaf is None, timeout=10_000)
    at_rest(qtbot)
    (series,) = ratings.ratings_of(opened[0].desk, case_page.case.page.client)
    assert [(one.total, one.grade) for one in series.points] == [(9, "轻度")]
    assert case_page.case.timeline.rows.index(0, 0).data().startswith("量表评定：PHQ-9")


def test_a_half_filled_instrument_waits_as_a_draft(case_page: CasesPage, opened: Opened, qtbot: Any) -> None:
    leaf = rating_page(case_page, qtbot)
    leaf.choice.set_value("phq9")
    leaf.items.switches["q2"].set_value("3")
    leaf.leave()
    at_rest(qtbot)
    again = rating_page(case_page, qtbot)
    assert again.choice.value() == "phq9"
    assert again.items.answers() == {"q2": "3"}
    assert [draft.form for draft in list_drafts(opened[0].desk)] == ["rating"]


def test_any_other_instrument_wants_its_name(case_page: CasesPage, opened: Opened, qtbot: Any) -> None:
    leaf = rating_page(case_page, qtbot)
    leaf.choice.set_value("")
    assert leaf.name.isVisible()
    assert not leaf.result.isVisible()
    press(leaf.save_button, qtbot)
    assert leaf.fields["name"].message() == "请写量表名称。"
    write(leaf.name, "孤独感表")
    leaf.total.set_value("十二")
    leaf.rated_on.set_value("2026-7-9")
    press(leaf.save_button, qtbot)
    at_rest(qtbot)
    assert leaf.fields["total"].message()
    leaf.total.set_value("12")
    press(leaf.save_button, qtbot)
    at_rest(qtbot)
    assert "晚于今天" in leaf.fields["rated_on"].message()
    leaf.rated_on.set_value("2026-6-9")
    press(leaf.save_button, qtbot)
    qtbot.waitUntil(lambda: case_page.leaf is None, timeout=10_000)
    assert ratings.ratings_of(opened[0].desk, case_page.case.page.client)[0].points[0].total == 12


def test_a_scan_that_cannot_be_read_costs_no_rating(
    case_page: CasesPage, opened: Opened, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(messages, "show_problem", lambda problem, *_: told.append(problem.message))
    (tmp_path / "a.jpg").write_bytes(b"MZ" + b"\0" * 99)
    monkeypatch.setattr(messages, "ask_open_path", lambda *_: tmp_path / "a.jpg")
    leaf = rating_page(case_page, qtbot)
    leaf.choice.set_value("")
    write(leaf.name, "孤独感表")
    leaf.total.set_value("12")
    press(leaf.scan_button, qtbot)
    press(leaf.save_button, qtbot)
    qtbot.waitUntil(lambda: case_page.leaf is None, timeout=10_000)
    assert told == ["这个文件不是照片（JPG、PNG、WEBP）或PDF，没有放入。"]
    assert ratings.ratings_of(opened[0].desk, case_page.case.page.client)[0].points[0].total == 12


def rate(desk: Any, person: str, day: str, **more: str) -> None:
    table = next(one for one in instruments.shipped() if one.id == "child_risk")
    answers = {item.id: item.options[0].id for item in table.items} | more
    ratings.save_rating(
        desk, ratings.new_rating(desk, person), {"instrument": "child_risk", "rated_on": day}, answers
    )


def test_scores_are_drawn_and_told_on_the_persons_page(
    window: MainWindow, opened: Opened, qtbot: Any
) -> None:
    desk = opened[0].desk
    client = cases.case_page(desk, opened[1]).client
    rate(desk, client, "2026-03-20", guardian="none", treatment="harsh", age="small")
    rate(desk, client, "2026-06-01", treatment="harsh")
    page = window.go("people", client)
    assert isinstance(page, PeoplePage)
    at_rest(qtbot)
    card = page.view.ratings
    assert card.isVisible()
    assert card.charts.accessibleDescription() == (
        "儿童风险评估表：3月20日9分（中风险）、6月1日3分（低风险），比3月20日少6分。"
    )
    card.charts.setFocus()
    qtbot.keyClick(card.charts, Qt.Key.Key_Return)
    at_rest(qtbot)
    over = page.stack.over
    assert isinstance(over, RatingPage)
    assert over.items.answers()["treatment"] == "harsh"
    over.closed.emit()
    other = desk.read(lambda s: s.connection.execute("SELECT id FROM r_person ORDER BY rid").fetchall())[0][0]
    page.show_person(other)
    at_rest(qtbot)
    assert not card.isVisible()


def test_a_chart_of_one_score_or_of_one_day_is_no_line() -> None:
    one = ratings.Series("x", "某表", "分", 0, (ratings.Point("rating", "a", "2026-06", 5),))
    shown = chart_of(one, "2026-06-30")
    assert ([dot.at for dot in shown.dots], shown.told) == ([0.5], "评过1次。")
    same = replace(one, points=one.points * 9)
    assert [dot.at for dot in chart_of(same, "2026-06-30").dots] == [0.0] * 6
    assert chart_of(same, "2026-06-30").told == "与2026年6月相同。"


@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_nothing_of_a_rating_is_cut_at_any_type_size(
    window: MainWindow, opened: Opened, qtbot: Any, qapp: QApplication, scale: float
) -> None:
    theme.apply(qapp, scale)
    page = window.go("cases")
    assert isinstance(page, CasesPage)
    page.activate(opened[1])
    at_rest(qtbot)
    page.new_paper(opened[1], "rating")
    at_rest(qtbot)
    leaf = page.leaf
    assert isinstance(leaf, RatingPage)
    for id in ("child_risk", "phq9"):
        leaf.choice.set_value(id)
        at_rest(qtbot)
        room = leaf.items.width()
        for made in leaf.items.switches.values():
            assert made.sizeHint().width() <= made.width()
            assert made.geometry().right() <= room


# The station's own numbers


def test_the_stations_numbers_are_kept_and_what_is_none_is_told(
    window: MainWindow, opened: Opened, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = window.go("settings")
    assert isinstance(settings, SettingsPage)
    at_rest(qtbot)
    card = settings.casework
    card.fields["least_sessions"].control.set_value("多")
    card.save()
    at_rest(qtbot)
    assert card.fields["least_sessions"].message() == "请填1到999的整数。"
    card.fields["least_sessions"].control.set_value("2")
    card.save()
    at_rest(qtbot)
    from sgz_desktop.actions.casework_rules import casework_rules

    assert casework_rules(opened[0].desk).least_sessions == 2
    own = tmp_path / "own.toml"
    text = instruments.resource("instruments", "child_risk.toml").read_text("utf-8")
    own.write_text(text.replace('"child_risk"', '"own"').replace("儿童风险评估表", "独居老人表"), "utf-8")
    monkeypatch.setattr(messages, "ask_open_path", lambda *_: own)
    card._import()
    at_rest(qtbot)
    assert "独居老人表" in card.tables.text()
