"""A paper is built in one go and holds no cycles: the garbage collector only walks it in vain."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def uncollected(build: Callable[P, T]) -> Callable[P, T]:
    """Pause the collector while `build` runs; measured 24 of 320 ms of a first case file."""

    @wraps(build)
    def paused(*args: P.args, **kwargs: P.kwargs) -> T:
        running = gc.isenabled()
        gc.disable()
        try:
            return build(*args, **kwargs)
        finally:
            if running:
                gc.enable()

    return paused
