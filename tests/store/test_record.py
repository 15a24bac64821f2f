"""What record() writes: the altered cells, on the heads that were seen, sealed into the chain."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import pairwise

import orjson
import pytest

from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.edits import BadEdit, Changes, Edit, Stamp, from_line, to_line
from sgz_desktop.domain.records import BY_KIND, RECORDS, Person
from sgz_desktop.domain.records.base import cells
from sgz_desktop.store import log, read
from sgz_desktop.store.apply import apply
from sgz_desktop.store.session import Writing
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import Seen, Write, record, record_many


def save(
    store: Store, actor: Actor, values: dict, seen: Seen | None = None, id: str = "p1", why: str = ""
) -> Edit | None:
    return store.write(lambda s: record(s, actor, why, "person", id, values, seen or {}))


def loaded(store: Store, id: str = "p1") -> read.Loaded[Person]:
    found = store.read(lambda s: read.load(s, Person, id))
    assert found is not None
    return found


def cells_of(edit: Edit | None) -> dict[str, object]:
    assert edit is not None
    return {change.cell: change.opened.value for change in edit.changes if change.opened}


def test_only_altered_cells_are_written(store: Store, actor: Actor) -> None:
    first = save(store, actor, {"name": "测试甲", "phone": "13800000000", "sex": None})
    assert cells_of(first) == {"name": "测试甲", "phone": "13800000000"}
    seen = loaded(store).seen
    second = save(store, actor, {"name": "测试甲", "phone": "13900000000"}, seen)
    assert cells_of(second) == {"phone": "13900000000"}
    assert second is not None
    assert second.changes[0].bases == (Stamp("device-1", 1),)
    assert save(store, actor, {"name": "测试甲"}, loaded(store).seen) is None
    assert store.read(log.counts) == {"edits": 2, "open_conflicts": 0}


def test_a_value_can_be_cleared_and_that_travels(store: Store, actor: Actor) -> None:
    save(store, actor, {"name": "测试甲", "phone": "13800000000"})
    cleared = save(store, actor, {"phone": None}, loaded(store).seen)
    assert cells_of(cleared) == {"phone": None}
    assert loaded(store).record.phone is None


def test_a_stale_save_keeps_both_values_and_says_so(store: Store, actor: Actor) -> None:
    heard: list[Changes] = []
    save(store, actor, {"name": "测试甲", "phone": "1"})
    stale = loaded(store).seen
    save(store, actor, {"phone": "2"}, stale)
    store.listen(heard.append)
    save(store, actor, {"phone": "3"}, stale)
    assert heard[-1].conflicts == (("person", "p1", "phone"),)
    assert heard[-1].ids == {"person": frozenset({"p1"})}
    now = loaded(store)
    assert [item.value for item in now.conflicts["phone"]] == ["3", "2"]
    assert now.record.phone == "3"
    save(store, actor, {"phone": "2"}, now.seen)
    assert loaded(store).conflicts == {}
    assert loaded(store).record.phone == "2"
    assert heard[-1].conflicts == ()


def test_two_saves_of_the_same_value_are_no_conflict(store: Store, actor: Actor) -> None:
    save(store, actor, {"phone": "1"})
    stale = loaded(store).seen
    save(store, actor, {"phone": "2"}, stale)
    assert save(store, actor, {"phone": "2"}, stale) is None
    assert loaded(store).conflicts == {}


def test_clearing_against_a_change_is_a_conflict(store: Store, actor: Actor) -> None:
    save(store, actor, {"phone": "1"})
    stale = loaded(store).seen
    save(store, actor, {"phone": "2"}, stale)
    save(store, actor, {"phone": None}, stale)
    assert [item.value for item in loaded(store).conflicts["phone"]] == [None, "2"]


GROUPS = [
    (kind.KIND, cell, members)
    for kind in RECORDS
    for cell, members in cells(kind).items()
    if len(members) > 1 and all(member.kind.wire is str for member in members)
]


def test_a_group_travels_whole_and_as_it_was_seen(store: Store, actor: Actor) -> None:
    kind, cell, members = GROUPS[0]
    one, two = members[0].name, members[1].name

    def put(values: dict, seen: Seen) -> Edit | None:
        return store.write(lambda s: record(s, actor, "", kind, "g1", values, seen))

    def seen() -> Seen:
        found = store.read(lambda s: read.load(s, BY_KIND[kind], "g1"))
        assert found is not None
        return found.seen

    first = put({one: "甲"}, {})
    assert cells_of(first) == {cell: {m.name: "甲" if m.name == one else None for m in members}}
    stale = seen()
    put({one: "乙"}, stale)
    late = put({two: "丙"}, stale)  # this person never saw 乙
    assert cells_of(late)[cell] == {m.name: {one: "甲", two: "丙"}.get(m.name) for m in members}
    found = store.read(lambda s: read.load(s, BY_KIND[kind], "g1"))
    assert found is not None
    assert [item.value[one] for item in found.conflicts[cell]] == ["甲", "乙"]


def test_members_a_newer_version_added_to_a_group_are_kept(store: Store, actor: Actor) -> None:
    kind, cell, members = GROUPS[0]
    one = members[0].name
    store.write(
        lambda s: record_many(s, actor, "", [Write(kind, "g1", {}, {}, {cell: {one: "甲", "newer": 5}})])
    )
    found = store.read(lambda s: read.load(s, BY_KIND[kind], "g1"))
    assert found is not None
    edit = store.write(lambda s: record(s, actor, "", kind, "g1", {one: "乙"}, found.seen))
    value = cells_of(edit)[cell]
    assert isinstance(value, dict)
    assert value["newer"] == 5
    assert value[one] == "乙"


def test_edits_are_chained_and_committed_to(store: Store, actor: Actor) -> None:
    for place in range(4):
        save(store, actor, {"note": f"第{place}次"}, id=f"p{place}", why="测试")
    edits = store.read(lambda s: list(log.edits(s)))
    assert [edit.seq for edit in edits] == [1, 2, 3, 4]
    assert edits[0].prev == bytes(32)
    for before, after in pairwise(edits):
        assert after.prev == before.hash == hashlib.sha256(before.header).digest()
        assert after.clock > before.clock
    assert store.read(lambda s: log.top(s, "device-1")) == (Stamp("device-1", 4), edits[-1].hash)
    assert all("第" not in edit.header.decode() for edit in edits)
    assert edits[0].who == actor.worker
    assert edits[0].action == actor.verb


def test_equal_values_have_unlike_salts_and_commitments(store: Store, actor: Actor) -> None:
    writes = [Write("person", f"p{place}", {"name": "测试甲", "phone": "测试甲"}) for place in range(20)]
    edit = store.write(lambda s: record_many(s, actor, "测试甲", writes))
    assert edit is not None
    opened = [change.opened for change in edit.changes] + [edit.why]
    assert len({item.salt for item in opened if item}) == 41
    assert len({change.commitment for change in edit.changes} | {edit.why_commitment}) == 41
    assert all(len(item.salt) == 16 for item in opened if item)


def test_what_goes_out_comes_back_the_same(store: Store, actor: Actor) -> None:
    edit = save(store, actor, {"name": "测试𠮷<b>&\n", "note": '"\\/=1+1'}, why="原因")
    assert edit is not None
    assert from_line(to_line(edit)) == edit
    assert store.read(lambda s: list(log.edits(s))) == [edit]
    bare = from_line(to_line(edit, withhold=[("person", "name")]))
    assert bare.hash == edit.hash
    assert [change.opened is None for change in bare.changes if change.cell == "name"] == [True]


def tampered(edit: Edit) -> dict[str, bytes]:
    line = orjson.loads(to_line(edit))

    def line_with(**parts: object) -> bytes:
        return orjson.dumps(line | parts)

    header = orjson.loads(line["header"])
    other = [[line["values"][0][0], '"别的"'], *line["values"][1:]]
    return {
        "value": line_with(values=other),
        "salt": line_with(values=[["00" * 16, line["values"][0][1]], *line["values"][1:]]),
        "why": line_with(why=[line["why"][0], '"别的"']),
        "one value too few": line_with(values=line["values"][1:]),
        "swapped values": line_with(values=line["values"][::-1]),
        "no changes": line_with(header=orjson.dumps(header | {"changes": []}).decode(), values=[]),
        "float": line_with(header=orjson.dumps(header | {"seq": 1.0}).decode()),
        "bool": line_with(header=orjson.dumps(header | {"seq": True}).decode()),
        "seq nought": line_with(header=orjson.dumps(header | {"seq": 0}).decode()),
        "clock too great": line_with(header=orjson.dumps(header | {"clock": 2**63}).decode()),
        "time too great": line_with(header=orjson.dumps(header | {"at": 2**60}).decode()),
        "version": line_with(header=orjson.dumps(header | {"v": 2}).decode()),
        "no device": line_with(header=orjson.dumps(header | {"device": ""}).decode()),
        "long name": line_with(header=orjson.dumps(header | {"who": "x" * 65}).decode()),
        "prev": line_with(header=orjson.dumps(header | {"prev": "00"}).decode()),
        "record out of range": line_with(header=orjson.dumps(header | {"records": []}).decode()),
        "cell twice": line_with(
            header=orjson.dumps(header | {"changes": [header["changes"][0]] * 2}).decode(),
            values=[line["values"][0]] * 2,
        ),
        "not JSON": b"{",
        "not an object": b"[]",
        "deep": b'{"header":' + b"[" * 5000 + b"]" * 5000 + b"}",
        "missing": b"{}",
        "empty": b"",
    }


def test_a_tampered_line_is_refused(store: Store, actor: Actor) -> None:
    edit = save(store, actor, {"name": "测试甲", "phone": "1"}, why="原因")
    assert edit is not None
    for what, line in tampered(edit).items():
        with pytest.raises(BadEdit):
            pytest.fail(f"{what} was read: {from_line(line)}")


@pytest.mark.parametrize("text", ['{"b":1,"a":2}', "1 ", "1.0", "1e2", '"\\u6d4b"', '{"a":1,"a":2}', "-0"])
def test_a_value_has_one_spelling(store: Store, actor: Actor, text: str) -> None:
    """Heads are compared by their bytes, so two spellings of one value would be a false conflict."""
    edit = save(store, actor, {"name": "测试甲"})
    assert edit is not None
    line = orjson.loads(to_line(edit))
    header = orjson.loads(line["header"])
    salt = bytes(16)
    header["changes"][0][2] = hashlib.sha256(salt + text.encode()).hexdigest()
    forged = {"header": orjson.dumps(header).decode(), "why": None, "values": [[salt.hex(), text]]}
    with pytest.raises(BadEdit):
        from_line(orjson.dumps(forged))


def test_a_header_altered_later_does_not_join_the_chain(store: Store, actor: Actor, make_store) -> None:
    edits = [save(store, actor, {"note": str(place)}, id=f"p{place}") for place in range(3)]
    assert all(edits)
    one, two, three = (edit for edit in edits if edit)
    forged = replace(two, hash=bytes(32))
    peer = make_store("device-2")
    peer.write(lambda s: apply(s, [one, forged, three]))
    assert peer.read(log.tops)["device-1"] == 2  # three does not follow from what stands at two
    again = peer.write(lambda s: apply(s, [two]))
    assert again.forked == [("device-1", 2)]


def test_a_gap_is_kept_and_closed(store: Store, actor: Actor, make_store) -> None:
    edits = [edit for place in range(4) if (edit := save(store, actor, {"note": "x"}, id=f"p{place}"))]
    peer = make_store("device-2")
    peer.write(lambda s: apply(s, [edits[0], edits[2], edits[3]]))
    assert peer.read(log.tops)["device-1"] == 1
    assert len(peer.read(lambda s: read.select_where(s, Person))) == 3
    peer.write(lambda s: apply(s, [edits[1]]))
    assert peer.read(log.tops)["device-1"] == 4


def test_a_failed_transaction_leaves_nothing_and_its_number_is_used_again(store: Store, actor: Actor) -> None:
    before = store.read(log.digest)

    def fail(session: Writing) -> None:
        record(session, actor, "", "person", "p1", {"name": "测试甲"}, {})
        raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        store.write(fail)
    assert store.read(log.digest) == before
    assert store.read(lambda s: read.get(s, Person, "p1")) is None
    edit = save(store, actor, {"name": "测试乙"})
    assert edit is not None
    assert edit.seq == 1


@pytest.mark.parametrize(
    "writes",
    [
        [Write("person", "p1", {"name": "甲"}), Write("person", "p1", {"name": "乙"})],
        [Write("person", "x" * 65, {"name": "甲"})],
        [Write("person", "p1", {}, {}, {"c" * 65: 1})],
        [Write("person", "p1", {"note": "长" * 70_000})],
        [Write("person", "p1", {}, {}, {"weight": 1.5})],  # type: ignore[dict-item]
    ],
    ids=["cell twice", "long id", "long cell", "long value", "float"],
)
def test_what_peers_could_not_read_is_never_written(store: Store, actor: Actor, writes: list[Write]) -> None:
    with pytest.raises((ValueError, TypeError)):
        store.write(lambda s: record_many(s, actor, "", writes))
    assert store.read(log.counts)["edits"] == 0


def test_an_actor_without_a_verb_cannot_write(store: Store, actor: Actor) -> None:
    with pytest.raises(ValueError, match="name"):
        save(store, replace(actor, verb=""), {"name": "测试甲"})


def test_the_clock_never_goes_back_and_never_overflows(make_store, actor: Actor) -> None:
    store = make_store(now=lambda: 1000)
    first, second = save(store, actor, {"note": "1"}, id="p1"), save(store, actor, {"note": "2"}, id="p2")
    assert first is not None
    assert second is not None
    assert second.clock == first.clock + 1
    from sgz_desktop.domain.edits import MAX_CLOCK, NO_HASH, Draft, seal

    driven = seal(
        device="device-9",
        epoch=1,
        seq=1,
        clock=MAX_CLOCK,
        at_ms=0,
        who="w",
        action="a",
        prev=NO_HASH,
        why="",
        drafts=[Draft("person", "p1", "s", "note", "远")],
    )
    store.write(lambda s: apply(s, [driven]))
    for place in range(3):
        edit = save(store, actor, {"note": str(place)}, loaded(store).seen)
        assert edit is not None
        assert from_line(to_line(edit)) == edit
    assert loaded(store).record.note == "2"
    assert loaded(store).conflicts == {}


def test_changes_names_what_was_touched(store: Store, actor: Actor) -> None:
    heard: list[Changes] = []
    store.listen(heard.append)
    heads: list[tuple[int, bytes]] = []
    store.on_commit = lambda seq, digest: heads.append((seq, digest))
    edit = store.write(
        lambda s: record_many(
            s, actor, "", [Write("person", "p1", {"name": "甲"}), Write("task", "t1", {"what": "访"})]
        )
    )
    assert edit is not None
    assert heard == [Changes({"person": frozenset({"p1"}), "task": frozenset({"t1"})})]
    assert heads == [(1, edit.hash)]
    store.write(lambda s: None)
    assert len(heard) == len(heads) == 1
