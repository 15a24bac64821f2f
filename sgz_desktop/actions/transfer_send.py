"""Send a case to another station: see what goes, write it sealed to that station, and keep a stub that is
only read here and counts no more."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from sgz_desktop import files
from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.bundle_header import header_to
from sgz_desktop.actions.carried import same_digits
from sgz_desktop.actions.case_facts import case_facts
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.exchange_devices import known
from sgz_desktop.actions.forms import plain
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.actions.transfer_card import StationCard, sender_fingerprint
from sgz_desktop.actions.transfer_file import Sent, Whole, frames_of, lines_of, whole_of
from sgz_desktop.domain import case_transfer, lifecycle
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.file_names import safe_name
from sgz_desktop.domain.local_words import titled
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import row_fields
from sgz_desktop.domain.records.case import Case, CaseMove
from sgz_desktop.domain.records.task import Task
from sgz_desktop.errors import AppError
from sgz_desktop.store import read, settings
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.write import Write
from sgz_desktop.sync import envelope

ENDING = ".sgzcase"
SENT = "sent_case:"  # by case: what sending it changed, on the computer that did
WITH_CASE = "随个案转出"
NOT_HERE = ("这个个案的资料还没有到本机。", "等对方电脑的数据包到了再看。")
ALREADY = ("这个个案已经转到别的社工站，没有再转。", "文件丢了，可以给同一个站再写一次。")


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


@action
def case_to_send(desk: Desk, case: str) -> Going:
    """What of a case would go to another station, and whether it may. AppError when it is not here."""
    whole = desk.read(lambda session: _here(session, case, desk.today()))
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
    disk refuses.
    """
    _refuse(station, to, heard)
    whole = desk.read(lambda session: _here(session, case, desk.today()))
    if sentence := case_transfer.held(whole.consents, whole.reported, reason):
        raise AppError(sentence, case_transfer.HINT)
    made = _written(desk, station, to, whole, out)
    try:
        desk.write(lambda session: _end(session, desk, case, to, reason))
    except BaseException:
        files.discard(out)
        raise
    return made


@action
def send_case_again(
    desk: Desk, case: str, station: OpenStation, to: StationCard, heard: str, out: Path
) -> SentCase:
    """Write the file of a case that was sent from this computer once more, as it was, where it was lost:
    nothing is changed or counted anew.

    AppError, and nothing is written: other digits, another card than it was sent to, a case that was not sent
    from here, what the disk refuses.
    """
    _refuse(station, to, heard)
    whole = desk.read(lambda session: _as_sent(session, case, to))
    return _written(desk, station, to, whole, out)


def file_name(number: str, day: str) -> str:
    """A name for the file: the case's number and the day, no person's name."""
    return safe_name(f"转出个案{number}-{day}{ENDING}")


def _refuse(station: OpenStation, to: StationCard, heard: str) -> None:
    if not same_digits(to.fingerprint, heard):
        raise AppError("指纹对不上，没有转出，资料没有改动。", "请打电话与接收的社工站逐位核对。")
    if to.store == station.slots.store_id:
        raise AppError("这是本站自己的名片，没有转出。", "同站的电脑请用U盘交换。")
    if to.kind != station.slots.kind:
        raise AppError("练习和正式的资料不能混用，没有转出。", "请核对名片是哪里写的。")


def _case(session: Reading, id: str) -> Case:
    case = read.get(session, Case, id)
    if case is None or case.deleted:
        raise AppError(*NOT_HERE)
    return case


def _here(session: Reading, id: str, day: str) -> Whole:
    case = _case(session, id)
    if case.stage == lifecycle.TRANSFERRED:
        raise AppError(*ALREADY)
    return whole_of(session, case, day)


def _as_sent(session: Reading, id: str, to: StationCard) -> Whole:
    case, kept = _case(session, id), settings.get(session, SENT + id)
    if case.stage != lifecycle.TRANSFERRED:
        raise AppError("这个个案没有转出，没有再写。", "要转出，请选“转到别的社工站”。")
    moves = read.of_parent(session, CaseMove, "case", id)
    last = max(moves, key=lambda one: one.step or 0, default=None)
    if kept is None or last is None or last.id != kept["made"]["case_move"]:
        raise AppError("这个个案不是在本机转出的，没有再写。", "请在转出它的那台电脑上再写。")
    sent = Sent(**kept)
    if (to.store, to.fingerprint) != (sent.store, sent.fingerprint):
        raise AppError("这不是原来接收的社工站的名片，没有再写。", "请选转出时用的那张名片。")
    return whole_of(session, case, sent.day, sent)


def _written(desk: Desk, station: OpenStation, to: StationCard, whole: Whole, out: Path) -> SentCase:
    header = header_to(to.store, to.recipients, 1, desk, "case")
    lines = desk.read(lambda session: list(lines_of(session, desk, station, whole)))
    frames = frames_of(lines, whole.files)
    written = envelope.write(out, header, frames, to.recipients, station.state.key.sign)
    return SentCase(
        number=whole.case.number or "编号未给",
        to=to.station,
        path=out,
        records=len(lines) - 1,
        files=len(whole.files),
        size=written.size,
        sha256=written.sha256,
        fingerprint=sender_fingerprint(header.store, desk.station, station.state.key.public.hex()),
    )


def _end(session: Writing, desk: Desk, id: str, to: StationCard, reason: str) -> None:
    """The closing move, the sheet of the handover, and no more to-dos."""
    loaded = read.load(session, Case, id)
    if loaded is None or loaded.record.stage == lifecycle.TRANSFERRED:
        raise AppError(*ALREADY)
    facts, moves = case_facts(session, id, plain(loaded.record))
    today, words = desk.today(), f"转到{to.station}。{reason.strip()}".strip()
    closed = {} if loaded.record.closed_on else {"closed_on": today}
    move: dict[str, Wire] = {"case": id, "from_stage": facts.stage, "to_stage": lifecycle.TRANSFERRED}
    move |= {"moved_on": today, "step": lifecycle.next_step(moves), "reason": words}
    sheet = {"case": id, "handed_on": today, "from_worker": loaded.record.worker or desk.user}
    sheet |= {"to_worker": to.station, "note": words}
    load = partial(read.load, session, Task)
    tasks = [one for one in read.of_parent(session, Task, "case", id) if one.done_on is None]
    left = [(one, found) for one in tasks if (found := load(str(one.id)))]
    made = {"case_move": desk.ids(), "handover": desk.ids()}
    gone, stage = [str(one.id) for one, _ in left], loaded.record.stage
    sent = Sent(to.store, to.fingerprint, today, stage, bool(closed), made, gone)
    settings.put(session, SENT + id, asdict(sent))
    desk.record(
        session,
        WITH_CASE,
        [
            Write("case", id, {"stage": lifecycle.TRANSFERRED, **closed}, loaded.seen),
            Write("case_move", made["case_move"], move),
            Write("handover", made["handover"], sheet),
            *(Write("task", str(one.id), {"deleted": True}, found.seen) for one, found in left),
        ],
    )
