"""Names typed or pasted in a row, as of a sign-in sheet: 张三、李四 26 reads as two names, 26 heads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST_LETTERS = 30  # of a name
BREAKS = re.compile(r"[,，、;；/|。]+")
PLACE = re.compile(r"^[(（]?\d{1,3}(?:[)）.．:：]\s*|\s+(?=\D))")
HEADS = re.compile(r"^(?:共|合计)?(\d{1,4})(?:人|个|名)?$")


@dataclass(frozen=True, slots=True)
class NameList:
    """`names` in their order, each once; `twice` those that stood there again; `heads` the last bare number,
    None without one; `unread` what is no name."""

    names: tuple[str, ...]
    heads: int | None = None
    twice: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def read_names(text: str) -> NameList:
    """Names with line ends, commas or blanks between; numbers before a name (1.) are passed over. Of a row
    copied from a worksheet the first cell that may be a name is taken."""
    names: dict[str, None] = {}
    twice: dict[str, None] = {}
    unread: list[str] = []
    heads = None
    for piece in _pieces(text):
        if counted := HEADS.match(piece):
            heads = int(counted[1])
        elif not _may_be_name(piece):
            unread.append(piece)
        elif piece in names:
            twice[piece] = None
        else:
            names[piece] = None
    return NameList(tuple(names), heads, tuple(twice), tuple(unread))


def _pieces(text: str) -> Iterator[str]:
    for line in text.splitlines():
        cells = [" ".join(cell.split()) for cell in line.split("\t") if cell.strip()]
        if len(cells) > 1:
            named = (_joined(cell.split()) for cell in cells if _may_be_name(cell))
            yield next((words[0] for words in named), cells[0])
            continue
        for part in BREAKS.split(PLACE.sub("", line.strip())):
            yield from _joined(PLACE.sub("", part.strip()).split())


def _joined(words: Sequence[str]) -> list[str]:
    """Words parted by blanks as names: 张 三 is 张三, as sheets set short names; Latin names keep theirs."""
    found: list[str] = []
    before = ""
    for word in words:
        if _is_letter(before) and _is_letter(word) and len(found[-1]) < len("张三四"):
            found[-1] += word
        elif _is_latin(before) and _is_latin(word):
            found[-1] += f" {word}"
        else:
            found.append(word)
        before = word
    return found


def _is_letter(word: str) -> bool:
    return len(word) == 1 and not word.isascii()


def _is_latin(word: str) -> bool:
    return word.isascii() and word.isalpha()


def _may_be_name(name: str) -> bool:
    return len(name) <= MOST_LETTERS and not any(mark.isdigit() for mark in name)
