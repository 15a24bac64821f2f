"""The merge law: what a set of edits says, whatever order they came in.

Heads of a cell are the changes no known change lists as a base. Two heads with different values are a
conflict: both are kept and shown until a person settles it. The shown value is that of the head greatest
by (clock, device) whose value is present. An erased value stays erased wherever the erasure is known.
Of two different edits under one number of one device the one with the smaller hash stands, whichever came
first; the other changes nothing, but what it orders erased stays erased. What a computer wrote after it was
stopped (see `enrolment`) changes nothing and erases nothing.
The SQL apply in the store must agree with `merge` on every set of edits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import orjson

from sgz_desktop.domain import enrolment, who_counts
from sgz_desktop.domain.ed25519 import verify
from sgz_desktop.domain.edits import MAX_CLOCK, Change, Edit, Opened, Stamp, Value

Cell = tuple[str, str, str]
REDACTION = "redaction"
TARGETS = "targets"
KEPT = (REDACTION, enrolment.DEVICE)
WHY = ("edit", "", "why")


@dataclass(frozen=True, slots=True)
class Head:
    """A value somebody stands by: `text` is its canonical bytes, None when withheld or erased."""

    clock: int
    stamp: Stamp
    who: str
    at_ms: int
    text: bytes | None


@dataclass(frozen=True, slots=True)
class CellState:
    """All heads of a cell, greatest first."""

    heads: tuple[Head, ...]

    @property
    def shown(self) -> bytes | None:
        return next((head.text for head in self.heads if head.text is not None), None)

    @property
    def conflict(self) -> bool:
        return len({head.text for head in self.heads if head.text is not None}) > 1


def merge(edits: Iterable[Edit], founder: str = "") -> dict[Cell, CellState]:
    """(kind, record id, cell) → its heads, over any set of edits in any order, repeats allowed."""
    every = counted(edits, founder)
    known = standing(every)
    erased = erasures(every)
    seen = {
        (change.kind, change.record, change.cell, base)
        for edit in known.values()
        for change in edit.changes
        for base in change.bases
    }
    heads: dict[Cell, list[Head]] = {}
    for edit in known.values():
        for change in edit.changes:
            cell = (change.kind, change.record, change.cell)
            if (*cell, edit.stamp) not in seen:
                text = _present(change.opened, (*cell, edit.stamp) in erased)
                heads.setdefault(cell, []).append(Head(edit.clock, edit.stamp, edit.who, edit.at_ms, text))
    return {cell: CellState(tuple(sorted(found, key=_rank, reverse=True))) for cell, found in heads.items()}


def counted(edits: Iterable[Edit], founder: str = "") -> list[Edit]:
    """Those made before their computer was stopped."""
    every = list(edits)
    last = who_counts.limits(enrolment.facts(every, verify, founder), founder)
    return [edit for edit in every if edit.seq <= last.get(edit.device, enrolment.NO_LIMIT)]


def standing(edits: Iterable[Edit]) -> dict[Stamp, Edit]:
    """The edit that stands under each number, with all that any copy of it opens."""
    known: dict[Stamp, Edit] = {}
    for edit in edits:
        twin = known.get(edit.stamp)
        if twin is None or edit.hash < twin.hash:
            known[edit.stamp] = edit
        elif edit.hash == twin.hash:
            known[edit.stamp] = together(twin, edit)
    return known


def together(first: Edit, second: Edit) -> Edit:
    """One edit known twice: whatever either copy opens is open."""
    changes = tuple(
        one if one.opened else other for one, other in zip(first.changes, second.changes, strict=True)
    )
    return replace(first, why=first.why or second.why, changes=changes)


def _rank(head: Head) -> tuple[int, str, int]:
    return head.clock, head.stamp.device, head.stamp.seq


def _present(opened: Opened | None, erased: bool) -> bytes | None:
    return None if opened is None or erased else opened.text


def erasures(edits: Iterable[Edit]) -> set[tuple[str, str, str, Stamp]]:
    """Every (kind, record, cell, edit) that a redaction among `edits` names. Grows only."""
    return {
        target
        for edit in edits
        for change in edit.changes
        if is_redaction(change)
        for target in targets(change)
    }


def is_redaction(change: Change) -> bool:
    """Does the change erase others?"""
    return change.kind == REDACTION and change.cell == TARGETS and change.opened is not None


def targets(change: Change) -> Iterator[tuple[str, str, str, Stamp]]:
    """What a redaction erases. Its value is JSON text: a list of [kind, record, cell, device, seq];
    ["edit", "", "why", device, seq] names a reason. A redaction never erases a redaction, nor what is said of
    a computer, and a malformed entry erases nothing."""
    value = change.opened.value if change.opened else None
    for entry in _entries(value):
        match entry:
            case [str(kind), str(record), str(cell), str(device), seq] if (
                kind not in KEPT and type(seq) is int and 0 < seq <= MAX_CLOCK
            ):
                yield kind, record, cell, Stamp(device, seq)
            case _:
                continue


def _entries(value: Value) -> list[Any]:
    try:
        found = orjson.loads(value) if isinstance(value, str) else None
    except ValueError:
        return []
    return found if isinstance(found, list) else []
