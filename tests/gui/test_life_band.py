"""What happened in a life is told on the person's page as soon as it is saved, with what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sample_station import at_rest, dialog_of, household, open_sample, press, save, window_on

from sgz_desktop.actions import cases, forms, people, tasks
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.gui.dialogs.due_dialog import DueDialog
from sgz_desktop.gui.dialogs.left_open_dialog import LeftOpenDialog
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.people import PeoplePage


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any) -> Iterator[OpenStation]:
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    station = open_sample(tmp_path)
    yield station
    at_rest(qtbot)
    station.close()


@pytest.fixture
def desk(opened: OpenStation) -> Desk:
    return opened.desk


@pytest.fixture
def window(opened: OpenStation, qtbot: Any) -> MainWindow:
    return window_on(opened, qtbot)


def show(window: MainWindow, person: str, qtbot: Any) -> PeoplePage:
    page = window.go("people", person)
    assert isinstance(page, PeoplePage)
    at_rest(qtbot)
    return page


def test_a_death_is_told_at_once_with_the_benefits_to_report(
    window: MainWindow, desk: Desk, qtbot: Any
) -> None:
    person = household(desk, "上溪村", "测试甲", "1950-01-01").people[0]
    case = cases.open_case(desk, person=person)
    number = str(forms.form(desk, case, "case").values["number"])
    save(desk, "benefit", {"person": person, "programme": "tekun", "from_day": "2020-01"})
    kept, done = (
        save(desk, "task", {"what": what, "person": person}).id for what in ("退还药盒", "陪同复查")
    )
    page = show(window, person, qtbot)
    assert not page.view.life.isVisible()
    page.forms.edit("person", "died_on")
    at_rest(qtbot)
    form: Any = page.stack.over
    form.form.body.boxes["died_on"].control.set_value("2026.6.28")
    form.save()
    at_rest(qtbot)
    band = page.view.life
    assert band.isVisible()
    case_words = f"个案{number}：服务对象去世，请按“死亡”结案"
    told = "去世，今天报民政办：特困人员救助供养、最低生活保障（全家）"
    assert band.text() == f"有2件事要办：{told}；{case_words}。"
    assert band._second.text() == "走访已停；原有2件待办请选完成或保留。"
    press(band.decide, qtbot)
    dialog = dialog_of(window, LeftOpenDialog, qtbot)
    assert not any(choice.value() for choice in dialog.choices.values())  # nothing is finished by default
    dialog.choices[done].set_value(True)
    press(dialog.save, qtbot)
    at_rest(qtbot)
    assert [task.id for task in tasks.list_tasks(desk)] == [kept]


def test_an_age_is_dealt_with_from_the_band_and_then_it_is_gone(
    window: MainWindow, desk: Desk, qtbot: Any
) -> None:
    person = household(desk, "上溪村", "测试甲", "1946-07-15").people[0]
    page = show(window, person, qtbot)
    assert page.view.life.text() == "有1件事要办：满80岁，可能可以领高龄津贴，请核实。"
    assert not page.view.life.decide.isVisible()
    assert [row.what for row in page.view.tasks.rows.rows] == ["满80岁，可能可以领高龄津贴，请核实"]
    press(page.view.life.act, qtbot)
    dialog = dialog_of(window, DueDialog, qtbot)
    press(dialog.finish, qtbot)
    qtbot.waitUntil(lambda: not page.view.life.isVisible())
    at_rest(qtbot)
    assert people.person_page(desk, person).asks.items == ()
    assert page.view.tasks.nothing.isVisible()


def test_another_person_another_band(window: MainWindow, desk: Desk, qtbot: Any) -> None:
    old = household(desk, "上溪村", "测试甲", "1946-07-15").people[0]
    young = household(desk, "上溪村", "测试乙", "1990-07-15").people[0]
    assert show(window, old, qtbot).view.life.isVisible()
    assert not show(window, young, qtbot).view.life.isVisible()
