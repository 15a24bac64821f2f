"""Receive: a bundle is copied, verified in a pass that writes nothing, then applied in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from io import BufferedReader, BytesIO
from pathlib import Path

from sgz_desktop import files
from sgz_desktop.actions.allowed import action, allowed
from sgz_desktop.actions.conflicts import MACHINES, open_conflicts
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.exchange_join import is_about_joining
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.domain.ed25519 import verify
from sgz_desktop.domain.edits import Edit, Stamp
from sgz_desktop.domain.enrolment import Facts, Keys, genuine
from sgz_desktop.errors import AppError
from sgz_desktop.faults import disk_faults
from sgz_desktop.store import attached, bare, blobs, enrolment, exchange, log, receipts, signatures
from sgz_desktop.store.apply import apply
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.signatures import SignedHead
from sgz_desktop.sync import envelope
from sgz_desktop.sync.body import BlobWriter
from sgz_desktop.sync.header import Head, Header
from sgz_desktop.sync.lines import edit_of
from sgz_desktop.sync.proof import Proof
from sgz_desktop.sync.reasons import Reason, Refused

INBOX, COPY = "inbox", ".sgzb"
AT_ONCE = 4_000  # edits, or
AT_ONCE_BYTES = 8 << 20
CHUNK = 1 << 20
MOST_NAMED = 100  # missing bundles
MOST_KEPT, MOST_KEPT_BYTES = 100, 4 << 30  # bundles of newer programs that wait in the inbox
Progress = Callable[[int, int, str], None]  # bytes done, of how many, what


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


class _First:
    """The first pass: everything is verified, nothing written."""

    def __init__(self, desk: Desk, station: OpenStation) -> None:
        self._desk = desk
        me, keys = desk.store.identity, Keys(station.state.key.public.hex(), station.state.recipient)
        founder = desk.store.read(enrolment.founder)
        self._proof = Proof(me.store_id, founder, self._facts, verify, (me.device, keys))
        self.names: dict[str, tuple[str, str | None]] = {}  # letter and name that computers say they have

    @property
    def heads(self) -> list[Head]:
        """The signed heads that are proven."""
        return self._proof.heads

    def _facts(self, more: Iterable[Edit]) -> Facts:
        some = list(more)
        return self._desk.store.read(lambda session: enrolment.facts(session, some))

    def header(self, header: Header) -> None:
        _for_us(self._desk, header)

    def line(self, line: bytes) -> None:
        self._proof.add(edit := edit_of(line))
        if enrolment.tells(edit) and (told := enrolment.names_itself(edit)):
            self.names[edit.device] = told

    def blob(self, sha256: str, size: int, mime: str) -> BlobWriter:
        if size > blobs.MAX_FILE:
            raise Refused(Reason.TOO_BIG, "an attachment larger than any of ours")
        return _Nothing()

    def signed(self, header: Header, message: bytes, signature: bytes) -> None:
        if header.content == exchange.EDITS:
            self._proof.within(header.ranges)
        self._proof.complete(header.heads)
        keys = self._proof.keys_of(header.sender)
        if keys is None:
            disputed = self._proof.disputed(header.sender)
            raise Refused(Reason.DISPUTED if disputed else Reason.UNKNOWN_SENDER)
        if not genuine(verify, keys.sign, message, signature.hex()):
            raise Refused(Reason.FORGED, "not signed by its sender")
        self._proof.demand(self._known)

    def _known(self, device: str, seq: int, digest: bytes) -> bool:
        return self._desk.store.read(lambda session: log.hash_at(session, device, seq)) == digest


@action
def inspect_bundle(desk: Desk, station: OpenStation, path: Path) -> Inspected:
    """Verify a bundle as `import_bundle` does and write nothing. Refused says why it would not be taken."""
    _is_bundle(station, path)
    with _source(path) as source:
        passed = _First(desk, station)
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
    copy, sha256 = _into_inbox(desk, path, say)
    return try_copy(station, desk, copy, sha256, say)


def try_copy(
    station: OpenStation, desk: Desk, copy: Path, sha256: str, say: Progress, *, waited: bool = False
) -> Arrived:
    """Take in what lies in the inbox, and do away with it once it is in or is refused for good. What `waited`
    there also stays when something else goes wrong: its stick may be gone."""
    try:
        arrived = _taken_in(desk, station, copy, sha256, say)
    except Refused as refused:
        if refused.reason is Reason.NEWER and not waited and not _has_room(copy):
            refused = Refused(Reason.NEWER_LEFT, refused.detail)
        desk.note_access("import_bundle", sha256[:16], refused.reason.value, "device")
        if refused.reason is not Reason.NEWER:
            _drop(copy)
        raise refused from None
    except BaseException:
        if not waited:
            _drop(copy)
        raise
    _drop(copy)
    desk.note_access("import_bundle", arrived.sender, "done", "device")
    if arrived.doubled:
        _as_seen(desk, arrived)
    return arrived


def _has_room(copy: Path) -> bool:
    """May a copy go on lying in the inbox beside the others? What came from a newer program cannot be read,
    so nobody knows who wrote it."""
    with disk_faults():
        sizes = [one.stat().st_size for one in copy.parent.glob(f"*{COPY}")]
    return len(sizes) <= MOST_KEPT and sum(sizes) <= MOST_KEPT_BYTES


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
    with _source(path) as source:
        return _for_us(desk, envelope.peek(source, station.state.identity))


def _is_bundle(station: OpenStation, path: Path) -> None:
    with disk_faults():
        if path.is_file() and is_about_joining(station, path):
            raise Refused(Reason.JOINING)


def _for_us(desk: Desk, header: Header) -> Header:
    me = desk.store.identity
    if header.content == "case":
        raise Refused(Reason.CASE)
    if header.kind != me.kind:
        raise Refused(Reason.OTHER_KIND)
    if header.store != me.store_id:
        raise Refused(Reason.OTHER_STATION)
    if header.sender == me.device:
        raise Refused(Reason.OWN)
    if me.device not in header.to:
        raise Refused(Reason.NOT_FOR_US)
    return header


def _drop(copy: Path) -> None:
    with suppress(AppError):
        files.discard(copy)


def _into_inbox(desk: Desk, path: Path, say: Progress) -> tuple[Path, str]:
    """A copy of our own: the stick may go any moment."""
    folder = files.private_folder(desk.store.folder / INBOX)
    files.sweep_parts(folder)
    with _source(path) as source:
        with disk_faults():
            total = path.stat().st_size
        if total > envelope.MAX_FILE:
            raise Refused(Reason.TOO_BIG, "no file of ours, and as much of our disk")

        def pieces() -> Iterator[bytes]:
            done = 0
            while piece := source.read(CHUNK):
                done += len(piece)
                say(done, total, "正在从U盘读取")
                yield piece

        kept = folder / f"{digest_of(path)}{COPY}"
        return kept, files.write_atomic(kept, pieces(), inside=True)


def digest_of(path: Path) -> str:
    """SHA-256 of a file in hex."""
    with _source(path) as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _source(path: Path) -> BufferedReader:
    files.refuse_folder(path)
    with disk_faults():
        if not path.is_file():
            raise AppError("这个文件不在了，没有读入。", "请确认U盘插好，再选一次。")
        return open(path, "rb")


def _taken_in(desk: Desk, station: OpenStation, copy: Path, sha256: str, say: Progress) -> Arrived:
    before = desk.store.read(lambda session: exchange.known(session, sha256))
    if before is not None:
        return Arrived(before.device, before.n, before.edits, before.made_ms, known=True)
    size = copy.stat().st_size
    first = _First(desk, station)
    with _source(copy) as source:
        contents = envelope.read(
            source, station.state.identity, first, progress=lambda done: say(done, 2 * size, "正在核对")
        )

    def work(session: Writing) -> Arrived:
        station.sign(session)
        with _source(copy) as again:
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


class _Nothing:
    """Where bytes go in the first pass."""

    def write(self, data: bytes, /) -> None: ...

    def close(self) -> None: ...


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
    first: _First,
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
