"""A store of any size in a cache folder, made once: state rows by bulk inserts, the index by `work_off`.

The shortcut: log, heads and salts are left out (search reads none of them), so building takes minutes. The
search index is made by the program's own queue, in many transactions, as after a large import.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from sgz_desktop.store import search
from sgz_desktop.store.session import Identity, Writing
from sgz_desktop.store.store import Store
from tests.benchmarks.corpus import VILLAGES, WORKERS, Street

KEY = b"benchmark key, 32 bytes, public."
IDENTITY = Identity("bench-store", "practice", "练习站", "bench-device", 1)
NOW_MS = 1_782_777_600_000  # 2026-06-30
CHUNK = 20_000
IN_HOUSEHOLD = 3
LAYOUT = 9  # raise it when cached stores must be made anew


def open_store(folder: Path) -> Store:
    """Open (or create) the benchmark store of a folder."""
    return Store(folder, KEY, IDENTITY, now=lambda: NOW_MS)


def folder_for(street: Street) -> Path:
    """The cached store of a street, built if absent. SGZ_BENCH_CACHE names the cache folder."""
    cache = Path(os.environ.get("SGZ_BENCH_CACHE", Path(tempfile.gettempdir()) / "sgz-bench"))
    folder = cache / f"{street.people}-{street.visits}-{street.seed}-{LAYOUT}"
    if not (folder / "done").exists():
        _build(street, folder)
    return folder


def _build(street: Street, folder: Path) -> None:
    for old in folder.glob("*") if folder.exists() else ():
        old.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    store = open_store(folder)
    rid = 0
    for kind, rows in (
        ("household", _households(street)),
        ("person", _people(street)),
        ("membership", _memberships(street)),
        ("visit", _visits(street)),
    ):
        for chunk in _chunks(rows):
            store.write(lambda session, k=kind, c=chunk, r=rid: _insert(session, k, c, r))  # type: ignore[misc]
            rid += len(chunk)
        _say(f"{kind}: {rid:,} records, {time.perf_counter() - started:.0f} s")
    done = 0
    while number := store.write(lambda session: search.work_off(session, CHUNK)):
        done += number
        _say(f"indexed {done:,} of {rid:,}, {time.perf_counter() - started:.0f} s", end="\r")
    store.close()
    (folder / "done").touch()
    _say(f"built {folder} in {time.perf_counter() - started:.0f} s                    ")


def _insert(session: Writing, kind: str, rows: list[dict[str, Any]], rid: int) -> None:
    insert(session, kind, rows, rid)
    search.queue(session.cursor, {kind: {at: str(row["id"]) for at, row in enumerate(rows, start=rid + 1)}})


def insert(session: Writing, kind: str, rows: list[dict[str, Any]], rid: int) -> None:
    """State rows alone, numbered from behind `rid`."""
    names = [f'"{name}"' for name in rows[0]]
    places = ", ".join("?" * (len(names) + 2))
    numbered = list(enumerate(rows, start=rid + 1))
    with session.guard.open():
        session.connection.executemany(
            "INSERT INTO entity(rid, kind, id, station, claim_clock, claim_did, claim_seq) "
            "VALUES(?, ?, ?, ?, ?, 1, 1)",
            [(at, kind, row["id"], IDENTITY.store_id, NOW_MS << 16) for at, row in numbered],
        )
        session.connection.executemany(
            f"INSERT INTO r_{kind}(rid, station, {', '.join(names)}) VALUES({places})",
            [(at, IDENTITY.store_id, *row.values()) for at, row in numbered],
        )


def _households(street: Street) -> Iterator[dict[str, Any]]:
    for place in range(-(-street.people // IN_HOUSEHOLD)):
        yield {
            "id": f"h{place:09d}",
            "number": f"户A{place + 1:04d}",
            "village": VILLAGES[place % len(VILLAGES)],
            "village_group": f"{place % 11 + 1}组",
            "house_number": f"{place % 180 + 1}号",
            "filed_on": "2019-05-01",
        }


def _people(street: Street) -> Iterator[dict[str, Any]]:
    for place, values in enumerate(street.persons()):
        yield {"id": f"p{place:09d}", **values}


def _memberships(street: Street) -> Iterator[dict[str, Any]]:
    for place in range(street.people):
        yield {"id": f"m{place:09d}", "person": f"p{place:09d}", "household": f"h{place // IN_HOUSEHOLD:09d}"}


def _visits(street: Street) -> Iterator[dict[str, Any]]:
    for place, (day, text, person) in enumerate(street.texts()):
        yield {
            "id": f"v{place:09d}",
            "date": day,
            "person": f"p{person:09d}",
            "household": f"h{person // IN_HOUSEHOLD:09d}",
            "worker": WORKERS[place % len(WORKERS)],
            "facts": text,
        }


def _chunks(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    iterator = iter(rows)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk


def _say(text: str, end: str = "\n") -> None:
    print(text, end=end, file=sys.stderr, flush=True)
