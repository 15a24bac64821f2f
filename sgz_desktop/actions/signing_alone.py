"""Papers that are signed in no case file: how far they are, and making the sheet of a record ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.handover import handover_sheets
from sgz_desktop.actions.papers_draft import Draft
from sgz_desktop.actions.papers_leaving import case_of_letter, leaving_paper
from sgz_desktop.actions.papers_reading import dossier
from sgz_desktop.actions.papers_record import record_paper
from sgz_desktop.actions.signing import PaperState, ToSign, paper_to_sign, signed_drafts, state_of
from sgz_desktop.actions.signing_sheets import sheets_to_sign
from sgz_desktop.actions.signing_sorts import base_number, signs_of, sort_of_record, stands_alone, title_of
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import Record
from sgz_desktop.domain.records.case import Case
from sgz_desktop.domain.records.handover import Handover
from sgz_desktop.domain.records.household_check import HouseholdCheck
from sgz_desktop.domain.signing import LETTER_ALONE
from sgz_desktop.errors import AppError
from sgz_desktop.reports.values import Handouts
from sgz_desktop.store import read
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
    """The sheet of a record that stands in no case file, or the letter of a referral, to be printed and
    signed; a letter of a case as one of its papers. AppError when it is not here."""
    if sort == LETTER_ALONE and (case := desk.read(lambda session: case_of_letter(session, id))):
        return paper_to_sign(desk, id, "letter", case, progress)
    if not desk.read(lambda session: _standing(session, id, kind, sort or sort_of_record(kind))):
        raise AppError(GONE, "请先保存，再打印。")

    def made() -> Handouts:
        if kind == Handover.KIND:
            return handover_sheets(desk, [id])
        leaves = kind == HouseholdCheck.KIND or sort == LETTER_ALONE
        return leaving_paper(desk, id, kind) if leaves else record_paper(desk, id, kind)

    return sheets_to_sign(desk, id, kind, made, progress)[0]


@action
def record_to_sign(desk: Desk, id: str, kind: str, progress: Progress | None = None) -> list[ToSign]:
    """The sheets of a record, to be printed and signed: those it is in the file of its case, else its own.
    None of them where its case has no number yet."""

    def in_case(session: Reading) -> tuple[str, list[str]] | None:
        found = read.get(session, BY_KIND[kind], id)
        if kind == Case.KIND or found is None or found.deleted:
            return "", []
        if stands_alone(session, found):
            return None
        file = dossier(session, desk, str(getattr(found, "case", "")))
        own = [draft.sort for draft, _ in signed_drafts(file) if draft.record == id]
        return str(file.case.id), own if file.case.number else []

    found = desk.read_for_paper(in_case, id)
    if found is None:
        return sheets_to_sign(desk, id, kind, lambda: record_paper(desk, id, kind), progress)
    case, sorts = found
    return [paper_to_sign(desk, id, sort, case, progress) for sort in sorts]
