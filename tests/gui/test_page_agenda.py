"""周安排: the week by keys alone, and what cannot be ticked off blindly told first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from sample_station import at_rest, copy_of_sample, dialog_of, household, press, save, window_on, write

from sgz_desktop.actions import agenda, tasks
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.gui.dialogs.due_dialog import DueDialog
from sgz_desktop.gui.dialogs.task_dialog import TaskDialog
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.agenda import COLUMNS, AgendaPage, table_rows
from sgz_desktop.gui.pages.workbench import WorkbenchPage
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.theme import px
from sgz_desktop.gui.widgets.data_table import cell_text
from sgz_desktop.gui.widgets.painted_rows import text_width

CTRL = Qt.KeyboardModifier.ControlModifier
LATE = ("计划步骤：教翻身和防压疮手法", "补同意书扫描件")
TODAY = ("询问转介回执", "服务目标：三个月内无新压疮")


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any) -> Iterator[OpenStation]:
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    station, _ = copy_of_sample(tmp_path)
    yield station
    at_rest(qtbot)
    station.close()


@pytest.fixture
def desk(opened: OpenStation) -> Desk:
    return opened.desk


@pytest.fixture
def window(opened: OpenStation, qtbot: Any) -> MainWindow:
    return window_on(opened, qtbot)


@pytest.fixture
def home(window: MainWindow, qtbot: Any) -> WorkbenchPage:
    found = window.go("home")
    assert isinstance(found, WorkbenchPage)
    at_rest(qtbot)
    return found


@pytest.fixture
def page(home: WorkbenchPage, qtbot: Any) -> AgendaPage:
    assert home.week.shortcut().toString() == "F6"
    press(home.week, qtbot)
    at_rest(qtbot)
    found = home.stack.over
    assert isinstance(found, AgendaPage)
    return found


def shown(page: AgendaPage) -> list[tuple[str, str, str, str, str]]:
    table = page.table
    count, width = table.rows.rowCount(), len(table.columns)
    return [tuple(table.rows.index(row, at).data() for at in range(width)) for row in range(count)]  # type: ignore[misc]


def whats(page: AgendaPage) -> list[str]:
    return [row[1] for row in shown(page)]


def test_the_week_by_day_what_is_late_first(page: AgendaPage) -> None:
    rows = shown(page)
    assert [row[1] for row in rows[:4]] == [*LATE, *TODAY]
    assert [row[0] for row in rows[:4]] == [
        "4月20日（周一）",
        "6月26日（周五）",
        "今天（周二）",
        "今天（周二）",
    ]
    assert [row[4] for row in rows[:2]] == ["已过71天", "已过4天"]
    assert [row[1] for row in rows[4:]] == ["没有安排"] * 5
    assert page.head.facts.text() == "6月29日至7月5日·2件，另有2件已过期"


def test_next_week_and_mine_alone(page: AgendaPage, desk: Desk, qtbot: Any) -> None:
    save(desk, "task", {"what": "王守望去送药盒", "due_on": "2026-07-07", "worker": "王守望"})
    page.week.set_value(1)
    at_rest(qtbot)
    assert whats(page) == ["报送6月工作简报", "王守望去送药盒", *["没有安排"] * 5]
    page.whose.set_value(True)
    at_rest(qtbot)
    assert "王守望去送药盒" not in whats(page)


def test_ticked_off_by_space_and_taken_back(page: AgendaPage, desk: Desk, qtbot: Any) -> None:
    said: list[tuple[str, Any]] = []
    page.said.connect(lambda sentence, undo: said.append((sentence, undo)))
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    at_rest(qtbot)
    assert whats(page)[:3] == [LATE[1], *TODAY]
    assert page.table.currentIndex().row() == 0  # the next one, for the next press
    assert said[0][0] == "已完成。10秒内可以撤销。"
    said[0][1]()
    at_rest(qtbot)
    page.load()
    at_rest(qtbot)
    assert whats(page)[:2] == [*LATE]


def test_moved_by_keys_and_taken_back(page: AgendaPage, desk: Desk, qtbot: Any) -> None:
    said: list[tuple[str, Any]] = []
    page.said.connect(lambda sentence, undo: said.append((sentence, undo)))
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.table.currentIndex().row() == 1
    qtbot.keyClick(page.table, Qt.Key.Key_Right, CTRL)
    at_rest(qtbot)
    assert said[0][0] == "已改到明天。10秒内可以撤销。"
    rows = shown(page)
    assert [row[0] for row in rows if row[1] == LATE[1]] == ["明天（周三）"]
    here = page.table.currentIndex().row()
    assert rows[here][1] == LATE[1]  # the row stays under the keys
    qtbot.keyClick(page.table, Qt.Key.Key_Right, CTRL)
    at_rest(qtbot)
    assert next(one.when for one in tasks.list_tasks(desk) if one.what == LATE[1]) == "后天"
    said[0][1]()
    at_rest(qtbot)
    assert next(one.late for one in tasks.list_tasks(desk) if one.what == LATE[1]) == 4


def test_a_free_day_takes_a_new_task(page: AgendaPage, window: MainWindow, qtbot: Any) -> None:
    assert page.table.set_current("day:2026-07-02")
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    dialog = dialog_of(window, TaskDialog, qtbot)
    write(dialog.form.body.boxes["what"].control, "给梁家送药盒")
    qtbot.keyClick(dialog, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: "给梁家送药盒" in whats(page))
    assert next(row[0] for row in shown(page) if row[1] == "给梁家送药盒") == "后天（周四）"


def test_what_a_record_asks_for_is_put_aside_only_with_a_reason(
    page: AgendaPage, window: MainWindow, desk: Desk, qtbot: Any
) -> None:
    household(desk, "枫树湾村", "韦戊珍", "1946-07-03")
    at_rest(qtbot)
    page.load()
    at_rest(qtbot)
    id = next(id for id, item in page._items.items() if item.kind == "person")
    page.table.set_current(id)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    dialog = dialog_of(window, DueDialog, qtbot)
    press(dialog.aside, qtbot)
    assert dialog.note_field.state == "error"
    write(dialog.note, "去年已经在领")
    press(dialog.aside, qtbot)
    at_rest(qtbot)
    assert id not in page._items
    assert all(item.kind != "person" for item in agenda.agenda(desk).days["2026-07-03"])


def test_another_day_and_worker_make_it_a_task(
    page: AgendaPage, window: MainWindow, desk: Desk, qtbot: Any
) -> None:
    qtbot.keyClick(page.table, Qt.Key.Key_Return)  # the step of the plan
    dialog = dialog_of(window, DueDialog, qtbot)
    dialog.day.set_value("明明后天")
    press(dialog.save, qtbot)
    assert dialog.day_field.state == "error"
    dialog.day.set_value("7月3日")
    dialog.worker.set_value(desk.user)
    press(dialog.save, qtbot)
    at_rest(qtbot)
    (task,) = [one for one in tasks.list_tasks(desk) if one.what == LATE[0]]
    assert (task.when, task.case != "") == ("7月3日（周五）", True)


def test_the_plan_on_paper_is_named_by_its_monday(
    page: AgendaPage, home: WorkbenchPage, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    asked: list[str] = []

    def native(_parent: Any, _title: str, suggested: str, _kinds: str) -> tuple[str, str]:
        asked.append(suggested)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", native)
    page.plan.emit(0, False)
    view = home.stack.over
    assert isinstance(view, PaperView)
    qtbot.waitUntil(view.save_button.isEnabled, timeout=20_000)
    press(view.save_button, qtbot)
    assert asked == ["周计划-2026-06-29.pdf"]
    view.closed.emit()
    at_rest(qtbot)
    assert isinstance(home.stack.over, AgendaPage)


def test_back_to_the_cards(page: AgendaPage, home: WorkbenchPage, qtbot: Any) -> None:
    page.closed.emit()
    at_rest(qtbot)
    assert home.stack.over is None
    assert home.today.isVisible()


def test_it_fits_at_every_size(every_scale: float, opened: OpenStation, qtbot: Any) -> None:
    page = AgendaPage(opened.desk)
    qtbot.addWidget(page)
    page.resize(1134, 660)
    page.show()
    at_rest(qtbot)
    assert page.minimumSizeHint().width() <= 1134
    assert page.table.accessibleName() == "周安排"


def test_sorted_by_whom_and_back_to_the_days(page: AgendaPage) -> None:
    before = whats(page)
    page.table.sort_by(0)
    page.table.sort_by(0, falling=True)
    assert whats(page)[0] == "没有安排"
    page.table.sort_by(1)
    assert whats(page)[-1] == "询问转介回执"
    page.table.sort_by(-1)
    assert whats(page) == before


def test_a_day_long_past_tells_its_year_and_fits(desk: Desk) -> None:
    save(desk, "task", {"what": "回电", "due_on": "2025-12-30"})
    (row,) = [row for *_, row in table_rows(agenda.agenda(desk)) if row[1] == "回电"]
    assert cell_text(row[0]) == "2025年12月30日"
    assert text_width(cell_text(row[0]), "body_bold") < px(COLUMNS[0].width) - px(16)
