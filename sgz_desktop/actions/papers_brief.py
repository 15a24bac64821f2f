"""A report to the bureau as values: figures from the records, and not one word that names anybody.

What the program says of single cases is a surname and 某, a village, codes and counts (de-identification for
papers that leave the station). Words a worker typed are printed where they were typed for the report itself;
a typical case only after somebody has reviewed it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.figures import Rules, Span, compared, month_span, rules
from sgz_desktop.actions.papers_brief_parts import casework, helped, visit_charts, visits
from sgz_desktop.actions.papers_brief_tables import (
    Known,
    lagging,
    money,
    progress,
    span_words,
    supplement,
    tables,
)
from sgz_desktop.actions.papers_brief_texts import reasons, text_blocks
from sgz_desktop.actions.report_proposals import Asked
from sgz_desktop.actions.report_supplement import corrections
from sgz_desktop.actions.report_texts import TextLine, lines_of, report_id
from sgz_desktop.domain import days
from sgz_desktop.domain.ledgers import BY_NAME
from sgz_desktop.domain.local_words import localised, sessions
from sgz_desktop.domain.report_form import REASON, FormSection, ReportForm, form_of
from sgz_desktop.reports.values import Block, Brief, Picture, Section
from sgz_desktop.store import settings
from sgz_desktop.store.session import Reading

FORMS = "report_forms"
FONT = "brief_font"
BEHIND, SHORT = "落后于时间进度", "没有达到年度目标"  # of targets while the year goes on, and after it
Pictures = Mapping[str, Picture]


@dataclass(frozen=True)
class Draft:
    """A report as it stands: what was counted, its texts by section, and its number without a print."""

    known: Known
    report: str
    lines: Mapping[str, Sequence[TextLine]]
    number: str

    @property
    def titles(self) -> dict[str, str]:
        """What figures are called, by code and part."""
        return {one.key: localised(one.now.title) for one in self.known.figures}

    @property
    def photos(self) -> list[str]:
        """Ids of the photos that would be printed."""
        return _photos(self.lines)


def photos_of(session: Reading, span: Span) -> list[str]:
    """The same without counting anything."""
    own = rules(session)
    form = form_of(span.sort, settings.get(session, FORMS))
    asked = Asked(session, report_id(span.sort, span.now), span, own, (), 0)
    return _photos(lines_of(asked, form.sections))


def _photos(found: Mapping[str, Sequence[TextLine]]) -> list[str]:
    return [id for lines in found.values() for line in lines if line.printed for id in line.photos]


def draft_of(session: Reading, span: Span) -> Draft:
    """Everything a report is made of, on one snapshot."""
    own = rules(session)
    form = form_of(span.sort, settings.get(session, FORMS))
    known = Known(form, span, own, compared(session, span), corrections(session, span, own))
    report = report_id(span.sort, span.now)
    asked = Asked(session, report, span, own, known.figures, known.elapsed)
    return Draft(known, report, lines_of(asked, form.sections), base_number(form, span))


def base_number(form: ReportForm, span: Span) -> str:
    """JB-2026-06, ZQ-2026; of other days both of them."""
    name = span.name.replace("-", "").replace("/", "-") if "/" in span.name else span.name
    return f"{form.prefix}-{name}"


def brief_values(session: Reading, desk: Desk, month: days.Month, pictures: Pictures | None = None) -> Brief:
    """The brief of a month on one snapshot; photos of its texts are printed where `pictures` holds them."""
    span = replace(month_span(month, rules(session)), today=desk.today())
    return report_values(session, desk, span, pictures)


def report_values(
    session: Reading, desk: Desk, span: Span, pictures: Pictures | None = None, number: str = ""
) -> Brief:
    """A report of any span on one snapshot. `number`: that of the print, else the draft's."""
    return value_of(session, desk, draft_of(session, span), pictures, number)


def value_of(
    session: Reading, desk: Desk, draft: Draft, pictures: Pictures | None = None, number: str = ""
) -> Brief:
    """A draft as it is printed, on the snapshot it was read from."""
    known, form, span = draft.known, draft.known.form, draft.known.span
    return Brief(
        station=desk.station,
        title=form.title,
        issue_no=_issue(known.rules, span),
        number=number or draft.number,
        period=span_words(span.now),
        send_to=form.send_to or known.rules.send_to,
        copy_to=form.copy_to or known.rules.copy_to,
        summary=_summary(known),
        sections=tuple(_section(session, draft, one, pictures or {}) for one in form.printed),
        attachments=tuple(BY_NAME[name].title for name in form.ledgers if name in BY_NAME),
        signers=form.signers,
        practice=desk.practice,
        empty=form.empty,
        seals=form.seals,
        font=str(settings.get(session, FONT, "") or ""),
    )


def _section(session: Reading, draft: Draft, section: FormSection, pictures: Pictures) -> Section:
    lines = draft.lines.get(section.id, ())
    blocks: list[Block] = []
    for name in section.parts:
        if name == "targets":
            blocks += progress(draft.known, reasons(lines))
        elif name in PARTS:
            blocks += PARTS[name](session, draft.known)
    if section.texts != REASON:
        blocks += text_blocks(section.texts, lines, pictures, draft.titles)
    return Section(section.title, tuple(blocks))


Part = Callable[[Reading, Known], tuple[Block, ...]]
PARTS: Mapping[str, Part] = {
    "tables": lambda session, known: (*tables(known), *money(session, known)),
    "supplement": lambda _session, known: supplement(known),
    "charts": lambda session, known: visit_charts(session, known.span),
    "casework": casework,
    "visits": visits,
    "help": helped,
}


def _issue(own: Rules, span: Span) -> str:
    """2026年第6期（总第18期）, counted from the first brief; without one the month is the issue. Of other
    reports the months they tell of."""
    if not span.month:
        first, last = (days.show_day(day[:7]) for day in (span.now.first, span.now.last))
        return f"{first}至{last}"
    year, number = span.month[:4], int(span.month[5:])
    first = own.first_issue
    if not first or first > span.month:
        return f"{year}年第{number}期"
    in_year = number - int(first[5:]) + 1 if first[:4] == year else number
    return f"{year}年第{in_year}期（总第{days.months_between(first, span.month) + 1}期）"


def _summary(known: Known) -> str:
    people, times = known.value("P01"), known.value("P02")
    when = f"{int(known.span.month[5:])}月" if known.span.month else "统计期内"
    text = f"{when}，本站服务{people}人、{times}人次，入户探访"
    text += f"{known.value('V01', 'households')}户次；"
    text += f"新增个案{known.value('C01', 'new')}个，结案{known.value('C01', 'closed')}个，"
    text += (
        f"期末在跟进{known.value('C01', 'open')}个，开展个案会谈{sessions(known.value('C02', 'sessions'))}；"
    )
    text += _together(known) + _helped(known)
    late = lagging(known)
    text += f"{'、'.join(late)}{SHORT if known.elapsed == 100 else BEHIND}。" if late else ""
    return text + (f"{known.this}还没有结束，数据截至{_on(known.span.until)}。" if known.goes_on else "")


def _together(known: Known) -> str:
    """开展小组3节、社区活动2场；, '' when there was neither."""
    counts = (
        (f"小组{sessions(known.value('G01', 'sessions'))}", known.value("G01", "sessions")),
        (f"社区活动{known.value('A01', '', '场')}场", known.value("A01", "", "场")),
    )
    told = "、".join(words for words, count in counts if count)
    return f"开展{told}；" if told else ""


def _on(day: str) -> str:
    return days.show_day(day)[5:]


def _helped(known: Known) -> str:
    applied = _applied(known)
    moved = [
        f"{words}{value}{unit}"
        for words, unit, value in (
            ("转介", "人次", known.value("J03", "sent")),
            ("机构安置", "人", known.value("J03", "placed")),
            ("就业上岗", "人", known.value("J03", "jobs")),
        )
        if value
    ]
    parts = [f"协助{applied}申请救助" if applied else f"{known.this}没有协助申请救助", *moved]
    return "，".join(parts) + "。"


def _applied(known: Known) -> str:
    """4人、1户; '' when nobody applied."""
    values = [(known.value("J01", "", unit), unit) for unit in ("人", "户")]
    return "、".join(f"{value}{unit}" for value, unit in values if value)
