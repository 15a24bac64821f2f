"""Make, open, close, back up and restore a station's store: vault, state folder and store joined."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sgz_desktop import files
from sgz_desktop.actions import own_device
from sgz_desktop.actions.allowed import ADMIN, HEAD, WORKER
from sgz_desktop.actions.desk import FIRST_LETTER, Desk, Device
from sgz_desktop.actions.judging import judge, seen_by
from sgz_desktop.actions.letters import giving_way, letter_of
from sgz_desktop.actions.settings import take_up_words
from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.ids import uuid7
from sgz_desktop.domain.signed_words import head_message
from sgz_desktop.errors import AppError
from sgz_desktop.store import (
    blobs,
    closing,
    enrolment,
    missing,
    probe,
    settings,
    signatures,
)
from sgz_desktop.store.connection import DATABASE, PAGE_BYTES
from sgz_desktop.store.session import Identity, Writing
from sgz_desktop.store.store import Clock, Store, utc_ms
from sgz_desktop.vault import left_keys, rotation, slot_file, unfinished
from sgz_desktop.vault.head import Verdict
from sgz_desktop.vault.keys import Key, Label, derive
from sgz_desktop.vault.rotation import Resolved
from sgz_desktop.vault.slot_seal import fingerprint
from sgz_desktop.vault.slots import Kind, Slots
from sgz_desktop.vault.state import DeviceState, StateFolder
from sgz_desktop.vault.stretch import DEFAULT, Argon2Params
from sgz_desktop.vault.unlocking import Unlocked, create_vault

LOCK = "store.lock"
FOUNDER_ROLES = (WORKER, HEAD, ADMIN)
NEW_DEVICE = "这台电脑第一次打开这份资料，已登记为一台新电脑；资料都在。"
WAY_BACK = "请从最近一份好的备份恢复到另一个文件夹，再导入之后的U盘文件。"
ROLLED_BACK = f"资料比本机上次见到的旧，像是从旧文件放回的；没有改动内容，已登记为新电脑。{WAY_BACK}"
ALTERED = f"资料文件在关闭期间被改动过，与上次关闭时不同；没有删除内容。{WAY_BACK}"
NOT_CLOSED = (
    "这台电脑第一次打开这份资料，已登记为一台新电脑。复制时程序还没有关好，可能少了最后几笔；"
    "请在原来的电脑上关闭程序，再整个复制一次，或用最近的备份恢复。"
)
SAME_LETTER = "另一台电脑的机号与本机相同，本机改为{letter}；已经编好的号不变，资料都在。"
DAMAGE = (ROLLED_BACK, ALTERED, NOT_CLOSED)


@dataclass
class OpenStation:
    """An open station: close it to let others in. `notices` are sentences to show once; those that are also
    in `damage` must be read, not just shown."""

    desk: Desk
    folder: Path
    slots: Slots
    root: Key
    state: DeviceState
    lock: files.OneOpener
    notices: list[str] = field(default_factory=list)
    closed: bool = False

    @property
    def damage(self) -> list[str]:
        """The notices that say that something may be lost."""
        return [notice for notice in self.notices if notice in DAMAGE]

    def sign_head(self) -> None:
        """Put this device's signature under its last edit: at backup, and before a bundle goes.

        A computer that goes on from another says who it is first, though it wrote nothing yet: else the peers
        would refuse it as a stranger, and whoever restores its backup too.
        """

        def work(session: Writing) -> None:
            device, worker = self.desk.device, self.desk.actor.worker  # none where a card opened it
            if worker and device.endorsement and device.id not in enrolment.limits(session):
                self.desk.introduce(session)
            self.sign(session)

        self.desk.store.write(work)

    def sign(self, session: Writing) -> None:
        """The same within a piece of work: before edits come in that may put unsigned ones of ours aside,
        which could not be proven to anybody then."""
        state, store_id = self.state, self.slots.store_id

        def sign(seq: int, digest: bytes) -> bytes:
            return state.key.sign(head_message(store_id, state.device_id, state.epoch, seq, digest))

        signatures.sign_head(session, state.device_id, sign)

    @property
    def is_founder(self) -> bool:
        """Is this the computer the station began with?"""
        return self.desk.read(enrolment.founder) == self.desk.device.id

    def keep_card_key(self, recipient: str) -> None:
        """Make the key that the holder of a recovery card decides with; this computer tells it with its first
        edit, or with the next where it made one. What the card before decided is signed anew."""
        told, key = left_keys.card_key(recipient)
        self.desk.store.write(lambda session: settings.put(session, own_device.CARD_KEY, told))
        self.desk = replace(self.desk, device=replace(self.desk.device, card_key=told))
        self.desk.tell_card_key(key.sign)

    def sign_off(self) -> None:
        """Sign the head and note the closing: the last thing written."""

        def work(session: Writing) -> None:
            self.sign(session)
            closing.note(session, self.desk.actor.worker)

        self.desk.store.write(work)

    def close(self) -> None:
        """Sign the head, note the closing, write it through and let the file go; harmless twice."""
        if self.closed:
            return
        self.closed = True
        try:
            with suppress(AppError):  # a full disk must not keep the store open; the next lock signs
                self.sign_off()
        finally:  # nor may a damaged file keep the keys in memory and others out
            self.desk.store.close()
            with suppress(AppError):
                self.state.sync()
            self.state.close()
            self.root.drop()
            self.lock.release()


def has_store(folder: Path) -> bool:
    """Is there a station in the folder? One whose making was cut short is none."""
    return unfinished.holds_station(folder)


def create_station(
    folder: Path,
    station: str,
    user: str,
    passphrase: str,
    *,
    kind: Kind = "station",
    recovery: str | None = None,
    params: Argon2Params = DEFAULT,
    now: Clock = utc_ms,
    ids: Callable[[], str] = uuid7,
    store_id: str | None = None,
    worker_id: str | None = None,
    roles: Sequence[str] | None = None,
    joins: Mapping[str, Any] | None = None,
    last: Callable[[OpenStation], object] = lambda made: None,
) -> OpenStation:
    """A new station in an empty folder, open. `recovery` is the recovery card's public key; `joins` are the
    letter and the settings with which a computer begins that joins a station there is. `last` is what else
    must go well before it counts as made. Whoever founds a station has `FOUNDER_ROLES` where no `roles` are
    given; whoever joins one has the given ones only.

    Only local settings are written: the store holds no record and no edit. When anything is raised nothing of
    it stays; a making that was cut short is cleared away first.
    """
    _refuse_taken(folder)
    slots, unlocked = create_vault(
        station,
        kind,
        user,
        passphrase,
        FOUNDER_ROLES if roles is None and joins is None else roles or (),
        params=params,
        recovery=recovery,
        store_id=store_id,
        worker_id=worker_id,
    )
    files.private_folder(folder)
    lock = files.OneOpener(folder / LOCK)
    try:
        _refuse_taken(folder)
        _clear_unfinished(folder)
        files.write_atomic(folder / unfinished.MARK, b"", inside=True)
        slot_file.write_first(folder, slots)
        state = StateFolder(slots.store_id, folder).create(unlocked.root)
        letter = joins["letter"] if joins else FIRST_LETTER
        resolved = Resolved(slots, unlocked, True)
        made = open_with(folder, resolved, state, letter, lock, now, ids, joins or {})
        try:
            if recovery:
                made.keep_card_key(recovery)
            last(made)
            _finish_making(folder)
        except BaseException:
            made.close()
            raise
        return made
    except BaseException as fault:
        lock.release()
        if isinstance(fault, Exception):
            with suppress(AppError), files.OneOpener(folder / LOCK):
                _clear_unfinished(folder)
        raise


def _finish_making(folder: Path) -> None:
    files.discard(folder / unfinished.MARK)


def _clear_unfinished(folder: Path) -> None:
    """Take away what a making that was cut short left behind. It holds nothing of anybody's."""
    if not unfinished.is_unfinished(folder):
        return
    with suppress(AppError):
        begun = slot_file.read_slots(folder)
        files.drop_folder(StateFolder(begun.store_id, folder).path)
    slot_file.take_away_first(folder)
    for path in (*folder.glob(f"{DATABASE}*"), folder / unfinished.MARK):
        files.discard(path)


def _refuse_taken(folder: Path) -> None:
    if unfinished.is_unfinished(folder):
        return
    if has_store(folder) or (folder / DATABASE).exists():
        raise AppError("这个文件夹里已经有一个社工站，没有改动。", "请换一个文件夹，或直接打开它。")


def open_station(
    folder: Path, user: str, passphrase: str, *, now: Clock = utc_ms, ids: Callable[[], str] = uuid7
) -> OpenStation:
    """Unlock and open. A folder this computer has no state for becomes a new device, and says so.

    Raises WrongPassphrase, TooManyTries, or AppError when another window has it open or the files do not
    match.
    """
    if not has_store(folder):
        raise AppError("这个文件夹里没有社工站的资料。", "请先新建社工站，或选对文件夹。")
    lock = files.OneOpener(folder / LOCK)
    try:
        refuse_empty(folder)
        resolved = rotation.resolve(folder, user, passphrase, opener(folder))
        files.sweep_parts(folder)
        return enter(folder, resolved, lock, now, ids)
    except BaseException:
        lock.release()
        raise


def refuse_empty(folder: Path) -> None:
    """A whole station has a database with pages in it; to go on with a new one would look as if all were
    lost."""
    path = folder / DATABASE
    if not path.exists() or path.stat().st_size < PAGE_BYTES:
        raise AppError("资料文件不见了或是空的，没有改动别的文件。", "请从最近的备份恢复到另一个文件夹。")


def put_slots(station: OpenStation, slots: Slots) -> None:
    """Put a new slot list in place: beside the old, then inside the store, then over the old."""
    rotation.begin_rotation(station.folder, slots)
    station.desk.store.write(lambda session: probe.keep_fingerprint(session, fingerprint(slots)))
    rotation.finish_rotation(station.folder)
    station.slots = slots


def opener(folder: Path) -> Callable[[Key], bytes | None]:
    """How `rotation.resolve` tries a root key on the store in a folder."""
    return lambda root: probe.kept_fingerprint(folder, derive(root, Label.DATABASE).reveal())


def enter(
    folder: Path, resolved: Resolved, lock: files.OneOpener, now: Clock, ids: Callable[[], str]
) -> OpenStation:
    """The station of a vault that was just opened, under its lock. Closed again when anything fails."""
    places = StateFolder(resolved.slots.store_id, folder)
    state = places.open(resolved.unlocked.root)
    fresh = state is None
    state = state or places.create(resolved.unlocked.root)
    station = open_with(folder, resolved, state, "", lock, now, ids)
    try:
        if fresh or not station.desk.device.letter:  # without: a crash came before one was given
            in_order = station.desk.read(closing.in_order)
            station.notices.append(NEW_DEVICE if in_order else NOT_CLOSED)
            become_new_device(station)
        elif judge(station.desk.store, state) is Verdict.AHEAD:
            station.notices.append(ROLLED_BACK)
            seen = seen_by(state)
            station.desk.store.write(lambda session: missing.remember(session, seen))
            renewed = places.create(resolved.unlocked.root, epoch=state.epoch + 1)
            state.close()
            _continue_as(station, renewed)
            become_new_device(station, before=state.device_id)
        else:
            station.desk.store.write_later(_sweep)
            _give_way(station)
        station.desk.read(take_up_words)
        station.desk.note_access("unlock", "", "done")
        station.desk.store.checkpoint_later()  # so that a copy of the file alone shows it was in use
    except BaseException:
        station.close()
        raise
    return station


def _give_way(station: OpenStation) -> None:
    desk = giving_way(station.desk.device.id, station.desk)
    if desk is not station.desk:
        station.desk = desk
        station.notices.append(SAME_LETTER.format(letter=desk.device.letter))


def _sweep(session: Writing) -> None:
    """Files that no row names stay while rows are missing that may name them."""
    if not missing.remembered(session):
        blobs.sweep(session)


def open_with(
    folder: Path,
    resolved: Resolved,
    state: DeviceState,
    letter: str,
    lock: files.OneOpener,
    now: Clock,
    ids: Callable[[], str],
    begins_with: Mapping[str, Any] = MappingProxyType({}),
) -> OpenStation:
    """Join vault, state and store; `letter` names a new store's device, '' keeps the one it has."""
    slots, unlocked = resolved.slots, resolved.unlocked
    identity = Identity(slots.store_id, slots.kind, slots.station, state.device_id, state.epoch)
    try:
        store = Store(folder, derive(unlocked.root, Label.DATABASE).reveal(), identity, now)
    except BaseException:
        state.close()
        raise
    store.on_commit, store.on_access = state.write_head, state.write_lines
    notices: list[str] = []

    def settle(session: Writing) -> Device:
        if closing.altered(session):
            missing.note_altered(session)
            notices.append(ALTERED)
        if resolved.keep_fingerprint:
            probe.keep_fingerprint(session, fingerprint(slots))
        if letter:
            settings.put(session, letter_of(state.device_id), letter)
        for name, value in begins_with.items():
            settings.put(session, name, value)
        own_device.note_founder(session, state)
        if letter or settings.get(session, letter_of(state.device_id)):
            own_device.leave_key(session, state)
        return own_device.described(session, state)

    try:
        device = store.write(settle)
    except BaseException:
        store.close()
        state.close()
        raise
    desk = Desk(store, _actor(unlocked), unlocked.user, device, ids)
    return OpenStation(desk, folder, slots, unlocked.root, state, lock, notices)


def _actor(unlocked: Unlocked) -> Actor:
    return Actor(unlocked.worker_id, frozenset(unlocked.roles))


def _continue_as(station: OpenStation, state: DeviceState) -> None:
    station.state = state
    station.desk.store.adopt(state.device_id, state.epoch)
    station.desk.store.on_commit, station.desk.store.on_access = state.write_head, state.write_lines


def become_new_device(station: OpenStation, before: str = "") -> None:
    """Take letters of its own, so that no printed number is ever given twice. `before` is the device
    this one goes on from, where that is known otherwise than by the key it left."""
    state = station.state
    device = station.desk.store.write(lambda session: own_device.begin(session, state, before))
    station.desk = replace(station.desk, device=device)  # said with this device's first edit
