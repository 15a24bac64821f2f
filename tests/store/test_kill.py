"""kill -9 while saving: what was acknowledged is kept, and the edit under way is whole or absent.

A helper process that has everything loaded forks a worker per kill. Some workers kill themselves at a chosen
statement of a save, so that every stage of it is met; others are killed from outside at any moment.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sgz_desktop.store import blobs, log
from sgz_desktop.store.check import check
from sgz_desktop.store.store import Store

WORKER = """
import os, signal, sys
from pathlib import Path
from sgz_desktop.domain.actor import Actor
from sgz_desktop.store.session import Identity
from sgz_desktop.store.store import Store
from sgz_desktop.store.terms import name_readings
from sgz_desktop.store.write import Write, record_many
name_readings("测试")  # loads the dictionary once, before the forks
STORE_ID = "01900000-0000-7000-8000-000000000001"

def say(text):
    os.write(1, (text + "\\n").encode())

def work(folder, dies_at, early):
    store = Store(Path(folder), bytes(range(32)), Identity(STORE_ID, "station", "测试站", "device-1", 1))
    actor = Actor("worker-1", frozenset(), "save")
    heard, over = [0], []

    def count(statement):
        if over:  # the index is worked off after the save
            return
        heard[0] += 1
        if statement == "COMMIT":
            over.append(True)
        if heard[0] == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)

    for number in range(1, 1000 if dies_at < 0 else 4):
        store._writer.rest()  # the connection is its thread's alone until the index is done
        if number == 3 and dies_at >= 0:
            store._writer.connection.set_trace_callback(count)
        writes = [Write("person", f"{half}{number}", {"name": "测试", "note": "长" * 500}) for half in "ab"]
        if early:  # the fault a control plants: told before it is true
            say(f"saved {number}")
        store.write(lambda s: record_many(s, actor, "", writes))
        if not early:
            say(f"saved {number}")
    store._writer.rest()
    store._writer.connection.set_trace_callback(None)
    say(f"done {heard[0]}")

say("ready")
for order in sys.stdin:
    dies_at, early, folder = order.rstrip("\\n").split(" ", 2)
    child = os.fork()
    if child == 0:
        say(f"pid {os.getpid()}")
        work(folder, int(dies_at), early == "early")
        os._exit(0)
    os.waitpid(child, 0)
    say("over")
"""


class Helper:
    """The loaded process: give it an order, read what its worker says."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", WORKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.hear() == ["ready", ""]

    def hear(self) -> list[str]:
        assert self.process.stdout
        word, _, rest = self.process.stdout.readline().strip().partition(" ")
        return [word, rest]

    def order(self, folder: Path, dies_at: int, when: str = "after") -> int:
        """Start a worker; its process id. `when`: it acknowledges "after" the commit, or too "early"."""
        assert self.process.stdin
        self.process.stdin.write(f"{dies_at} {when} {folder}\n")
        self.process.stdin.flush()
        word, pid = self.hear()
        assert word == "pid"
        return int(pid)

    def rest(self) -> tuple[int, int]:
        """What the worker still says, until it is over: the last save it acknowledged, statements counted."""
        saved = statements = 0
        while (heard := self.hear())[0] != "over":
            saved = int(heard[1]) if heard[0] == "saved" else saved
            statements = int(heard[1]) if heard[0] == "done" else statements
        return saved, statements


@pytest.fixture(scope="module")
def helper() -> Iterator[Helper]:
    helper = Helper()
    yield helper
    assert helper.process.stdin
    assert helper.process.stdout
    helper.process.stdin.close()
    helper.process.wait()
    helper.process.stdout.close()


def survivors(make_store, folder: Path, acknowledged: int) -> int:
    """Reopen and prove: every acknowledged save is there whole, at most one more, and all is sound."""
    store: Store = make_store(folder=folder)
    query = "SELECT id FROM r_person WHERE name = '测试' ORDER BY id"
    ids = {row[0] for row in store.read(lambda s: s.connection.execute(query).fetchall())}
    kept = len(ids) // 2
    assert ids == {f"{half}{number}" for half in "ab" for number in range(1, kept + 1)}
    assert acknowledged <= kept <= acknowledged + 1
    assert store.read(log.tops).get("device-1", 0) == kept
    assert store.read(lambda s: check(s, folder / blobs.FOLDER, None)).problems == []
    store.close()
    return kept


def test_killed_at_every_stage_of_a_save(
    helper: Helper, store_template: Path, tmp_path: Path, make_store
) -> None:
    def run(dies_at: int) -> tuple[int, int]:
        folder = tmp_path / str(dies_at)
        shutil.copytree(store_template, folder)
        helper.order(folder, dies_at)
        saved, statements = helper.rest()
        return survivors(make_store, folder, saved), statements

    kept, statements = run(0)
    assert kept == 3
    assert statements > 12
    found = {dies_at: run(dies_at)[0] for dies_at in {*range(1, statements, 2), statements - 1, statements}}
    assert all(kept == 2 for dies_at, kept in found.items() if dies_at <= statements)  # before COMMIT ran
    assert len(found) >= 8


def test_killed_at_any_moment(helper: Helper, store_template: Path, tmp_path: Path, make_store) -> None:
    draw = random.Random(7)
    for number in range(6):
        folder = tmp_path / str(number)
        shutil.copytree(store_template, folder)
        pid = helper.order(folder, -1)
        last = 0
        for _ in range(draw.randrange(1, 12)):
            last = int(helper.hear()[1])
        until = time.perf_counter() + draw.random() * 0.004  # somewhere in the save that follows
        while time.perf_counter() < until:
            pass
        os.kill(pid, signal.SIGKILL)
        saved, _ = helper.rest()
        survivors(make_store, folder, max(saved, last))


def test_control_an_acknowledgement_before_the_commit_is_noticed(
    helper: Helper, store_template: Path, tmp_path: Path, make_store
) -> None:
    shutil.copytree(store_template, tmp_path / "early")
    helper.order(tmp_path / "early", 5, when="early")
    saved, _ = helper.rest()
    with pytest.raises(AssertionError):
        survivors(make_store, tmp_path / "early", saved)
