"""Old files open and say what they said; newer ones are left alone; an upgrade is whole or not begun."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sgz_desktop import __main__ as start
from sgz_desktop.actions import keeping
from sgz_desktop.actions.station import OpenStation, open_station
from sgz_desktop.errors import AppError
from sgz_desktop.store import migrate, probe
from sgz_desktop.store.connection import DATABASE, Connection, Guard, connect
from tests.conftest import TestClock
from tests.proofs.conftest import Tally
from tests.proofs.lived_in import new_peer, unflushed, work
from tests.proofs.make_fixture import FIXTURES, WANTED, at_one_place, make, put_up

VERSIONS = sorted(FIXTURES.glob("schema-*"), key=lambda path: int(path.name.removeprefix("schema-")))
NOW = migrate.SCHEMA
CURRENT = FIXTURES / f"schema-{NOW}"
COPY = migrate.COPY.format(version=NOW)


@pytest.fixture(autouse=True)
def made_up_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    with at_one_place(), unflushed():
        yield


def opened(folder: Path, facts: dict[str, Any]) -> OpenStation:
    return open_station(folder, facts["user"], facts["passphrase"], now=TestClock())


def says(station: OpenStation) -> dict[str, Any]:
    found = keeping.check_store(station.desk, station)
    return {name: found.figures[name] for name in WANTED} | {"problems": list(found.problems)}


def test_this_version_has_its_fixture() -> None:
    assert CURRENT in VERSIONS, "run: python -m tests.proofs.make_fixture"
    assert sum(path.stat().st_size for path in CURRENT.rglob("*") if path.is_file()) < 400_000


@pytest.mark.parametrize("fixture", VERSIONS, ids=lambda path: path.name)
def test_old_files_open_and_say_what_they_said(fixture: Path, tmp_path: Path, tally: Tally) -> None:
    facts = put_up(fixture, tmp_path)
    wanted = {name: facts[name] for name in (*WANTED, "problems")}
    assert min(facts["edits"], facts["records"]) > 10
    assert (facts["blobs"], facts["problems"]) == (4, [])
    with connect(tmp_path / "store" / DATABASE, bytes.fromhex(facts["key"])) as raw:
        assert raw.execute("PRAGMA user_version").fetchone()[0] == facts["schema"]
    raw.close()
    station = opened(tmp_path / "store", facts)
    assert station.notices == []  # the device it was, with both heads
    assert (station.desk.device.id, station.desk.device.letter) == (facts["device"], facts["letter"])
    assert says(station) == wanted
    peer = new_peer(tmp_path / "peer", station, "another peer")
    work(station, peer, 2)
    peer.close()
    later = says(station)
    assert later["edits"] > facts["edits"]
    assert later["problems"] == []
    station.close()
    again = opened(tmp_path / "store", facts)
    assert says(again) == later
    again.close()
    tally(f"old files: {fixture.name}", opened_from=facts["schema"], to=NOW, edits=facts["edits"], problems=0)


def test_control_a_fixture_of_other_content_is_told_apart(tmp_path: Path) -> None:
    facts = put_up(CURRENT, tmp_path)
    with connect(tmp_path / "store" / DATABASE, bytes.fromhex(facts["key"])) as raw:
        raw.execute("UPDATE r_person SET monthly_income = 7")
    raw.close()
    station = opened(tmp_path / "store", facts)
    assert says(station)["problems"] != facts["problems"]
    station.close()


def test_a_fixture_made_today_is_as_good(tmp_path: Path) -> None:
    """The script works whenever a version is released."""
    make(tmp_path / "room", tmp_path / "made")
    facts = put_up(tmp_path / "made", tmp_path / "again")
    shutil.rmtree(tmp_path / "state", ignore_errors=True)
    shutil.copytree(tmp_path / "again" / "state", tmp_path / "state")
    station = opened(tmp_path / "again" / "store", facts)
    assert (station.notices, says(station)["digest"]) == ([], facts["digest"])
    station.close()


def everything(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file under a folder: its bytes and when it was changed. Only the count of tries at the password,
    which is kept before anything is known of the store, goes on."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("tries."))
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


@pytest.fixture(params=["closed", "in its WAL"])
def newer(tmp_path: Path, request: pytest.FixtureRequest) -> dict[str, Any]:
    """The station as a newer program left it, closed or stopped with work in its WAL."""
    facts = put_up(CURRENT, tmp_path)
    folder = tmp_path / "store"
    raw = connect(folder / DATABASE, bytes.fromhex(facts["key"]))
    raw.execute(f"PRAGMA user_version = {NOW + 1}")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    if request.param == "closed":
        raw.close()
        return facts
    raw.execute("UPDATE r_person SET monthly_income = 7")
    shutil.copytree(folder, tmp_path / "stopped")
    raw.close()
    shutil.rmtree(folder)
    (tmp_path / "stopped").rename(folder)
    (folder / f"{DATABASE}-shm").unlink()
    return facts


def test_a_newer_store_is_not_opened_and_not_touched(tmp_path: Path, newer: dict[str, Any]) -> None:
    before = everything(tmp_path)
    with pytest.raises(AppError, match="更新的程序保存，没有改动。请先升级"):
        opened(tmp_path / "store", newer)
    assert everything(tmp_path) == before


@pytest.mark.parametrize("command", [["check"], ["export", "--out", "out"], ["backup", "--out", "out"]])
def test_a_newer_store_and_the_command_line(
    tmp_path: Path,
    newer: dict[str, Any],
    command: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sgz_desktop.process.leave_no_dumps", lambda: None)
    monkeypatch.setenv("SGZ_PASSPHRASE", newer["passphrase"])
    monkeypatch.chdir(tmp_path)
    before = everything(tmp_path)
    assert start.main([*command, "--store", str(tmp_path / "store")]) == 1
    assert capsys.readouterr().err == "这份资料由更新的程序保存，没有改动。请先升级本机的程序再打开。\n"
    assert everything(tmp_path) == before


def test_control_opened_without_looking_first_a_newer_store_is_touched(
    tmp_path: Path, newer: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probe, "refuse_newer", lambda version: None)
    before = everything(tmp_path / "store")
    with pytest.raises(AppError, match="更新的程序"):
        opened(tmp_path / "store", newer)
    if any(name.endswith("-wal") for name in before):
        assert everything(tmp_path / "store") != before


STEP = f'''
from alembic import op
from sgz_desktop.store.migrations.steps import add_field, add_kind
revision = "{NOW + 1:04}"
down_revision = "{NOW:04}"


def upgrade():
    add_field("person", "blood", str)
    add_kind("drone", {{"battery": int}})
    op.execute("CREATE TABLE made_up(a INTEGER PRIMARY KEY, b TEXT)")
    op.execute("INSERT INTO made_up SELECT rid, name FROM r_person")
    op.execute("CREATE INDEX made_up_b ON made_up(b)")
    op.execute("UPDATE r_visit SET facts = facts || '。'")
    op.execute("DROP INDEX r_goal_due_on")
'''


@pytest.fixture
def later_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A program with one step more than this one."""
    steps = tmp_path / "migrations"
    shutil.copytree(migrate.STEPS, steps, ignore=shutil.ignore_patterns("__pycache__"))
    (steps / "versions" / f"m{NOW + 1:04}_made_up.py").write_text(STEP, "utf-8")
    monkeypatch.setattr(migrate, "STEPS", steps)
    monkeypatch.setattr(migrate, "SCHEMA", NOW + 1)
    yield
    for name in [name for name in sys.modules if "_made_up" in name]:
        del sys.modules[name]


def upgrade(folder: Path, key: bytes, at: Callable[[Connection], None], through: type | None = None) -> None:
    """Open as far as the upgrade goes; `at` is called before every statement of it."""
    path = folder / DATABASE
    connection = connect(path, key)
    try:
        connection.set_trace_callback(lambda statement: at(connection))
        migrate.migrate(through(connection) if through else connection, path, key, Guard())
    finally:
        connection.set_trace_callback(None)
        connection.close()


def content(path: Path, key: bytes) -> list[object]:
    """All that a database says: its version, its tables and every row of them."""
    connection = connect(path, key, wal=False)
    try:
        run = connection.execute
        tables = run("SELECT name, sql FROM sqlite_master ORDER BY name, sql").fetchall()
        names = [row[0] for row in run("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        rows = [sorted(map(repr, run(f"SELECT * FROM {name}").fetchall())) for name in names]
        assert run("PRAGMA cipher_integrity_check").fetchall() == []
        assert run("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [run("PRAGMA user_version").fetchone(), tables, rows]
    finally:
        connection.close()


@pytest.fixture
def old(tmp_path: Path) -> tuple[Path, bytes, list[object], list[object]]:
    """A folder with the fixture, its key, and its content before and after the later program's upgrade."""
    facts = put_up(CURRENT, tmp_path)
    key, folder = bytes.fromhex(facts["key"]), tmp_path / "store"
    before = content(folder / DATABASE, key)
    shutil.copytree(folder, tmp_path / "whole")
    return folder, key, before, [tmp_path / "whole"]


def killed_at_every_statement(
    folder: Path, key: bytes, room: Path, through: type | None = None
) -> list[Path]:
    """One upgrade; the folder as a kill at each of its statements would leave it, and after the last."""
    images: list[Path] = []

    def keep(_: Connection) -> None:
        images.append(room / f"killed-{len(images)}")
        shutil.copytree(folder, images[-1])
        (images[-1] / f"{DATABASE}-shm").unlink(missing_ok=True)

    upgrade(folder, key, keep, through)
    shutil.copytree(folder, room / "killed at the end")
    return [*images, room / "killed at the end"]


def test_killed_at_any_statement_an_upgrade_has_happened_or_not(
    old: Any, tmp_path: Path, later_program: None, tally: Tally
) -> None:
    folder, key, before, _ = old
    images = killed_at_every_statement(folder, key, tmp_path)
    after = content(folder / DATABASE, key)
    assert after != before
    assert len(images) > 15
    unchanged = 0
    for image in images:
        found = content(image / DATABASE, key)
        assert found in (before, after)
        unchanged += found == before
        if (image / COPY).exists():
            assert content(image / COPY, key) == before
        upgrade(image, key, lambda connection: None)
        assert content(image / DATABASE, key) == after
        assert content(image / COPY, key) == before
    assert unchanged >= len(images) - 2  # before the commit nothing is in the file
    first = next(place for place, image in enumerate(images) if (image / COPY).exists())
    assert first < len(images) - 10  # the verified copy was there before the first table was touched
    tally(
        "old files: upgrade killed",
        statements=len(images),
        old=unchanged,
        whole=len(images) - unchanged,
        between=0,
    )


def test_stopped_by_a_fault_at_any_statement_an_upgrade_has_not_happened(
    old: Any, tmp_path: Path, later_program: None, tally: Tally
) -> None:
    folder, key, before, (whole,) = old
    stopped = place = 0
    while True:
        shutil.rmtree(folder)
        shutil.copytree(whole, folder)
        place += 1
        left = place

        def stop(connection: Connection) -> None:
            nonlocal left
            left -= 1
            if not left:
                connection.interrupt()

        try:
            upgrade(folder, key, stop)
        except Exception:
            stopped += 1
            assert content(folder / DATABASE, key) == before
        else:
            assert content(folder / DATABASE, key)[0] == (NOW + 1,)
        if left > 0:
            break
    assert stopped > 10
    tally("old files: upgrade stopped", statements=place - 1, refused=stopped, between=0)


class NoTransaction:
    """A connection that commits every statement by itself."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def execute(self, statement: str, *values: Any) -> Any:
        own = statement in ("BEGIN IMMEDIATE", "COMMIT")
        return None if own else self._connection.execute(statement, *values)


def test_control_without_its_transaction_an_upgrade_stops_between(
    old: Any, tmp_path: Path, later_program: None
) -> None:
    folder, key, before, _ = old
    images = killed_at_every_statement(folder, key, tmp_path, NoTransaction)
    after = content(folder / DATABASE, key)
    assert any(content(image / DATABASE, key) not in (before, after) for image in images)
