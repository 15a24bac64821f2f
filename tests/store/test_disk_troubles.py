"""What a moment's trouble of the disk must not leave behind in an open store."""

from __future__ import annotations

import errno
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sgz_desktop.domain.actor import Actor
from sgz_desktop.errors import AppError
from sgz_desktop.store import access, blobs, connection, log
from sgz_desktop.store.check import check
from sgz_desktop.store.session import Reading
from sgz_desktop.store.store import Store
from sgz_desktop.store.threads import Lane
from sgz_desktop.store.write import record
from tests.proofs.file_calls import fail_at, watched


def save(store: Store, actor: Actor, number: int) -> None:
    values = {"name": "测试", "note": f"第{number}次走访"}
    store.write(lambda session: record(session, actor, "", "person", f"p{number}", values, {}))


def people(session: Reading) -> int:
    return int(session.connection.execute("SELECT count(*) FROM r_person").fetchone()[0])


def unread(session: Reading) -> None:
    """Fail half way through a query, which lives on in the traceback."""
    for _ in session.connection.execute("SELECT * FROM entity"):
        raise AppError("磁盘空间不够。")


def test_a_read_that_failed_half_way_does_not_hold_later_ones_back(store: Store, actor: Actor) -> None:
    save(store, actor, 1)
    save(store, actor, 2)
    with pytest.raises(AppError) as told:
        store.read(unread)
    save(store, actor, 3)
    assert store.read(people) == 3
    assert told.tb is not None


@pytest.fixture
def reread(make_store, tmp_path: Path, actor: Actor) -> Iterator[Store]:
    """A store whose files are watched and whose reader must go to the disk for every page."""
    with watched(tmp_path, lambda call: None):
        store = make_store()
        for number in range(4):
            save(store, actor, number)
        store.read(lambda session: session.connection.execute("PRAGMA cache_size = 1"))
        yield store
        store.close()


def one_failed_read(store: Store, folder: Path) -> None:
    with fail_at(folder, 1, errno.EIO, of=frozenset({"read"})), pytest.raises(AppError):
        store.read(log.digest)


def test_one_failed_read_spoils_nothing_for_the_next(reread: Store, tmp_path: Path) -> None:
    one_failed_read(reread, tmp_path)
    assert reread.read(people) == 4


def test_control_without_a_new_connection_all_would_look_damaged(
    reread: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Lane, "_replace", lambda self: None)
    one_failed_read(reread, tmp_path)
    with pytest.raises(AppError, match="有损坏"):
        reread.read(people)


def test_the_writer_comes_back_with_all_it_needs(reread: Store, actor: Actor) -> None:
    reread._writer._spoiled = True
    save(reread, actor, 9)
    with pytest.raises(Exception, match=r"not authorized|prohibited"):
        reread.write(lambda session: session.connection.execute("DELETE FROM r_person"))
    assert reread.read(people) == 5


def test_a_queued_line_waits_for_the_disk(
    make_store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[BaseException | None] = []
    monkeypatch.setattr(threading, "excepthook", lambda args: told.append(args.exc_value))

    def note(store: Store, record: str) -> None:
        line = access.Access(1, "worker-1", "view", "person", record, "done")
        store.write_later(lambda session: access.note(session, line))

    query = "SELECT record FROM access_log ORDER BY n"
    with watched(tmp_path, lambda call: None):
        store = make_store()
        store.write(lambda session: None)
        with fail_at(tmp_path, 1, errno.ENOSPC, of=frozenset({"write"}), lasting=True):
            note(store, "p1")
            note(store, "p2")
            store._writer.run(lambda: None)
        assert told
        assert all(isinstance(problem, AppError) for problem in told)
        store.close()
        again = make_store(folder=store.folder)
        assert [row[0] for row in again.read(lambda s: s.connection.execute(query).fetchall())] == [
            "p1",
            "p2",
        ]
        again.close()


def test_a_store_that_did_not_get_its_log_is_not_opened(make_store, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite only answers with the journal it stays with; its commits are less safe in a power cut."""

    class Stubborn:
        def __init__(self, path: str, **options: object) -> None:
            self.real = real(path, **options)

        def __getattr__(self, name: str) -> object:
            return getattr(self.real, name)

        def execute(self, statement: str, *values: object) -> object:
            return self.real.execute(
                statement.replace("journal_mode = WAL", "journal_mode = DELETE"), *values
            )

    make_store().close()
    real = connection.driver.connect
    monkeypatch.setattr(connection.driver, "connect", Stubborn)
    with pytest.raises(AppError, match="没有打开，也没有改动"):
        make_store()


def test_an_index_merged_meanwhile_is_not_called_damaged(store: Store, actor: Actor) -> None:
    for number in range(24):
        save(store, actor, number)
        report = store.read(lambda s: check(s, store.folder / blobs.FOLDER, None))
        assert report.problems == []
