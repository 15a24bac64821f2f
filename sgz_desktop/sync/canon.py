"""One line of a bundle as canonical JSON: one value, one spelling, or it is refused."""

from __future__ import annotations

import re
from typing import Any

import orjson

from sgz_desktop.domain.edits import MAX_TEXT_ID, canonical
from sgz_desktop.sync.reasons import Reason, Refused

SHA256 = re.compile(r"[0-9a-f]{64}")
BLAKE2B = re.compile(r"[0-9a-f]{128}")
_NOT_IN_NAMES = frozenset("/\\|:")
SIGNATURE = BLAKE2B  # 64 bytes as well


def malformed(detail: str) -> Refused:
    return Refused(Reason.MALFORMED, detail)


def read_object(line: bytes, keys: frozenset[str]) -> dict[str, Any]:
    """The JSON object of a line without its line end, with exactly these keys.

    Refused(MALFORMED) when it could be spelled or read in another way: blanks, duplicate keys, NaN,
    floats, integers past 64 bits, nesting too deep.
    """
    try:
        value = orjson.loads(line)
        same = canonical(value) == line
    except (ValueError, TypeError, RecursionError):
        raise malformed("not JSON as the log writes it") from None
    if not same or type(value) is not dict or value.keys() != keys:
        raise malformed("not canonical, or not these members")
    return value


def number(value: Any, least: int, most: int) -> int:
    """An integer in range; Refused(MALFORMED) otherwise."""
    if type(value) is not int or not least <= value <= most:
        raise malformed("a number is out of range")
    return value


def name(value: Any) -> str:
    """An id as `is_name` has it; Refused(MALFORMED) otherwise."""
    if type(value) is not str or not is_name(value):
        raise malformed("an id is missing, too long or has characters it may not have")
    return value


def is_name(text: str) -> bool:
    """Is it an id a header may hold: 1 to 64 bytes of characters one can see; no control or direction marks,
    nothing that leads elsewhere when it is part of a file's name?"""
    plain = text.isprintable() and not _NOT_IN_NAMES & set(text)
    return plain and 0 < len(text.encode()) <= MAX_TEXT_ID


def shaped(value: Any, pattern: re.Pattern[str]) -> str:
    """A text of this pattern, whole."""
    if type(value) is not str or not pattern.fullmatch(value):
        raise malformed("a text has another shape")
    return value


def items(value: Any, most: int, least: int = 0) -> list[Any]:
    """A list of at most so many items."""
    if type(value) is not list or not least <= len(value) <= most:
        raise malformed("a list is no list, too long or too short")
    return value


def members(value: Any, most: int) -> dict[str, Any]:
    """An object of at most so many members, named by ids."""
    if type(value) is not dict or len(value) > most:
        raise malformed("an object is no object, or has too many members")
    return {name(key): value[key] for key in value}
