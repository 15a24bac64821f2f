"""Save one form of twenty fields through record(), against a raw commit of the same settings on disk.

    python -m tests.benchmarks.bench_save [--rounds N]

Both use the writer's connection to the same encrypted file (WAL, synchronous FULL), in turn, so that disk and
neighbours weigh on both alike. Raw: one small INSERT and COMMIT. The station has 1,200 people and 12,000
visits. Ratio = median raw / median save; the search index, worked off right after the save, is told beside
it. Exit 1 when a *must* of the budget is missed.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.records import Person, Visit
from sgz_desktop.store.connection import DATABASE, connect
from sgz_desktop.store.read import load
from sgz_desktop.store.session import Writing
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import record
from tests.benchmarks.big_store import KEY, folder_for, open_store
from tests.benchmarks.corpus import Street

MUST = 0.2
ACTOR = Actor("worker-1", frozenset({"social_worker"}), "save")
STATION = Street(1_200, 12_000)
VISIT: dict[str, Any] = {
    "date": "2026-06-29",
    "start_time": "09:30",
    "end_time": "10:15",
    "mode": "home",
    "worker": "林知夏",
    "aim": "了解近期身体和生活情况",
    "facts": "老人在家，自述膝盖疼痛加重，上下楼困难。厨房屋顶有漏雨痕迹，米面够吃半个月。",
    "judgement": "居住环境有隐患，需尽快修缮。",
    "mood": "情绪平稳，愿意交谈。",
    "next_plan": "联系村委会查看屋顶，下周回访。",
    "next_on": "2026-07-06",
    "signature": "signed",
    "household": "h000000001",
    "person": "p000000003",
    "purposes": "routine",
    "companions": "许安",
    "met": True,
    "environment": "室内整洁，光线较暗。",
    "body_state": "fair",
    "mind_state": "good",
    "change": "worse",
    "changes": "膝盖疼痛加重",
    "needs_told": "希望修好屋顶，配一根拐杖。",
    "handling": "已拍照，当场告知临时救助政策。",
    "goods": "大米一袋",
}
ALTERED: dict[str, Any] = {
    "name": "周某甲",
    "former_name": "周某乙",
    "nickname": "老周",
    "sex": "male",
    "born": "1950-03-04",
    "id_number": "990001195003041234",
    "id_status": "has",
    "phone": "19900001234",
    "ethnicity": "01",
    "marital": "10",
    "education": "70",
    "hukou": "rural",
    "residence": "local",
    "hukou_address": "柳湾村三组12号",
    "address": "柳湾村三组12号",
    "workplace": "务农",
    "illness": "高血压，每天服药一次。",
    "basic_pension": 20_000,
    "filed_on": "2024-05-01",
    "note": "独居，女儿每月回来一次。",
}


@dataclass
class Times:
    """Milliseconds of each round: the save's wall time, its CPU, the raw commit, the index that follows."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    raw: list[float] = field(default_factory=list)
    index: list[float] = field(default_factory=list)


def new_visit(store: Store, number: int) -> Callable[[Writing], object]:
    """A visit written down for the first time."""
    return lambda session: record(session, ACTOR, "", Visit.KIND, f"new-{number}", VISIT, {})


def altered_person(store: Store, number: int) -> Callable[[Writing], object]:
    """Twenty fields of a person on file altered in a loaded form."""
    id = f"p{number % STATION.people:09d}"
    loaded = store.read(lambda session: load(session, Person, id))
    assert loaded is not None
    values = {
        name: f"{value}{number}" if name in ("note", "address") else value for name, value in ALTERED.items()
    }
    return lambda session: record(session, ACTOR, "", Person.KIND, id, values, loaded.seen)


def rounds(store: Store, form: Callable[[Store, int], Callable[[Writing], object]], count: int) -> Times:
    """`count` saves and raw commits in turn."""
    times = Times()
    for number in range(count):
        work = form(store, number)
        start, cpu = time.perf_counter(), time.process_time()
        store.write(work)
        times.wall.append((time.perf_counter() - start) * 1000)
        times.cpu.append((time.process_time() - cpu) * 1000)
        store.read(lambda session: None)
        times.index.append((time.perf_counter() - start) * 1000 - times.wall[-1])
        times.raw.append(_raw_commit(store, number))
    return times


def _add_raw_table(folder: Path) -> None:
    connection = connect(folder / DATABASE, KEY)
    connection.execute("CREATE TABLE bench_raw(n INTEGER PRIMARY KEY, text TEXT)")
    connection.close()


def _raw_commit(store: Store, number: int) -> float:
    """Handed to the writer's thread as a save is."""

    def commit() -> None:
        run = store._writer.connection.execute
        run("BEGIN IMMEDIATE")
        run("INSERT INTO bench_raw(text) VALUES(?)", (f"raw {number}",))
        run("COMMIT")

    start = time.perf_counter()
    store._writer.run(commit)
    return (time.perf_counter() - start) * 1000


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=300)
    options.add_argument("--profile", action="store_true", help="print where new visits spend their time")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="sgz-bench-save-") as temporary:
        folder = Path(temporary) / "store"
        shutil.copytree(folder_for(STATION), folder)
        _add_raw_table(folder)
        store = open_store(folder)
        missed = [report(name, rounds(store, form, given.rounds)) for name, form in FORMS.items()]
        if given.profile:
            _profile(store)
        store.close()
    return 1 if any(missed) else 0


FORMS = {
    f"new visit, {len(VISIT)} fields": new_visit,
    f"person altered, {len(ALTERED)} fields": altered_person,
}


def report(name: str, times: Times) -> bool:
    """Print one line; True when the must is missed."""
    raw, wall, cpu, index = (
        statistics.median(part) for part in (times.raw, times.wall, times.cpu, times.index)
    )
    ratio = raw / wall
    print(
        f"{name}: raw {raw:.2f} ms, save {wall:.2f} ms (CPU {cpu:.2f}); search index after it {index:.2f}; "
        f"ratio {ratio:.2f} (must {MUST})"
    )
    return ratio < MUST


def _profile(store: Store) -> None:
    profiler = cProfile.Profile()
    works = [new_visit(store, number) for number in range(10_000, 10_200)]

    def watched(session: Writing, work: Callable[[Writing], object]) -> None:
        profiler.enable()
        work(session)
        profiler.disable()

    for work in works:
        store.write(lambda session, work=work: watched(session, work))  # type: ignore[misc]
    pstats.Stats(profiler).sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    sys.exit(main())
