"""Receive a case of another station: verified in a pass that writes nothing, then written in one transaction
as this station's own records, with a note where they came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, cast

from sgz_desktop import files
from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.carried import is_shown, same_digits
from sgz_desktop.actions.case_facts import case_facts
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import plain
from sgz_desktop.actions.numbers import TEMPLATES, give_number
from sgz_desktop.actions.records_read import write_of
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.actions.transfer_card import sender_fingerprint
from sgz_desktop.domain import case_transfer, lifecycle
from sgz_desktop.domain.ed25519 import verify
from sgz_desktop.domain.edits import Value
from sgz_desktop.domain.records.case import Case
from sgz_desktop.errors import AppError
from sgz_desktop.exports.ndjson import BadLine, Line, read_line
from sgz_desktop.faults import disk_faults
from sgz_desktop.store import blobs, read, settings
from sgz_desktop.store.session import Writing
from sgz_desktop.store.standing import shown
from sgz_desktop.store.veil import CASE, branches
from sgz_desktop.store.write import Write
from sgz_desktop.sync import envelope
from sgz_desktop.sync.body import BlobWriter
from sgz_desktop.sync.canon import name, read_object
from sgz_desktop.sync.header import Header
from sgz_desktop.sync.reasons import Reason, Refused

MOST_LINES, MOST_BYTES = 50_000, 64 << 20  # of records: they are kept in memory before anything is proven
COVER = b'{"cover":'
COVER_KEYS = frozenset({"case", "number", "station", "worker", "sign"})
TAKEN = "case_file:"  # a setting; and the digest of a file: the case it brought
AT_ONCE = 400
_WORDS = {
    Reason.NOT_OURS: ("这不是转来的个案文件，没有接收。", "请选对方转出的、以.sgzcase结尾的文件。"),
    Reason.NOT_FOR_US: ("这份文件不是转给本站的，没有接收。", "请核对文件；或把本站名片交给对方再转。"),
    Reason.DAMAGED: ("个案文件不完整或已损坏，没有接收。", "请让对方再拷一次，资料没有改动。"),
    Reason.TOO_BIG: ("个案文件大得不正常，没有接收。", "请与对方核对，资料没有改动。"),
    Reason.NEWER: ("个案文件来自更新的版本，没有接收。", "请升级本机的程序，再来接收。"),
    Reason.OTHER_KIND: ("练习和正式的资料不能混用，没有接收。", "请核对这份文件是哪里转出的。"),
    Reason.FORGED: ("个案文件的签名不对，没有接收。", "请不要再用它，并与对方核对。"),
    Reason.MALFORMED: ("个案文件的内容不合格式，没有接收。", "请与对方核对，资料没有改动。"),
    Reason.OWN: ("这是本站转出的个案，不用接收。", "请把它交给接收的社工站。"),
}
HERE_ALREADY = ("这个个案本站已经有了，没有再写入。", "请在个案里查看；要更新请与对方核对。")


@dataclass(frozen=True)
class Cover:
    """What a case file says of itself. `fingerprint` is that of the sending station, to be compared."""

    case: str
    number: str
    station: str
    worker: str
    sign: str
    fingerprint: str


@dataclass(frozen=True)
class LookedAt:
    """A case file, proven whole; `known`: it was received before; `here`: the case is here already."""

    cover: Cover
    records: int
    files: int
    known: bool
    here: bool


@dataclass
class ReceivedCase:
    """What was received: the case's id and new number, records written and such as stood here, files."""

    case: str
    number: str
    before: str
    station: str
    fingerprint: str
    known: bool = False
    back: bool = False
    new: int = 0
    kept: int = 0
    files: int = 0
    files_left: int = 0
    people: int = 0
    numbers: dict[str, str] = field(default_factory=dict)


class RefusedCase(Refused):
    """A case file that is not taken, in words of its own: nobody thinks of U盘交换 here."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.reason, refused.detail)
        self.message, self.hint = _WORDS.get(refused.reason, _WORDS[Reason.MALFORMED])


@contextmanager
def _own_words() -> Iterator[None]:
    try:
        yield
    except Refused as refused:
        raise RefusedCase(refused) from refused


@cache
def accepted() -> frozenset[str]:
    """Kinds of record a case file may hold."""
    return (
        frozenset(kind for kind, _, _ in branches()) | {CASE} | case_transfer.FAMILY
    ) - case_transfer.STAYS


class _Reader:
    """The first pass: everything is verified and nothing written; records are kept in memory."""

    def __init__(self, desk: Desk) -> None:
        self._me = desk.store.identity
        self._store = ""
        self.cover: Cover | None = None
        self.lines: list[Line] = []
        self._bytes = 0

    def header(self, header: Header) -> None:
        if header.content != "case":
            raise Refused(Reason.NOT_OURS, "no case")
        if header.kind != self._me.kind:
            raise Refused(Reason.OTHER_KIND)
        if header.store == self._me.store_id:
            raise Refused(Reason.OWN)
        if header.to != (self._me.store_id,):
            raise Refused(Reason.NOT_FOR_US)
        self._store = header.store

    def line(self, line: bytes) -> None:
        if self.cover is None:
            self.cover = self._cover(line)
            return
        self._bytes += len(line)
        if len(self.lines) >= MOST_LINES or self._bytes > MOST_BYTES:
            raise Refused(Reason.TOO_BIG, "more records than any case has")
        try:
            read = read_line(line)
        except BadLine as fault:
            raise Refused(Reason.MALFORMED, "a line that is no record") from fault
        if read.kind not in accepted():
            raise Refused(Reason.MALFORMED, "a kind of record that goes with no case")
        self.lines.append(read)

    def _cover(self, line: bytes) -> Cover:
        told = read_object(line, frozenset({"cover"}))["cover"]
        if type(told) is not dict or told.keys() != COVER_KEYS or not all(map(is_shown, _texts(told))):
            raise Refused(Reason.MALFORMED, "no cover")
        sign = str(told["sign"])
        digits = sender_fingerprint(self._store, told["station"], sign)
        return Cover(
            name(told["case"]), told["number"], told["station"], told["worker"], sign, fingerprint=digits
        )

    def blob(self, sha256: str, size: int, mime: str) -> BlobWriter:
        if size > blobs.MAX_FILE:
            raise Refused(Reason.TOO_BIG, "an attachment larger than any of ours")
        return _Nothing()

    def signed(self, header: Header, message: bytes, signature: bytes) -> None:
        key = b""
        with suppress(ValueError):
            key = bytes.fromhex(self.cover.sign if self.cover else "")
        if self.cover is None or not verify(key, message, signature):
            raise Refused(Reason.FORGED, "not signed by its sender")
        if not any((one.kind, one.id) == (CASE, self.cover.case) for one in self.lines):
            raise Refused(Reason.MALFORMED, "without its case")


def _texts(told: Mapping[str, Any]) -> list[Any]:
    return [value for key, value in told.items() if key != "sign"]


class _Nothing:
    def write(self, data: bytes, /) -> None: ...

    def close(self) -> None: ...


class _Blobs:
    """The second pass: files go into the store, one in memory at a time."""

    def __init__(self, session: Writing, told: ReceivedCase, identities: Mapping[str, str]) -> None:
        self._session, self._told, self._identities = session, told, identities

    def header(self, header: Header) -> None: ...

    def line(self, line: bytes) -> None: ...

    def blob(self, sha256: str, size: int, mime: str) -> BlobWriter:
        return _Kept(self._session, self._told, self._identities.get(sha256, ""), sha256, mime)

    def signed(self, header: Header, message: bytes, signature: bytes) -> None: ...


class _Kept:
    def __init__(self, session: Writing, told: ReceivedCase, identity: str, sha256: str, mime: str) -> None:
        self._session, self._told, self._identity = session, told, identity
        self._sha256, self._mime = sha256, mime
        self._sealed = bytearray()

    def write(self, data: bytes, /) -> None:
        self._sealed += data

    def close(self) -> None:
        sealed, self._sealed = bytes(self._sealed), bytearray()
        if blobs.sealed_file(self._session, self._sha256):
            return
        kept = self._identity and blobs.keep_sealed(
            self._session, self._sha256, self._mime, self._identity, sealed
        )
        self._told.files += bool(kept)
        self._told.files_left += not kept


@action
def look_at_case(desk: Desk, station: OpenStation, path: Path) -> LookedAt:
    """Verify a case file and write nothing. Refused says why it would not be taken."""
    reader, contents = _read(desk, station, path)
    assert reader.cover is not None
    cover = reader.cover
    known = desk.store.read(lambda session: settings.get(session, TAKEN + contents.digest))
    stage = desk.store.read(lambda session: _standing_stage(session, cover.case))
    here = stage is not None and stage != lifecycle.TRANSFERRED
    return LookedAt(cover, len(reader.lines), contents.blobs, known is not None, here)


@action
def receive_case(desk: Desk, station: OpenStation, path: Path, heard: str = "") -> ReceivedCase:
    """Take a case in as this station's own, whole or not at all. The same file again changes nothing.

    What stands here already of its people stays as it is. `heard`, where given, are the digits of the sending
    station as it read them aloud. Refused and AppError say why nothing was written.
    """
    reader, contents = _read(desk, station, path)
    cover = reader.cover
    assert cover is not None
    if heard and not same_digits(cover.fingerprint, heard):
        raise AppError("指纹对不上，没有接收，资料没有改动。", "请打电话与转出的社工站逐位核对。")

    def work(session: Writing) -> ReceivedCase:
        told = ReceivedCase(cover.case, "", cover.number, cover.station, cover.fingerprint)
        if settings.get(session, TAKEN + contents.digest) is not None:
            case = read.get(session, Case, cover.case)
            return replace(told, known=True, number=(case.number if case else None) or "")
        stage = _standing_stage(session, cover.case)
        if stage is not None and stage != lifecycle.TRANSFERRED:
            raise AppError(*HERE_ALREADY)
        told.back = stage is not None
        _write(session, desk, reader.lines, cover, told)
        _keep_files(session, station, path, reader.lines, contents.digest, told)
        settings.put(session, TAKEN + contents.digest, cover.case)
        return told

    with _own_words():
        return desk.write(work)


def _read(desk: Desk, station: OpenStation, path: Path) -> tuple[_Reader, envelope.Contents]:
    reader = _Reader(desk)
    files.refuse_folder(path)
    with _own_words(), disk_faults(), open(path, "rb") as source:
        return reader, envelope.read(source, station.state.identity, reader)


def _standing_stage(session: Any, case: str) -> str | None:
    """The stage of a case that is here; None when nothing of it is."""
    found = read.get(session, Case, case)
    return None if found is None else found.stage or lifecycle.LEAD


def _write(session: Writing, desk: Desk, lines: list[Line], cover: Cover, told: ReceivedCase) -> None:
    writes: list[Write] = []
    for line in lines:
        standing = shown(session, line.kind, line.id)
        of_case = line.kind not in case_transfer.FAMILY
        if standing is not None and standing.values and not (told.back and of_case):
            told.kept += 1
            continue
        values = _ours(session, desk, line, cover, told, fresh=standing is None)
        try:
            one = write_of(session, replace(line, values=values), exact=True, merge=True, today=desk.today())
        except BadLine as fault:
            raise Refused(Reason.MALFORMED, "a record that cannot be") from fault
        if one is not None:
            told.new += 1
            told.people += line.kind == "person"
            writes.append(one)
    for start in range(0, len(writes), AT_ONCE):
        desk.record(session, "", writes[start : start + AT_ONCE])
    desk.record(session, "", [*_noted(desk, cover, told), *_taken_up(session, desk, cover, told)])
    case = read.get(session, Case, cover.case)
    told.number = (case.number if case else None) or ""


def _ours(
    session: Writing, desk: Desk, line: Line, cover: Cover, told: ReceivedCase, *, fresh: bool
) -> dict[str, Value]:
    """The values of a record as this station's own: its number, who works on it now, where it came from."""
    values = dict(line.values)
    if line.kind in TEMPLATES:
        before = values.pop("number", None)
        if fresh and (number := give_number(session, desk, line.kind)):
            values["number"] = number
            told.numbers[str(before or "")] = number
            came = f"由{cover.station}转来" + (f"，原编号{before}" if before else "") + "。"
            values["note"] = "\n".join(filter(None, [str(values.get("note") or ""), came]))
    if line.kind == CASE or (line.kind == "task" and not values.get("done_on")):
        values["worker"] = desk.user
    return values


def _noted(desk: Desk, cover: Cover, told: ReceivedCase) -> list[Write]:
    """The sheet of the handover: from where, by whom, with which number."""
    words = f"由{cover.station}转来" + (f"，原个案编号{cover.number}" if cover.number else "") + "。"
    values = {"case": cover.case, "handed_on": desk.today(), "to_worker": desk.user, "note": words}
    if cover.worker:
        values["from_worker"] = cover.worker
    return [Write("handover", desk.ids(), cast(Any, values))]


def _taken_up(session: Writing, desk: Desk, cover: Cover, told: ReceivedCase) -> list[Write]:
    """Of a case that comes back: the move from where it ended here to where it stands now."""
    loaded = read.load(session, Case, cover.case)
    if not told.back or loaded is None:
        return []
    _, moves = case_facts(session, cover.case, plain(loaded.record))
    stage = loaded.record.stage or lifecycle.LEAD
    move = {"case": cover.case, "from_stage": lifecycle.TRANSFERRED, "to_stage": stage}
    move |= {"moved_on": desk.today(), "reason": f"由{cover.station}转回。"}
    writes = [Write("case_move", desk.ids(), {**move, "step": lifecycle.next_step(moves)})]
    if lifecycle.is_open(stage) and loaded.record.closed_on:
        writes.append(Write(CASE, cover.case, {"closed_on": None}, loaded.seen))
    return writes


def _keep_files(
    session: Writing, station: OpenStation, path: Path, lines: list[Line], digest: str, told: ReceivedCase
) -> None:
    identities = {
        str(one.values.get("sha256")): str(one.values.get("identity") or "")
        for one in lines
        if one.kind == "attachment"
    }
    with disk_faults(), open(path, "rb") as again:
        sink = _Blobs(session, told, identities)
        if envelope.read(again, station.state.identity, sink).digest != digest:
            raise Refused(Reason.DAMAGED, "another content than before")
