"""Key terms: what a name, a number or digits are found by, as whole terms of the search index.

Every prefix and part that a person may type is a term of its own, so each keystroke is one exact look-up
that streams the newest records first, however many there are. A mark before the key says whose it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from sgz_desktop.domain import likeness
from sgz_desktop.store import terms

PERSON = "="  # keys of people
CLOSE = "~"  # keys of records that lead to one person: an obligor's name, a case's number
OTHER = "#"  # keys of all others
WHOLE = "$"  # closes a key that is a whole name, reading or number
ALIKE = "$"  # opens a key nobody types: a name as it sounds, a day of birth

GRAM = 4  # characters of the longest part of a name that is a term
MOST_LETTERS = 24
MOST_DIGITS = 24
FEWEST_DIGITS = 3
LONGEST_END = 8

# Python's \w does not know the newest ideographs, so the Han of `terms` is named beside it.
_MARKS = re.compile(rf"(?:(?![{terms._HAN}])[\W_])+")
_WORD = re.compile(rf"[a-zü]+|[0-9]+x?|(?:[{terms._HAN}]|[^\W_a-z0-9])+")
_NUMBER = re.compile(rf"[{terms._HAN}]?(?=[a-z]*[0-9])[a-z0-9]+")  # 人a0012, 2026a001
_TAIL = re.compile(r"([a-z]*)([0-9]+)$")


@lru_cache(maxsize=4096)
def name_keys(name: str) -> frozenset[str]:
    """Parts of a name up to GRAM characters, and prefixes of its readings and its parts' readings."""
    letters = squeezed(name)
    keys = {letters + WHOLE} if letters else set()
    for at in range(len(letters)):
        keys.update(letters[at:to] for to in range(at + 1, min(at + GRAM, len(letters)) + 1))
        keys |= _reading_keys(letters[at:], whole=at == 0)
    return frozenset(keys)


@lru_cache(maxsize=4096)
def _reading_keys(letters: str, whole: bool) -> frozenset[str]:
    keys: set[str] = set()
    for reading in terms.name_readings(letters):
        for said in (reading.full[:MOST_LETTERS], reading.initials[:MOST_LETTERS]):
            keys.update(said[:to] for to in range(1, len(said) + 1))
            if whole and said:
                keys.add(said + WHOLE)
    return frozenset(keys)


@lru_cache(maxsize=4096)
def sound_keys(name: str) -> frozenset[str]:
    """A whole name by how it sounds: one for all names that people take for one another."""
    return frozenset(ALIKE + sound[:MOST_LETTERS] for sound in likeness.folded(full_readings(name)))


@lru_cache(maxsize=4096)
def full_readings(name: str) -> frozenset[str]:
    """Likely readings of a whole name in full pinyin."""
    return frozenset(reading.full for reading in terms.name_readings(squeezed(name)) if reading.full)


def birth_keys(day: str) -> frozenset[str]:
    """A day of birth as far as it is known, and its year."""
    digits = terms.digits_of(day)
    return frozenset({ALIKE + digits, ALIKE + digits[:4]} if digits else ())


@lru_cache(maxsize=4096)
def digit_keys(value: str) -> frozenset[str]:
    """Prefixes and endings of an identity or telephone number."""
    digits = terms.digits_of(value)[:MOST_DIGITS]
    keys = {digits + WHOLE} if digits else set()
    keys.update(digits[:to] for to in range(FEWEST_DIGITS, len(digits) + 1))
    keys.update(digits[-of:] for of in range(FEWEST_DIGITS, min(LONGEST_END, len(digits)) + 1))
    return frozenset(keys)


@lru_cache(maxsize=4096)
def number_keys(number: str) -> frozenset[str]:
    """Prefixes and endings of a printed number: `人A0012` → 人a…, 人a12, a0012, a12, 0012, 12."""
    plain = squeezed(number)
    keys = {plain + WHOLE} if plain else set()
    keys.update(plain[:to] for to in range(2, len(plain) + 1))
    if tail := _TAIL.search(plain):
        letters, digits = tail.groups()
        for ending in (digits, digits.lstrip("0") or "0"):
            keys |= {ending, letters + ending, plain[: tail.start(2)] + ending}
    return frozenset(keys)


def whole_keys(text: str) -> list[str]:
    """Keys of names and numbers that are what was typed, to the last character; any may be the one."""
    read = spellings(text) if terms.pinyin_query(text) else [squeezed(text)]
    return [key + WHOLE for key in read if key]


def words(text: str) -> list[list[str]]:
    """Keys of each word of a typed text: one of each inner list must be found. [] when nothing can be."""
    if digits := terms.digit_query(text):
        return [[digits]]
    if terms.pinyin_query(text):
        return [spellings(text)]
    if is_number(text):
        return [[squeezed(text)]]
    return [keys for run in _WORD.findall(_fold(text[: terms.MAX_QUERY])) for keys in _word(run)]


def _word(run: str) -> Iterator[list[str]]:
    if terms.pinyin_query(run):
        yield spellings(run)
    elif terms.digit_query(run):
        yield [run]
    else:
        yield from ([run[at : at + GRAM]] for at in range(max(1, len(run) - GRAM + 1)))


def is_number(text: str) -> bool:
    """Is it part of a printed number, such as `2026-A001` or `人A12`?"""
    return not re.search(r"\s", text.strip()) and _NUMBER.fullmatch(squeezed(text)) is not None


def spellings(text: str) -> list[str]:
    """Letters as typed, and with lyu read as lü: `chenyu` is 陈玉, `lyu` is 吕. ü is written v."""
    read = terms.pinyin_query(text)
    typed = "".join(re.findall("[a-zü]", _fold(text))).replace("ü", "v")
    return list(dict.fromkeys(key[:MOST_LETTERS] for key in (read, typed) if key))


def squeezed(text: str) -> str:
    """Letters and digits only, folded: 阿依·古丽 → 阿依古丽, `2026-A001` → 2026a001."""
    return _MARKS.sub("", _fold(text[: terms.MAX_QUERY]))


def all_of(found: Iterable[Iterable[str]], marks: str) -> str:
    """FTS5 query: of each list one key, under one of the marks. Keys hold letters, digits and WHOLE."""
    return " AND ".join(
        "(" + " OR ".join(f'"{mark}{key}"' for key in keys for mark in marks) + ")" for keys in found
    )


def _fold(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())
