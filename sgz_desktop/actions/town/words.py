"""What the town is made of: resources/practice/*.toml, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from sgz_desktop.resources import resource


@dataclass(frozen=True)
class Village:
    """A village or community: `workers` before and after one took over from another, `share` of a hundred
    households, surnames from common to rare."""

    name: str
    workers: tuple[str, str]
    share: int
    surnames: str
    groups: tuple[str, ...]
    spots: tuple[str, ...]
    town: bool = False

    def worker(self, day: str) -> str:
        """Who goes there on a day."""
        return self.workers[day >= told("town")["came_first"]]


@cache
def told(name: str) -> dict[str, Any]:
    """A file of resources/practice as it stands."""
    return tomllib.loads(resource("practice", f"{name}.toml").read_text(encoding="utf-8"))


@cache
def villages() -> tuple[Village, ...]:
    """The villages in the order of a round."""
    return tuple(
        Village(
            **{
                **one,
                "workers": tuple(one["workers"]),
                "groups": tuple(one["groups"]),
                "spots": tuple(one["spots"]),
            }
        )
        for one in told("town")["village"]
    )


def village(name: str) -> Village:
    """A village by name; KeyError where there is none."""
    return {one.name: one for one in villages()}[name]
