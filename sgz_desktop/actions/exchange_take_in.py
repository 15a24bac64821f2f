"""Take in: a bundle that was verified is applied in a second pass, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BufferedReader, BytesIO
from pathlib import Path

from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.exchange_inbox import Progress, source_of
from sgz_desktop.actions.exchange_verify import FirstPass
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.domain.edits import Edit, Stamp
from sgz_desktop.store import attached, bare, blobs, enrolment, exchange, log, receipts, signatures
from sgz_desktop.store.apply import apply
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.signatures import SignedHead
from sgz_desktop.sync import envelope
from sgz_desktop.sync.body import BlobWriter
from sgz_desktop.sync.header import Header
from sgz_desktop.sync.lines import edit_of
from sgz_desktop.sync.reasons import Reason, Refused

AT_ONCE = 4_000  # edits, or
AT_ONCE_BYTES = 8 << 20
MOST_NAMED = 100  # missing bundles


@dataclass
class Arrived:
    """What a bundle brought. `edits` in it, `fresh` of them new here and counting; `touched` records by kind;
    `doubled` fields that now hold two values, as far as the worker may see them, `doubled_for_others` where
    only others may; `stopped` edits put aside as their computer was stopped,
    `twins` as a copied computer gave their number twice; `gaps` says what is still missing, by computer;
    `files` of attachments were kept, `files_left` not, as no record here opens them yet; `newcomers` are the
    people (ids) nobody here knew before."""

    sender: str
    n: int
    edits: int
    made_ms: int
    known: bool = False
    fresh: int = 0
    touched: dict[str, int] = field(default_factory=dict)
    doubled: list[tuple[str, str, str]] = field(default_factory=list)
    doubled_for_others: bool = False
    stopped: int = 0
    twins: int = 0
    gaps: dict[str, tuple[int, int]] = field(default_factory=dict)
    missing: list[int] = field(default_factory=list)
    files: int = 0
    files_left: int = 0
    newcomers: list[str] = field(default_factory=list)


def take_in(copy: Path, sha256: str, desk: Desk, station: OpenStation, say: Progress) -> Arrived:
    """Verify a copy in the inbox and apply it. Refused as `import_bundle`."""
    before = desk.store.read(lambda session: exchange.known(session, sha256))
    if before is not None:
        return Arrived(before.device, before.n, before.edits, before.made_ms, known=True)
    size = copy.stat().st_size
    first = FirstPass(desk, station)
    with source_of(copy) as source:
        contents = envelope.read(
            source, station.state.identity, first, progress=lambda done: say(done, 2 * size, "正在核对")
        )

    def work(session: Writing) -> Arrived:
        station.sign(session)
        with source_of(copy) as again:
            return _applied(
                session,
                station,
                first,
                contents,
                again,
                sha256,
                lambda done: say(size + done, 2 * size, "正在并入"),
            )

    arrived = desk.store.write(work)
    if not arrived.fresh and arrived.sender in desk.store.read(enrolment.limits):
        raise Refused(Reason.REVOKED, "its sender was stopped")
    return arrived


class _Kept:
    """A sealed file on its way into the store; only one is in memory at a time."""

    def __init__(self, session: Writing, arrived: Arrived, sha256: str, mime: str) -> None:
        self._session, self._arrived, self._sha256, self._mime = session, arrived, sha256, mime
        self._sealed = BytesIO()

    def write(self, data: bytes, /) -> None:
        self._sealed.write(data)

    def close(self) -> None:
        sealed = self._sealed.getvalue()  # shared, not copied
        identity = attached.identity(self._session, self._sha256)
        if blobs.sealed_file(self._session, self._sha256):
            return
        if identity and blobs.keep_sealed(self._session, self._sha256, self._mime, identity, sealed):
            self._arrived.files += 1
        else:
            self._arrived.files_left += 1


class _Second:
    """The second pass: edits go into the log in portions, all in the caller's transaction."""

    def __init__(self, session: Writing, arrived: Arrived) -> None:
        self._session, self._arrived = session, arrived
        self._waiting: list[Edit] = []
        self._bytes = 0
        self.bare: list[Stamp] = []

    def header(self, header: Header) -> None: ...

    def line(self, line: bytes) -> None:
        self._waiting.append(edit := edit_of(line))
        if bare.looks_bare(edit):
            self.bare.append(edit.stamp)
        self._bytes += len(line)
        if len(self._waiting) >= AT_ONCE or self._bytes >= AT_ONCE_BYTES:
            self.flush()

    def blob(self, sha256: str, size: int, mime: str) -> BlobWriter:
        return _Kept(self._session, self._arrived, sha256, mime)

    def signed(self, header: Header, message: bytes, signature: bytes) -> None:
        self.flush()

    def flush(self) -> None:
        applied = apply(self._session, self._waiting)
        self._waiting, self._bytes = [], 0
        self._arrived.fresh += applied.taken
        self._arrived.stopped += len(applied.stopped)
        self._arrived.twins += len(applied.forked)


def _applied(
    session: Writing,
    station: OpenStation,
    first: FirstPass,
    contents: envelope.Contents,
    source: BufferedReader,
    sha256: str,
    progress: Callable[[int], None],
) -> Arrived:
    header = contents.header
    arrived = Arrived(header.sender, header.n, contents.lines, header.made)
    before = session.connection.execute("SELECT coalesce(max(rid), 0) FROM entity").fetchone()[0]
    second = _Second(session, arrived)
    again = envelope.read(source, station.state.identity, second, progress=progress)
    if again.digest != contents.digest:
        raise Refused(Reason.DAMAGED, "another content than before")
    heads = [
        SignedHead(one.device, one.epoch, one.seq, bytes.fromhex(one.hash), bytes.fromhex(one.signature))
        for one in first.heads
    ]
    signatures.keep_heads(session, heads)
    bare.note(session, header.sender, second.bare)
    arrived.newcomers = _newcomers(session, before)
    _noted(session, header, sha256, arrived)
    return arrived


NEWCOMERS = "SELECT id FROM r_person WHERE rid > ? AND deleted IS NOT 1 ORDER BY rid"


def _newcomers(session: Writing, before: int) -> list[str]:
    return [row[0] for row in session.connection.execute(NEWCOMERS, (before,))]


def _noted(session: Writing, header: Header, sha256: str, arrived: Arrived) -> None:
    before = exchange.last_received(session, header.sender)
    arrived.touched = {kind: len(ids) for kind, ids in session.touched.items()}
    arrived.doubled = list(dict.fromkeys(session.conflicts))
    arrived.gaps = _gaps(session, header)
    unheard = range(before + 1, min(header.n, before + 1 + MOST_NAMED))
    arrived.missing = list(unheard) if arrived.gaps else []
    got = header.received.get(session.identity.device, ())
    told = exchange.Peer(
        header.sender,
        header.have,
        got[-1].last if got else 0,
        header.made,
        header.wants,
        header.rest,
    )
    exchange.heard(session, told, header.n)
    receipts.confirm(session, told, got)
    if arrived.files_left:  # the same file may be taken in once the records are here
        return
    exchange.keep_received(
        session,
        exchange.Received(
            sha256,
            header.sender,
            header.n,
            header.content,
            header.made,
            session.now_ms,
            arrived.edits,
            arrived.fresh,
        ),
    )


def _gaps(session: Reading, header: Header) -> dict[str, tuple[int, int]]:
    """Computer → first and last number of its edits that are missing before those that came."""
    tops = log.tops(session)
    return {
        device: (tops.get(device, 0) + 1, one.first - 1)
        for device, one in header.ranges.items()
        if one.first > tops.get(device, 0) + 1
    }
