"""Three real stores that exchange edits end up equal, and equal to the pure merge law.

What they do is drawn by hypothesis: plain fields, groups, unknown fields and kinds, wrong wire types,
deletions, redactions, stale saves, withheld lines, numbers used twice by copied computers, and exchanges
that are shuffled, partial and repeated.
SGZ_CONVERGENCE=2000 runs that many examples, drawn anew each time, in place of the quick fixed set.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from sgz_desktop.domain import edits as edits_module
from sgz_desktop.domain import ids, merge
from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.edits import NO_HASH, Draft, Edit, from_line, seal, to_line
from sgz_desktop.domain.records import BY_KIND, RECORDS
from sgz_desktop.domain.records.base import cells
from sgz_desktop.errors import AppError
from sgz_desktop.store import apply as applying
from sgz_desktop.store import erase, forks, log, read, state
from sgz_desktop.store.apply import apply
from sgz_desktop.store.check import check
from sgz_desktop.store.redact import redact
from sgz_desktop.store.schema import GREATEST, STANDING
from sgz_desktop.store.session import Identity, Reading
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import Write, record_many
from tests.store.telling_plays import AT_ONCE, TELLING

QUICK = 40
KEY = bytes(range(32))
STORE_ID = "01900000-0000-7000-8000-000000000001"
DEVICES = ("device-z", "device-a", "device-m")  # so that names and local numbers order them differently
EXAMPLES = int(os.environ.get("SGZ_CONVERGENCE", "0"))
GROUP_KIND, GROUP, MEMBERS = next(
    (kind.KIND, cell, [member.name for member in members])
    for kind in RECORDS
    for cell, members in cells(kind).items()
    if len(members) > 1 and all(member.kind.wire is str for member in members)
)
IDS = ("r1", "r1", "r1", "r2")
NUMBERS = st.integers(-(2**63), 2**64 - 1)
ODD = st.one_of(st.none(), st.booleans(), NUMBERS, st.sampled_from(["", "甲", {"a": [1, None]}, ["乙"]]))
NAME = st.tuples(st.just("person"), st.fixed_dictionaries({"name": st.sampled_from(["甲", "乙", None])}))
FIELDS = st.one_of(
    NAME,
    NAME,
    NAME,
    st.tuples(st.just("person"), st.fixed_dictionaries({"phone": st.sampled_from("123")})),
    st.tuples(st.just("person"), st.fixed_dictionaries({"deleted": st.booleans()})),
    st.tuples(
        st.just(GROUP_KIND),
        st.dictionaries(st.sampled_from(MEMBERS), st.sampled_from(["甲", "乙", None]), min_size=1),
    ),
)
EXTRA = st.one_of(
    st.tuples(
        st.just("person"),
        st.dictionaries(st.sampled_from(["name", "monthly_income", "blood"]), ODD, min_size=1),
    ),
    st.tuples(st.just("drone"), st.dictionaries(st.sampled_from(["battery", "name"]), ODD, min_size=1)),
    st.tuples(st.just(GROUP_KIND), st.fixed_dictionaries({GROUP: ODD})),
    st.tuples(
        st.just("redaction"), st.fixed_dictionaries({"targets": st.sampled_from(["", "[]", "[[1]]", 5])})
    ),
)
WHO = st.integers(0, 2)
MODES = st.sampled_from(["fresh", "fresh", "fresh", "first", "none"])
SAVE = st.tuples(st.just("save"), WHO, st.sampled_from(IDS), FIELDS, MODES)
EXTRAS = st.tuples(st.just("extra"), WHO, st.sampled_from(IDS), EXTRA, MODES)
ERASABLE = [
    ("person", "name"),
    ("person", "name"),
    ("person", "blood"),
    ("drone", "battery"),
    (GROUP_KIND, GROUP),
]
REDACT = st.tuples(st.just("redact"), WHO, st.sampled_from(IDS), st.sampled_from(ERASABLE), st.booleans())
SEND = st.tuples(st.just("send"), WHO, WHO, st.integers(0, 2**32 - 1), st.just(None))
FORK = st.tuples(st.just("fork"), WHO, WHO, st.integers(0, 2**32 - 1), st.just(None))
OPS = st.one_of(SAVE, SAVE, SAVE, EXTRAS, REDACT, SEND, SEND, FORK)
PLAY = st.lists(OPS, min_size=6, max_size=20)
SKEWS = st.tuples(*[st.sampled_from([0, 0, 0, 3_600_000])] * 3)  # equal clocks: the device must decide


@dataclass
class Party:
    """A store, the heads it saw first of every record, all it ever wrote, with every value open, and what
    copies of its computer wrote under the same numbers."""

    store: Store
    first: dict[tuple[str, str], Any] = field(default_factory=dict)
    wrote: list[Edit] = field(default_factory=list)
    twins: list[Edit] = field(default_factory=list)

    def keep(self, edit: Edit | None) -> None:
        if edit is not None:
            self.wrote.append(edit)


@contextmanager
def three_stores(template: Path, skews: tuple[int, ...]) -> Iterator[list[Party]]:
    with TemporaryDirectory() as folder:
        parties = []
        for place, skew in enumerate(skews):
            shutil.copytree(template, Path(folder) / str(place))
            identity = Identity(STORE_ID, "station", "测试站", DEVICES[place], 1)
            now = partial(int, 1_782_777_600_000 + skew)
            parties.append(Party(Store(Path(folder) / str(place), KEY, identity, now)))
        try:
            yield parties
        finally:
            for party in parties:
                party.store.close()


@contextmanager
def drawn_salts() -> Iterator[None]:
    """The same salts and ids each time an example is played: hashes decide which edit stands."""
    noise = SimpleNamespace(urandom=random.Random(1).randbytes)
    with patch.object(edits_module, "os", noise), patch.object(ids, "os", noise):
        yield


def heads_of(session: Reading, kind: str, id: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for (of_kind, of_id, cell), heads in heads_table(session).items():
        if (of_kind, of_id) == (kind, id):
            found[cell] = tuple(stamp for _, stamp, _ in heads)
    return found


HEADS = f"""SELECT n.kind, n.id, f.cell, e.clock, r.device, e.seq, c.value FROM {STANDING}
 JOIN entity n ON n.rid = h.rid JOIN cell_name f ON f.fid = h.fid ORDER BY {GREATEST}"""


def heads_table(session: Reading) -> dict[merge.Cell, list[Any]]:
    found: dict[merge.Cell, list[Any]] = {}
    for kind, id, cell, clock, device, seq, text in session.connection.execute(HEADS):
        stamp = merge.Stamp(device, seq)
        found.setdefault((kind, id, cell), []).append((clock, stamp, text))
    return found


def do(parties: list[Party], op: tuple[Any, ...]) -> None:
    what, who, *rest = op
    party = parties[who]
    if what == "send":
        send(party, parties[rest[0]], random.Random(rest[1]))
    elif what == "fork":
        fork(party, parties[rest[0]], random.Random(rest[1]))
    else:
        with suppress(AppError):  # its next number is taken by a copy: nothing is written
            write(party, what, who, rest)


def write(party: Party, what: str, who: int, rest: list[Any]) -> None:
    if what == "redact":
        id, (kind, cell), reasons = rest
        actor = Actor(f"worker-{who}", frozenset(), "redact")
        party.keep(party.store.write(lambda s: redact(s, actor, "原因", [(kind, id, cell)], reasons=reasons)))
    else:
        id, (kind, values), mode = rest
        save(party, who, id, kind, values, mode, extra=what == "extra")


def fork(party: Party, other: Party, draw: random.Random) -> None:
    """A copy of a computer writes something else under a number of its, and gives it to somebody."""
    if not party.wrote:
        return
    twin = draw.choice(party.wrote)
    station = twin.changes[0].station
    drafts = [
        Draft(
            c.kind, c.record, station, c.cell, draw.choice(["副本", opened.value]), draw.choice([c.bases, ()])
        )
        for c in twin.changes
        if (opened := c.opened)
    ]
    if draw.random() < 0.3:
        named = [["person", "r1", "name", draw.choice(DEVICES), draw.randrange(1, 4)]]
        drafts = [
            Draft("redaction", f"x{draw.random()}", station, "targets", merge.orjson.dumps(named).decode())
        ]
    elif draw.random() < 0.3:
        drafts = [Draft("person", draw.choice(["r1", "r9"]), station, "phone", "9")]
    made = seal(
        device=twin.device, epoch=1, seq=twin.seq, clock=twin.clock + draw.choice([0, 1, 1 << 40]), at_ms=5,
        who="copy", action="save", prev=twin.prev, why="原因", drafts=drafts,
    )  # fmt: skip
    party.twins.append(made)
    other.store.write(lambda s: apply(s, [made]))


def save(party: Party, who: int, id: str, kind: str, values: Any, mode: str, extra: bool) -> None:
    fresh = party.store.read(lambda s: heads_of(s, kind, id))
    seen = {"fresh": fresh, "first": party.first.setdefault((kind, id), fresh), "none": {}}[mode]
    write = Write(kind, id, {}, seen, values) if extra else Write(kind, id, values, seen)
    actor = Actor(f"worker-{who}", frozenset(), "save")
    party.keep(party.store.write(lambda s: record_many(s, actor, "原因", [write])))


def send(giver: Party, taker: Party, draw: random.Random) -> None:
    """Some of what one store has, in any order, some of it twice, some lines without their values."""
    edits = giver.store.read(lambda s: list(log.edits(s)))
    some = [edit for edit in edits if draw.random() < 0.7]
    some += [edit for edit in some if draw.random() < 0.2]
    draw.shuffle(some)
    cells_there = sorted({(c.kind, c.cell) for edit in some for c in edit.changes})
    taken = [from_line(to_line(edit, [cell for cell in cells_there if draw.random() < 0.2])) for edit in some]
    cut = draw.randrange(len(taken) + 1)
    taker.store.write(lambda s: apply(s, taken[:cut]))
    taker.store.write(lambda s: apply(s, taken[cut:]))


def exchange_all(parties: list[Party]) -> list[Edit]:
    """Everybody gets everything at last, each in an order of their own."""
    everything = [edit for party in parties for edit in (*party.wrote, *party.twins)]
    for place, party in enumerate(parties):
        batch = list(everything)
        random.Random(place).shuffle(batch)
        party.store.write(lambda s, batch=batch: apply(s, batch))
    return everything


def compare(parties: list[Party], everything: list[Edit]) -> None:
    law = merge.merge(everything)
    views = [party.store.read(view) for party in parties]
    for seen in views:
        assert seen == views[0]
    assert views[0]["heads"] == {
        cell: [(head.clock, head.stamp, head.text) for head in found.heads] for cell, found in law.items()
    }
    assert views[0]["conflicts"] == {cell for cell, found in law.items() if found.conflict}
    assert views[0]["rows"] == projected(everything, law)
    standing = merge.standing(everything)
    assert views[0]["seqs"] == chained(standing)
    nothing_lost(list(standing.values()), merge.erasures(everything), views[0]["history"])
    put_aside(everything, views[0]["forked"])
    for store in (party.store for party in parties):
        problems = store.read(partial(check, blob_folder=store.folder / "blobs", state_head=None)).problems
        assert [one for one in problems if "链条" not in one and "同一编号" not in one] == []


def view(session: Reading) -> dict[str, Any]:
    run = session.connection.execute
    query = "SELECT n.kind, n.id, f.cell FROM conflict JOIN entity n USING(rid) JOIN cell_name f USING(fid)"
    entities = run("SELECT kind, id, station FROM entity ORDER BY 1, 2").fetchall()
    return {
        "heads": heads_table(session),
        "conflicts": set(run(query).fetchall()),
        "rows": {
            (kind, id): read.get(session, BY_KIND[kind], id).model_dump(exclude={"rid"})  # type: ignore[union-attr]
            for kind, id, _ in entities
            if kind in BY_KIND
        },
        "digest": log.digest(session),
        "past": log.history_digest(session),
        "history": {(kind, id): read.history(session, kind, id) for kind, id, _ in entities},
        "erased": set(run("SELECT kind, record, cell, device, seq FROM erased").fetchall()),
        "forked": list(forks.forked(session)),
        "seqs": {device: seq for device, seq in log.tops(session).items() if seq},
    }


def chained(standing: dict[merge.Stamp, Edit]) -> dict[str, int]:
    """How far each device's edits follow from one another."""
    found = {}
    for device in {stamp.device for stamp in standing}:
        seq, digest = 0, NO_HASH
        while (edit := standing.get(merge.Stamp(device, seq + 1))) and edit.prev == digest:
            seq, digest = seq + 1, edit.hash
        found[device] = seq
    return {device: seq for device, seq in found.items() if seq}


def put_aside(everything: list[Edit], aside: list[Edit]) -> None:
    """What does not stand is kept whole but for what was erased."""
    kept = {edit.hash for edit in merge.standing(everything).values()}
    assert {edit.hash for edit in aside} == {edit.hash for edit in everything} - kept
    erased = merge.erasures(everything)
    for edit in aside:
        for change in edit.changes:
            gone = (change.kind, change.record, change.cell, edit.stamp) in erased
            assert (change.opened is None) is gone


def projected(everything: list[Edit], law: dict[merge.Cell, merge.CellState]) -> dict[Any, Any]:
    """The record tables as the law and the declarations give them, worked out without the store."""
    rows: dict[Any, Any] = {}
    for (kind, id, cell), found in law.items():
        if kind not in BY_KIND:
            continue
        row = rows.setdefault((kind, id), dict.fromkeys(BY_KIND[kind].model_fields) | {"id": id})
        row["station"] = STORE_ID
        value = merge.orjson.loads(found.shown) if found.shown else None
        for member in cells(BY_KIND[kind]).get(cell, ()):
            part = (
                value if member.name == cell else value.get(member.name) if isinstance(value, dict) else None
            )
            fits = type(part) is member.kind.wire and not (type(part) is int and abs(part) >= 2**63)
            row[member.name] = part if fits else None
        if cell == "deleted":
            row["deleted"] = value if isinstance(value, bool) else None
    for row in rows.values():
        row.pop("rid")
    return rows


def nothing_lost(standing: list[Edit], erased: set[Any], history: dict[Any, list[read.Event]]) -> None:
    """Every acknowledged edit is in the history of what it changed, its value open unless erased."""
    for edit in standing:
        for change in edit.changes:
            gone = (change.kind, change.record, change.cell, edit.stamp) in erased
            value = change.opened.value if change.opened and not gone else None
            events = history[change.kind, change.record]
            assert any(
                (event.at_ms, event.worker, event.cell, event.value)
                == (edit.at_ms, edit.who, change.cell, value)
                for event in events
            )


def play(template: Path, ops: list[Any], skews: tuple[int, ...]) -> None:
    with drawn_salts(), three_stores(template, skews) as parties:
        for op in ops:
            do(parties, op)
        compare(parties, exchange_all(parties))


LASTING = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}


def test_three_stores_converge_on_the_law(store_template: Path) -> None:
    @settings(max_examples=EXAMPLES or QUICK, derandomize=not EXAMPLES, print_blob=True, **LASTING)
    @given(PLAY, SKEWS)
    def run(ops: list[Any], skews: tuple[int, ...]) -> None:
        play(store_template, ops, skews)

    run()


def no_bases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Heads that forget what they overtook."""
    monkeypatch.setattr(applying, "NEW_HEADS", applying.NEW_HEADS.split(" AND NOT EXISTS")[0])


def last_writer_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the greatest head stays."""
    real = applying._write_heads

    def write(session: Any, rows: Any) -> None:
        real(session, rows)
        session.connection.execute(
            f"DELETE FROM head WHERE EXISTS (SELECT 1 FROM {STANDING}"
            " JOIN edit mine ON mine.eid = head.cid >> 17"
            " WHERE h.rid = head.rid AND h.fid = head.fid AND (e.clock, e.did) > (mine.clock, mine.did))"
        )

    monkeypatch.setattr(applying, "_write_heads", write)


def local_numbers_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ties of the clock broken by this store's own numbers for devices."""
    monkeypatch.setattr(state, "device_of", lambda _, did: f"{did:09d}")


def late_values_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """A redaction that only looks at what is here already."""
    monkeypatch.setattr(erase, "_named_before", lambda *_: set())


def repeats_open_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that came without its value never gets it."""
    monkeypatch.setattr(applying, "_open_withheld", lambda *_: None)


def only_fresh_redactions_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """A redaction whose targets were withheld at first is not carried out when they come."""
    real = applying.erase
    monkeypatch.setattr(applying, "erase", lambda session, edits: real(session, edits[:1]))


def first_come_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two edits under one number the one that came first is kept."""
    monkeypatch.setattr(forks, "displace", lambda *_: {})
    real = applying._Sorted.add

    def add(self: Any, key: Any, edit: Edit, here: Any) -> None:
        twin = self.fresh.get(key)
        if (twin and twin.hash != edit.hash) or (here and here[0] != edit.hash):
            self.aside.append(edit)
        else:
            real(self, key, edit, here)

    monkeypatch.setattr(applying._Sorted, "add", add)


def what_was_overtaken_stays_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """An edit that is put aside leaves its cells without what it had overtaken."""
    monkeypatch.setattr(forks, "HEADS", "SELECT ?, ?")


@pytest.mark.parametrize("name", TELLING)
def test_a_telling_play_converges_where_the_law_is_whole(store_template: Path, name: str) -> None:
    play(store_template, TELLING[name], AT_ONCE)


FAULTS = [
    first_come_stands,
    what_was_overtaken_stays_down,
    no_bases,
    last_writer_wins,
    local_numbers_decide,
    late_values_stay,
    repeats_open_nothing,
    only_fresh_redactions_count,
]


@pytest.mark.parametrize("fault", FAULTS)
def test_control_a_broken_law_is_noticed(
    store_template: Path, fault: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The play known to tell it comes first; with SGZ_CONVERGENCE one must be found among those drawn."""
    fault(monkeypatch)

    @settings(
        max_examples=40 * QUICK,  # ends at the first red
        derandomize=True,
        phases=[Phase.generate] if EXAMPLES else [Phase.explicit, Phase.generate],
        report_multiple_bugs=False,
        **LASTING,
    )
    @given(PLAY, SKEWS)
    @example(TELLING[fault.__name__], AT_ONCE)
    def run(ops: list[Any], skews: tuple[int, ...]) -> None:
        play(store_template, ops, skews)

    with pytest.raises((AssertionError, KeyError)):
        run()
