"""Writing the texts of a report: edited, moved, left out, taken up from the records, reviewed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import NOBODY, Desk
from sgz_desktop.actions.figures import Compared, Span, told_to
from sgz_desktop.actions.forms import Form, FormRefused, Saved, Typed, checked, load_form
from sgz_desktop.actions.papers_brief import Draft, draft_of, photos_of
from sgz_desktop.actions.papers_brief_tables import span_words
from sgz_desktop.actions.papers_report import named, standing
from sgz_desktop.actions.report_photos import shown
from sgz_desktop.actions.report_review import finder_for, reviewed_as
from sgz_desktop.actions.report_supplement import Corrected, told_corrections
from sgz_desktop.actions.report_texts import PLACED, TextLine, report_id
from sgz_desktop.domain import days
from sgz_desktop.domain.deidentify_review import Review
from sgz_desktop.domain.edits import Changes
from sgz_desktop.domain.fields import Level, Problem, Wire
from sgz_desktop.domain.records.base import problems
from sgz_desktop.domain.records.report import Report, ReportText
from sgz_desktop.domain.report_form import FormSection
from sgz_desktop.domain.supplement import VALUE_ALONE, unpacked
from sgz_desktop.errors import AppError
from sgz_desktop.store import drafts, read, report_sources
from sgz_desktop.store.session import Reading, Writing
from sgz_desktop.store.write import Write

SIGNED = "这份报告已定稿，没有改动。"
TO_REOPEN = "要改，请站长重新打开。"
GONE = "这段文字已经不在了。"
REVIEWED = (("title", "标题"), ("text", "正文"))
SECTION_PAGE = "典型案例"
NO_TEXT = "还没有写，没有什么可审阅。"


@dataclass(frozen=True)
class SectionTold:
    """A section as the page lists it."""

    section: FormSection
    lines: tuple[TextLine, ...]


@dataclass(frozen=True)
class Outline:
    """A report as the page shows it. `signed_on`, `signed_by` '' while it is a draft; `notices`: what is left
    out of the paper, in sentences."""

    id: str
    span: Span
    title: str
    days: str
    number: str
    sections: tuple[SectionTold, ...]
    figures: tuple[Compared, ...]
    columns: tuple[tuple[str, str], ...] = ()
    corrected: tuple[Corrected, ...] = ()
    signed_on: str = ""
    signed_by: str = ""


@dataclass(frozen=True)
class TextForm:
    """A text to be edited. `sort`: of its section; `photos` that may be printed and `serves` indicators, as
    (value, words)."""

    form: Form
    sort: str
    section: str
    photos: tuple[tuple[str, str], ...]
    serves: tuple[tuple[str, str], ...]


@action
def report_outline(desk: Desk, sort: str, span: str) -> Outline:
    """A report's sections with their texts. AppError when its days are none, to come, or too early."""
    of = named(sort, span, desk)
    printed: frozenset[str] | None = None
    if desk.store.kept_back(NOBODY).names:  # else the paper may hold them all
        printed = desk.read_for_paper(lambda session: _shown_on_paper(draft_of(session, of)))

    def work(session: Reading) -> Outline:
        draft = draft_of(session, of)
        report = standing(session, of)
        return Outline(
            draft.report,
            of,
            draft.known.form.title,
            span_words(of.now),
            (report.number if report else None) or draft.number,
            tuple(
                SectionTold(one, tuple(_told(line, printed) for line in draft.lines.get(one.id, ())))
                for one in draft.known.form.printed
            ),
            tuple(_as_signed(draft.known.printed, report, of)),
            draft.known.form.columns,
            tuple(draft.known.corrected),
            (report.signed_off_on if report else None) or "",
            (report.signed_off_by if report else None) or "",
        )

    found = desk.read(work)
    return replace(
        found,
        figures=tuple(told_to(found.figures, desk)),
        corrected=told_corrections(found.corrected, desk),
    )


def _as_signed(found: Sequence[Compared], report: Report | None, span: Span) -> Iterable[Compared]:
    """A draft's figures as they are; of a report that is signed off as it said them."""
    said = unpacked(report.figures, span.now) if report and report.signed_off_on else {}
    kept = {one.key: one for one in said.get(span.now, ())}
    for one in found:
        now = one.now
        was = kept.get((now.code, now.part, now.unit))
        if was is None:
            yield one
            continue
        ids = now.ids if was.ids is None or now.code in VALUE_ALONE else was.ids
        yield replace(one, now=replace(now, value=was.value, ids=ids))


def _shown_on_paper(draft: Draft) -> frozenset[str]:
    """Texts and offers that the paper may hold: what is kept from a guardian is none of them."""
    return frozenset(line.id for lines in draft.lines.values() for line in lines)


def _told(line: TextLine, printed: frozenset[str] | None) -> TextLine:
    return line if printed is None or line.id in printed else line.set_apart()


@action
def text_form(desk: Desk, sort: str, span: str, section: str, id: str = "") -> TextForm:
    """A text of a report to be edited: one that is kept, one that is offered, or (id '') a new one."""
    of = named(sort, span, desk)

    def work(session: Reading) -> TextForm:
        draft = _open_draft(session, of)
        told = draft.known.form.section(section)
        if told is None or not told.texts:
            raise AppError("这一部分不放文字。")
        kept = load_form(session, ReportText, id, desk.today()) if id else None
        form = kept or _new_form(draft, section, id, desk)
        photos = _photos(session, of, form)
        return TextForm(form, told.texts, told.title, photos, tuple(draft.titles.items()))

    return desk.read(work)


def _new_form(draft: Draft, section: str, id: str, desk: Desk) -> Form:
    line = _line(draft, section, id) if id else None
    values = dict(line.values) if line else {}
    own: dict[str, Wire] = {"report": draft.report, "section": section}
    return Form("report_text", id or desk.ids(), {**values, **own}, new=True, fixed=bool(id))


def _photos(session: Reading, span: Span, form: Form) -> tuple[tuple[str, str], ...]:
    """Photos that may be printed: of the record told of, else of everything that went on in the span."""
    about = str(form.values.get("about") or "")
    parents = [one.id for one in report_sources.happenings(session, span.now)]
    found = report_sources.photos_of(session, [about] if about else [])
    found = found or report_sources.photos_of(session, parents)
    return tuple((one.id, one.caption or days.show_day(one.day or "") or "照片") for one in found)


def _open_draft(session: Reading, span: Span) -> Draft:
    """The draft of a report that is not signed off. AppError when it is."""
    _still_open(session, span)
    return draft_of(session, span)


def _still_open(session: Reading, span: Span) -> None:
    """AppError when a report is signed off."""
    report = standing(session, span)
    if report and report.signed_off_on:
        raise AppError(SIGNED, TO_REOPEN)


def _line(draft: Draft, section: str, id: str) -> TextLine:
    found = next((one for one in draft.lines.get(section, ()) if one.id == id), None)
    if found is None:
        raise AppError(GONE, "请再看一遍列表。")
    return found


@action
def save_text(desk: Desk, form: Form, typed: Typed, sort: str, span: str) -> Saved:
    """Keep a text as typed; the report is begun with its first text. Raises FormRefused."""
    of = named(sort, span, desk)
    record, writes = checked(desk, form, typed, {})
    if found := _lacks(record):
        raise FormRefused([found])

    def work(session: Writing) -> Changes:
        _still_open(session, of)
        if form.new:
            place = _next_place(session, of, str(form.values["section"]))
            own = writes[0]
            writes[0] = Write(own.kind, own.id, {"place": place, **own.values}, own.seen)
        desk.record(session, "", [*_begun(session, of), *writes])
        drafts.drop(session, desk.actor.worker, form.kind, form.id)
        return session.changes()

    changes = desk.write(work)
    return Saved(form.kind, form.id, changes, tuple(problems(record, desk.today())))


def _lacks(record: object) -> Problem | None:
    if getattr(record, "title", None) or getattr(record, "text", None):
        return None
    return Problem(Level.REFUSE, "text", "标题和正文至少写一项。")


def _begun(session: Reading, span: Span) -> list[Write]:
    """What the report record still lacks."""
    report = read.get(session, Report, report_id(span.sort, span.now))
    if report is not None and report.sort and not report.deleted:
        return []
    values: dict[str, Wire] = {"sort": span.sort, "first_on": span.now.first, "last_on": span.now.last}
    return [Write("report", report_id(span.sort, span.now), values)]


def _next_place(session: Reading, span: Span, section: str) -> int:
    query = "SELECT coalesce(max(place), 0) FROM r_report_text WHERE report = ? AND section = ?"
    row = session.connection.execute(query, (report_id(span.sort, span.now), section)).fetchone()
    return int(row[0]) + PLACED


@action
def leave_out_text(desk: Desk, sort: str, span: str, section: str, id: str, out: bool = True) -> Changes:
    """Keep a text off the paper, or put it back on it; what was offered is kept as it is for that."""
    return _alter(desk, sort, span, section, id, {"left_out": out or None})


@action
def text_review(desk: Desk, sort: str, span: str, section: str, id: str) -> Review:
    """The words of a text with what in them may tell who is meant, to be decided on by somebody. Names,
    places and numbers on file in the case it tells of are known. AppError when there are no words."""
    of = named(sort, span, desk)

    def work(session: Reading) -> Review:
        line = _line(_open_draft(session, of), section, id)
        if not line.said("text"):
            raise AppError(NO_TEXT, "请先写好正文。")
        find = finder_for(session, desk, line.said("about"))
        told = [(name, SECTION_PAGE, words, line.said(name)) for name, words in REVIEWED if line.said(name)]
        return Review((*one, find(one[3])) for one in told)

    return desk.read(work)


@action
def review_text(
    desk: Desk, sort: str, span: str, section: str, id: str, said: Mapping[str, str] | None = None
) -> Changes:
    """Say that the words of a text were read for what tells who is meant, and keep them as they were left
    (`said`: title and text; None: as they stand). AppError when there are none."""
    of = named(sort, span, desk)

    def work(session: Writing) -> Changes:
        draft = _open_draft(session, of)
        line = _line(draft, section, id)
        title, text = (str((said or {}).get(name, line.said(name))) for name, _ in REVIEWED)
        if not text:
            raise AppError(NO_TEXT, "请先写好正文。")
        values: dict[str, Wire] = {"text": text, "reviewed": reviewed_as(title, text)}
        values |= {"title": title} if title else {}
        desk.record(session, "", [*_begun(session, of), *_writes(session, draft, section, [(line, values)])])
        return session.changes()

    return desk.write(work)


def _alter(desk: Desk, sort: str, span: str, section: str, id: str, values: Mapping[str, Wire]) -> Changes:
    of = named(sort, span, desk)

    def work(session: Writing) -> Changes:
        draft = _open_draft(session, of)
        line = _line(draft, section, id)
        desk.record(session, "", [*_begun(session, of), *_writes(session, draft, section, [(line, values)])])
        return session.changes()

    return desk.write(work)


def _writes(
    session: Reading, draft: Draft, section: str, changes: Iterable[tuple[TextLine, Mapping[str, Wire]]]
) -> list[Write]:
    """The writes that bring texts there: one on offer is written whole, one that is kept by what differs."""
    found = []
    for line, values in changes:
        if not line.kept:
            own: dict[str, Wire] = {"report": draft.report, "section": section, **line.values}
            found.append(Write("report_text", line.id, {**own, **values}))
            continue
        loaded = read.load(session, ReportText, line.id)
        altered = {name: value for name, value in values.items() if value != line.values.get(name)}
        if altered and loaded:
            found.append(Write("report_text", line.id, altered, loaded.seen))
    return found


@action
def move_text(desk: Desk, sort: str, span: str, section: str, id: str, by: int) -> Changes:
    """Move a text up (-1) or down (1) among those of its section, which are kept in their order from then
    on."""
    of = named(sort, span, desk)

    def work(session: Writing) -> Changes:
        draft = _open_draft(session, of)
        lines = [line for line in draft.lines.get(section, ()) if line.kept or line.printed]
        at = next((place for place, line in enumerate(lines) if line.id == id), None)
        if at is None:
            raise AppError(GONE, "请再看一遍列表。")
        to = min(max(at + by, 0), len(lines) - 1)
        lines.insert(to, lines.pop(at))
        placed = [(line, {"place": (place + 1) * PLACED}) for place, line in enumerate(lines)]
        desk.record(session, "", [*_begun(session, of), *_writes(session, draft, section, placed)])
        return session.changes()

    return desk.write(work)


@action
def take_up_texts(desk: Desk, sort: str, span: str, section: str, offered: Sequence[str]) -> Changes:
    """Keep what the records offer a section, in the order given, to be edited."""
    of = named(sort, span, desk)

    def work(session: Writing) -> Changes:
        draft = _open_draft(session, of)
        place = _next_place(session, of, section)
        chosen = [_line(draft, section, id) for id in offered]
        placed = [(line, {"place": place + at * PLACED}) for at, line in enumerate(chosen) if not line.kept]
        desk.record(session, "", [*_begun(session, of), *_writes(session, draft, section, placed)])
        return session.changes()

    return desk.write(work)


@action
def report_notices(desk: Desk, sort: str, span: str) -> tuple[str, ...]:
    """What a report's paper leaves out, in sentences: photos nobody agreed to, or that cannot be read."""
    of = named(sort, span, desk)
    ids = desk.read_for_paper(lambda session: photos_of(session, of))
    return tuple(shown(ids, desk).notices)
