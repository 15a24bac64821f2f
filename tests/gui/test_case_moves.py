"""A case from stage to stage: what is lacking, reasons, closing, following up, opening again."""

from __future__ import annotations

from typing import Any

from case_helpers import answer, choose_move, close_paper, control, paper_in_front, reason
from sample_station import (
    at_rest,
    dialog_of,
    open_case,
    press,
    write,
)

from sgz_desktop.actions import cases, people
from sgz_desktop.actions.forms import save_form
from sgz_desktop.actions.people import MemberInput
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.gui.dialogs.reason_dialog import ReasonDialog
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.cases import CasesPage

pytest_plugins = ["case_fixtures"]


def fresh_case(desk: Any) -> str:
    family = people.register_household(
        desk,
        {"village": "茶岭村"},
        [MemberInput("02", {"name": "吴戊山"}), MemberInput("12", {"name": "石己花"})],
    )
    return open_case(desk, family, "2026-06-20")


def test_what_the_next_stage_lacks_is_named_and_filled_in(
    page: CasesPage, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    case = fresh_case(opened[0].desk)
    page.activate(case)
    at_rest(qtbot)
    moves = page.case.moves
    assert moves.band is not None
    assert moves.band.text().startswith("进入“预估”前还差5项：接案表还没有写明接案；")
    press(moves.fill, qtbot)
    paper = paper_in_front(page, qtbot)
    assert paper.form is not None
    assert (paper.form.form.kind, paper.form.form.new) == ("intake", False)
    focused = page.window().focusWidget()
    assert focused is control(paper, "decision") or control(paper, "decision").isAncestorOf(focused)


def test_a_stage_is_passed_with_a_reason_and_never_without(
    page: CasesPage, window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    desk = opened[0].desk
    case = fresh_case(desk)
    page.activate(case)
    at_rest(qtbot)
    press(page.case.moves.pass_on, qtbot)
    dialog = dialog_of(window, ReasonDialog, qtbot)
    press(dialog.go, qtbot)
    assert dialog.reason_field.message() == "请写明原因，会记在修改日志里。"
    assert cases.case_page(desk, case).stage == "intake"
    dialog.day.set_value("2026-7-2")
    write(dialog.reason, "人在外地，电话说好")
    press(dialog.go, qtbot)
    assert dialog.day_field.message() == "请写到日，不晚于今天。"
    dialog.day.set_value("2026-6-29")
    press(dialog.go, qtbot)
    at_rest(qtbot)
    after = cases.case_page(desk, case)
    assert after.stage == "assessment"
    (move,) = [row for row in after.form.rows["moves"] if row.values.get("to_stage") == "assessment"]
    assert move.values["reason"] == "人在外地，电话说好"
    assert move.values["moved_on"] == "2026-06-29"
    assert page.case.stages._stages[1].state == "now"


def test_the_next_stage_is_one_press_when_nothing_lacks(
    case_page: CasesPage, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    press(case_page.case.moves.next, qtbot)
    at_rest(qtbot)
    assert cases.case_page(opened[0].desk, opened[1]).stage == "evaluation"
    assert case_page.case.stages._stages[4].state == "now"


def test_service_is_suspended_and_taken_up_again_from_the_menu(
    case_page: CasesPage, window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    choose_move(case_page, "中止服务")
    reason(window, qtbot, "住院两个月")
    assert cases.case_page(opened[0].desk, opened[1]).stage == "suspended"
    assert case_page.case.moves.band is not None
    assert "服务已中止" in case_page.case.moves.band.text()
    choose_move(case_page, "恢复到介入")
    reason(window, qtbot, "出院了")
    assert cases.case_page(opened[0].desk, opened[1]).stage == "intervention"


def test_where_a_case_rests_the_way_on_stands_in_the_band(
    page: CasesPage, window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    desk = opened[0].desk
    case = fresh_case(desk)
    for to, words, then in (("suspended", "恢复到接案", "intake"), ("declined", "退回接案", "intake")):
        cases.move_case(desk, case, to, "先缓一缓")
        page.activate(case)
        at_rest(qtbot)
        assert page.case.moves.back.words() == words
        press(page.case.moves.back, qtbot)
        reason(window, qtbot, "情况有变")
        assert cases.case_page(desk, case).stage == then
        assert not page.case.moves.back.isVisible()


def test_a_case_goes_back_a_stage_only_with_a_reason(
    case_page: CasesPage, window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    choose_move(case_page, "退回计划")
    dialog = dialog_of(window, ReasonDialog, qtbot)
    press(dialog.go, qtbot)
    assert cases.case_page(opened[0].desk, opened[1]).stage == "intervention"
    write(dialog.reason, "目标要改")
    press(dialog.go, qtbot)
    at_rest(qtbot)
    assert cases.case_page(opened[0].desk, opened[1]).stage == "plan"


def test_a_day_before_the_last_step_is_kept_and_said_to_be_marked(
    case_page: CasesPage, window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    said: list[str] = []
    case_page.case.said.connect(lambda words, _undo: said.append(words))
    choose_move(case_page, "退回计划")
    dialog = dialog_of(window, ReasonDialog, qtbot)
    write(dialog.reason, "目标要改")
    dialog.day.set_value("2026-1-5")
    press(dialog.go, qtbot)
    at_rest(qtbot)
    assert said[-1:] == ["已到“计划”，日期早于上一步，照样记下，标在质量自查里。"]
    rows = case_page.case.quality.table.rows
    marks = [rows.index(row, 0).data() for row in range(rows.rowCount())]
    assert sum("早于上一步" in mark for mark in marks) == 1


def write_closing(desk: Any, case: str) -> None:
    cases.move_case(desk, case, "evaluation")
    words = {"evaluated_on": "2026-06-28", "satisfaction": "5", "satisfaction_by": "self"}
    save_form(desk, cases.new_paper(desk, case, "evaluation"), words)


def test_closing_runs_from_the_report_through_the_tasks_to_a_closed_case(
    case_page: CasesPage, window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    desk, case = opened[0].desk, opened[1]
    write_closing(desk, case)
    at_rest(qtbot)
    case_page.activate(case)
    at_rest(qtbot)
    press(case_page.case.moves.fill, qtbot)
    paper = paper_in_front(case_page, qtbot)
    assert paper.form is not None
    assert paper.form.form.kind == "closure"
    control(paper, "reason").set_value("goal")
    write(control(paper, "summary"), "照护稳定。")
    control(paper, "followup_due_on").set_value("2026-9-30")
    close_paper(case_page, qtbot)
    answer(window, "结案", qtbot)
    answer(window, "一并结束", qtbot)
    after = cases.case_page(desk, case)
    assert after.stage == "closed"
    assert after.form.values["closed_on"] == "2026-06-30"
    assert not case_page.case.head.session_button.isEnabled()
    assert case_page.case.facts_side.tasks.rows == ()


def test_tasks_may_stay_when_a_case_is_closed(
    case_page: CasesPage, window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    desk, case = opened[0].desk, opened[1]
    choose_move(case_page, "提前结案")
    reason(window, qtbot, "搬到外县")
    answer(window, "返回", qtbot)
    assert cases.case_page(desk, case).stage == "intervention"
    choose_move(case_page, "提前结案")
    reason(window, qtbot, "搬到外县")
    answer(window, "留着待办", qtbot)
    assert cases.case_page(desk, case).stage == "closed"
    assert len(case_page.case.facts_side.tasks.rows) == 1


def test_following_up_starts_from_the_band(
    case_page: CasesPage, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    desk, case = opened[0].desk, opened[1]
    write_closing(desk, case)
    words = {"reason": "goal", "summary": "照护稳定。", "followup_due_on": "2026-09-30"}
    save_form(desk, cases.new_paper(desk, case, "closure"), words)
    cases.move_case(desk, case, "closed")
    case_page.activate(case)
    at_rest(qtbot)
    press(case_page.case.moves.next, qtbot)
    at_rest(qtbot)
    assert cases.case_page(desk, case).stage == "follow_up"
    press(case_page.case.moves.follow, qtbot)
    paper = paper_in_front(case_page, qtbot)
    assert paper.form is not None
    assert paper.form.form.kind == "followup"


def test_a_closed_case_is_opened_again_as_a_new_one(
    case_page: CasesPage, window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    desk, case = opened[0].desk, opened[1]
    cases.move_case(desk, case, "closed", "搬到外县")
    case_page.activate(case)
    at_rest(qtbot)
    choose_move(case_page, "重开")
    reason(window, qtbot, "又搬回来了")
    new = case_page.case.case
    assert new != case
    assert cases.case_page(desk, case).stage == "reopened"
    assert cases.case_page(desk, new).form.values["reopens"] == case
    case_page.activate(case)
    at_rest(qtbot)
    press(case_page.case.moves.new, qtbot)
    at_rest(qtbot)
    assert case_page.case.case == new


def test_a_move_is_taken_back_from_the_toast(
    page: CasesPage, window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    desk = opened[0].desk
    case = fresh_case(desk)
    page.activate(case)
    at_rest(qtbot)
    press(page.case.moves.pass_on, qtbot)
    dialog = dialog_of(window, ReasonDialog, qtbot)
    write(dialog.reason, "人在外地，电话说好")
    press(dialog.go, qtbot)
    at_rest(qtbot)
    assert cases.case_page(desk, case).stage == "assessment"
    assert window.toast.text() == "已到“预估”。10秒内可以撤销。"
    press(window.toast.undo_button, qtbot)
    at_rest(qtbot)
    after = cases.case_page(desk, case)
    assert after.stage == "intake"
    assert not [row for row in after.form.rows["moves"] if row.values.get("to_stage") == "assessment"]
    assert page.case.stages._stages[0].state == "now"
