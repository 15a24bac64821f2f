"""A stick, or the disk, that is full, read-only or pulled at any call of writing a bundle or taking one in.

Pulled is "failing, lasting": from a call on, every one errs. Writing leaves nothing that counts as sent,
taking in changes nothing; the person is told what to do, and the same step works once the disk does.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from sgz_desktop.actions import keeping
from sgz_desktop.actions.exchange_receive import import_bundle, inspect_bundle
from sgz_desktop.actions.exchange_send import export_bundle
from sgz_desktop.errors import AppError
from sgz_desktop.store import exchange
from sgz_desktop.store.store import Store
from tests.actions import laptops as made
from tests.actions.laptops import Laptop
from tests.proofs.conftest import Tally
from tests.proofs.disk_work import tidy
from tests.proofs.faulty_disk import FAILING, FAULTS, FULL, READ_ONLY, Case, FaultyDisk, Run, Sweep
from tests.proofs.sizes import LONG

EVERY = [Case(fault, lasting) for fault in FAULTS for lasting in (False, True)]
CASES = EVERY if LONG else [Case(FULL), Case(FAILING, True), Case(READ_ONLY, True)]
NOT_OURS_TO_TELL = (
    "write head-",  # the head kept outside catches up at the next start
    "mkdir inbox",  # it is there
    "unlink ",  # our own copy of a bundle that was taken in may stay, and its going need not last
    "open inbox",  # the folder, to flush that
    "sync inbox",
)


class Exchange(Sweep):
    """Two laptops and a stick on a disk that can be made to fail."""

    forgiven = NOT_OURS_TO_TELL

    def __init__(self, folder: Path, disk: FaultyDisk, patch: pytest.MonkeyPatch) -> None:
        super().__init__(disk)
        patch.setenv("SGZ_STATE", str(folder / "state"))
        patch.setattr(threading, "excepthook", self._hear)
        self.heard: list[BaseException | None] = []
        self._note_waiting(patch)
        self.folder, self.stick = folder, folder / "stick"
        self.stick.mkdir()
        self.first = made.founder(folder / "first")
        self.second = made.joined(self.first, folder / "second", 1, self.stick)
        self.first.attach(self.first.write(name="测试"), b"%PDF made up" * 100)
        self._before()

    def _before(self) -> None:
        """What is done before each, on a sound disk."""

    def _hear(self, args: Any) -> None:
        self.heard.append(args.exc_value)

    def _note_waiting(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The index waits in silence for the next save, which may come, and heal it, within the same work."""
        indexed = Store._index

        def index(store: Store) -> None:
            indexed(store)
            self.waited += store._unindexed

        self.waited = 0
        monkeypatch.setattr(Store, "_index", index)

    def at_rest(self) -> None:
        """Wait, without a call to the disk, until what was queued is done: it meets the fault or does not by
        its place, never by the speed of the machine."""
        for laptop in (self.first, self.second):
            laptop.station.desk.store._writer.run(lambda: None)

    def complaints(self) -> int:
        self.at_rest()
        told = len(self.heard)
        told, self.waited = told + self.waited, 0
        assert all(isinstance(problem, AppError) for problem in self.heard), self.heard
        self.heard.clear()
        return told

    def sound(self, laptop: Laptop) -> None:
        assert keeping.check_store(laptop.station.desk, laptop.station).problems == ()

    def close(self) -> None:
        for laptop in (self.first, self.second):
            laptop.station.close()


class Sending(Exchange):
    """One bundle for the second laptop."""

    def _before(self) -> None:
        self.first.write(name="又一位")
        self.path = self.stick / f"b{len(list(self.stick.iterdir()))}.sgzb"

    def act(self) -> None:
        station = self.first.station
        try:
            export_bundle(station.desk, station, self.first.known(self.second), self.path)
        finally:
            self.at_rest()

    def judge(self, told: AppError | None, run: Run) -> None:
        tidy(run, self.folder)
        noted = [
            one for one in self.first.station.desk.store.read(exchange.sent) if one.name == self.path.name
        ]
        assert not (told and noted), "told as failed, and yet it counts as sent"
        assert told is None or "请" in str(told), "told what happened, and not what to do"
        if self.path.exists():
            station = self.second.station
            assert inspect_bundle(station.desk, station, self.path).edits > 0
        if told is None:
            assert noted, "told as sent, and nothing was noted"
            assert self.path.exists(), "told as sent, and it is not there"
            self.sound(self.first)
            self._before()


class Taking(Exchange):
    """A bundle of the first laptop into the second."""

    def _before(self) -> None:
        self.first.write(name="又一位")
        self.bundle = self.first.send(self.second, self.stick).path
        self.was = self.second.says()

    def act(self) -> None:
        try:
            import_bundle(self.second.station.desk, self.second.station, self.bundle)
        finally:
            self.at_rest()

    def judge(self, told: AppError | None, run: Run) -> None:
        tidy(run, self.folder)
        if told:
            assert self.second.says() == self.was, "told as failed, and yet something changed"
            assert "请" in str(told), "told what happened, and not what to do"
            return
        assert self.second.says()[0] == self.first.says()[0], "told as taken, and it is not there"
        self.sound(self.second)
        self._before()


class TakingWhateverComes(Taking):
    """A window that does not listen."""

    def act(self) -> None:
        with suppress(AppError):
            super().act()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[FaultyDisk]:
    with FaultyDisk().at_work(tmp_path) as disk:
        yield disk


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("work", [Sending, Taking])
def test_every_call(
    tmp_path: Path,
    disk: FaultyDisk,
    monkeypatch: pytest.MonkeyPatch,
    tally: Tally,
    work: type[Exchange],
    case: Case,
) -> None:
    exchange_under_test = work(tmp_path, disk, monkeypatch)
    try:
        tried = exchange_under_test.over(case, every=LONG)
    finally:
        exchange_under_test.close()
    assert tried.told
    name = f"disk faults: {work.__name__.lower()} a bundle, {case}"
    tally(name, places=tried.places, faults=tried.faults, told=tried.told, wrongly_told=0)


def test_control_a_failure_nobody_is_told_of_is_noticed(
    tmp_path: Path, disk: FaultyDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = TakingWhateverComes(tmp_path, disk, monkeypatch)
    try:
        with pytest.raises(AssertionError, match="nobody was told that the disk refused"):
            work.over(Case(FULL))
    finally:
        work.close()
