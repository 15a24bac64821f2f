"""kill -9 while data change: what was acknowledged is kept, what was under way is whole or absent.

A process that has everything loaded forks a worker per kill. Most workers kill themselves before a step drawn
at random from those the operation was seen to take; every fifth is killed from outside, at any moment.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.proofs.conftest import Tally
from tests.proofs.kill_worker import COMMIT, FILE, STATEMENT, WAITS
from tests.proofs.places import OPERATIONS, Places
from tests.proofs.sizes import SEED, size
from tests.proofs.verdict import Verdict, judge

REPOSITORY = Path(__file__).resolve().parents[2]
KILLS = size(23, 572)  # of each operation
LEAST_INSIDE = 0.6  # of the kills, after the first step and before the last
SLOWEST_START = 10.0  # seconds


@dataclass
class Heard:
    """What a worker said before its end, and how many steps it had begun."""

    saved: list[str] = field(default_factory=list)
    acknowledged: bool = False
    sorts: str = ""
    begun: int = 0
    finished: bool = False
    seconds: float = 0.0  # from the beginning of the operation


class Helper:
    """The loaded process: give it an order, read what its worker says."""

    def __init__(self, root: Path, module: str = "tests.proofs.kill_worker") -> None:
        self.places = Places(root)
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, str(root)],
            cwd=REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._line() == ("ready", "")

    def _line(self) -> tuple[str, str]:
        assert self.process.stdout
        word, _, rest = self.process.stdout.readline().strip().partition(" ")
        return word, rest

    def order(
        self, operation: str, dies_at: int = 0, fault: str = "none", killed_after: float | None = None
    ) -> Heard:
        """Let a worker do an operation; so many seconds after it began it is `killed_after`, from outside."""
        assert self.process.stdin
        self.process.stdin.write(f"{operation} {dies_at if killed_after is None else WAITS} {fault}\n")
        self.process.stdin.flush()
        heard, pid, since = Heard(), 0, 0.0
        while (line := self._line())[0] != "over":
            word, rest = line
            assert word in ("pid", "saved", "begins", "done"), line
            if word == "pid":
                pid = int(rest)
            elif word == "saved":
                heard.saved.append(rest)
            elif word == "done":
                heard.acknowledged, heard.sorts, heard.seconds = True, rest, time.perf_counter() - since
            else:
                since = time.perf_counter()
                if killed_after is not None:
                    time.sleep(killed_after)
                    os.kill(pid, signal.SIGKILL)
        page = self.places.page.read_bytes()
        heard.begun, heard.finished = int.from_bytes(page[:4], "little"), bool(page[4])
        return heard

    def judge(self, operation: str, heard: Heard) -> Verdict:
        return judge(self.places, operation, heard.saved, heard.acknowledged)

    def close(self) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


def is_inside(heard: Heard, whole: Heard) -> bool:
    """Had the first step been taken and the last not?"""
    return not heard.finished and 0 < heard.begun < len(whole.sorts)


@pytest.fixture(scope="module")
def helper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Helper]:
    helper = Helper(tmp_path_factory.mktemp("kill") / "desk")
    yield helper
    helper.close()


@pytest.fixture(autouse=True)
def _state_of_the_run(helper: Helper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SGZ_STATE", str(helper.places.state))


def drawn(whole: Heard, draw: random.Random) -> Iterator[tuple[int, float | None]]:
    """(before which step, or after how many seconds) each kill falls: spread over the operation, calls and
    statements alike."""
    outside = KILLS // 5
    for number in range(KILLS - outside):
        steps = steps_of(whole, (FILE, STATEMENT)[number % 2])
        yield steps[int((number + draw.random()) / (KILLS - outside) * len(steps))], None
    for _ in range(outside):
        yield 0, draw.random() * whole.seconds


def steps_of(whole: Heard, sort: str) -> list[int]:
    sorts = (STATEMENT, COMMIT) if sort == STATEMENT else (sort,)
    return [step for step, its_sort in enumerate(whole.sorts, start=1) if its_sort in sorts]


def commit_of(whole: Heard) -> int:
    """The step that puts a save on the disk; its search index follows in a transaction of its own."""
    return whole.sorts.index(COMMIT) + 1


@pytest.mark.parametrize("operation", OPERATIONS)
def test_killed_anywhere(helper: Helper, operation: str, tally: Tally) -> None:
    whole = helper.order(operation)
    assert helper.judge(operation, whole).complete
    inside, lost, half, slowest = 0, [], [], 0.0
    for dies_at, killed_after in drawn(whole, random.Random(f"{SEED} {operation}")):
        heard = helper.order(operation, dies_at, killed_after=killed_after)
        verdict = helper.judge(operation, heard)
        inside += is_inside(heard, whole)
        lost += verdict.lost
        half += [f"before step {dies_at}: {problem}" for problem in verdict.half]
        slowest = max(slowest, verdict.seconds)
    share = round(inside / KILLS, 2)
    counts = {"kills": KILLS, "inside": share, "lost": len(lost), "half": len(half)}
    tally(f"kill -9 in {operation}", seed=SEED, **counts, slowest_start_s=round(slowest, 2))
    assert (lost, half) == ([], [])
    assert share >= LEAST_INSIDE
    assert slowest <= SLOWEST_START


def test_a_save_is_absent_as_long_as_its_commit_has_not_run(helper: Helper) -> None:
    whole = helper.order("save")
    statements = [step for step in steps_of(whole, STATEMENT) if step <= commit_of(whole)]
    assert len(statements) > 12
    for dies_at in {*statements[::5], statements[-1]}:
        verdict = helper.judge("save", helper.order("save", dies_at))
        assert (verdict.lost, verdict.half, verdict.complete) == ([], [], False)


def test_control_an_acknowledgement_before_the_commit_is_noticed(helper: Helper) -> None:
    heard = helper.order("save", commit_of(helper.order("save")), "early")
    assert heard.acknowledged
    assert helper.judge("save", heard).lost == ["save"]


def test_control_a_file_written_in_place_is_noticed(helper: Helper) -> None:
    calls = steps_of(helper.order("export", fault="in-place"), FILE)
    assert any(helper.judge("export", helper.order("export", step, "in-place")).half for step in calls[-8::2])
