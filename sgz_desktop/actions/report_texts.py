"""The texts of a report as they stand: those somebody keeps, and what the records offer beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sgz_desktop.actions.report_proposals import Asked, Proposal, proposals
from sgz_desktop.actions.report_review import review_needed, reviewed_as
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.ids import id_of
from sgz_desktop.domain.indicator_facts import Period
from sgz_desktop.domain.records.base import questions
from sgz_desktop.domain.records.report import ReportText
from sgz_desktop.domain.report_form import CASE, REASON, FormSection
from sgz_desktop.store import read, report_sources
from sgz_desktop.store.session import Reading

FIELDS = ("title", "text", "held_on", "time_words", "where", "people", "in_charge", "serves")
PLACED = 10  # between the places of two texts


@dataclass(frozen=True)
class TextLine:
    """One text of a section. `kept`: somebody keeps it, else it is offered; `printed`: it is on the paper;
    `changed`: its record was changed after it was written; `unread`: it is not printed before a review;
    `apart`: it tells of a case kept from the guardian, and is printed for nobody."""

    id: str
    section: str
    values: Mapping[str, Wire]
    words: str
    kept: bool = False
    left_out: bool = False
    printed: bool = True
    changed: bool = False
    unread: bool = False
    apart: bool = False

    def said(self, name: str) -> str:
        """A field in words as stored, '' when empty."""
        return str(self.values.get(name) or "")

    def set_apart(self) -> TextLine:
        """The same, marked as told to nobody on paper."""
        return replace(self, apart=True, printed=False)

    @property
    def photos(self) -> tuple[str, ...]:
        """Its photos' ids."""
        return tuple(one for name in ("photo_first", "photo_second") if (one := self.said(name)))


def report_id(sort: str, span: Period) -> str:
    """The id of a report: one for its sort and days, whichever computer begins it."""
    return id_of(f"report:{sort}:{span.first}:{span.last}")


def stored(session: Reading, report: str) -> list[ReportText]:
    """The texts kept with a report."""
    return read.of_parent(session, ReportText, "report", report)


def lines_of(asked: Asked, sections: Iterable[FormSection]) -> dict[str, list[TextLine]]:
    """The texts of each section, in their order on paper."""
    rows = stored(asked.session, asked.report)
    own: dict[str, list[ReportText]] = {}
    for row in rows:
        own.setdefault(row.section or "", []).append(row)
    changed = _changed(asked.session, rows)
    return {
        section.id: _lines(asked, section, own.get(section.id, []), changed)
        for section in sections
        if section.texts
    }


def _lines(
    asked: Asked, section: FormSection, rows: Sequence[ReportText], changed: frozenset[str]
) -> list[TextLine]:
    taken = {str(row.id) for row in rows} | taken_out(asked.session, asked.report, section.id)
    offered = [one for one in proposals(asked, section) if one.id not in taken]
    kept = [_kept(section, row, changed) for row in sorted(rows, key=_place)]
    return [*kept, *(_offered(section, one) for one in offered)]


def taken_out(session: Reading, report: str, section: str) -> set[str]:
    """Texts that were deleted: not offered again."""
    query = "SELECT id FROM r_report_text WHERE report = ? AND section = ? AND deleted IS 1"
    return {row[0] for row in session.connection.execute(query, (report, section))}


def _place(row: ReportText) -> tuple[int, str]:
    return (row.place if row.place is not None else 1 << 30, str(row.id))


def _kept(section: FormSection, row: ReportText, changed: frozenset[str]) -> TextLine:
    values = {name: value for name in questions(ReportText) if (value := getattr(row, name)) is not None}
    words = row.title or row.text or "（还没有写）"
    unread = section.texts == CASE and not is_read(row.reviewed, row.title, row.text)
    empty = not (row.text or row.title) or (section.texts == REASON and not row.text)
    return TextLine(
        str(row.id),
        section.id,
        values,
        " ".join(words.split()),
        kept=True,
        left_out=bool(row.left_out),
        printed=not (row.left_out or unread or empty),
        changed=str(row.id) in changed,
        unread=unread,
    )


def is_read(reviewed: str | None, title: str | None, text: str | None) -> bool:
    """Has somebody reviewed these very words?"""
    return not review_needed(f"{title or ''}{text or ''}") or reviewed == reviewed_as(title, text)


def _offered(section: FormSection, one: Proposal) -> TextLine:
    printed = one.printed and section.texts not in (CASE, REASON)
    unread = section.texts == CASE
    return TextLine(one.id, section.id, one.values, one.words, printed=printed, unread=unread)


def _changed(session: Reading, rows: Sequence[ReportText]) -> frozenset[str]:
    """Texts whose record was changed after they were written."""
    about = {str(row.id): row.about for row in rows if row.about}
    last = report_sources.last_edits(session, about.values())
    written = report_sources.last_written(session, about)
    return frozenset(id for id, record in about.items() if last.get(record, 0) > written.get(id, 0))
