"""A computer joins whole or not at all: no store without its request, and no request without its store."""

from __future__ import annotations

from pathlib import Path

import pytest

from sgz_desktop.actions import exchange_join
from sgz_desktop.actions import station as making
from sgz_desktop.actions.exchange_join import Invitation
from sgz_desktop.actions.station import LOCK, has_store
from sgz_desktop.errors import AppError, Cancelled
from tests.actions import laptops
from tests.proofs.faulty_disk import FULL, READ_ONLY, Case, FaultyDisk


@pytest.fixture(scope="module")
def invitation(tmp_path_factory: pytest.TempPathFactory) -> Invitation:
    folder = tmp_path_factory.mktemp("first")
    first = laptops.founder(folder / "store").station
    told = exchange_join.invite(first.desk, first, folder / "invitation")
    first.close()
    return told


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Another computer: where the stick, its store and its state are."""
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    (tmp_path / "stick").mkdir()
    return tmp_path


def joins(place: Path, invitation: Invitation, **options: object) -> None:
    station, _ = exchange_join.join(
        place / "store", invitation, "周望川", laptops.PASSPHRASE, "2号机", place / "stick" / "request",
        params=laptops.CHEAP, recovery=invitation.by_keys.box, **options,
    )  # fmt: skip
    station.close()


def refused(place: Path, invitation: Invitation) -> str:
    """What the person is told; "" when it went well."""
    try:
        joins(place, invitation)
    except AppError as fault:
        return str(fault)
    return ""


def left(place: Path) -> list[str]:
    """Files there are; but for locks, and counts of tries, which outlive the store."""
    found = [path for path in place.rglob("*") if path.is_file()]
    return [path.name for path in found if path.name != LOCK and not path.name.startswith("tries.")]


def test_where_no_request_can_be_written_nothing_stays_and_another_try_goes_well(
    place: Path, invitation: Invitation
) -> None:
    told, at = "", 0
    with FaultyDisk().at_work(place / "stick") as disk:
        while told or not at:
            at += 1
            with disk.fails(Case(FULL), at) as run:
                told = refused(place, invitation)
            if told:
                assert told.endswith("换一个U盘或文件夹，再写一次就好。")
                assert left(place) == []
                assert not has_store(place / "store")
    assert (at, run.refused) == (6, [])  # once at each of five calls, then on a sound stick
    assert has_store(place / "store")
    assert "request" in left(place)


def test_a_stick_that_takes_nothing_keeps_what_lay_there(place: Path, invitation: Invitation) -> None:
    (place / "stick" / "request").write_bytes(b"of another computer")
    with FaultyDisk().at_work(place / "stick", READ_ONLY) as disk, disk.fails(Case(READ_ONLY, True), 1):
        assert "请换一个位置" in refused(place, invitation)
    assert left(place) == ["request"]


def test_a_request_goes_with_the_store_that_could_not_be_finished(
    place: Path, invitation: Invitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(folder: Path) -> None:
        assert (place / "stick" / "request").exists()
        raise AppError("磁盘满了，没有写入。", "请腾出空间再试。")

    monkeypatch.setattr(making, "_finish_making", refuses)
    assert "磁盘满了" in refused(place, invitation)
    assert left(place) == []


def test_somebody_stops_it(place: Path, invitation: Invitation) -> None:
    def stop(words: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        joins(place, invitation, say=stop)
    assert left(place) == []


def test_control_what_is_not_cleared_away_is_noticed(
    place: Path, invitation: Invitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "_clear_unfinished", lambda folder: None)
    (place / "stick").rmdir()
    assert refused(place, invitation)
    assert left(place) != []
