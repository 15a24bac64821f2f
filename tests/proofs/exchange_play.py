"""Five laptops through a drawn schedule: what is written, what happens to them, and what their sticks suffer.

The same play is given by laptops in memory (`exchange_twins`) and by real stores with real bundles
(`exchange_stores`). A ledger of its own says what was saved and what its author had seen.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sgz_desktop.domain.edits import Stamp
from tests.proofs.exchange_parts import WITHHELD, Cell, Laptop, Parcel, Said, Seen

YEARS = 20 * 365 * 86_400_000
ROUND = (1, -1, 2, -2, 1, -1)  # to whom the sticks go: the next, the one before, the next but one


@dataclass
class Slot:
    """A place at which a laptop stands. `knows`: the acknowledged edits that must not be lost while it
    stands; `forms`: heads seen by forms left open; `kept`: its last backup."""

    laptop: Laptop
    knows: set[bytes]
    newer: bool = False
    forms: dict[tuple[str, str], Seen] = field(default_factory=dict)
    kept: tuple[Any, set[bytes]] | None = None


STEPS = {
    "edit": 34, "delete": 3, "reassign": 5, "attach": 3, "send": 26, "late": 9, "clock": 4,
    "back_up": 6, "restore": 7, "clone": 3, "stop": 2, "reopen": 2,
}  # fmt: skip
PLAIN = ("name", "phone", "note")


class Play:
    """One schedule, all of it drawn from `draw`; `counts` tells what happened."""

    def __init__(self, laptops: Sequence[Laptop], draw: random.Random) -> None:
        self.draw = draw
        self.slots = [Slot(laptop, set(), newer=place == 0) for place, laptop in enumerate(laptops)]
        self.ledger: dict[bytes, Said] = {}
        self.records: list[tuple[str, str]] = []
        self.post: list[tuple[Parcel, set[bytes]]] = []
        self.taken: list[Parcel] = []
        self.stops: list[tuple[str, str]] = []
        self.counts: Counter[str] = Counter()

    def run(self, steps: int) -> None:
        for step in self.draw.choices(list(STEPS), list(STEPS.values()), k=steps):
            getattr(self, step)(self.draw.choice(self.slots))

    # what people write

    def edit(self, slot: Slot) -> None:
        kind, id = self._record(slot)
        names = self.draw.sample(PLAIN if kind == "person" else ("source",), k=1)
        if slot.newer:
            names.append("blood")
        values = {name: self._text() for name in names}
        if kind == "case":
            values["supervisor"] = values.pop("source")
        self._write(slot, kind, id, values)

    def delete(self, slot: Slot) -> None:
        self._write(slot, *self._record(slot), {"deleted": True})

    def reassign(self, slot: Slot) -> None:
        self._write(slot, *self._record(slot, "case"), {"worker": self._text()})

    def attach(self, slot: Slot) -> None:
        _, parent = self._record(slot)
        digest = self.draw.randbytes(32).hex()
        self._write(slot, *self._new("attachment"), {"parent": parent, "sha256": digest, "size": 9})
        self.counts["attachments"] += 1

    def _record(self, slot: Slot, kind: str = "") -> tuple[str, str]:
        """One of the latest that the laptop knows, or a new one."""
        here = [one for one in self.records if one[0] == kind or (not kind and one[0] in ("person", "case"))]
        for one in self.draw.sample(here[-4:], k=min(3, len(here))):
            if slot.laptop.seen(*one):
                return one
        if slot.newer and not kind and self.draw.random() < 0.3:
            self._write(slot, *self._new("drone"), {"battery": self._text()})
            self.counts["unknown_kinds"] += 1
        return self._new(kind or self.draw.choice(("person", "person", "case")))

    def _new(self, kind: str) -> tuple[str, str]:
        made = (kind, f"{kind}-{len(self.records)}")
        self.records.append(made)
        return made

    def _text(self) -> str:
        """Mostly a value of its own; two laptops may also write the same."""
        return "同" if self.draw.random() < 0.1 else f"值{self.draw.getrandbits(40):x}"

    def _write(self, slot: Slot, kind: str, id: str, values: Mapping[str, Any]) -> Said | None:
        current = slot.laptop.seen(kind, id)
        how = self.draw.choices(("current", "stale", "nothing"), (5, 4, 1))[0]
        seen = {"current": current, "stale": slot.forms.get((kind, id), current), "nothing": {}}[how]
        if self.draw.random() < 0.5:
            slot.forms[kind, id] = current
        said = slot.laptop.write(kind, id, values, seen)
        if said:
            self.counts["edits"] += 1
            self.counts["seen_stale"] += seen != current
            self._keep(slot, said)
        return said

    def _keep(self, slot: Slot, said: Said) -> None:
        self.ledger[said.hash] = said
        slot.knows.add(said.hash)

    # what happens to laptops

    def clock(self, slot: Slot) -> None:
        slot.laptop.clock.ms += self.draw.randrange(-YEARS, YEARS)
        slot.laptop.clock.ms = max(slot.laptop.clock.ms, 1_000_000)
        self.counts["clocks_off"] += 1

    def back_up(self, slot: Slot) -> None:
        slot.kept = slot.laptop.backup(), set(slot.knows)

    def restore(self, slot: Slot) -> None:
        """Never all of them: they would have to meet first, which no stick of this play lets them."""
        if slot.kept is None or self.counts["restores"] > len(self.slots) - 3:
            return self.back_up(slot)
        backup, knew = slot.kept
        slot.laptop, slot.knows, slot.forms, slot.kept = slot.laptop.restored(backup), set(knew), {}, None
        self.counts["restores"] += 1
        return None

    def reopen(self, slot: Slot) -> None:
        slot.laptop.reopen()

    def clone(self, slot: Slot) -> None:
        """A copy of the whole computer gets a stick meant for the other, is worked on, hands out sticks that
        tell what it has got as if the other had it, and is put away."""
        copy = Slot(slot.laptop.clone(), set(slot.knows), forms=dict(slot.forms))
        other = self.draw.choice(self.slots)
        self.counts["clones"] += 1
        parcel = other.laptop.parcel(copy.laptop.device) if other is not slot else None
        if parcel and not copy.laptop.take(parcel).stranger:
            copy.knows |= self._held(other, parcel)
        for _ in range(self.draw.randint(1, 3)):
            self.edit(copy)
        if self.draw.random() < 0.7:
            self.edit(slot)
        for _ in range(self.draw.randint(1, 2)):
            self._send(copy, self.draw.choice(self.slots))

    def stop(self, slot: Slot) -> None:
        """At most two a schedule; the second may be the answer to the first."""
        target = self.draw.choice([one for one in self.slots if one is not slot]).laptop.device
        if self.stops and self.draw.random() < 0.5:
            by = next((one for one in self.slots if one.laptop.device == self.stops[0][1]), None)
            slot, target = (by, self.stops[0][0]) if by else (slot, target)
        if len(self.stops) < 2 and (said := slot.laptop.stop(target)):
            self.stops.append((slot.laptop.device, target))
            self._keep(slot, said)
            self.counts["stops"] += 1

    # what happens to sticks

    def send(self, slot: Slot) -> None:
        self._send(slot, self.draw.choice(self.slots))

    def _send(self, slot: Slot, to: Slot) -> None:
        parcel = slot.laptop.parcel(to.laptop.device) if to is not slot else None
        if parcel is None:
            return
        holds = self._held(slot, parcel)
        fate = self.draw.choices(("arrives", "later", "lost", "twice"), (48, 26, 16, 10))[0]
        self.counts["bundles"] += 1
        self.counts["drops"] += fate == "lost"
        if fate in ("arrives", "twice"):
            self._deliver(parcel, holds)
        if fate in ("later", "twice"):
            self.post.append((parcel, holds))
            self.counts["repeats"] += fate == "twice"

    def _held(self, slot: Slot, parcel: Parcel) -> set[bytes]:
        return {hash for hash in slot.knows if parcel.carries(self.ledger[hash])}

    def late(self, slot: Slot) -> None:
        """A stick turns up, out of order and perhaps long after."""
        if self.post:
            parcel, holds = self.post.pop(self.draw.randrange(len(self.post)))
            self.counts["stale"] += self._deliver(parcel, holds)

    def _deliver(self, parcel: Parcel, holds: set[bytes]) -> bool:
        to = next((one for one in self.slots if one.laptop.device == parcel.to), None)
        if to is None:  # it goes on as another device
            return False
        got = to.laptop.take(parcel)
        if got.stranger:
            assert self.counts["clones"], "a stranger's bundle"
            self.counts["strangers"] += 1
            return False
        to.knows |= holds
        self.taken.append(parcel)
        self.counts["relays"] += bool(got.passed_on)
        return True

    # the end

    def inside(self) -> list[Slot]:
        """Those that nobody who counts knows to be stopped."""
        free = [one for one in self.slots if one.laptop.device not in one.laptop.limits()]
        out = {device for one in free for device in one.laptop.limits()}
        return [one for one in free if one.laptop.device not in out]

    def settle(self) -> list[Slot]:
        """Everybody hands a stick to the next, round and back, until nothing is lacking."""
        self.draw.shuffle(self.slots)
        for lap, step in enumerate(ROUND, start=1):
            ring = self.inside()
            for place, one in enumerate(ring):
                after = ring[(place + step) % len(ring)]
                if one is not after and (parcel := one.laptop.parcel(after.laptop.device)):
                    self._deliver(parcel, self._held(one, parcel))
            ring = self.inside()
            if len({repr(one.laptop.vector()) for one in ring}) < 2:
                self.counts["laps"] += lap
                return ring
        raise AssertionError(f"something is still lacking after {len(ROUND)} rounds")

    def verify(self, ring: Sequence[Slot]) -> None:
        """Everybody says the same, nothing acknowledged is lost, and importing all again changes nothing."""
        said = [one.laptop.says() for one in ring]
        assert all(one == said[0] for one in said), "they do not say the same"
        required = set().union(*(one.knows for one in ring))
        for place, one in enumerate(ring):
            tally = self.counts if place == 0 else Counter[str]()
            self._heads(one.laptop, self._fates(one.laptop, required, tally), tally)
        for one, after in zip(ring, [*ring[1:], *ring[:1]], strict=True):
            mine = [parcel for parcel in self.taken if parcel.to == one.laptop.device]
            one.laptop.again(mine, after.laptop)
            assert one.laptop.says() == said[0], "importing again changed something"
        self.counts["laptops"] += len(ring)

    def _fates(self, laptop: Laptop, required: set[bytes], tally: Counter[str]) -> list[Said]:
        fates = {hash: laptop.fate(said) for hash, said in self.ledger.items()}
        lost = [self.ledger[hash].stamp for hash in required if not fates[hash]]
        assert not lost, f"lost: {lost}"
        tally.update(filter(None, fates.values()))
        return [self.ledger[hash] for hash, fate in fates.items() if fate == "standing"]

    def _heads(self, laptop: Laptop, standing: Sequence[Said], tally: Counter[str]) -> None:
        """A value is overtaken only by somebody who had seen it; all others stand side by side."""
        expected: dict[Cell, dict[Stamp, bytes]] = {}
        for said in standing:
            for cell, (text, _) in said.cells.items():
                expected.setdefault(cell, {})[said.stamp] = text
        for cell, seen in [(cell, seen) for said in standing for cell, (_, seen) in said.cells.items()]:
            for stamp in seen:
                expected[cell].pop(stamp, None)
        found = laptop.heads()
        for cell, values in expected.items():
            stand = dict(found.get(cell, ()))
            home = {stamp for stamp, text in stand.items() if text is None and cell[0::2] == WITHHELD}
            told = {stamp: text for stamp, text in values.items() if stamp not in home}
            assert stand == told | dict.fromkeys(home), f"{cell} holds other values than were written"
            tally["conflicts"] += len(set(told.values())) > 1
            tally["kept_home"] += len(home)
