"""Send a case to another station: see what goes, write it sealed to that station, and keep a stub that is
only read here and counts no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sgz_desktop import files
from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.carried import same_digits
from sgz_desktop.actions.case_facts import case_facts
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.exchange_devices import known
from sgz_desktop.actions.forms import plain
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.actions.transfer_card import StationCard, sender_fingerprint
from sgz_desktop.domain import case_transfer, lifecycle
from sgz_desktop.domain.edits import canonical
from sgz_desktop.domain.local_words import titled
from sgz_desktop.domain.record_class import is_minor
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.base import row_fields
from sgz_desktop.domain.records.case import Case
from sgz_desktop.domain.records.consent import Consent
from sgz_desktop.domain.records.mandatory_report import MandatoryReport
from sgz_desktop.domain.records.person import Person
from sgz_desktop.domain.records.task import Task
from sgz_desktop.errors import AppError
from sgz_desktop.store import attached, case_parts, read
from sgz_desktop.store.migrate import SCHEMA
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.standing import shown
from sgz_desktop.store.write import Write
from sgz_desktop.sync import envelope
from sgz_desktop.sync.header import Header

ENDING = ".sgzcase"
WITH_CASE = "随个案转出"
NOT_HERE = ("这个个案的资料还没有到本机。", "等对方电脑的数据包到了再看。")
ALREADY = ("这个个案已经转到别的社工站，没有再转。", "请与接收的社工站联系。")


@dataclass(frozen=True)
class Going:
    """What would go: titles of records with how many, `details` rows of them, files; `stays` in words;
    `held`: why it may not go, '' when it may; `needs_reason`: it may with a reason alone; `others`: other
    computers of the station may know more of it."""

    case: str
    number: str
    client: str
    records: tuple[tuple[str, int], ...]
    details: int
    files: int
    bytes: int
    missing: int
    stays: tuple[str, ...]
    held: str
    needs_reason: bool
    others: bool


@dataclass(frozen=True)
class SentCase:
    """A case that was written, read back and compared; `fingerprint` of the sender, to be read aloud."""

    number: str
    to: str
    path: Path
    records: int
    files: int
    size: int
    sha256: str
    fingerprint: str


@dataclass(frozen=True)
class _Whole:
    case: Case
    client: str
    parts: case_parts.Parts
    files: tuple[attached.File, ...]
    missing: int
    stays: tuple[str, ...]
    reported: bool
    consents: tuple[dict[str, Any], ...]


@action
def case_to_send(desk: Desk, case: str) -> Going:
    """What of a case would go to another station, and whether it may. AppError when it is not here."""
    whole = desk.read(lambda session: _whole(session, case, desk.today()))
    count = {kind: len(ids) for kind, ids in whole.parts.items()}
    rows = {one.kind.KIND for kind in BY_KIND.values() for one in row_fields(kind).values()}
    ordered = [(titled(kind), count[kind]) for kind in BY_KIND if count.get(kind) and kind not in rows]
    held = case_transfer.held(whole.consents, whole.reported, "")
    return Going(
        case=case,
        number=whole.case.number or "编号未给",
        client=whole.client,
        records=tuple(ordered),
        details=sum(count[kind] for kind in rows & count.keys()),
        files=len(whole.files),
        bytes=sum(one.size for one in whole.files),
        missing=whole.missing,
        stays=whole.stays,
        held=held,
        needs_reason=held == case_transfer.NO_REASON,
        others=any(one.can_be_sent_to for one in desk.read(lambda session: known(session, desk.device.id))),
    )


@action
def send_case(
    desk: Desk, case: str, station: OpenStation, to: StationCard, heard: str, out: Path, reason: str = ""
) -> SentCase:
    """Write a case into one file for the station of a card, and end it here. `heard` are the card's digits
    as the other station read them aloud.

    AppError, and nothing is written: other digits, no consent, our own or another sort of station, what the
    disk refuses. A file that was sent before may be written again only until the case is ended.
    """
    _refuse(station, to, heard)
    whole = desk.read(lambda session: _whole(session, case, desk.today()))
    if sentence := case_transfer.held(whole.consents, whole.reported, reason):
        raise AppError(sentence, case_transfer.HINT)
    header = _header(desk, to)
    lines = desk.read(lambda session: list(_lines(session, desk, station, whole)))
    frames = _frames(lines, whole.files)
    written = envelope.write(out, header, frames, to.recipients, station.state.key.sign)
    try:
        desk.write(lambda session: _end(session, desk, case, to.station, reason))
    except BaseException:
        files.discard(out)
        raise
    digits = sender_fingerprint(header.store, desk.station, station.state.key.public.hex())
    return SentCase(
        number=whole.case.number or "编号未给",
        to=to.station,
        path=out,
        records=len(lines) - 1,
        files=len(whole.files),
        size=written.size,
        sha256=written.sha256,
        fingerprint=digits,
    )


def file_name(number: str, day: str) -> str:
    """A name for the file: the case's number and the day, no person's name."""
    return files.safe_name(f"转出个案{number}-{day}{ENDING}")


def _refuse(station: OpenStation, to: StationCard, heard: str) -> None:
    if not same_digits(to.fingerprint, heard):
        raise AppError("指纹对不上，没有转出，资料没有改动。", "请打电话与接收的社工站逐位核对。")
    if to.store == station.slots.store_id:
        raise AppError("这是本站自己的名片，没有转出。", "同站的电脑请用U盘交换。")
    if to.kind != station.slots.kind:
        raise AppError("练习和正式的资料不能混用，没有转出。", "请核对名片是哪里写的。")


def _whole(session: Reading, id: str, today: str) -> _Whole:
    case = read.get(session, Case, id)
    if case is None or case.deleted:
        raise AppError(*NOT_HERE)
    if case.stage == lifecycle.TRANSFERRED:
        raise AppError(*ALREADY)
    client = read.get(session, Person, case.client) if case.client else None
    reported = bool(read.of_parent(session, MandatoryReport, "case", id))
    minor = bool(client and client.born and is_minor(client.born, today))
    stays = case_transfer.STAYS if minor else case_transfer.STAYS | case_transfer.SAFETY
    parts = case_parts.of_case(session, id, stays)
    if case.found_in:
        parts.setdefault("visit", [])
        parts["visit"] = list(dict.fromkeys([*parts["visit"], case.found_in]))
    family = case_parts.of_family(session, case.client or "", case.household or "", parts)
    for kind, ids in family.items():
        parts[kind] = list(dict.fromkeys([*parts.get(kind, ()), *ids]))
    found, missing = _files(session, parts.get(Attachment.KIND, []))
    return _Whole(
        case,
        (client.name if client else None) or "（姓名未填）",
        parts,
        found,
        missing,
        (*case_transfer.STAYS_WORDS, *((case_transfer.SAFETY_STAYS,) if reported and not minor else ())),
        reported,
        tuple(one.model_dump() for one in read.of_parent(session, Consent, "case", id)),
    )


def _files(session: Reading, ids: list[str]) -> tuple[tuple[attached.File, ...], int]:
    """The sealed files of attachments that are here, and how many are not."""
    named = [one.sha256 for id in ids if (one := read.get(session, Attachment, id)) and one.sha256]
    asked = list(dict.fromkeys(named))
    found = attached.going(session, {}, asked)
    return tuple(found), len(asked) - len(found)


def _header(desk: Desk, to: StationCard) -> Header:
    me = desk.store.identity
    return Header(
        content="case",
        store=me.store_id,
        kind=me.kind,
        sender=me.device,
        epoch=me.epoch,
        to=(to.store,),
        recipients=tuple(sorted(to.recipients)),
        n=1,
        made=desk.store.now(),
        schema=SCHEMA,
        have={},
        received={},
        ranges={},
        heads=(),
    )


def _lines(session: Reading, desk: Desk, station: OpenStation, whole: _Whole) -> Iterator[bytes]:
    """The cover, then every record, as a file of records has them."""
    cover = {
        "case": str(whole.case.id),
        "number": whole.case.number or "",
        "station": desk.station,
        "worker": whole.case.worker or desk.user,
        "sign": station.state.key.public.hex(),
    }
    yield canonical({"cover": cover}) + b"\n"
    for kind in sorted(whole.parts):
        for id in sorted(whole.parts[kind]):
            found = shown(session, kind, id)
            values = case_transfer.told(kind, found.values if found else {}, id == whole.case.client)
            if values:
                yield canonical({"record": kind, "id": id, "values": values}) + b"\n"


def _frames(lines: list[bytes], some: tuple[attached.File, ...]) -> Iterator[bytes]:
    yield from lines
    for file in some:
        sealed = files.read_whole(file.path, file.size)
        yield from envelope.file_frames(file.sha256, len(sealed), file.mime, [sealed])


def _end(session: Writing, desk: Desk, id: str, to: str, reason: str) -> None:
    """The closing move, the sheet of the handover, and no more to-dos."""
    loaded = read.load(session, Case, id)
    if loaded is None or loaded.record.stage == lifecycle.TRANSFERRED:
        raise AppError(*ALREADY)
    facts, moves = case_facts(session, id, plain(loaded.record))
    today, words = desk.today(), f"转到{to}。{reason.strip()}".strip()
    closed = {} if loaded.record.closed_on else {"closed_on": today}
    move = {"case": id, "from_stage": facts.stage, "to_stage": lifecycle.TRANSFERRED, "moved_on": today}
    sheet = {"case": id, "handed_on": today, "from_worker": loaded.record.worker or desk.user}
    sheet |= {"to_worker": to, "note": words}
    load = partial(read.load, session, Task)
    tasks = [one for one in read.of_parent(session, Task, "case", id) if one.done_on is None]
    left = [(one, found) for one in tasks if (found := load(str(one.id)))]
    desk.record(
        session,
        WITH_CASE,
        [
            Write("case", id, {"stage": lifecycle.TRANSFERRED, **closed}, loaded.seen),
            Write("case_move", desk.ids(), {**move, "step": lifecycle.next_step(moves), "reason": words}),
            Write("handover", desk.ids(), sheet),
            *(Write("task", str(one.id), {"deleted": True}, found.seen) for one, found in left),
        ],
    )
