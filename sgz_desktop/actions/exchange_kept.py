"""What a newer program made waits in the inbox: once this one is upgraded it is taken in without a stick."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.exchange_inbox import Progress, digest_of, waiting
from sgz_desktop.actions.exchange_receive import first_line, try_copy
from sgz_desktop.actions.exchange_take_in import Arrived
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.errors import AppError
from sgz_desktop.sync.reasons import Reason, Refused


@dataclass
class Taken:
    """What was taken in, and what was not, in words; by file."""

    arrived: dict[Path, Arrived] = field(default_factory=dict)
    refused: dict[Path, AppError] = field(default_factory=dict)


@action
def take_kept(desk: Desk, station: OpenStation, progress: Progress | None = None) -> Taken:
    """Try again what lies in the inbox, in the order it was made.

    It goes once it is taken in or refused for good. While it is still from a newer program it stays, and
    nothing is said of it again; so does what the disk will not let us read, which is told. `progress` may
    raise Cancelled.
    """
    told = Taken()
    try_waiting(station, desk, told.arrived, told.refused, progress or _unheard)
    return told


def try_waiting(
    station: OpenStation,
    desk: Desk,
    arrived: dict[Path, Arrived],
    refused: dict[Path, AppError],
    say: Progress,
) -> None:
    """The same for a piece of work under way, which tells it as it goes."""
    for copy in _waiting(desk, station):
        try:
            arrived[copy] = try_copy(station, desk, copy, digest_of(copy), say, waited=True)
        except Refused as fault:
            if fault.reason is not Reason.NEWER:
                refused[copy] = fault
        except AppError as fault:
            refused[copy] = fault


def _waiting(desk: Desk, station: OpenStation) -> list[Path]:
    """Whole copies, by sender and number there."""
    return sorted(waiting(desk.store.folder), key=lambda copy: _place(desk, station, copy))


def _place(desk: Desk, station: OpenStation, copy: Path) -> tuple[str, int]:
    try:
        header = first_line(station, desk, copy)
    except AppError:
        return "", 0
    return header.sender, header.n


def _unheard(done: int, total: int, what: str) -> None: ...
