"""How large a proof is run: quick in every run of the suite, long behind `python -m tests.proofs`."""

from __future__ import annotations

import os

LONG = os.environ.get("SGZ_PROOFS") == "long"
SEED = int(os.environ.get("SGZ_PROOFS_SEED", "20260630"))  # every random choice of a proof is drawn from it


def size(quick: int, long: int) -> int:
    """How many cases of a proof to try."""
    return long if LONG else quick
