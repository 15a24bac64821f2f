"""督导件: the copy of a case file that a supervisor gets, made, and written down once it is out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.supervision_changes import changes_sheet
from sgz_desktop.actions.supervision_glance import ROOMS, glance
from sgz_desktop.actions.supervision_reading import Material, Source, copies_of, material
from sgz_desktop.domain.edits import MAX_VALUE, Changes
from sgz_desktop.domain.lifecycle import EVALUATION, INTAKE, INTERVENTION, PLAN
from sgz_desktop.domain.records.supervision import SupervisorCopy
from sgz_desktop.domain.supervising import Mark, marks_text
from sgz_desktop.errors import AppError
from sgz_desktop.reports.values import Sheet, SupervisorFile
from sgz_desktop.store import papers, read
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.write import Write

Progress = Callable[[int, int], None]
FORM = "supervisor_copy/1"
NO_NUMBER = "个案还没有编号，没有生成督导件。"
NO_SHEETS = "没有选文书，没有生成督导件。"
NOBODY = "请写明给哪位督导，没有生成。"
TOO_MANY = "文书太多，一份放不下，没有生成。"
MADE_SINCE = "这个编号刚被用过，这份没有记下。"
ASKED = {INTAKE: "是否同意接案", PLAN: "是否同意计划", INTERVENTION: "", EVALUATION: "是否同意结案"}


@dataclass(frozen=True)
class CopyStart:
    """What the dialog begins with: the copy's number and place, whom to, what is asked, the sheets there are
    as (number, title, day)."""

    case: str
    number: str
    recipients: tuple[str, ...]
    question: str
    sheets: tuple[tuple[str, str, str], ...]
    place: int


@dataclass(frozen=True)
class CopyWish:
    """What the worker wants of a copy: for whom, what is asked (a line each), which sheets by their numbers,
    () for all."""

    recipient: str
    question: str = ""
    only: tuple[str, ...] = ()


@dataclass(frozen=True)
class Copy:
    """A copy as it goes out: what `note_copy` keeps once it was printed or saved. `id` is the case's."""

    id: str
    number: str
    recipient: str
    question: str
    data: bytes
    marks: tuple[Mark, ...]
    upto: int
    sources: tuple[Source, ...] = ()


@action
def copy_start(desk: Desk, case: str) -> CopyStart:
    """Whom a copy of a case may be for, and what it could hold. AppError without a number."""

    def work(session: Reading) -> tuple[Material, tuple[str, ...]]:
        found = material(session, desk, case, "")
        held = copies_of(session, str(found.file.case.id))
        names = [found.file.case.supervisor, *(one.recipient for one in reversed(held))]
        return found, tuple(dict.fromkeys(name for name in names if name))

    found, names = desk.read_for_paper(work, case)
    _numbered(found)
    return CopyStart(
        case=str(found.file.case.id),
        number=found.number,
        recipients=names,
        question=ASKED.get(str(found.file.case.stage or ""), ""),
        sheets=tuple((one.number, one.title, one.on) for one in found.sheets),
        place=found.place,
    )


@action
def make_copy(desk: Desk, case: str, wish: CopyWish, progress: Progress | None = None) -> Copy:
    """A copy as PDF bytes, not yet written down. AppError without a recipient, a number or a sheet.

    `progress(done, total)` after each page may raise Cancelled.
    """
    from sgz_desktop.reports.supervision import build, lay, places

    if not wish.recipient.strip():
        raise AppError(NOBODY, "请在对话框里填督导的姓名。")
    of = desk.read_for_paper(lambda session: material(session, desk, case, wish.recipient), case)
    chosen = _chosen(of, wish.only)
    laid = lay(chosen)
    found = places(laid)
    seen: dict[Source, int] = {}
    for number, place in enumerate(found, start=1):
        seen.setdefault(of.about[chosen[place.sheet].number], number)
    first = _fitted(of, wish.question, seen)
    begins = [0, *accumulate(len(one.pages) for one in laid)]
    opening = _opening(of, first, [one.number for one in chosen], begins)
    before = sum(len(one.pages) for one in lay(opening))
    marks = tuple(
        Mark(
            number,
            *of.about[chosen[place.sheet].number],
            chosen[place.sheet].number,
            before + begins[place.sheet] + place.page,
            place.top,
            place.bottom,
        )
        for number, place in enumerate(found, start=1)
    )
    if len(marks_text(marks)) > MAX_VALUE:
        raise AppError(TOO_MANY, "请少选几份，分两份给督导。")
    file = _file(desk, of, wish.recipient, opening, chosen)
    data = build(file, progress, laid)
    id = str(of.file.case.id)
    return Copy(id, of.number, wish.recipient, wish.question, data, marks, of.upto, of.sources)


@action
def unprintable_copy(desk: Desk, case: str, wish: CopyWish) -> list[str]:
    """Characters of a copy that no font here can print, each once."""
    from sgz_desktop.reports.fonts import unprintable

    of = desk.read_for_paper(lambda session: material(session, desk, case, wish.recipient), case)
    opening = (glance(of, wish.question, {}, ROOMS[0]), *_changes(of, {}))
    return unprintable(_file(desk, of, wish.recipient, opening, _chosen(of, wish.only)))


def _numbered(of: Material) -> None:
    if not of.file.case.number:
        raise AppError(NO_NUMBER, "请先在个案资料里补上编号。")


def _chosen(of: Material, only: Sequence[str]) -> tuple[Sheet, ...]:
    _numbered(of)
    chosen = tuple(one for one in of.sheets if not only or one.number in only)
    if not chosen:
        raise AppError(NO_SHEETS, "请勾选要给督导看的文书。")
    return chosen


def _fitted(of: Material, question: str, seen: dict[Source, int]) -> Sheet:
    """The glance with as much as one page holds."""
    from sgz_desktop.reports.supervision import lay

    for room in ROOMS:
        sheet = glance(of, question, seen, room)
        if len(lay([sheet])[0].pages) == 1:
            break
    return sheet


def _changes(of: Material, pages: dict[str, int]) -> Iterator[Sheet]:
    if of.last is not None:
        yield changes_sheet(of, pages)


def _opening(of: Material, first: Sheet, numbers: Sequence[str], begins: Sequence[int]) -> tuple[Sheet, ...]:
    """What comes before the sheets: its own length moves the pages it names, so it is set twice."""
    from sgz_desktop.reports.supervision import lay

    before = 1
    for _twice in range(2):
        pages = {number: before + begins[at] + 1 for at, number in enumerate(numbers)}
        opening = (first, *_changes(of, pages))
        before = sum(len(one.pages) for one in lay(opening))
    return opening


def _file(
    desk: Desk, of: Material, recipient: str, opening: tuple[Sheet, ...], sheets: tuple[Sheet, ...]
) -> SupervisorFile:
    words = f"仅供{recipient.removesuffix('督导')}督导使用　阅后交回"
    return SupervisorFile(
        station=desk.station,
        number=of.number,
        opening=opening,
        sheets=sheets,
        footer=words,
        watermark=words,
        practice=desk.practice,
    )


@action
def note_copy(desk: Desk, form: Copy) -> Changes:
    """After a copy was printed or saved: write it down and keep its bytes, in one transaction. The same copy
    is written down once. AppError when its number was used meanwhile."""
    digest = hashlib.sha256(form.data).hexdigest()

    def work(session: Writing) -> Changes:
        held = read.of_parent(session, SupervisorCopy, "number", form.number)
        if held:
            if held[0].sha256 == digest:
                return session.changes()
            raise AppError(MADE_SINCE, "请重新生成督导件，再打印一次。")
        id = desk.ids()
        values = {
            "case": form.id,
            "number": form.number,
            "recipient": form.recipient,
            "given_on": desk.today(),
            "question": form.question or None,
            "marks": marks_text(form.marks),
            "sha256": digest,
        }
        told = {name: value for name, value in values.items() if value is not None}
        desk.record(session, "", [Write(SupervisorCopy.KIND, id, told)])
        papers.freeze(
            session,
            form.number,
            SupervisorCopy.KIND,
            id,
            FORM,
            papers.GIVEN,
            form.data,
            form.sources,
            form.upto,
        )
        return session.changes()

    return desk.write(work)
