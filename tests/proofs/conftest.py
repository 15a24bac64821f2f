"""What the proofs share: a tally of what each one tried, told at the end of the run."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

Tally = Callable[..., None]

# Workers are forked, and SQLite's door to its file calls is exported by the driver, where there is fork.
NEED_FORK = ["test_exchange_disk.py", "test_exchange_kill.py", "test_file_calls.py", "test_kill.py"]
NEED_FORK += ["test_power_cut.py", "test_power_cut_anywhere.py"]
collect_ignore = [] if hasattr(os, "fork") else NEED_FORK


@pytest.fixture
def tally(record_property: Callable[[str, object], None]) -> Tally:
    """tally("kill -9", seed=7, kills=160, lost=0) → a line of the closing summary and of its JSON file."""

    def note(proof: str, **counts: object) -> None:
        record_property("tally", {"proof": proof, **counts})

    return note
