"""Cases: the list, the page, its papers as forms, its stages, and the file as a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from sample_station import (
    at_rest,
    copy_of_sample,
    dialog_of,
    open_case,
    press,
    save,
    window_on,
    write,
)

from sgz_desktop import files
from sgz_desktop.actions import cases, papers, people
from sgz_desktop.actions.assessing import self_care_words
from sgz_desktop.actions.forms import RowInput, form, save_form
from sgz_desktop.actions.people import MemberInput
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.domain.records.assessment import SELF_CARE
from sgz_desktop.errors import AppError
from sgz_desktop.gui import messages
from sgz_desktop.gui.dialogs.person_dialog import PersonDialog
from sgz_desktop.gui.dialogs.reason_dialog import ReasonDialog
from sgz_desktop.gui.dialogs.task_dialog import TaskDialog
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.messages import Dialog
from sgz_desktop.gui.pages.assessment_side import AssessmentSide
from sgz_desktop.gui.pages.cases import CasesPage
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.record_page import RecordPage
from sgz_desktop.gui.theme import WidthClass
from sgz_desktop.gui.widgets.buttons import Button
from sgz_desktop.gui.widgets.segmented import Segmented

KEY, CTRL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any) -> Iterator[tuple[OpenStation, str]]:
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    station, case = copy_of_sample(tmp_path)
    yield station, case
    at_rest(qtbot)
    station.close()


@pytest.fixture
def window(opened: tuple[OpenStation, str], qtbot: Any) -> MainWindow:
    return window_on(opened[0], qtbot)


@pytest.fixture
def page(window: MainWindow, qtbot: Any) -> CasesPage:
    found = window.go("cases")
    assert isinstance(found, CasesPage)
    at_rest(qtbot)
    return found


@pytest.fixture
def case_page(page: CasesPage, opened: tuple[OpenStation, str], qtbot: Any) -> CasesPage:
    page.activate(opened[1])
    at_rest(qtbot)
    return page


def paper_in_front(page: CasesPage, qtbot: Any) -> RecordPage:
    """The form that was asked for, read and shown."""
    qtbot.waitUntil(lambda: isinstance(page.leaf, RecordPage) and page.leaf.form is not None)
    assert isinstance(page.leaf, RecordPage)
    return page.leaf


def control(paper: RecordPage, name: str) -> Any:
    assert paper.form is not None
    paper.form.body.build_all()
    return paper.form.body.boxes[name].control


def close_paper(page: CasesPage, qtbot: Any) -> None:
    """Ctrl+S, and wait for the page of the case."""
    qtbot.keyClick(page.leaf, KEY.Key_S, CTRL)
    qtbot.waitUntil(lambda: page.leaf is None, timeout=10_000)
    at_rest(qtbot)


def reason(window: MainWindow, qtbot: Any, text: str) -> None:
    dialog = dialog_of(window, ReasonDialog, qtbot)
    write(dialog.reason, text)
    press(dialog.go, qtbot)
    at_rest(qtbot)


def choose_move(page: CasesPage, words: str) -> None:
    (action,) = [one for one in page.case.menu.findChild(QMenu).actions() if one.text() == words]
    action.trigger()


def answer(window: MainWindow, words: str, qtbot: Any) -> None:
    dialog = dialog_of(window, Dialog, qtbot)
    (found,) = [one for one in dialog.findChildren(Button) if one.words() == words]
    press(found, qtbot)
    at_rest(qtbot)


# the list


def test_the_list_marks_high_risk_and_opens_on_enter(
    page: CasesPage, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    assert page.list.head.facts.text() == "在办1个，高风险1个"
    index = page.list.table.rows.index(0, 1)
    assert index.data() == "高风险"
    page.list.table.setFocus()
    qtbot.keyClick(page.list.table, KEY.Key_Return)
    at_rest(qtbot)
    assert page.leaves.currentWidget() is page.case
    assert page.case.head.title.text() == "覃乙月"


def test_the_list_is_filtered_by_state_and_searched_by_initials(
    page: CasesPage, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    desk = opened[0].desk
    other = cases.open_case(desk, person=people_named(desk, "梁丙菊"))
    cases.move_case(desk, other, "declined", "本人不愿意")
    page.list.read()
    at_rest(qtbot)
    assert page.list.count.text() == "1个"
    page.list.chips.set_value(None)
    page.list.chips.changed.emit(None)
    assert page.list.count.text() == "2个"
    qtbot.keyClicks(page.list.box, "lbj")
    qtbot.waitUntil(lambda: list(page.list.table.rows.ids()) == [other])
    page.list.box.clear()
    qtbot.keyClicks(page.list.box, "zzz")
    qtbot.waitUntil(page.list.empty.isVisible)
    assert page.list.empty.accessibleName() == "没有找到“zzz”，可换拼音首字母再找。"


def people_named(desk: Any, name: str) -> str:
    from sgz_desktop.actions.find import find_people

    return find_people(desk, name)[0].id


def test_a_case_is_opened_for_somebody_from_the_list(
    page: CasesPage, window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    press(page.list.new, qtbot)
    dialog = dialog_of(window, PersonDialog, qtbot)
    press(dialog.go, qtbot)
    assert "请输入姓名" in dialog.field.message()
    dialog.picker.set_value(people_named(opened[0].desk, "罗丁根"))
    press(dialog.go, qtbot)
    qtbot.waitUntil(lambda: page.leaves.currentWidget() is page.case)
    at_rest(qtbot)
    assert page.case.head.title.text() == "罗丁根"
    assert page.case.page is not None
    assert page.case.page.stage == "intake"


# the page


def test_the_page_shows_stages_story_and_side(case_page: CasesPage) -> None:
    view = case_page.case
    assert view.head.facts.text() == "个案2026-A001·主责甲社工·3月12日接案"
    states = [(one.label, one.state) for one in view.stages._stages]
    assert states[:5] == [
        ("接案", "done"),
        ("预估", "done"),
        ("计划", "done"),
        ("介入", "now"),
        ("评估", "todo"),
    ]
    assert view.timeline.rows.index(0, 0).data().startswith("走访，第2节")
    assert view.moves.band is not None
    assert view.moves.band.text() == "资料已齐，可以进入“评估”。"
    assert [row.what for row in view.facts_side.tasks.rows] == ["补同意书扫描件"]


def test_tabs_turn_with_alt_and_show_papers_goals_and_family(
    case_page: CasesPage, window: MainWindow, qtbot: Any
) -> None:
    view = case_page.case
    qtbot.keyClick(window, KEY.Key_2, ALT)
    rows = [view.papers.table.rows.index(n, 0).data() for n in range(view.papers.table.rows.rowCount())]
    assert rows[:4] == ["个案接案表", "知情同意书", "需求评估表", "服务计划书"]
    assert "结案报告" in rows
    qtbot.keyClick(window, KEY.Key_3, ALT)
    at_rest(qtbot)
    assert view.goals.overall.text() == "总目标：稳住照护，再谈安置"
    assert view.goals.goals.rows.rowCount() == 2
    qtbot.keyClick(window, KEY.Key_4, ALT)
    at_rest(qtbot)
    assert view.family.table.rows.index(1, 0).data() == "覃乙月"


def test_an_entry_of_the_story_opens_its_record(case_page: CasesPage, qtbot: Any) -> None:
    case_page.case.timeline.setFocus()
    qtbot.keyClick(case_page.case.timeline, KEY.Key_Return)
    paper = paper_in_front(case_page, qtbot)
    assert paper.form is not None
    assert paper.form.form.kind == "visit"
    qtbot.keyClick(paper, KEY.Key_Left, ALT)
    qtbot.waitUntil(lambda: case_page.leaves.currentWidget() is case_page.case)


def test_a_session_is_written_by_keyboard(
    case_page: CasesPage, window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    qtbot.keyClick(window, KEY.Key_N, CTRL)
    paper = paper_in_front(case_page, qtbot)
    assert paper.head.title.text() == "第3节过程记录"
    write(control(paper, "facts"), "父亲能独立翻身护理。")
    close_paper(case_page, qtbot)
    page = cases.case_page(opened[0].desk, opened[1])
    assert page.sessions == 3
    assert case_page.case.timeline.rows.index(0, 0).data().startswith("会谈，第3节")


def test_a_visit_from_the_case_is_one_record_and_a_session(
    case_page: CasesPage, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    press(case_page.case.visit_button, qtbot)
    paper = paper_in_front(case_page, qtbot)
    write(control(paper, "facts"), "院里坐了一会儿。")
    close_paper(case_page, qtbot)
    page = cases.case_page(opened[0].desk, opened[1])
    assert page.sessions == 3
    assert page.events[0].kind == "visit"
    assert page.events[0].title == "走访，第3节"


def test_every_paper_opens_as_a_form(case_page: CasesPage, qtbot: Any) -> None:
    for kind in cases.PAPERS:
        case_page.case.papers.wanted.emit(kind)
        paper = paper_in_front(case_page, qtbot)
        assert paper.form is not None
        assert (paper.form.form.kind, paper.form.form.new) == (kind, True)
        paper.leave()
        at_rest(qtbot)


def test_self_care_is_answered_with_switches_and_added_up_as_one_goes(
    case_page: CasesPage, qtbot: Any
) -> None:
    case_page.new_paper(case_page.case.case, "assessment")
    paper = paper_in_front(case_page, qtbot)
    at_rest(qtbot)
    side = paper.findChild(AssessmentSide)
    assert side.hint.text() == "6项都还没有看。看到什么选什么，没看的不选。"
    assert side.before.isVisible()
    for number, name in enumerate(SELF_CARE[:4]):
        switch = control(paper, name)
        assert isinstance(switch, Segmented)
        switch.setFocus()
        qtbot.keyClick(switch, KEY.Key_1 if number == 0 else KEY.Key_2)
    assert side.hint.text() == "6项中3项不能自主完成，2项未看。看完6项才有提示。"


def test_self_care_hints_follow_the_rule_and_never_count_what_was_not_seen() -> None:
    def words(done: int, not_done: int) -> str:
        answers = ["done"] * done + ["not_done"] * not_done
        return self_care_words(dict(zip(SELF_CARE, answers, strict=False)))

    assert words(6, 0).endswith("可能具备生活自理能力。")
    assert words(3, 3).endswith("可能为部分丧失生活自理能力。")
    assert words(2, 4).endswith("可能为完全丧失生活自理能力。")
    assert words(0, 5).endswith("，1项未看。看完6项才有提示。")
    assert words(0, 3).endswith("看完6项才有提示。")
    assert words(5, 0).endswith("看完6项才有提示。")


def test_the_case_itself_is_mended_from_the_side(
    case_page: CasesPage, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    case_page.case.facts_side.edit_wanted.emit()
    paper = paper_in_front(case_page, qtbot)
    write(control(paper, "supervisor"), "乙督导")
    close_paper(case_page, qtbot)
    assert cases.case_page(opened[0].desk, opened[1]).form.values["supervisor"] == "乙督导"


def test_a_task_of_the_case_is_added_at_the_side(
    case_page: CasesPage, window: MainWindow, qtbot: Any
) -> None:
    case_page.case.facts_side._add()
    dialog = dialog_of(window, TaskDialog, qtbot)
    write(dialog.form.body.boxes["what"].control, "问残疾证办理")
    press(dialog.save, qtbot)
    side = case_page.case.facts_side
    qtbot.waitUntil(lambda: "问残疾证办理" in [row.what for row in side.tasks.rows])


# stages


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
    assert dialog.reason_field.message() == "请写明原因，以后在历史里能看到。"
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
    assert not case_page.case.session_button.isEnabled()
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


# the file


def test_the_file_is_seen_and_saved_under_a_number_never_a_name(
    case_page: CasesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    asked: list[str] = []

    def where(_parent: object, suggested: str, *_: object) -> Path:
        asked.append(suggested)
        return tmp_path / "out"

    monkeypatch.setattr(messages, "ask_save_path", where)
    press(case_page.case.print_button, qtbot)
    view = case_page.leaf
    assert isinstance(view, PaperView)
    qtbot.waitUntil(view.save_button.isEnabled, timeout=20_000)
    qtbot.waitUntil(lambda: view.pane.preview.page_count > 3)
    said: list[str] = []
    view.said.connect(lambda sentence, _undo: said.append(sentence))
    press(view.save_button, qtbot)
    qtbot.waitUntil(lambda: bool(said))
    assert asked == ["个案档案-2026-A001-2026-06-30.pdf"]
    assert (tmp_path / "out.pdf").read_bytes() == view.pane.data
    assert said[0].endswith("out.pdf")


def test_a_folder_that_takes_nothing_is_told_and_the_paper_stays(
    case_page: CasesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    told: list[BaseException] = []
    monkeypatch.setattr(messages, "ask_save_path", lambda *_: tmp_path / "missing" / "a.pdf")
    monkeypatch.setattr(messages, "show_problem", lambda problem, _parent=None: told.append(problem))
    case_page.show_file()
    view = case_page.leaf
    assert isinstance(view, PaperView)
    qtbot.waitUntil(view.save_button.isEnabled, timeout=20_000)
    press(view.save_button, qtbot)
    qtbot.waitUntil(lambda: bool(told))
    assert isinstance(told[0], AppError)
    assert view.save_button.isEnabled()
    monkeypatch.setattr(files, "write_atomic", _full)
    press(view.save_button, qtbot)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert "磁盘空间不够" in str(told[1])


def _full(*_: object, **__: object) -> str:
    raise AppError("磁盘空间不够，没能保存；", "请换一个位置。")


def test_a_character_no_font_has_is_named_before_printing(
    case_page: CasesPage, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    desk, case = opened[0].desk, opened[1]
    client = cases.case_page(desk, case).client
    save_form(desk, form(desk, client, "person"), {"name": "覃\U000f0001月"})
    at_rest(qtbot)
    case_page.show_file()
    view = case_page.leaf
    assert isinstance(view, PaperView)
    qtbot.waitUntil(view.pane.notice.isVisible, timeout=20_000)
    assert view.pane.notice.text().startswith("有1个字当前字体没有：“\U000f0001”")


def test_making_the_file_can_be_stopped_and_started_again(
    case_page: CasesPage, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    import threading

    gate = threading.Event()
    kept = papers.print_case_file

    def slow(desk: Any, id: str, progress: Any) -> bytes:
        gate.wait(10)
        progress(1, 9)
        return kept(desk, id, progress)

    monkeypatch.setattr(papers, "print_case_file", slow)
    case_page.show_file()
    view = case_page.leaf
    assert isinstance(view, PaperView)
    assert view.pane.progress.isVisible()
    press(view.pane.progress.stop, qtbot)
    assert view.pane.stopped.isVisible()
    assert not view.save_button.isEnabled()
    gate.set()
    at_rest(qtbot)
    assert view.pane.data is None
    (again,) = view.pane.stopped.findChildren(Button)
    press(again, qtbot)
    qtbot.waitUntil(view.save_button.isEnabled, timeout=20_000)


# targets from other pages


def test_a_paper_is_opened_by_its_id_alone(
    page: CasesPage, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    plan = cases.case_page(opened[0].desk, opened[1]).papers["plan"][0]
    page.activate({"paper": ("plan", plan)})
    paper = paper_in_front(page, qtbot)
    assert paper.form is not None
    assert paper.form.form.id == plan
    assert page.case.case == opened[1]


def test_what_is_typed_survives_leaving_the_section(
    case_page: CasesPage, window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    from sgz_desktop.actions.forms import list_drafts

    case_page.new_paper(case_page.case.case, "session")
    paper = paper_in_front(case_page, qtbot)
    write(control(paper, "facts"), "写到一半")
    window.go("home")
    at_rest(qtbot)
    (draft,) = list_drafts(opened[0].desk)
    assert draft.body["typed"]["facts"] == "写到一半"


def test_a_change_elsewhere_is_shown_at_once(
    case_page: CasesPage, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    save(opened[0].desk, "task", {"what": "别处新加的", "case": opened[1]})
    side = case_page.case.facts_side
    qtbot.waitUntil(lambda: "别处新加的" in [row.what for row in side.tasks.rows])


def test_the_side_is_one_more_tab_in_a_narrow_window(
    case_page: CasesPage, window: MainWindow, qtbot: Any
) -> None:
    view = case_page.case
    assert view.facts_side.isVisible()
    qtbot.keyClick(window, KEY.Key_2, ALT)
    case_page.set_compact(WidthClass.STACKED)
    assert not view.facts_side.isVisible()
    assert view.papers.isVisible()
    qtbot.keyClick(window, KEY.Key_5, ALT)
    assert view.facts_side.isVisible()
    assert not view.papers.isVisible()
    case_page.set_compact(WidthClass.WIDE)
    assert view.facts_side.isVisible()
    assert view.family.isVisible()


def test_goals_past_their_day_are_marked(
    case_page: CasesPage, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    desk, case = opened[0].desk, opened[1]
    plan = form(desk, cases.case_page(desk, case).papers["plan"][0], "plan")
    first = plan.rows["goals"][0]
    save_form(desk, plan, {}, {"goals": [RowInput(first.id, {"due_on": "2026-06-01"})]})
    case_page.case.tabs.set_current(2)
    at_rest(qtbot)
    cells = case_page.case.goals.goals.rows.peek(0)
    assert (cells[2].text, cells[2].tone) == ("6月1日已过", "danger")
