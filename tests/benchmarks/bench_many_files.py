"""Many case files in one PDF: pages a second and peak of memory, for few copies of the practice case and for
many: held to be looked at and printed (`print`), and into a file (`save`). Memory is flat when many take
hardly more than few. Then six-page files from plain values, in one file as well, beside the same words set
by typst.

    python -m tests.benchmarks.bench_many_files
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from sgz_desktop.actions import practice

COPIES = (1, 6, 60, 300)


def main() -> None:
    """Builds the practice station, then measures each count in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SGZ_STATE"] = str(Path(folder, "state"))
        station = practice.build_practice(Path(folder, "store"), practice.PASSPHRASE, town=False)
        user = station.desk.user
        station.close()
        for copies in COPIES:
            for way in ("print", "save"):
                again(str(Path(folder, "store")), user, str(copies), way)
    for copies in COPIES:
        for engine in ("values", "typst"):
            again(engine, str(copies))


def again(*told: str) -> None:
    """This script in a process of its own."""
    subprocess.run([sys.executable, "-m", __spec__.name, *told], check=True)


def beside(engine: str, copies: int) -> None:
    """Prints what so many six-page files took, each with other words, after one to open the fonts."""
    from tests.benchmarks import bench_case_file as one

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        one.unpack(folder)
        make = by_values if engine == "values" else partial(by_typst, folder)
        make(1)
        warm, began = peak(), time.perf_counter()
        data = make(copies)
        tell(engine, copies, data, time.perf_counter() - began, peak(), warm)


def by_values(copies: int) -> bytes:
    """Ours, without a store."""
    from sgz_desktop.reports import case_file
    from tests.benchmarks import bench_case_file as one

    whole = one.six_pages(False)
    made = (one.translated(whole, one.other_words(n)) for n in range(copies))
    return b"".join(case_file.build_many(made, copies))  # type: ignore[misc]


def by_typst(folder: Path, copies: int) -> bytes:
    """typst, one source for all."""
    from tests.benchmarks import bench_case_file as one

    markup = one.typst_source(False)
    head, _, rest = markup.partition("= ")
    source = folder / f"{copies}.typ"
    parts = (f"= {rest}".translate(one.other_words(n)) for n in range(copies))
    source.write_text(head + "\n#pagebreak()\n".join(parts), "utf-8")
    return one.with_typst(source, False)


def measure(store: Path, user: str, copies: int, way: str) -> None:
    """Prints what so many copies took."""
    from sgz_desktop.actions.papers import print_case_file, print_case_files, save_case_files

    station = practice.open_practice(store, user, practice.PASSPHRASE)
    number = practice.WHOLE_CASES[0]
    print_case_file(station.desk, number)
    Path("/proc/self/clear_refs").write_text("5")  # unlocking took 64 MiB: the peak begins again here
    warm, began = peak(), time.perf_counter()
    if way == "save":
        path = Path(store.parent, "many.pdf")
        save_case_files(station.desk, [number] * copies, path)
        took, most, data = time.perf_counter() - began, peak(), path.read_bytes()
    else:
        data = print_case_files(station.desk, [number] * copies)
        took, most = time.perf_counter() - began, peak()
    tell(way, copies, data, took, most, warm)
    station.close()


def tell(engine: str, copies: int, data: bytes, took: float, most: int, warm: int) -> None:
    """One line: seconds, pages a second, megabytes."""
    import pypdfium2

    pages = len(pypdfium2.PdfDocument(data))
    print(
        f"{engine:7} {copies:>4} copies  {pages:>5} pages  {took:6.2f} s  {pages / took:4.0f} pages/s  "
        f"{len(data) / 1e6:5.1f} MB  peak RSS {most} MB, {most - warm} more than one file warm",
        flush=True,
    )


def peak() -> int:
    """Peak resident memory so far, in MB; `ru_maxrss` would count what the parent held."""
    told = Path("/proc/self/status").read_text("ascii")
    return int(next(line for line in told.splitlines() if line.startswith("VmHWM")).split()[1]) // 1024


if __name__ == "__main__":
    if len(sys.argv) == 3:
        beside(sys.argv[1], int(sys.argv[2]))
    elif len(sys.argv) > 3:
        measure(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4])
    else:
        main()
