"""The watch itself: it sees SQLite's calls and ours in order, and what it refuses fails as a disk would."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from sgz_desktop import files
from sgz_desktop.domain.actor import Actor
from sgz_desktop.errors import AppError
from sgz_desktop.store import log
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import record as save
from tests.proofs.file_calls import WRITES, Call, fail_at, record, unflushed


def save_one(store: Store, actor: Actor) -> None:
    store.write(lambda s: save(s, actor, "", "person", "p1", {"name": "测试甲"}, {}))


def heard(calls: list[Call]) -> list[tuple[str, str]]:
    return [(call.what, Path(call.path).name) for call in calls if call.what in WRITES]


def test_an_atomic_write_is_seen_step_by_step(tmp_path: Path) -> None:
    with record(tmp_path) as calls:
        files.write_atomic(tmp_path / "out", b"content")
    part = Path(calls[0].path).name
    steps = [("create", part), ("write", part), ("sync", part), ("rename", part), ("sync", tmp_path.name)]
    assert heard(calls) == steps
    assert [call.data for call in calls if call.what == "write"] == [b"content"]
    assert [call.to for call in calls if call.what == "rename"] == [str(tmp_path / "out")]


def test_a_commit_is_written_and_flushed_before_it_returns(
    make_store: Callable[..., Store], actor: Actor, tmp_path: Path
) -> None:
    with record(tmp_path) as calls:
        store = make_store()
        calls.clear()
        save_one(store, actor)
        during = heard(calls)
        assert during[0] == ("write", "store.db-wal")
        assert ("sync", store.folder.name) in during  # the log's name is new in the folder
        assert during[-1] == ("sync", "store.db-wal")
        store.close()
    assert ("unlink", "store.db-wal") in heard(calls)


@pytest.mark.parametrize("short", [False, True])
@pytest.mark.parametrize(("error", "says"), [(errno.ENOSPC, "空间不够"), (errno.EIO, "读写出错")])
def test_a_refused_write_fails_as_the_disk_would(
    make_store: Callable[..., Store], actor: Actor, tmp_path: Path, error: int, says: str, short: bool
) -> None:
    writes = frozenset({"write"})
    with record(tmp_path) as calls:
        make_store("device-2").close()
    before = sum(call.what == "write" for call in calls)
    with fail_at(tmp_path, before + 1, error, of=writes, short=short) as calls:
        store = make_store()
        with pytest.raises(AppError, match=says):
            save_one(store, actor)
        save_one(store, actor)
    assert len(calls) > before + 1
    assert store.read(log.counts)["edits"] == 1


def test_a_lasting_fault_refuses_all_that_follows(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"old")
    with fail_at(tmp_path, 2, errno.ENOSPC, lasting=True) as calls, pytest.raises(AppError, match="空间不够"):
        files.write_atomic(tmp_path / "out", b"content")
    assert len(calls) == 3  # create; write, refused; unlink of the part, refused too
    assert (tmp_path / "out").read_bytes() == b"old"


def test_unflushed_work_is_the_same_without_the_flushes(
    make_store: Callable[..., Store], actor: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[int] = []
    monkeypatch.setattr(os, "fsync", flushed.append)
    with unflushed(tmp_path):
        files.write_atomic(tmp_path / "out", b"content")
        store = make_store()
        save_one(store, actor)
    assert flushed == []
    assert (tmp_path / "out").read_bytes() == b"content"
    assert store.read(log.counts)["edits"] == 1
