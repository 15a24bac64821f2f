"""政策找人 in the window: found in the background, followed, made a task of, printed; by keyboard."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sample_station import at_rest, dialog_of, press, write

from sgz_desktop.actions import forms, people, policies, sweep
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.people import MemberInput
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.gui.dialogs.due_dialog import DueDialog
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.aid import AidPage
from sgz_desktop.gui.pages.possible_page import NOBODY, STOPPED, UNSET, PossiblePage
from sgz_desktop.gui.paper_pane import PaperView

pytest_plugins = ["case_fixtures"]
KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def standards(desk: Desk) -> None:
    policies.change_local_standards(desk, "990101", {"dibao_std": "785"}, "练习文件〔2026〕1号")


def old(desk: Desk, name: str, village: str = "上溪村") -> str:
    facts = {"name": name, "born": "1950-01-01", "monthly_income": "0", "property_within_limit": "是"}
    facts |= {"obligors_confirmed_none": "是", "categories": "一般居民"}
    return people.register_household(desk, {"village": village}, [MemberInput("02", facts)]).people[0]


@pytest.fixture
def page(window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any) -> PossiblePage:
    desk = opened[0].desk
    standards(desk)
    old(desk, "石一")
    old(desk, "石二", "石桥头村")
    aid = window.go("aid")
    assert isinstance(aid, AidPage)
    at_rest(qtbot)
    press(aid.find_people, qtbot)
    at_rest(qtbot)
    assert isinstance(aid.stack.over, PossiblePage)
    return aid.stack.over


def shown(page: PossiblePage) -> list[tuple[str, str]]:
    return [(row[0], row[3]) for row in page.table.rows_shown()]


def test_families_are_listed_by_village_under_a_warning(page: PossiblePage) -> None:
    assert {("石一", "特困人员救助供养"), ("石二", "特困人员救助供养")} <= set(shown(page))
    assert "户可能符合" in page.head.facts.text()
    page.village.set_value("石桥头村")
    page.village.changed.emit()
    names = {name for name, _ in shown(page)}
    assert "石二" in names
    assert "石一" not in names
    assert page.table.accessibleName() == "政策找人"


def test_a_line_becomes_a_task_and_is_told_no_more(
    page: PossiblePage, window: MainWindow, qtbot: Any
) -> None:
    before = shown(page)
    page.table.setFocus()
    page.table.set_current(next(one.origin for one in page._lines() if one.name == "石一"))
    qtbot.keyClick(page.table, KEY.Key_Return)
    dialog = dialog_of(window, DueDialog, qtbot)
    write(dialog.note, "已在外地领取")
    press(dialog.aside, qtbot)
    at_rest(qtbot)
    qtbot.waitUntil(lambda: shown(page) != before, timeout=10_000)
    assert ("石一", "特困人员救助供养") not in shown(page)


def test_changes_are_followed_one_after_the_other(
    page: PossiblePage, opened: tuple[OpenStation, str], qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one change is looked into another comes: neither is passed over."""
    desk, gate, real = opened[0].desk, threading.Event(), sweep.sweep_again

    def slow(*values: Any) -> Any:
        gate.wait(10)
        return real(*values)

    monkeypatch.setattr(sweep, "sweep_again", slow)
    ids = {one.name: one.person for one in page._lines()}
    for name in ("石一", "石二"):
        forms.save_form(desk, forms.form(desk, ids[name], "person"), {"monthly_income": "9000"})
        QApplication.processEvents()
    gate.set()
    at_rest(qtbot)
    qtbot.waitUntil(lambda: not any(name in ("石一", "石二") for name, _ in shown(page)), timeout=10_000)


def test_it_can_be_stopped_and_begun_again(
    page: PossiblePage, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, real = threading.Event(), sweep.sweep

    def slow(desk: Desk, progress: Any) -> Any:
        progress(1, 9)
        gate.wait(10)
        progress(2, 9)
        return real(desk, progress)

    monkeypatch.setattr(sweep, "sweep", slow)
    press(page.again, qtbot)
    qtbot.waitUntil(page.progress.isVisible)
    press(page.progress.stop, qtbot)
    gate.set()
    at_rest(qtbot)
    assert page.empty.isVisible()
    assert page.empty.accessibleName() == STOPPED
    monkeypatch.setattr(sweep, "sweep", real)
    press(page.again, qtbot)
    at_rest(qtbot)
    assert shown(page)


def test_the_list_is_printed_and_comes_back(page: PossiblePage, qtbot: Any) -> None:
    press(page.print_button, qtbot)
    at_rest(qtbot)
    assert isinstance(page.stack.over, PaperView)
    page.stack.over.closed.emit()
    at_rest(qtbot)
    assert page.stack.over is None
    assert page.focusWidget() is page.table


def test_without_standards_it_says_what_to_do(window: MainWindow, qtbot: Any) -> None:
    aid = window.go("aid")
    assert isinstance(aid, AidPage)
    aid.show_possible()
    at_rest(qtbot)
    assert isinstance(aid.stack.over, PossiblePage)
    assert aid.stack.over.empty.accessibleName() in (UNSET, NOBODY)
    assert not aid.stack.over.print_button.isEnabled()
