"""The process that is killed: with everything loaded, it forks a worker for each order.

    python -m tests.proofs.kill_worker FOLDER

An order is a line `OPERATION AT FAULT`. The worker opens the station, saves twice and tells of it, and does
the operation, killing itself before step AT (0: never; -1: it ends only when killed from outside). Steps are
the calls that change a file and the SQL statements that change something. FAULT is "none", or what a control
plants: "early" tells of the operation before it is done, "in-place" writes files without a part that takes
their place.
"""

from __future__ import annotations

import gc
import mmap
import os
import re
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from sgz_desktop import files
from sgz_desktop.domain.edits import Edit
from tests.proofs.at_work import Worker, make_template
from tests.proofs.file_calls import CALLS, WRITES, Call, Skipped, watched
from tests.proofs.places import Places

CHANGING = re.compile(r"(/\*.*?\*/ *)?(INSERT|REPLACE|UPDATE|DELETE|COMMIT|CREATE|ALTER|DROP|VACUUM|PRAGMA)")
FILE, STATEMENT, COMMIT = "f", "s", "c"
WAITS = -1


def say(text: str) -> None:
    os.write(1, (text + "\n").encode())


class Steps:
    """Counts the steps of an operation and kills the process before one of them."""

    def __init__(self, page: Path, dies_at: int) -> None:
        with page.open("r+b") as file:
            self._page = mmap.mmap(file.fileno(), 8)
        self.dies_at = dies_at
        self._counting = False
        self.sorts = ""

    def begin(self) -> None:
        say("begins")
        self._counting = True

    def end(self) -> None:
        self._counting = False
        self._page[4] = 1

    def call(self, call: Call) -> None:
        if call.what in WRITES:
            self._take(FILE)
        if call.what == "sync":
            raise Skipped  # what the system was given outlives a process, flushed or not

    def statement(self, text: str) -> None:
        if CHANGING.match(text):
            self._take(COMMIT if text == "COMMIT" else STATEMENT)

    def _take(self, sort: str) -> None:
        if not self._counting:
            return
        if len(self.sorts) + 1 == self.dies_at:
            os.kill(os.getpid(), signal.SIGKILL)
        self.sorts += sort
        self._page[:4] = len(self.sorts).to_bytes(4, "little")


def trace_statements(steps: Steps) -> None:
    """Every statement of every connection opened from now on is a step."""
    plain_connect = driver.connect

    def connect(*values: Any, **options: Any) -> Any:
        connection = plain_connect(*values, **options)
        connection.set_trace_callback(steps.statement)
        return connection

    driver.connect = connect


def work(places: Places, sent: list[Edit], operation: str, steps: Steps, fault: str) -> None:
    """What a worker does from start to end."""
    trace_statements(steps)
    with watched(places.run, steps.call, CALLS & WRITES):
        worker = Worker(places, sent)
        for name in worker.save_two():
            say(f"saved {name}")
        worker.make_ready(operation)
        if fault == "in-place":
            files._part_beside = written_over
        steps.begin()
        if fault == "early":
            say("done")
        getattr(worker, operation)()
        steps.end()
    say(f"done {steps.sorts}")
    if steps.dies_at == WAITS:
        signal.pause()


def written_over(path: Path, private: bool) -> Path:
    """No part beside the file: the file itself, emptied."""
    path.write_bytes(b"")
    return path


def obey(places: Places, order: str, work: Callable[[str, Steps, str], None]) -> None:
    """Fork a worker for one order and wait for its end."""
    operation, dies_at, fault = order.split()
    shutil.rmtree(places.run, ignore_errors=True)
    shutil.copytree(places.template, places.run)
    places.page.write_bytes(bytes(8))
    child = os.fork()
    if child == 0:
        try:
            say(f"pid {os.getpid()}")
            work(operation, Steps(places.page, int(dies_at)), fault)
        except BaseException as problem:
            say(f"failed {problem!r}")
            raise
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    say("over")


def main() -> None:
    places = Places(Path(sys.argv[1]))
    os.environ["SGZ_STATE"] = str(places.state)
    sent = make_template(places)
    gc.freeze()  # or each worker's collector would walk, and so copy, all that was loaded
    say("ready")
    for order in sys.stdin:
        obey(places, order, partial(work, places, sent))


if __name__ == "__main__":
    main()
