"""The power goes during each operation that changes data: acknowledged = kept, under way = whole or absent.

As in `test_power_cut`, for every operation that `test_kill` stops; what is found is judged in the same way.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from sgz_desktop import files
from sgz_desktop.domain.edits import Edit
from tests.proofs.at_work import Worker, make_template
from tests.proofs.conftest import Tally
from tests.proofs.crash_images import Disk, images, lay_out
from tests.proofs.file_calls import Call, record
from tests.proofs.places import OPERATIONS, Places
from tests.proofs.sizes import SEED, size
from tests.proofs.verdict import judge

IMAGES = size(20, 1_000)  # of each operation


@dataclass
class Desk:
    """A station, and what a peer will send to it."""

    places: Places
    sent: list[Edit]

    def put_back(self) -> None:
        shutil.rmtree(self.places.run, ignore_errors=True)
        shutil.copytree(self.places.template, self.places.run)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    places = Places(tmp_path_factory.mktemp("cut") / "desk")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SGZ_STATE", str(places.state))
        yield Desk(places, make_template(places))


def worked(desk: Desk, operation: str) -> tuple[list[Call], dict[str, int]]:
    """The calls of a worker who saves twice and does an operation; after how many what was told."""
    told: dict[str, int] = {}
    with record(desk.places.run) as calls:
        worker = Worker(desk.places, desk.sent)
        for name in worker.save_two():
            told[name] = len(calls)
        worker.make_ready(operation)
        getattr(worker, operation)()
        told[operation] = len(calls)
        worker.close()
    return calls, told


def cut(desk: Desk, operation: str, wanted: int) -> tuple[list[str], list[str]]:
    """What was lost and what was half in so many images."""
    desk.put_back()
    calls, told = worked(desk, operation)
    desk.put_back()
    draw, lost, half = random.Random(f"{SEED} {operation}"), [], []
    for made, policy, image in images(Disk(desk.places.run), calls, wanted, draw):
        shutil.rmtree(desk.places.run)
        lay_out(image)
        known = {name for name, when in told.items() if when <= made}
        verdict = judge(desk.places, operation, sorted(known - {operation}), operation in known)
        lost += verdict.lost
        half += [f"after call {made}, {policy}: {problem}" for problem in verdict.half]
    return lost, half


@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_power_goes_anywhere(desk: Desk, operation: str, tally: Tally) -> None:
    lost, half = cut(desk, operation, IMAGES)
    tally(f"power cut in {operation}", seed=SEED, images=IMAGES, lost=len(lost), half=len(half))
    assert (lost, half) == ([], [])


def test_control_without_flushing_folders_a_backup_is_lost(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "sync_folder", lambda folder: None)
    assert "backup" in cut(desk, "backup", size(40, 400))[0]
