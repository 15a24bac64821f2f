"""Who may open the station: add, remove, change a passphrase. Each change survives a crash at any point."""

from __future__ import annotations

from collections.abc import Iterable

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.station import OpenStation, put_slots
from sgz_desktop.domain.records.worker import Worker
from sgz_desktop.errors import AppError
from sgz_desktop.store import drafts, read
from sgz_desktop.store.session import Writing
from sgz_desktop.store.write import Write
from sgz_desktop.vault import members, rotation
from sgz_desktop.vault.keys import Key, Label, derive
from sgz_desktop.vault.slots import Slots
from sgz_desktop.vault.tries import Tries
from sgz_desktop.vault.unlocking import Unlocked


def unlocked_of(station: OpenStation) -> Unlocked:
    """The open vault in the name of the worker at the desk."""
    desk = station.desk
    return Unlocked(station.root, desk.actor.worker, desk.user, tuple(sorted(desk.actor.roles)))


@action
def add_worker(desk: Desk, station: OpenStation, user: str, passphrase: str, roles: Iterable[str]) -> None:
    """Give a worker a way in of their own. AppError for a weak passphrase or a name in use."""
    put_slots(station, members.add_worker(station.slots, unlocked_of(station), user, passphrase, roles))


@action
def change_passphrase(desk: Desk, station: OpenStation, old: str, new: str) -> None:
    """Change one's own passphrase. WrongPassphrase when the old one is not right, TooManyTries as when
    unlocking: it is the same count."""
    with Tries(station.slots.store_id, station.folder).one():
        slots = members.change_passphrase(station.slots, unlocked_of(station), desk.user, old, new)
    put_slots(station, slots)


@action
def remove_worker(desk: Desk, station: OpenStation, user: str) -> None:
    """Take a worker's way in: a new root key for everybody who stays, without their passphrases.

    The station is closed afterwards and must be unlocked again. Copies of the old slot list no longer open
    the store; backups made before keep the old key.
    """
    if user == desk.user:
        raise AppError("不能移除正在使用的账号，没有改动。", "请由另一位站长或管理员办理。")
    slot = station.slots.worker(user)
    if slot is None:
        raise AppError("没有这个账号，没有改动。")
    slots, renewed = members.rotate(station.slots, unlocked_of(station), without=user)
    _note_removed(desk, slot.worker_id)
    desk.note_access("remove_worker", slot.worker_id, "done")
    rekey(station, slots, renewed.root)


def _note_removed(desk: Desk, worker: str) -> None:
    """What the removed worker typed and did not save goes too: nobody could open it any more."""

    def work(session: Writing) -> None:
        drafts.drop_all(session, worker)
        if read.exists(session, "worker", worker):
            loaded = read.load(session, Worker, worker)
            seen = loaded.seen if loaded else {}
            desk.record(session, "", [Write("worker", worker, {"active": False}, seen)])

    desk.write(work)


def rekey(station: OpenStation, slots: Slots, root: Key) -> None:
    """Bring slots, state folder and database to a new root key; each step can be cut short and is settled
    at the next unlock, which also keeps the new list's fingerprint. Closes the station."""
    station.sign_off()
    rotation.begin_rotation(station.folder, slots)
    station.state.begin_reseal(root)
    station.state.sync()
    station.desk.store.rekey(derive(root, Label.DATABASE).reveal())
    rotation.finish_rotation(station.folder)
    station.state.finish_reseal()
    station.slots = slots
    station.closed = True
    station.state.close()
    station.root.drop()
    station.lock.release()
