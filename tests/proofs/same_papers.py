"""Prints every sort of paper of one store and tells their digests: run in processes that differ.

python -m tests.proofs.same_papers FOLDER CLOCK_MS [careless]
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from sgz_desktop.actions import ledgers, papers, papers_blank
from sgz_desktop.actions.desk import Desk, Device
from sgz_desktop.actions.ledgers import Wanted
from sgz_desktop.domain.actor import Actor
from sgz_desktop.reports import fonts
from sgz_desktop.store.session import Identity
from sgz_desktop.store.store import Store

KEY, STORE, NUMBER_OF_A_CASE = bytes(range(32)), "01900000-0000-7000-8000-000000000001", "case"


def desk_on(folder: Path, clock_ms: int) -> Desk:
    """The desk of a worker who may print all of it, its clock a millisecond further at every look."""
    turn = iter(range(clock_ms, clock_ms + 10**9))
    identity = Identity(STORE, "station", "测试站", "device-1", 1)
    actor = Actor("worker-1", frozenset({"social_worker", "station_head"}))
    ids = (f"01970000-0000-7000-8000-{n:012x}" for n in range(10**6))
    return Desk(
        Store(folder, KEY, identity, lambda: next(turn)),
        actor,
        "试验甲",
        Device("device-1", 1, "A"),
        lambda: next(ids),
    )


def printed(desk: Desk) -> Iterator[tuple[str, bytes]]:
    """Case file, brief, every ledger, every blank form."""
    yield "case file", papers.print_case_file(desk, NUMBER_OF_A_CASE)
    yield "brief", papers.print_brief(desk, "2026-05")
    for line in ledgers.ledgers_for(desk.actor):
        span = ("2026-01-01", "2026-12-31") if line.by_period else ("", "")
        yield f"ledger {line.name}", ledgers.print_ledger(desk, Wanted(line.name, *span))
    for kind, _ in papers_blank.blank_list():
        yield f"blank {kind}", papers_blank.print_blank(kind, desk.station)


def carelessly(text: str) -> str:
    """What a set, a locale or a zone would do to a paper."""
    return "".join(set("甲乙丙丁戊己庚辛")) + text


if __name__ == "__main__":
    os.environ.setdefault("SGZ_STATE", str(Path(sys.argv[1], "state")))
    desk = desk_on(Path(sys.argv[1]), int(sys.argv[2]))
    with mock.patch("sgz_desktop.reports.breaking.tidy", carelessly if sys.argv[3:] else fonts.tidy):
        told = {name: hashlib.sha256(data).hexdigest() for name, data in printed(desk)}
    desk.store.close()
    print(json.dumps(told))
