"""Papers of the archive: 卷内目录 and 备考表 of a case, the label of a box of closed cases.

A box's label names no case kept from a guardian; the contents of such a case's file are its own paper.
"""

from __future__ import annotations

from collections.abc import Callable

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.figures import rules
from sgz_desktop.actions.papers_case_file import kept_words
from sgz_desktop.actions.papers_names import day_words
from sgz_desktop.actions.papers_whole import whole_file
from sgz_desktop.domain.ledgers import CLOSED
from sgz_desktop.domain.retention import was_minor
from sgz_desktop.errors import AppError
from sgz_desktop.reports import values
from sgz_desktop.store import ledger_rows
from sgz_desktop.store.session import Reading

Progress = Callable[[int, int], None]
NO_YEAR = ("这一年没有结案的个案，没有做脊签。", "请换一个年份。")


def _contents(desk: Desk, number_or_id: str) -> values.Archive:
    from sgz_desktop.reports.case_file import page_spans

    file, paper = whole_file(number_or_id, desk)
    spans = page_spans(paper)
    filed = tuple(
        values.Filed(
            number=sheet.number,
            responsible=file.case.worker or "",
            title=sheet.title,
            on=sheet.on,
            pages=str(first) if first == last else f"{first}—{last}",
            note="" if sheet.signed == "—" else sheet.signed,
        )
        for sheet, (first, last) in zip(paper.sheets, spans, strict=True)
    )
    pages = spans[-1][1] if spans else 0
    return values.Archive(
        desk.station, file.number, kept_words(file), filed, pages, day_words(file.today), desk.practice
    )


def _closed(desk: Desk, year: str) -> list[tuple[str, str, str | None]]:
    """Number, last day and client's birth of the cases closed in a year, by number."""

    def work(session: Reading) -> list[tuple[str, str, str | None]]:
        paths, days = ["number", "closed_on", "client.born"], (f"{year}-01-01", f"{year}-12-31")
        found = ledger_rows.rows(session, CLOSED.sources[0], paths, *days)
        return sorted((number, closed, born) for number, closed, born in found if number)

    return desk.read_for_paper(work)


def _label(desk: Desk, year: str) -> values.BoxLabel:
    cases = _closed(desk, year)
    if not cases:
        raise AppError(*NO_YEAR)
    years = desk.read(lambda session: rules(session).retention_years)
    kept = [f"结案后{years}年"]
    if any(was_minor(closed, born) for _, closed, born in cases):
        kept += ["未成年人满18周岁", f"后{years}年"]
    first, last = cases[0][0], cases[-1][0]
    return values.BoxLabel(desk.station, year, first, last, len(cases), tuple(kept), desk.practice)


@action
def closed_cases(desk: Desk, year: str) -> tuple[str, ...]:
    """Numbers of the cases closed in a year (YYYY), whose files are put into boxes."""
    return tuple(number for number, *_ in _closed(desk, year))


@action
def archive_contents(desk: Desk, number_or_id: str) -> values.Archive:
    """What lies in the file of a case, by its number or id. AppError when there is none."""
    return _contents(desk, number_or_id)


@action
def print_archive(desk: Desk, number_or_id: str, progress: Progress | None = None) -> bytes:
    """The same as a PDF. `progress(done, total)` after each page may raise Cancelled."""
    from sgz_desktop.reports.archive import build

    return build(_contents(desk, number_or_id), progress)


@action
def box_label(desk: Desk, year: str) -> values.BoxLabel:
    """The label of the box of cases closed in a year (YYYY). AppError when there is none."""
    return _label(desk, year)


@action
def print_box_label(desk: Desk, year: str, progress: Progress | None = None) -> bytes:
    """The same as a PDF, in the widths boxes have."""
    from sgz_desktop.reports.archive import build_label

    return build_label(_label(desk, year), progress)
