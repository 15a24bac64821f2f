"""How far a paper is signed, in a badge."""

from __future__ import annotations

from sgz_desktop.actions.signing import PaperState
from sgz_desktop.domain import days
from sgz_desktop.domain.signing import SIGNED, UNPRINTED

TONES = {"未打印": "plain", "待签": "warn", "已签": "ok"}


def tone_of(words: str) -> str:
    """The tone of a state in words; what has to be printed again stands out."""
    return TONES.get(words, "danger")


def badge_words(own: PaperState) -> str:
    """待签　2026-A001-04-1, 已签　2026年6月12日签　2026-A001-04-1, 未打印."""
    if own.state == UNPRINTED:
        return own.words
    day = f"{days.show_day(own.signed_on)}签" if own.state == SIGNED and own.signed_on else ""
    return "　".join(part for part in (own.words, day, own.number) if part)
