"""Make `blocked.txt` from `stems.txt`: python resources/passphrases/build.py

Each line of the result is a piece (3 characters or more, NFKC, case-folded) that adds next to nothing to a
passphrase. The check in `sgz_desktop/vault/passphrase.py` counts what is left without such pieces.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import pairwise, product
from pathlib import Path

HERE = Path(__file__).parent
ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
SHORTEST_LATIN = 3
SHORTEST_HAN = 2


def read_stems(path: Path) -> dict[str, list[str]]:
    """The words of each [section]."""
    sections: dict[str, list[str]] = {}
    words: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            words = sections.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            words += line.split()
    return sections


def windows(text: str, shortest: int) -> Iterator[str]:
    """Every run of neighbours, forwards and backwards."""
    for start in range(len(text)):
        for end in range(start + shortest, len(text) + 1):
            yield text[start:end]
            yield text[start:end][::-1]


def walks() -> Iterator[str]:
    """Ways over the keyboard: along rows, down slanted columns, in zigzag between two rows."""
    for row in ROWS:
        yield from windows(row, 3)
    columns = ["".join(keys) for keys in zip(*ROWS, strict=False)]
    for column in columns:
        yield from windows(column, 3)
    for left, right in pairwise(columns):
        yield from (left + right, left[::-1] + right[::-1], left + right[::-1])
        yield from (left[1:] + right[1:], right[1:] + left[1:])
    for upper, lower in pairwise(ROWS):
        zigzag = "".join(a + b for a, b in zip(upper, lower, strict=False))
        yield from (zigzag[start : start + length] for length in (6, 8) for start in range(0, 10, 2))


def dates() -> Iterator[str]:
    """Years of birth and of now, and days as MMDD."""
    yield from (str(year) for year in range(1940, 2041))
    days = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    yield from (f"{month:02}{day:02}" for month, last in enumerate(days, 1) for day in range(1, last + 1))


def pieces(stems: dict[str, list[str]]) -> set[str]:
    """All pieces, tidied as the check tidies what is typed."""
    found = {word for name in ("words", "pinyin", "han", "places", "numbers") for word in stems[name]}
    found |= {surname + given for surname, given in product(stems["surnames"], stems["given"])}
    found |= {start + loved for start, loved in product(("woai", "wode", "xihuan"), stems["loved"])}
    found |= set(walks()) | set(dates()) | set(windows("01234567890", 3))
    found |= set(windows("abcdefghijklmn", 3))
    tidy = {unicodedata.normalize("NFKC", piece).casefold() for piece in found}
    return {piece for piece in tidy if len(piece) >= (SHORTEST_LATIN if piece.isascii() else SHORTEST_HAN)}


def text() -> str:
    """The content of `blocked.txt`."""
    return "\n".join(sorted(pieces(read_stems(HERE / "stems.txt")))) + "\n"


if __name__ == "__main__":
    (HERE / "blocked.txt").write_text(text(), encoding="utf-8", newline="\n")
