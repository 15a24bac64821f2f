"""A station people have worked in: images of its folder and state at several times, put back at one path."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from sgz_desktop.actions import cases, find, forms, people, settings
from sgz_desktop.actions.station import OpenStation, create_station, open_station
from sgz_desktop.domain.ids import uuid7
from sgz_desktop.store import blobs, log, papers
from sgz_desktop.store import connection as connections
from sgz_desktop.store.apply import apply
from sgz_desktop.store.connection import DATABASE, Connection, connect
from sgz_desktop.store.session import Identity
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import Write, record, record_many
from sgz_desktop.vault import slot_file
from sgz_desktop.vault.keys import Label, derive
from sgz_desktop.vault.stretch import Argon2Params
from sgz_desktop.vault.unlocking import unlock
from tests.conftest import KEY, TestClock

STATION, USER, PASSPHRASE = "青禾镇社工站", "李小禾", "river lantern seventeen"
CHEAP = Argon2Params(32, 1, 1)
PEER = "0f0e0d0c-0000-4000-8000-00000000beef"
STAGES = 6
WAL = DATABASE + "-wal"


class Place:
    """One path with a store folder and a state folder. Clocks go on over all its openings."""

    def __init__(self, root: Path) -> None:
        self.root, self.store, self.state = root, root / "store", root / "state"
        self.clock = TestClock()
        self.key = b""

    def open(self, folder: Path | None = None) -> OpenStation:
        return open_station(folder or self.store, USER, PASSPHRASE, now=self.clock)

    def keep(self, name: str) -> None:
        """Keep what is here now as an image."""
        for part in (self.store, self.state):
            shutil.copytree(part, self.image(name) / part.name)

    def put(self, name: str, state: str = "") -> None:
        """Bring an image back, its state of the same time or of another."""
        for part, image in ((self.store, name), (self.state, state or name)):
            shutil.rmtree(part, ignore_errors=True)
            shutil.copytree(self.image(image) / part.name, part)

    def image(self, name: str) -> Path:
        return self.root / "images" / name

    def bytes_of(self, image: str, name: str = DATABASE) -> bytes:
        return (self.image(image) / "store" / name).read_bytes()

    @contextmanager
    def raw(self, folder: Path | None = None) -> Iterator[Connection]:
        """A connection with the key in hand and nobody watching."""
        connection = connect((folder or self.store) / DATABASE, self.key)
        try:
            yield connection
        finally:
            connection.close()


def build(root: Path) -> Place:
    """Images closed-0 … closed-5, and crashed: stopped without closing, its last work in the WAL alone."""
    place = Place(root)
    with mock.patch.dict(os.environ, {"SGZ_STATE": str(place.state)}), unflushed():
        station = create_station(place.store, STATION, USER, PASSPHRASE, params=CHEAP, now=place.clock)
        place.key = database_key(place.store)
        peer = new_peer(root / "peer", station)
        for stage in range(STAGES):
            work(station, peer, stage)
            station.close()
            place.keep(f"closed-{stage}")
            station = place.open()
            _settled(station)
        work(station, peer, STAGES)
        station.desk.note_access("person_page", "", "done")  # last, so that the least cut takes a commit away
        _settled(station)
        shutil.copytree(place.state, place.image("crashed") / "state")
        shutil.copytree(place.store, place.image("crashed") / "store")
        station.close()
        peer.close()
    return place


@contextmanager
def unflushed() -> Iterator[None]:
    """Nothing here is about power cuts, so nothing waits for the disk: thousands of cases in minutes."""
    with (
        mock.patch.object(connections, "SYNCHRONOUS", "OFF"),
        mock.patch.object(connections, "FULL", 0),
        mock.patch.object(os, "fsync", return_value=None),
    ):
        yield


def database_key(folder: Path) -> bytes:
    """The raw key of a store, by its worker's passphrase."""
    root = unlock(slot_file.read_slots(folder), USER, PASSPHRASE).root
    return derive(root, Label.DATABASE).reveal()


def _settled(station: OpenStation) -> None:
    """After what opening left to do: so that an image holds a checkpoint and what came after it."""
    station.desk.store.write(lambda session: None)


def new_peer(folder: Path, station: OpenStation, device: str = PEER) -> Store:
    """A colleague's store of the same station, in an absent folder."""
    folder.mkdir()
    return Store(folder, KEY, Identity(station.slots.store_id, "station", STATION, device, 1), TestClock())


def work(station: OpenStation, peer: Store, stage: int) -> None:
    """A day's work: people, visits, a case, corrections, an attachment, a paper, a draft, a bundle."""
    desk, day = station.desk.doing("save"), f"2026-06-{stage + 10}"
    find.ready_search(desk, lambda: False)
    members = [
        people.MemberInput("02", {"name": name + "甲乙丙丁戊己庚"[stage]}) for name in ("测试", "试验")
    ]
    home = people.register_household(desk, {"village": "石桥头村"}, members)
    person = home.people[0]
    visits = [
        Write("visit", uuid7(), {"household": home.household, "person": person, "date": day, "facts": facts})
        for facts in ("家里安好，按时服药。", "低保证已换新，待补照片。")
    ]
    desk.write(lambda session: desk.record(session, "走访", visits))
    cases.open_case(desk, person=person)
    form = forms.form(desk, person, "person")
    forms.save_form(desk, form, {"phone": f"1380000000{stage}"}, reason="更正电话")
    desk.store.write(lambda session: blobs.put(session, f"photo {stage}".encode() * 99, "image/png"))
    desk.store.write(
        lambda session: papers.freeze(
            session, f"文A-{stage}", "person", person, "card/1", "unsigned", b"%PDF " + str(stage).encode()
        )
    )
    forms.keep_draft(desk, "visit", person, {"facts": f"写到一半{stage}"})
    settings.change_settings(desk, {"send_to": f"云岭县民政局{stage}"})
    _exchange(station, peer, stage)
    forms.save_form(desk, forms.form(desk, person, "person"), {"note": f"最后一笔{stage}"})


def _exchange(station: OpenStation, peer: Store, stage: int) -> None:
    actor, device = station.desk.actor.doing("save"), peer.identity.device
    peer.write(
        lambda s: record(s, actor, "", "person", f"{device}-p{stage}", {"name": "外来甲", "phone": "1"}, {})
    )
    peer.write(
        lambda s: record_many(s, actor, "", [Write("drone", f"{device}-{stage}", {}, {}, {"battery": stage})])
    )
    known = station.desk.read(log.tops).get(device, 0)
    theirs = peer.read(lambda s: list(log.edits(s, {device: known})))
    station.desk.store.write(lambda s: apply(s, theirs))


def waits_to_be_indexed(place: Place) -> bool:
    """Was the index cut off from the save before it? It is made up for at the next start."""
    with place.raw() as connection:
        return bool(connection.execute("SELECT count(*) FROM to_index").fetchone()[0])


def content(place: Place, *, index: bool = True) -> list[object]:
    """Everything a store says, or all but its search index, read with nobody watching; damage raises. The
    oracle of what is harmless."""
    with place.raw() as connection:
        run: Callable[..., Connection] = connection.execute
        found: list[object] = [run("PRAGMA cipher_integrity_check").fetchall()]
        found.append(run("PRAGMA integrity_check").fetchall())
        for name, sql in run(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name"
        ).fetchall():
            if not index and name.startswith(("search_", "to_index")):
                continue
            found.append((name, sql, sorted(map(repr, run(f"SELECT * FROM {name}").fetchall()))))
        run("CREATE VIRTUAL TABLE temp.term USING fts5vocab('main', 'search_text', 'instance')")
        if index:
            found.append(run("SELECT term, doc, offset FROM temp.term").fetchall())
        return found
