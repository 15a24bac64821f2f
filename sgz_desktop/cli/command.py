"""A command at an open station: --store, --user and --json are added to its own options, and it answers."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from inspect import Parameter, Signature
from pathlib import Path
from typing import Any, get_type_hints

from sgz_desktop.cli.session import JsonOption, StoreOption, UserOption, opened, reasons, report

Answer = tuple[dict[str, Any], str]  # facts for --json, else words
SHARED = (
    Parameter("store", Parameter.KEYWORD_ONLY, default=None, annotation=StoreOption),
    Parameter("user", Parameter.KEYWORD_ONLY, default=None, annotation=UserOption),
    Parameter("as_json", Parameter.KEYWORD_ONLY, default=False, annotation=JsonOption),
)


def at_station(*, tells_reason: bool = False) -> Callable[[Callable[..., Answer]], Callable[..., None]]:
    """Make such a command of a function whose first argument is the open station; the others are its own
    options. With `tells_reason` a refusal is also told as its code where JSON is asked for."""

    def made(work: Callable[..., Answer]) -> Callable[..., None]:
        @wraps(work)
        def command(store: Path | None, user: str | None, as_json: bool, **own: Any) -> None:
            with opened(store, user) as station, reasons(as_json) if tells_reason else nullcontext():
                facts, words = work(station, **own)
            report(as_json, facts, words)

        options = (*_own(work), *SHARED)
        command.__annotations__ = {one.name: one.annotation for one in options}
        vars(command)["__signature__"] = Signature(options)
        return command

    return made


def _own(work: Callable[..., Answer]) -> list[Parameter]:
    """The options of a function, as typer reads them; the station is none of them."""
    hints = get_type_hints(work, localns={"OpenStation": object}, include_extras=True)
    _station, *own = inspect.signature(work).parameters.values()
    return [one.replace(kind=Parameter.KEYWORD_ONLY, annotation=hints[one.name]) for one in own]
