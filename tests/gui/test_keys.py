"""Keys on pages: each shortcut in force belongs to one thing, Enter on a row opens what a double click opens,
Esc leads back from there, and never loses what was typed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from desks import peer, settle
from page_walk import lists_of, lost_by_esc, press, wrong_keys
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget
from sample_station import copy_of_sample, window_on

from sgz_desktop.actions import people
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.conflicts_page import ConflictsPage
from sgz_desktop.gui.sheet_link import SheetLink
from sgz_desktop.gui.widgets.record_list import ListRow, RecordList

Key = Qt.Key
NATIVE = QKeySequence.SequenceFormat.PortableText
WRITTEN = {"new", "register", "household", "handover"}  # targets of places where something is written


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[OpenStation, str]]:
    """One copy of the sample station for all of them."""
    folder = tmp_path_factory.mktemp("keys")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SGZ_STATE", str(folder / "state"))
        station, case = copy_of_sample(folder)
        yield station, case
        settle()
        station.close()


@pytest.fixture(scope="module")
def window(opened: tuple[OpenStation, str]) -> Iterator[MainWindow]:
    made = window_on(opened[0])
    made.activateWindow()
    settle()
    yield made
    made.close()
    made.deleteLater()


def keys_in_force(window: QWidget) -> dict[str, list[str]]:
    """Key → what it does, of all that can be pressed where the keyboard is now."""
    found: dict[str, list[str]] = defaultdict(list)
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and button.isEnabled() and not button.shortcut().isEmpty():
            found[button.shortcut().toString(NATIVE)].append(button.accessibleName() or button.text())
    for shortcut in window.findChildren(QShortcut):
        owner = shortcut.parent()
        assert isinstance(owner, QWidget)
        if owner.isVisible() and shortcut.isEnabled() and _within_reach(shortcut, owner):
            found[shortcut.key().toString(NATIVE)].append(type(owner).__name__)
    return found


def _within_reach(shortcut: QShortcut, owner: QWidget) -> bool:
    at = QApplication.focusWidget()
    match shortcut.context():
        case Qt.ShortcutContext.WidgetShortcut:
            return owner is at
        case Qt.ShortcutContext.WidgetWithChildrenShortcut:
            return at is not None and (owner is at or owner.isAncestorOf(at))
    return True


def doubled(window: QWidget) -> dict[str, list[str]]:
    return {key: uses for key, uses in keys_in_force(window).items() if len(uses) > 1}


def places(opened: tuple[OpenStation, str]) -> Iterator[tuple[str, Any]]:
    """Every section as it opens, and what opens in one."""
    station, case = opened
    for key in ("home", "people", "visits", "cases", "aid", "contacts", "urgent", "reports", "settings"):
        yield key, None
    desk = station.desk
    person = next(iter(people.people_rows(desk, people.list_people(desk)).values()))
    yield "people", person.id
    yield "people", {"person": person.id}
    yield "people", {"household": person.household}
    yield "people", {"register": ""}
    yield "people", {"rate": person.id}
    yield "visits", {"new": True}
    yield "visits", {"unvisited": None}
    yield "cases", case
    yield "cases", {"case": case, "new": "session"}
    yield "cases", {"print": case}
    yield "cases", {"handover": True}
    yield "aid", {"new": "application", "person": person.id}
    yield "contacts", {"new": True, "person": person.id}
    yield "urgent", {"new": True}


@pytest.fixture(scope="module")
def found(window: MainWindow, opened: tuple[OpenStation, str]) -> tuple[dict[Any, Any], dict[str, str]]:
    """Of every page: keys that stand twice, and by list what is wrong with Enter, a double click and Esc."""
    twice: dict[Any, Any] = {}
    lists: dict[str, str] = {}
    for place in places(opened):
        window.go(*place)
        settle()
        assert len(keys_in_force(window)) > 10  # the window's own are always there
        if doubles := doubled(window):
            twice[place[0], str(place[1])] = doubles
        for shown in lists_of(window):
            name = f"{place[0]} {shown.accessibleName()}"
            if name not in lists:
                lists[name] = wrong_keys(window, place, shown)
    return twice, lists


def test_no_key_stands_twice_on_a_page(found: tuple[dict[Any, Any], dict[str, str]]) -> None:
    assert found[0] == {}


def test_enter_opens_what_a_double_click_opens_and_esc_leads_back(
    found: tuple[dict[Any, Any], dict[str, str]],
) -> None:
    assert len(found[1]) > 5
    assert {name: wrong for name, wrong in found[1].items() if wrong} == {}


def test_control_a_list_that_opens_nothing_is_seen(window: MainWindow) -> None:
    page = window.go("home")
    settle()
    assert page is not None
    deaf = RecordList("测试")
    deaf.set_rows([1], [ListRow("甲")])
    deaf.setParent(page)
    deaf.show()
    assert wrong_keys(window, ("home", None), deaf) == "Enter opens nothing"
    deaf.deleteLater()


def test_esc_loses_nothing_typed(window: MainWindow, opened: tuple[OpenStation, str]) -> None:
    forms = [place for place in places(opened) if isinstance(place[1], dict) and WRITTEN & set(place[1])]
    assert len(forms) == 8
    assert {str(one): wrong for one in forms if (wrong := lost_by_esc(window, one))} == {}


def test_a_form_with_two_values_leads_to_its_rows_and_back(
    window: MainWindow, opened: tuple[OpenStation, str]
) -> None:
    desk = opened[0].desk
    lines = list(people.people_rows(desk, people.list_people(desk)).values())
    one, other = sorted(line.id for line in lines)[:2]
    for id in (one, other):
        peer(desk, "person", id, name="覃甲")
    place = ("people", {"person": other, "field": "name"})
    window.go(*place)
    settle()
    link = next(one for one in window.page("people").findChildren(SheetLink) if one.isVisible())
    assert link.words() == "核对1处"
    link.setFocus()
    press(Key.Key_Return, window)
    sheet = window.page("exchange").findChild(ConflictsPage)
    assert [row.id for row in sheet.rows] == [other, one]  # one's own first, whatever the order
    assert sheet.boxes["person", other, "name"].hasFocus()
    for key in (Key.Key_Left, Key.Key_Space, Key.Key_Return):
        press(key, window)
    assert [row.id for row in sheet.rows] == [one]
    assert sheet.boxes["person", one, "name"].hasFocus()  # not the form behind, which was read again
    press(Key.Key_Escape, window)
    assert window.current == "people"
    assert not link.isVisible()  # the form is still there, and has nothing to check any more


@pytest.mark.parametrize("open_page", ["show_agenda", "show_diary"])
def test_nor_on_the_pages_of_the_workbench(window: MainWindow, open_page: str) -> None:
    page: Any = window.go("home")
    settle()
    getattr(page, open_page)(*([""] if open_page == "show_diary" else []))
    settle()
    assert doubled(window) == {}


def test_control_a_key_given_twice_is_seen(window: MainWindow) -> None:
    page: Any = window.go("home")
    page.stack.take()
    settle()
    second = QPushButton("测试", window.centralWidget())
    second.setShortcut("F5")
    second.show()
    assert doubled(window) == {"F5": ["记走访", "测试"]}
    second.setEnabled(False)
    assert doubled(window) == {}
