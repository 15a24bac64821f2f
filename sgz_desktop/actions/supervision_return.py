"""Remarks that came back as notes in a PDF: read, laid before the worker, and kept where they belong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlmodel import col

from sgz_desktop import files
from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.supervision_pages import (
    Matched,
    Read,
    is_ours,
    match,
    number_of,
    read_pdf,
    refuse_other_store,
)
from sgz_desktop.domain import notes as words
from sgz_desktop.domain import workdays
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.ids import id_of
from sgz_desktop.domain.local_words import titled
from sgz_desktop.domain.notes import Note
from sgz_desktop.domain.records.case import Case
from sgz_desktop.domain.records.supervision import Remark, SupervisorCopy
from sgz_desktop.domain.supervising import DUE_WORKDAYS, Mark, fingerprint, marks_of, nearest
from sgz_desktop.errors import AppError
from sgz_desktop.store import papers, read
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.write import Write

MOST_BYTES = 64 << 20
A4_HIGH = 841.89  # pt, of every page we gave out
ANNOTATION = "annotation"
AT_ONCE = 2_000  # remarks of one edit


@dataclass(frozen=True)
class Proposal:
    """A note as the remark it may become: at the record `kind` and `about`, beside `mark` (0 none), from the
    `page` as it lies in the file. `here`: it was read before; `gone`: and taken out again."""

    fingerprint: str
    kind: str
    about: str
    sheet: str
    mark: int
    title: str
    page: int
    sort: str
    text: str
    author: str
    day: str
    here: bool = False
    gone: bool = False
    decision: str = ""


@dataclass(frozen=True)
class ReadCopy:
    """A copy that came back: of which case, for whom, what is to be said about the file, and its notes.
    `id` is the copy's record."""

    id: str
    number: str
    case: str
    case_number: str
    recipient: str
    said: tuple[str, ...]
    notes: tuple[Proposal, ...]
    due_on: str


@action
def read_returned(desk: Desk, path: Path, password: str = "") -> ReadCopy:
    """Read the notes of a PDF that came back. AppError says why not; NeedsPassword when it is locked."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise AppError("这份PDF太大，没有读入。", "请只留有批注的页，另存后再选。")
    except OSError as fault:
        raise AppError("读不出这个文件，资料没有改动。", "请确认它还在原处，再选一次。") from fault
    data = files.read_whole(path, MOST_BYTES)
    found = read_pdf(data, password)
    number = number_of(found)
    refuse_other_store(found, desk.practice)
    told = desk.read(lambda session: _read(session, desk, number, found, data))
    desk.note_access("read_returned", told.case, "done", Case.KIND)
    return told


def _read(session: Reading, desk: Desk, number: str, found: Read, data: bytes) -> ReadCopy:
    copy, case = _copy(session, number, data)
    frozen = papers.of_number(session, number)
    whole = frozen is not None and frozen.record == copy.id and frozen.state != papers.ERASED
    ours = papers.data(session, number) if whole else None
    marks = marks_of(copy.marks)
    total = max((mark.page for mark in marks), default=0)
    matched = match(number, found, data, total, ours)
    due = workdays.add_workdays(desk.today(), DUE_WORKDAYS)
    proposals = tuple(_proposals(session, found, matched, marks, copy))
    said = [*matched.said, *_said(session, copy, found, proposals)]
    return ReadCopy(
        id=str(copy.id),
        number=number,
        case=str(case.id),
        case_number=case.number or "",
        recipient=copy.recipient or "",
        said=tuple(said),
        notes=proposals,
        due_on=due,
    )


def _copy(session: Reading, number: str, data: bytes) -> tuple[SupervisorCopy, Case]:
    """The copy a number names and its case; of several the one with these very bytes."""
    held = read.of_parent(session, SupervisorCopy, "number", number)
    copy = next((one for one in held if is_ours(data, one.sha256 or "")), held[0] if held else None)
    case = read.get(session, Case, copy.case) if copy and copy.case else None
    if copy is None or case is None or case.deleted:
        raise AppError(f"本站没有督导件{number}，没有读入。", "请核对来处；别站的请交给那个站。")
    return copy, case


def _said(
    session: Reading, copy: SupervisorCopy, found: Read, proposals: Sequence[Proposal]
) -> Iterator[str]:
    later = [
        one.number
        for one in read.of_parent(session, SupervisorCopy, "case", copy.case or "")
        if one.recipient == copy.recipient and str(one.id) > str(copy.id) and one.number
    ]
    if later:
        yield f"这是较早的一份，后来又给过{later[-1]}。"
    if not found.notes:
        yield "没有看到批注。手写的请照批注号录入。"
    known = sum(one.here for one in proposals)
    if known:
        yield f"有{known}条以前读过，不会重复。"


def _proposals(
    session: Reading, found: Read, matched: Matched, marks: Sequence[Mark], copy: SupervisorCopy
) -> Iterator[Proposal]:
    number = copy.number or ""
    known = {one.fingerprint: bool(one.deleted) for one in _all_of(session, copy)}
    alike: Counter[tuple[object, ...]] = Counter()
    for note in found.notes:
        own = matched.pages.get(note.page, 0)
        mark = _mark(marks, own, note, found.pages[note.page].height)
        place = mark.number if mark else -(own or note.page + 1)
        text = words.told(note)
        author = words.plain(note.author).replace("\n", " ")
        same = "".join(words.told(replace(note, reply=False)).split())  # readers lose blanks and replies
        key = (place, note.sort, author, same)
        alike[key] += 1
        stamp = fingerprint(number, *map(str, key), alike[key])
        yield Proposal(
            fingerprint=stamp,
            kind=mark.kind if mark else Case.KIND,
            about=mark.id if mark else str(copy.case),
            sheet=mark.sheet if mark else "",
            mark=mark.number if mark else 0,
            title=titled(mark.kind) if mark else "个案（没有批注号的页）",
            page=note.page + 1,
            sort=words.SORTS.get(note.sort, "批注"),
            text=text,
            author=author,
            day=note.day,
            here=known.get(stamp) is False,
            gone=known.get(stamp) is True,
        )


def _mark(marks: Sequence[Mark], page: int, note: Note, height: float) -> Mark | None:
    """The mark beside a note; a reader may have put our pages on paper of another size."""
    scale = A4_HIGH / height if height > 0 else 1.0
    return nearest(marks, page, note.top * scale, note.bottom * scale)


def _all_of(session: Reading, copy: SupervisorCopy) -> list[Remark]:
    """Remarks of a copy, deleted ones too: what was taken out is not read in again unless it is asked for."""
    number = copy.number or ""
    return read.select_where(session, Remark, col(Remark.copy_number) == number, deleted=True)


@action
def take_notes(
    desk: Desk, case: str, copy: str, notes: Sequence[Proposal], due_on: str
) -> tuple[Changes, int]:
    """Keep notes of a copy, by its id, as remarks at their records; what was kept before is left alone.

    Says how many are new. Two computers that read the same file make the same remarks.
    """

    def work(session: Writing) -> tuple[Changes, int]:
        given = read.get(session, SupervisorCopy, copy)
        if given is None or given.case != case:
            raise AppError("这份督导件已不在本机，没有记下。", "请重新读这份PDF。")
        of = read.get(session, Case, case)
        worker = (of.worker if of else None) or desk.user
        told = [_written(session, one, _values(desk, given, one, worker, due_on)) for one in notes]
        writes = [one for one in told if one is not None]
        for start in range(0, len(writes), AT_ONCE):
            desk.record(session, "", writes[start : start + AT_ONCE])
        if not given.returned_on and writes:
            desk.record(session, "", [Write(SupervisorCopy.KIND, copy, {"returned_on": desk.today()})])
        return session.changes(), len(writes)

    return desk.write(work)


def _written(session: Writing, one: Proposal, values: dict[str, Wire]) -> Write | None:
    """The remark of a note: made, brought back where it was taken out, None where it stands."""
    id = id_of(f"remark:{one.fingerprint}")
    held = read.load(session, Remark, id)
    if held is None:
        return Write(Remark.KIND, id, values)
    return Write(Remark.KIND, id, {**values, "deleted": False}, held.seen) if held.record.deleted else None


def _values(desk: Desk, copy: SupervisorCopy, one: Proposal, worker: str, due_on: str) -> dict[str, Wire]:
    told: dict[str, Wire] = {
        "case": copy.case,
        "about": one.about,
        "copy_number": copy.number,
        "sheet_number": one.sheet,
        "mark": one.mark or None,
        "text": one.text,
        "decision": one.decision,
        "supervisor": copy.recipient,
        "said_on": one.day if one.day and one.day <= desk.today() else desk.today(),
        "source": ANNOTATION,
        "signed_as": one.author,
        "verified": False,
        "fingerprint": one.fingerprint,
        "worker": worker,
        "due_on": due_on,
    }
    return {name: value for name, value in told.items() if value not in (None, "")}
