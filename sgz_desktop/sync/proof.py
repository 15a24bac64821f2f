"""Who wrote the edits of a bundle: each is reached from a chain head that its device signed, with a key it
was let in with.

What lets a device in may stand in the same bundle, so keys and proofs grow together until nothing is added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from sgz_desktop.domain import enrolment, signed_words, who_counts
from sgz_desktop.domain.edits import Change, Edit
from sgz_desktop.domain.enrolment import DEVICE, Facts
from sgz_desktop.domain.signed_words import Keys, Verify, head_message
from sgz_desktop.sync.header import Head, Range
from sgz_desktop.sync.reasons import Reason, Refused

MOST_EDITS = 3_000_000  # of a heavy street in thirty years; some 400 bytes each while they are proven
FactsWith = Callable[[Iterable[Edit]], Facts]  # what is known here and from some more edits
Own = tuple[str, Keys | None]  # this computer and its keys, whatever others say of them


class _Link(NamedTuple):
    device: str
    seq: int
    prev: bytes


class Proof:
    """Collects what a bundle brings, then says whether all of it is proven."""

    def __init__(
        self, store_id: str, founder: str, facts_with: FactsWith, verify: Verify, own: Own = ("", None)
    ) -> None:
        self._store_id, self._founder, self._own = store_id, founder, own
        self._facts_with, self._verify = facts_with, verify
        self._spans: dict[str, tuple[int, int]] = {}
        self._links: dict[bytes, _Link] = {}
        self._telling: list[Edit] = []
        self._proven: set[bytes] = set()
        self.facts = Facts()
        self.heads: list[Head] = []  # those whose signature is good

    def add(self, edit: Edit) -> None:
        """One edit of the bundle. Nobody has signed for any yet: Refused MALFORMED where one comes twice, as
        that could go on for hours, TOO_BIG where there are more than fit the memory of an old laptop."""
        if edit.hash in self._links:
            raise Refused(Reason.MALFORMED, "an edit twice")
        if len(self._links) >= MOST_EDITS:
            raise Refused(Reason.TOO_BIG, "more edits than a station makes")
        self._links[edit.hash] = _Link(edit.device, edit.seq, edit.prev)
        first, last = self._spans.get(edit.device, (edit.seq, edit.seq))
        self._spans[edit.device] = min(first, edit.seq), max(last, edit.seq)
        told = [change for change in edit.changes if change.kind == DEVICE]
        if any(change.opened is None for change in told):
            raise Refused(Reason.MALFORMED, "something said of a computer is held back")
        if told:
            self._telling.append(edit)

    def within(self, ranges: Mapping[str, Range]) -> None:
        """Refused MALFORMED unless the edits are those a header names: all of its computers, no others, up to
        the last."""
        whole = self._spans.keys() == ranges.keys() and all(
            ranges[device].first <= first and last == ranges[device].last
            for device, (first, last) in self._spans.items()
        )
        if not whole:
            raise Refused(Reason.MALFORMED, "other edits than the header says")

    def complete(self, heads: Iterable[Head]) -> None:
        """Find out who is in and what is proven, as far as these heads go."""
        waiting = list(heads)
        while True:
            self.facts = self._facts_with(self._believed())
            inside = who_counts.members(self.facts, self._founder)
            good = [head for head in waiting if head.device in inside and self._signed(head)]
            for head in good:
                self._walk(bytes.fromhex(head.hash), head.device, head.seq)
            self.heads += good
            waiting = [head for head in waiting if head not in good]
            if not good:
                break

    def demand(self, known: Callable[[str, int, bytes], bool]) -> None:
        """Refused FORGED when an edit is neither proven nor `known` (device, number, hash) here already."""
        for digest, link in self._links.items():
            if digest not in self._proven and not known(link.device, link.seq, digest):
                raise Refused(Reason.FORGED, "an edit nobody signed for")

    def keys_of(self, device: str) -> Keys | None:
        """The keys a device that is in was let in with; None for a stranger."""
        inside = who_counts.members(self.facts, self._founder)
        return self._keys(device) if device in inside else None

    def disputed(self, device: str) -> bool:
        """Does it have no keys because two say different ones of it?"""
        return enrolment.disputed(self.facts, self._founder, device)

    def _keys(self, device: str) -> Keys | None:
        own, keys = self._own
        return keys if device == own else enrolment.keys_of(self.facts, self._founder, device)

    def _believed(self) -> Iterator[Edit]:
        """What may be believed of computers by now: proven edits; of others what proves itself, and no more,
        as whoever made them up may have put any name to them."""
        for edit in self._telling:
            if edit.hash in self._proven:
                yield edit
            elif proving := self._proving(edit):
                yield replace(edit, changes=proving)

    def _proving(self, edit: Edit) -> tuple[Change, ...]:
        """The keys a successor says are its own, and what the recovery card signed."""
        told = tuple(one for one in edit.changes if one.kind == DEVICE)
        own = tuple(one for one in told if one.record == edit.device)
        if edit.device != self._founder and any(one.cell == "endorsement" for one in own):
            return own
        return tuple(one for one in told if one.cell == "decision")

    def _signed(self, head: Head) -> bool:
        digest, keys = bytes.fromhex(head.hash), self._keys(head.device)
        message = head_message(self._store_id, head.device, head.epoch, head.seq, digest)
        return keys is not None and signed_words.genuine(self._verify, keys.sign, message, head.signature)

    def _walk(self, digest: bytes, device: str, seq: int) -> None:
        """Down the chain from a signed head, as far as the bundle goes."""
        while digest not in self._proven and (link := self._links.get(digest)):
            if (link.device, link.seq) != (device, seq):
                return
            self._proven.add(digest)
            digest, seq = link.prev, seq - 1
