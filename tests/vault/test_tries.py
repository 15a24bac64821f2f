"""The count of tries: where it stands, what it survives, what it cannot be talked out of."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sgz_desktop import files
from sgz_desktop.errors import AppError
from sgz_desktop.vault import tries
from sgz_desktop.vault.tries import (
    FILE,
    FREE,
    LOCK,
    TWIN,
    WAITS,
    TooManyTries,
    Tries,
    WrongSecret,
    wait_after,
)
from tests.vault.fake_machine import Machine

STORE_ID = "01900000-0000-4000-8000-000000000001"


class Store:
    """A store folder and what this computer keeps beside it."""

    def __init__(self, base: Path, machine: Machine) -> None:
        self._machine = machine
        self.folder, self.state = base / "store", base / "state" / STORE_ID
        self.folder.mkdir()
        Tries(STORE_ID, self.folder).begin()

    @property
    def places(self) -> tuple[Path, Path, Path]:
        return self.state / FILE, self.state / TWIN, self.folder / FILE

    def door(self) -> Tries:
        """As a process just started has it: nothing is remembered but on disk."""
        return Tries(STORE_ID, self.folder)

    def wrong(self, times: int = 1) -> None:
        """Tries in vain, each as soon as it may be made."""
        for _ in range(times):
            self._machine.run(self.left())
            with pytest.raises(WrongSecret), self.door().one():
                raise WrongSecret("no")

    def right(self) -> None:
        with self.door().one():
            pass

    def left(self) -> int:
        refusal = self.door().refusal()
        return refusal.seconds if refusal else 0


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(monkeypatch)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, machine: Machine) -> Store:
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    return Store(tmp_path, machine)


def test_the_waits_grow_and_stay() -> None:
    assert [wait_after(wrong) for wrong in range(10)] == [0] * 5 + [60, 300, 900, 3600, 3600]
    assert (FREE, WAITS) == (5, (60, 300, 900, 3600))


def test_five_tries_then_each_one_waits_longer(store: Store, machine: Machine) -> None:
    store.wrong(5)
    for wait in (60, 300, 900, 3600, 3600):
        assert store.left() == wait
        machine.run(wait - 0.5)
        assert store.left() == 1
        with pytest.raises(TooManyTries):
            store.right()
        machine.run(0.5)
        assert store.left() == 0
        store.wrong()


def test_a_right_one_forgets_all_that_came_before(store: Store) -> None:
    for _ in range(3):
        store.wrong(4)
        store.right()
    store.wrong(5)
    assert store.left() == 60


def test_the_wait_is_said_calmly_and_to_everybody_alike() -> None:
    assert str(TooManyTries(3600)) == "密码或恢复卡多次不对，请等60分钟再试；资料都在。"
    assert TooManyTries(61).message == "密码或恢复卡多次不对，请等2分钟再试；"
    assert TooManyTries(59).message == "密码或恢复卡多次不对，请等59秒再试；"
    assert max(len(TooManyTries(n).message) for n in range(1, 3601)) <= 30


def test_what_is_not_a_guess_is_not_counted(store: Store, machine: Machine) -> None:
    for _ in range(8):
        with pytest.raises(AppError, match="第3组"), store.door().one():
            raise AppError("第3组有字不对")
    store.wrong(5)
    machine.run(60)
    with pytest.raises(AppError, match="第3组"), store.door().one():
        raise AppError("第3组有字不对")
    assert store.left() == 0
    store.wrong()
    assert store.left() == 300


def test_a_process_killed_meanwhile_has_had_its_try(store: Store) -> None:
    for _ in range(5):
        with pytest.raises(KeyboardInterrupt), store.door().one():
            raise KeyboardInterrupt
    assert store.left() == 60


def test_switched_off_is_not_waited_and_asleep_is(store: Store, machine: Machine) -> None:
    store.wrong(6)
    machine.run(100)
    assert store.left() == 200
    machine.restart(off=9_000)
    assert store.left() == 300
    machine.run(299)
    assert store.left() == 1
    machine.run(1)
    store.right()


def test_without_a_name_for_a_start_the_clock_running_backwards_tells_it(
    store: Store, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tries, "boot_id", lambda: "")
    store.wrong(5)
    machine.restart(off=9_000)
    assert store.left() == 60
    machine.run(60)
    assert store.left() == 0


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"{}"),
        lambda path: path.write_bytes(b"[" * 10_000),
        lambda path: path.write_bytes(path.read_bytes().replace(b'"wrong": 6', b'"wrong": 0')),
        lambda path: path.write_bytes(path.read_bytes()[:40]),
        lambda path: (path.unlink(), path.mkdir()),
    ],
    ids=["gone", "empty", "bare", "deep", "edited", "torn", "folder"],
)
def test_one_record_spoilt_changes_nothing(store: Store, place: int, spoil: Callable[[Path], object]) -> None:
    store.wrong(5)
    spoil(store.places[place])
    assert store.left() == 60


@pytest.mark.parametrize("gone", [(0, 1), (0, 1, 2)], ids=["of this computer", "all"])
def test_records_taken_away_are_the_longest_wait(
    store: Store, machine: Machine, gone: tuple[int, ...]
) -> None:
    for place in gone:
        store.places[place].unlink()
    assert store.left() == 3600
    machine.run(3599)
    for path in store.places:
        path.write_bytes(b"{}")
    assert store.left() == 3600
    machine.run(3600)
    store.right()
    assert store.left() == 0


def test_an_older_record_put_back_does_not_count(store: Store, machine: Machine) -> None:
    for place in store.places:
        old = place.read_bytes()
        store.wrong(5)
        place.write_bytes(old)
        assert store.left() == 60
        machine.run(60)
        store.right()
    store.wrong(6)
    kept = store.places[2].read_bytes()
    machine.run(300)
    store.right()
    store.wrong(5)
    store.places[2].write_bytes(kept)  # more tries, but longer ago: the wait of the other stands
    assert store.left() == 60


def test_a_copied_folder_and_a_backup_share_the_count(store: Store, tmp_path: Path) -> None:
    store.wrong(3)
    copy = Tries(STORE_ID, tmp_path / "copy")
    (tmp_path / "copy").mkdir()
    backup = Tries(STORE_ID)
    for door in (copy, backup):
        with pytest.raises(WrongSecret), door.one():
            raise WrongSecret("no")
    for door in (copy, backup, store.door()):
        refusal = door.refusal()
        assert refusal is not None
        assert refusal.seconds == 60


def test_a_backup_of_a_store_never_seen_here_is_not_made_to_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, machine: Machine
) -> None:
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    assert Tries(STORE_ID).refusal() is None
    for _ in range(5):
        with pytest.raises(WrongSecret), Tries(STORE_ID).one():
            raise WrongSecret("no")
    for name in (FILE, TWIN):
        (tmp_path / "state" / STORE_ID / name).unlink()
    with pytest.raises(TooManyTries, match="60分钟"), Tries(STORE_ID).one():
        raise AssertionError


def test_beginning_again_lowers_nothing(store: Store) -> None:
    store.wrong(5)
    for door in (store.door(), Tries(STORE_ID)):
        door.begin()
        assert store.left() == 60
    store.places[2].unlink()
    store.door().begin()
    assert json.loads(store.places[2].read_bytes())["wrong"] == 5


def test_a_folder_carried_to_another_computer_brings_its_count(store: Store, tmp_path: Path) -> None:
    store.wrong(4)
    (tmp_path / "state").rename(tmp_path / "another computer's")
    store.wrong()
    assert store.left() == 60
    assert all(place.exists() for place in store.places)
    (tmp_path / "state").rename(tmp_path / "a third computer's")
    store.places[2].unlink()
    assert store.left() == 3600


def test_tries_at_a_backup_are_not_lost_with_a_record(store: Store) -> None:
    """They are not written beside the slot list; so two records of this computer say them."""
    untried = store.places[2].read_bytes()
    for _ in range(5):
        with pytest.raises(WrongSecret), Tries(STORE_ID).one():
            raise WrongSecret("no")
    for place in store.places[:2]:
        kept = place.read_bytes()
        for other in (b"", untried):
            place.write_bytes(other)
            assert store.left() == 60
        place.write_bytes(kept)


def test_the_records_keep_their_size_and_are_this_users_alone(store: Store) -> None:
    """Written over in place they need no room, so a full disk shuts nobody out."""
    sizes = {path.stat().st_size for path in store.places}
    store.wrong(4)
    store.right()
    assert {path.stat().st_size for path in store.places} == sizes == {512}
    assert {path.stat().st_mode & 0o77 for path in store.places} == {0}


def test_where_no_record_can_be_written_nobody_may_try(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing, real = set(store.places), files.overwrite

    def overwrite(path: Path, data: bytes) -> None:
        if path in refusing:
            raise AppError("这个文件夹不能写入，请换一个位置。")
        real(path, data)

    monkeypatch.setattr(files, "overwrite", overwrite)
    with pytest.raises(AppError, match="不能写入"):
        store.right()
    refusing.remove(store.places[0])
    store.wrong(5)
    assert store.left() == 60


def test_two_at_once_are_counted_as_two(store: Store) -> None:
    with files.OneOpener(store.state / LOCK), pytest.raises(AppError, match="另一个窗口"):
        store.right()

    def both() -> None:
        with store.door().one():
            store.wrong()
            raise AppError("磁盘")  # taking one's own back does not take the other's back

    with pytest.raises(AppError, match="磁盘"):
        both()
    store.wrong(3)
    assert store.left() == 60


def test_this_computer_has_a_clock_nobody_sets() -> None:
    first, start = tries.uptime(), tries.boot_id()
    time.sleep(0.01)
    assert 0.01 <= tries.uptime() - first < 5
    assert tries.boot_id() == start
    if os.path.exists("/proc/sys/kernel/random/boot_id"):
        assert len(start) == 36
