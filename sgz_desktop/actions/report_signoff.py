"""定稿: a report is frozen with its number, day and figures. The head may open it again for another print."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.brief_word import document
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.figures import Span
from sgz_desktop.actions.papers_brief import FORMS, Draft, base_number
from sgz_desktop.actions.papers_report import WORD, Made, made, named, standing
from sgz_desktop.actions.report_checks import doubts_of
from sgz_desktop.actions.report_texts import report_id
from sgz_desktop.domain import days
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.records.report import Report
from sgz_desktop.domain.report_form import form_of
from sgz_desktop.domain.supplement import kept, packed
from sgz_desktop.errors import AppError
from sgz_desktop.store import papers, read, settings
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.write import Write

FORM = "report/1"
NAMES = ("filled_by", "station_head", "agency_head")
TRIES = 3  # somebody may save a record while the paper is made
SIGNED = "这份报告已经定稿。"
NOT_SIGNED = "这份报告还没有定稿，没有改动。"
NO_REASON = "重新打开后要重新定稿，请写明原因。"
BUSY = "这时有新的记录保存进来，没有定稿。"
NOT_OVER = "统计期到{day}，还没有结束，没有定稿。"


@dataclass(frozen=True)
class Signed:
    """A report that was just signed off: its printed number, and what changed."""

    number: str
    changes: Changes


@action
def sign_off(desk: Desk, sort: str, span: str, names: Mapping[str, str], reason: str = "") -> Signed:
    """Freeze a report: its bytes, number, day, and figures with the ids counted, in one transaction.

    `names`: who filled it in and who signs, by `NAMES`. AppError when it is signed off already, its days are
    not over, or something in the records does not agree and no `reason` is given.
    """
    of = named(sort, span, desk)
    if desk.today() < of.now.last:
        raise AppError(NOT_OVER.format(day=days.show_day(of.now.last)), "请在统计期结束后定稿。")
    found = doubts_of(of, desk)
    if found and not reason.strip():
        raise AppError(f"有{len(found)}处还没有核对，没有定稿。", "请逐处核对，或写明原因再定稿。")
    for _ in range(TRIES):
        signed = _try(desk, of, names, reason, len(found))
        if signed is not None:
            return signed
    raise AppError(BUSY, "请稍等片刻，再点一次定稿。")


def _try(desk: Desk, span: Span, names: Mapping[str, str], reason: str, doubts: int) -> Signed | None:
    """One attempt; None when a record was saved between the reading and the writing."""
    from sgz_desktop.exports import docx
    from sgz_desktop.reports.brief import build

    number = desk.read(lambda session: _next_number(session, span))
    paper = made(span, desk, number)
    data, word = build(paper.value), docx.written(document(paper.value))

    def work(session: Writing) -> Signed | None:
        if papers.last_edit(session) != paper.upto:
            return None
        _freeze(session, desk, span, paper, data, names, reason if doubts else "")
        _keep(session, f"{number}{WORD}", report_id(span.sort, span.now), paper, word, docx.MIME)
        return Signed(number, session.changes())

    return desk.write(work)


def _next_number(session: Reading, span: Span) -> str:
    """The number of the next print: the one before is kept in the record, wherever it was printed."""
    report = standing(session, span)
    if report and report.signed_off_on:
        raise AppError(SIGNED, "要改，请站长重新打开。")
    base = base_number(form_of(span.sort, settings.get(session, FORMS)), span)
    taken = _print_of(report.number, base) if report and report.number else 0
    while papers.of_number(session, numbered(base, taken + 1)) is not None:
        taken += 1
    return numbered(base, taken + 1)


def numbered(base: str, place: int) -> str:
    """JB-2026-06, then JB-2026-06-2."""
    return base if place == 1 else f"{base}-{place}"


def _print_of(number: str, base: str) -> int:
    """Which print a number is; 1 for one of another shape."""
    rest = number.removeprefix(base).removeprefix("-")
    return int(rest) if rest.isdecimal() else 1


def _freeze(
    session: Writing,
    desk: Desk,
    span: Span,
    paper: Made,
    data: bytes,
    names: Mapping[str, str],
    reason: str,
) -> None:
    id, draft = report_id(span.sort, span.now), paper.draft
    values: dict[str, Wire] = {
        "sort": span.sort,
        "first_on": span.now.first,
        "last_on": span.now.last,
        "number": paper.value.number,
        **{name: names[name].strip() or None for name in NAMES if name in names},
        "signed_off_on": desk.today(),
        "signed_off_by": desk.user,
        "figures": figures_of(draft),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    if reason:
        values["note"] = f"定稿时未核对的原因：{reason.strip()}"
    loaded = read.load(session, Report, id)
    before = loaded.record if loaded else None
    altered = {name: value for name, value in values.items() if getattr(before, name, None) != value}
    desk.record(session, reason, [Write("report", id, altered, loaded.seen if loaded else {})])
    for older in papers.of_record(session, "report", id):
        papers.set_state(session, older.number, papers.REPLACED)
    _keep(session, paper.value.number, id, paper, data, papers.PDF)


def _keep(session: Writing, number: str, id: str, paper: Made, data: bytes, mime: str) -> None:
    sources = _sources(paper.draft)
    papers.freeze(session, number, "report", id, FORM, papers.FINAL, data, sources, paper.upto, mime)


def figures_of(draft: Draft) -> str:
    """What a report said, as its record keeps it: its own figures and those of earlier days it corrected."""
    own = kept(one.now for one in draft.known.figures)
    return packed(own, {one.period: kept(one.now) for one in draft.known.corrected})


def _sources(draft: Draft) -> Iterator[tuple[str, str]]:
    """The records whose words or photos stand on the paper: erased there, they go from it."""
    for lines in draft.lines.values():
        for line in lines:
            if line.printed and line.kept:
                yield "report_text", line.id
    yield from (("attachment", id) for id in draft.photos)


@action
def reopen_report(desk: Desk, sort: str, span: str, reason: str) -> Changes:
    """Open a signed report again, with a reason; its frozen bytes stay under their number. AppError without a
    reason, or when it is not signed off."""
    if not reason.strip():
        raise AppError(NO_REASON)
    of = named(sort, span, desk)

    def work(session: Writing) -> Changes:
        report = standing(session, of)
        if report is None or not report.signed_off_on:
            raise AppError(NOT_SIGNED)
        loaded = read.load(session, Report, str(report.id))
        gone: dict[str, Wire] = dict.fromkeys(("signed_off_on", "signed_off_by", "figures", "sha256"))
        desk.record(session, reason, [Write("report", str(report.id), gone, loaded.seen if loaded else {})])
        for older in papers.of_record(session, "report", str(report.id)):
            papers.set_state(session, older.number, papers.REPLACED)
        return session.changes()

    return desk.write(work)
