"""Fixtures of the tests of cases: a sample station, its window, the section and the page of its case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sample_station import (
    at_rest,
    copy_of_sample,
    window_on,
)

from sgz_desktop.actions.station import OpenStation
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.cases import CasesPage


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any) -> Iterator[tuple[OpenStation, str]]:
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    station, case = copy_of_sample(tmp_path)
    yield station, case
    at_rest(qtbot)
    station.close()


@pytest.fixture
def window(opened: tuple[OpenStation, str], qtbot: Any) -> MainWindow:
    return window_on(opened[0], qtbot)


@pytest.fixture
def page(window: MainWindow, qtbot: Any) -> CasesPage:
    found = window.go("cases")
    assert isinstance(found, CasesPage)
    at_rest(qtbot)
    return found


@pytest.fixture
def case_page(page: CasesPage, opened: tuple[OpenStation, str], qtbot: Any) -> CasesPage:
    page.activate(opened[1])
    at_rest(qtbot)
    return page
