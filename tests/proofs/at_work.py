"""A station with a past, and somebody who does there, once, each operation that changes what is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sgz_desktop.actions import keeping, records_file, workers
from sgz_desktop.actions.station import OpenStation, create_station, open_station, put_slots
from sgz_desktop.domain.edits import Edit
from sgz_desktop.store import blobs, log
from sgz_desktop.store.apply import apply
from sgz_desktop.store.session import Identity, Writing
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import Write, record_many
from sgz_desktop.vault import members
from sgz_desktop.vault.stretch import Argon2Params
from sgz_desktop.vault.unlocking import Unlocked
from tests.next_release import released, steps_with
from tests.proofs import places as at

CHEAP = Argon2Params(32, 1, 1)


class Worker:
    """Somebody at the desk."""

    def __init__(self, places: at.Places, sent: list[Edit]) -> None:
        self.places = places
        self.sent = sent
        self.also: OpenStation | None = None  # what was restored
        self.station = open_station(places.station, at.HEAD, at.PASSPHRASE)

    def save_two(self) -> Iterator[str]:
        """What was saved, each told after its save."""
        for number in (1, 2):
            save_person(self.station, f"kept-{number}")
            self.rest()
            yield f"kept-{number}"

    def rest(self) -> None:
        """Until the search index has caught up with what was saved."""
        self.station.desk.read(lambda session: None)

    def make_ready(self, operation: str) -> None:
        """What comes before an operation and is no part of it: the old release closes."""
        if operation == "migration":
            self.station.close()

    def save(self) -> None:
        people = [Write("person", id, {"name": "测试", "note": "长" * 500}) for id in at.NEW_PEOPLE]
        keep(self.station, people, at.PICTURE)
        self.rest()

    def merge(self) -> None:
        self.station.desk.store.write(lambda session: apply(session, self.sent))
        self.rest()

    def backup(self) -> None:
        keeping.back_up(self.station.desk, self.station, self.places.backup)

    def restore(self) -> None:
        self.also = keeping.restore(self.places.backup, self.places.restored, at.HEAD, at.PASSPHRASE)

    def migration(self) -> None:
        """The first start of the next release."""
        with released(self.places.steps):
            self.station = open_station(self.places.station, at.HEAD, at.PASSPHRASE)

    def rekey(self) -> None:
        workers.remove_worker(self.station.desk, self.station, at.LEAVER)

    def export(self) -> None:
        records_file.export_records(self.station.desk, self.places.records)

    def close(self) -> None:
        for station in filter(None, [self.station, self.also]):
            station.close()


def save_person(station: OpenStation, id: str) -> None:
    """One save that brings one person."""
    keep(station, [Write("person", id, {"name": "测试", "note": "长" * 500})])


def keep(station: OpenStation, writes: list[Write], picture: bytes = b"") -> None:
    """Save records, and a picture, in one transaction."""
    desk = station.desk.doing("save")

    def work(session: Writing) -> None:
        if picture:
            blobs.put(session, picture, "image/png")
        desk.record(session, "", writes)

    desk.write(work)


def make_template(places: at.Places) -> list[Edit]:
    """A station with some past, made where it will run; gives what a peer will send."""
    places.run.mkdir(parents=True)
    station = create_station(places.station, at.STATION, at.HEAD, at.PASSPHRASE, params=CHEAP)
    desk = station.desk
    mine = Unlocked(station.root, desk.actor.worker, desk.user, tuple(sorted(desk.actor.roles)))
    put_slots(
        station,
        members.add_worker(station.slots, mine, at.LEAVER, at.LEAVERS, ["social_worker"], params=CHEAP),
    )
    for number in range(5):
        save_person(station, f"old-{number}")
    attach(station, "first", b"the first picture" * 500)
    records_file.export_records(desk, places.records)
    first = desk.read(lambda s: s.connection.execute("SELECT sha256 FROM blob").fetchone()[0])
    desk.store.write(lambda s: blobs.drop(s, first))
    attach(station, "second", b"the second picture" * 500)
    keeping.back_up(desk, station, places.backup)
    keep(station, [Write("drone", "d1", {}, {}, {"battery": 80})])
    sent = peers_edits(places, station)
    station.close()
    places.run.rename(places.template)
    steps_with(at.NEXT_RELEASE, places.steps)
    return sent


def attach(station: OpenStation, id: str, data: bytes) -> None:
    """Keep a picture and the record that names it."""
    values = {"sha256": hashlib.sha256(data).hexdigest(), "mime": "image/png", "title": "照片"}
    keep(station, [Write("attachment", id, values)], data)


def peers_edits(places: at.Places, station: OpenStation) -> list[Edit]:
    """What another computer of the station wrote: known people altered, new ones, a kind we do not know."""
    me = station.desk.store.identity
    folder = places.root / "peer"
    folder.mkdir()
    peer = Store(folder, bytes(32), Identity(me.store_id, me.kind, me.station, at.PEER, 1))
    known = station.desk.read(lambda s: list(log.edits(s)))
    peer.write(lambda s: apply(s, known))
    for number in range(6):
        writes = [
            Write("person", f"old-{number % 5}", {"name": f"改{number}"}),
            Write("person", f"peer-{number}", {"name": "测试", "note": "远" * 200}),
        ]
        peer.write(lambda s, writes=writes: record_many(s, station.desk.doing("save").actor, "", writes))
    sent = [edit for edit in peer.read(lambda s: list(log.edits(s))) if edit.device == at.PEER]
    peer.close()
    return sent
