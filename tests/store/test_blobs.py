"""Attachments: sealed one by one, on disk before their row commits, verified when read, orphans swept."""

from __future__ import annotations

import errno
import os
import secrets

import pytest

from sgz_desktop import files
from sgz_desktop.errors import AppError
from sgz_desktop.store import blobs
from sgz_desktop.store.session import Writing
from sgz_desktop.store.store import Store


def put(store: Store, data: bytes) -> str:
    return store.write(lambda s: blobs.put(s, data, "image/png"))


def names(store: Store) -> list[str]:
    folder = store.folder / blobs.FOLDER
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


@pytest.mark.parametrize("size", [0, 1, 65_536, 3_000_000])
def test_round_trip(store: Store, size: int) -> None:
    data = secrets.token_bytes(size)
    digest = put(store, data)
    assert store.read(lambda s: blobs.get(s, digest)) == data
    assert len(names(store)) == 1


def test_nothing_of_a_blob_is_readable(store: Store) -> None:
    digest = put(store, "测试暗号附件".encode() * 100)
    name = names(store)[0]
    sealed = (store.folder / blobs.FOLDER / name).read_bytes()
    assert sealed.startswith(b"age-encryption.org/v1")
    assert "测试暗号".encode() not in sealed
    assert digest not in name
    assert os.name == "nt" or (store.folder / blobs.FOLDER).stat().st_mode & 0o77 == 0


def test_the_same_bytes_are_kept_once(store: Store) -> None:
    assert put(store, b"photo") == put(store, b"photo")
    assert len(names(store)) == 1


def test_each_blob_has_an_identity_of_its_own(store: Store) -> None:
    one, two = put(store, b"one"), put(store, b"two")
    identity = store.read(lambda s: blobs.identity_of(s, one))
    other = next(
        path
        for path in (store.folder / blobs.FOLDER).iterdir()
        if path.name
        == store.read(
            lambda s: s.connection.execute("SELECT file FROM blob WHERE sha256 = ?", (two,)).fetchone()[0]
        )
    )
    with pytest.raises(AppError, match="已损坏"):
        blobs.opened(other, identity, two)


def test_dropping_the_row_erases(store: Store) -> None:
    digest = put(store, b"photo")
    store.write(lambda s: blobs.drop(s, digest))
    with pytest.raises(AppError, match="不在本机"):
        store.read(lambda s: blobs.get(s, digest))


def test_a_damaged_or_missing_file_is_named(store: Store) -> None:
    digest = put(store, b"photo" * 1000)
    path = store.folder / blobs.FOLDER / names(store)[0]
    good = path.read_bytes()
    for place in (0, 30, 150, 180, 250, len(good) // 2, len(good) - 1):
        path.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
        with pytest.raises(AppError, match="已损坏"):
            store.read(lambda s: blobs.get(s, digest))
    for cut in (0, 100, len(good) - 1):
        path.write_bytes(good[:cut])
        with pytest.raises(AppError, match="已损坏"):
            store.read(lambda s: blobs.get(s, digest))
    path.unlink()
    with pytest.raises(AppError, match="读不出"):
        store.read(lambda s: blobs.get(s, digest))
    assert put(store, b"photo" * 1000) == digest  # putting it again heals
    assert store.read(lambda s: blobs.get(s, digest)) == b"photo" * 1000


def test_another_blobs_file_is_not_taken_for_it(store: Store) -> None:
    digest = put(store, b"one")
    put(store, b"two")

    def swap(session: Writing) -> None:
        run = session.connection.execute
        file, identity = run("SELECT file, identity FROM blob WHERE sha256 <> ?", (digest,)).fetchone()
        run("UPDATE blob SET file = ?, identity = ? WHERE sha256 = ?", (file, identity, digest))

    store.write(swap)
    with pytest.raises(AppError, match="已损坏"):
        store.read(lambda s: blobs.get(s, digest))


def test_too_large_is_refused_in_words(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blobs, "MAX_BYTES", 1 << 20)
    with pytest.raises(AppError, match="超过1MB，没有放入"):
        put(store, bytes((1 << 20) + 1))
    assert names(store) == []


def test_a_full_disk_is_told_and_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write

    def full(handle: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(files.os, "write", full)
    with pytest.raises(AppError, match="磁盘空间不够"):
        put(store, b"photo")
    monkeypatch.setattr(files.os, "write", real)
    assert names(store) == []
    assert store.read(lambda s: s.connection.execute("SELECT count(*) FROM blob").fetchone()[0]) == 0
    assert (
        store.read(lambda s: blobs.get(s, digest)) == b"photo" if (digest := put(store, b"photo")) else None
    )


def test_orphans_are_swept(store: Store, make_store) -> None:
    digest = put(store, b"photo")

    def fail(session: Writing) -> None:
        blobs.put(session, b"never committed", "image/png")
        raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        store.write(fail)
    folder = store.folder / blobs.FOLDER
    (folder / ".sgz-0123456789abcdef.part").write_bytes(b"cut")
    (folder / "not ours.txt").write_bytes(b"left alone")
    assert len(names(store)) == 4
    store.close()
    again = make_store(folder=store.folder)
    assert again.write(blobs.sweep) == 2
    assert len(names(again)) == 2
    assert "not ours.txt" in names(again)
    assert again.read(lambda s: blobs.get(s, digest)) == b"photo"


def test_the_file_is_on_disk_before_its_row(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    real = os.fsync
    monkeypatch.setattr(files.os, "fsync", lambda handle: order.append("fsync") or real(handle))

    def work(session: Writing) -> str:
        digest = blobs.put(session, b"photo", "image/png")
        order.append("row")
        return digest

    store.write(work)
    assert order[-1] == "row"
    assert order.count("fsync") >= 2  # the file and its folder
