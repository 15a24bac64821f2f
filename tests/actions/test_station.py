"""A station made, opened, copied, put back and left by a worker."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sgz_desktop.actions import people, station, workers
from sgz_desktop.actions.letters import PAIRS
from sgz_desktop.actions.station import NEW_DEVICE, ROLLED_BACK, OpenStation, open_station
from sgz_desktop.domain.ed25519 import verify
from sgz_desktop.domain.signed_words import head_message
from sgz_desktop.errors import AppError
from sgz_desktop.store import access, drafts, log
from sgz_desktop.store.signatures import signed_heads
from sgz_desktop.vault.unlocking import WrongPassphrase
from tests.actions.conftest import PASSPHRASE, Make

USER = "李小禾"
SECOND = "five tall blue lamps"
THIRD = "nine slow green boats"


def write_something(opened: OpenStation, name: str = "测试甲") -> str:
    made = people.register_household(opened.desk, {}, [people.MemberInput("02", {"name": name})])
    return made.people[0]


def test_a_new_station_holds_no_record_and_no_edit(station: OpenStation) -> None:
    assert station.desk.read(log.counts) == {"edits": 0, "open_conflicts": 0}
    assert list(station.desk.read(lambda session: list(log.shown_values(session)))) == []


def test_what_was_written_is_there_after_closing(make_station: Make) -> None:
    first = make_station()
    person = write_something(first)
    digest = first.desk.read(log.digest)
    first.close()
    again = open_station(first.folder, USER, PASSPHRASE)
    assert again.desk.read(log.digest) == digest
    assert people.person_page(again.desk, person).line.name == "测试甲"
    assert again.notices == []
    assert again.desk.device.letter == "A"
    again.close()


def test_closing_signs_the_head_once(make_station: Make) -> None:
    first = make_station()
    write_something(first)
    device, key, store_id = first.desk.device, first.state.key.public, first.slots.store_id
    first.close()
    again = open_station(first.folder, USER, PASSPHRASE)
    ((_, _, seq, digest, signature),) = again.desk.read(lambda s: signed_heads(s, device.id))
    message = head_message(store_id, device.id, device.epoch, seq, digest)
    assert verify(key, message, signature)
    assert not verify(key, message + b"x", signature)
    again.close()
    calm = open_station(first.folder, USER, PASSPHRASE)
    assert len(calm.desk.read(lambda s: signed_heads(s, device.id))) == 1
    lines = calm.desk.store.write(access.lines)
    assert [line.action for line in lines].count("unlock") == 2
    calm.close()


def test_a_second_opener_is_told_so(station: OpenStation) -> None:
    with pytest.raises(AppError, match="另一个窗口正在使用"):
        open_station(station.folder, USER, PASSPHRASE)


def test_a_wrong_passphrase_changes_nothing(make_station: Make) -> None:
    first = make_station()
    write_something(first)
    digest = first.desk.read(log.digest)
    first.close()
    for user, passphrase in [(USER, "quite another one"), ("没有这个人", PASSPHRASE)]:
        with pytest.raises(WrongPassphrase, match="密码不对，请再试一次。"):
            open_station(first.folder, user, passphrase)
    again = open_station(first.folder, USER, PASSPHRASE)
    assert again.desk.read(log.digest) == digest
    again.close()


def test_a_second_station_is_not_made_over_the_first(station: OpenStation) -> None:
    with pytest.raises(AppError, match="已经有一个社工站"):
        station_again(station.folder)


def station_again(folder: Path) -> None:
    station.create_station(folder, "另一站", USER, PASSPHRASE)


def test_a_copied_folder_becomes_a_new_device_and_loses_nothing(make_station: Make, tmp_path: Path) -> None:
    first = make_station()
    write_something(first)
    digest, device = first.desk.read(log.digest), first.desk.device
    first.close()
    shutil.copytree(first.folder, tmp_path / "copy")
    copy = open_station(tmp_path / "copy", USER, PASSPHRASE)
    assert copy.notices == [NEW_DEVICE]
    assert copy.desk.read(log.digest) == digest
    assert copy.desk.device.id != device.id
    assert copy.desk.device.letter in PAIRS
    person = write_something(copy, "测试乙")
    assert people.person_page(copy.desk, person).line.number.startswith(f"人{copy.desk.device.letter}")
    copy.close()


def test_an_old_copy_put_back_is_noticed(make_station: Make, tmp_path: Path) -> None:
    first = make_station()
    write_something(first)
    first.close()
    shutil.copytree(first.folder, tmp_path / "old")
    later = open_station(first.folder, USER, PASSPHRASE)
    write_something(later, "测试乙")
    device = later.desk.device
    later.close()
    shutil.rmtree(first.folder)
    shutil.copytree(tmp_path / "old", first.folder)
    again = open_station(first.folder, USER, PASSPHRASE)
    assert again.notices == [ROLLED_BACK]
    assert (again.desk.device.id, again.desk.device.epoch) != (device.id, device.epoch)
    assert again.desk.device.endorsed_by == device.id
    write_something(again, "测试丙")
    again.close()
    calm = open_station(first.folder, USER, PASSPHRASE)
    assert calm.notices == []
    calm.close()


def test_a_removed_worker_is_out_and_everybody_else_stays_in(make_station: Make) -> None:
    first = make_station()
    write_something(first)
    digest = first.desk.read(log.digest)
    workers.add_worker(first.desk, first, "何乙", SECOND, ["social_worker"])
    workers.add_worker(first.desk, first, "韦丙", THIRD, ["social_worker"])
    second = next(slot.worker_id for slot in first.slots.workers if slot.user == "何乙")
    for worker in (second, first.desk.actor.worker):
        first.desk.write(lambda s, worker=worker: drafts.keep(s, worker, "visit", "new:", {"facts": "半句"}))
    old_slots = (first.folder / "slots.json").read_bytes()
    workers.remove_worker(first.desk, first, "何乙")
    with pytest.raises(WrongPassphrase):
        open_station(first.folder, "何乙", SECOND)
    absent = open_station(first.folder, "韦丙", THIRD)
    kept = absent.desk.read(
        lambda s: [len(drafts.of_worker(s, worker)) for worker in (second, first.desk.actor.worker)]
    )
    assert kept == [0, 1]
    assert absent.desk.read(log.digest) == digest
    absent.close()
    (first.folder / "slots.json").write_bytes(old_slots)
    with pytest.raises(AppError):
        open_station(first.folder, "何乙", SECOND)
