"""Text as it was typed or stands in a file, made what is kept."""

from __future__ import annotations

import re

MAX_TEXT = 20_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean(typed: object) -> str:
    """Text as typed, less characters no paper or file can hold (controls, lone surrogates)."""
    return _CONTROL.sub("", str(typed).replace("\r\n", "\n").replace("\r", "\n"))


def tidy_line(typed: object) -> str | None:
    """One line of text. Never Unicode-normalised: a name keeps the character its owner writes."""
    text = " ".join(clean(typed).split())
    return within(text) or None


def tidy_text(typed: object) -> str | None:
    """Text of several lines, without blanks at line ends and without blank lines around it."""
    lines = [line.rstrip() for line in clean(typed).split("\n")]
    return within("\n".join(lines).strip()) or None


def within(text: str) -> str:
    """The text; ValueError with a sentence where it is longer than MAX_TEXT."""
    if len(text) > MAX_TEXT:
        raise ValueError(f"这一项最多{MAX_TEXT}字，请分成几条记录。")
    return text
