"""政策找人 over everybody on file, and once more after one change. The issue asks for 100,000 people in 60 s.

    .venv/bin/python -m tests.benchmarks.bench_sweep [people]

Told beside it: reading the same rows with the fewest possible Python steps, as a raw limit of the same run.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sgz_desktop.actions import policies
from sgz_desktop.actions.sweep import sweep, sweep_again
from sgz_desktop.domain.edits import Changes
from sgz_desktop.store import assistance
from sgz_desktop.store.session import Identity
from sgz_desktop.store.store import Store
from tests.benchmarks.big_store import KEY, NOW_MS, _chunks, _insert
from tests.benchmarks.desk import desk_on

IN_HOUSEHOLD = 3
LOCAL = {"dibao_std": "785", "income_per_capita_prev_year": "30000", "rigid_ratio": "60%"}


def people(count: int) -> Iterator[dict[str, Any]]:
    """Ages of a township; two in three have told what they earn, one in ten has a disability card."""
    chance = random.Random(1)
    for n in range(count):
        year = chance.choice([*range(1936, 1962), *range(1962, 2022, 2)])
        told = chance.random() < 0.66
        card = chance.random() < 0.1
        status = chance.choice(["", "", "none", "none", "dibao", "left_elder", "living_alone", "tekun"])
        yield {
            "id": f"p{n:09d}",
            "name": f"测试{n}",
            "sex": str(1 + n % 2),
            "born": f"{year}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}",
            "categories": status or None,
            "disability_kinds": chance.choice("123456") if card else None,
            "disability_grade": str(chance.randint(1, 4)) if card else None,
            "disability_confirmed_none": None if card or not told else 1,
            "monthly_income": chance.randint(0, 3000) * 100 if told else None,
            "basic_pension": 18_000 if told and year < 1966 else None,
            "property_within_limit": chance.choice([1, 1, 0]) if told else None,
            "obligors_confirmed_none": chance.choice([None, None, 1]),
        }


def households(count: int) -> Iterator[dict[str, Any]]:
    """Each with its head; half have told their income."""
    chance = random.Random(2)
    for n in range(-(-count // IN_HOUSEHOLD)):
        told = chance.random() < 0.5
        yield {
            "id": f"h{n:09d}",
            "head": f"p{n * IN_HOUSEHOLD:09d}",
            "village": f"{'东西南北'[n % 4]}村",
            "village_group": f"{n % 11 + 1}组",
            "monthly_income": chance.randint(0, 6000) * 100 if told else None,
            "hard_expenses": chance.randint(0, 40_000) * 100 if told else None,
            "property_within_limit": chance.choice([1, 0]) if told else None,
        }


def members(count: int) -> Iterator[dict[str, Any]]:
    """Head, spouse, child."""
    for n in range(count):
        relation = ("02", "10", "20")[n % IN_HOUSEHOLD]
        own = {"household": f"h{n // IN_HOUSEHOLD:09d}", "person": f"p{n:09d}"}
        yield {"id": f"m{n:09d}", **own, "relation_to_head": relation}


def obligors(count: int) -> Iterator[dict[str, Any]]:
    """One in four names somebody of the household."""
    for n in range(0, count, 4):
        yield {"id": f"o{n:09d}", "person": f"p{n:09d}", "who": f"p{min(n + 1, count - 1):09d}"}


def timed(what: str, work: Callable[[], Any]) -> Any:
    """Do it, and say how long it took."""
    start = time.perf_counter()
    found = work()
    print(f"{what}: {time.perf_counter() - start:.2f} s")
    return found


def main(count: int) -> None:
    """Print a line for each part."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(
            Path(folder), KEY, Identity("bench", "practice", "练习站", "bench-device", 1), now=lambda: NOW_MS
        )
        rid = 0
        for kind, rows in (
            ("household", households(count)),
            ("person", people(count)),
            ("membership", members(count)),
            ("obligor", obligors(count)),
        ):
            for chunk in _chunks(rows):
                store.write(lambda session, k=kind, c=chunk, r=rid: _insert(session, k, c, r))  # type: ignore[misc]
                rid += len(chunk)
        desk = desk_on(store)
        policies.change_local_standards(desk, "990101", LOCAL, "测试文件")
        rows = timed("raw: the rows alone", lambda: store.read(assistance.everybody))
        found = timed(f"sweep of {len(rows.people):,} people", lambda: sweep(desk))
        some = Changes({"person": frozenset({"p000000003"})})
        timed("again after one change", lambda: sweep_again(desk, found, some))
        print(f"found {len(found.lines):,} lines in {found.households:,} households")
        store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
