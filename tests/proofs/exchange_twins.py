"""Laptops in memory: the pure law over edits, and a statement of their own of what a peer lacks.

No store and no bundle takes part. What a peer has is what can be reached down the chains from the hashes of
its receipt; all else that is known goes.
"""

from __future__ import annotations

import copy
import hashlib
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sgz_desktop.domain import enrolment, merge, who_counts
from sgz_desktop.domain.ed25519 import verify
from sgz_desktop.domain.edits import (
    NO_HASH,
    Change,
    Draft,
    Edit,
    Stamp,
    canonical,
    from_line,
    seal,
    tick,
    to_line,
)
from sgz_desktop.domain.enrolment import DEVICE, NO_LIMIT
from sgz_desktop.domain.signed_words import Keys
from sgz_desktop.vault import left_keys
from sgz_desktop.vault.device_keys import DeviceKey
from tests.conftest import STORE_ID, TestClock
from tests.proofs.exchange_parts import WITHHELD, Cell, Parcel, Said, Seen, Taken

verified = lru_cache(None)(verify)
Have = dict[str, tuple[int, bytes]]


class Twin:
    """A laptop that is nothing but the edits it knows."""

    def __init__(self, device: str, founder: str, draw: random.Random) -> None:
        self.device, self.founder, self.draw = device, founder, draw
        self.clock = TestClock()
        self.key = DeviceKey(draw.randbytes(32))
        self.left = left_keys.leave(self.key, STORE_ID, device)
        self.introduction: dict[str, Any] | None = None
        self.numbers: dict[str, dict[int, dict[bytes, Edit]]] = {}
        self.records: dict[tuple[str, str], dict[bytes, tuple[Edit, list[Change]]]] = {}
        self.last: dict[str, int] = {}
        self.told: dict[str, Have] = {}
        self.facts = enrolment.Facts()
        self.wrote = (0, NO_HASH)
        self.top_clock = 0
        self.sent: dict[bytes, Edit] = {}  # as bundles bring them
        self.merged = lru_cache(1)(self._merged)

    # what is known

    def known(self) -> Iterator[Edit]:
        return (edit for by in self.numbers.values() for twins in by.values() for edit in twins.values())

    def stands(self, device: str, seq: int) -> bytes | None:
        """The hash of the edit that stands under a number."""
        found = self.numbers.get(device, {}).get(seq)
        return min(found) if found and seq <= self.last.get(device, seq) else None

    def top(self, device: str) -> tuple[int, bytes]:
        """The last edit of an unbroken chain from the first."""
        top = (0, NO_HASH)
        while (digest := self.stands(device, top[0] + 1)) and self._at(device, top[0] + 1).prev == top[1]:
            top = (top[0] + 1, digest)
        return top

    def _at(self, device: str, seq: int) -> Edit:
        found = self.numbers[device][seq]
        return found[min(found)]

    def have(self) -> Have:
        """The receipt."""
        return {device: top for device in self.numbers if (top := self.top(device))[0]}

    def seen(self, kind: str, id: str) -> Seen:
        found: dict[str, set[Stamp]] = {}
        overtaken: set[tuple[str, Stamp]] = set()
        for edit, changes in self._of(kind, id):
            for change in changes:
                found.setdefault(change.cell, set()).add(edit.stamp)
                overtaken.update((change.cell, base) for base in change.bases)
        return {
            cell: tuple(sorted(one for one in stamps if (cell, one) not in overtaken))
            for cell, stamps in found.items()
        }

    def _of(self, kind: str, id: str) -> Iterator[tuple[Edit, list[Change]]]:
        for edit, changes in self.records.get((kind, id), {}).values():
            if self.stands(edit.device, edit.seq) == edit.hash:
                yield edit, changes

    def add(self, edits: Iterable[Edit]) -> list[Edit]:
        """Take edits in; those that were news."""
        fresh = []
        for edit in edits:
            twins = self.numbers.setdefault(edit.device, {}).setdefault(edit.seq, {})
            known = twins.get(edit.hash)
            if known is edit:
                continue
            self.merged.cache_clear()
            twins[edit.hash] = merge.together(known, edit) if known else edit
            if known is None:
                fresh.append(edit)
                self.top_clock = max(self.top_clock, edit.clock)
                for change in edit.changes:
                    of = self.records.setdefault((change.kind, change.record), {})
                    of.setdefault(edit.hash, (edit, []))[1].append(change)
        if any(change.kind == DEVICE for edit in fresh for change in edit.changes):
            telling = [found for (kind, _), found in self.records.items() if kind == DEVICE]
            of = [edit for found in telling for edit, _ in found.values()]
            self.facts = enrolment.facts(of, verified, self.founder)
            self.last = who_counts.limits(self.facts, self.founder)
        return fresh

    def limits(self) -> Mapping[str, int]:
        return self.last

    # what is written

    def write(self, kind: str, id: str, values: Mapping[str, Any], seen: Seen) -> Said | None:
        if self.device in self.last:
            return None
        if self.stands(self.device, self.top(self.device)[0] + 1):
            self._go_on_as_another()
        self.introduce()
        fresh = {name: value for name, value in values.items() if self._alters(kind, id, name, value)}
        if not fresh or self.device in self.last:
            return None
        bases = self.bases(kind, id, seen)
        edit = self._seal(
            [Draft(kind, id, STORE_ID, name, it, bases.get(name, ())) for name, it in fresh.items()]
        )
        return Said(edit.stamp, edit.hash, {
            (kind, id, name): (canonical(value), tuple(seen.get(name, ()))) for name, value in fresh.items()
        })  # fmt: skip

    def bases(self, kind: str, id: str, seen: Seen) -> Seen:
        return seen

    def _alters(self, kind: str, id: str, name: str, value: Any) -> bool:
        heads = self.seen(kind, id).get(name, ())
        texts = [
            change.opened.text if change.opened else None
            for edit, changes in self._of(kind, id)
            for change in changes
            if change.cell == name and edit.stamp in heads
        ]
        return texts != [canonical(value)]

    def _seal(self, drafts: Sequence[Draft]) -> Edit:
        seq, prev = self.top(self.device)
        now = self.clock()
        clock = tick(self.top_clock, now)
        edit = seal(
            device=self.device, epoch=1, seq=seq + 1, clock=clock, at_ms=now, who="worker", action="save",
            prev=prev, why="", drafts=drafts,
        )  # fmt: skip
        self.add([edit])
        self.wrote = edit.seq, edit.hash
        return edit

    def enrol(self, other: Twin) -> None:
        """Let another in."""
        values = {"sign_key": other.key.public.hex(), "box_key": f"age1{other.device}"}
        self._seal([Draft(DEVICE, other.device, STORE_ID, name, it) for name, it in values.items()])

    def introduce(self) -> None:
        """A device says who it is before its first edit, and before its first bundle or backup."""
        if self.introduction and self.device not in self.last:
            told, self.introduction = self.introduction, None
            self._seal([Draft(DEVICE, self.device, STORE_ID, name, it) for name, it in told.items()])

    def stop(self, device: str) -> Said | None:
        if device not in self.facts.keys or self.device in self.last:
            return None
        keeps = {heir for by, heir in self.facts.endorsed if by == device} | {self.device}
        values = {"revoked_after_seq": self.top(device)[0], "revocation_keeps": ",".join(sorted(keeps))}
        said = self.write(DEVICE, device, values, self.seen(DEVICE, device))
        return Said(said.stamp, said.hash, {}) if said else None

    # what goes by stick

    def lacking(self, have: Have) -> list[Edit]:
        """All that is known but what is reached down the chains from a receipt."""
        reached: set[bytes] = set()
        for device, told in have.items():
            here = self.numbers.get(device, {})
            # further on than is known here: from where it is, the rest will come back
            seq, digest = told if told[0] in here else self.top(device)
            while edit := here.get(seq, {}).get(digest):
                reached.add(digest)
                seq, digest = seq - 1, edit.prev
        return [edit for edit in self.known() if edit.hash not in reached]

    def parcel(self, to: str) -> Parcel | None:
        if to not in self.facts.keys or to in self.last or self.device in self.last:
            return None
        self.introduce()
        edits = [self._travelling(edit) for edit in self.lacking(self.told.get(to, {}))]
        hashes = {edit.hash for edit in edits}
        return Parcel(self.device, to, (edits, self.have()), lambda said: said.hash in hashes)

    def _travelling(self, edit: Edit) -> Edit:
        """As a bundle brings it: what stays home is its commitment only."""
        if edit.hash not in self.sent:
            home = any((change.kind, change.cell) == WITHHELD for change in edit.changes)
            self.sent[edit.hash] = from_line(to_line(edit, [WITHHELD])) if home else edit
        return self.sent[edit.hash]

    def take(self, parcel: Parcel) -> Taken:
        edits, have = parcel.body
        if parcel.sender not in self.facts.keys and not self._introduces(edits, parcel.sender):
            return Taken(stranger=True)
        fresh = self.add(edits)
        self.told[parcel.sender] = have
        return Taken(len(fresh), sum(edit.device != parcel.sender for edit in fresh))

    def _introduces(self, edits: Sequence[Edit], device: str) -> bool:
        told = enrolment.facts([*self.known(), *edits], verified, self.founder)
        return device in who_counts.members(told, self.founder)

    # what happens to it

    def clone(self) -> Twin:
        other = copy.copy(self)
        other.clock = TestClock(self.clock.ms)
        other.numbers = {
            device: {seq: dict(twins) for seq, twins in by.items()} for device, by in self.numbers.items()
        }
        other.records = {name: dict(found) for name, found in self.records.items()}
        other.told = dict(self.told)
        other.merged = lru_cache(1)(other._merged)
        return other

    def backup(self) -> Twin:
        self.introduce()
        return self.clone()

    def restored(self, backup: Twin) -> Twin:
        other = backup.clone()
        other.clock = self.clock
        other._go_on_as_another()
        return other

    def reopen(self) -> None:
        """At opening a laptop finds that its numbers were used by a copy of it."""
        seq, digest = self.wrote
        twice = self.stands(self.device, self.top(self.device)[0] + 1)
        if self.device not in self.last and (twice or (seq and self.stands(self.device, seq) != digest)):
            self._go_on_as_another()

    def _go_on_as_another(self) -> None:
        device = f"device-{self.draw.getrandbits(48):012x}"
        key = DeviceKey(self.draw.randbytes(32))
        keys = Keys(key.public.hex(), f"age1{device}")
        endorsement = left_keys.endorsement(self.left, STORE_ID, device, keys)
        self.introduction = {"sign_key": keys.sign, "box_key": keys.box, "endorsement": endorsement}
        self.device, self.key, self.wrote = device, key, (0, NO_HASH)
        self.left = left_keys.leave(key, STORE_ID, device)

    # what it says in the end

    def fate(self, said: Said) -> str:
        twins = self.numbers.get(said.stamp.device, {}).get(said.stamp.seq, {})
        if said.hash not in twins:
            return ""
        if said.stamp.seq > self.last.get(said.stamp.device, NO_LIMIT):
            return "aside_stopped"
        return "standing" if min(twins) == said.hash else "aside_twin"

    def _merged(self) -> dict[Cell, merge.CellState]:
        return merge.merge(self.known(), self.founder)

    def heads(self) -> Mapping[Cell, set[tuple[Stamp, bytes | None]]]:
        return {cell: {(one.stamp, one.text) for one in it.heads} for cell, it in self.merged().items()}

    def vector(self) -> object:
        return sorted(edit.hash for edit in self.known())

    def says(self) -> object:
        """Digest, history and open conflicts, of what may leave the laptop."""
        shared = {cell: state for cell, state in self.merged().items() if cell[0::2] != WITHHELD}
        digest = sorted((cell, state.shown) for cell, state in shared.items())
        history = sorted((by, seq, self.stands(by, seq)) for by in self.numbers for seq in self.numbers[by])
        told = hashlib.sha256(repr((digest, history)).encode()).hexdigest()
        return told, sum(state.conflict for state in shared.values())

    def again(self, parcels: Sequence[Parcel], other: Twin) -> None:
        for parcel in parcels:
            self.add(parcel.body[0])
        self.add(map(other._travelling, other.known()))


def station(draw: random.Random, make: Callable[[str, str, random.Random], Twin] = Twin) -> list[Twin]:
    """Five that know each other."""
    first = make("device-a", "device-a", draw)
    others = [make(f"device-{letter}", "device-a", draw) for letter in "bcde"]
    first._seal([
        Draft(DEVICE, first.device, STORE_ID, "sign_key", first.key.public.hex()),
        Draft(DEVICE, first.device, STORE_ID, "box_key", "age1first"),
    ])  # fmt: skip
    for other in others:
        first.enrol(other)
    for other in others:
        other.sent = first.sent
        other.add(first.known())
    return [first, *others]
