"""A page is built inside the window: a part shown before it has its place would be a window of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget
from sample_station import at_rest
from test_keys import places

from sgz_desktop.actions.station import OpenStation
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.widgets.buttons import button


class Shown(QObject):
    """Names every widget that is shown as a window while it listens."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


@pytest.fixture
def shown(qapp: QApplication) -> Iterator[Shown]:
    listening = Shown()
    qapp.installEventFilter(listening)
    yield listening
    qapp.removeEventFilter(listening)


def test_no_page_shows_a_window_of_its_own(
    window: MainWindow,
    opened: tuple[OpenStation, str],
    shown: Shown,
    qtbot: Any,
) -> None:
    shown.windows.clear()
    for key, target in places(opened):
        window.go(key, target)
        at_rest(qtbot)
    assert shown.windows == []


def test_our_buttons_wait_for_their_place(shown: Shown, qtbot: Any) -> None:
    early, never = button("早了"), button("不给看")
    early.setVisible(True)
    never.setVisible(False)
    assert shown.windows == []
    whole = QWidget()
    qtbot.addWidget(whole)
    row = QHBoxLayout(whole)
    for one in (early, never):
        row.addWidget(one)
    whole.show()
    assert early.isVisible()
    assert not never.isVisible()


def test_a_button_shown_before_it_has_a_place_is_told(shown: Shown, qtbot: Any) -> None:
    early = QPushButton("早了")
    qtbot.addWidget(early)
    early.setVisible(True)
    assert shown.windows == ["QPushButton "]
