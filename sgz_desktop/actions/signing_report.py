"""A report signed off waits for signatures and seal; the scan of the signed paper joins it by its number."""

from __future__ import annotations

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.figures import rules
from sgz_desktop.actions.papers_draft import Draft
from sgz_desktop.actions.papers_report import WORD, named, standing
from sgz_desktop.actions.signing import PaperState, state_of
from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.indicator_facts import Period
from sgz_desktop.domain.records.report import Report
from sgz_desktop.domain.signing import tidy_number
from sgz_desktop.errors import AppError
from sgz_desktop.store import papers, read
from sgz_desktop.store.papers import Paper
from sgz_desktop.store.session import Reading

SORT = "report"
GONE = "这份报告没有找到。"


@action
def report_signing(desk: Desk, sort: str, span: str) -> PaperState | None:
    """How far the paper of a report is; None while it is a draft."""
    of = named(sort, span, desk)

    def work(session: Reading) -> PaperState | None:
        report = standing(session, of)
        return state_of_report(session, report, desk.today()) if report and report.signed_off_on else None

    return desk.read(work)


def state_of_report(session: Reading, report: Report, today: str) -> PaperState:
    """The same of a report that was read."""
    draft = Draft(SORT, str(report.id), name_of(report), "BUREAU", ())
    return state_of(session, draft, report.number or "", today)


def name_of(report: Report) -> str:
    """2026年6月1日—6月30日月报: what a report is called in a list."""
    sort = code_list("report_sort").label(report.sort or "")
    first, last = (days.show_day(day) if day else "" for day in (report.first_on, report.last_on))
    return f"{first}—{last}{sort}"


def report_numbered(session: Reading, number: str) -> Report | None:
    """The report that is signed off under a number as `tidy_number` gives it."""
    signed = (one for one in read.select_where(session, Report) if one.signed_off_on)
    return next((one for one in signed if tidy_number(one.number or "") == number), None)


def waiting_reports(session: Reading) -> list[tuple[Paper, Report]]:
    """Reports signed off here of which no scan has come back, with their frozen papers."""
    found = []
    for paper in papers.waiting(session, papers.FINAL):
        report = read.get(session, Report, paper.record) if not paper.number.endswith(WORD) else None
        if report and not report.deleted and report.number == paper.number:
            found.append((paper, report))
    return found


@action
def report_named(desk: Desk, id: str) -> tuple[str, str]:
    """Sort and span of a report, as it is asked for. AppError when it is not here."""

    def work(session: Reading) -> tuple[str, str]:
        report = read.get(session, Report, id)
        if report is None or not report.first_on or not report.last_on:
            raise AppError(GONE, "等对方电脑的数据包到了再看。")
        month = report.last_on[:7]
        whole = rules(session).month(month) == Period(report.first_on, report.last_on)
        return report.sort or "", month if whole else f"{report.first_on}/{report.last_on}"

    return desk.read(work)
