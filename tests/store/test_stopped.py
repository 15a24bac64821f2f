"""Computers let in, stopped and decided about: whatever comes first, the same edits count everywhere."""

from __future__ import annotations

import random
import shutil
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sgz_desktop.domain import enrolment, merge, who_counts
from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.ed25519 import verify
from sgz_desktop.domain.edits import NO_HASH, Draft, Edit, seal
from sgz_desktop.domain.signed_words import Decision, decision_message, endorsed_message, ticket_message
from sgz_desktop.errors import AppError
from sgz_desktop.store import apply as applying
from sgz_desktop.store import enrolment as stored
from sgz_desktop.store import forks, log
from sgz_desktop.store.apply import apply
from sgz_desktop.store.check import check
from sgz_desktop.store.session import Identity
from sgz_desktop.store.settings import put
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import record
from sgz_desktop.vault.device_keys import DeviceKey
from tests.conftest import STORE_ID
from tests.store.test_convergence import KEY, heads_table

FOUNDER, SECOND, THIRD, HEIR = "device-a", "device-b", "device-c", "device-h"
NAMES = (FOUNDER, SECOND, THIRD, HEIR)
KEYS = {name: DeviceKey(bytes([place]) * 32) for place, name in enumerate((*NAMES, "card", "ticket"), 1)}


def hexed(name: str) -> str:
    return KEYS[name].public.hex()


CARD = orjson.dumps({"public": hexed("card")}).decode()


class Tale:
    """Edits of several computers, each with its own chain."""

    def __init__(self) -> None:
        self.edits: list[Edit] = []
        self._tops: dict[str, Edit] = {}

    def __call__(self, device: str, kind: str, id: str, **values: Any) -> Edit:
        top, clock = self._tops.get(device), len(self.edits) + 1
        bases = {}
        for edit in self.edits:
            bases.update({(c.kind, c.record, c.cell): (edit.stamp,) for c in edit.changes})
        made = seal(
            device=device, epoch=1, seq=top.seq + 1 if top else 1, clock=clock, at_ms=clock, who="w",
            action="save", prev=top.hash if top else NO_HASH, why="",
            drafts=[Draft(kind, id, STORE_ID, cell, value, bases.get((kind, id, cell), ()))
                    for cell, value in values.items()],
        )  # fmt: skip
        self._tops[device] = made
        self.edits.append(made)
        return made

    def lets_in(self, by: str, device: str) -> None:
        self(by, "device", device, sign_key=hexed(device), box_key=f"age1{device}")

    def stops(self, by: str, device: str, after: int, keeps: str = "") -> None:
        self(by, "device", device, revoked_after_seq=after, revocation_keeps=keeps)

    def inherits(self, device: str, before: str, signer: str = "") -> None:
        """A restored backup says who it is, with the key its predecessor left; `signer` forges that."""
        keys, left = (hexed(device), f"age1{device}"), hexed("ticket")
        said = {
            "by": before,
            "key": left,
            "ticket": KEYS[signer or before].sign(ticket_message(STORE_ID, before, left)).hex(),
            "signature": KEYS["ticket"].sign(endorsed_message(STORE_ID, device, *keys)).hex(),
        }
        told = orjson.dumps(said).decode()
        self(device, "device", device, sign_key=keys[0], box_key=keys[1], endorsement=told)

    def decides(self, by: str, device: str, number: int, last: int) -> None:
        signature = KEYS["card"].sign(decision_message(STORE_ID, device, Decision(number, last)))
        said = {"number": number, "last": last, "signature": signature.hex()}
        self(by, "device", device, decision=orjson.dumps(said).decode())

    def writes(self, by: str, name: str) -> None:
        self(by, "person", "p1", name=name)


@pytest.fixture
def tale() -> Tale:
    told = Tale()
    told(FOUNDER, "device", FOUNDER, sign_key=hexed(FOUNDER), card_key=CARD)
    told.lets_in(FOUNDER, SECOND)
    return told


def limits(tale: Tale) -> dict[str, int]:
    return who_counts.limits(enrolment.facts(tale.edits, verify, FOUNDER), FOUNDER)


def name_of(tale: Tale) -> object:
    shown = merge.merge(tale.edits, FOUNDER)["person", "p1", "name"].shown
    return shown and orjson.loads(shown)


def test_what_a_stopped_computer_wrote_later_does_not_count(tale: Tale) -> None:
    tale.writes(SECOND, "前")
    tale.writes(SECOND, "后")
    assert name_of(tale) == "后"
    tale.stops(FOUNDER, SECOND, 1)
    assert limits(tale) == {SECOND: 1}
    assert name_of(tale) == "前"


def test_two_that_stop_each_other_are_both_stopped_until_the_card_decides(tale: Tale) -> None:
    tale.stops(FOUNDER, SECOND, 0)
    tale.stops(SECOND, FOUNDER, 3)
    assert limits(tale) == {SECOND: 0, FOUNDER: 3}
    tale.decides(SECOND, SECOND, 1, enrolment.NO_LIMIT)
    assert limits(tale) == {FOUNDER: 3}
    tale.decides(SECOND, SECOND, 2, 0)
    assert limits(tale) == {SECOND: 0}  # what it did after its end stops nobody


def test_a_decision_without_the_card_decides_nothing(tale: Tale) -> None:
    tale.stops(FOUNDER, SECOND, 0)
    said = {"number": 1, "last": enrolment.NO_LIMIT, "signature": "00" * 64}
    tale(SECOND, "device", SECOND, decision=orjson.dumps(said).decode(), card_key=CARD)
    assert limits(tale) == {SECOND: 0}


def test_whom_a_stopped_computer_let_in_later_is_not_in(tale: Tale) -> None:
    tale.lets_in(SECOND, THIRD)
    assert limits(tale) == {}
    tale.stops(FOUNDER, SECOND, 0)
    assert limits(tale) == {SECOND: 0, THIRD: 0}
    tale.lets_in(FOUNDER, THIRD)
    assert limits(tale) == {SECOND: 0}


def test_a_successor_is_in_by_the_key_its_predecessor_left_and_no_other(tale: Tale) -> None:
    tale.inherits(HEIR, SECOND)
    found = enrolment.facts(tale.edits, verify, FOUNDER)
    assert found.endorsed == {(SECOND, HEIR)}
    assert who_counts.members(found, FOUNDER) == {FOUNDER, SECOND, HEIR}
    tale.inherits(THIRD, SECOND, signer=HEIR)
    assert enrolment.facts(tale.edits, verify, FOUNDER).endorsed == {(SECOND, HEIR)}


def test_a_stopped_computers_successor_stays_only_where_it_is_kept(tale: Tale) -> None:
    tale.inherits(HEIR, SECOND)
    tale.stops(FOUNDER, SECOND, 5)
    assert limits(tale) == {SECOND: 5, HEIR: 0}
    tale.stops(HEIR, SECOND, 5, keeps=HEIR)
    assert limits(tale) == {SECOND: 5}


def test_stopping_a_successor_leaves_in_those_it_names_beside_it_and_no_other(tale: Tale) -> None:
    """What one backup brought back, another may again."""
    tale.inherits(HEIR, SECOND)
    tale.inherits(THIRD, SECOND)
    beside = who_counts.with_before(enrolment.facts(tale.edits, verify, FOUNDER), HEIR)
    assert beside == {SECOND, HEIR, THIRD}
    tale.stops(FOUNDER, HEIR, 1)
    assert limits(tale) == {HEIR: 1, THIRD: 0}
    tale.inherits(HEIR, THIRD)  # it says it goes on from the other one
    assert limits(tale) == {HEIR: 1, THIRD: 0}
    tale.stops(FOUNDER, HEIR, 1, keeps=THIRD)
    assert limits(tale) == {HEIR: 1}


WHO = st.sampled_from(NAMES)
STEP = st.one_of(
    st.tuples(st.just("writes"), WHO, st.sampled_from("甲乙丙")),
    st.tuples(st.just("writes"), WHO, st.sampled_from("甲乙丙")),
    st.tuples(st.just("lets_in"), WHO, WHO),
    st.tuples(st.just("stops"), WHO, WHO, st.integers(0, 4), st.sampled_from(["", HEIR])),
    st.tuples(st.just("inherits"), st.just(HEIR), st.sampled_from((SECOND, THIRD))),
    st.tuples(st.just("decides"), WHO, WHO, st.integers(1, 2), st.sampled_from([0, 2, enrolment.NO_LIMIT])),
)
CALM = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}


def told(steps: list[tuple[Any, ...]]) -> Tale:
    tale = Tale()
    tale(FOUNDER, "device", FOUNDER, sign_key=hexed(FOUNDER), card_key=CARD)
    for what, *rest in steps:
        getattr(tale, what)(*rest)
    return tale


def play(template: Path, steps: list[tuple[Any, ...]], seed: int) -> set[int]:
    """Two stores get the same edits in two orders, in batches; both say what the law says."""
    tale, draw, seen = told(steps), random.Random(seed), []
    law = {
        cell: [(head.clock, head.stamp, head.text) for head in found.heads]
        for cell, found in merge.merge(tale.edits, FOUNDER).items()
    }
    with TemporaryDirectory() as folder:
        for place in range(2):
            shutil.copytree(template, Path(folder) / str(place))
            store = Store(Path(folder) / str(place), KEY, Identity(STORE_ID, "station", "测试站", "x", 1))
            try:
                store.write(lambda s: put(s, stored.FOUNDER, FOUNDER))
                batch = draw.sample(tale.edits, len(tale.edits))
                while batch:
                    cut = draw.randint(1, len(batch))
                    store.write(lambda s, some=batch[:cut]: apply(s, some))
                    batch = batch[cut:]
                assert store.read(heads_table) == law
                problems = store.read(lambda s, f=store.folder: check(s, f / "blobs", None).problems)
                assert problems == []
                aside = store.read(lambda s: {edit.hash for edit in forks.forked(s)})
                counted = {edit.hash for edit in merge.counted(tale.edits, FOUNDER)}
                assert aside == {edit.hash for edit in tale.edits} - counted
                seen.append(store.read(lambda s: (log.digest(s), log.history_digest(s), log.counts(s))))
            finally:
                store.close()
    assert seen[0] == seen[1]
    return {len(aside)}


def test_every_order_counts_the_same_edits(store_template: Path) -> None:
    sizes: set[int] = set()

    @settings(max_examples=40, derandomize=True, **CALM)
    @given(st.lists(STEP, min_size=3, max_size=12), st.integers(0, 9))
    def run(steps: list[tuple[Any, ...]], seed: int) -> None:
        sizes.update(play(store_template, steps, seed))

    run()
    assert len(sizes) > 2  # nothing aside in some, several in others


@pytest.mark.parametrize("fault", ["never put aside", "never taken back"])
def test_the_proof_has_a_control(store_template: Path, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    if fault == "never put aside":
        monkeypatch.setattr(applying.enrolment, "renew", lambda *_: (set(), []))
    else:
        monkeypatch.setattr(forks, "take_back", lambda *_: [])
    steps = [
        ("lets_in", FOUNDER, SECOND), ("writes", SECOND, "甲"), ("writes", SECOND, "乙"),
        ("stops", FOUNDER, SECOND, 1, ""), ("decides", FOUNDER, SECOND, 1, enrolment.NO_LIMIT),
    ]  # fmt: skip
    steps = steps[:4] if fault == "never put aside" else steps
    with pytest.raises(AssertionError):
        play_all(store_template, steps)


def play_all(template: Path, steps: list[tuple[Any, ...]]) -> None:
    for seed in range(6):
        play(template, steps, seed)


def test_a_stopped_computer_writes_nothing_more(store: Store, actor: Actor) -> None:
    tale = Tale()
    tale.stops("other", "device-1", 0)
    store.write(lambda s: apply(s, tale.edits))
    with pytest.raises(AppError, match="已被停用"):
        store.write(lambda s: record(s, actor, "", "person", "p1", {"name": "测试甲"}, {}))


def test_all_orders_of_a_short_tale(make_store, tale: Tale) -> None:
    tale.writes(SECOND, "甲")
    tale.stops(FOUNDER, SECOND, 0)
    views = set()
    for place, order in enumerate(permutations(tale.edits)):
        store = make_store(f"order-{place}")
        for edit in order:
            store.write(lambda s, edit=edit: apply(s, [edit]))
        views.add(store.read(lambda s: (log.digest(s), log.history_digest(s))))
        assert store.read(stored.limits) == {SECOND: 0}
    assert len(views) == 1
