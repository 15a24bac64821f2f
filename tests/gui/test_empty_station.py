"""A new station: every page opens, and where nothing is yet it says so and what to do."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from sample_station import at_rest, open_sample, window_on

from sgz_desktop.actions.station import OpenStation
from sgz_desktop.gui import jobs
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.widgets.empty_state import EmptyState

VERBS = ("按F", "登记后", "登记第一户", "可以", "可从", "选", "新建", "输入")
PAGES: list[tuple[str, Any]] = [
    *((key, None) for key in ("people", "visits", "cases", "aid", "contacts", "urgent")),
    ("visits", {"unvisited": None}),
    ("cases", {"handover": True}),
]


@pytest.fixture
def station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any) -> Iterator[OpenStation]:
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    made = open_sample(tmp_path)
    yield made
    at_rest(qtbot)
    made.close()


@pytest.fixture
def problems(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    """What was raised anywhere, in a job or on the GUI thread."""
    found: list[BaseException] = []
    jobs.on_failed(found.append)
    monkeypatch.setattr("sgz_desktop.gui.messages.show_problem", lambda problem, *_: found.append(problem))
    monkeypatch.setattr(sys, "excepthook", lambda _kind, problem, _where: found.append(problem))
    return found


@pytest.fixture
def window(station: OpenStation, problems: list[BaseException], qtbot: Any) -> MainWindow:
    return window_on(station, qtbot)


def told(page: QWidget) -> list[str]:
    """The sentences of the empty states in sight, each with its hint and its button."""
    return [
        "".join(label.text() for label in state.findChildren(QLabel) if label.isVisible())
        + "".join(child.accessibleName() for child in state.findChildren(QWidget) if child.isVisible())
        for state in page.findChildren(EmptyState)
        if state.isVisible()
    ]


def says_what_to_do(sentences: list[str]) -> bool:
    return any(any(verb in sentence for verb in VERBS) for sentence in sentences)


def test_every_page_of_a_new_station_opens(
    window: MainWindow, problems: list[BaseException], qtbot: Any
) -> None:
    for key in window._factories:
        window.go(key)
        at_rest(qtbot)
        assert problems == [], key


@pytest.mark.parametrize(("key", "target"), PAGES, ids=str)
def test_an_empty_list_says_what_to_do(
    window: MainWindow, problems: list[BaseException], key: str, target: Any, qtbot: Any
) -> None:
    page = window.go(key, target)
    assert page is not None
    at_rest(qtbot)
    sentences = told(page)
    assert says_what_to_do(sentences), sentences
    assert problems == []


def test_control_a_sentence_that_says_nothing_is_seen(qtbot: Any) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    state = EmptyState("没有资料。")
    state.setParent(page)
    page.show()
    assert told(page) == ["没有资料。"]
    assert not says_what_to_do(told(page))
