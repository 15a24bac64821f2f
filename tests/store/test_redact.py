"""A redaction leaves nothing of a value: in log, state, index, drafts or papers, here or elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sgz_desktop.domain import merge
from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.edits import NO_HASH, Draft, Edit, from_line, seal, to_line
from sgz_desktop.domain.records import Person
from sgz_desktop.errors import AppError
from sgz_desktop.store import apply as applying
from sgz_desktop.store import blobs, drafts, log, papers, read
from sgz_desktop.store.apply import apply
from sgz_desktop.store.redact import redact
from sgz_desktop.store.session import Reading
from sgz_desktop.store.store import Store
from sgz_desktop.store.terms import index_terms, name_readings
from sgz_desktop.store.write import record
from tests.conftest import STORE_ID

PEER = "01900000-0000-7000-8000-0000000000bb"
CANARY = "鬯鱻麤"  # made up, found nowhere else
WORDS = [CANARY, *index_terms(CANARY).split(), name_readings(CANARY)[0].full]


def everything(session: Reading) -> Iterator[tuple[str, bytes]]:
    """Every value of every table, shadow tables of the index included, as bytes."""
    run = session.connection.execute
    for (table,) in run("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        try:
            rows = run(f"SELECT * FROM {table}").fetchall()
        except Exception:  # the virtual table itself: its shadow tables are read instead
            continue
        for row in rows:
            for value in row:
                yield table, value if isinstance(value, bytes) else str(value).encode()


def found_in(store: Store) -> set[str]:
    """The tables that hold any of the words."""
    needles = [word.encode() for word in WORDS]
    return {
        table
        for table, value in store.read(lambda s: list(everything(s)))
        if any(needle in value for needle in needles)
    }


def write(store: Store, actor: Actor, values: dict, seen: dict | None = None, why: str = "") -> Edit:
    edit = store.write(lambda s: record(s, actor, why, "person", "p1", values, seen or {}))
    assert edit is not None
    return edit


def seen(store: Store) -> dict:
    found = store.read(lambda s: read.load(s, Person, "p1"))
    assert found is not None
    return found.seen


def erase(store: Store, actor: Actor, *cells: str, reasons: bool = False) -> Edit:
    targets = [("person", "p1", cell) for cell in cells]
    edit = store.write(lambda s: redact(s, actor, "按本人要求", targets, reasons=reasons))
    assert edit is not None
    return edit


def test_all_history_of_a_cell_vanishes_here(store: Store, actor: Actor) -> None:
    write(store, actor, {"name": CANARY, "phone": "1"})
    write(store, actor, {"name": "后来的名字"}, seen(store))
    write(store, actor, {"name": CANARY + "二"}, seen(store))
    assert {"change", "r_person"} < found_in(store)
    assert any(table.startswith("search") for table in found_in(store))
    erase(store, actor, "name")
    assert found_in(store) == set()
    person = store.read(lambda s: read.get(s, Person, "p1"))
    assert person is not None
    assert (person.name, person.phone) == (None, "1")
    events = store.read(lambda s: read.history(s, "person", "p1"))
    assert [event.value for event in events if event.cell == "name"] == [None, None, None]
    assert [event.value for event in events if event.cell == "phone"] == ["1"]


def test_the_chain_still_proves_every_line(store: Store, actor: Actor) -> None:
    before = write(store, actor, {"name": CANARY})
    erase(store, actor, "name")
    edits = store.read(lambda s: list(log.edits(s)))
    assert edits[0].hash == before.hash
    assert edits[0].changes[0].opened is None
    assert edits[0].changes[0].commitment == before.changes[0].commitment
    assert edits[1].prev == before.hash


def test_salts_vanish_too(store: Store, actor: Actor) -> None:
    """With its salt left behind, a short value could be guessed from the commitment."""
    salt = write(store, actor, {"name": CANARY}).changes[0].opened
    assert salt is not None
    erase(store, actor, "name")
    assert not any(salt.salt in value for _, value in store.read(lambda s: list(everything(s))))


def test_drafts_and_frozen_papers_go(store: Store, actor: Actor) -> None:
    write(store, actor, {"name": CANARY, "note": "甲"})
    write(store, actor, {"note": "乙"}, seen(store))
    store.write(lambda s: drafts.keep(s, "worker-1", "person", "p1", {"name": CANARY}))
    store.write(lambda s: drafts.keep(s, "worker-1", "person", "p2", {"name": "别人"}))
    body = b"%PDF " + CANARY.encode()
    store.write(
        lambda s: papers.freeze(s, "文1", "case", "c1", "档案/1", "unsigned", body, [("person", "p1")])
    )
    store.write(lambda s: papers.freeze(s, "文2", "case", "c2", "档案/1", "unsigned", b"%PDF other"))
    assert store.read(lambda s: papers.data(s, "文1")) == body
    erase(store, actor, "name")
    assert found_in(store) == set()
    assert len(store.read(lambda s: drafts.of_worker(s, "worker-1"))) == 1
    with pytest.raises(AppError, match="清除"):
        store.read(lambda s: papers.data(s, "文1"))
    assert store.read(lambda s: papers.data(s, "文2")) == b"%PDF other"
    assert store.read(lambda s: papers.of_record(s, "case", "c1"))[0].state == "erased"
    assert store.write(blobs.sweep) == 1


def test_an_attachments_file_goes_with_its_key(store: Store, actor: Actor) -> None:
    digest = store.write(lambda s: blobs.put(s, CANARY.encode(), "text/plain"))
    key = store.read(lambda s: blobs.identity_of(s, digest))
    values = {"parent": "p1", "sha256": digest, "identity": key}
    store.write(lambda s: record(s, actor, "", "attachment", "a1", values, {}))
    store.write(lambda s: redact(s, actor, "", [("attachment", "a1", "identity")]))
    with pytest.raises(AppError, match="不在本机"):
        store.read(lambda s: blobs.get(s, digest))
    assert not any(key.encode() in value for _, value in store.read(lambda s: list(everything(s))))
    assert store.write(blobs.sweep) == 1


def test_a_file_another_attachment_holds_stays(store: Store, actor: Actor) -> None:
    digest = store.write(lambda s: blobs.put(s, b"photo", "image/png"))
    for id in ("a1", "a2"):
        values = {"parent": "p1", "sha256": digest}
        store.write(lambda s, id=id, values=values: record(s, actor, "", "attachment", id, values, {}))
    store.write(lambda s: redact(s, actor, "", [("attachment", "a1", "sha256")]))
    assert store.read(lambda s: blobs.get(s, digest)) == b"photo"
    store.write(lambda s: redact(s, actor, "", [("attachment", "a2", "sha256")]))
    assert store.read(lambda s: blobs.identity_of(s, digest)) == ""


def test_reasons_can_go_too(store: Store, actor: Actor) -> None:
    write(store, actor, {"name": "甲"}, why=f"{CANARY}要求登记")
    write(store, actor, {"phone": "1"}, why="另一个原因")
    erase(store, actor, "name")
    assert found_in(store) == {"edit"}
    erase(store, actor, "name", reasons=True)
    assert found_in(store) == set()
    assert {event.why for event in store.read(lambda s: read.history(s, "person", "p1"))} == {
        "",
        "另一个原因",
    }


@pytest.mark.parametrize("order", ["value first", "order first", "together", "order then value twice"])
def test_it_vanishes_wherever_the_order_arrives(make_store, actor: Actor, order: str) -> None:
    store, peer = make_store("device-1"), make_store("device-2")
    value = write(store, actor, {"name": CANARY})
    command = erase(store, actor, "name")
    batches = {
        "value first": [[value], [command]],
        "order first": [[command], [value]],
        "together": [[value, command]],
        "order then value twice": [[command], [value], [value]],
    }[order]
    for batch in batches:
        peer.write(lambda s, batch=batch: apply(s, batch))
    assert found_in(peer) == set()
    assert peer.read(log.digest) == store.read(log.digest)
    assert peer.read(log.history_digest) == store.read(log.history_digest)
    assert all(
        opened is None
        for edit in peer.read(lambda s: list(log.edits(s)))
        for opened in [change.opened for change in edit.changes if change.cell == "name"]
    )


def test_bulk_work_still_empties_the_index_at_once(make_store, actor: Actor) -> None:
    store, peer = make_store("device-1"), make_store("device-2")
    value = write(store, actor, {"name": CANARY})
    peer.write(lambda s: apply(s, [value]))
    assert found_in(peer)
    command = erase(store, actor, "name")
    peer.write(lambda s: apply(s, [command]))
    assert found_in(peer) == set()


def test_control_the_index_would_keep_the_words(
    store: Store, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(store, actor, {"name": CANARY})
    monkeypatch.setattr(applying.search, "compact", lambda session: None)
    erase(store, actor, "name")
    assert {table for table in found_in(store) if table.startswith("search")}


def test_other_values_are_written_after_it_as_before(store: Store, actor: Actor) -> None:
    write(store, actor, {"name": CANARY})
    erase(store, actor, "name")
    write(store, actor, {"name": "新名字"}, seen(store))
    person = store.read(lambda s: read.load(s, Person, "p1"))
    assert person is not None
    assert person.record.name == "新名字"
    assert person.conflicts == {}


def test_a_redaction_is_never_erased_and_nothing_gives_none(store: Store, actor: Actor) -> None:
    write(store, actor, {"name": CANARY})
    command = erase(store, actor, "name")
    target = [("redaction", command.changes[0].record, "targets")]
    assert store.write(lambda s: redact(s, actor, "", target)) is None
    assert store.write(lambda s: redact(s, actor, "", [("person", "nobody", "name")])) is None


def test_a_hostile_order_erases_nothing_else(store: Store, actor: Actor) -> None:
    write(store, actor, {"name": "甲"})
    for targets in (
        '[["person","p1","name","device-1",true]]',
        '[["person","p1"]]',
        "{",
        "[]",
        "7",
        '[["person","p1","name","device-1",9223372036854775808]]',
        '[["person","p1","name",1,1]]',
    ):
        edit = store.write(
            lambda s, targets=targets: record(s, actor, "", "redaction", "x", {"targets": targets}, {})
        )
        assert edit is not None
    person = store.read(lambda s: read.get(s, Person, "p1"))
    assert person is not None
    assert person.name == "甲"


def _notes(count: int) -> list[Edit]:
    """Edits of one peer, each with another note about p1."""
    made: list[Edit] = []
    for seq in range(1, count + 1):
        draft = Draft("person", "p1", STORE_ID, "note", f"{CANARY}{seq}")
        told = {"epoch": 1, "clock": seq, "at_ms": 5, "who": "w", "action": "a", "why": "", "drafts": [draft]}
        made.append(seal(device=PEER, seq=seq, prev=made[-1].hash if made else NO_HASH, **told))
    return made


def test_more_changes_than_one_order_can_name(make_store, actor: Actor) -> None:
    store, peer = make_store("device-1"), make_store("device-2")
    notes = _notes(3_000)
    for one in (store, peer):
        one.write(lambda s: apply(s, notes))
    command = erase(store, actor, "note", reasons=True)
    assert 1 < len({change.record for change in command.changes}) == len(merge.erasures([command])) // 2_000
    assert found_in(store) == set()
    peer.write(lambda s: apply(s, [from_line(to_line(command))]))
    assert found_in(peer) == set()
    assert peer.read(log.digest) == store.read(log.digest)


def test_drafts_that_name_the_record_go_too(store: Store, actor: Actor) -> None:
    id = "01900000-0000-7000-8000-0000000000aa"
    store.write(lambda s: record(s, actor, "", "person", id, {"name": CANARY}, {}))
    kept = {
        ("visit", f"new:{id}"): {"facts": "甲"},
        ("visit", f"new:other+{id}"): {"facts": "乙"},
        ("task", "new:"): {"values": {"person": id}},
        ("task", "t1"): {"typed": {"companions": f"x,{id}"}},
        ("visit", "new:other"): {"facts": "别人的"},
    }
    for (form, key), body in kept.items():
        store.write(lambda s, f=form, k=key, b=body: drafts.keep(s, "worker-1", f, k, b))
    store.write(lambda s: redact(s, actor, "", [("person", id, "name")], reasons=True))
    left = store.read(lambda s: drafts.of_worker(s, "worker-1"))
    assert [(draft.form, draft.record) for draft in left] == [("visit", "new:other")]


def test_a_short_id_takes_no_draft_that_only_holds_its_letters(store: Store, actor: Actor) -> None:
    write(store, actor, {"name": CANARY})
    for key, body in (("new:p10", {}), ("x", {"note": "p1x"}), ("p1", {}), ("y", {"person": "p1"})):
        store.write(lambda s, k=key, b=body: drafts.keep(s, "worker-1", "visit", k, b))
    erase(store, actor, "name")
    left = store.read(lambda s: drafts.of_worker(s, "worker-1"))
    assert {draft.record for draft in left} == {"new:p10", "x"}
