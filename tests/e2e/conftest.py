"""A screen of 1366×768 without a display, a state folder of its own, and a worker's hand."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={HERE.parent / 'gui' / 'screen.json'}"
sys.path.insert(0, str(HERE))

from hand import Hand  # noqa: E402
from PySide6.QtCore import QEvent  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from sgz_desktop.actions import cases, people  # noqa: E402
from sgz_desktop.actions import station as stations  # noqa: E402
from sgz_desktop.app import Root  # noqa: E402
from sgz_desktop.gui import jobs, messages, theme  # noqa: E402
from sgz_desktop.vault.stretch import Argon2Params  # noqa: E402

STATION, WORKER, HEAD = "柳溪镇社会工作服务站", "甲社工", "岑厚根"
PASSPHRASE = "溪水边的大榕树下有只白鹭"
CHEAP = Argon2Params(1024, 1, 1)
TODAY = datetime(2026, 6, 30, 9, 0)


class Program:
    """The program on one store folder: started, closed and started again as often as a story wants."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self.app, self.folder = app, folder
        self.root: Root | None = None
        self.relaunched: list[list[str]] = []
        self.passphrase = PASSPHRASE

    def start(self) -> Root:
        """Start it; what a fresh process would be after a lock is another start."""
        self.root = Root(self.app, self.folder, relaunch=self.relaunched.append)
        self.root.start()
        return self.root

    def close(self) -> None:
        """Close its window and its store, as leaving the program does."""
        root, self.root = self.root, None
        if root is None:
            return
        for one in (root.window, root.page):
            if one is not None:
                one.close()
        root.close()
        for one in (root.window, root.page):
            if one is not None:
                one.deleteLater()
        jobs.shutdown()
        jobs.on_failed(messages.show_problem)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """30 June 2026, nine in the morning, a millisecond further at every look: for every station opened."""
    state = {"ms": int(TODAY.timestamp() * 1000)}

    def now() -> int:
        state["ms"] += 1
        return state["ms"]

    for name in ("create_station", "open_station"):
        monkeypatch.setattr(stations, name, partial(getattr(stations, name), now=now))
    return now


@pytest.fixture
def program(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Callable[[], int]
) -> Iterator[Program]:
    """The program on an empty folder, not yet started."""
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    jobs.on_failed(messages.show_problem)
    made = Program(qapp, tmp_path / "store")
    yield made
    made.close()
    jobs.shutdown()
    theme.apply(qapp, 1.0)


@pytest.fixture
def at_desk(program: Program) -> Program:
    """A station with one household and a case, made beforehand, and the unlock page in front."""
    opened = stations.create_station(program.folder, STATION, WORKER, PASSPHRASE, params=CHEAP)
    head = people.MemberInput("02", {"name": HEAD, "born": "1962", "phone": "13800005926"})
    home = people.register_household(opened.desk, {"village": "石桥头村"}, [head])
    cases.open_case(opened.desk, person=home.people[0])
    opened.close()
    program.start()
    return program


@pytest.fixture
def hand(program: Program, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    """A worker's hand."""
    made = Hand(qtbot, monkeypatch)
    yield made
    made.go_home()
