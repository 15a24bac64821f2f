"""A station made through the vault with cheap keys, open at the desk of its founder."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from sgz_desktop.actions import practice
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.records_file import export_records
from sgz_desktop.actions.station import OpenStation, create_station
from sgz_desktop.vault import members
from sgz_desktop.vault.stretch import Argon2Params
from tests.conftest import TestClock

CHEAP = Argon2Params(32, 1, 1)
PASSPHRASE = "river lantern seventeen"

Make = Callable[..., OpenStation]
Records = dict[str, dict[str, dict[str, Any]]]


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


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenStation]:
    """The whole practice station, made once, with cheap keys."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SGZ_STATE", str(tmp_path_factory.mktemp("state")))
        patch.setattr(practice, "create_station", partial(create_station, params=CHEAP))
        patch.setattr(members, "add_worker", partial(members.add_worker, params=CHEAP))
        made = practice.build_practice(tmp_path_factory.mktemp("town") / "store", PASSPHRASE)
    yield made
    made.close()


@pytest.fixture(scope="session")
def records(town: OpenStation, tmp_path_factory: pytest.TempPathFactory) -> Records:
    """Everything in the whole practice station, by kind and id."""
    path = tmp_path_factory.mktemp("out") / "town.ndjson"
    export_records(town.desk, path)
    found: Records = defaultdict(dict)
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        one = json.loads(line)
        found[one["record"]][one["id"]] = one["values"]
    return found
