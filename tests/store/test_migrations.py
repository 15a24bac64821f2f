"""Tables are upgraded whole or not at all, from a verified copy, and never by an older program."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from unittest import mock

import pytest
from sqlalchemy import Boolean, Integer

from sgz_desktop import files
from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.edits import Draft, Stamp, seal
from sgz_desktop.domain.records import RECORDS
from sgz_desktop.errors import AppError
from sgz_desktop.store import log, migrate
from sgz_desktop.store.apply import apply
from sgz_desktop.store.connection import DATABASE, Connection, connect
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import Write, record, record_many
from tests import new_stores
from tests.next_release import released, steps_with

SHIPPED = migrate.SCHEMA


@pytest.fixture
def connection(store: Store, store_key: bytes) -> Iterator[Connection]:
    store.close()
    connection = connect(store.folder / DATABASE, store_key)
    yield connection
    connection.close()


def test_record_tables_match_their_models(connection: Connection) -> None:
    for kind in RECORDS:
        found = {
            row[1]: row[2]
            for row in connection.execute(f"PRAGMA table_info(r_{kind.KIND})")
            if row[1] != "rid"
        }
        wanted = {
            column.name: "INTEGER" if isinstance(column.type, Integer | Boolean) else "TEXT"
            for column in kind.__table__.columns  # type: ignore[attr-defined]
            if column.name != "rid"
        }
        assert found == wanted, kind.KIND


def test_record_tables_have_no_rules_of_their_own(connection: Connection) -> None:
    for kind in RECORDS:
        table = f"r_{kind.KIND}"
        text = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
        for rule in ("NOT NULL", "UNIQUE", "REFERENCES", "FOREIGN", "CHECK", "DEFAULT", "COLLATE"):
            assert not re.search(rf"\b{rule}\b", text.upper()), (table, rule)  # r_household_check is a name
        columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
        assert [(row[1], row[2]) for row in columns if row[5]] == [("rid", "INTEGER")]
        assert not any(row[3] for row in columns), table
        assert not connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()
        indexes = connection.execute(f"PRAGMA index_list({table})").fetchall()
        assert not any(unique for _, _, unique, _, _ in indexes), table
        assert indexes, table


def test_a_store_of_a_newer_program_is_not_opened_and_not_touched(
    store: Store, connection: Connection, store_key: bytes
) -> None:
    connection.execute(f"PRAGMA user_version = {migrate.SCHEMA + 1}")
    connection.close()
    before = {path.name: path.read_bytes() for path in store.folder.iterdir()}
    with pytest.raises(AppError, match="更新的程序"):
        Store(store.folder, store_key, store.identity)
    assert {path.name: path.read_bytes() for path in store.folder.iterdir()} == before


def test_the_tests_new_stores_are_what_the_steps_make(store: Store, store_key: bytes, tmp_path: Path) -> None:
    def made(name: str, steps: Callable[[Connection], None]) -> list[object]:
        (tmp_path / name).mkdir()
        with mock.patch.object(migrate, "_run_steps", steps):
            Store(tmp_path / name, store_key, store.identity).close()
        new = connect(tmp_path / name / DATABASE, store_key)
        shape = new.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name").fetchall()
        tables = [name for sort, name, _, _ in shape if sort == "table"]
        rows = {name: new.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}
        new.close()
        return [shape, rows]

    def short_of_an_index(connection: Connection) -> None:
        kept(connection)
        connection.execute("DROP INDEX r_person_id")

    with new_stores.quickly_made():
        kept = migrate._run_steps
        made("first", kept)
        by_steps = made("steps", new_stores.STEPPED)
        assert made("second", kept) == by_steps
        assert made("control", short_of_an_index) != by_steps


@pytest.fixture
def next_step(tmp_path: Path) -> Iterator[object]:
    """next_step(body): a further step in the folder of migrations, as a later release would have."""
    with ExitStack() as stack:
        yield lambda body: stack.enter_context(released(steps_with(body, tmp_path / "migrations")))


def fingerprint(connection: Connection) -> list[object]:
    return [
        connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall(),
        connection.execute("PRAGMA user_version").fetchall(),
        connection.execute("SELECT * FROM alembic_version").fetchall(),
        connection.execute("SELECT rid, id, name FROM r_person").fetchall(),
    ]


def test_a_failing_step_leaves_everything_as_it_was(
    store: Store, actor: Actor, store_key: bytes, next_step
) -> None:
    store.write(lambda s: record(s, actor, "", "person", "p1", {"name": "测试甲"}, {}))
    before = store.read(lambda s: fingerprint(s.connection))
    store.close()
    next_step('add_field("person", "blood", str); op.execute("DROP TABLE r_task"); 1 / 0')
    with pytest.raises(ZeroDivisionError):
        Store(store.folder, store_key, store.identity)
    connection = connect(store.folder / DATABASE, store_key)
    assert fingerprint(connection) == before
    connection.close()


def test_a_verified_copy_is_made_first(store: Store, actor: Actor, store_key: bytes, next_step) -> None:
    store.write(lambda s: record(s, actor, "", "person", "p1", {"name": "测试甲"}, {}))
    before = store.read(lambda s: fingerprint(s.connection))
    store.close()
    next_step('add_field("person", "blood", str)')
    upgraded = Store(store.folder, store_key, store.identity)
    assert upgraded.read(lambda s: s.connection.execute("PRAGMA user_version").fetchone()[0]) == SHIPPED + 1
    upgraded.close()
    copy = connect(store.folder / f"before-{SHIPPED}.db", store_key, wal=False)
    assert fingerprint(copy) == before
    copy.close()
    assert b"SQLite format" not in (store.folder / f"before-{SHIPPED}.db").read_bytes()[:16]


def test_without_a_good_copy_nothing_is_upgraded(
    store: Store, store_key: bytes, next_step, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = store.read(lambda s: fingerprint(s.connection))
    store.close()
    next_step('add_field("person", "blood", str)')

    def refuse(path: Path, **_: object) -> None:
        raise AppError("磁盘空间不够。")

    monkeypatch.setattr(files, "replacing", refuse)
    with pytest.raises(AppError, match="磁盘空间"):
        Store(store.folder, store_key, store.identity)
    connection = connect(store.folder / DATABASE, store_key)
    assert fingerprint(connection) == before
    connection.close()


def newer_edit(device: str, seq: int, clock: int, record_id: str, cell: str, value: object):
    draft = Draft("person", record_id, "station-x", cell, value, ())
    return seal(
        device=device,
        epoch=1,
        seq=seq,
        clock=clock,
        at_ms=clock,
        who="worker-9",
        action="save",
        prev=bytes(32),
        why="",
        drafts=[draft],
    )


def test_a_new_field_is_filled_with_what_newer_peers_had_sent(
    store: Store, actor: Actor, store_key: bytes, next_step
) -> None:
    sent = [
        newer_edit("peer-1", 1, 10, "p1", "blood", "甲型"),
        newer_edit("peer-2", 1, 20, "p1", "blood", "乙型"),  # the greater head is shown
        newer_edit("peer-1", 2, 30, "p2", "blood", "丙型"),
        newer_edit("peer-2", 2, 40, "p2", "blood", 7),  # shown, but not text: the column stays empty
        newer_edit("peer-1", 3, 50, "p3", "blood", None),
        newer_edit("peer-1", 4, 60, "p4", "measure", {"height": 171, "tall": True}),
        newer_edit("peer-1", 5, 70, "p5", "measure", {"height": True, "tall": 1}),
        newer_edit("peer-1", 6, 80, "p6", "measure", {"height": 2**63, "tall": False}),
        newer_edit("peer-1", 7, 90, "p7", "measure", ["not a group"]),
    ]
    store.write(lambda s: apply(s, sent))
    before = store.read(log.digest)
    store.close()
    next_step(
        'add_field("person", "blood", str); add_field("person", "height", int, "measure"); '
        'add_field("person", "tall", bool, "measure")'
    )
    upgraded = Store(store.folder, store_key, store.identity)
    query = "SELECT id, blood, height, tall FROM r_person ORDER BY id"
    found = upgraded.read(lambda s: [tuple(row) for row in s.connection.execute(query)])
    assert found == [
        ("p1", "乙型", None, None),
        ("p2", None, None, None),
        ("p3", None, None, None),
        ("p4", None, 171, 1),
        ("p5", None, None, None),
        ("p6", None, None, 0),
        ("p7", None, None, None),
    ]
    assert upgraded.read(log.digest) == before
    upgraded.close()


def test_rekey_leaves_no_copy_under_the_old_key(store: Store, actor: Actor, store_key: bytes) -> None:
    store.write(lambda s: record(s, actor, "", "person", "p1", {"name": "测试甲"}, {}))
    (store.folder / f"before-{SHIPPED}.db").write_bytes(b"old copy")
    store.rekey(b"n" * 32)
    store.close()
    assert {path.name for path in store.folder.iterdir()} == {DATABASE}
    with pytest.raises(AppError, match="资料打不开"):
        Store(store.folder, store_key, store.identity)
    again = Store(store.folder, b"n" * 32, store.identity)
    assert again.read(log.counts)["edits"] == 1
    again.close()


def test_unknown_cells_and_kinds_are_written_back_as_they_are(store: Store, actor: Actor) -> None:
    writes = [
        Write("person", "p1", {"name": "测试甲"}, {}, {"blood": "甲型"}),
        Write("drone", "d1", {}, {}, {"battery": 80}),
    ]
    edit = store.write(lambda s: record_many(s, actor, "", writes))
    assert edit is not None
    assert [stamp for stamp in [edit.stamp] if stamp == Stamp("device-1", 1)]
    shown = store.read(lambda s: list(log.shown_values(s)))
    assert shown == [("drone", "d1", {"battery": 80}), ("person", "p1", {"name": "测试甲", "blood": "甲型"})]
    with pytest.raises(KeyError, match="drone has no wings"):
        store.write(lambda s: record(s, actor, "", "drone", "d1", {"wings": 2}, {}))
