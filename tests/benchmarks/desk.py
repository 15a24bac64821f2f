"""A desk on a benchmark's store."""

from __future__ import annotations

import itertools

from sgz_desktop.actions.desk import Desk, Device
from sgz_desktop.domain.actor import Actor
from sgz_desktop.store.store import Store


def desk_on(store: Store) -> Desk:
    """The head of a made-up station at work."""
    count = itertools.count(1)
    actor = Actor("bench-worker", frozenset({"station_head"}), "bench")
    return Desk(store, actor, "练习社工", Device("bench-device", 1, "A"), lambda: f"bench-{next(count):08d}")
