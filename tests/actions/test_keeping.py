"""Backing up, restoring as a new device, and checking what is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sgz_desktop.actions import keeping
from sgz_desktop.actions.forms import form, new_form, save_form
from sgz_desktop.actions.letters import PAIRS
from sgz_desktop.actions.station import OpenStation, open_station
from sgz_desktop.errors import AppError, Cancelled
from sgz_desktop.store import blobs, log, settings
from sgz_desktop.store.connection import DATABASE
from sgz_desktop.vault.unlocking import WrongPassphrase

PASSPHRASE = "river lantern seventeen"
Make = Callable[..., OpenStation]


def with_a_person(station: OpenStation, name: str = "试验甲") -> str:
    blank = new_form(station.desk, "person")
    save_form(station.desk, blank, {"name": name})
    return blank.id


def digest(station: OpenStation) -> str:
    return station.desk.read(log.digest)


@pytest.fixture
def made(station: OpenStation, tmp_path: Path) -> Path:
    """A backup of a station with one person and one attachment."""
    with_a_person(station)
    station.desk.store.write(lambda session: blobs.put(session, b"a picture", "image/png"))
    keeping.back_up(station.desk, station, tmp_path / "backup.sgzbak")
    return tmp_path / "backup.sgzbak"


def test_a_restored_station_is_a_new_device_of_the_next_epoch(
    station: OpenStation, made: Path, tmp_path: Path
) -> None:
    before, kept = station.desk.device, digest(station)
    person = with_a_person(station, "备份之后")
    restored = keeping.restore(made, tmp_path / "again", "李小禾", PASSPHRASE)
    assert digest(restored) == kept != digest(station)
    assert restored.desk.device.id != before.id
    own = restored.desk.device
    assert (own.epoch, own.letter in PAIRS) == (before.epoch + 1, True)
    assert restored.notices == [keeping.RESTORED]
    new = with_a_person(restored, "恢复之后")
    values = form(restored.desk, new, "person").values
    assert values["number"] == f"人{own.letter}0001"  # never the number given after the backup
    assert form(station.desk, person, "person").values["number"] == "人A0002"
    devices = restored.desk.read(
        lambda session: session.connection.execute(
            "SELECT epoch, endorsed_by FROM r_device ORDER BY epoch"
        ).fetchall()
    )
    assert devices == [(1, None), (2, before.id)]
    assert keeping.check_store(restored.desk, restored).problems == ()
    restored.close()
    reopened = open_station(tmp_path / "again", "李小禾", PASSPHRASE)
    assert (reopened.notices, reopened.desk.device.letter) == ([], own.letter)
    reopened.close()


def test_restoring_where_the_store_was_is_a_new_device_too(
    station: OpenStation, made: Path, tmp_path: Path
) -> None:
    place, before = station.folder, station.desk.device.id
    station.close()
    place.rename(tmp_path / "lost")
    restored = keeping.restore(made, place, "李小禾", PASSPHRASE)
    assert restored.desk.device.id != before
    restored.close()


@pytest.mark.parametrize(
    ("user", "passphrase"), [("李小禾", "another lantern here"), ("无此人", PASSPHRASE)], ids=["word", "name"]
)
def test_nobody_else_restores(made: Path, tmp_path: Path, user: str, passphrase: str) -> None:
    with pytest.raises(WrongPassphrase):
        keeping.restore(made, tmp_path / "again", user, passphrase)
    assert not (tmp_path / "again").exists()


def test_a_damaged_backup_leaves_the_folder_as_it_was(made: Path, tmp_path: Path) -> None:
    data = bytearray(made.read_bytes())
    data[len(data) // 2] ^= 1
    made.write_bytes(data)
    (tmp_path / "again").mkdir()
    with pytest.raises(AppError, match="不完整或已损坏"):
        keeping.restore(made, tmp_path / "again", "李小禾", PASSPHRASE)
    assert list((tmp_path / "again").iterdir()) == []


def test_a_folder_in_use_is_left_alone(station: OpenStation, made: Path) -> None:
    with pytest.raises(AppError, match="已经有一个社工站"):
        keeping.restore(made, station.folder, "李小禾", PASSPHRASE)
    assert digest(station)


def test_a_fault_at_the_last_step_takes_the_folder_back(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise AppError("不一致。")

    monkeypatch.setattr(keeping, "verify_restored", refuse)
    with pytest.raises(AppError, match="不一致"):
        keeping.restore(made, tmp_path / "again", "李小禾", PASSPHRASE)
    assert not (tmp_path / "again").exists()
    monkeypatch.undo()
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    keeping.restore(made, tmp_path / "again", "李小禾", PASSPHRASE).close()


def test_the_day_is_noted_and_a_cancelled_backup_is_not(station: OpenStation, tmp_path: Path) -> None:
    def stop(done: int, total: int, what: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        keeping.back_up(station.desk, station, tmp_path / "b", stop)
    assert station.desk.read(lambda session: settings.get(session, "last_backup")) is None
    assert not (tmp_path / "b").exists()
    keeping.back_up(station.desk, station, tmp_path / "b")
    assert station.desk.read(lambda session: settings.get(session, "last_backup")) == station.desk.today()


def test_check_tells_what_is_whole_and_what_is_not(station: OpenStation, made: Path) -> None:
    found = keeping.check_store(station.desk, station)
    assert found.problems == ()
    assert found.figures["digest"] == digest(station)
    assert (found.figures["edits"], found.figures["blobs"], found.figures["open_conflicts"]) == (2, 1, 0)
    (file,) = [path for path in (station.folder / blobs.FOLDER).iterdir() if path.is_file()]
    file.write_bytes(b"damaged")
    assert any("附件" in sentence for sentence in keeping.check_store(station.desk, station).problems)


def test_check_sees_a_store_put_back_from_an_older_copy(station: OpenStation, tmp_path: Path) -> None:
    with_a_person(station)
    folder = station.folder
    station.close()
    older = (folder / DATABASE).read_bytes()
    again = open_station(folder, "李小禾", PASSPHRASE)
    with_a_person(again)
    again.close()
    (folder / DATABASE).write_bytes(older)
    rolled = open_station(folder, "李小禾", PASSPHRASE)
    assert "旧" in rolled.notices[0]
    assert rolled.desk.device.epoch == 2
    rolled.close()
