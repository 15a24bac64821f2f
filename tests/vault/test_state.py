"""What this computer keeps: found again here, nowhere else, and through every crash."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

import pytest
from vault_people import Crash, crash_points, crashing

from sgz_desktop.domain.ed25519 import verify
from sgz_desktop.vault import sealing
from sgz_desktop.vault.head import NONE_YET, Head
from sgz_desktop.vault.keys import Key
from sgz_desktop.vault.state import DeviceState, StateFolder, state_base

STORE = "0f0e0d0c-0000-4000-8000-000000000001"
OTHER = "0f0e0d0c-0000-4000-8000-000000000002"
HASH = b"h" * 32


@pytest.fixture(autouse=True)
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture
def root() -> Key:
    return Key.new()


@pytest.fixture
def folder(tmp_path: Path) -> StateFolder:
    (tmp_path / "store").mkdir()
    return StateFolder(STORE, tmp_path / "store")


def _same(left: DeviceState | None, right: DeviceState) -> bool:
    return left is not None and (
        left.device_id,
        left.epoch,
        left.key.public,
        left.identity,
        left.read_head(),
    ) == (
        right.device_id,
        right.epoch,
        right.key.public,
        right.identity,
        right.read_head(),
    )


def test_where_it_lies(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert state_base() == base
    monkeypatch.delenv("SGZ_STATE")
    assert state_base().name == "sgz-desktop"


def test_made_and_found_again(folder: StateFolder, root: Key) -> None:
    assert folder.open(root) is None
    made = folder.create(root)
    assert made.read_head() == NONE_YET
    assert made.epoch == 1
    made.write_head(7, HASH)
    made.sync()
    made.close()
    found = folder.open(root)
    assert _same(found, made)
    assert found is not None
    assert found.read_head() == Head(7, HASH)
    assert verify(made.key.public, b"message", found.key.sign(b"message"))
    assert sealing.recipient_of(found.identity) == found.recipient


def test_a_head_is_there_without_a_flush_or_a_close(folder: StateFolder, root: Key) -> None:
    """A killed program: what it had written to the kernel stays."""
    made = folder.create(root)
    made.write_head(7, HASH)
    found = folder.open(root)
    assert found is not None
    assert found.read_head() == Head(7, HASH)


def test_nothing_is_found_for_another_store_place_or_key(
    folder: StateFolder, root: Key, tmp_path: Path
) -> None:
    folder.create(root)
    assert folder.open(Key.new()) is None
    assert StateFolder(OTHER, tmp_path / "store").open(root) is None
    assert StateFolder(STORE, tmp_path / "copy").open(root) is None
    assert StateFolder(STORE, tmp_path / "x" / ".." / "store").open(root) is not None
    (tmp_path / "link").symlink_to(tmp_path / "store")
    assert StateFolder(STORE, tmp_path / "link").open(root) is not None


def test_a_state_copied_for_another_place_is_not_taken(
    folder: StateFolder, root: Key, tmp_path: Path
) -> None:
    folder.create(root)
    for other in (StateFolder(STORE, tmp_path / "copy"), StateFolder(OTHER, tmp_path / "store")):
        other.path.parent.mkdir(exist_ok=True)
        shutil.copytree(folder.path, other.path)
        assert other.open(root) is None


def test_nothing_secret_lies_open(folder: StateFolder, root: Key) -> None:
    made = folder.create(root, epoch=3)
    for file in folder.path.iterdir():
        data = file.read_bytes()
        for secret in (made.device_id, made.identity, root.reveal().hex(), made._secrets.seed.hex()):
            assert secret.encode() not in data
        assert file.stat().st_mode & 0o077 == 0
    assert folder.path.stat().st_mode & 0o077 == 0
    assert made.identity not in repr(made)


def test_damaged_in_any_byte_is_no_state(folder: StateFolder, root: Key) -> None:
    made = folder.create(root)
    made.close()
    device = folder.path / "device.json"
    data = device.read_bytes()
    for place in range(0, len(data), 5):
        device.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        found = folder.open(root)
        assert found is None or _same(found, made)  # a changed space in the JSON changes nothing
    device.write_bytes(data)
    head = next(folder.path.glob("head-*"))
    head.write_bytes(bytes(1024))
    assert folder.open(root) is None
    head.unlink()
    assert folder.open(root) is None


def test_the_access_log_has_a_head_beside_it(folder: StateFolder, root: Key) -> None:
    state = folder.create(root)
    state.write_head(9, HASH)
    state.write_lines(40, bytes(reversed(HASH)))
    state.sync()
    state.close()
    again = folder.open(root)
    assert again is not None
    assert again.read_head() == (9, HASH)
    assert again.read_lines() == (40, bytes(reversed(HASH)))


def test_a_new_device_takes_the_old_ones_place(folder: StateFolder, root: Key) -> None:
    old = folder.create(root)
    old.write_head(9, HASH)
    new = folder.create(root, epoch=old.epoch + 1)
    assert new.device_id != old.device_id
    assert new.key.public != old.key.public
    assert new.read_head() == NONE_YET
    assert _same(folder.open(root), new)
    assert new.read_lines() == NONE_YET
    names = sorted(path.name.partition("-")[0] for path in folder.path.iterdir())
    assert names == ["device.json", "head"]


def test_a_new_device_cut_short_anywhere(
    folder: StateFolder, root: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old device with its head, or the new one with its own: never a mixture."""
    outcomes = set()
    for after in range(crash_points(monkeypatch, lambda: folder.create(root)) + 3):
        shutil.rmtree(folder.path)
        old = folder.create(root, device_id=OTHER)
        old.write_head(9, HASH)
        with monkeypatch.context() as inside:
            crashing(inside, after)
            with contextlib.suppress(Crash):
                folder.create(root, epoch=2)
        found = folder.open(root)
        assert found is not None
        outcomes.add((found.epoch, found.device_id == OTHER, found.read_head()))
    assert outcomes == {(1, True, Head(9, HASH)), (2, False, NONE_YET)}


def test_a_new_root_key_is_followed(folder: StateFolder, root: Key) -> None:
    made = folder.create(root)
    made.write_head(9, HASH)
    new = Key.new()
    made.begin_reseal(new)
    made.finish_reseal()
    made.write_head(10, HASH)
    assert folder.open(root) is None
    assert _same(folder.open(new), made)


@pytest.mark.parametrize("rekeyed", [False, True])
def test_resealing_cut_short(folder: StateFolder, root: Key, rekeyed: bool) -> None:
    """Both keys find the device until it is known which one the store has; then only that one."""
    made = folder.create(root)
    made.write_head(9, HASH)
    new = Key.new()
    made.begin_reseal(new)
    right, wrong = (new, root) if rekeyed else (root, new)
    assert _same(folder.open(right), made)
    assert _same(folder.open(right), made)
    assert folder.open(wrong) is None


def test_resealing_killed_at_any_call(
    folder: StateFolder, root: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = Key.new()

    def reseal(made: DeviceState) -> None:
        made.begin_reseal(new)
        made.finish_reseal()

    first = folder.create(root)
    for after in range(crash_points(monkeypatch, lambda: reseal(first)) + 1):
        made = folder.create(root)
        with monkeypatch.context() as inside:
            crashing(inside, after)
            with contextlib.suppress(Crash):
                reseal(made)
        assert _same(folder.open(new) or folder.open(root), made)


def test_noting_a_head_touches_the_disk_once(
    folder: StateFolder, root: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stands after every commit: one small write, no flush."""
    made = folder.create(root)
    with monkeypatch.context() as inside:
        calls = crashing(inside, 0)
        made.write_head(1, HASH)
    assert calls == []  # neither open, write, fsync nor rename: a single pwrite
