"""The power goes while people save: every save acknowledged before that is there, whole, at the next start.

The file calls of real saves, with checkpoints and a backup among them, are recorded once; what a disk may
hold after any of them is laid out again and again and opened as at any start.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

import pytest

from sgz_desktop.actions import keeping
from sgz_desktop.actions.station import OpenStation, create_station, open_station
from sgz_desktop.store import connection
from sgz_desktop.store.connection import DATABASE
from sgz_desktop.store.write import Write
from tests.proofs.at_work import CHEAP, keep
from tests.proofs.conftest import Tally
from tests.proofs.crash_images import Disk, images, lay_out
from tests.proofs.file_calls import Call, record, unflushed
from tests.proofs.sizes import SEED, size
from tests.proofs.verdict import proven_backup

USER, PASSPHRASE = "李小禾", "river lantern seventeen"
BACKUP = "backup"
SAVES = 24
CONTROLS = size(100, 2_000)
PAGES_A_CHECKPOINT = 40  # instead of 1,000, so that short work meets several


class Day:
    """A working day at `run`: what lay there before, the calls, and after how many of them what was told."""

    def __init__(self, root: Path) -> None:
        self.run, self.before = root / "run", root / "before"
        self.calls: list[Call] = []
        self.told: list[tuple[int, str]] = []
        self.run.mkdir(parents=True)
        with self.at_the_desk():
            station = create_station(self.station, "青禾镇社工站", USER, PASSPHRASE, params=CHEAP)
            save(station, "before")
            keeping.back_up(station.desk, station, self.backup)
            station.close()
        shutil.copytree(self.run, self.before)

    @property
    def station(self) -> Path:
        return self.run / "station"

    @property
    def backup(self) -> Path:
        return self.run / "desk.sgzbak"

    @contextmanager
    def at_the_desk(self) -> Iterator[None]:
        """What this computer knows of its stores lies on the same disk."""
        with patch.dict(os.environ, SGZ_STATE=str(self.run / "state")):
            yield

    def work(self) -> None:
        """Open, save, back up in the midst, save, close; all under the watch."""
        with self.at_the_desk(), record(self.run) as self.calls:
            station = open_station(self.station, USER, PASSPHRASE)
            pragma = f"PRAGMA wal_autocheckpoint = {PAGES_A_CHECKPOINT}"
            station.desk.store.write(lambda s: s.connection.execute(pragma))
            for number in range(SAVES):
                save(station, f"s{number}")
                self.told.append((len(self.calls), f"s{number}"))
                if number == SAVES // 2:
                    keeping.back_up(station.desk, station, self.backup)
                    self.told.append((len(self.calls), BACKUP))
            station.close()

    def acknowledged(self, made: int) -> set[str]:
        """What had been told when so many calls were made."""
        return {what for when, what in self.told if when <= made}


def save(station: OpenStation, name: str) -> None:
    people = [Write("person", f"{name}-{half}", {"name": "测试", "note": "长" * 300}) for half in "ab"]
    keep(station, people, name.encode() * 3000 if name.endswith("5") else b"")


@dataclass
class Found:
    """What the images showed: how many, saves lost, saves or backups that are half, what check found."""

    images: int = 0
    lost: int = 0
    unsound: list[str] = field(default_factory=list)


def replay(day: Day, wanted: int) -> Found:
    """Lay out images of the day and start again from each."""
    draw, found = random.Random(f"{SEED} power cut"), Found()
    shutil.rmtree(day.run)
    shutil.copytree(day.before, day.run)
    for made, policy, image in images(Disk(day.run), day.calls, wanted, draw):
        shutil.rmtree(day.run)
        lay_out(image)
        found.images += 1
        try:
            with day.at_the_desk(), unflushed(day.run):
                start_again(day, day.acknowledged(made), found)
        except Exception as problem:  # whatever stops the next start
            found.unsound.append(f"after call {made}, {policy}: {problem!r}")
    return found


def start_again(day: Day, wanted: set[str], found: Found) -> None:
    station = open_station(day.station, USER, PASSPHRASE)
    try:
        rows = station.desk.read(lambda s: s.connection.execute("SELECT id FROM r_person").fetchall())
        halves = {row[0] for row in rows}
        whole = {id[:-2] for id in halves if {f"{id[:-2]}-a", f"{id[:-2]}-b"} <= halves}
        found.lost += len(wanted - {BACKUP} - whole)
        found.unsound += station.notices
        found.unsound += keeping.check_store(station.desk, station).problems
        found.unsound += ["a save is half"] * (len(halves) - 2 * len(whole))
        found.lost += BACKUP in wanted and not is_new_backup(day, station)
    finally:
        station.close()


def is_new_backup(day: Day, station: OpenStation) -> bool:
    """AppError when the file is neither the old backup nor the new one, whole."""
    if day.backup.read_bytes() == (day.before / day.backup.name).read_bytes():
        return False
    return bool(proven_backup(day.backup, station))


def test_nothing_acknowledged_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tally: Tally) -> None:
    """The control, with SQLite flushing only at checkpoints, must lose some."""
    full, normal = Day(tmp_path / "full"), Day(tmp_path / "normal")
    full.work()
    with monkeypatch.context() as patched:
        patched.setattr(connection, "SYNCHRONOUS", "NORMAL")
        patched.setattr(connection, "FULL", 1)
        normal.work()
    checkpoints = sum(call.what == "sync" and call.path.endswith(DATABASE) for call in full.calls)
    assert checkpoints > 5
    kept, lost = replay(full, size(500, 20_000)), replay(normal, CONTROLS)
    counts = {"images": kept.images, "checkpoints": checkpoints, "lost_with_full": kept.lost}
    counts |= {"unsound": len(kept.unsound), "control_images": lost.images, "lost_with_normal": lost.lost}
    tally("power cut", seed=SEED, **counts)
    assert (kept.lost, kept.unsound) == (0, [])
    assert lost.lost > 0
