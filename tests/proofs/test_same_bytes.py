"""The same records, the same papers to the byte: whatever hash seed, zone, locale and clock there are."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.actions.papers_station import full_case
from tests.patching import ROOT
from tests.proofs import same_papers
from tests.proofs.conftest import Tally

MORNING = 1_782_787_500_000  # 30 June 2026, 02:45 UTC: the same day in every zone below
PLACES = (
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LANG": "C", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "77", "TZ": "Europe/Lisbon", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
)
CLOCKS = (MORNING, MORNING + 5 * 3_600_000 + 1_234)


@pytest.fixture(scope="module")
def station(store_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a case of all kinds of record, closed."""
    folder = tmp_path_factory.mktemp("same") / "store"
    shutil.copytree(store_template, folder)
    desk = same_papers.desk_on(folder, MORNING)
    full_case(desk)
    desk.store.close()
    return folder


def digests(station: Path, folder: Path, *more: str) -> list[dict[str, str]]:
    """What each of two processes printed, each from a copy of its own in another folder."""
    told = []
    for n, (place, clock) in enumerate(zip(PLACES, CLOCKS, strict=True)):
        copy = folder / ("一" * n + "copy")
        shutil.copytree(station, copy)
        command = [sys.executable, "-m", "tests.proofs.same_papers", str(copy), str(clock), *more]
        env = {**os.environ, **place, "PYTHONPATH": str(ROOT), "SGZ_STATE": str(copy / "state")}
        done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        told.append(json.loads(done.stdout))
    return told


def test_the_same_records_give_the_same_bytes(station: Path, tmp_path: Path, tally: Tally) -> None:
    first, second = digests(station, tmp_path)
    assert [name for name in first if first[name] != second[name]] == []
    assert {"case file", "brief", "ledger visits", "blank visit"} <= set(first) == set(second)
    tally("papers: same bytes", papers=len(first), processes=len(PLACES), different=0)


def test_control_an_order_that_the_hash_seed_decides_is_told(station: Path, tmp_path: Path) -> None:
    first, second = digests(station, tmp_path, "careless")
    assert first["case file"] != second["case file"]
