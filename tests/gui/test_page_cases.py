"""Cases: the list, the page of one, its papers as forms, and the ways in from other pages."""

from __future__ import annotations

from typing import Any

import pytest
from case_helpers import close_paper, control, paper_in_front, people_named
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from sample_station import (
    at_rest,
    dialog_of,
    press,
    save,
    write,
)

from sgz_desktop.actions import cases
from sgz_desktop.actions.assessing import self_care_words
from sgz_desktop.actions.forms import RowInput, form, save_form
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.actions.timeline import Event
from sgz_desktop.domain.records.assessment import SELF_CARE
from sgz_desktop.gui.dialogs.person_dialog import PersonDialog
from sgz_desktop.gui.dialogs.task_dialog import TaskDialog
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.assessment_side import AssessmentSide
from sgz_desktop.gui.pages.cases import CasesPage
from sgz_desktop.gui.pages.story_tab import StoryTab
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.record_page import RecordPage
from sgz_desktop.gui.theme import WidthClass
from sgz_desktop.gui.widgets.badge import Badge
from sgz_desktop.gui.widgets.segmented import Segmented

KEY, CTRL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier

pytest_plugins = ["case_fixtures"]


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


def test_a_case_is_opened_for_somebody_from_the_list(
    page: CasesPage, window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    press(page.list.new, qtbot)
    dialog = dialog_of(window, PersonDialog, qtbot)
    press(dialog.go, qtbot)
    assert "请输入姓名" in dialog.field.message()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.picker.hasFocus)
    qtbot.keyClicks(dialog.picker, "ldg")
    qtbot.keyClick(dialog.picker, KEY.Key_Return)
    qtbot.waitUntil(dialog.go.hasFocus)
    qtbot.keyClick(dialog.go, KEY.Key_Return)
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
    drawing = view.family.genogram.view.sheet.drawing
    assert {one.label.name for one in drawing.symbols} == {"覃甲田", "覃乙月"}


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
    press(case_page.case.head.visit_button, qtbot)
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
    assert side.genogram.view.sheet.accessibleName() == "家系图：覃乙月，女，35岁"
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
    assert view.policies.isVisible()
    qtbot.keyClick(window, KEY.Key_2, ALT)
    case_page.set_compact(WidthClass.STACKED)
    assert not view.policies.isVisible()
    assert view.papers.isVisible()
    qtbot.keyClick(window, KEY.Key_7, ALT)
    assert view.facts_side.isVisible()
    qtbot.keyClick(window, KEY.Key_8, ALT)
    assert view.remarks.isVisible()
    qtbot.keyClick(window, KEY.Key_9, ALT)
    assert view.policies.isVisible()
    assert not view.facts_side.isVisible()
    assert not view.papers.isVisible()
    case_page.set_compact(WidthClass.WIDE)
    assert view.policies.isVisible()
    assert view.remarks.isVisible()


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


@pytest.mark.parametrize(("verb", "leaf"), [("print_button", PaperView), ("visit_button", RecordPage)])
def test_a_verb_pressed_while_a_case_is_read_waits_for_it(
    page: CasesPage, opened: tuple[OpenStation, str], qtbot: Any, verb: str, leaf: type
) -> None:
    page.open_case(opened[1])
    assert page.case.page is None
    getattr(page.case.head, verb).click()
    assert page.leaf is None
    qtbot.waitUntil(lambda: isinstance(page.leaf, leaf), timeout=10_000)
    at_rest(qtbot)


def test_a_verb_that_waited_is_dropped_when_one_goes_back_to_the_list(
    page: CasesPage, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    page.open_case(opened[1])
    page.case.head.print_button.click()
    page.show_list()
    at_rest(qtbot)
    assert page.leaf is None
    assert page.leaves.currentWidget() is page.list


def test_the_list_has_the_keyboard_so_that_enter_opens(
    window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    qtbot.keyClick(window, KEY.Key_4, CTRL)
    at_rest(qtbot)
    page = window.page("cases")
    assert isinstance(page, CasesPage)
    assert page.list.table.hasFocus()
    qtbot.keyClick(page.list.table, KEY.Key_Return)
    assert page.case.case == opened[1]
    at_rest(qtbot)


def test_facts_and_goals_scroll_instead_of_being_squeezed(
    case_page: CasesPage, window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    desk, case = opened[0].desk, opened[1]
    words = {"topic": "父亲一人照护，" * 20, "note": "下午在家，" * 60, "supervisor": "外部督导"}
    save_form(desk, form(desk, case, "case"), words)
    window.resize(1093, 614)
    at_rest(qtbot)
    view = case_page.case
    for tab in (2, 6):  # the goals, and the side
        view.tabs.set_current(tab)
        at_rest(qtbot)
        for part in (view.facts_side, view.goals):
            words_in_sight = [one for one in part.findChildren(QLabel) if one.isVisible() and one.text()]
            assert all(one.height() >= one.heightForWidth(one.width()) for one in words_in_sight)
    assert view.facts_side.verticalScrollBar().maximum() > 0
    assert view.goals.goals.verticalScrollBar().maximum() == 0


def test_a_case_at_rest_says_so_in_its_head(
    case_page: CasesPage, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    def badges() -> list[str]:
        return [one.accessibleName() for one in case_page.case.head.findChildren(Badge) if one.isVisible()]

    assert "在办" in badges()
    cases.move_case(opened[0].desk, opened[1], "suspended", "本人外出")
    at_rest(qtbot)
    qtbot.waitUntil(lambda: "中止" in badges())
    assert "在办" not in badges()


def test_a_long_story_shows_one_sort_alone(qtbot: Any) -> None:
    def event(number: int, kind: str) -> Event:
        return Event(kind, f"e{number}", "2026-06-01", "6月1日", kind, "", "甲社工", "visit")

    tab = StoryTab()
    qtbot.addWidget(tab)
    tab.show()
    tab.show_events([event(n, "visit") for n in range(4)])
    assert not tab.sorts.isVisible()
    kinds = ["visit"] * 7 + ["session"] * 5 + ["application", "intake"]
    tab.show_events([event(n, kind) for n, kind in enumerate(kinds)])
    assert tab.sorts.isVisible()
    tab.sorts.set_value("session")
    tab.sorts.changed.emit("session")
    assert tab.timeline.model().rowCount() == 5
    tab.show_events([event(n, kind) for n, kind in enumerate(kinds[:-1])])
    assert tab.sorts.value() == "session"  # a record saved meanwhile changes nothing of it
    tab.show_events(())
    assert tab.timeline.model().rowCount() == 0
