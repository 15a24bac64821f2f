"""What a store is of: a station, a practice station or a county. Their data are never mixed."""

from __future__ import annotations

from typing import Literal, get_args

StoreKind = Literal["station", "practice", "county"]
KINDS: tuple[StoreKind, ...] = get_args(StoreKind)


def store_kind(told: object) -> StoreKind:
    """A kind from outside. ValueError when it is none."""
    for kind in KINDS:
        if told == kind:
            return kind
    raise ValueError("no kind of store")
