"""What a person decides about the identifying words of free texts before a copy leaves the station.

Kept decisions hold places in a text and the text's fingerprint, never its words: a text that was altered, or
in which something new is found, is looked at again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from sgz_desktop.domain.deidentify import joined, replaced
from sgz_desktop.domain.deidentify_text import Sort, Span

SOMETHING = "某某"
NEVER_KEPT = frozenset({Sort.ID})  # an identity number leaves in no copy


class State(StrEnum):
    """What becomes of a span."""

    REPLACED = "换掉"
    KEPT = "保留"
    OPEN = "待定"


class Mark(NamedTuple):
    """A span and what becomes of it."""

    span: Span
    state: State


@dataclass
class Item:
    """One text and what was decided of it. `keys` are the places where it stands, `page` (a record) and
    `label` (its field) the first in words; `answers` say of the spans decided on whether they go."""

    keys: tuple[str, ...]
    page: str
    label: str
    text: str
    spans: tuple[Span, ...]
    answers: dict[tuple[int, int], bool] = field(default_factory=dict)
    marked: list[tuple[int, int]] = field(default_factory=list)
    seen: bool = False

    def marks(self) -> list[Mark]:
        """Every span in its place, also those a person marked."""
        own = [Mark(Span(*at, Sort.MARKED, SOMETHING), State.REPLACED) for at in self.marked]
        return sorted([*(Mark(one, self._state(one)) for one in self.spans), *own])

    def _state(self, one: Span) -> State:
        answer = self.answers.get((one.start, one.end), True if one.sure or self.seen else None)
        return State.OPEN if answer is None else State.REPLACED if answer else State.KEPT

    @property
    def open(self) -> int:
        """How many guesses nobody decided on."""
        return sum(mark.state is State.OPEN for mark in self.marks())

    def told(self) -> str:
        """What the copy says; a guess that is open goes."""
        return replaced(self.text, joined([one.span for one in self.marks() if one.state is not State.KEPT]))

    def answer(self, start: int, end: int, *, goes: bool) -> bool:
        """Decide on what a person points at. What they marked themselves is let go where it stays. False
        where something goes whatever they say."""
        heeded = True
        for mark in self.marks():
            at = (mark.span.start, mark.span.end)
            if mark.span.start < max(end, start + 1) and start < mark.span.end:
                if not goes and mark.span.sort in NEVER_KEPT:
                    heeded = False
                elif mark.span.sort is not Sort.MARKED:
                    self.answers[at] = goes
                elif not goes:
                    self.marked.remove(at)
        return heeded

    def mark(self, start: int, end: int) -> bool:
        """A person marks a part that goes; False where it holds nothing or goes already."""
        there = (mark.span for mark in self.marks() if mark.state is not State.KEPT)
        new = bool(self.text[start:end].strip()) and not any(
            one.start <= start and end <= one.end for one in there
        )
        if new:
            self.marked.append((start, end))
        return new

    def accept(self) -> None:
        """It was looked at: what is open goes."""
        self.answers |= {
            (mark.span.start, mark.span.end): True for mark in self.marks() if mark.state is State.OPEN
        }
        self.seen = True

    @property
    def fingerprint(self) -> str:
        """Tells this text from another."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


class Review:
    """All free texts of a copy; equal texts are one item."""

    def __init__(
        self,
        texts: Iterable[tuple[str, str, str, str, Sequence[Span]]],
        kept: Mapping[str, Any] | None = None,
    ):
        """`texts` are (key, page, label, text, spans); `kept` is what `decisions` gave at an earlier copy."""
        by_text: dict[str, Item] = {}
        for key, page, label, text, spans in texts:
            item = by_text.setdefault(text, Item((), page, label, text, tuple(spans)))
            item.keys += (key,)
        self.items = list(by_text.values())
        for item in self.items:
            self._recall(item, kept or {})

    def _recall(self, item: Item, kept: Mapping[str, Any]) -> None:
        for key in item.keys:
            before = kept.get(key)
            if isinstance(before, dict) and before.get("text") == item.fingerprint:
                item.answers = {(start, end): bool(goes) for start, end, goes in before.get("answers", ())}
                item.marked = [(start, end) for start, end in before.get("marked", ())]
                guesses = {(one.start, one.end) for one in item.spans if not one.sure}
                item.seen = guesses <= set(item.answers)
                return

    def mark_everywhere(self, of: Item, start: int, end: int) -> int:
        """Mark a part of a text, and the same words in all others; how many places that were."""
        words = of.text[start:end].strip()
        start += of.text[start:end].find(words) if words else 0
        found = int(of.mark(start, start + len(words)))
        for item in self.items:
            at = item.text.find(words) if words else -1
            while at >= 0:
                found += item.mark(at, at + len(words))
                at = item.text.find(words, at + len(words))
        return found

    def pages(self) -> dict[str, list[Item]]:
        """The items by the record they stand in, in their order."""
        found: dict[str, list[Item]] = {}
        for item in self.items:
            found.setdefault(item.page, []).append(item)
        return found

    @property
    def unseen(self) -> int:
        """Texts nobody has looked at."""
        return sum(not item.seen for item in self.items)

    @property
    def open(self) -> int:
        """Guesses nobody decided on."""
        return sum(item.open for item in self.items)

    @property
    def kept(self) -> int:
        """Places found that stay in the copy."""
        return sum(mark.state is State.KEPT for item in self.items for mark in item.marks())

    def told(self) -> dict[str, str]:
        """What the copy says, by key."""
        return {key: item.told() for item in self.items for key in item.keys}

    def marked(self) -> Iterator[str]:
        """Words a person marked, which go wherever else they stand."""
        for item in self.items:
            yield from (item.text[start:end] for start, end in item.marked)

    def decisions(self) -> dict[str, Any]:
        """What to keep of the texts that were looked at."""
        return {
            key: {
                "text": item.fingerprint,
                "answers": [[*at, goes] for at, goes in sorted(item.answers.items())],
                "marked": [list(at) for at in item.marked],
            }
            for item in self.items
            if item.seen
            for key in item.keys
        }
