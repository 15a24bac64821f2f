"""Text as it goes on paper: what has no ink, or could turn the order of what has, is left out."""

from __future__ import annotations

import re

# Control and format characters, line separators and variation selectors never reach the paper.
_DROPPED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_BREAKS = re.compile("\r\n?|[\u2028\u2029\x85]")


def tidy(text: str) -> str:
    """Text as it is set: one kind of line break, tabs as spaces, and only what has ink.

    Controls, direction marks, joiners and variation selectors are left out, so what is printed runs in the
    order it was typed; every other character stays.
    """
    if text.isprintable():
        return text if text.isascii() else _DROPPED.sub("", text)
    return _DROPPED.sub("", _BREAKS.sub("\n", text).replace("\t", "    "))
