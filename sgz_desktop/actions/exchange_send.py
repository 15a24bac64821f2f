"""Send: one bundle for one peer, of all it is not known to have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from sgz_desktop import files
from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.bundle_header import header_to
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.exchange_devices import Computer, known
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.errors import AppError
from sgz_desktop.store import attached, enrolment, exchange, forks
from sgz_desktop.store.attached import File
from sgz_desktop.store.session import Reading
from sgz_desktop.store.signatures import SignedHead
from sgz_desktop.sync import envelope, lines
from sgz_desktop.sync.header import MAX_DEVICES, MAX_SPANS, Head, Header, Range, Top

FOLDER, ENDING = "sgz-exchange", ".sgzb"
PART = 1 << 30  # bytes of files in one bundle
CHUNK = 1 << 20
LETTER = re.compile("[A-Z]{1,3}")
Progress = Callable[[int, int, str], None]  # edits done, of how many, what
T = TypeVar("T")
Ranges = Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Outgoing:
    """What would go to a peer: edits, with their numbers by computer, and attachments' files in parts that a
    stick takes; none when it has everything."""

    to: Computer
    n: int
    edits: int
    ranges: Ranges
    parts: tuple[tuple[File, ...], ...] = ()

    @property
    def files(self) -> int:
        """How many files."""
        return sum(map(len, self.parts))

    @property
    def bytes(self) -> int:
        """How large the files are together."""
        return sum(file.size for part in self.parts for file in part)


@dataclass(frozen=True)
class SentBundle:
    """A bundle that was written, read back and compared."""

    to: Computer
    path: Path
    n: int
    edits: int
    size: int
    sha256: str


@action
def outgoing(desk: Desk, station: OpenStation, to: Computer) -> Outgoing:
    """What the next bundle for a peer would hold."""
    station.sign_head()
    return desk.store.read(lambda session: _outgoing(session, to, desk.device.id))


def _outgoing(session: Reading, to: Computer, own: str) -> Outgoing:
    told = exchange.peer(session, to.id)
    unproven = enrolment.disputed(session) - {own}  # would have the bundle refused
    lacking = exchange.lacking(session, told).items()
    ranges = dict(_some({device: span for device, span in lacking if device not in unproven}))
    count = sum(last - first + 1 for first, last in ranges.values())
    parts = _parts(attached.going(session, ranges, told.wants))
    return Outgoing(to, exchange.next_number(session, to.id), count, ranges, parts)


def _some(found: Mapping[str, T]) -> Iterable[tuple[str, T]]:
    """As much as a header takes: whoever let a thousand computers in must not stop the exchange of all."""
    return islice(found.items(), MAX_DEVICES)


def _parts(going: list[File]) -> tuple[tuple[File, ...], ...]:
    """As many files to a bundle as fit PART bytes."""
    parts: list[list[File]] = []
    size = PART + 1
    for file in going:
        if size + file.size > PART:
            parts.append([])
            size = 0
        parts[-1].append(file)
        size += file.size
    return tuple(map(tuple, parts))


def file_name(letter: str, to: Computer, n: int, content: str = exchange.EDITS) -> str:
    """A name every stick takes: from whom, to whom, which; no person's name."""
    sort = "" if content == exchange.EDITS else "-f"
    return f"sgz-{_plainly(letter)}-{_plainly(to.letter)}-{n:04d}{sort}{ENDING}"


def _plainly(letter: str) -> str:
    """As a part of a file's name: what another computer says may lead anywhere."""
    return letter if LETTER.fullmatch(letter) else "X"


@action
def export_bundle(
    desk: Desk, station: OpenStation, to: Computer, out: Path, progress: Progress | None = None
) -> SentBundle:
    """Write all that `to` lacks into one file; it counts as on its way until the peer's receipt is back.

    `progress` may raise Cancelled: then there is no file. AppError: who may not be sent to, and what the disk
    refuses.
    """
    _refuse(desk, to)
    going = outgoing(desk, station, to)
    header = desk.store.read(lambda session: _header(session, desk, going))
    say = progress or (lambda done, total, what: None)
    counted = _Counted(_edit_lines(desk, going.ranges), lambda done: say(done, going.edits, "正在写出"))
    return _written(desk, station, to, out, header, envelope.edit_frames(counted))


@action
def export_files(
    desk: Desk,
    station: OpenStation,
    to: Computer,
    out: Path,
    part: tuple[File, ...],
    progress: Progress | None = None,
) -> SentBundle:
    """Write one part of the files a peer lacks, sealed as they lie here. Raises as `export_bundle`."""
    _refuse(desk, to)
    number = desk.store.read(partial(exchange.next_number, device=to.id))
    header = desk.store.read(lambda session: _header(session, desk, Outgoing(to, number, 0, {})))
    total = sum(file.size for file in part)
    say = progress or (lambda done, total, what: None)
    frames = _file_frames(part, lambda done: say(done, total, "正在写出附件"))
    return _written(desk, station, to, out, replace(header, content="files"), frames)


def _file_frames(part: tuple[File, ...], told: Callable[[int], None]) -> Iterator[bytes]:
    done = 0
    for file in part:
        sealed = files.read_whole(file.path, file.size)
        pieces = (sealed[at : at + CHUNK] for at in range(0, len(sealed), CHUNK))
        yield from envelope.file_frames(file.sha256, len(sealed), file.mime, pieces)
        done += file.size
        told(done)


def _written(
    desk: Desk, station: OpenStation, to: Computer, out: Path, header: Header, frames: Iterator[bytes]
) -> SentBundle:
    desk.store.write(lambda session: exchange.give_number(session, to.id, header.n))
    try:
        written = envelope.write(out, header, frames, header.recipients, station.state.key.sign)
    except Exception:
        if not out.exists():
            desk.store.write(lambda session: exchange.give_number(session, to.id, header.n - 1))
        raise
    ranges = {device: (one.first, one.last) for device, one in header.ranges.items()}
    told = (to.id, header.n, header.content, header.made, out.name, written.size, written.sha256, ranges)
    desk.store.write(lambda session: exchange.keep_sent(session, exchange.Sent(*told)))
    desk.note_access("export_bundle", to.id, "done", "device")
    return SentBundle(to, out, header.n, written.lines, written.size, written.sha256)


def _refuse(desk: Desk, to: Computer) -> None:
    if to.this:
        raise AppError("这就是本机，不用导出给自己。", "请选另一台电脑。")
    if to.stopped is not None:
        raise AppError(f"{to.name}已停用，没有导出。", "请选别的电脑，或先用恢复卡裁定。")
    if to.disputed:
        raise AppError(f"{to.name}有两种钥匙，没有导出。", "请在那台电脑上用恢复卡裁定。")
    if not to.can_be_sent_to:
        raise AppError(f"{to.name}还没有加入本站，没有导出。", "请先核对指纹，把它加入本站。")
    me = next((one for one in desk.store.read(lambda s: known(s, desk.device.id)) if one.this), None)
    if me is not None and me.stopped is not None:
        raise AppError("本机已被停用，没有导出，资料都在。", "请与站长核对，或用恢复卡裁定。")


class _Counted:
    """Lines, told as they go."""

    def __init__(self, lines: Iterator[bytes], told: Callable[[int], None]) -> None:
        self._lines, self._told = lines, told

    def __iter__(self) -> Iterator[bytes]:
        for done, line in enumerate(self._lines):
            if done % exchange.PORTION == 0:
                self._told(done)
            yield line


def _edit_lines(desk: Desk, ranges: Ranges) -> Iterator[bytes]:
    """In portions, so that pages read in between."""
    for device, (first, last) in ranges.items():
        at = first
        while some := desk.store.read(partial(exchange.edits_of, device=device, first=at, last=last)):
            yield from lines.outgoing(some)
            at = some[-1].seq + 1
    aside = desk.store.read(lambda session: list(forks.forked(session)))
    yield from lines.outgoing(
        edit
        for edit in aside
        if edit.device in ranges and ranges[edit.device][0] <= edit.seq <= ranges[edit.device][1]
    )


def _header(session: Reading, desk: Desk, going: Outgoing) -> Header:
    boxes = (keys.box for keys in going.to.keys if keys.box)
    return replace(
        header_to(going.to.id, boxes, going.n, desk, "edits"),
        have={device: Top(*top) for device, top in _some(exchange.claims(session, going.to.id))},
        received={going.to.id: got} if (got := _received(session, going.to)) else {},
        ranges={device: Range(*one) for device, one in going.ranges.items()},
        heads=tuple(map(_plain, exchange.heads_for(session, going.ranges)[:MAX_DEVICES])),
        wants=tuple(attached.wanted(session)),
        rest=dict(_some(exchange.rest(session))),
    )


def _received(session: Reading, of: Computer) -> tuple[Range, ...]:
    return tuple(Range(*span) for span in exchange.got_spans(session, of.id, MAX_SPANS))


def _plain(head: SignedHead) -> Head:
    return Head(head.device, head.epoch, head.seq, head.hash.hex(), head.signature.hex())
