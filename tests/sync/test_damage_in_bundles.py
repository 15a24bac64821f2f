"""A bundle cut at any byte, or with any bit flipped, is refused; so is its content, cut or flipped and sealed
again by somebody who knows our public key."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sgz_desktop.sync.body import Body
from sgz_desktop.sync.reasons import Reason
from tests.sync import hostile_files, sweep
from tests.sync.bundles import Kept, content, sealed

FLIPS = 2000
FLIPPED = {Reason.DAMAGED, Reason.NOT_OURS, Reason.NOT_FOR_US}
INSIDE = {Reason.DAMAGED, Reason.MALFORMED, Reason.NOT_FOR_US, Reason.FORGED, Reason.NEWER, Reason.TOO_BIG}


def test_all_of_it_is_refused_in_little_memory() -> None:
    root = Path(__file__).resolve().parents[2]
    run = [sys.executable, "-m", "tests.sync.sweep", str(FLIPS)]
    told = json.loads(subprocess.run(run, cwd=root, check=True, capture_output=True, timeout=120).stdout)
    assert told["whole"] == {"taken": 1}
    assert told["cuts"] == {"damaged": told["size"]}
    assert told["flips"].keys() <= FLIPPED
    assert sum(told["flips"].values()) == FLIPS
    assert told["resealed_cuts"] == {"damaged": len(content())}
    assert told["resealed_flips"].keys() <= INSIDE
    assert sum(told["resealed_flips"].values()) == FLIPS
    assert "taken" not in told["hostile"]
    assert sum(told["hostile"].values()) == len(hostile_files.every())
    assert told["peak_mb"] <= 200


def test_control_without_the_trailer_and_the_signature_flips_go_unseen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Body, "_agrees", lambda self, trailer: None)
    monkeypatch.setattr(Kept, "signed", lambda self, *_: setattr(self, "proven", True))
    told = sweep.verdicts(sealed(flip) for flip in sweep.flips(content(), 300))
    assert told["taken"] > 30
