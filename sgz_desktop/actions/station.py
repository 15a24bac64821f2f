"""Make, open, close, back up and restore a station's store: vault, state folder and store joined."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from sgz_desktop import files
from sgz_desktop.actions.allowed import ADMIN, HEAD, WORKER
from sgz_desktop.actions.desk import FIRST_LETTER, Desk, Device
from sgz_desktop.actions.judging import judge, seen_by
from sgz_desktop.actions.settings import take_up_words
from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.ids import uuid7
from sgz_desktop.errors import AppError
from sgz_desktop.store import blobs, closing, missing, probe, settings, signatures
from sgz_desktop.store.connection import DATABASE, PAGE_BYTES
from sgz_desktop.store.session import Identity, Writing
from sgz_desktop.store.store import Clock, Store, utc_ms
from sgz_desktop.vault import rotation, slot_file, unfinished
from sgz_desktop.vault.device_keys import head_message
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
        """Put this device's signature under its last edit: at backup and at lock."""
        self.desk.store.write(self._sign)

    def _sign(self, session: Writing) -> None:
        state, store_id = self.state, self.slots.store_id

        def sign(seq: int, digest: bytes) -> bytes:
            return state.key.sign(head_message(store_id, state.device_id, state.epoch, seq, digest))

        signatures.sign_head(session, state.device_id, sign)

    def sign_off(self) -> None:
        """Sign the head and note the closing: the last thing written."""

        def work(session: Writing) -> None:
            self._sign(session)
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
) -> OpenStation:
    """A new station in an empty folder, open. `recovery` is the recovery card's public key.

    Only local settings are written: the store holds no record and no edit. A making that was cut short is
    cleared away first.
    """
    _refuse_taken(folder)
    slots, unlocked = create_vault(
        station,
        kind,
        user,
        passphrase,
        FOUNDER_ROLES,
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
        files.write_atomic(folder / unfinished.MARK, b"")
        slot_file.write_first(folder, slots)
        state = StateFolder(slots.store_id, folder).create(unlocked.root)
        made = open_with(folder, Resolved(slots, unlocked, True), state, FIRST_LETTER, lock, now, ids)
        try:
            _finish_making(folder)
        except BaseException:
            made.close()
            raise
        return made
    except BaseException:
        lock.release()
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
    for path in (folder / slot_file.SLOTS, *folder.glob(f"{DATABASE}*")):
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
        station.desk.read(take_up_words)
        station.desk.note_access("unlock", "", "done")
        station.desk.store.checkpoint_later()  # so that a copy of the file alone shows it was in use
    except BaseException:
        station.close()
        raise
    return station


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
) -> OpenStation:
    """Join vault, state and store; `letter` names a founder's device, '' keeps the one it has."""
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
            settings.put(session, _letter_of(state.device_id), letter)
        known = str(settings.get(session, _letter_of(state.device_id), ""))
        return _device(state, known, str(settings.get(session, _before(state.device_id), "")))

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


def _device(state: DeviceState, letter: str, endorsed_by: str = "") -> Device:
    return Device(state.device_id, state.epoch, letter, state.key.public.hex(), state.recipient, endorsed_by)


def _letter_of(device: str) -> str:
    return f"letter:{device}"


def _before(device: str) -> str:
    return f"goes_on_from:{device}"


def _continue_as(station: OpenStation, state: DeviceState) -> None:
    station.state = state
    station.desk.store.adopt(state.device_id, state.epoch)
    station.desk.store.on_commit, station.desk.store.on_access = state.write_head, state.write_lines


def become_new_device(station: OpenStation, before: str = "") -> None:
    """Take the next free letter, so that no printed number is ever given twice. `before` is the device
    this one goes on from."""
    state = station.state

    def choose(session: Writing) -> str:
        query = "SELECT letter FROM r_device WHERE letter IS NOT NULL"
        used = {str(row[0]) for row in session.connection.execute(query)}
        used |= set(settings.starting(session, _letter_of("")).values())
        letter = next(name for name in _letters() if name not in used)
        settings.put(session, _letter_of(state.device_id), letter)
        settings.put(session, _before(state.device_id), before)  # said with this device's first edit
        return letter

    letter = station.desk.store.write(choose)
    station.desk = replace(station.desk, device=_device(state, letter, before))


def _letters() -> list[str]:
    plain = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # I and O are read as digits
    return [*plain, *(first + second for first in plain for second in plain)]
