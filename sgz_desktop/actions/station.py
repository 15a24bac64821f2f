"""Make, open, close, back up and restore a station's store: vault, state folder and store joined."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from sgz_desktop import files
from sgz_desktop.actions.allowed import ADMIN, HEAD, WORKER
from sgz_desktop.actions.desk import FIRST_LETTER, Desk, Device
from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.edits import NO_HASH
from sgz_desktop.domain.ids import uuid7
from sgz_desktop.errors import AppError
from sgz_desktop.store import access, log, probe, settings, signatures
from sgz_desktop.store.connection import DATABASE, PAGE_BYTES
from sgz_desktop.store.session import Identity, Reading, Writing
from sgz_desktop.store.store import Clock, Store, utc_ms
from sgz_desktop.vault import rotation, slot_file, unfinished
from sgz_desktop.vault.device_keys import head_message
from sgz_desktop.vault.head import Head, Verdict, compare
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
ROLLED_BACK = "资料比本机上次见到的旧，像是从旧备份放回的；已登记为新电脑，没有改动内容。"
LINES_LOST = "查阅记录比本机上次见到的少，像是被删过或重写过；请告诉站长，并做一次“检查资料”。"


@dataclass
class OpenStation:
    """An open station: close it to let others in. `notices` are sentences to show once."""

    desk: Desk
    folder: Path
    slots: Slots
    root: Key
    state: DeviceState
    lock: files.OneOpener
    notices: list[str] = field(default_factory=list)
    closed: bool = False

    def sign_head(self) -> None:
        """Put this device's signature under its last edit: at backup and at lock."""
        state, store_id = self.state, self.slots.store_id

        def sign(seq: int, digest: bytes) -> bytes:
            return state.key.sign(head_message(store_id, state.device_id, state.epoch, seq, digest))

        self.desk.store.write(lambda session: signatures.sign_head(session, state.device_id, sign))

    def close(self) -> None:
        """Sign the head, write it through and let the file go; harmless twice."""
        if self.closed:
            return
        self.closed = True
        try:
            with suppress(AppError):  # a full disk must not keep the store open; the next lock signs
                self.sign_head()
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
        shutil.rmtree(StateFolder(begun.store_id, folder).path, ignore_errors=True)
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
        files.sweep_parts(folder)
        refuse_empty(folder)
        resolved = rotation.resolve(folder, user, passphrase, opener(folder))
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
        rewound = _judge(station) is Verdict.AHEAD
        _watch_access(station, told=not (fresh or rewound))
        station.desk.note_access("unlock", "", "done")
        if fresh or not station.desk.device.letter:  # without: a crash came before one was given
            station.notices.append(NEW_DEVICE)
            become_new_device(station)
        elif rewound:
            station.notices.append(ROLLED_BACK)
            renewed = places.create(resolved.unlocked.root, epoch=state.epoch + 1)
            state.close()
            _continue_as(station, renewed)
            become_new_device(station, before=state.device_id)
    except BaseException:
        station.close()
        raise
    return station


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
    store = Store(folder, derive(unlocked.root, Label.DATABASE).reveal(), identity, now)
    store.on_commit = state.write_head
    store.on_access = state.write_access

    def settle(session: Writing) -> Device:
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
        raise
    desk = Desk(store, _actor(unlocked), unlocked.user, device, ids)
    return OpenStation(desk, folder, slots, unlocked.root, state, lock)


def _actor(unlocked: Unlocked) -> Actor:
    return Actor(unlocked.worker_id, frozenset(unlocked.roles))


def _device(state: DeviceState, letter: str, endorsed_by: str = "") -> Device:
    return Device(state.device_id, state.epoch, letter, state.key.public.hex(), state.recipient, endorsed_by)


def _letter_of(device: str) -> str:
    return f"letter:{device}"


def _before(device: str) -> str:
    return f"goes_on_from:{device}"


def _judge(station: OpenStation) -> Verdict:
    """How the head kept outside stands to the store; a crash in between is caught up with. An edit of this
    device that does not follow from its last one was made by a copy of the whole computer: AHEAD."""
    device = station.state.device_id
    found = station.desk.read(lambda session: log.top(session, device))
    store_head = Head(found[0].seq, found[1]) if found else Head(0, NO_HASH)
    verdict = compare(station.state.read_head(), store_head, _hash_at(station, device))
    if _hash_at(station, device)(store_head.seq + 1) is not None:
        return Verdict.AHEAD
    if verdict is Verdict.BEHIND:
        station.state.write_head(*store_head)
    return verdict


def _watch_access(station: OpenStation, *, told: bool) -> None:
    """Hold the access log against what this computer remembers of it, before a line is added. What is found
    missing is said and written into the log, where it stays; not `told` where the whole store is older."""
    known = station.state.read_access()

    def judge(session: Reading) -> Verdict:
        return compare(known, Head(*access.head(session)), lambda number: access.hash_at(session, number))

    if station.desk.read(judge) is Verdict.AHEAD and told:
        station.notices.append(LINES_LOST)
        station.desk.note_access("access_log", str(known.seq), access.LOST)


def _hash_at(station: OpenStation, device: str) -> Callable[[int], bytes | None]:
    return lambda seq: station.desk.read(lambda session: log.hash_at(session, device, seq))


def _continue_as(station: OpenStation, state: DeviceState) -> None:
    station.state = state
    station.desk.store.adopt(state.device_id, state.epoch)
    station.desk.store.on_commit = state.write_head
    station.desk.store.on_access = state.write_access


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
