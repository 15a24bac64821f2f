"""What many tests share: a migrated store made once, copied per test and opened by its raw key."""

from __future__ import annotations

import gc
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

import pytest

if TYPE_CHECKING:  # tests that need no store should not wait for it
    from sgz_desktop.domain.actor import Actor
    from sgz_desktop.store.store import Store

KEY = bytes(range(32))
STORE_ID = "01900000-0000-7000-8000-000000000001"
FIRST_MS = 1_782_777_600_000  # 2026-06-30 00:00 UTC

MakeStore = Callable[..., "Store"]


class TestClock:
    """UTC milliseconds that move on by `step` at every look."""

    __test__ = False

    def __init__(self, start: int = FIRST_MS, step: int = 1000) -> None:
        self.ms = start
        self.step = step

    def __call__(self) -> int:
        self.ms += self.step
        return self.ms


def pytest_collection_finish() -> None:
    """Modules and tests stay to the end: the garbage collector need not walk them again and again, which took
    an eighth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True, scope="session")
def _limits_stay() -> Iterator[None]:
    """A window opened in the tests' own process must not lower its limits for the tests that follow."""
    with mock.patch("sgz_desktop.process.leave_no_dumps"):
        yield


@pytest.fixture(autouse=True, scope="session")
def _new_stores_are_quick() -> Iterator[None]:
    """Only the first new store of a run goes through every migration step."""
    from tests.new_stores import quickly_made

    with quickly_made():
        yield


@pytest.fixture(scope="session", autouse=True)
def no_state_of_this_computer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What a test keeps outside its stores never lands in the user's own state folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SGZ_STATE", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(scope="session")
def store_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty, migrated store under KEY, closed."""
    from sgz_desktop.store.session import Identity
    from sgz_desktop.store.store import Store

    folder = tmp_path_factory.mktemp("template")
    Store(folder, KEY, Identity(STORE_ID, "station", "测试站", "device-0", 1)).close()
    return folder


@pytest.fixture
def make_store(store_template: Path, tmp_path: Path) -> Iterator[MakeStore]:
    """make_store(device="device-1") → an open store in a folder of its own; closed after the test."""
    from sgz_desktop.store.session import Identity
    from sgz_desktop.store.store import Store

    opened: list[Store] = []

    def make(
        device: str = "device-1", folder: Path | None = None, now: Callable[[], int] | None = None
    ) -> Store:
        place = folder or tmp_path / device
        if not place.exists():
            shutil.copytree(store_template, place)
        identity = Identity(STORE_ID, "station", "测试站", device, 1)
        opened.append(Store(place, KEY, identity, now or TestClock()))
        return opened[-1]

    yield make
    for store in opened:
        store.close()


@pytest.fixture
def store(make_store: MakeStore) -> Store:
    """One open, empty store."""
    return make_store()


@pytest.fixture
def actor() -> Actor:
    """A made-up worker at a made-up action."""
    from sgz_desktop.domain.actor import Actor

    return Actor("worker-1", frozenset({"social_worker"}), "save")


@pytest.fixture(scope="session")
def store_key() -> bytes:
    """The raw key of the template store."""
    return KEY


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell what the proofs tried (`tally`), and leave it as JSON where SGZ_PROOFS_JSON names a file."""
    told = [
        counts
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", "") == "call"
        for name, counts in report.user_properties
        if name == "tally"
    ]
    if not told:
        return
    told.sort(key=lambda counts: str(counts["proof"]))
    terminalreporter.section("proofs")
    for counts in told:
        figures = ", ".join(f"{name} {value}" for name, value in counts.items() if name != "proof")
        terminalreporter.write_line(f"{counts['proof']}: {figures}")
    if path := os.environ.get("SGZ_PROOFS_JSON"):
        Path(path).write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
