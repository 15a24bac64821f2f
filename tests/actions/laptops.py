"""Laptops of one invented station that exchange bundles by a folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from sgz_desktop.actions import exchange_join
from sgz_desktop.actions.allowed import HEAD, WORKER
from sgz_desktop.actions.exchange_devices import Computer, computer_named, computers
from sgz_desktop.actions.exchange_receive import import_bundle
from sgz_desktop.actions.exchange_send import SentBundle, export_bundle
from sgz_desktop.actions.exchange_take_in import Arrived
from sgz_desktop.actions.station import OpenStation, create_station, open_station
from sgz_desktop.domain.ids import uuid7
from sgz_desktop.store import blobs, log, read
from sgz_desktop.store.write import Write
from sgz_desktop.vault.stretch import Argon2Params
from tests.conftest import TestClock

CHEAP = Argon2Params(8, 1, 1)
PASSPHRASE = "kun-chong-yan-jiu-hui"
KEEPER = (WORKER, HEAD)
WORKERS = ("李小禾", "周望川", "秦望舒", "顾行远", "苏念北")


@dataclass
class Laptop:
    """One laptop: its station, open, and where it is."""

    station: OpenStation
    folder: Path
    user: str
    clock: TestClock = field(default_factory=TestClock)

    @property
    def id(self) -> str:
        return self.station.state.device_id

    def reopen(self) -> None:
        self.station.close()
        self.station = open_station(self.folder, self.user, PASSPHRASE, now=self.clock)

    def known(self, other: Laptop | str) -> Computer:
        told = other if isinstance(other, str) else other.id
        return computer_named(computers(self.station.desk), told)

    def write(self, id: str = "", **values: object) -> str:
        """Save fields of a person, seen as they stand."""
        desk, id = self.station.desk.doing("save_form"), id or uuid7()

        def work(session) -> None:
            from sgz_desktop.domain.records.person import Person

            loaded = read.load(session, Person, id)
            desk.record(session, "", [Write("person", id, values, loaded.seen if loaded else {})])

        desk.write(work)
        return id

    def attach(self, parent: str, data: bytes) -> str:
        """Keep bytes as an attachment; its SHA-256."""
        desk = self.station.desk.doing("attach_file")

        def work(session) -> str:
            digest = blobs.put(session, data, "application/pdf")
            values = {"parent": parent, "sha256": digest, "mime": "application/pdf", "size": len(data)}
            values["identity"] = blobs.identity_of(session, digest)
            desk.record(session, "", [Write("attachment", uuid7(), values)])
            return digest

        return desk.write(work)

    def bytes_of(self, sha256: str) -> bytes:
        return self.station.desk.store.read(lambda s: blobs.get(s, sha256))

    def name_of(self, id: str) -> str | None:
        from sgz_desktop.domain.records.person import Person

        found = self.station.desk.read(lambda s: read.get(s, Person, id))
        return found.name if found else None

    def send(self, to: Laptop, stick: Path) -> SentBundle:
        peer = self.known(to)
        out = stick / f"{self.station.desk.device.letter}-{peer.letter}-{uuid7()}.sgzb"
        return export_bundle(self.station.desk, self.station, peer, out)

    def take(self, path: Path) -> Arrived:
        return import_bundle(self.station.desk, self.station, path)

    def says(self) -> tuple[object, ...]:
        """Digest, history and open conflicts: what must be equal in the end."""
        return self.station.desk.store.read(
            lambda s: (log.digest(s), log.history_digest(s), log.counts(s)["open_conflicts"])
        )


def founder(folder: Path, **options: object) -> Laptop:
    """The first laptop of a new station."""
    clock = TestClock()
    station = create_station(
        folder, "青禾镇社工站", WORKERS[0], PASSPHRASE, params=CHEAP, now=clock, **options
    )
    return Laptop(station, folder, WORKERS[0], clock)


def joined(first: Laptop, folder: Path, place: int, stick: Path, roles: tuple[str, ...] = ()) -> Laptop:
    """Another laptop: invited, let in, and brought up to date. `roles`: as if the station knew its worker in
    them already; else it does not know him."""
    invitation = stick / f"invitation-{place}.json"
    request = stick / f"request-{place}.age"
    clock = TestClock()
    told = exchange_join.invite(first.station.desk, first.station, invitation)
    read_back = exchange_join.read_invitation(invitation)
    member = exchange_join.Member(uuid7(), WORKERS[place], roles)
    station, asked = exchange_join.join(
        folder,
        replace(read_back, workers=(*read_back.workers, member)) if roles else read_back,
        WORKERS[place],
        PASSPHRASE,
        f"{place + 1}号机",
        request,
        params=CHEAP,
        now=clock,
    )
    assert told.letter == asked.letter
    back = exchange_join.read_request(first.station.desk, first.station, request)
    assert back == asked
    exchange_join.let_in(first.station.desk, first.station, back)
    laptop = Laptop(station, folder, WORKERS[place], clock)
    laptop.take(first.send(laptop, stick).path)
    return laptop


def closing(laptops: list[Laptop]) -> Iterator[list[Laptop]]:
    try:
        yield laptops
    finally:
        for laptop in laptops:
            laptop.station.close()
