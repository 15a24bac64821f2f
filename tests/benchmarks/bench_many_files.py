"""Many case files in one PDF: pages a second and peak of memory, for few copies of the practice case and for
many. Memory is flat when many take hardly more than few.

    python -m tests.benchmarks.bench_many_files
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sgz_desktop.actions import practice

COPIES = (1, 6, 60)


def main() -> None:
    """Builds the practice station, then measures each count in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SGZ_STATE"] = str(Path(folder, "state"))
        station = practice.build_practice(Path(folder, "store"), practice.PASSPHRASE, town=False)
        user = station.desk.user
        station.close()
        for copies in COPIES:
            told = [__spec__.name, str(Path(folder, "store")), user, str(copies)]
            subprocess.run([sys.executable, "-m", *told], check=True)


def measure(store: Path, user: str, copies: int) -> None:
    """Prints what so many copies took."""
    import pypdfium2

    from sgz_desktop.actions.papers import print_case_file, print_case_files

    station = practice.open_practice(store, user, practice.PASSPHRASE)
    number = practice.WHOLE_CASES[0]
    print_case_file(station.desk, number)
    Path("/proc/self/clear_refs").write_text("5")  # unlocking took 64 MiB: the peak begins again here
    warm, began = peak(), time.perf_counter()
    data = print_case_files(station.desk, [number] * copies)
    took, most = time.perf_counter() - began, peak()
    pages = len(pypdfium2.PdfDocument(data))
    print(
        f"{copies:>4} copies  {pages:>5} pages  {took:6.2f} s  {pages / took:4.0f} pages/s  "
        f"{len(data) / 1e6:5.1f} MB  peak RSS {most} MB, {most - warm} more than one file warm",
        flush=True,
    )
    station.close()


def peak() -> int:
    """Peak resident memory so far, in MB; `ru_maxrss` would count what the parent held."""
    told = Path("/proc/self/status").read_text("ascii")
    return int(next(line for line in told.splitlines() if line.startswith("VmHWM")).split()[1]) // 1024


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
    else:
        main()
