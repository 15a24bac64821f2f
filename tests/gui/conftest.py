"""A screen of 1366×768 without a display, our theme, and nothing left running after a test."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={HERE / 'screen.json'}"
sys.path.insert(0, str(HERE))

from PySide6.QtCore import QEvent, QEventLoop  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402
from sample_station import at_rest, copy_of_sample, window_on  # noqa: E402

from sgz_desktop.actions.station import OpenStation  # noqa: E402
from sgz_desktop.gui import jobs, theme  # noqa: E402
from sgz_desktop.gui.main_window import MainWindow  # noqa: E402


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> Iterator[None]:
    """标准 type size before each test; a test that changes it is put back."""
    if theme.scale() != 1.0 or not qapp.styleSheet():
        theme.apply(qapp, 1.0)
    yield
    while jobs.busy():
        qapp.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    jobs.shutdown()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(params=[1.0, 1.15, 1.3], ids=["standard", "large", "largest"])
def every_scale(request: pytest.FixtureRequest, qapp: QApplication) -> float:
    """Runs a test at each type size."""
    theme.apply(qapp, request.param)
    return float(request.param)


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any) -> Iterator[tuple[OpenStation, str]]:
    """A copy of the sample station, and the id of its case."""
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    station, case = copy_of_sample(tmp_path)
    yield station, case
    at_rest(qtbot)
    station.close()


@pytest.fixture
def station(opened: tuple[OpenStation, str]) -> OpenStation:
    return opened[0]


@pytest.fixture
def window(opened: tuple[OpenStation, str], qtbot: Any) -> MainWindow:
    return window_on(opened[0], qtbot)
