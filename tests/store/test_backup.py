"""A backup counts only when proven, and what comes back is what went in, or nothing at all."""

from __future__ import annotations

import errno
import os
import random
import secrets
from collections.abc import Callable
from pathlib import Path

import pytest

from sgz_desktop import files
from sgz_desktop.domain.actor import Actor
from sgz_desktop.errors import AppError, Cancelled
from sgz_desktop.store import archive, backup, blobs, log
from sgz_desktop.store.connection import DATABASE
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import record

SLOTS = b'{"slots": "made up"}'
MAC_KEY = b"m" * 32


@pytest.fixture
def filled(store: Store, actor: Actor) -> Store:
    for place in range(5):
        store.write(
            lambda s, place=place: record(
                s, actor, "登记", "person", f"p{place}", {"name": f"测试{place}"}, {}
            )
        )
    store.write(lambda s: blobs.put(s, secrets.token_bytes(200_000), "image/png"))
    store.write(lambda s: blobs.put(s, b"small", "image/png"))
    return store


@pytest.fixture
def made(filled: Store, tmp_path: Path) -> Path:
    out = tmp_path / "out.backup"
    backup.backup(filled, out, SLOTS, MAC_KEY)
    return out


def left_in(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.name.startswith(files.PART)}


def whole(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_round_trip(filled: Store, tmp_path: Path, store_key: bytes) -> None:
    out, told = tmp_path / "out.backup", []
    result = backup.backup(filled, out, SLOTS, MAC_KEY, lambda *said: told.append(said))
    digest, history = filled.read(log.digest), filled.read(log.history_digest)
    pictures = filled.read(
        lambda s: {row[0]: blobs.get(s, row[0]) for row in s.connection.execute("SELECT sha256 FROM blob")}
    )
    assert (result.digest, result.edits, result.blobs, result.missing) == (digest, 5, 2, 0)
    assert result.size == out.stat().st_size
    done, total, _ = told[-1]
    assert done == total > 200_000
    assert left_in(tmp_path) == set()

    manifest = backup.unpack(out, tmp_path / "new")
    assert (tmp_path / "new" / archive.SLOTS).read_bytes() == SLOTS
    backup.verify_manifest(manifest, MAC_KEY)
    assert left_in(tmp_path) == set()
    again = Store(tmp_path / "new", store_key, filled.identity)
    again.read(lambda s: backup.verify_restored(s, manifest))
    assert (again.read(log.digest), again.read(log.history_digest)) == (digest, history)
    for sha, data in pictures.items():
        assert again.read(lambda s, sha=sha: blobs.get(s, sha)) == data
    again.close()


def test_nothing_in_a_backup_is_readable(made: Path, filled: Store) -> None:
    data = made.read_bytes()
    assert "测试".encode() not in data
    assert b"SQLite format 3" not in data
    assert "测试站".encode() not in data


def test_what_is_saved_during_a_backup_waits_or_is_left_out_whole(
    filled: Store, actor: Actor, tmp_path: Path
) -> None:
    """The copy is taken in the writer's lane, so digest and copy are of one state."""

    def busy(*_: object) -> None:
        filled.write_later(lambda s: record(s, actor, "", "task", "t1", {"what": "走访"}, {}))

    result = backup.backup(filled, tmp_path / "out.backup", SLOTS, MAC_KEY, busy)
    with archive.reading(tmp_path / "out.backup") as made:
        assert made.manifest["digest"] == result.digest


def test_a_folder_that_is_not_empty_is_left_alone(made: Path, tmp_path: Path) -> None:
    target = tmp_path / "full"
    target.mkdir()
    (target / "letter.txt").write_text("x")
    with pytest.raises(AppError, match="已有文件，没有恢复"):
        backup.unpack(made, target)
    assert whole(target) == {"letter.txt": b"x"}
    with pytest.raises(AppError, match="已有文件"):
        backup.unpack(made, target / "letter.txt")


def test_an_empty_folder_is_taken(made: Path, tmp_path: Path) -> None:
    target = tmp_path / "empty"
    target.mkdir()
    backup.unpack(made, target)
    assert (target / DATABASE).exists()


def test_another_key_or_a_changed_manifest_is_refused(made: Path, tmp_path: Path) -> None:
    manifest = backup.unpack(made, tmp_path / "new")
    with pytest.raises(AppError, match="不是用这个社工站的密钥"):
        backup.verify_manifest(manifest, b"x" * 32)
    for name in manifest:
        changed = {**manifest, name: 1.5 if name == "edits" else "other"}
        with pytest.raises(AppError, match="密钥"):
            backup.verify_manifest(changed, MAC_KEY)


def damaged_at(data: bytes, made: Path, place: int, bit: int) -> None:
    made.write_bytes(data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :])


def test_every_flipped_byte_is_noticed_or_harmless(made: Path, tmp_path: Path) -> None:
    """What comes out is to the byte what went in, or nothing comes out."""
    data, draw = made.read_bytes(), random.Random(1)
    backup.unpack(made, tmp_path / "good")
    good = whole(tmp_path / "good")
    places = [
        *range(40),
        *range(len(data) - 700, len(data), 4),
        *(draw.randrange(len(data)) for _ in range(60)),
    ]
    noticed = 0
    for number, place in enumerate(places):
        damaged_at(data, made, place, draw.randrange(8))
        target = tmp_path / f"t{number}"
        try:
            backup.verify_manifest(backup.unpack(made, target), MAC_KEY)
        except AppError:
            noticed += 1
        else:
            assert whole(target) == good
    assert noticed > len(places) / 2
    assert left_in(tmp_path) == set()


def test_a_flipped_byte_of_content_is_always_noticed(made: Path, tmp_path: Path) -> None:
    data, draw = made.read_bytes(), random.Random(2)
    for number in range(60):
        damaged_at(data, made, draw.randrange(1000, len(data) - 2000), number % 8)
        with pytest.raises(AppError, match="不完整或已损坏"):
            backup.unpack(made, tmp_path / "new")
        assert not (tmp_path / "new").exists()


def test_a_cut_file_is_refused(made: Path, tmp_path: Path) -> None:
    data = made.read_bytes()
    for size in [0, 1, 21, 22, 1000, len(data) // 2, *range(len(data) - 30, len(data))]:
        made.write_bytes(data[:size])
        with pytest.raises(AppError, match="不完整或已损坏"):
            backup.unpack(made, tmp_path / "new")
        assert not (tmp_path / "new").exists()
    made.unlink()
    with pytest.raises(AppError):
        backup.unpack(made, tmp_path / "new")


def test_a_hostile_archive_writes_nowhere_else(made: Path, tmp_path: Path) -> None:
    import hashlib
    import zipfile

    import orjson

    entries = {"slots.json": SLOTS, "store.db": b"x", "../escaped": b"x"}
    listed = {name: [len(data), hashlib.sha256(data).hexdigest()] for name, data in entries.items()}
    hostile = tmp_path / "hostile"
    with zipfile.ZipFile(hostile, "w") as made_up:
        for name, data in entries.items():
            made_up.writestr(name, data)
        made_up.writestr("manifest.json", orjson.dumps({"format": 1, "files": listed}))
    before = set(tmp_path.iterdir())
    with pytest.raises(AppError, match="不完整或已损坏"):
        backup.unpack(hostile, tmp_path / "deep" / "new")
    assert set(tmp_path.iterdir()) == before


@pytest.fixture
def full_after(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """full_after(n): the disk takes n more writes."""
    real = os.write

    def arm(count: int) -> None:
        left = [count]

        def write(handle: int, data: bytes) -> int:
            left[0] -= 1
            if left[0] < 0:
                raise OSError(errno.ENOSPC, "no space")
            return real(handle, data)

        monkeypatch.setattr(files.os, "write", write)

    return arm


@pytest.mark.parametrize("count", [0, 1, 2, 5, 8])
def test_a_full_disk_leaves_the_older_backup(
    filled: Store, made: Path, tmp_path: Path, full_after, count
) -> None:
    before = made.read_bytes()
    full_after(count)
    with pytest.raises(AppError, match="磁盘空间不够"):
        backup.backup(filled, made, SLOTS, MAC_KEY)
    assert made.read_bytes() == before
    assert left_in(tmp_path) == set()


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_full_disk_leaves_no_half_restored_folder(made: Path, tmp_path: Path, full_after, count) -> None:
    full_after(count)
    with pytest.raises(AppError, match="磁盘空间不够"):
        backup.unpack(made, tmp_path / "new")
    assert not (tmp_path / "new").exists()
    assert left_in(tmp_path) == set()


@pytest.mark.parametrize("at", [0, 1, 2, 4])
def test_cancelling_leaves_nothing(filled: Store, tmp_path: Path, at: int) -> None:
    calls = [0]

    def stop(*_: object) -> None:
        calls[0] += 1
        if calls[0] > at:
            raise Cancelled

    with pytest.raises(Cancelled):
        backup.backup(filled, tmp_path / "out.backup", SLOTS, MAC_KEY, stop)
    assert not (tmp_path / "out.backup").exists()
    assert left_in(tmp_path) == set()


def test_a_missing_attachment_does_not_stop_a_backup(filled: Store, tmp_path: Path) -> None:
    folder = filled.folder / blobs.FOLDER
    next(iter(folder.iterdir())).unlink()
    result = backup.backup(filled, tmp_path / "out.backup", SLOTS, MAC_KEY)
    assert (result.blobs, result.missing) == (1, 1)


def test_a_copy_that_says_something_else_does_not_count(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = backup.summary, [0]

    def differently(session: object) -> dict:
        calls[0] += 1
        return {**real(session), "edits": calls[0]}

    monkeypatch.setattr(backup, "summary", differently)
    with pytest.raises(AppError, match="与原件不一致，没有写出备份"):
        backup.backup(filled, tmp_path / "out.backup", SLOTS, MAC_KEY)
    assert not (tmp_path / "out.backup").exists()


def test_a_restored_store_that_says_something_else_is_refused(
    filled: Store, made: Path, actor: Actor
) -> None:
    with archive.reading(made) as unpacked:
        manifest = unpacked.manifest
    filled.read(lambda s: backup.verify_restored(s, manifest))
    filled.write(lambda s: record(s, actor, "", "person", "p9", {"name": "后来"}, {}))
    with pytest.raises(AppError, match="与备份时不一致"):
        filled.read(lambda s: backup.verify_restored(s, manifest))


def test_a_folder_nobody_may_write_to_is_told(filled: Store, tmp_path: Path) -> None:
    with pytest.raises(AppError, match="找不到这个文件夹"):
        backup.backup(filled, tmp_path / "nowhere" / "out.backup", SLOTS, MAC_KEY)
