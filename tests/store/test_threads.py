"""One writer, one reader: snapshots, interrupts, and work that would wait for itself."""

from __future__ import annotations

import threading
from pathlib import Path
from unittest.mock import Mock

import pytest
import sqlcipher3.dbapi2 as driver

from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.records import Person
from sgz_desktop.errors import AppError
from sgz_desktop.store import log, migrate, read
from sgz_desktop.store import store as opening
from sgz_desktop.store.connection import DATABASE, PAGE_BYTES
from sgz_desktop.store.session import Identity, Reading, Writing
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import record
from tests.conftest import KEY, STORE_ID
from tests.new_stores import STEPPED

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


def save(store: Store, actor: Actor, id: str) -> None:
    store.write(lambda s: record(s, actor, "", "person", id, {"name": "测试甲"}, {}))


def test_a_reader_sees_one_snapshot(store: Store, actor: Actor) -> None:
    save(store, actor, "p1")

    def look(session: Reading) -> tuple[int, int]:
        before = len(read.select_where(session, Person))
        save(store, actor, "p2")  # another thread commits meanwhile
        return before, len(read.select_where(session, Person))

    assert store.read(look) == (1, 1)
    assert len(store.read(lambda s: read.select_where(s, Person))) == 2


def test_interrupt_stops_the_reader_and_never_the_writer(store: Store, actor: Actor) -> None:
    begun = threading.Event()
    heard: list[BaseException] = []

    def endless(session: Reading) -> None:
        begun.set()
        session.connection.execute(ENDLESS).fetchone()

    def reading() -> None:
        try:
            store.read(endless)
        except driver.OperationalError as error:
            heard.append(error)

    thread = threading.Thread(target=reading)
    thread.start()
    begun.wait()

    def write(session: Writing) -> None:
        record(session, actor, "", "person", "p1", {"name": "测试甲"}, {})
        while thread.is_alive():
            store.interrupt()
            thread.join(0.01)

    store.write(write)
    assert "interrupt" in str(heard[0])
    assert store.read(log.counts)["edits"] == 1
    assert len(store.read(lambda s: read.select_where(s, Person))) == 1  # and the reader works on


def test_work_inside_work_of_its_own_kind_is_refused(store: Store) -> None:
    with pytest.raises(RuntimeError, match="wait for itself"):
        store.write(lambda _: store.write(lambda _: None))
    with pytest.raises(RuntimeError, match="wait for itself"):
        store.read(lambda _: store.read(lambda _: None))
    assert store.write(lambda _: store.read(lambda _: "fine")) == "fine"


def test_what_a_writer_has_not_committed_nobody_reads(store: Store, actor: Actor) -> None:
    def work(session: Writing) -> int:
        record(session, actor, "", "person", "p1", {"name": "测试甲"}, {})
        return len(store.read(lambda s: read.select_where(s, Person)))

    assert store.write(work) == 0


def test_threads_that_save_at_once_take_turns(store: Store, actor: Actor) -> None:
    threads = [
        threading.Thread(target=lambda n=n: [save(store, actor, f"p{n}-{i}") for i in range(10)])
        for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.read(log.tops) == {"device-1": 40}
    assert store.read(log.counts)["edits"] == 40


def test_queued_work_is_done_before_closing(store: Store, actor: Actor, make_store) -> None:
    store.write_later(lambda s: record(s, actor, "", "person", "p1", {"name": "测试甲"}, {}))
    store.close()
    store.close()
    again = make_store(folder=store.folder)
    assert again.read(log.counts)["edits"] == 1


def test_listeners_hear_after_the_commit(store: Store, actor: Actor) -> None:
    seen: list[int] = []
    store.listen(lambda changes: seen.append(store.read(log.counts)["edits"]))
    save(store, actor, "p1")
    assert seen == [1]
    heard: list[Changes] = []
    store.listen(heard.append)
    with pytest.raises(ZeroDivisionError):
        store.write(lambda s: (record(s, actor, "", "person", "p2", {"name": "乙"}, {}), 1 / 0))
    assert heard == []


def test_a_full_disk_is_told_and_the_store_lives_on(store: Store, actor: Actor) -> None:
    def fill(session: Writing) -> None:
        pages = session.connection.execute("PRAGMA page_count").fetchone()[0]
        session.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        record(session, actor, "", "person", "p1", {"note": "长" * 20_000}, {})

    with pytest.raises(AppError, match="磁盘空间不够，没能保存") as told:
        store.write(fill)
    assert isinstance(told.value.__cause__, driver.Error)
    store.write(lambda s: s.connection.execute("PRAGMA max_page_count = 1073741823"))
    save(store, actor, "p1")
    assert store.read(log.counts)["edits"] == 1


def test_a_read_only_folder_is_told(store: Store, actor: Actor) -> None:
    store.write(lambda s: None)
    store._writer.run(lambda: store._writer.connection.execute("PRAGMA query_only = ON"))
    with pytest.raises(AppError, match="不能写入，没能保存"):
        save(store, actor, "p1")


def test_a_damaged_page_is_told_when_it_is_read(store: Store, actor: Actor, make_store) -> None:
    save(store, actor, "p1")
    where = "SELECT rootpage FROM sqlite_master WHERE name = 'r_person'"
    page = store.read(lambda s: s.connection.execute(where).fetchone()[0]) - 1
    store.close()
    path = store.folder / DATABASE
    data = path.read_bytes()
    after = data[(page + 1) * PAGE_BYTES :]
    path.write_bytes(data[: page * PAGE_BYTES] + bytes(PAGE_BYTES) + after)
    damaged = make_store(folder=store.folder)
    with pytest.raises(AppError, match="资料文件有损坏") as told:
        damaged.read(lambda s: read.select_where(s, Person))
    assert told.value.__cause__ is not None


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("database or disk is full", "磁盘空间不够"),
        ("disk I/O error", "磁盘读写出错"),
        ("attempt to write a readonly database", "不能写入"),
        ("database disk image is malformed", "有损坏"),
        ("file is not a database", "有损坏"),
    ],
)
def test_each_fault_of_the_disk_has_its_own_sentence(store: Store, said: str, sentence: str) -> None:
    def fail(session: Reading) -> None:
        raise driver.DatabaseError(said)

    for run in (store.read, store.write):
        with pytest.raises(AppError, match=sentence):
            run(fail)


def test_a_stopped_query_is_no_damage(store: Store) -> None:
    def stopped(session: Reading) -> None:
        raise driver.OperationalError("interrupted")

    with pytest.raises(driver.OperationalError, match="interrupted"):
        store.read(stopped)


def test_what_a_new_store_saves_is_prepared_once(
    tmp_path: Path, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The steps that made its tables leave their statements to the connection that ran them."""
    monkeypatch.setattr(migrate, "_run_steps", STEPPED)
    assert prepared_again(tmp_path / "one", actor) < 10
    monkeypatch.setattr(opening, "_fresh", lambda used, *_: used)
    assert prepared_again(tmp_path / "control", actor) > 50


def prepared_again(folder: Path, actor: Actor) -> int:
    """What the driver asks leave for when a new store saves a third time: little, if it kept what it had."""
    folder.mkdir()
    store = Store(folder, KEY, Identity(STORE_ID, "station", "测试站", "device-1", 1))
    asked = Mock(wraps=store._guard)
    store._writer.connection.set_authorizer(asked)
    for id in ("p1", "p2", "p3"):
        asked.reset_mock()
        save(store, actor, id)
        store._writer.rest()
    store.close()
    return asked.call_count
