"""A real station in a temporary folder, for pages and forms; its people are invented."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from sgz_desktop.actions import people, station
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.edits import Draft, Edit, seal
from sgz_desktop.gui import jobs
from sgz_desktop.store.apply import apply
from sgz_desktop.store.store import Store
from sgz_desktop.vault.stretch import Argon2Params

QUICK = Argon2Params(64, 1, 1)
PASSPHRASE = "溪水边的大榕树下有只白鹭"
TODAY_MS = 1_782_800_000_000  # 2026-06-30 in Beijing and in London
_CHAINS: WeakKeyDictionary[Store, list[Edit]] = WeakKeyDictionary()  # what the other computer wrote to each


@contextmanager
def open_desk(folder: Path) -> Iterator[Desk]:
    """An empty station on 2026-06-30, one worker, small Argon2 costs, its state beside it."""
    before = os.environ.get("SGZ_STATE")
    os.environ["SGZ_STATE"] = str(folder / "state")
    made = station.create_station(
        folder / "store", "柳溪镇", "甲社工", PASSPHRASE, params=QUICK, now=lambda: TODAY_MS
    )
    try:
        yield made.desk
    finally:
        close_windows()
        made.close()
        os.environ.pop("SGZ_STATE")
        if before is not None:
            os.environ["SGZ_STATE"] = before


def close_windows() -> None:
    """Take away every window a test left, with its timers, before its store is closed."""
    settle()
    for window in QApplication.topLevelWidgets():
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settle()


def settle() -> None:
    """Let layouts, timers at rest and jobs come to an end."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    for _ in range(4):
        app.processEvents()
    while jobs.busy():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    app.processEvents()


def person(name: str, relation: str = "20", **typed: object) -> people.MemberInput:
    """A member of a household as typed."""
    return people.MemberInput(relation, {"name": name, **typed})


def register(desk: Desk, *members: people.MemberInput, **typed: object) -> people.Registered:
    """A household in 上溪村 unless told otherwise."""
    return people.register_household(desk, {"village": "上溪村", **typed}, members)


class Keys:
    """Presses keys where the keyboard is, and counts them."""

    def __init__(self, window: QWidget) -> None:
        self.window, self.count = window, 0
        window.activateWindow()
        settle()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, with or without a modifier."""
        self.count += 1
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        settle()

    def letters(self, text: str) -> None:
        """Letters and digits, one key each."""
        for letter in text:
            self.count += 1
            QTest.keyClicks(QApplication.focusWidget(), letter)
        settle()


def peer(desk: Desk, kind: str, id: str, **values: Any) -> None:
    """Another computer wrote this without having seen what stands here."""
    chain = _CHAINS.setdefault(desk.store, [])
    drafts = [Draft(kind, id, desk.store.identity.store_id, cell, value) for cell, value in values.items()]
    told = {"epoch": 1, "clock": 2**62, "at_ms": desk.store.now() + 1000, "who": "w-2", "action": "save_form"}
    prev = chain[-1].hash if chain else bytes(32)
    chain.append(seal(device="device-b", seq=len(chain) + 1, prev=prev, why="", drafts=drafts, **told))
    desk.store.write(lambda session: apply(session, chain[-1:]))
