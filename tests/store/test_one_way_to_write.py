"""Record and log tables can be written by record() and apply() alone, whatever way is tried."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlcipher3.dbapi2 as driver
from sqlalchemy import delete, insert, text, update
from sqlalchemy.exc import DatabaseError

from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.records import RECORDS, Person
from sgz_desktop.errors import AppError
from sgz_desktop.store import log, read
from sgz_desktop.store.connection import Guard
from sgz_desktop.store.schema import GUARDED, guarded
from sgz_desktop.store.session import Writing
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import record

REFUSED = "not authorized|prohibited"
PERSON = Person.__table__  # type: ignore[attr-defined]


def orm_add(session: Writing) -> None:
    with session.orm() as orm:
        orm.add(Person(id="intruder", name="无名"))
        orm.flush()


def orm_change(session: Writing) -> None:
    with session.orm() as orm:
        person = orm.get(Person, 1)
        assert person is not None
        person.name = "无名"
        orm.add(person)
        orm.commit()


def core(statement: object) -> Callable[[Writing], None]:
    def attempt(session: Writing) -> None:
        with session.engine.connect() as connection:
            connection.execute(statement)  # type: ignore[call-overload]

    return attempt


def raw(statement: str, *values: object) -> Callable[[Writing], None]:
    return lambda session: session.connection.execute(statement, values) and None


def many(session: Writing) -> None:
    session.cursor.executemany("INSERT INTO r_person(id, name) VALUES(?, ?)", [("a", "甲"), ("b", "乙")])


def by_trigger(session: Writing) -> None:
    run = session.connection.execute
    run("CREATE TEMP TRIGGER sly AFTER INSERT ON setting BEGIN UPDATE r_person SET name = '无名'; END")
    run("INSERT OR REPLACE INTO setting VALUES('sly', '1')")


def by_schema(session: Writing) -> None:
    session.connection.execute("PRAGMA writable_schema = ON")
    session.connection.execute("DELETE FROM sqlite_master WHERE name = 'r_person'")


ATTEMPTS: dict[str, Callable[[Writing], None]] = {
    "orm add": orm_add,
    "orm change": orm_change,
    "core insert": core(insert(PERSON).values(id="x")),
    "core bulk update": core(update(PERSON).values(name="无名")),
    "core delete": core(delete(PERSON)),
    "text": core(text("UPDATE r_person SET name = '无名'")),
    "executemany": many,
    "raw insert": raw("INSERT INTO r_person(id) VALUES(?)", "x"),
    "raw replace": raw("REPLACE INTO r_person(rid, id) VALUES(1, 'x')"),
    "raw upsert": raw("INSERT INTO r_person(rid) VALUES(1) ON CONFLICT(rid) DO UPDATE SET name = '无名'"),
    "raw update": raw("UPDATE r_person SET name = ?", "无名"),
    "raw delete": raw("DELETE FROM r_person"),
    "common table": raw("WITH t(a) AS (SELECT 'x') INSERT INTO r_person(id) SELECT a FROM t"),
    "log insert": raw("INSERT INTO change(eid, rid, fid) VALUES(1, 1, 1)"),
    "log update": raw("UPDATE edit SET action = 'x'"),
    "log delete": raw("DELETE FROM head"),
    "access insert": raw("INSERT INTO access_log VALUES(1, 1, 'w', 'view', '', 'p1', 'done', x'00')"),
    "access replace": raw("REPLACE INTO access_log VALUES(1, 1, 'w', 'view', '', 'p1', 'done', x'00')"),
    "access update": raw("UPDATE access_log SET worker = 'x'"),
    "access delete": raw("DELETE FROM access_log WHERE at_ms < 0"),
    "access cleared": raw("DELETE FROM access_log"),
    "drop access": raw("DROP TABLE access_log"),
    "drop": raw("DROP TABLE r_person"),
    "drop log": raw("DROP TABLE edit"),
    "alter": raw("ALTER TABLE r_person ADD COLUMN sly TEXT"),
    "rename": raw("ALTER TABLE r_person RENAME TO r_other"),
    "trigger": by_trigger,
    "schema": by_schema,
}


@pytest.fixture
def filled(store: Store, actor: Actor) -> Store:
    store.write(lambda s: record(s, actor, "登记", "person", "p1", {"name": "测试甲"}, {}))
    return store


def state(store: Store) -> tuple[str, str, list[Person]]:
    return store.read(lambda s: (log.digest(s), log.history_digest(s), read.select_where(s, Person)))


@pytest.mark.parametrize("way", ATTEMPTS)
def test_refused_outside(filled: Store, way: str) -> None:
    before = state(filled)
    with pytest.raises((driver.DatabaseError, DatabaseError), match=REFUSED):
        filled.write(ATTEMPTS[way])
    assert state(filled) == before


@pytest.mark.parametrize("way", ATTEMPTS)
def test_control_without_the_guard_each_way_works(
    filled: Store, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Guard, "__call__", lambda *_: driver.SQLITE_OK)
    filled.write(ATTEMPTS[way])


def test_every_table_of_records_and_log_is_guarded(filled: Store) -> None:
    def refused(session: Writing) -> set[str]:
        found = set()
        for (table,) in session.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
            try:
                session.connection.execute(f"DELETE FROM {table} WHERE 0")
            except driver.DatabaseError:
                found.add(table)
        return found

    tables = filled.write(refused)
    assert {f"r_{kind.KIND}" for kind in RECORDS} | GUARDED - {"sqlite_master"} <= tables
    assert not tables & {"setting", "draft", "blob", "counter", "frozen_paper", "to_index"}
    assert all(guarded(table) for table in tables if not table.startswith(("sqlite_", "search_")))


def test_a_statement_of_apply_cannot_be_used_again_from_outside(filled: Store, actor: Actor) -> None:
    """The driver keeps prepared statements by their text; what was allowed once must not stay so."""
    heard: list[str] = []

    def twice(session: Writing) -> None:
        session.connection.set_trace_callback(heard.append)
        record(session, actor, "", "person", "p2", {"name": "测试乙"}, {})
        session.connection.set_trace_callback(None)
        session.connection.execute("INSERT OR IGNORE INTO author(worker) VALUES(?)", ("worker-1",))

    with pytest.raises(driver.DatabaseError, match=REFUSED):
        filled.write(twice)
    assert any("INTO r_person" in statement for statement in heard)


def test_reader_cannot_write(filled: Store) -> None:
    with pytest.raises(AppError) as refused:
        filled.read(lambda s: s.connection.execute("INSERT INTO setting VALUES('x', '1')"))
    assert "readonly" in str(refused.value.__cause__)


def test_a_session_that_closes_ends_no_transaction(store: Store, actor: Actor) -> None:
    def work(session: Writing) -> Person | None:
        record(session, actor, "", "person", "p1", {"name": "测试甲"}, {})
        read.get(session, Person, "p1")
        assert session.connection.in_transaction
        record(session, actor, "", "person", "p2", {"name": "测试乙"}, {})
        return read.get(session, Person, "p2")

    assert store.write(work) is not None
    assert len(store.read(lambda s: read.select_where(s, Person))) == 2
