"""Every cut and many flips of a small bundle, the bombs too, in a process whose memory is measured.

`python -m tests.sync.sweep FLIPS` prints one JSON object.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.sync import hostile_files
from tests.sync.bundles import Kept, content, refusal, sealed

SEED = 8


class Careless(Kept):
    """A sink that keeps no attachment, so that the memory is the reader's."""

    def blob(self, sha256: str, size: int, mime: str) -> Careless:
        return self

    def write(self, data: bytes, /) -> None: ...

    def close(self) -> None: ...


def cuts(file: bytes) -> Iterator[bytes]:
    return (file[:size] for size in range(len(file)))


def flips(file: bytes, count: int) -> Iterator[bytes]:
    """The file with one bit flipped, at `count` places."""
    places = random.Random(SEED).sample(range(8 * len(file)), min(count, 8 * len(file)))
    for place in places:
        flipped = bytearray(file)
        flipped[place // 8] ^= 1 << place % 8
        yield bytes(flipped)


def verdicts(files: Iterable[bytes]) -> Counter[str]:
    return Counter(refusal(file, Careless(), limit=hostile_files.LIMIT) or "taken" for file in files)


def peak_mb() -> int:
    """Most memory this process ever held; `ru_maxrss` would count what its parent held."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def main(count: int) -> None:
    plain = content()
    file = sealed(plain)
    told = {
        "size": len(file),
        "whole": verdicts([file]),
        "cuts": verdicts(cuts(file)),
        "flips": verdicts(flips(file, count)),
        "resealed_cuts": verdicts(sealed(cut) for cut in cuts(plain)),
        "resealed_flips": verdicts(sealed(flip) for flip in flips(plain, count)),
        "hostile": verdicts(case[1] for case in hostile_files.every()),
        "peak_mb": peak_mb(),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(int(sys.argv[1]))
