"""Make the fixture of this version's files: a small station of invented people, closed, and what it says.

python -m tests.proofs.make_fixture [--out tests/proofs/fixtures]

Run it once for every schema that is released, and again while one is still being made. What is in it:
`slots.json`, `blobs/` and `state/` as they are; `store.db.packed` (see packed.py); `facts.json` with the
passphrase and raw key of its made-up worker, and digest, history, edits and problems to be found again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from sgz_desktop.actions import keeping
from sgz_desktop.actions.station import LOCK, create_station
from sgz_desktop.store import blobs
from sgz_desktop.store.connection import DATABASE
from sgz_desktop.store.migrate import SCHEMA
from sgz_desktop.vault import slot_file, state
from tests.conftest import TestClock
from tests.proofs import packed
from tests.proofs.lived_in import CHEAP, PASSPHRASE, STATION, USER, database_key, new_peer, work

FIXTURES = Path(__file__).with_name("fixtures")
PACKED = DATABASE + ".packed"
FACTS = "facts.json"
WANTED = ("digest", "history", "edits", "open_conflicts", "records", "changes", "blobs")


@contextmanager
def at_one_place() -> Iterator[None]:
    """A state folder belongs to one path on one computer; fixtures all stand at the same made-up one."""
    with mock.patch.object(state, "place_of", return_value="/made up/place"):
        yield


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, default=FIXTURES)
    target = options.parse_args().out / f"schema-{SCHEMA}"
    with tempfile.TemporaryDirectory() as made:
        make(Path(made), target)
    print(f"{target}: {sum(path.stat().st_size for path in target.rglob('*') if path.is_file())} bytes")
    return 0


def make(room: Path, target: Path) -> None:
    """Make a station in `room` and put the fixture in the place of `target`."""
    folder = room / "store"
    clock = TestClock()
    with mock.patch.dict(os.environ, {"SGZ_STATE": str(room / "state")}), at_one_place():
        station = create_station(folder, STATION, USER, PASSPHRASE, params=CHEAP, now=clock)
        peer = new_peer(room / "peer", station)
        for stage in range(2):
            work(station, peer, stage)
        peer.close()
        found = keeping.check_store(station.desk, station)
        facts = {name: found.figures[name] for name in WANTED} | {"problems": list(found.problems)}
        facts |= {"device": station.desk.device.id, "letter": station.desk.device.letter}
        station.close()
    key = database_key(folder)
    facts |= {"schema": SCHEMA, "user": USER, "passphrase": PASSPHRASE, "key": key.hex()}
    _put(room, target, key, facts)


def _put(room: Path, target: Path, key: bytes, facts: dict[str, Any]) -> None:
    folder = room / "store"
    data = (folder / DATABASE).read_bytes()
    facts["sha256"] = hashlib.sha256(data).hexdigest()
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    shutil.copy(folder / slot_file.SLOTS, target)
    shutil.copytree(folder / blobs.FOLDER, target / blobs.FOLDER)
    shutil.copytree(room / "state", target / "state")
    (target / PACKED).write_bytes(packed.pack(data, key))
    (target / FACTS).write_text(
        json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8"
    )


def put_up(fixture: Path, folder: Path) -> dict[str, Any]:
    """The fixture as it stood on its computer: `folder`/store and `folder`/state. Returns its facts."""
    facts: dict[str, Any] = json.loads((fixture / FACTS).read_text("utf-8"))
    store = folder / "store"
    store.mkdir(parents=True)
    shutil.copy(fixture / slot_file.SLOTS, store)
    shutil.copytree(fixture / blobs.FOLDER, store / blobs.FOLDER)
    shutil.copytree(fixture / "state", folder / "state")
    data = packed.unpack((fixture / PACKED).read_bytes(), bytes.fromhex(facts["key"]))
    assert hashlib.sha256(data).hexdigest() == facts["sha256"]
    (store / DATABASE).write_bytes(data)
    (store / LOCK).touch()
    return facts


if __name__ == "__main__":
    sys.exit(main())
