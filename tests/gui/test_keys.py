"""No key stands twice: on every page each shortcut that is in force belongs to one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget
from sample_station import at_rest, window_on

from sgz_desktop.actions import people
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.gui.main_window import MainWindow

NATIVE = QKeySequence.SequenceFormat.PortableText


@pytest.fixture
def window(opened: tuple[OpenStation, str], qtbot: Any) -> MainWindow:
    made = window_on(opened[0], qtbot)
    made.activateWindow()
    at_rest(qtbot)
    return made


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


def test_no_key_stands_twice_on_a_page(
    window: MainWindow, opened: tuple[OpenStation, str], qtbot: Any
) -> None:
    found = {}
    for key, target in places(opened):
        window.go(key, target)
        at_rest(qtbot)
        assert len(keys_in_force(window)) > 10  # the window's own are always there
        if twice := doubled(window):
            found[key, str(target)] = twice
    assert found == {}


@pytest.mark.parametrize("open_page", ["show_agenda", "show_diary"])
def test_nor_on_the_pages_of_the_workbench(window: MainWindow, open_page: str, qtbot: Any) -> None:
    page: Any = window.go("home")
    at_rest(qtbot)
    getattr(page, open_page)(*([""] if open_page == "show_diary" else []))
    at_rest(qtbot)
    assert doubled(window) == {}


def test_control_a_key_given_twice_is_seen(window: MainWindow, qtbot: Any) -> None:
    window.go("home")
    at_rest(qtbot)
    second = QPushButton("测试", window.centralWidget())
    second.setShortcut("F5")
    second.show()
    assert doubled(window) == {"F5": ["记走访", "测试"]}
    second.setEnabled(False)
    assert doubled(window) == {}
