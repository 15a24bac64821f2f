"""kill -9 while a bundle is written or taken in: it is absent or complete, and the same step works again.

A process that has everything loaded forks a worker per kill, which kills itself before a step drawn at random
from those the operation was seen to take (`kill_worker`).
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from sgz_desktop.actions import keeping
from sgz_desktop.actions.exchange_receive import inspect_bundle
from sgz_desktop.store import exchange
from sgz_desktop.sync.reasons import Refused
from tests.actions.laptops import Laptop
from tests.proofs.conftest import Tally
from tests.proofs.exchange_worker import FRESH, OPERATIONS, coming, going, opened, send, take
from tests.proofs.file_calls import unflushed
from tests.proofs.kill_worker import COMMIT, FILE
from tests.proofs.sizes import SEED, size
from tests.proofs.test_kill import Helper, is_inside

KILLS = size(5, 100)  # of each operation
LEAST_INSIDE = 0.6


@pytest.fixture(scope="module")
def helper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Helper]:
    helper = Helper(tmp_path_factory.mktemp("exchange-kill") / "desk", "tests.proofs.exchange_worker")
    yield helper
    helper.close()


@pytest.fixture(autouse=True)
def _state_of_the_run(helper: Helper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SGZ_STATE", str(helper.places.state))


def sound(laptop: Laptop) -> list[str]:
    return [*laptop.station.notices, *keeping.check_store(laptop.station.desk, laptop.station).problems]


def sent_well(helper: Helper) -> tuple[bool, list[str]]:
    """Was the bundle written; and what is neither whole nor absent."""
    places, faults = helper.places, []
    first, second = opened(places, "first"), opened(places, "second")
    try:
        faults += sound(first)
        there, path = going(places).exists(), going(places)
        if there:
            try:
                inspect_bundle(second.station.desk, second.station, path)
            except Refused as told:
                faults.append(f"a bundle that is not whole: {told.detail}")
        noted = [one for one in first.station.desk.store.read(exchange.sent) if one.name == path.name]
        if noted and not there:
            faults.append("told as sent, and is not there")
        send(places, first)
        take_now = second.take(path)
        if not take_now.fresh or first.says()[0] != second.says()[0]:
            faults.append("the next bundle does not bring all")
        return there, faults
    finally:
        for laptop in (first, second):
            laptop.station.close()


def taken_well(helper: Helper) -> tuple[bool, list[str]]:
    """Was the bundle taken in; and what is neither whole nor absent."""
    places, faults = helper.places, []
    second = opened(places, "second")
    try:
        faults += sound(second)
        before = second.says()
        again = second.take(coming(places))
        if again.known and second.says() != before:
            faults.append("known, and yet it changed something")
        if not again.known and again.fresh != FRESH:
            faults.append("some of it was there already")
        take(places, second)
        faults += sound(second)
        left = list((second.folder / "inbox").iterdir())
        return again.known, faults + [f"left in the inbox: {path}" for path in left]
    finally:
        second.station.close()


JUDGES = {"send": sent_well, "take": taken_well}


def judged(helper: Helper, operation: str) -> tuple[bool, list[str]]:
    try:
        with unflushed(helper.places.run):
            return JUDGES[operation](helper)
    except Exception as problem:
        return False, [f"{operation}: {problem!r}"]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_killed_anywhere(helper: Helper, operation: str, tally: Tally) -> None:
    whole = helper.order(operation)
    assert judged(helper, operation) == (True, [])
    draw = random.Random(f"{SEED} exchange {operation}")
    half, inside, complete = [], 0, 0
    for number in range(KILLS):
        step = 1 + int((number + draw.random()) / KILLS * len(whole.sorts))
        heard = helper.order(operation, step)
        there, faults = judged(helper, operation)
        inside += is_inside(heard, whole)
        complete += there
        half += [f"before step {step}: {fault}" for fault in faults]
    share = round(inside / KILLS, 2)
    counts = {"kills": KILLS, "inside": share, "complete": complete, "half": len(half)}
    tally(f"kill -9 in {operation}", seed=SEED, steps=len(whole.sorts), **counts)
    assert half == []
    assert share >= LEAST_INSIDE


def test_a_bundle_is_absent_until_its_commit(helper: Helper) -> None:
    sorts = helper.order("take").sorts
    verdicts = []
    for step in [place for place, sort in enumerate(sorts, 1) if sort == COMMIT]:
        helper.order("take", step)
        verdicts.append(judged(helper, "take"))
    assert [faults for _, faults in verdicts] == [[]] * len(verdicts)
    there = [complete for complete, _ in verdicts]
    assert there == sorted(there)
    assert not there[0]


def test_control_a_bundle_written_in_place_is_noticed(helper: Helper) -> None:
    sorts = helper.order("send", fault="in-place").sorts
    for step in [place for place, sort in enumerate(sorts, 1) if sort == FILE]:
        helper.order("send", step, "in-place")
        if any("not whole" in fault for fault in judged(helper, "send")[1]):
            return
    pytest.fail("nobody noticed")
