"""Papers that are signed and stand in no case file: a visit without a case, an inquiry, a report of harm."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_draft import Draft
from sgz_desktop.actions.papers_leaving import check_sheet
from sgz_desktop.actions.papers_names import refs
from sgz_desktop.actions.papers_record import alone_sheet
from sgz_desktop.actions.signing import PaperState, ToSign, print_of, state_of
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import Record, row_fields
from sgz_desktop.domain.records.household_check import HouseholdCheck
from sgz_desktop.domain.signing import ALONE, SORTS
from sgz_desktop.errors import AppError
from sgz_desktop.reports.values import Handouts, Sheet
from sgz_desktop.store import papers, queries, read
from sgz_desktop.store.session import Reading

Progress = Callable[[int, int], None]
SORT_OF = {SORTS[sort].kind: sort for sort in ALONE.values()}
GONE = "这份资料没有找到，没有打印。"


@action
def alone_state(desk: Desk, id: str, kind: str) -> PaperState | None:
    """How far the paper of a record is that stands in no case file; None when it is signed with a case's."""

    def work(session: Reading) -> PaperState | None:
        found = _standing(session, id, kind)
        return state_of(session, *drafted(sheet_of(session, found), found), desk.today()) if found else None

    return desk.read(work)


def _standing(session: Reading, id: str, kind: str) -> Record | None:
    found = read.get(session, BY_KIND[kind], id) if kind in SORT_OF else None
    in_file = found is None or found.deleted or (kind == "visit" and getattr(found, "case", None))
    return None if in_file else found


def sheet_of(session: Reading, record: Record) -> Sheet:
    """The sheet of such a record, with its number."""
    if isinstance(record, HouseholdCheck):
        return check_sheet(session, record)
    return alone_sheet(session, record)


def drafted(sheet: Sheet, record: Record) -> tuple[Draft, str]:
    """The same as a draft, and its number."""
    draft = Draft(SORT_OF[record.KIND], str(record.id), sheet.title, sheet.paper, sheet.blocks)
    return draft, sheet.number


@action
def alone_to_sign(desk: Desk, id: str, kind: str, progress: Progress | None = None) -> ToSign:
    """The paper of such a record, to be printed and signed: as it was printed before, or anew where its
    record was altered. AppError when it is not here."""
    from sgz_desktop.reports.handouts import build

    sheet, form = desk.read_for_paper(lambda session: _reading(session, id, kind), id)
    if form.again:
        return form
    made = Handouts(desk.station, sheet.title, (replace(sheet, number=form.number),), desk.practice)
    return replace(form, data=build(made, progress))


def _reading(session: Reading, id: str, kind: str) -> tuple[Sheet, ToSign]:
    record = _standing(session, id, kind)
    if record is None:
        raise AppError(GONE, "请先保存，再打印。")
    sheet = sheet_of(session, record)
    number, kept = print_of(session, *drafted(sheet, record))
    data = papers.data(session, number) if kept else b""
    upto = kept.upto if kept else papers.last_edit(session)
    sources = tuple(_sources(session, record))
    return sheet, ToSign(number, kind, id, sheet.title, data, upto, sources, again=bool(kept))


def _sources(session: Reading, record: Record) -> Iterator[tuple[str, str]]:
    """The record, its rows, and whom they name: what is erased of them must not stand on a kept paper."""
    found = [record]
    for rows in row_fields(type(record)).values():
        found += read.of_parent(session, rows.kind, rows.parent, str(record.id))
    yield from ((one.KIND, str(one.id)) for one in found)
    yield from ((kind, id) for kind, ids in refs(found).items() for id in ids if kind in BY_KIND)


def record_of_tail(session: Reading, sort: str, tail: str) -> Record | None:
    """The record whose id ends in eight digits, None when there is none."""
    kind = SORTS[sort].kind
    query = f"SELECT id FROM r_{kind} WHERE id LIKE '%' || ? AND deleted IS NOT TRUE ORDER BY id LIMIT 1"
    ids = queries.table(session, query, tail)
    return read.get(session, BY_KIND[kind], ids[0][0]) if ids else None


ABOUT = """SELECT '', '', coalesce(k.person, h.head), coalesce(p.name, q.name), h.village, k.{worker}
FROM r_{kind} k LEFT JOIN r_person p ON p.id = k.person LEFT JOIN r_household h ON h.id = k.household
LEFT JOIN r_person q ON q.id = h.head WHERE k.id = ? AND k.deleted IS NOT TRUE"""
NAME = 3


def alone_about(session: Reading, sort: str, id: str) -> tuple[str, ...]:
    """Of the record of such a paper: '' and '' for a case and its number, person, name, village, worker; ()
    when it is not here."""
    kind = SORTS[sort].kind
    worker = "checker_first" if kind == HouseholdCheck.KIND else "worker"
    rows = queries.table(session, ABOUT.format(kind=kind, worker=worker), id)
    return tuple(text or "" for text in rows[0]) if rows else ()
