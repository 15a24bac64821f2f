"""Five enrolled laptops, made once and closed: every schedule begins with copies of their stores."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.edits import NO_HASH
from sgz_desktop.domain.ids import uuid7
from sgz_desktop.vault import sealing
from sgz_desktop.vault.device_keys import DeviceKey, new_seed
from sgz_desktop.vault.head import Head
from sgz_desktop.vault.keys import Label, derive
from sgz_desktop.vault.slots import Slots
from tests.actions import laptops


@dataclass
class State:
    """What a laptop keeps outside its store, in memory."""

    device_id: str
    epoch: int
    key: DeviceKey
    identity: str
    head: Head

    @property
    def recipient(self) -> str:
        return sealing.recipient_of(self.identity)

    def read_head(self) -> Head:
        return self.head

    def write_head(self, seq: int, digest: bytes) -> None:
        self.head = Head(seq, digest)

    @classmethod
    def new(cls, epoch: int) -> State:
        return cls(uuid7(), epoch, DeviceKey(new_seed()), sealing.new_identity(), Head(0, NO_HASH))

    def read_lines(self) -> Head:
        return Head(0, NO_HASH)

    def write_lines(self, number: int, digest: bytes) -> None: ...


@dataclass
class Made:
    """A laptop of the template: where its closed store lies, its key, and what opens it again."""

    folder: Path
    key: bytes
    desk: Desk
    slots: Slots
    state: State


def template(root: Path) -> list[Made]:
    """Five enrolled laptops that know each other, closed."""
    stick = root / "stick"
    stick.mkdir()
    first = laptops.founder(root / "laptop-0")
    others = [
        laptops.joined(first, root / f"laptop-{place}", place, stick, laptops.KEEPER) for place in range(1, 5)
    ]
    for other in others:
        other.take(first.send(other, stick).path)
    made = []
    for laptop in (first, *others):
        station = laptop.station
        key, old = derive(station.root, Label.DATABASE).reveal(), station.state
        state = State(old.device_id, old.epoch, old.key, old.identity, old.read_head())
        made.append(Made(laptop.folder, key, station.desk, station.slots, state))
        station.close()
    return made
