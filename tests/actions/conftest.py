"""A station made through the vault with cheap keys, open at the desk of its founder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.station import OpenStation, create_station
from sgz_desktop.vault.stretch import Argon2Params
from tests.conftest import TestClock

CHEAP = Argon2Params(32, 1, 1)
PASSPHRASE = "river lantern seventeen"

Make = Callable[..., OpenStation]


@pytest.fixture
def make_station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """make_station(name="store", **create_station options) → an open station, closed after the test."""
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    opened: list[OpenStation] = []

    def make(name: str = "store", station: str = "青禾镇社工站", **options: object) -> OpenStation:
        options.setdefault("now", TestClock())
        made = create_station(tmp_path / name, station, "李小禾", PASSPHRASE, params=CHEAP, **options)
        opened.append(made)
        return made

    yield make
    for station in opened:
        station.close()


@pytest.fixture
def station(make_station: Make) -> OpenStation:
    """One open, empty station."""
    return make_station()


@pytest.fixture
def desk(station: OpenStation) -> Desk:
    """The founder's desk."""
    return station.desk
