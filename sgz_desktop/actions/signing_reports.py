"""A report that is signed off goes out to be signed: it waits once it was printed, and its scan is joined."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.papers_brief import FORMS
from sgz_desktop.actions.papers_report import WORD, named, standing
from sgz_desktop.actions.signing import PaperState, local_day, pages_of, state_words
from sgz_desktop.domain import days, signing
from sgz_desktop.domain.records.report import Report
from sgz_desktop.domain.report_form import MONTHLY, ReportForm, form_of
from sgz_desktop.domain.signing import tidy_number
from sgz_desktop.errors import AppError
from sgz_desktop.store import papers, queries, read, settings
from sgz_desktop.store.session import Reading, Writing

NOT_HERE, ASK_THEM = "这份报告还没有到本机。", "等对方电脑的数据包到了再看。"
MONTH = len("2026-06")
NUMBERS = "SELECT number, id FROM r_report WHERE number IS NOT NULL AND deleted IS NOT TRUE"


@dataclass(frozen=True)
class Issue:
    """A print of a report: its record and its number as it was given."""

    report: Report
    number: str


@action
def report_signing(desk: Desk, sort: str, span: str) -> PaperState | None:
    """How far the print of a report is that is signed off; None of a draft."""
    of = named(sort, span, desk)

    def work(session: Reading) -> PaperState | None:
        report = standing(session, of)
        if report is None or not report.signed_off_on or not report.number:
            return None
        return issue_state(session, Issue(report, report.number), desk.today())

    return desk.read(work)


@action
def note_report_printed(desk: Desk, sort: str, span: str) -> str:
    """After a report that is signed off was printed or saved: it waits for its signatures from now on. Its
    number; '' where it is a draft, waits or is signed already, or its print is kept on another computer."""
    of = named(sort, span, desk)

    def work(session: Writing) -> str:
        report = standing(session, of)
        kept = papers.of_number(session, report.number or "") if report and report.signed_off_on else None
        if kept is None or kept.state != papers.FINAL:
            return ""
        papers.set_state(session, kept.number, papers.UNSIGNED)
        return kept.number

    return desk.write(work)


@action
def report_place(desk: Desk, id: str) -> tuple[str, str]:
    """The sort and the span by which a report on file is asked for. AppError when it is not here."""
    report = desk.read(lambda session: read.get(session, Report, id))
    if report is None or report.deleted:
        raise AppError(NOT_HERE, ASK_THEM)
    sort, told = report.sort or MONTHLY, f"{report.first_on}/{report.last_on}"
    name = (report.number or "").partition("-")[2]
    with suppress(AppError):
        now = named(sort, name, desk).now
        return sort, name if (now.first, now.last) == (report.first_on, report.last_on) else told
    return sort, told


def issue_of(session: Reading, number: str) -> Issue | None:
    """The report a tidied number names, as it is numbered now or was printed before; None for no report's."""
    known = [(one.number, one.record) for one in papers.of_kind(session, Report.KIND)]
    for given, id in (*queries.table(session, NUMBERS), *known):
        if tidy_number(given) == number and not given.endswith(WORD):
            report = read.get(session, Report, id)
            return Issue(report, given) if report and not report.deleted else None
    return None


def issue_in(session: Reading, text: str) -> str:
    """The number of a report that stands in the text of a scan; '' when there is none, or several."""
    found = {given for given, _ in queries.table(session, NUMBERS) if _stands(given, text)}
    return found.pop() if len(found) == 1 else ""


def _stands(number: str, text: str) -> bool:
    """JB-2026-06 stands in no JB-2026-06-2."""
    return bool(re.search(rf"(?<![\w-]){re.escape(number)}(?![\w-])", text))


def issue_state(session: Reading, one: Issue, today: str) -> PaperState:
    """How far a print of a report is."""
    kept = papers.of_number(session, one.number)
    waits = kept is not None and kept.state != papers.FINAL
    pages = pages_of(session, str(one.report.id), today, lambda number: number == one.number)
    state = signing.SIGNED if pages else signing.UNSIGNED if waits else signing.UNPRINTED
    return PaperState(
        kind=Report.KIND,
        id=str(one.report.id),
        sort=Report.KIND,
        title=issue_title(session, one.report),
        number=one.number,
        state=state,
        words=state_words(state, False),
        signers="、".join(_form(session, one.report).signers),
        printed=local_day(kept.at_ms) if kept and waits else "",
        signed_on=next((page.signed_on for page in pages if page.signed_on), ""),
        pages=tuple(pages),
    )


def issue_title(session: Reading, report: Report) -> str:
    """6月工作简报 of a month's brief, else what its form is called."""
    form = _form(session, report)
    month = (report.number or "").removeprefix(f"{form.prefix}-")[:MONTH]
    of_month = report.sort == MONTHLY and len(month) == MONTH and days.is_day(month)
    return f"{int(month[5:])}月{form.title.removeprefix('月度')}" if of_month else form.title


def _form(session: Reading, report: Report) -> ReportForm:
    return form_of(report.sort or MONTHLY, settings.get(session, FORMS))
