"""U盘交换: what lies on a stick, then receive and send in one go. Any folder serves as the stick."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from sgz_desktop import files
from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.exchange_devices import Computer, known
from sgz_desktop.actions.exchange_kept import try_waiting
from sgz_desktop.actions.exchange_meet import Stranger, introduce_to, meet, strangers
from sgz_desktop.actions.exchange_receive import first_line, import_bundle
from sgz_desktop.actions.exchange_send import (
    ENDING,
    FOLDER,
    Outgoing,
    SentBundle,
    export_bundle,
    export_files,
    file_name,
    outgoing,
)
from sgz_desktop.actions.exchange_take_in import Arrived
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.errors import AppError, Cancelled
from sgz_desktop.faults import disk_faults
from sgz_desktop.store import exchange
from sgz_desktop.sync.header import Header
from sgz_desktop.sync.reasons import Reason, Refused

AGE = b"age-encryption.org/v1\n"
Progress = Callable[[int, int, str], None]  # done, of how many, what


@dataclass(frozen=True)
class OnStick:
    """A file on the stick that may be a bundle. `sender` and `n` as it says of itself; `known`: taken in
    before; `reason` and `words` where it is not for us to take."""

    path: Path
    size: int
    sender: Computer | None = None
    n: int = 0
    content: str = ""
    made_ms: int = 0
    known: bool = False
    gap: bool = False
    reason: Reason | None = None
    words: str = ""

    @property
    def concerns_us(self) -> bool:
        """Is it for this computer, or something its people should hear of?"""
        return self.reason not in (Reason.NOT_FOR_US, Reason.OWN)

    @property
    def joins(self) -> bool:
        """Is it no bundle but a request to be let in?"""
        return self.reason is Reason.JOINING

    @property
    def fresh(self) -> bool:
        """Would it be taken in, and was it not before? Its sender may be unknown here until it was."""
        return self.n > 0 and not self.known

    @property
    def files(self) -> bool:
        """Does it bring attachments' files?"""
        return self.content == exchange.FILES


@dataclass
class Exchanged:
    """What an exchange did. `arrived` by file; `refused` in words by file; `met` who said who they are and
    were not known; `sent`; `tidied` old files; `cancelled`: somebody stopped it, the rest was not done."""

    arrived: dict[Path, Arrived] = field(default_factory=dict)
    refused: dict[Path, AppError] = field(default_factory=dict)
    met: list[Stranger] = field(default_factory=list)
    sent: list[SentBundle] = field(default_factory=list)
    tidied: int = 0
    cancelled: bool = False


@action
def on_stick(desk: Desk, station: OpenStation, folder: Path) -> list[OnStick]:
    """The bundles in a folder, by sender and number; told by their first bytes, whatever their names are."""
    every = {one.id: one for one in desk.store.read(partial(known, own=desk.device.id))}
    found = [_looked_at(desk, station, path, every) for path in _candidates(folder)]
    return sorted(found, key=lambda one: (one.sender.letter if one.sender else "~", one.n, one.path.name))


def _candidates(folder: Path) -> Iterator[Path]:
    with disk_faults():
        if not folder.is_dir():
            raise AppError("找不到这个U盘或文件夹，没有动作。", "请插入U盘，或选择一个文件夹。")
        for place in (folder, folder / FOLDER):
            for path in sorted(place.iterdir()) if place.is_dir() else ():
                if path.is_file() and (path.suffix == ENDING or _is_age(path)):
                    yield path


def _is_age(path: Path) -> bool:
    try:
        with open(path, "rb") as file:
            return file.read(len(AGE)) == AGE
    except OSError:
        return False


def _looked_at(desk: Desk, station: OpenStation, path: Path, every: dict[str, Computer]) -> OnStick:
    here = OnStick(path, 0)
    try:
        with disk_faults():
            here = replace(here, size=path.stat().st_size)
        header = first_line(station, desk, path)
    except Refused as refused:
        return replace(here, reason=refused.reason, words=str(refused))
    except AppError as fault:
        return replace(here, words=str(fault))
    return _told(desk, here, header, every)


def _told(desk: Desk, here: OnStick, header: Header, every: dict[str, Computer]) -> OnStick:
    told = (header.n, header.content, header.made)
    tops = desk.store.read(exchange.have)
    gap = any(one.first > tops.get(device, (0, ""))[0] + 1 for device, one in header.ranges.items())
    return replace(
        here,
        sender=every.get(header.sender),
        n=header.n,
        content=header.content,
        made_ms=header.made,
        known=desk.store.read(lambda session: exchange.came(session, header.sender, *told)),
        gap=gap,
    )


@action
def going_out(desk: Desk, station: OpenStation) -> list[Outgoing]:
    """What would go to each peer that may be sent to, before anything is written."""
    every = desk.store.read(partial(known, own=desk.device.id))
    return [outgoing(desk, station, one) for one in every if one.can_be_sent_to]


@action
def exchange_on(
    desk: Desk, station: OpenStation, folder: Path, progress: Progress | None = None
) -> Exchanged:
    """Receive all that is for us, then send to every peer; both whole or not at all, file by file.

    What one file brings does not hang on another: one that is refused is told and left where it is.
    `progress` may raise Cancelled: what was done until then stays, and is told.
    """
    done = Exchanged()
    try:
        _exchange(desk, station, folder, done, progress or (lambda done, total, what: None))
    except Cancelled:
        done.cancelled = True
    return done


def _exchange(desk: Desk, station: OpenStation, folder: Path, done: Exchanged, say: Progress) -> None:
    files.refuse_in_store(folder / FOLDER)
    try_waiting(station, desk, done.arrived, done.refused, say)
    for file in on_stick(desk, station, folder):
        if file.known or file.joins or not file.concerns_us:
            continue
        try:
            done.arrived[file.path] = import_bundle(desk, station, file.path, say)
        except AppError as refused:
            done.refused[file.path] = refused
    done.met = [one for one in strangers(desk, station, folder) if not one.known]
    meet(desk, station, done.met)
    place = folder / FOLDER
    files.shared_folder(place)
    for going in going_out(desk, station):
        out = _free(desk, place, going.to, going.n)
        done.sent.append(export_bundle(desk, station, going.to, out, say))
        for after, part in enumerate(going.parts, start=going.n + 1):
            out = _free(desk, place, going.to, after, exchange.FILES)
            done.sent.append(export_files(desk, station, going.to, out, part, say))
    introduce_to(desk, station, place)
    done.tidied = _tidy(desk, place, {one.path.name for one in done.sent})


def _free(desk: Desk, place: Path, to: Computer, n: int, content: str = exchange.EDITS) -> Path:
    """Where to write a bundle: of computers that came to one letter another may have used the name."""
    path = place / file_name(desk.device.letter, to, n, content)
    return path.with_stem(f"{path.stem}-{desk.device.id[-4:]}{to.id[-4:]}") if path.exists() else path


def _tidy(desk: Desk, place: Path, fresh: set[str]) -> int:
    """Take away our own earlier bundles: each new one holds all that its peer has not confirmed."""
    count = 0
    for one in desk.store.read(exchange.sent):
        path = place / one.name
        if one.name not in fresh and path.is_file() and _is_ours(path, one.sha256):
            with suppress(AppError):
                files.discard(path)
                count += 1
    return count


def _is_ours(path: Path, sha256: str) -> bool:
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False
