"""The desk: an open store, the worker at it, and the clock they share. Every action takes one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.case_transfer import STAYS
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.records.device import Device as DeviceRecord
from sgz_desktop.domain.signed_words import decision_told
from sgz_desktop.errors import AppError
from sgz_desktop.store import access, case_parts, enrolment, read, settings
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.store import Store
from sgz_desktop.store.veil import NOTHING, KeptBack
from sgz_desktop.store.write import Write, record_many

T = TypeVar("T")
FIRST_LETTER = "A"
NOBODY = ""  # whose own nothing is
GONE = ("这个个案已转到别的社工站，没有保存。", "这里只能查看；有新情况请告诉接收的站。")
STILL_WRITE = frozenset({"send_case", "receive_case", "settle", "settle_many"})  # into a case that has gone


@dataclass(frozen=True)
class Device:
    """What peers need to know of this computer. Keys are hex and age recipients; for `endorsement` and
    `card_key` see `vault.left_keys`."""

    id: str
    epoch: int
    letter: str
    sign_key: str = ""
    box_key: str = ""
    endorsed_by: str = ""
    endorsement: str = ""
    card_key: str = ""


@dataclass(frozen=True)
class Desk:
    """`user` is the worker's name, `ids` gives fresh record ids. `veiled`: the action under way shows its
    worker nothing of a case that is kept from the guardian and not theirs."""

    store: Store
    actor: Actor
    user: str
    device: Device
    ids: Callable[[], str]
    veiled: bool = False

    @property
    def practice(self) -> bool:
        """Is this the practice station, whose people are invented?"""
        return self.store.identity.kind == "practice"

    @property
    def station(self) -> str:
        """The station's name."""
        return self.store.identity.station

    def today(self) -> str:
        """The local day, YYYY-MM-DD."""
        return datetime.fromtimestamp(self.store.now() / 1000).strftime("%Y-%m-%d")

    def clock(self) -> str:
        """The local time, HH:MM."""
        return datetime.fromtimestamp(self.store.now() / 1000).strftime("%H:%M")

    def doing(self, verb: str, *, veiled: bool = False) -> Desk:
        """The same desk with the action under way named."""
        return replace(self, actor=self.actor.doing(verb), veiled=veiled)

    def read(self, work: Callable[[Reading], T]) -> T:
        """Run `work` on a snapshot of the store, as far as the action under way may show it."""
        return self.store.read(work, self.kept_back())

    def read_for_paper(self, work: Callable[[Reading], T], case: str = "") -> T:
        """Read what is printed about a family: papers lie about in it, so nothing kept from a guardian is on
        one, whoever prints it, except on the papers of that `case` (its id or number) itself."""
        kept = self.store.kept_back(NOBODY)
        return self.store.read(work, self.kept_back() if case in kept.names else kept)

    def kept_back(self) -> KeptBack:
        """What the action under way leaves out."""
        return self.store.kept_back(self.user) if self.veiled else NOTHING

    def write(self, work: Callable[[Writing], T]) -> T:
        """Run `work` in one transaction; when it returns, everything in it is on disk."""

        def introduced(session: Writing) -> T:
            self.introduce(session)
            return work(session)

        return self.store.write(introduced)

    def record(self, session: Writing, reason: str, writes: Sequence[Write]) -> None:
        """Write records in the name of this desk's worker. AppError for what belongs to a case that went to
        another station: it is read here and written there."""
        if self.actor.verb not in STILL_WRITE:
            _refuse_gone(session, writes)
        record_many(session, self.actor, reason, writes)

    def note_access(self, action: str, record: str, outcome: str, kind: str = "") -> None:
        """Add a line to the access log; written before the store closes."""
        line = access.Access(self.store.now(), self.actor.worker, action, kind, record, outcome)
        self.store.write_later(lambda session: access.note(session, line))

    def tell_card_key(self, sign: Callable[[bytes], bytes]) -> None:
        """Say which key the holder of the recovery card decides with now, where this computer has said who it
        is already; else it is said with that. `sign` is that key: what was decided before goes on counting.
        """
        device, key = self.device.id, self.device.card_key

        def work(session: Writing) -> None:
            stopped = device in enrolment.limits(session)
            if not key or stopped or not read.exists(session, "device", device):
                return
            before, store = enrolment.facts(session), self.store.identity.store_id
            for decided in (before.decided, before.settled):  # on one computer these may be two
                told = {id: decision_told(store, id, one, sign) for id, one in sorted(decided.items())}
                self._tell(session, {id: {"decision": said} for id, said in told.items()})
            self._tell(session, {device: {"card_key": key}})  # last: this one may write by such a decision

        self.store.write(work)

    def _tell(self, session: Writing, values: Mapping[str, Mapping[str, Wire]]) -> None:
        """Say something of computers in this one's own name."""
        writes = []
        for id, some in values.items():
            loaded = read.load(session, DeviceRecord, id)
            writes.append(Write("device", id, some, loaded.seen if loaded else {}))
        record_many(session, self.actor.doing("introduce"), "", writes)

    def introduce(self, session: Writing) -> None:
        """Before its first edit a device, and a worker, says who it is."""
        writes = []
        if not read.exists(session, "device", self.device.id):
            writes.append(Write("device", self.device.id, _device_values(self.device)))
        if not read.exists(session, "worker", self.actor.worker):
            roles = ",".join(sorted(self.actor.roles))
            values: Mapping[str, Wire] = {"name": self.user, "roles": roles, "active": True}
            writes.append(Write("worker", self.actor.worker, values))
        if writes:
            record_many(session, self.actor.doing("introduce"), "", writes)


def _refuse_gone(session: Writing, writes: Sequence[Write]) -> None:
    gone = case_parts.gone(session)
    for one in writes if gone else ():
        if one.kind not in STAYS and case_parts.cases_of(session, one.kind, one.id, one.values) & gone:
            raise AppError(*GONE)


def _device_values(device: Device) -> dict[str, Wire]:
    values: dict[str, Wire] = {
        "epoch": device.epoch,
        "letter": device.letter,
        "sign_key": device.sign_key or None,
        "box_key": device.box_key or None,
        "endorsed_by": device.endorsed_by or None,
        "endorsement": device.endorsement or None,
        "card_key": device.card_key or None,
    }
    return {name: value for name, value in values.items() if value is not None}


def setting(desk: Desk, name: str, default: object = None) -> object:
    """A setting of this store."""
    return desk.read(lambda session: settings.get(session, name, default))


def changes_of(desk: Desk, work: Callable[[Writing], T]) -> tuple[T, Changes]:
    """Run `work` in a transaction and say what it changed."""

    def both(session: Writing) -> tuple[T, Changes]:
        result = work(session)
        return result, session.changes()

    return desk.write(both)
