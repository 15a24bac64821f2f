"""The monthly brief against the six-page case file, warm, in one interleaved run: at most twice as long.

python -m tests.benchmarks.bench_brief [rounds]
"""

from __future__ import annotations

import os
import statistics
import sys
import time

import pypdfium2

from sgz_desktop.reports import brief, case_file
from tests.benchmarks.bench_case_file import other_words, translated
from tests.reports import samples

MAKERS = {"case file": (case_file.build, samples.six_pages), "brief": (brief.build, samples.brief)}


def main(rounds: int) -> None:
    took: dict[str, list[float]] = {name: [] for name in MAKERS}
    pages: dict[str, int] = {}
    print("load", *(f"{one:.1f}" for one in os.getloadavg()))
    for number in range(rounds + 1):  # the first round opens fonts and is not counted
        table = other_words(number)
        for name, (build, sample) in MAKERS.items():
            value = translated(sample(), table)
            start = time.perf_counter()
            data = build(value)  # type: ignore[operator]
            took[name].append((time.perf_counter() - start) * 1000)
            pages[name] = len(pypdfium2.PdfDocument(data))
    medians = {name: statistics.median(times[1:]) for name, times in took.items()}
    for name, median in medians.items():
        print(f"{name:10} {median:6.1f} ms  {min(took[name][1:]):6.1f} best  {pages[name]} pages")
    print(f"brief / case file  {medians['brief'] / medians['case file']:.2f}  must 2.0")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 21)
