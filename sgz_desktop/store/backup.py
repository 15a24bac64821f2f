"""Backup: everything in one file, opened and checked before it counts. And the way back."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sgz_desktop import files
from sgz_desktop.domain.edits import canonical
from sgz_desktop.errors import AppError
from sgz_desktop.faults import disk_faults
from sgz_desktop.store import archive, blobs, closing, log
from sgz_desktop.store.connection import DATABASE
from sgz_desktop.store.session import Reading
from sgz_desktop.store.store import Store

FORMAT = 1
Progress = Callable[[int, int, str], None]  # done, of how many bytes (0: not known), what


@dataclass(frozen=True)
class Backup:
    """A backup that was made: its size in bytes, the store's digest, edits and blobs in it, and how many
    blobs could not be put in because their files are not here."""

    path: Path
    size: int
    digest: str
    edits: int
    blobs: int
    missing: int


def backup(
    store: Store,
    out: Path,
    slots_bytes: bytes,
    mac_key: bytes,
    progress: Progress | None = None,
    *,
    worker: str = "",
) -> Backup:
    """Write everything into one file at `out`, replacing an older one only when all is proven.

    The database is copied whole under its own key; the copy is opened and checked and must say the same as
    the store said; the file is flushed and read back. `progress` may raise Cancelled: then nothing stays.
    `worker` is the id of who asked for it, for the access log.
    """
    say = progress or (lambda done, total, text: None)
    say(0, 0, "正在复制资料")
    folder = files.private_folder(store.folder / blobs.FOLDER)  # what a crash leaves there is swept
    with files.lent_part(folder) as copy:
        facts = store.copy(copy, summary, lambda session: closing.note_copy(session, worker))
        say(0, 0, "正在检查副本")
        sources, missing = store.read_copy(copy, lambda session: _verified(session, facts, store))
        sources = {archive.SLOTS: slots_bytes, archive.STORE: copy, **sources}
        head = {**facts, **_origin(store), "missing": missing}
        pieces = archive.pack(
            sources, lambda listed: _signed({**head, "files": listed}, mac_key), _counter(sources, say)
        )
        files.write_atomic(out, pieces)
    with archive.reading(out) as made:
        verify_manifest(made.manifest, mac_key)
    return Backup(
        out, out.stat().st_size, str(facts["digest"]), int(facts["edits"]), len(sources) - 2, missing
    )


def summary(session: Reading) -> dict[str, Any]:
    """What a store says about itself: `digest`, `history`, `edits`."""
    return {
        "digest": log.digest(session),
        "history": log.history_digest(session),
        "edits": log.counts(session)["edits"],
    }


def _verified(session: Reading, facts: dict[str, Any], store: Store) -> tuple[dict[str, Path | bytes], int]:
    """Prove the copy, then list the blob files it names and count those that are not here."""
    run = session.connection.execute
    if run("PRAGMA cipher_integrity_check").fetchone() or run("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise AppError("资料的副本没有通过检查，没有写出备份。", "请先做一次“检查资料”。")
    if summary(session) != facts:
        raise AppError("资料的副本与原件不一致，没有写出备份。", "请再试一次。")
    folder = store.folder / blobs.FOLDER
    named = [row[0] for row in run("SELECT file FROM blob ORDER BY file")]
    here = {f"{blobs.FOLDER}/{name}": folder / name for name in named if (folder / name).is_file()}
    return {**here}, len(named) - len(here)


def _origin(store: Store) -> dict[str, Any]:
    me = store.identity
    return {
        "format": FORMAT,
        "store": me.store_id,
        "kind": me.kind,
        "device": me.device,
        "epoch": me.epoch,
        "made_ms": store.now(),
    }


def _counter(sources: dict[str, Path | bytes], say: Progress) -> Callable[[int], None]:
    total = sum(len(it) if isinstance(it, bytes) else it.stat().st_size for it in sources.values())
    done = 0

    def moved(count: int) -> None:
        nonlocal done
        done += count
        say(done, total, "正在写入备份")

    return moved


def _signed(manifest: dict[str, Any], mac_key: bytes) -> dict[str, Any]:
    return manifest | {"mac": _mac(manifest, mac_key)}


def _mac(manifest: dict[str, Any], mac_key: bytes) -> str:
    body = {name: value for name, value in manifest.items() if name != "mac"}
    return hmac.digest(mac_key, b"sgz-backup/1\n" + canonical(body), "sha256").hex()


def unpack(backup_file: Path, folder: Path) -> dict[str, Any]:
    """Take a backup apart into `folder`, which is absent or empty, every file verified by its hash; return
    the manifest, not to be trusted until `verify_manifest`.

    `folder` appears with all that is in it, slots included, in one step: a crash leaves a store that opens,
    or none. On any fault `folder` is as it was. AppError says what is wrong.
    """
    with disk_faults():
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise AppError("这个文件夹里已有文件，没有恢复。", "请选一个空文件夹。")
    with archive.reading(backup_file) as source:
        if source.manifest.get("format") != FORMAT:
            raise AppError("这份备份由更新的程序保存，没有恢复。", "请先升级本机的程序。")
        if not folder.parent.exists():
            files.private_folder(folder.parent)
        with files.new_folder(folder, inside=True) as part:
            files.write_atomic(part / archive.SLOTS, source.slots(), inside=True)
            files.write_atomic(part / DATABASE, source.pieces(archive.STORE), inside=True)
            kept = files.private_folder(part / blobs.FOLDER)
            for name in source.listed:
                if name.startswith(blobs.FOLDER):
                    files.write_atomic(kept / Path(name).name, source.pieces(name), inside=True)
        return source.manifest


def verify_manifest(manifest: dict[str, Any], mac_key: bytes) -> None:
    """Was the backup made by a holder of this key, and not changed since? AppError if not."""
    try:
        good = hmac.compare_digest(str(manifest.get("mac")).encode(), _mac(manifest, mac_key).encode())
    except TypeError:
        good = False
    if not good:
        raise AppError("这份备份不是用这个社工站的密钥做的，或被改动过。", "请换一份备份再试。")


def verify_restored(session: Reading, manifest: dict[str, Any]) -> None:
    """Does the restored store say what it said when the backup was made? AppError if not."""
    if summary(session) != {name: manifest.get(name) for name in ("digest", "history", "edits")}:
        raise AppError("恢复出的资料与备份时不一致，没有使用。", "请换一份备份再试。")
