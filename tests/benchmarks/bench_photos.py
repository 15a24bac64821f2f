"""Lists of a station with a gigabyte of photos kept with its visits, against the same without.

    python -m tests.benchmarks.bench_photos [megabytes]     (1000)

Must: no list takes more than 1.2 times as long. Exits 1 when one does.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sgz_desktop.actions import people, visits
from sgz_desktop.actions.desk import Desk
from sgz_desktop.store import blobs
from sgz_desktop.store.session import Writing
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import Write, record_many
from tests.benchmarks.big_store import folder_for, open_store
from tests.benchmarks.corpus import Street
from tests.benchmarks.desk import desk_on

MUST = 1.2
PHOTO = 330_000  # bytes of a photo made small
AT_ONCE = 50
ROUNDS = 41


def main(megabytes: int = 1000) -> int:
    place = Path(tempfile.mkdtemp(prefix="sgz-bench-photos-"))
    try:
        stores = []
        for name in ("without", "with"):
            shutil.copytree(folder_for(Street(1200, 12_000)), place / name)
            stores.append(open_store(place / name))
        plain, full = (desk_on(store) for store in stores)
        kept = keep(stores[1], full, megabytes * 1_000_000 // PHOTO)
        print(f"{kept:,} photos, {kept * PHOTO / 1e9:.2f} GB")
        ratios = [compared(name, read, plain, full) for name, read in LISTS.items()]
        for store in stores:
            store.close()
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return 0 if max(ratios) <= MUST else 1


def keep(store: Store, desk: Desk, photos: int) -> int:
    """Keep so many photos, each with another visit."""

    def work(session: Writing, first: int) -> None:
        writes = []
        for number in range(first, min(first + AT_ONCE, photos)):
            digest = blobs.put(session, os.urandom(PHOTO), "image/jpeg")
            values = {"parent": f"v{number:09d}", "title": "照片", "sort": "photo", "sha256": digest}
            writes.append(Write("attachment", f"a{number:09d}", {**values, "mime": "image/jpeg"}))
        record_many(session, desk.actor, "", writes)

    for first in range(0, photos, AT_ONCE):
        store.write(lambda session, first=first: work(session, first))  # type: ignore[misc]
    return photos


LISTS: dict[str, Callable[[Desk], object]] = {
    "people": lambda desk: people.people_rows(desk, people.list_people(desk)[:100]),
    "visits": lambda desk: visits.visit_rows(desk, visits.list_visits(desk)[:100]),
    "person page": lambda desk: people.person_page(desk, "p000000007"),
}


def compared(name: str, read: Callable[[Desk], object], plain: Desk, full: Desk) -> float:
    """How many times as long a list takes with the photos, both read in turns; the median of the pairs."""
    for desk in (plain, full):
        read(desk)
    pairs = [(_milliseconds(read, full), _milliseconds(read, plain)) for _ in range(ROUNDS)]
    ratio = statistics.median(mine / other for mine, other in pairs)
    least = [min(column) for column in zip(*pairs, strict=True)]
    print(f"{name}: {least[1]:.1f} ms without, {least[0]:.1f} ms with, ratio {ratio:.2f} (must {MUST})")
    return ratio


def _milliseconds(read: Callable[[Desk], object], desk: Desk) -> float:
    started = time.perf_counter()
    read(desk)
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
