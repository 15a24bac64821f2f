"""Papers that are signed in no case file: records printed alone, handovers, those of applications."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.handover import handover_sheet
from sgz_desktop.actions.papers_application import application_papers, application_sheet
from sgz_desktop.actions.papers_application_reading import applying
from sgz_desktop.actions.papers_draft import Draft
from sgz_desktop.actions.papers_group import group_papers
from sgz_desktop.actions.papers_leaving import case_of_letter, check_sheet, letter_sheet
from sgz_desktop.actions.papers_names import refs
from sgz_desktop.actions.papers_reading import dossier
from sgz_desktop.actions.papers_record import alone_sheet
from sgz_desktop.actions.signing import PaperState, ToSign, paper_to_sign, print_of, signed_drafts, state_of
from sgz_desktop.actions.signing_sorts import base_number, signs_of, sort_of_record, stands_alone, title_of
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.application import Application
from sgz_desktop.domain.records.base import Record, row_fields
from sgz_desktop.domain.records.case import Case
from sgz_desktop.domain.records.group import Group
from sgz_desktop.domain.records.handover import Handover
from sgz_desktop.domain.records.household_check import HouseholdCheck
from sgz_desktop.domain.records.referral import Referral
from sgz_desktop.domain.signing import APPLY, LETTER_ALONE, alone_of, sort_of
from sgz_desktop.errors import AppError
from sgz_desktop.reports.values import Handouts, Sheet
from sgz_desktop.store import papers, read
from sgz_desktop.store.session import Reading

Progress = Callable[[int, int], None]
GONE = "这份资料没有找到，没有打印。"


@dataclass(frozen=True)
class Standing:
    """A paper in no case file: its sort, the record it is of, and its number without a print."""

    sort: str
    record: Record
    base: str

    @property
    def draft(self) -> Draft:
        """The same as a draft that is not laid out."""
        title = title_of(self.sort, self.record, self.base)
        return Draft(self.sort, str(self.record.id), title, "INTERNAL", (), kind=self.record.KIND)

    def state(self, session: Reading, today: str) -> PaperState:
        """How far it is."""
        return state_of(session, self.draft, self.base, today, signs_of(self.sort))


@action
def alone_state(desk: Desk, id: str, kind: str) -> PaperState | None:
    """How far the sheet of a record is that stands in no case file; None when it is signed with a case's."""

    def work(session: Reading) -> PaperState | None:
        one = _standing(session, id, kind, sort_of_record(kind))
        return one.state(session, desk.today()) if one else None

    return desk.read(work)


def _standing(session: Reading, id: str, kind: str, sort: str) -> Standing | None:
    found = read.get(session, BY_KIND[kind], id) if sort else None
    if found is None or found.deleted:
        return None
    its_own = sort == sort_of_record(kind)
    return (
        None
        if its_own and not stands_alone(session, found)
        else Standing(sort, found, base_number(sort, found))
    )


@action
def alone_to_sign(desk: Desk, id: str, kind: str, progress: Progress | None = None, sort: str = "") -> ToSign:
    """Such a paper, to be printed and signed: as it was printed before, or anew where its record was altered.
    AppError when it is not here."""
    from sgz_desktop.reports.handouts import build

    if sort == LETTER_ALONE and (case := desk.read(lambda session: case_of_letter(session, id))):
        return paper_to_sign(desk, id, "letter", case, progress)
    sort = sort or sort_of_record(kind)
    sheet, form = desk.read_for_paper(lambda session: _reading(session, desk, (id, kind, sort)), id)
    if form.again:
        return form
    made = Handouts(desk.station, sheet.title, (replace(sheet, number=form.number),), desk.practice)
    return replace(form, data=build(made, progress))


@action
def record_to_sign(desk: Desk, id: str, kind: str, progress: Progress | None = None) -> list[ToSign]:
    """The sheets of a record, to be printed and signed: those it is in the file of its case, else its own.
    None where it has none, or cannot be told apart for want of a case number."""

    def sorts(session: Reading) -> tuple[str, list[str]]:
        found = read.get(session, BY_KIND[kind], id)
        if kind == Case.KIND or found is None or found.deleted:
            return "", []
        if isinstance(found, Group):
            return "", [sort_of(alone_of(sheet.number)[0]) for sheet in group_papers(session, found)]
        if stands_alone(session, found):
            return "", [sort_of_record(kind)]
        file = dossier(session, desk, str(getattr(found, "case", "")))
        own = [draft.sort for draft, _ in signed_drafts(file) if draft.record == id]
        return str(file.case.id), own if file.case.number else []

    case, found = desk.read_for_paper(sorts, id)
    if case:
        return [paper_to_sign(desk, id, sort, case, progress) for sort in found]
    return [alone_to_sign(desk, id, kind, progress, sort) for sort in found if sort]


@action
def application_to_sign(
    desk: Desk, id: str, which: Sequence[str] = (), progress: Progress | None = None
) -> list[ToSign]:
    """The papers of an application, as `application_papers` chooses them, to be printed and signed."""
    sheets = application_papers(desk, id, which).sheets
    sorts = [sort_of(alone_of(sheet.number)[0]) for sheet in sheets]
    return [alone_to_sign(desk, id, Application.KIND, progress, sort) for sort in sorts]


def in_one(papers: Sequence[ToSign]) -> bytes:
    """Papers one after another in one PDF."""
    from sgz_desktop.reports.joined import joined

    return joined([(f"{one.title}　{one.number}", one.data) for one in papers])


def _reading(session: Reading, desk: Desk, wanted: tuple[str, str, str]) -> tuple[Sheet, ToSign]:
    one = _standing(session, *wanted)
    if one is None:
        raise AppError(GONE, "请先保存，再打印。")
    sheet = _sheet(session, desk, one)
    number, kept = print_of(session, one.draft, one.base, signs_of(one.sort))
    data = papers.data(session, number) if kept else b""
    upto = kept.upto if kept else papers.last_edit(session)
    sources = tuple(sources_of(session, [one.record]))
    id, kind, _ = wanted
    return sheet, ToSign(number, kind, id, one.draft.title, data, upto, sources, again=bool(kept))


def _sheet(session: Reading, desk: Desk, one: Standing) -> Sheet:
    record = one.record
    if one.sort.startswith(APPLY):
        return application_sheet(
            applying(session, desk.today(), str(record.id)), one.sort.removeprefix(APPLY)
        )
    if isinstance(record, HouseholdCheck):
        return check_sheet(session, record)
    if isinstance(record, Handover):
        return handover_sheet(session, record, desk.today())
    if isinstance(record, Referral) and one.sort == LETTER_ALONE:
        return letter_sheet(session, desk, record)
    if sheets := group_papers(session, record):
        return next(sheet for sheet in sheets if sheet.number == one.base)
    return alone_sheet(session, record)


def sources_of(session: Reading, records: list[Record]) -> Iterator[tuple[str, str]]:
    """Records, their rows, and whom they name: what is erased of them must not stand on a kept paper."""
    found = list(records)
    for record in records:
        for rows in row_fields(type(record)).values():
            found += read.of_parent(session, rows.kind, rows.parent, str(record.id))
    yield from ((one.KIND, str(one.id)) for one in found)
    yield from ((kind, id) for kind, ids in refs(found).items() for id in ids if kind in BY_KIND)
