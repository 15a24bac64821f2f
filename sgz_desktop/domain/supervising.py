"""Copies of a case file for a supervisor: their numbers, the marks in their margins, and which page is which.

A mark is a number in the margin of a copy that leads to a record. A copy comes back with notes on it, perhaps
written anew by the program it was read in: its pages are known by what is printed on each of them.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import orjson

from sgz_desktop.domain.signing import tidy_number

TITLE = "督导件"
NUMBER = re.compile(r"(?P<case>\d{4}-(?P<letter>[A-Z]+)\d{3,})-D(?P<by>[A-Z]*)(?P<copy>\d+)")
FOOT = re.compile(r"文件编号\s*(" + NUMBER.pattern + r")(?!\d)")
PAGE = re.compile(r"第\s*(\d{1,5})\s*页\s*共\s*(\d{1,5})\s*页")
DUE_WORKDAYS = 7
ALIKE = 0.6  # of the characters of a page that must be found again on the one it is said to be
CIRCLED = {chr(0x2460 + n): str(n + 1) for n in range(20)}


class Mark(NamedTuple):
    """A number in the margin of a copy: it stands on a `page` (from 1) beside what goes from `top` down to
    `bottom` (pt from the page's foot) and was printed from the record `kind` and `id`."""

    number: int
    kind: str
    id: str
    sheet: str
    page: int
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Returned:
    """A page that came back: its words and its height in pt."""

    text: str
    height: float


def next_number(case: str, letter: str, given: Iterable[str]) -> str:
    """The number of the next copy of a case made on the computer with a letter, after those `given`.

    2026-A001-D2; on another computer than the one that numbered the case 2026-A001-DB1, so that no two
    computers give the same.
    """
    found = re.fullmatch(r"\d{4}-([A-Z]+)\d+", case)
    by = "" if found and found[1] == letter else letter
    own = [one for number in given if (one := NUMBER.fullmatch(number)) and one["by"] == by]
    return f"{case}-D{by}{max((int(one['copy']) for one in own), default=0) + 1}"


def case_of_copy(number: str) -> str:
    """The case number in a copy's number, '' when it is none."""
    found = NUMBER.fullmatch(number)
    return found["case"] if found else ""


def tidy_copy(text: str) -> str:
    """A copy's number from what was typed: full-width, lower case, blanks, all sorts of dashes, a 督导件
    before it."""
    return tidy_number(text.replace(TITLE, "").replace("文件编号", ""))


def tidy_mark(text: str) -> int | None:
    """The number of a mark from what was typed: 3, ３, ③, (3), 三's are not known; None when it is none."""
    plain = "".join(CIRCLED.get(char, char) for char in text.strip())
    plain = re.sub(r"[()（）\s号]", "", unicodedata.normalize("NFKC", plain))
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 6 else None


def marks_text(marks: Iterable[Mark]) -> str:
    """The marks as canonical JSON; places are whole points, for the wire knows no fractions."""
    rows = [[*mark[:5], round(mark.top), round(mark.bottom)] for mark in marks]
    return orjson.dumps(rows).decode()


def marks_of(text: str | None) -> tuple[Mark, ...]:
    """The marks in such a text; () where a peer sent something else."""
    try:
        rows = orjson.loads(text or "[]")
    except orjson.JSONDecodeError:
        return ()
    return tuple(Mark(*row) for row in rows if _is_mark(row)) if isinstance(rows, list) else ()


def _is_mark(row: object) -> bool:
    sorts = (int, str, str, str, int, int | float, int | float)
    if not isinstance(row, list) or len(row) != len(sorts):
        return False
    return all(isinstance(one, sort) for one, sort in zip(row, sorts, strict=True))


def nearest(marks: Sequence[Mark], page: int, top: float, bottom: float) -> Mark | None:
    """The mark of a page whose block holds the middle of what goes from `top` to `bottom`, else the one
    nearest to it; None on a page without marks."""
    middle = (top + bottom) / 2
    own = [mark for mark in marks if mark.page == page]
    return min(own, key=lambda mark: (_away(mark, middle), mark.top - mark.bottom, mark.number), default=None)


def _away(mark: Mark, y: float) -> float:
    return max(mark.bottom - y, y - mark.top, 0.0)


def numbers_on(pages: Iterable[Returned]) -> tuple[str, ...]:
    """The numbers of copies that stand at the foot of some pages, the commonest first."""
    found = Counter(number for page in pages if (number := foot_number(page.text)))
    return tuple(number for number, _ in found.most_common())


def foot_number(text: str) -> str:
    """The one copy's number on a page, '' for none or several."""
    found = {match[1] for match in FOOT.finditer(text)}
    return found.pop() if len(found) == 1 else ""


def page_number(text: str) -> tuple[int, int]:
    """(page, of how many) as printed at the foot of a page; (0, 0) when it does not say."""
    found = [(int(page), int(total)) for page, total in PAGE.findall(text)]
    return found[-1] if found else (0, 0)


def pages_matched(number: str, theirs: Sequence[Returned], total: int) -> dict[int, int]:
    """Index of a page that came back → page of the copy it is (from 1).

    A page is known by the number at its foot. Where a file came back as pictures, no page says anything:
    then pages are told by their order, if there are as many as were handed out.
    """
    found: dict[int, int] = {}
    for at, page in enumerate(theirs):
        own, _ = page_number(page.text)
        if foot_number(page.text) == number and own and own not in found.values():
            found[at] = own
    if not found and len(theirs) == total and not any(page.text.strip() for page in theirs):
        return {at: at + 1 for at in range(total)}
    return found


def alike(ours: str, theirs: str) -> float:
    """How much of our page is on theirs, 0 to 1, whatever the order and blanks of the characters read."""
    own = Counter("".join(ours.split()))
    count = sum(own.values())
    return (own & Counter("".join(theirs.split()))).total() / count if count else 1.0


def fingerprint(copy: str, *parts: str | int) -> str:
    """What tells a note of a copy that was read before."""
    return hashlib.sha256("\x1f".join(map(str, (copy, *parts))).encode("utf-8", "replace")).hexdigest()


def page_words(pages: Iterable[int]) -> str:
    """第2、3页."""
    return f"第{'、'.join(map(str, sorted(set(pages))))}页"
