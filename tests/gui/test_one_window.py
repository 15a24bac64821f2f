"""No page opens a window of its own: a part shown before it stands anywhere takes the keyboard away."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from sample_station import at_rest, window_on

from sgz_desktop.actions.station import OpenStation
from sgz_desktop.gui.main_window import MainWindow


@pytest.fixture
def window(station: OpenStation, qtbot: Any) -> MainWindow:
    made = window_on(station, qtbot)
    made.activateWindow()
    at_rest(qtbot)
    return made


def test_the_keyboard_stays_in_the_window_on_every_page(window: MainWindow, qtbot: Any) -> None:
    assert QApplication.activeWindow() is window
    for key in window._factories:
        window.go(key)
        at_rest(qtbot)
        assert QApplication.activeWindow() is window, key
    for target in ({"new": True}, {"unvisited": None}):
        window.go("visits", target)
        at_rest(qtbot)
        assert QApplication.activeWindow() is window, target


def test_control_a_part_shown_too_early_is_seen(window: MainWindow, qtbot: Any) -> None:
    early = QLabel("测试")
    early.setVisible(True)
    early.setParent(window)
    at_rest(qtbot)
    assert QApplication.activeWindow() is not window
