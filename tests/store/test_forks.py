"""One number borne by two edits: the same one stands everywhere, and of the other nothing shows."""

from __future__ import annotations

from itertools import permutations

import pytest

from sgz_desktop.domain import merge
from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.edits import NO_HASH, Draft, Edit, seal
from sgz_desktop.domain.records import Person
from sgz_desktop.errors import AppError
from sgz_desktop.store import forks, log, read, search
from sgz_desktop.store.apply import apply
from sgz_desktop.store.check import check
from sgz_desktop.store.redact import redact
from sgz_desktop.store.session import Reading
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import record
from tests.conftest import STORE_ID

OTHER_STATION = "01900000-0000-7000-8000-000000000002"


def _edit(*drafts: Draft, seq: int = 1, clock: int = 5, prev: bytes = NO_HASH, device: str = "copy") -> Edit:
    told = {"epoch": 1, "at_ms": 5, "who": "w", "action": "save", "why": "原因", "drafts": drafts}
    return seal(device=device, seq=seq, clock=clock, prev=prev, **told)


def _pair(one: Draft, other: Draft) -> tuple[Edit, Edit]:
    """The edit that stands and the one that does not; salts are drawn until `one` has the smaller hash."""
    while (first := _edit(one)).hash > (second := _edit(other)).hash:
        continue
    return first, second


def _draft(id: str, cell: str, value: str, station: str = STORE_ID, bases: tuple = ()) -> Draft:
    return Draft("person", id, station, cell, value, bases)


def _look(session: Reading) -> tuple[object, ...]:
    rows = session.connection.execute("SELECT kind, id, station FROM entity ORDER BY 1, 2").fetchall()
    people = [(one.id, one.station, one.name, one.note) for one in read.select_where(session, Person)]
    return rows, sorted(people, key=str), log.digest(session), log.history_digest(session), log.tops(session)


def _everywhere(make_store, edits: list[Edit]) -> list[Store]:
    stores = []
    for place, order in enumerate(permutations(edits)):
        store = make_store(f"reader-{place}")
        for edit in order:
            store.write(lambda s, edit=edit: apply(s, [edit]))
        stores.append(store)
    views = [store.read(_look) for store in stores]
    assert all(view == views[0] for view in views)
    return stores


def test_the_smaller_hash_stands_whatever_comes_first(make_store) -> None:
    first, second = _pair(_draft("p1", "name", "站住"), _draft("p1", "name", "让开"))
    for store in _everywhere(make_store, [first, second]):
        person = store.read(lambda s: read.get(s, Person, "p1"))
        assert person is not None
        assert person.name == "站住"
        assert list(store.read(lambda s: list(forks.forked(s)))) == [second]


def test_a_record_only_the_other_edit_knew_is_nowhere(make_store) -> None:
    first, second = _pair(_draft("p1", "name", "站住甲"), _draft("p2", "name", "让开乙"))
    for store in _everywhere(make_store, [first, second]):
        assert store.read(lambda s: [hit.id for hit in search.people(s, "让开乙")]) == []
        assert store.read(lambda s: [hit.id for hit in search.people(s, "站住甲")]) == ["p1"]
        assert store.read(lambda s: read.get(s, Person, "p2")) is None


def test_the_station_and_what_was_overtaken_come_back(make_store) -> None:
    base = _edit(_draft("p1", "name", "原来"), clock=3, device="first")
    winner, loser = _pair(
        _draft("p2", "name", "别人"), _draft("p1", "name", "覆盖", OTHER_STATION, (base.stamp,))
    )
    for store in _everywhere(make_store, [base, winner, loser]):
        assert ("person", "p1", STORE_ID) in store.read(_look)[0]
        assert store.read(lambda s: read.get(s, Person, "p1")).name == "原来"  # type: ignore[union-attr]


def test_later_edits_of_the_device_count_and_the_chain_stops(make_store) -> None:
    first, second = _pair(_draft("p1", "name", "站住"), _draft("p1", "name", "让开"))
    later = _edit(_draft("p1", "note", "之后"), seq=2, clock=6, prev=second.hash)
    for store in _everywhere(make_store, [first, second, later]):
        assert store.read(lambda s: read.get(s, Person, "p1")).note == "之后"  # type: ignore[union-attr]
        assert store.read(log.tops)["copy"] == 1
        problems = store.read(lambda s, f=store.folder: check(s, f / "blobs", None).problems)
        assert len(problems) == 2
        assert "有1笔修改与同一编号的另一笔不同（电脑copy第1笔起）" in "".join(problems)


def test_what_the_other_edit_orders_erased_is_erased(make_store) -> None:
    words = '[["person","p1","name","first",1]]'
    base = _edit(_draft("p1", "name", "秘密"), device="first")
    winner, loser = _pair(_draft("p2", "name", "别人"), Draft("redaction", "x", STORE_ID, "targets", words))
    law = merge.merge([base, winner, loser])
    assert law["person", "p1", "name"].shown is None
    for store in _everywhere(make_store, [base, winner, loser]):
        assert store.read(lambda s: read.get(s, Person, "p1")).name is None  # type: ignore[union-attr]


def test_the_words_of_the_other_edit_can_be_erased(make_store, actor: Actor) -> None:
    first, second = _pair(_draft("p1", "name", "站住"), _draft("p1", "name", "鬯鱻麤"))
    for store in _everywhere(make_store, [first, second]):
        store.write(lambda s: redact(s, actor, "", [("person", "p1", "name")], reasons=True))
        (aside,) = store.read(lambda s: list(forks.forked(s)))
        assert (aside.changes[0].opened, aside.why) == (None, None)
        store.write(lambda s, edit=second: apply(s, [edit]))  # it comes once more, open
        (aside,) = store.read(lambda s: list(forks.forked(s)))
        assert (aside.changes[0].opened, aside.why) == (None, None)


def test_all_in_one_batch_is_the_same(make_store) -> None:
    first, second = _pair(_draft("p1", "name", "站住"), _draft("p1", "name", "让开"))
    views = []
    for place, batch in enumerate(([first, second], [second, first], [second, second, first, first, second])):
        store = make_store(f"batch-{place}")
        applied = store.write(lambda s, batch=batch: apply(s, batch))
        assert (applied.taken, set(applied.forked)) == (1, {("copy", 1)})
        views.append(store.read(_look))
    assert views[0] == views[1] == views[2]


def test_a_store_whose_own_number_is_taken_writes_nothing_under_it(store: Store, actor: Actor) -> None:
    store.write(lambda s: apply(s, [_edit(_draft("p1", "name", "克隆"), device="device-1", prev=b"\1" * 32)]))
    before = store.read(_look)
    with pytest.raises(AppError, match="没有保存"):
        store.write(lambda s: record(s, actor, "", "person", "p2", {"name": "测试甲"}, {}))
    assert store.read(_look) == before
