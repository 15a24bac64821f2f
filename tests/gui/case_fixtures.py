"""Fixtures of the tests of cases: the section and the page of the sample's case."""

from __future__ import annotations

from typing import Any

import pytest
from sample_station import (
    at_rest,
)

from sgz_desktop.actions.station import OpenStation
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.cases import CasesPage


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
