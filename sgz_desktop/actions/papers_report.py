"""Reports to the bureau as papers: the draft as values and as PDF, the bytes of one signed off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.figures import Span, rules
from sgz_desktop.actions.papers_brief import Draft, draft_of, photos_of, value_of
from sgz_desktop.actions.report_photos import shown
from sgz_desktop.actions.report_spans import span_named
from sgz_desktop.actions.report_texts import report_id
from sgz_desktop.domain.records.report import Report
from sgz_desktop.errors import AppError
from sgz_desktop.reports import values
from sgz_desktop.store import papers, read
from sgz_desktop.store.session import Reading

Progress = Callable[[int, int], None]
WORD = ".docx"  # ends the number of what is kept of a report as a Word document
ELSEWHERE = "这份报告在另一台电脑上定稿，原件在那台电脑上。"
ASK_THERE = "要原件，请到那台电脑上打印；数据这里都有。"


@dataclass(frozen=True)
class Made:
    """A report as it would be printed. `notices`: what is left out of it, in sentences; `upto`: the last edit
    of the snapshot it was read from."""

    value: values.Brief
    draft: Draft
    notices: tuple[str, ...] = ()
    upto: int = 0


def named(sort: str, text: str, desk: Desk) -> Span:
    """The span of a report as asked for. AppError when it is none, to come, or too early."""
    return span_named(sort, text, desk.read(rules), desk.today())


def made(span: Span, desk: Desk, number: str = "") -> Made:
    """The draft of a report: the same whoever makes it, for it leaves the station."""
    ids = desk.read_for_paper(lambda session: photos_of(session, span))
    photos = shown(ids, desk)

    def work(session: Reading) -> Made:
        draft = draft_of(session, span)
        value = value_of(session, desk, draft, photos.pictures, number)
        return Made(value, draft, tuple(photos.notices), papers.last_edit(session))

    return desk.read_for_paper(work)


def standing(session: Reading, span: Span) -> Report | None:
    """The record of a report; None when nobody has begun it."""
    found = read.get(session, Report, report_id(span.sort, span.now))
    return found if found and not found.deleted else None


@action
def report_paper(desk: Desk, sort: str, span: str) -> values.Brief:
    """A report's draft. `sort`: monthly, midterm, final; `span`: a month, a year, or two days."""
    return made(named(sort, span, desk), desk).value


@action
def print_report(desk: Desk, sort: str, span: str, progress: Progress | None = None) -> bytes:
    """The same as a PDF; of a report that is signed off its frozen bytes, for ever.

    `progress(done, total)` after each page may raise Cancelled.
    """
    return printed(named(sort, span, desk), desk, progress)


def printed(span: Span, desk: Desk, progress: Progress | None = None) -> bytes:
    """A report's PDF: frozen, or drafted anew."""
    frozen = desk.read(lambda session: kept_bytes(session, span))
    if frozen:
        return frozen
    from sgz_desktop.reports.brief import build

    return build(made(span, desk).value, progress)


def kept_word(session: Reading, span: Span) -> bytes:
    """The same as a Word document."""
    report = standing(session, span)
    if report is None or not report.signed_off_on:
        return b""
    paper = papers.of_number(session, f"{report.number}{WORD}")
    if paper is None or paper.record != report.id:
        raise AppError(ELSEWHERE, ASK_THERE)
    return papers.data(session, paper.number)


def kept_bytes(session: Reading, span: Span) -> bytes:
    """The bytes of a report that is signed off, b"" while it is a draft. AppError when they are elsewhere."""
    report = standing(session, span)
    if report is None or not report.signed_off_on:
        return b""
    paper = papers.of_number(session, report.number or "")
    if paper is None or paper.record != report.id or paper.sha256 != report.sha256:
        raise AppError(ELSEWHERE, ASK_THERE)
    return papers.data(session, paper.number)


@action
def unprintable_report(desk: Desk, sort: str, span: str) -> list[str]:
    """Characters of a report's draft that no font here can print, each once."""
    from sgz_desktop.reports.fonts import unprintable

    return unprintable(made(named(sort, span, desk), desk).value)
