"""Which of several values a rule chooses, and what no rule may choose for a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sgz_desktop.domain.fields import Care, DisabilityCardKind, IdNumberKind, KeyKind, RefKind
from sgz_desktop.domain.graver import graded
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import BASE_CELLS, Question, cells

NUMBER = "number"  # a printed number is given once and never reused


class Rule(StrEnum):
    """OURS: what this computer wrote. LATEST: what was written last. COLLEAGUE: what one worker wrote.
    GRAVEST: the higher risk."""

    OURS = "ours"
    LATEST = "latest"
    COLLEAGUE = "colleague"
    GRAVEST = "gravest"


class Stays(StrEnum):
    """Why a rule leaves a pair as it is."""

    BY_HAND = "by_hand"  # it has to be named
    NOT_AMONG = "not_among"  # none of the values is such a one
    CLOCKS = "clocks"  # the order of the edits and the times written on them disagree
    MACHINE = "machine"  # enrolment decides, not people


@dataclass(frozen=True, slots=True)
class Offered:
    """One value as rules see it: who wrote it, when by their clock (UTC ms), whether this computer did,
    whether it is the gravest of them."""

    workers: Sequence[str]
    at_ms: int
    ours: bool = False
    gravest: bool = False


def by_hand(kind: str, cell: str) -> bool:
    """Is the pair settled by name only? Whatever is sensitive or graded, tells who somebody is or belongs to,
    takes a record out of the lists, or is unknown to this program."""
    members = cells(BY_KIND[kind]).get(cell, ()) if kind in BY_KIND else ()
    if not members or cell in BASE_CELLS or graded(kind, cell):
        return True
    return any(_names_or_hurts(one) for one in members)


def _names_or_hurts(one: Question) -> bool:
    naming = isinstance(one.kind, RefKind | KeyKind | IdNumberKind | DisabilityCardKind)
    return naming or one.name == NUMBER or one.ask.care is Care.SENSITIVE


def chosen(rule: Rule, values: Sequence[Offered], worker: str = "") -> int | Stays:
    """The place of the value a rule takes, of those that stand, the greatest first."""
    if rule is Rule.LATEST:
        latest = max(one.at_ms for one in values)
        return 0 if values[0].at_ms == latest else Stays.CLOCKS
    fits = [place for place, one in enumerate(values) if _fits(rule, one, worker)]
    return fits[0] if fits else Stays.NOT_AMONG


def _fits(rule: Rule, one: Offered, worker: str) -> bool:
    if rule is Rule.OURS:
        return one.ours
    return one.gravest if rule is Rule.GRAVEST else worker in one.workers
