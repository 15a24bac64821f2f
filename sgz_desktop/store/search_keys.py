"""Key terms: what a name, a number or digits are found by, as whole terms of the search index.

Every prefix and part that a person may type is a term of its own, so each keystroke is one exact look-up
that streams the newest records first, however many there are. A mark before the key says whose it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from sgz_desktop.store import terms

PERSON = "="  # keys of people
CLOSE = "~"  # keys of records that lead to one person: obligors, cases
OTHER = "#"  # keys of all others
WHOLE = "$"  # closes a key that is a whole name, reading or number

GRAM = 4  # longest part of a name that is one term
MOST_LETTERS = 24
FEWEST_DIGITS = 3
LONGEST_END = 8


def name_keys(name: str) -> set[str]:
    """Parts of a name up to GRAM characters, prefixes of its readings, also of its parts' readings."""
    letters = squeezed(name)
    keys = {letters + WHOLE} if letters else set()
    for at in range(len(letters)):
        keys.update(letters[at:to] for to in range(at + 1, min(at + GRAM, len(letters)) + 1))
        keys |= _reading_keys(letters[at:], whole=at == 0)
    return keys


@lru_cache(maxsize=4096)
def _reading_keys(letters: str, whole: bool) -> frozenset[str]:
    keys: set[str] = set()
    for reading in terms.name_readings(letters):
        for said in (reading.full, reading.initials):
            keys.update(said[:to] for to in range(1, min(len(said), MOST_LETTERS) + 1))
            if whole and said:
                keys.add(said[:MOST_LETTERS] + WHOLE)
    return frozenset(keys)


def digit_keys(value: str) -> set[str]:
    """Prefixes and last digits of an identity or telephone number."""
    digits = terms.digits_of(value)
    keys = {digits + WHOLE} if digits else set()
    keys.update(digits[:to] for to in range(FEWEST_DIGITS, len(digits) + 1))
    keys.update(digits[-of:] for of in range(FEWEST_DIGITS, min(LONGEST_END, len(digits)) + 1))
    return keys


def number_keys(number: str) -> set[str]:
    """Prefixes of a printed number and its tail without leading noughts: `人A0012` → 人a…, a0012, a12, 12."""
    plain = squeezed(number)
    keys = {plain + WHOLE} if plain else set()
    keys.update(plain[:to] for to in range(2, len(plain) + 1))
    if tail := re.search(r"([a-z]*)([0-9]+)$", plain):
        letters, digits = tail.groups()
        for ending in {digits, digits.lstrip("0") or "0"}:
            keys |= {ending, letters + ending}
    return keys


def whole_and_part(text: str) -> tuple[list[str], list[str]] | None:
    """Keys for a typed text: (whole names and numbers, parts of them); every key of a list may be the
    one. None when it is several words that must all be found: see `words`."""
    if digits := terms.digit_query(text):
        found = [digits]
    elif terms.pinyin_query(text):
        found = spellings(text)
    else:
        plain = squeezed(text)
        if not plain or (len(plain) > GRAM and not _has_digit(plain)) or not _one_word(text, plain):
            return None
        found = [plain]
    return [key + WHOLE for key in found], found


def spellings(text: str) -> list[str]:
    """Letters as typed and with lyu, nyu read as lü, nü: `chenyu` is 陈玉, `lyu` is 吕."""
    read = terms.pinyin_query(text)
    typed = "".join(run for run in re.findall("[a-zü]", _fold(text))).replace("ü", "v")
    return list(dict.fromkeys(key[:MOST_LETTERS] for key in (read, typed) if key))


def words(text: str) -> list[list[str]]:
    """Keys of each word of a typed text; one of each list must be found."""
    found: list[list[str]] = []
    for run in re.findall(r"[a-zü']+|[0-9]+x?|[^\W_a-z0-9]+", _fold(text[: terms.MAX_QUERY])):
        if terms.digit_query(run):
            found.append([run])
        elif terms.pinyin_query(run):
            found.append(spellings(run))
        else:
            found.extend([part] for part in grams(run))
    return found


def grams(run: str) -> Iterator[str]:
    """A run of characters as parts of at most GRAM."""
    for at in range(max(1, len(run) - GRAM + 1)):
        yield run[at : at + GRAM]


def squeezed(text: str) -> str:
    """Letters and digits only, folded: 阿依·古丽 → 阿依古丽, 2026-A001 → 2026a001."""
    return re.sub(r"[\W_]+", "", _fold(text[: terms.MAX_QUERY]))


def any_of(keys: Iterable[str], marks: str) -> str:
    """FTS5 query: one of the keys under one of the marks. Keys hold letters, digits and WHOLE only."""
    return "(" + " OR ".join(f'"{mark}{key}"' for key in keys for mark in marks) + ")"


def _fold(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())


def _has_digit(text: str) -> bool:
    return any("0" <= letter <= "9" for letter in text)


def _one_word(text: str, plain: str) -> bool:
    """Is it one run of Han, or a printed number such as `2026-A001`, rather than several words?"""
    if _has_digit(plain):
        return not re.search(r"\s", text.strip())
    return re.fullmatch(r"[^\W_a-z]+", plain) is not None and not re.search(r"[\W_]", text.strip())
