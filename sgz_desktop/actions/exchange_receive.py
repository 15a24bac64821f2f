"""Receive: a bundle is copied to the inbox, verified, and taken in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sgz_desktop.actions.allowed import action, allowed
from sgz_desktop.actions.conflicts import MACHINES, open_conflicts
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.exchange_inbox import Progress, copy_in, digest_of, drop, has_room, source_of
from sgz_desktop.actions.exchange_join import is_about_joining
from sgz_desktop.actions.exchange_take_in import Arrived, take_in
from sgz_desktop.actions.exchange_verify import FirstPass, for_us
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.faults import disk_faults
from sgz_desktop.store import exchange
from sgz_desktop.sync import envelope
from sgz_desktop.sync.header import Header
from sgz_desktop.sync.reasons import Reason, Refused


@dataclass(frozen=True)
class Inspected:
    """What a bundle says of itself, proven; `known`: it was taken in before; `letter` and `name` of its
    sender as its own edits in the bundle tell them, "" where they do not."""

    header: Header
    edits: int
    sha256: str
    known: bool
    letter: str = ""
    name: str = ""


@action
def inspect_bundle(desk: Desk, station: OpenStation, path: Path) -> Inspected:
    """Verify a bundle as `import_bundle` does and write nothing. Refused says why it would not be taken."""
    _is_bundle(station, path)
    with source_of(path) as source:
        passed = FirstPass(desk, station)
        contents = envelope.read(source, station.state.identity, passed)
    sha256 = digest_of(path)
    before = desk.store.read(lambda session: exchange.known(session, sha256))
    letter, name = passed.names.get(contents.header.sender, ("", None))
    return Inspected(contents.header, contents.lines, sha256, before is not None, letter, name or "")


@action
def import_bundle(desk: Desk, station: OpenStation, path: Path, progress: Progress | None = None) -> Arrived:
    """Take a bundle in. Coming again it changes nothing and says so.

    Refused (an AppError) tells why it is not taken: nothing has changed then. What comes from a newer program
    stays in the inbox until this one is upgraded. `progress` may raise Cancelled.
    """
    say = progress or (lambda done, total, what: None)
    _is_bundle(station, path)
    copy, sha256 = copy_in(desk.store.folder, path, say)
    return try_copy(station, desk, copy, sha256, say)


def try_copy(
    station: OpenStation, desk: Desk, copy: Path, sha256: str, say: Progress, *, waited: bool = False
) -> Arrived:
    """Take in what lies in the inbox, and do away with it once it is in or is refused for good. What `waited`
    there also stays when something else goes wrong: its stick may be gone."""
    try:
        arrived = take_in(copy, sha256, desk, station, say)
    except Refused as refused:
        if refused.reason is Reason.NEWER and not waited and not has_room(copy):
            refused = Refused(Reason.NEWER_LEFT, refused.detail)
        desk.note_access("import_bundle", sha256[:16], refused.reason.value, "device")
        if refused.reason is not Reason.NEWER:
            drop(copy)
        raise refused from None
    except BaseException:
        if not waited:
            drop(copy)
        raise
    drop(copy)
    desk.note_access("import_bundle", arrived.sender, "done", "device")
    if arrived.doubled:
        _as_seen(desk, arrived)
    return arrived


def _as_seen(desk: Desk, arrived: Arrived) -> None:
    """Name no more of what holds two values than 数据核对单 shows the worker."""
    if allowed(desk.actor, "open_conflicts"):
        shown = {pair.key for row in open_conflicts(desk) for pair in row.pairs}
        arrived.doubled = [one for one in arrived.doubled if one in shown]
    else:
        arrived.doubled_for_others = any(kind not in MACHINES for kind, _, _ in arrived.doubled)
        arrived.doubled = []


def first_line(station: OpenStation, desk: Desk, path: Path) -> Header:
    """What a bundle says of itself in its first line, not proven. Refused as `import_bundle`."""
    _is_bundle(station, path)
    with source_of(path) as source:
        return for_us(desk.store.identity, envelope.peek(source, station.state.identity))


def _is_bundle(station: OpenStation, path: Path) -> None:
    with disk_faults():
        if path.is_file() and is_about_joining(station, path):
            raise Refused(Reason.JOINING)
