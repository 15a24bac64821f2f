"""The packs the program brings along."""

from __future__ import annotations

from functools import cache

from sgz_desktop.domain.policy.pack import Pack
from sgz_desktop.domain.policy.reading import read_pack
from sgz_desktop.resources import resource


@cache
def shipped_packs() -> tuple[Pack, ...]:
    """Every pack in resources/policy, by file name."""
    return tuple(read_pack(path.read_bytes()) for path in sorted(resource("policy").glob("*.toml")))
