"""紧急报告 (F8): reached at once from everywhere, saved with nothing filled in, a call is one press."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sample_station import at_rest, copy_of_sample, press, save, window_on

from sgz_desktop.actions import forms, people, settings, urgent
from sgz_desktop.actions.find import find_people
from sgz_desktop.actions.settings import SettingRefused
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.urgent_form import UrgentForm


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[OpenStation, str]]:
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    station, case = copy_of_sample(tmp_path)
    yield station, case
    station.close()


@pytest.fixture
def station(opened: tuple[OpenStation, str]) -> OpenStation:
    return opened[0]


@pytest.fixture
def window(station: OpenStation, qtbot: Any) -> Iterator[MainWindow]:
    made = window_on(station, qtbot)
    made.go("home")
    at_rest(qtbot)
    yield made
    at_rest(qtbot)


def _form(window: MainWindow) -> UrgentForm:
    over = window.page("urgent").stack.over  # type: ignore[attr-defined]
    assert isinstance(over, UrgentForm)
    return over


SECTIONS = ("home", "people", "visits", "cases", "aid", "reports", "settings", "contacts", "urgent")


@pytest.mark.parametrize("section", SECTIONS)
def test_one_key_from_every_page(window: MainWindow, qtbot: Any, section: str) -> None:
    window.go(section)
    at_rest(qtbot)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: window.current == "urgent")
    at_rest(qtbot)
    first = _form(window).numbers.buttons[0]
    assert first.text().strip().startswith("110")
    assert first.hasFocus()


def test_nothing_has_to_be_filled_in_and_one_press_writes_a_call_down(
    window: MainWindow, station: OpenStation, qtbot: Any
) -> None:
    window.begin("urgent")
    at_rest(qtbot)
    form = _form(window)
    assert form.numbers.told.text() == "打完按一下号码，时间就记下来了。"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)  # 110
    at_rest(qtbot)
    assert form.numbers.told.text() == "发现后当即报告"
    form.save()
    at_rest(qtbot)
    (line,) = urgent.list_reports(station.desk)
    assert (line.who, line.situations, line.told) == ("还没有写是谁", "情形还没有写", "发现后当即报告")
    assert not line.open
    report = forms.form(station.desk, line.id, "mandatory_report")
    (call,) = report.rows["calls"]
    assert (call.values["phone"], call.values["unit_sort"]) == ("110", "police")
    assert (call.values["called_on"], call.values["called_time"]) == ("2026-06-30", "09:00")


def test_it_is_about_whom_the_page_was_about(
    window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    station, case = opened
    person = find_people(station.desk, "梁丙菊")[0].id
    for target, about in (
        (("people", person), {"person": person}),
        (("cases", case), {"case": case}),
        (("visits", {"new": True, "person": person}), {"person": person}),
        (("home", None), {}),
    ):
        window.go(*target)
        at_rest(qtbot)
        window.begin("urgent")
        at_rest(qtbot)
        values = _form(window).form.form.values  # type: ignore[union-attr]
        assert {name: values.get(name) for name in about} == about
        if not about:
            assert "person" not in values


def test_a_report_nobody_was_told_of_comes_first_in_red(
    window: MainWindow, station: OpenStation, qtbot: Any
) -> None:
    told = {"found_on": "2026-06-29", "found_time": "08:00"}
    row = forms.RowInput("", {"unit": "镇派出所", "called_on": "2026-06-29", "called_time": "08:12"})
    save(station.desk, "mandatory_report", told, {"calls": [row]})
    save(station.desk, "mandatory_report", {"found_on": "2026-06-28", "situations": ["abandoned"]})
    lines = urgent.list_reports(station.desk)
    assert [(line.open, line.told) for line in lines] == [
        (True, "还没有记下报告去向"),
        (False, "发现后12分钟报告"),
    ]
    window.go("urgent")
    at_rest(qtbot)
    table = window.page("urgent").table  # type: ignore[attr-defined]
    assert table.model().rowCount() == 2


def test_local_numbers_come_after_the_national_ones(
    window: MainWindow, station: OpenStation, qtbot: Any
) -> None:
    settings.change_settings(station.desk, {"report_numbers": "镇派出所 0000-1234567"})
    with pytest.raises(SettingRefused):
        settings.change_settings(station.desk, {"report_numbers": "镇派出所"})
    window.begin("urgent")
    at_rest(qtbot)
    buttons = _form(window).numbers.buttons
    assert buttons[-1].text().strip() == "0000-1234567 镇派出所"
    press(buttons[-1], qtbot)
    at_rest(qtbot)
    _form(window).save()
    at_rest(qtbot)
    (line,) = urgent.list_reports(station.desk)
    (call,) = forms.form(station.desk, line.id, "mandatory_report").rows["calls"]
    assert (call.values["unit"], call.values["phone"]) == ("镇派出所", "0000-1234567")


def test_a_day_that_is_not_yet_is_refused_and_the_rest_is_kept(station: OpenStation) -> None:
    with pytest.raises(forms.FormRefused) as refused:
        save(station.desk, "mandatory_report", {"found_on": "2026-07-02"})
    assert [problem.field for problem in refused.value.problems] == ["found_on"]
    save(station.desk, "mandatory_report", {"found_on": "2026-06"})


def test_a_persons_page_does_not_show_it(station: OpenStation) -> None:
    person = find_people(station.desk, "梁丙菊")[0].id
    save(station.desk, "mandatory_report", {"person": person, "facts": "手臂有伤"})
    assert "mandatory_report" not in {event.kind for event in people.person_page(station.desk, person).events}
