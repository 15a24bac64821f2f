"""Papers to be signed: the state of each, and printing one so that the page that comes back is known."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_case_file import letter_held, numbered, other_letters, sheet_of
from sgz_desktop.actions.papers_draft import Draft
from sgz_desktop.actions.papers_reading import Dossier, dossier
from sgz_desktop.domain import days, signing
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.local_words import titled
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.attachment import Attachment
from sgz_desktop.domain.records.base import Record, questions, row_fields
from sgz_desktop.domain.signing import SORTS, Signs
from sgz_desktop.errors import AppError
from sgz_desktop.reports.values import Handouts
from sgz_desktop.store import facts, papers, queries, read
from sgz_desktop.store.papers import Paper
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.write import Write

Progress = Callable[[int, int], None]
FORM_VERSION = "1"
NOT_SIGNED = "这份文书不用签字，没有打印。"
NO_NUMBER = "个案还没有编号，没有打印。"
PRINTED_SINCE = "这份文书刚重新打印过，没有记为待签。"


@dataclass(frozen=True)
class SignedPage:
    """A scan that came back. `signed_on`: the day as written on it, '' not written; `entered`: when and by
    whom it was taken in, which nobody sets."""

    id: str
    number: str
    signed_on: str
    entered: str


@dataclass(frozen=True)
class PaperState:
    """A paper that is signed, of the record `kind` and `id`. `altered`: its record changed after it was
    printed; `printed` is a day or ''."""

    kind: str
    id: str
    sort: str
    title: str
    number: str
    state: str
    words: str
    signers: str
    printed: str = ""
    signed_on: str = ""
    altered: bool = False
    pages: tuple[SignedPage, ...] = ()


@dataclass(frozen=True)
class ToSign:
    """A paper as it goes to the printer: what `note_printed` keeps once it was printed. `again`: the bytes
    were kept before and are handed out once more; `begins`: what the record it is kept with holds, where
    there is none yet."""

    number: str
    kind: str
    id: str
    title: str
    data: bytes
    upto: int
    sources: tuple[tuple[str, str], ...] = ()
    again: bool = False
    begins: tuple[tuple[str, Wire], ...] = ()


def local_day(at_ms: int) -> str:
    """The local day of an instant."""
    return datetime.fromtimestamp(at_ms / 1000).strftime("%Y-%m-%d")


@action
def paper_states(desk: Desk, case: str) -> list[PaperState]:
    """Every paper of a case that is signed, in the order of its file."""

    def work(session: Reading) -> list[PaperState]:
        file, today = dossier(session, desk, case), desk.today()
        found = [state_of(session, draft, number, today) for draft, number in signed_drafts(file)]
        told = [state_of(session, draft, number, today) for draft, number in other_letters(file)]
        return found + [one for one in told if one.printed or one.pages]

    return desk.read(work)


def signed_drafts(file: Dossier) -> Iterator[tuple[Draft, str]]:
    """The drafts of a case that have something to sign, and their numbers."""
    return ((draft, number) for draft, number in numbered(file) if draft.sort in SORTS)


def state_of(session: Reading, draft: Draft, base: str, today: str, signs: Signs | None = None) -> PaperState:
    """How far a paper is: printed, signed, altered since. `signs` where its sort does not tell it."""
    signs = signs or SORTS[draft.sort]
    kind = draft.kind or signs.kind
    printed = prints_of(session, kind, draft.record, base)
    last = printed[0] if printed else None
    number = last.number if last else base
    pages = pages_of(session, draft.record, today, lambda one: signing.base_of(one) == base)
    own = own_day(session, signs, draft.record) if len(printed) < 2 else ""
    back = [page for page in pages if page.number == number]
    state = signing.UNSIGNED if last else signing.UNPRINTED
    if back or own:
        state = signing.SIGNED
    altered = last is not None and altered_since(session, signs, kind, draft.record, last.upto)
    return PaperState(
        kind=kind,
        id=draft.record,
        sort=draft.sort,
        title=titled(draft.sort, draft.title),
        number=number,
        state=state,
        words=state_words(state, altered),
        signers="、".join(signs.signers),
        printed=local_day(last.at_ms) if last else "",
        signed_on=next((page.signed_on for page in back if page.signed_on), own),
        altered=altered,
        pages=tuple(pages),
    )


def kind_of(draft: Draft) -> str:
    """The kind of the record a paper is of."""
    return draft.kind or SORTS[draft.sort].kind


def state_words(state: str, altered: bool) -> str:
    """未打印, 待签, 已签; what was printed and altered since has to be printed again."""
    if altered and state == signing.UNSIGNED:
        return signing.ALTERED
    return signing.STATES[state] + ("，签后有改动" if altered else "")


def prints_of(session: Reading, kind: str, record: str, base: str) -> list[Paper]:
    """The prints of one paper that were not erased, the last first."""
    return [one for one in _numbered_prints(session, kind, record, base) if one.state != papers.ERASED]


def _numbered_prints(session: Reading, kind: str, record: str, base: str) -> list[Paper]:
    found = papers.of_record(session, kind, record)
    return sorted(
        (one for one in found if signing.base_of(one.number) == base), key=_print_place, reverse=True
    )


def _print_place(paper: Paper) -> int:
    rest = paper.number[len(signing.base_of(paper.number)) + 1 :]
    return int(rest or 1)


def altered_since(session: Reading, signs: Signs, kind: str, record: str, upto: int) -> bool:
    """Was something of the record that stands on the paper changed after the edit numbered `upto`? What a
    signing fills in is no change, nor what becomes of the many records a paper tells of."""
    if signs.gathered:
        return False
    asked = questions(BY_KIND[kind])
    off = [name for name in asked if signs.shows and name not in signs.shows]
    beside = [asked[name].cell for name in (*signs.fields, *off)]
    return papers.changed_since(session, _with_rows(session, kind, record, signs.shows), upto, beside)


def _with_rows(session: Reading, kind: str, record: str, only: Collection[str]) -> Iterator[tuple[str, str]]:
    """A record and its rows, deleted ones too, or those of the fields `only`; scans and photos stand beside a
    paper, not on it."""
    yield kind, record
    for name, rows in row_fields(BY_KIND[kind]).items():
        if rows.kind is not Attachment and (not only or name in only):
            query = f'SELECT id FROM r_{rows.kind.KIND} WHERE "{rows.parent}" = ?'
            yield from ((rows.kind.KIND, id) for (id,) in queries.table(session, query, record))


def own_day(session: Reading, signs: Signs, record: str) -> str:
    """The day of signing that the record itself holds, '' none."""
    one = read.get(session, BY_KIND[signs.kind], record) if signs.day else None
    return str(getattr(one, signs.day) or "") if one else ""


def pages_of(session: Reading, record: str, today: str, fits: Callable[[str], bool]) -> list[SignedPage]:
    """The scans of a record that came back with a number that fits."""
    found = read.of_parent(session, Attachment, "parent", record)
    return [
        SignedPage(str(one.id), str(one.paper_number), one.signed_on or "", _entered(session, one, today))
        for one in sorted(found, key=lambda one: str(one.id))
        if one.paper_number and fits(one.paper_number)
    ]


def _entered(session: Reading, one: Attachment, today: str) -> str:
    written = facts.first_written(session, "attachment", str(one.id))
    if not written:
        return ""
    day, clock, worker = written
    who = f"，{worker}" if worker else ""
    return f"{days.short_day(day, today).partition('（')[0]}{clock}录入{who}"


@action
def paper_to_sign(desk: Desk, id: str, sort: str, case: str, progress: Progress | None = None) -> ToSign:
    """One paper of a record alone, to be printed and signed: as it was printed before, or anew where its
    record was altered. AppError when nobody signs it, or its case has no number."""
    one = desk.read_for_paper(lambda session: _reading(session, desk, id, sort, case), case)
    title, kind = titled(one.draft.sort, one.draft.title), kind_of(one.draft)
    if one.kept:
        return ToSign(one.number, kind, id, title, one.kept, one.upto, again=True)
    from sgz_desktop.reports.handouts import build

    sheets = Handouts(one.file.station, title, (sheet_of(one.draft, one.number),), one.file.practice)
    return ToSign(one.number, kind, id, title, build(sheets, progress), one.upto, tuple(sources(one.file)))


@dataclass(frozen=True)
class _Reading:
    """A paper before it is printed; `kept`: the bytes of its last print where nothing was altered since."""

    file: Dossier
    draft: Draft
    number: str
    upto: int
    kept: bytes = b""


def _reading(session: Reading, desk: Desk, id: str, sort: str, case: str) -> _Reading:
    file = dossier(session, desk, case)
    if not file.case.number:
        raise AppError(NO_NUMBER, "请先在个案资料里补上编号。")
    drafts = (*signed_drafts(file), *other_letters(file))
    found = next((one for one in drafts if one[0].record == id and one[0].sort == sort), None)
    if found is None:
        raise AppError(NOT_SIGNED, "请核对是哪一份文书。")
    draft, base = found
    if sort == "letter" and (held := letter_held(file, id)):
        raise AppError(held, "先记下本人同意，再打印转介函。")
    number, kept = print_of(session, draft, base)
    if kept:
        return _Reading(file, draft, number, kept.upto, papers.data(session, number))
    return _Reading(file, draft, number, papers.last_edit(session))


def print_of(
    session: Reading, draft: Draft, base: str, signs: Signs | None = None
) -> tuple[str, Paper | None]:
    """The number a paper has when it is printed now, and its last print where nothing was altered since."""
    signs = signs or SORTS[draft.sort]
    kind = draft.kind or signs.kind
    last = next(iter(_numbered_prints(session, kind, draft.record, base)), None)
    here = last and last.state != papers.ERASED
    if last and here and not altered_since(session, signs, kind, draft.record, last.upto):
        return last.number, last
    return next_number(session, kind, draft.record, base), None


def next_number(session: Reading, kind: str, record: str, base: str) -> str:
    """The number of the next print of a paper; none is given twice."""
    last = next(iter(_numbered_prints(session, kind, record, base)), None)
    return signing.next_print(base, _print_place(last) if last else 0)


def print_numbers(session: Reading, file: Dossier) -> dict[str, str]:
    """The number of each paper that is signed → the number it has when it is printed now."""
    return {base: print_of(session, draft, base)[0] for draft, base in signed_drafts(file)}


@action
def unprintable_to_sign(desk: Desk, id: str, sort: str, case: str) -> list[str]:
    """Characters of one paper that no font here can print, each once."""
    from sgz_desktop.reports.fonts import unprintable

    one = desk.read_for_paper(lambda session: _reading(session, desk, id, sort, case), case)
    return unprintable(sheet_of(one.draft, one.number))


def sources(file: Dossier) -> Iterator[tuple[str, str]]:
    """Every record the file was read from: what is erased anywhere in it must not stand on a kept paper."""
    records: list[Record | None] = [file.case, file.client, file.household, *file.members, *file.visits]
    records += file.people.values()
    records += [one for found in (*file.papers.values(), *file.children.values()) for one in found]
    yield from ((one.KIND, str(one.id)) for one in records if one is not None)


@action
def note_printed(desk: Desk, form: ToSign) -> None:
    """After a paper was printed or saved: keep its bytes under its number, to wait for its signature.

    All of it in one transaction: a full disk or a crash leaves what was before. AppError when the number was
    printed meanwhile with other words.
    """
    if form.again:
        return

    def work(session: Writing) -> None:
        if form.begins and not read.exists(session, form.kind, form.id):
            desk.record(session, "", [Write(form.kind, form.id, dict(form.begins))])
        held = papers.of_number(session, form.number)
        if held is None:
            keep(session, form)
        elif held.sha256 != hashlib.sha256(form.data).hexdigest():
            raise AppError(PRINTED_SINCE, "请重新打开这份文书，再打印一次。")

    desk.write(work)


def keep(session: Writing, form: ToSign) -> None:
    """Freeze a print that waits for its signature; older prints of the paper are replaced by it."""
    for older in prints_of(session, form.kind, form.id, signing.base_of(form.number)):
        papers.set_state(session, older.number, papers.REPLACED)
    papers.freeze(
        session,
        form.number,
        form.kind,
        form.id,
        f"{form.kind}/{FORM_VERSION}",
        papers.UNSIGNED,
        form.data,
        form.sources,
        form.upto,
    )


@action
def kept_paper(desk: Desk, about: str, text: str) -> bytes:
    """The bytes of a paper of the record `about` as they were printed under the number `text`. AppError when
    they were erased, or the paper was printed on another computer."""
    number = text

    def work(session: Reading) -> bytes:
        found = papers.of_number(session, number)
        if found is None or found.record != about:
            raise AppError("这份不是在本机打印的，只有扫描件。", "要看原样，请到打印它的电脑上看。")
        return papers.data(session, number)

    return desk.read(work)
