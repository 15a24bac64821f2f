"""Every unsafe way to open a store is refused, and each refusal is made to happen here."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from sgz_desktop.domain.actor import Actor
from sgz_desktop.errors import AppError
from sgz_desktop.store import connection as opening
from sgz_desktop.store.connection import DATABASE, assert_durable, assert_safe_build, connect
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import record


def test_a_driver_without_a_cipher_is_refused(
    tmp_path: Path, store_key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "cipher_version", lambda: "")
    with pytest.raises(AssertionError, match="plain text"):
        connect(tmp_path / DATABASE, store_key)
    assert not (tmp_path / DATABASE).exists()


def test_plain_sqlite_has_no_cipher_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "driver", sqlite3)
    assert opening.cipher_version() == ""


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 51, 2)])
def test_an_old_sqlite_is_refused(
    tmp_path: Path, store_key: bytes, monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...]
) -> None:
    monkeypatch.setattr(driver, "sqlite_version_info", version)
    with pytest.raises(AssertionError, match="corrupt"):
        connect(tmp_path / DATABASE, store_key)


def test_the_build_in_use_is_safe() -> None:
    assert_safe_build()
    assert_safe_build((3, 51, 3), "4.12.0 community")


@pytest.mark.parametrize("key", [b"", bytes(31), bytes(33), bytes(16), b"k" * 64])
def test_a_key_of_another_length_is_refused(tmp_path: Path, key: bytes) -> None:
    with pytest.raises(AssertionError, match="32 bytes"):
        connect(tmp_path / DATABASE, key)
    assert not (tmp_path / DATABASE).exists()


def test_the_key_is_used_as_it_is(store: Store, store_key: bytes) -> None:
    """By the driver alone, with all 64 digits: a key cut short would have been taken as a passphrase."""
    store.close()
    plain = driver.connect(str(store.folder / DATABASE))
    plain.execute(f"PRAGMA key = \"x'{store_key.hex()}'\"")
    assert plain.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] > 0
    plain.close()


def test_control_a_short_key_would_be_taken_as_a_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "assert_key", lambda key: None)
    connect(tmp_path / DATABASE, bytes(31)).close()


def test_a_plain_file_is_refused(tmp_path: Path, store_key: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with sqlite3.connect(tmp_path / DATABASE) as plain:
        plain.execute("CREATE TABLE t(a)")
    plain.close()
    before = (tmp_path / DATABASE).read_bytes()
    with pytest.raises(AppError, match="资料打不开"):
        connect(tmp_path / DATABASE, store_key)
    # a driver that ignores the key would open it in silence: then the header gives it away
    monkeypatch.setattr(opening, "_prepare", lambda *_: None)
    with pytest.raises(AssertionError, match="not encrypted"):
        connect(tmp_path / DATABASE, store_key)
    assert (tmp_path / DATABASE).read_bytes() == before


def test_normal_synchronous_is_refused(store: Store) -> None:
    connection = connect(store.folder / DATABASE, bytes(range(32)))
    assert_durable(connection)
    connection.execute("PRAGMA synchronous = NORMAL")
    with pytest.raises(AssertionError, match="synchronous=FULL"):
        assert_durable(connection)
    connection.close()


def test_synchronous_is_asked_at_every_open(
    tmp_path: Path, store_key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "SYNCHRONOUS", "NORMAL")
    with pytest.raises(AssertionError, match="synchronous=FULL"):
        connect(tmp_path / DATABASE, store_key)


def test_the_file_is_encrypted_and_the_connections_are_as_designed(store: Store, actor: Actor) -> None:
    store.write(lambda s: record(s, actor, "登记", "person", "p1", {"name": "测试暗号甲"}, {}))
    for path in store.folder.iterdir():
        data = path.read_bytes()
        assert "测试暗号甲".encode() not in data
        assert b"SQLite format 3" not in data
        assert b"r_person" not in data

    def settings(name: str) -> list[object]:
        ask = f"PRAGMA {name}"
        return [
            store.write(lambda s: s.connection.execute(ask).fetchone()[0]),
            store.read(lambda s: s.connection.execute(ask).fetchone()[0]),
        ]

    assert settings("journal_mode") == ["wal", "wal"]
    assert settings("synchronous") == [2, 2]
    assert settings("temp_store") == [2, 2]
    assert settings("locking_mode") == ["normal", "normal"]
    assert settings("query_only") == [0, 1]


def test_a_wrong_key_gets_a_sentence_and_changes_nothing(
    store: Store, capfd: pytest.CaptureFixture[str]
) -> None:
    store.close()
    before = {path.name: path.read_bytes() for path in store.folder.iterdir()}
    with pytest.raises(AppError, match="资料打不开，文件没有改动"):
        connect(store.folder / DATABASE, b"x" * 32)
    assert {path.name: path.read_bytes() for path in store.folder.iterdir()} == before
    assert capfd.readouterr().err == ""


def test_a_missing_folder_gets_a_sentence(store: Store, tmp_path: Path, store_key: bytes) -> None:
    with pytest.raises(AppError, match="资料文件夹"):
        Store(tmp_path / "nowhere", store_key, store.identity)


def test_another_stations_file_is_refused(store: Store, store_key: bytes) -> None:
    from dataclasses import replace

    store.close()
    for other in (replace(store.identity, store_id="other"), replace(store.identity, kind="practice")):
        with pytest.raises(AppError, match="不属于这个社工站"):
            Store(store.folder, store_key, other)
