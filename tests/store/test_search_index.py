"""The index follows the records: renamed, deleted, erased, queued, read anew. Every kind is searched."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import orjson
import pytest

from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.edits import Edit
from sgz_desktop.domain.fields import LineKind, LongTextKind, RefKind
from sgz_desktop.domain.records import RECORDS
from sgz_desktop.domain.records.base import Record, Surface, questions
from sgz_desktop.store import log, search, search_index, settings
from sgz_desktop.store.apply import apply
from sgz_desktop.store.read import load
from sgz_desktop.store.search_index import MOST_RECORDS, day_of, docid, rid_of
from sgz_desktop.store.search_plan import searched
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import Write, record, record_many
from tests.conftest import MakeStore


def save(store: Store, actor: Actor, kind: str, id: str, **values: Any) -> None:
    """Save as a form does: having seen what stands there."""
    declared = {known.KIND: known for known in RECORDS}[kind]
    loaded = store.read(lambda session: load(session, declared, id))
    seen = loaded.seen if loaded else {}
    store.write(lambda session: record(session, actor, "", kind, id, values, seen))


def found(store: Store, text: str) -> list[str]:
    return [hit.id for hit in store.read(lambda session: search.find(session, text))]


def people(store: Store, text: str) -> list[str]:
    return [hit.id for hit in store.read(lambda session: search.people(session, text))]


def documents(session: Reading) -> int:
    one = session.cursor.execute
    mapped, indexed = (
        one(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("search_doc", "search_text_docsize")
    )
    assert mapped == indexed
    return int(mapped)


def test_a_renamed_person_is_found_by_the_new_name_only(store: Store, actor: Actor) -> None:
    save(store, actor, "person", "p", name="陈晓红", phone="19912345678")
    save(store, actor, "person", "p", name="周晓红", phone="19987654321")
    for old in ("陈晓红", "陈", "cxh", "chen", "5678", "1991"):
        assert (people(store, old), found(store, old)) == ([], []), old
    for new in ("周晓红", "周", "zxh", "晓红", "4321", "1998"):
        assert people(store, new) == ["p"], new
    assert store.read(documents) == 1


def test_a_visit_moves_with_its_day(store: Store, actor: Actor) -> None:
    save(store, actor, "visit", "a", date="2026-06-01", facts="送棉被")
    save(store, actor, "visit", "b", date="2026-06-02", facts="送棉被")
    assert found(store, "棉被") == ["b", "a"]
    save(store, actor, "visit", "a", date="2026-06-03")
    assert found(store, "棉被") == ["a", "b"]
    assert store.read(documents) == 2


def test_a_deleted_record_leaves_and_comes_back(store: Store, actor: Actor) -> None:
    save(store, actor, "person", "p", name="陈晓红")
    save(store, actor, "obligor", "o", person="p", who_name="陈大强")
    save(store, actor, "obligor", "o", deleted=True)
    assert people(store, "陈大强") == []
    save(store, actor, "person", "p", deleted=True)
    assert (people(store, "陈晓红"), found(store, "晓红"), store.read(documents)) == ([], [], 0)
    save(store, actor, "person", "p", deleted=False)
    assert people(store, "陈晓红") == ["p"]
    save(store, actor, "obligor", "o", deleted=False)
    save(store, actor, "person", "p", deleted=True)
    assert people(store, "陈大强") == []


def pages(session: Reading) -> bytes:
    return b"".join(bytes(row[0]) for row in session.cursor.execute("SELECT block FROM search_text_data"))


def test_an_erased_value_is_not_found_and_leaves_the_file(store: Store, actor: Actor) -> None:
    """The control: a value that is only replaced leaves its terms in pages it shares with others."""
    person = {"name": "陈晓红", "note": "魑魅魍魉 zyzzyvaword", "phone": "19912340987"}
    others = [
        Write("person", f"o{place}", {"name": f"钱某{place}", "note": "腿脚方便"}) for place in range(40)
    ]
    edit = store.write(
        lambda session: record_many(session, actor, "", [Write("person", "p", person), *others])
    )
    save(store, actor, "person", "p", note="另写一句")
    assert found(store, "zyzzyvaword") == []
    assert b"zzyvaword" in store.read(pages)
    assert edit is not None
    targets = [[c.kind, c.record, c.cell, edit.device, edit.seq] for c in edit.changes if c.record == "p"]
    save(store, actor, "redaction", "r", targets=orjson.dumps(targets).decode())
    for text in ("陈晓红", "cxh", "魑魅", "0987", "zyzzyvaword"):
        assert (people(store, text), found(store, text)) == ([], []), text
    assert b"zzyvaword" not in store.read(pages)
    assert len(people(store, "钱")) == len(found(store, "腿脚方便")) == 40
    assert found(store, "另写一句") == ["p"]


def test_kinds_without_search_stay_out(store: Store, actor: Actor) -> None:
    save(store, actor, "worker", "w", name="林知夏")
    save(store, actor, "redaction", "r", reason="按本人要求清除")
    assert (found(store, "林知夏"), found(store, "本人要求"), store.read(documents)) == ([], [], 0)


def left_waiting(session: Writing, edits: Sequence[Edit]) -> None:
    """Apply, as if closing had come between the commit and the index."""
    apply(session, edits)
    session.queued = 0


def test_queued_records_are_found_when_worked_off_and_work_goes_on_after_closing(
    make_store: MakeStore, actor: Actor
) -> None:
    first = make_store("device-1")
    for place in range(7):
        save(first, actor, "person", f"p{place}", name=f"陈晓{'甲乙丙丁戊己庚'[place]}")
    save(first, actor, "person", "p6", deleted=True)
    save(first, actor, "worker", "w", name="林知夏")
    edits = first.read(lambda session: list(log.edits(session)))
    second = make_store("device-2")
    second.write(lambda session: left_waiting(session, edits))
    assert (people(second, "陈"), second.read(search.waiting)) == ([], 7)
    assert second.write(lambda session: search.work_off(session, 3)) == 3
    assert (len(people(second, "陈")), second.read(search.waiting)) == (2, 4)
    second.close()
    again = make_store("device-2", folder=second.folder)
    assert [again.write(lambda session: search.work_off(session, 3)) for _ in range(3)] == [3, 1, 0]
    assert people(again, "陈") == people(first, "陈")
    assert again.read(documents) == first.read(documents) == 6


def pieces(session: Reading) -> int:
    return int(session.cursor.execute("SELECT count(DISTINCT segid) FROM search_text_idx").fetchone()[0])


def test_after_a_bulk_the_index_is_merged_into_one_piece(
    make_store: MakeStore, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: as many records queued in small lots stay in pieces."""
    source = make_store("device-1")
    source.write(
        lambda session: record_many(
            session, actor, "", [Write("visit", f"v{n}", {"facts": f"第{n}次走访"}) for n in range(90)]
        )
    )
    edits = source.read(lambda session: list(log.edits(session)))
    left = {}
    for bulk in (90, 91):
        monkeypatch.setattr(search_index, "BULK", bulk)
        target = make_store(f"target-{bulk}")
        target.write(lambda session: left_waiting(session, edits))
        assert target.read(search.waiting) == 90
        done = []
        while number := target.write(lambda session: search.work_off(session, 30)):
            done.append(number)
        left[bulk] = (done[:3], target.read(pieces), target.read(search.waiting))
        assert len(found(target, "走访")) == 50
    assert left == {90: ([30, 30, 30], 1, 0), 91: ([30, 30, 30], 3, 0)}


def test_an_index_made_bit_by_bit_answers_as_one_made_at_once(make_store: MakeStore, actor: Actor) -> None:
    """Renames, deletions and repeats in any order leave nothing behind: equal to an index from the log."""
    dice = random.Random(5)
    grown = make_store("device-1")
    for _ in range(60):
        values = {
            "name": "".join(dice.choices("陈王红英单吕", k=3)),
            "note": "".join(dice.choices("米面油，", k=6)),
        }
        save(grown, actor, "person", f"p{dice.randrange(9)}", **values, deleted=dice.random() < 0.2)
    edits = grown.read(lambda session: list(log.edits(session)))
    made = make_store("device-2")
    made.write(lambda session: left_waiting(session, edits))
    while made.write(lambda session: search.work_off(session, 2)):
        pass
    for text in ("陈", "红英", "王", "cw", "lv", "shan", "米面", "面油", "油米面"):
        assert set(found(grown, text)) == set(found(made, text)), text
        assert set(people(grown, text)) == set(people(made, text)), text
    assert grown.read(documents) == made.read(documents)


def test_names_are_queued_when_they_are_read_otherwise(store: Store, actor: Actor) -> None:
    save(store, actor, "person", "p", name="陈晓红")
    save(store, actor, "visit", "v", facts="送棉被")
    assert store.write(search.refresh)
    while store.write(lambda session: search.work_off(session, 10)):
        pass
    assert not store.write(search.refresh)
    store.write(lambda session: settings.put(session, search_index.STAMP, "0-0"))
    assert store.write(search.refresh)
    assert store.read(search.waiting) == 1
    assert store.write(lambda session: search.work_off(session, 10)) == 1
    assert people(store, "cxh") == ["p"]


def test_an_empty_store_can_be_readied_and_searched(store: Store) -> None:
    store.read(search.warm)
    assert (found(store, "陈晓红"), people(store, "cxh"), store.write(search.work_off)) == ([], [], 0)


HAN = [chr(code) for code in range(0x4E00, 0x9F00)]


def _values(kind: type[Record]) -> dict[str, str]:
    """A phrase of its own for every field of text."""
    dice = random.Random(kind.KIND)
    asked = questions(kind).values()
    return {
        q.name: "".join(dice.sample(HAN, 6)) for q in asked if isinstance(q.kind, LineKind | LongTextKind)
    }


SEARCHED = [kind for kind in RECORDS if Surface.SEARCH not in kind.LACKS]


@pytest.mark.parametrize("kind", SEARCHED, ids=lambda kind: kind.KIND)
def test_every_text_field_of_every_kind_is_found(store: Store, actor: Actor, kind: type[Record]) -> None:
    values = _values(kind)
    save(store, actor, kind.KIND, "x", **values)
    for name, phrase in values.items():
        hits = store.read(lambda session, typed=phrase: search.find(session, typed[1:5]))
        assert [(hit.kind, hit.id) for hit in hits] == [(kind.KIND, "x")], name
        assert hits[0].excerpt == phrase
    if not values:  # codes alone: still an entry that can be shown
        plan = searched(kind.KIND)
        assert plan is not None


def test_most_kinds_lead_to_a_person(store: Store, actor: Actor) -> None:
    """The query of each kind runs with its references filled in, also on a kind named like a keyword."""
    save(store, actor, "person", "p", name="陈晓红")
    save(store, actor, "case", "c", client="p", topic="甲乙丙丁")
    for kind in SEARCHED:
        values = _values(kind)
        asked = questions(kind).items()
        targets = {"person": "p", "case": "c"}
        refs = {
            name: targets[q.kind.kind]
            for name, q in asked
            if isinstance(q.kind, RefKind) and q.kind.kind in targets
        }
        if refs and values and kind.KIND not in ("case", "person"):
            save(store, actor, kind.KIND, "x", **refs, **values)
            phrase = next(iter(values.values()))
            (hit,) = store.read(lambda session, typed=phrase: search.find(session, typed))
            assert (hit.person, hit.name) == ("p", "陈晓红"), kind.KIND


@pytest.mark.parametrize("day", [-40_000, -1, 0, 1, 20_000, 131_072])
@pytest.mark.parametrize("rid", [1, 1_000_000, MOST_RECORDS])
def test_row_numbers_hold_day_and_record_and_the_newest_is_least(day: int, rid: int) -> None:
    assert (day_of(docid(day, rid)), rid_of(docid(day, rid))) == (day, rid)
    assert 0 <= docid(day, rid) < 2**62
    assert docid(day, rid) < docid(day - 1, rid)
    if rid > 1:
        assert docid(day, rid) < docid(day, rid - 1)


def test_a_record_beyond_the_index_is_refused() -> None:
    with pytest.raises(ValueError, match="more records"):
        docid(0, MOST_RECORDS + 1)
