"""Who wrote the edits of a bundle: each is reached from a chain head that its device signed, with a key it
was let in with.

What lets a device in may stand in the same bundle, so keys and proofs grow together until nothing is added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from sgz_desktop.domain import enrolment
from sgz_desktop.domain.edits import Edit
from sgz_desktop.domain.enrolment import Facts, Keys, Verify, head_message
from sgz_desktop.sync.header import Head
from sgz_desktop.sync.reasons import Reason, Refused

FactsWith = Callable[[Iterable[Edit]], Facts]  # what is known here and from some more edits


class _Link(NamedTuple):
    device: str
    seq: int
    prev: bytes


class Proof:
    """Collects what a bundle brings, then says whether all of it is proven."""

    def __init__(self, store_id: str, founder: str, facts_with: FactsWith, verify: Verify) -> None:
        self._store_id, self._founder = store_id, founder
        self._facts_with, self._verify = facts_with, verify
        self._links: dict[bytes, _Link] = {}
        self._telling: list[Edit] = []
        self._proven: set[bytes] = set()
        self.facts = Facts()

    def add(self, edit: Edit) -> None:
        """One edit of the bundle."""
        self._links[edit.hash] = _Link(edit.device, edit.seq, edit.prev)
        if any(change.kind == enrolment.DEVICE for change in edit.changes):
            self._telling.append(edit)

    def complete(self, heads: Iterable[Head], known: Callable[[str, int, bytes], bool]) -> None:
        """Refused FORGED when an edit is neither proven nor `known` (device, number, hash) here already."""
        waiting = list(heads)
        while True:
            self.facts = self._facts_with(self._believed())
            inside = enrolment.members(self.facts, self._founder)
            good = [head for head in waiting if head.device in inside and self._signed(head)]
            for head in good:
                self._walk(bytes.fromhex(head.hash), head.device)
            waiting = [head for head in waiting if head not in good]
            if not good:
                break
        for digest, link in self._links.items():
            if digest not in self._proven and not known(link.device, link.seq, digest):
                raise Refused(Reason.FORGED, "an edit nobody signed for")

    def keys_of(self, device: str) -> set[Keys]:
        """The keys a device that is in was let in with; empty for a stranger."""
        inside = enrolment.members(self.facts, self._founder)
        return set(self.facts.keys.get(device, {}).values()) if device in inside else set()

    def _believed(self) -> Iterator[Edit]:
        """What may be believed of computers by now: proven edits, and such as carry their own proof."""
        for edit in self._telling:
            if edit.hash in self._proven or any(change.cell == "endorsement" for change in edit.changes):
                yield edit

    def _signed(self, head: Head) -> bool:
        digest = bytes.fromhex(head.hash)
        message = head_message(self._store_id, head.device, head.epoch, head.seq, digest)
        return any(
            enrolment.genuine(self._verify, keys.sign, message, head.signature)
            for keys in self.facts.keys.get(head.device, {}).values()
        )

    def _walk(self, digest: bytes, device: str) -> None:
        """Down the chain from a signed head, as far as the bundle goes."""
        while digest not in self._proven and (link := self._links.get(digest)) and link.device == device:
            self._proven.add(digest)
            digest = link.prev
