"""What the proofs share: a tally of what each one tried, told at the end of the run."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Tally = Callable[..., None]


@pytest.fixture
def tally(record_property: Callable[[str, object], None]) -> Tally:
    """tally("kill -9", seed=7, kills=160, lost=0) → a line of the closing summary and of its JSON file."""

    def note(proof: str, **counts: object) -> None:
        record_property("tally", {"proof": proof, **counts})

    return note
