"""What a play of laptops is made of: edits that were acknowledged, bundles, and what a laptop can do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sgz_desktop.domain.edits import Stamp
from tests.conftest import TestClock

Cell = tuple[str, str, str]
Seen = Mapping[str, tuple[Stamp, ...]]
WITHHELD = ("person", "note")  # in memory its values stay home: what travels is the commitment


@dataclass(frozen=True)
class Said:
    """An edit that was acknowledged: cell → canonical bytes and the heads its author had seen."""

    stamp: Stamp
    hash: bytes
    cells: Mapping[Cell, tuple[bytes, tuple[Stamp, ...]]]


@dataclass(frozen=True)
class Parcel:
    """A bundle on a stick. `carries` says which edits are in it: of two under one number perhaps one."""

    sender: str
    to: str
    body: Any
    carries: Callable[[Said], bool]


@dataclass(frozen=True)
class Taken:
    """What a bundle brought: edits new there, and how many of these another than its sender made. It is
    refused as a stranger's where a clone claimed for the receiver that it knows who the sender is."""

    fresh: int = 0
    passed_on: int = 0
    stranger: bool = False


class Laptop(Protocol):
    """One laptop. `write` and `stop` answer None when nothing was altered or the laptop is stopped; a laptop
    whose numbers a clone used goes on as a new device."""

    clock: TestClock

    @property
    def device(self) -> str: ...
    def seen(self, kind: str, id: str) -> Seen: ...
    def write(self, kind: str, id: str, values: Mapping[str, Any], seen: Seen) -> Said | None: ...
    def stop(self, device: str) -> Said | None: ...
    def reopen(self) -> None: ...
    def parcel(self, to: str) -> Parcel | None: ...
    def take(self, parcel: Parcel) -> Taken: ...
    def backup(self) -> Any: ...
    def restored(self, backup: Any) -> Laptop: ...
    def clone(self) -> Laptop: ...
    def limits(self) -> Mapping[str, int]: ...
    def fate(self, said: Said) -> str: ...
    def heads(self) -> Mapping[Cell, set[tuple[Stamp, bytes | None]]]: ...
    def vector(self) -> object: ...
    def says(self) -> object: ...
    def again(self, parcels: Sequence[Parcel], other: Laptop) -> None: ...
