"""Ctrl+K: people first as one types, then records; Enter opens; few keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from sample_station import at_rest, copy_of_sample, press, window_on, write

from sgz_desktop.actions.station import OpenStation
from sgz_desktop.gui import find_box
from sgz_desktop.gui.find_box import FindBox
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.widgets.person_picker import MORE
from sgz_desktop.gui.widgets.record_list import ListRow

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any) -> Iterator[MainWindow]:
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    station, _ = copy_of_sample(tmp_path)
    made = window_on(station, qtbot)
    made.go("home")
    at_rest(qtbot)
    made.station = station  # type: ignore[attr-defined]
    yield made
    at_rest(qtbot)
    station.close()


@pytest.fixture
def box(window: MainWindow, qtbot: Any) -> FindBox:
    station: OpenStation = window.station  # type: ignore[attr-defined]
    found = next(iter(window.findChildren(FindBox)), None) or FindBox(window, station.desk)
    window.find_requested.connect(found.show_box)
    return found


def chosen(box: FindBox) -> list[tuple[str, object]]:
    asked: list[tuple[str, object]] = []
    box.go.connect(lambda section, target: asked.append((section, target)))
    return asked


def test_a_villager_is_found_in_six_keys(window: MainWindow, box: FindBox, qtbot: Any) -> None:
    asked = chosen(box)
    keys = 0

    def key(*press: Any) -> None:
        nonlocal keys
        keys += 1
        qtbot.keyClick(*press)

    key(window, KEY.Key_K, CTRL)
    assert box.isVisible()
    for letter in "lbj":
        key(box.box, letter)
    key(box.box, KEY.Key_Return)
    qtbot.waitUntil(lambda: bool(asked))
    assert keys <= 6
    section, person = asked[0]
    assert section == "people"
    assert window.page("people") is not None
    assert not box.isVisible()
    assert box._people[0].name == "梁丙菊"
    assert box._people[0].id == person


def test_enter_waits_for_the_answer_to_what_was_typed(window: MainWindow, box: FindBox, qtbot: Any) -> None:
    """Enter right after the last letter opens whom these letters name, never what stood there before."""
    asked = chosen(box)
    box.show_box()
    qtbot.keyClicks(box.box, "qjt")
    qtbot.waitUntil(lambda: [one.name for one in box._people] == ["覃甲田"])
    box.box.clear()
    qtbot.keyClicks(box.box, "ldg")
    qtbot.keyClick(box.box, KEY.Key_Return)
    assert asked == []
    qtbot.waitUntil(lambda: bool(asked))
    assert box._people[0].name == "罗丁根"
    assert asked[0][1] == box._people[0].id


def test_records_that_hold_the_text_come_after_people(window: MainWindow, box: FindBox, qtbot: Any) -> None:
    asked = chosen(box)
    box.show_box()
    write(box.box, "轮椅")
    qtbot.waitUntil(lambda: bool(box._records))
    assert not box._people
    qtbot.keyClick(box.box, KEY.Key_Return)
    assert asked[0][0] == "visits"


def test_arrows_choose_another_row(window: MainWindow, box: FindBox, qtbot: Any) -> None:
    box.show_box()
    write(box.box, "覃")
    qtbot.waitUntil(lambda: len(box._people) == 2)
    first = box.list.current_id()
    qtbot.keyClick(box.box, KEY.Key_Down)
    assert box.list.current_id() not in (None, first)


def test_nobody_found_offers_a_new_file_with_what_was_typed(
    window: MainWindow, box: FindBox, qtbot: Any
) -> None:
    asked = chosen(box)
    box.show_box()
    write(box.box, "韦国真")
    qtbot.waitUntil(box.empty.isVisible)
    assert box.empty.accessibleName() == "没有找到“韦国真”，可换拼音首字母再找。"
    press(box.new, qtbot)
    assert asked == [("people", {"register": "韦国真"})]


def test_escape_clears_then_closes_and_gives_the_keyboard_back(
    window: MainWindow, box: FindBox, qtbot: Any
) -> None:
    page: Any = window.page("home")
    page.new_visit.setFocus()
    box.show_box()
    write(box.box, "覃")
    qtbot.keyClick(box.box, KEY.Key_Escape)
    assert box.isVisible()
    assert box.box.text() == ""
    qtbot.keyClick(box.box, KEY.Key_Escape)
    assert not box.isVisible()
    assert window.focusWidget() is page.new_visit


def test_a_press_beside_the_panel_closes(window: MainWindow, box: FindBox, qtbot: Any) -> None:
    box.show_box()
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().bottomLeft())
    assert not box.isVisible()


def test_the_field_on_the_first_page_opens_the_search(window: MainWindow, box: FindBox, qtbot: Any) -> None:
    page: Any = window.page("home")
    qtbot.mouseClick(page.find_field, Qt.MouseButton.LeftButton)
    assert box.isVisible()


def test_more_people_than_are_shown_are_told(
    window: MainWindow, box: FindBox, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    monkeypatch.setattr(find_box, "MOST_PEOPLE", 1)
    box.show_box()
    write(box.box, "覃")
    qtbot.waitUntil(lambda: len(box._people) == 1)
    assert box.count.text() == f"1人，{MORE}"
    monkeypatch.setattr(find_box, "MOST_PEOPLE", 2)
    qtbot.keyClick(box.box, KEY.Key_Escape)
    write(box.box, "覃")
    qtbot.waitUntil(lambda: len(box._people) == 2)
    assert MORE not in box.count.text()


def test_the_panel_stays_in_a_low_window(window: MainWindow, box: FindBox, qtbot: Any) -> None:
    window.resize(1093, 520)
    box.show_box()
    write(box.box, "走访")
    qtbot.waitUntil(lambda: bool(box._records))
    at_rest(qtbot)
    for people in (1, 6, 20):
        box.list.rows.set_rows([("task", str(n)) for n in range(people)], [ListRow("甲")] * people)
        box._fit()
        assert box.panel.geometry().bottom() < window.height()
        assert box.list.geometry().bottom() < box.count.geometry().top()


def test_another_page_takes_the_search_away(window: MainWindow, box: FindBox, qtbot: Any) -> None:
    window.turned.connect(box.leave)
    box.show_box()
    qtbot.keyClick(box.box, KEY.Key_2, CTRL)
    assert window.current == "people"
    assert not box.isVisible()


def test_escape_says_what_it_does_next(window: MainWindow, box: FindBox, qtbot: Any) -> None:
    box.show_box()
    assert box.escape.text() == "关闭"
    write(box.box, "覃")
    assert box.escape.text() == "清空"


def test_a_page_that_is_read_late_does_not_take_the_keyboard(
    window: MainWindow, box: FindBox, qtbot: Any
) -> None:
    asked = chosen(box)
    box.show_box()
    late = window.page("home").findChildren(QPushButton)[0]
    late.setFocus()
    assert box.box.hasFocus()
    qtbot.keyClicks(window.focusWidget(), "lbj")
    qtbot.keyClick(window.focusWidget(), KEY.Key_Return)
    qtbot.waitUntil(lambda: bool(asked))
    box.show_box()
    late.setFocus()
    box.close_box()
    assert late.hasFocus()  # it has it now
