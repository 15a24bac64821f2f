"""The first page: what is late, what is due, each card for itself, and where every row leads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from sample_station import at_rest, dialog_of, open_sample, press, window_on, write

from sgz_desktop.actions import cases, forms, tasks, workbench
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.errors import AppError
from sgz_desktop.gui.dialogs.pick_dialog import PickDialog
from sgz_desktop.gui.dialogs.task_dialog import TaskDialog
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.workbench import WorkbenchPage
from sgz_desktop.gui.pages.workbench_cards import FAILED, due_row, in_sight
from sgz_desktop.gui.theme import WidthClass
from tests.targets import sign_contract


@pytest.fixture
def page(window: MainWindow, qtbot: Any) -> WorkbenchPage:
    found = window.go("home")
    assert isinstance(found, WorkbenchPage)
    at_rest(qtbot)
    return found


def test_what_is_late_stands_first_and_says_so_in_words(page: WorkbenchPage) -> None:
    rows = page.today.plot.rows
    assert [(row.what, row.note) for row in rows] == [
        ("计划步骤：教翻身和防压疮手法", "已过71天"),
        ("补同意书扫描件", "已过4天"),
        ("询问转介回执", ""),
        ("服务目标：三个月内无新压疮", ""),
    ]
    assert page.today.facts.text() == "2件，过期2件"


def test_the_band_leads_to_the_brief_that_is_due(page: WorkbenchPage, window: MainWindow, qtbot: Any) -> None:
    assert page.band.isVisible()
    assert page.band.text() == "6月工作简报请在7月6日（周一）前报送，还有4个工作日。数据已可汇总。"
    press(page.draft_brief, qtbot)
    assert window.current == "reports"
    at_rest(qtbot)
    assert window.page("reports").month == "2026-06"  # type: ignore[attr-defined]


def test_no_band_when_the_brief_is_not_due_yet(page: WorkbenchPage) -> None:
    page._show_brief(workbench.Brief("2026-07", "2026-08-05", 18))
    assert not page.band.isVisible()


def test_rounds_name_the_village_and_open_its_households(page: WorkbenchPage, qtbot: Any) -> None:
    assert [(row.label, row.note) for row in page.round.plot.rows] == [
        ("石桥头村", "还差1户"),
        ("上溪村", "已访齐"),
        ("竹林坳村", "已访齐"),
    ]
    asked: list[tuple[str, object]] = []
    page.go.connect(lambda section, target: asked.append((section, target)))
    page.round.plot.setFocus()
    qtbot.keyClick(page.round.plot, Qt.Key.Key_Return)
    assert asked == [("visits", {"unvisited": "石桥头村"})]


def test_applications_show_the_working_days_gone(page: WorkbenchPage) -> None:
    (row,) = page.aid.plot.rows
    assert (row.name, row.used, row.limit, row.note) == ("覃乙月", 11, 15, "可询问进度")


def test_this_month_beside_the_last(page: WorkbenchPage) -> None:
    shown = {row.label: (row.shown, row.shown_before) for row in page.pairs.plot.rows}
    assert shown["入户探访"] == ("2户次", "上月0")
    assert shown["个案节数"] == ("1节", "上月1")
    assert list(shown) == ["入户探访", "来访来电", "个案节数", "小组节数", "社区活动"]
    asked: list[tuple[str, object]] = []
    page.go.connect(lambda section, target: asked.append((section, target)))
    page.pairs.plot.opened.emit(0)
    assert asked == [("reports", {"month": "2026-06", "figure": ("V01.households", "户次")})]


def test_cases_stand_where_no_goals_are_set_and_goals_where_they_are(
    page: WorkbenchPage, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    assert page.cases.isVisible()
    assert not page.goals.isVisible()
    assert page.cases.plot.rows[0].name == "覃乙月"
    sign_contract(opened[0].desk, {"V01.households": 300})
    page.activate()
    at_rest(qtbot)
    assert page.goals.isVisible()
    assert not page.cases.isVisible()
    (goal,) = page.goals.plot.rows
    assert (goal.label, goal.value, goal.goal, goal.unit) == ("入户探访", 3, 300, "户次")


def test_a_card_that_fails_says_so_alone(
    page: WorkbenchPage, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    def broken(*_: object) -> object:
        raise ValueError("a day nobody could read")

    monkeypatch.setattr(workbench, "PARTS", {**workbench.PARTS, "rounds": broken})
    page.activate()
    at_rest(qtbot)
    assert page.round.empty.isVisible()
    assert page.round.empty.accessibleName() == FAILED
    assert page.today.plot.isVisible()
    assert page.pairs.plot.isVisible()


def test_a_task_is_written_by_keyboard_and_stands_in_the_card(
    page: WorkbenchPage, window: MainWindow, qtbot: Any
) -> None:
    page.today.wanted.emit()
    dialog = dialog_of(window, TaskDialog, qtbot)
    what = dialog.form.body.boxes["what"].control
    write(what, "给梁家送药盒")
    qtbot.keyClicks(dialog.form.body.boxes["due_on"].control, "2026.7.1")
    qtbot.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: any(row.what == "给梁家送药盒" for row in page.today.plot.rows))
    assert [row.when for row in page.today.plot.rows if row.what == "给梁家送药盒"] == ["明天"]


def test_a_task_is_done_from_its_row_and_can_be_taken_back(
    page: WorkbenchPage, window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    said: list[tuple[str, Any]] = []
    page.said.connect(lambda sentence, undo: said.append((sentence, undo)))
    page.today.plot.setFocus()
    qtbot.keyClick(page.today.plot, Qt.Key.Key_Down)
    qtbot.keyClick(page.today.plot, Qt.Key.Key_Return)
    dialog = dialog_of(window, TaskDialog, qtbot)
    press(dialog.finish, qtbot)
    qtbot.waitUntil(lambda: len(page.today.plot.rows) == 3)
    assert len(tasks.list_tasks(opened[0].desk)) == 1
    qtbot.waitUntil(lambda: bool(said))
    said[0][1]()
    qtbot.waitUntil(lambda: len(page.today.plot.rows) == 4)


def test_a_draft_is_gone_on_with_where_it_was_left(
    page: WorkbenchPage, window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    station, case = opened
    body = {"typed": {"facts": "写到一半"}, "rows": {}, "values": {"case": case}}
    forms.keep_draft(station.desk, "session", f"new:{case}", body)
    page.activate()
    at_rest(qtbot)
    row = page.keeping.rows["drafts"]
    assert row.title.text() == "1份草稿没写完"
    press(row.button, qtbot)
    qtbot.waitUntil(lambda: window.current == "cases")
    cases_page: Any = window.page("cases")
    qtbot.waitUntil(lambda: getattr(cases_page.leaf, "form", None) is not None)
    assert cases_page.leaf.form.form.kind == "session"
    assert cases_page.leaf.form.form.values["case"] == case


def test_several_drafts_are_told_apart_by_what_and_whom(
    page: WorkbenchPage, window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    station, case = opened
    person = cases.case_page(station.desk, case).client
    body: dict[str, Any] = {"typed": {}, "rows": {}}
    forms.keep_draft(station.desk, "session", f"new:{case}", {**body, "values": {"case": case}})
    forms.keep_draft(station.desk, "visit", f"new:{person}", {**body, "values": {"person": person}})
    page._open_draft()
    dialog = dialog_of(window, PickDialog, qtbot)
    shown = [dialog.list.rows.peek(row) for row in range(2)]
    assert {(row.title, row.facts) for row in shown} == {("走访", "覃乙月"), ("过程记录", "2026-A001")}
    asked: list[tuple[str, object]] = []
    page.go.disconnect(window.go)
    page.go.connect(lambda section, target: asked.append((section, target)))
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert asked == [("visits", {"new": True, "person": person})]


def test_papers_to_be_signed_are_opened_from_the_card(
    page: WorkbenchPage, window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    station, case = opened
    (consent,) = cases.case_page(station.desk, case).papers["consent"]
    unsigned = forms.form(station.desk, consent, "consent")
    forms.save_form(station.desk, unsigned, {"signed_on": None})
    row = page.keeping.rows["unsigned"]
    qtbot.waitUntil(lambda: row.title.text() == "1份文书待签")
    press(row.button, qtbot)
    cases_page: Any = window.page("cases")
    qtbot.waitUntil(lambda: cases_page.leaf is not None and cases_page.leaf.table.rows.rowCount() == 1)
    assert cases_page.leaf.table.hasFocus()
    qtbot.keyClick(cases_page.leaf.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: getattr(cases_page.leaf, "form", None) is not None)
    assert cases_page.leaf.form.form.id == consent


def test_two_values_are_told_and_lead_to_the_sheet_that_settles_them(
    page: WorkbenchPage, window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    station, case = opened
    row = page.keeping.rows["conflicts"]
    assert not row.isVisible()
    stale = forms.form(station.desk, case, "case")
    forms.save_form(station.desk, stale, {"supervisor": "乙督导"})
    forms.save_form(station.desk, stale, {"supervisor": "丙督导"})
    qtbot.waitUntil(row.isVisible)
    assert row.title.text() == "有1处两个值"
    press(row.button, qtbot)
    exchange: Any = window.page("exchange")
    qtbot.waitUntil(lambda: bool(getattr(exchange.stack.over, "rows", None)))
    assert [pair.kind for one in exchange.stack.over.rows for pair in one.pairs] == ["case"]


def test_buttons_with_nothing_behind_them_are_not_there(page: WorkbenchPage) -> None:
    assert not page.keeping.rows["drafts"].button.isVisible()
    assert not page.keeping.rows["unsigned"].button.isVisible()
    assert page.keeping.rows["backup"].button.isVisible()
    assert page.keeping.rows["backup"].title.text() == "还没有备份过"


def test_an_empty_station_has_a_line_in_every_card(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    station = open_sample(tmp_path)
    try:
        page: Any = window_on(station, qtbot).go("home")
        at_rest(qtbot)
        cards = (page.today, page.round, page.aid, page.pairs, page.cases)
        assert all(card.empty.isVisible() and card.empty.accessibleName() for card in cards)
        assert len({card.empty.accessibleName() for card in cards}) == len(cards)
    finally:
        at_rest(qtbot)
        station.close()


def test_a_refusal_keeps_the_card(page: WorkbenchPage) -> None:
    page.aid.show_failed(AppError("没有读出来。"))
    assert page.aid.empty.accessibleName() == FAILED


def test_one_column_in_a_narrow_window(page: WorkbenchPage) -> None:
    page.set_compact(WidthClass.STEPS)
    assert page._grid.columns == 1


def line(number: int, late: int) -> workbench.DueLine:
    when = "2025年3月1日（周六）" if late else "今天"
    return workbench.DueLine(str(number), f"第{number}件", "", when, late, person="", case="", household="")


@pytest.mark.parametrize(
    ("late", "rest", "shown"), [(70, 9, (3, 3)), (70, 1, (5, 1)), (70, 0, (6, 0)), (1, 9, (1, 5))]
)
def test_what_is_long_past_leaves_room_for_today(late: int, rest: int, shown: tuple[int, int]) -> None:
    found = tuple(line(n, 400 - n if n < late else 0) for n in range(late + rest))
    kept = in_sight(found)
    assert (sum(task.late > 0 for task in kept), sum(not task.late for task in kept)) == shown
    assert [task.id for task in kept] == sorted((task.id for task in kept), key=int)


def test_of_a_day_long_past_the_month_is_enough() -> None:
    assert [due_row(line(1, late)).when for late in (400, 0)] == ["2025年3月", "今天"]
