"""Keeping a station safe: back it up, bring a backup back, check that all is whole."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sgz_desktop import files
from sgz_desktop.actions import station as opening
from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.judging import seen_by
from sgz_desktop.actions.station import OpenStation, has_store
from sgz_desktop.domain.ids import uuid7
from sgz_desktop.errors import AppError
from sgz_desktop.store import archive, blobs, settings
from sgz_desktop.store.backup import Backup, Progress, backup, unpack, verify_manifest, verify_restored
from sgz_desktop.store.check import ADVICE, check
from sgz_desktop.store.store import Clock, utc_ms
from sgz_desktop.vault import members, rotation, slot_file
from sgz_desktop.vault.keys import Label, derive
from sgz_desktop.vault.passphrase import check_passphrase
from sgz_desktop.vault.rotation import Opens, Resolved
from sgz_desktop.vault.slots import Slots
from sgz_desktop.vault.state import StateFolder
from sgz_desktop.vault.tries import Tries
from sgz_desktop.vault.unlocking import Unlocked, unlock, unlock_with_card, unlock_with_county

RESTORED = "已从备份恢复，这台电脑已登记为一台新电脑；备份之后改的内容要从别的电脑或U盘补回。"


@dataclass(frozen=True)
class Checked:
    """The outcome of a check: sentences for what is wrong, and figures of what is here."""

    problems: tuple[str, ...]
    figures: dict[str, Any]

    @property
    def advice(self) -> str:
        """The way back; "" when nothing is wrong."""
        return ADVICE if self.problems else ""

    @property
    def awaited(self) -> str:
        """What other computers have and this one has not got yet, no damage; "" when nothing."""
        if self.problems:  # what is missing may be damage then
            return ""
        edits, files = self.figures["gaps"], self.figures["wanted"]
        parts = [f"{edits}处修改"] * bool(edits) + [f"{files}个附件"] * bool(files)
        return f"还有{'、'.join(parts)}在别的电脑上，做一次U盘交换就来。" if parts else ""


@action
def back_up(desk: Desk, station: OpenStation, out: Path, progress: Progress | None = None) -> Backup:
    """Write the whole station into one file, opened and verified; note the day. `progress(done, total, what)`
    may raise Cancelled: then nothing stays. AppError when the place does not take it."""
    files.refuse_in_store(out)
    station.sign_head()
    slots = files.read_whole(station.folder / slot_file.SLOTS, slot_file.MAX_FILE)
    key = derive(station.root, Label.BACKUP).reveal()
    made = backup(desk.store, out, slots, key, progress, worker=desk.actor.worker)
    desk.store.write(lambda session: settings.put(session, "last_backup", desk.today()))
    return made


@action
def check_store(desk: Desk, station: OpenStation, progress: Progress | None = None) -> Checked:
    """Read everything and tell what is not as it was. Changes nothing, raises for nothing it finds."""
    known = seen_by(station.state)
    folder = station.folder / blobs.FOLDER
    with suppress(AppError):  # a page torn on its way from the log, where it is whole, is not damage
        desk.store.fold_in()
    report = desk.read(lambda session: check(session, folder, known, progress))
    return Checked(tuple(report.problems), report.figures)


def restore(
    backup_file: Path,
    folder: Path,
    user: str,
    passphrase: str,
    progress: Progress | None = None,
    *,
    now: Clock | None = None,
) -> OpenStation:
    """Bring a backup back into an absent or empty folder, open, as a new device of the next epoch.

    WrongPassphrase; TooManyTries; AppError for a damaged or foreign file, or a folder in use. The folder is
    then as it was. It takes no desk: there is none before.
    """
    return _restored(
        backup_file,
        folder,
        partial(unlock, user=user, passphrase=passphrase),
        partial(rotation.resolve, folder, user, passphrase),
        progress,
        now,
    )


def restore_with_card(
    backup_file: Path, folder: Path, card_text: str, progress: Progress | None = None
) -> None:
    """As `restore`, with the recovery card. The station stays closed: `recovery.reset_with_card` comes next.

    AppError names a mistyped group; WrongCard; else as `restore`.
    """
    unlocker = partial(unlock_with_card, card_text=card_text)
    resolver = partial(rotation.resolve_with_card, folder, card_text)
    _restored(backup_file, folder, unlocker, resolver, progress, None).close()


def restore_with_county(
    backup_file: Path,
    folder: Path,
    identity: str,
    user: str,
    passphrase: str,
    progress: Progress | None = None,
) -> None:
    """As `restore`, with the county's age identity; `passphrase` is from now on that of `user`, a worker of
    the station, who opens it next.

    WrongCountyKey; AppError for an unknown name or a weak passphrase, else as `restore`.
    """
    with archive.reading(backup_file) as source:
        slots = slot_file.load(source.slots())
    if slots.worker(user) is None:
        raise AppError("这份备份里没有这个人的账号，没有恢复。", "请核对姓名。")
    check_passphrase(passphrase, about=(user, slots.station))
    unlocker = partial(unlock_with_county, identity=identity)
    resolver = partial(rotation.resolve_with_county, folder, identity)
    station = _restored(backup_file, folder, unlocker, resolver, progress, None)
    try:
        fresh = members.reset_passphrase(station.slots, Unlocked(station.root), user, passphrase)
        opening.put_slots(station, fresh)
        slot = fresh.worker(user)
        station.desk.note_access("restore_with_county", slot.worker_id if slot else "", "done")
    finally:
        station.close()


def _restored(
    backup_file: Path,
    folder: Path,
    unlocker: Callable[[Slots], Unlocked],
    resolver: Callable[[Opens], Resolved],
    progress: Progress | None,
    now: Clock | None,
) -> OpenStation:
    say = progress or (lambda done, total, what: None)
    if has_store(folder):
        raise AppError("这个文件夹里已经有一个社工站，没有恢复。", "请选一个空文件夹。")
    say(0, 3, "正在核对备份和密码")
    manifest = _manifest(backup_file, unlocker)
    empty = folder.exists()
    say(1, 3, "正在写入资料")
    unpack(backup_file, folder)
    try:
        say(2, 3, "正在打开")
        return _opened_anew(folder, resolver, manifest, now)
    except BaseException:
        files.drop_folder(folder)
        if empty:
            files.private_folder(folder)
        raise


def _manifest(backup_file: Path, unlocker: Callable[[Slots], Unlocked]) -> dict[str, Any]:
    """What the backup says of itself, proven by somebody it lets in, before anything is written."""
    with archive.reading(backup_file) as source:
        slots = slot_file.load(source.slots())
        with Tries(slots.store_id).one():
            root = unlocker(slots).root
        try:
            verify_manifest(source.manifest, derive(root, Label.BACKUP).reveal())
        finally:
            root.drop()
        return source.manifest


def _opened_anew(
    folder: Path, resolver: Callable[[Opens], Resolved], manifest: dict[str, Any], now: Clock | None
) -> OpenStation:
    lock = files.OneOpener(folder / opening.LOCK)
    try:
        resolved = resolver(opening.opener(folder))
        places = StateFolder(resolved.slots.store_id, folder)
        state = places.create(resolved.unlocked.root, epoch=int(manifest["epoch"]) + 1)
        now = now or _clock_of(resolved)
        station = opening.open_with(folder, resolved, state, "", lock, now, uuid7)
        try:
            station.desk.read(lambda session: verify_restored(session, manifest))
            opening.become_new_device(station, before=str(manifest["device"]))
        except BaseException:
            station.close()
            raise
    except BaseException:
        lock.release()
        raise
    station.notices.append(RESTORED)
    station.desk.note_access("restore", "", "done")
    return station


def _clock_of(resolved: Resolved) -> Clock:
    if resolved.slots.kind != "practice":
        return utc_ms
    from sgz_desktop.actions.practice import clock

    return clock()
