"""C8: mandatory reports, made at once and found again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, new_form
from sgz_desktop.domain import days, urgent
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import Wire, split_codes
from sgz_desktop.domain.records.mandatory_report import MandatoryReport, ReportCall
from sgz_desktop.domain.records.person import Person
from sgz_desktop.domain.urgent import ReportNumber
from sgz_desktop.store import read, settings
from sgz_desktop.store.session import Reading

LOCAL_NUMBERS = "report_numbers"


@dataclass(frozen=True)
class ReportLine:
    """A report in words. `open`: nobody is known to have been told yet. `sort`: day and time found."""

    id: str
    day: str
    who: str
    situations: str
    told: str
    worker: str
    open: bool
    sort: str = ""


@action
def new_report(desk: Desk, person: str = "", household: str = "", case: str = "") -> Form:
    """A report about to be made: found now, by this worker. Nothing has to be filled in to keep it."""
    known: dict[str, Wire] = {"person": person, "household": household, "case": case}
    now: dict[str, Wire] = {"found_on": desk.today(), "found_time": desk.clock(), "worker": desk.user}
    return new_form(desk, "mandatory_report", now | {name: value for name, value in known.items() if value})


@action
def report_numbers(desk: Desk) -> tuple[ReportNumber, ...]:
    """Whom to call: 110 and the other national numbers, then the station's own."""
    text = str(desk.read(lambda session: settings.get(session, LOCAL_NUMBERS, "")))
    return (*urgent.national_numbers(), *urgent.local_numbers(text))


@action
def list_reports(desk: Desk) -> list[ReportLine]:
    """Reports, those nobody was told of first, then the latest."""
    today = desk.today()

    def work(session: Reading) -> list[ReportLine]:
        reports = list(read.select_where(session, MandatoryReport))
        ids = [str(one.id) for one in reports]
        calls = list(read.of_parent(session, ReportCall, "report", *ids)) if ids else []
        return [_line(session, one, [c for c in calls if c.report == one.id], today) for one in reports]

    found = sorted(desk.read(work), key=lambda line: line.id, reverse=True)
    return sorted(found, key=lambda line: not line.open)


def _line(session: Reading, one: MandatoryReport, calls: Sequence[ReportCall], today: str) -> ReportLine:
    person = read.get(session, Person, one.person) if one.person else None
    situations = (code_list("crisis_situation").label(code) for code in split_codes(one.situations))
    return ReportLine(
        id=str(one.id),
        day=f"{days.short_day(one.found_on, today)} {one.found_time or ''}".strip() if one.found_on else "",
        who=(person.name if person else None) or "还没有写是谁",
        situations="、".join(situations) or "情形还没有写",
        told=told_words(one, calls),
        worker=one.worker or "",
        open=not calls,
        sort=f"{one.found_on or ''} {one.found_time or ''}",
    )


def told_words(one: MandatoryReport, calls: Sequence[ReportCall]) -> str:
    """How long it took from finding to reporting, in words."""
    moments = [(call.called_on, call.called_time) for call in calls]
    return urgent.elapsed_words(urgent.elapsed((one.found_on, one.found_time), moments), len(calls))
