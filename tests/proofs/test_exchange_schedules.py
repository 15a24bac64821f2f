"""Five laptops come together through lost, late, repeated, reordered and stale sticks, restores, clones and
stopped computers, and lose nothing.

The one schedule is played in memory by hundreds and on real stores with real bundles by the dozen.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest

from sgz_desktop.domain.edits import Draft, Edit, Stamp
from sgz_desktop.store import write
from sgz_desktop.store.session import Writing
from tests.proofs import exchange_five, exchange_stores, exchange_twins
from tests.proofs.conftest import Tally
from tests.proofs.exchange_five import Made
from tests.proofs.exchange_parts import Cell, Parcel, Seen, Taken
from tests.proofs.exchange_play import Play
from tests.proofs.exchange_stores import Bench
from tests.proofs.exchange_twins import Have, Twin
from tests.proofs.lived_in import unflushed
from tests.proofs.sizes import SEED, size

IN_MEMORY, ON_STORES = size(490, 5_000), size(10, 40)
STEPS, STEPS_ON_STORES = 24, 22
OF_A_CLONE = ("像是整机复制", "先后链条")  # what a check says of numbers used twice
LEAST = {  # in each hundred schedules
    "edits": 1_000, "conflicts": 50, "seen_stale": 100, "bundles": 400, "drops": 60, "repeats": 30,
    "stale": 60, "relays": 300, "restores": 20, "clones": 50, "stops": 30, "clocks_off": 60,
    "attachments": 40, "unknown_kinds": 15, "aside_twin": 30, "aside_stopped": 20, "laptops": 350,
}  # fmt: skip


def in_memory(number: int, make: type[Twin] = Twin, laptops: int = 5) -> Counter[str]:
    draw, salts = random.Random(f"{SEED} {number}"), random.Random(f"{SEED} {number} salts")
    with mock.patch.object(os, "urandom", salts.randbytes):
        play = Play(exchange_twins.station(draw, make)[:laptops], draw)
        play.run(STEPS)
        play.verify(play.settle())
    return play.counts


def test_schedules_in_memory_end_with_the_same_and_lose_nothing(tally: Tally) -> None:
    counts = sum((in_memory(number) for number in range(IN_MEMORY)), Counter[str]())
    tally("exchange in memory", seed=SEED, schedules=IN_MEMORY, **counts, lost=0)
    _enough(counts, IN_MEMORY)
    assert counts["kept_home"] > IN_MEMORY


def _enough(counts: Mapping[str, int], schedules: int) -> None:
    short = {name: counts[name] for name, least in LEAST.items() if counts[name] < least * schedules / 100}
    assert not short


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Made]]:
    with unflushed():
        yield exchange_five.template(tmp_path_factory.mktemp("five"))


def on_stores(number: int, made: Sequence[Made], root: Path) -> Counter[str]:
    draw = random.Random(f"{SEED} stores {number}")
    bench = Bench(root / str(number))
    try:
        play = Play(exchange_stores.station(bench, made), draw)
        play.run(STEPS_ON_STORES)
        ring = play.settle()
        play.verify(ring)
        one = draw.choice(ring).laptop
        odd = [found for found in one.problems() if not any(words in found for words in OF_A_CLONE)]
        assert not odd
        assert one.has_clones() or not one.problems()
    finally:
        bench.close()
    return play.counts


def test_schedules_on_stores_end_with_the_same_and_lose_nothing(
    five: list[Made], tmp_path: Path, tally: Tally
) -> None:
    counts = sum((on_stores(number, five, tmp_path) for number in range(ON_STORES)), Counter[str]())
    tally("exchange on stores", seed=SEED, schedules=ON_STORES, **counts, lost=0)
    rare = {name for name, least in LEAST.items() if least < 40}  # of few schedules a few are enough
    assert all(counts[name] >= least * ON_STORES / 400 for name, least in LEAST.items() if name not in rare)
    assert all(counts[name] for name in ("restores", "stops", "unknown_kinds"))


def test_control_an_engine_that_bases_a_save_on_what_is_here_is_found(
    five: list[Made], tmp_path: Path
) -> None:
    drafts = write._drafts

    def on_what_is_here(session: Writing, one: write.Write) -> list[Draft]:
        rows = session.connection.execute(exchange_stores.SEEN, (one.kind, one.id)).fetchall()
        here = {cell: tuple(Stamp(*row[1:]) for row in rows if row[0] == cell) for cell, _, _ in rows}
        return drafts(session, replace(one, seen=here))

    with mock.patch.object(write, "_drafts", on_what_is_here):
        for number in range(ON_STORES):
            try:
                on_stores(number, five, tmp_path)
            except AssertionError:
                return
    pytest.fail("nobody noticed")


class DropsTheLoser(Twin):
    """Of two values that came together one is thrown away."""

    def take(self, parcel: Parcel) -> Taken:
        got = super().take(parcel)
        for cell, state in self.merged().items():
            if state.conflict and cell[0] != "device":
                self._forget(state.heads[-1].stamp)
        return got

    def _forget(self, stamp: Stamp) -> None:
        self.numbers[stamp.device].pop(stamp.seq, None)
        self.merged.cache_clear()


class LastWriterWins(Twin):
    def heads(self) -> Mapping[Cell, set[tuple[Stamp, bytes | None]]]:
        return {cell: {(it.heads[0].stamp, it.heads[0].text)} for cell, it in self.merged().items()}


class BasedOnWhatIsHere(Twin):
    """A save names the heads there are as those its author saw."""

    def bases(self, kind: str, id: str, seen: Seen) -> Seen:
        return self.seen(kind, id)


class BelievesWhatItSent(Twin):
    """A bundle that was written counts as arrived: a receipt adds to that."""

    def take(self, parcel: Parcel) -> Taken:
        before = self.told.get(parcel.sender, {})
        got = super().take(parcel)
        told = self.told.get(parcel.sender, {})
        self.told[parcel.sender] = told | {by: max(top, told.get(by, top)) for by, top in before.items()}
        return got

    def parcel(self, to: str) -> Parcel | None:
        made = super().parcel(to)
        if made:
            self.told[to] = self.have()
        return made


class BelievesBeyondGaps(Twin):
    """A receipt names the last edit that is here, whatever is missing before it."""

    def have(self) -> Have:
        last = {device: max(seq for seq in by) for device, by in self.numbers.items() if by}
        return {device: (seq, min(self.numbers[device][seq])) for device, seq in last.items()}


class KeepsAsideToItself(Twin):
    """What was put aside is not passed on."""

    def lacking(self, have: Have) -> list[Edit]:
        return [edit for edit in super().lacking(have) if self.stands(edit.device, edit.seq) == edit.hash]


@pytest.mark.parametrize(
    "wrong",
    [
        DropsTheLoser,
        LastWriterWins,
        BasedOnWhatIsHere,
        BelievesWhatItSent,
        BelievesBeyondGaps,
        KeepsAsideToItself,
    ],
)
def test_control_a_wrong_law_or_protocol_is_found(wrong: type[Twin], tally: Tally) -> None:
    """By three laptops: among five others pass on what one holds back, mostly."""
    for number in range(IN_MEMORY):
        try:
            in_memory(number, wrong, laptops=3)
        except AssertionError:
            in_memory(number, laptops=3)  # the right ones pass
            tally("exchange control", law=wrong.__name__, schedules=number + 1)
            return
    pytest.fail("nobody noticed")
