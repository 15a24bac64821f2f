"""D1: calls and callers at the desk."""

from __future__ import annotations

from dataclasses import dataclass

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, new_form
from sgz_desktop.actions.timeline import Event, first_line
from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import Wire, split_codes
from sgz_desktop.domain.records.contact import Contact
from sgz_desktop.store import queries, read
from sgz_desktop.store.session import Reading

WAITING = frozenset({"transferred", "callback"})  # outcomes that still owe an answer
CONTACTS = """SELECT c.id, c.date, c.time, c.way, p.name, c.caller_name, c.subjects, c.matter, c.answer,
c.outcomes, c.answered_on, c.answer_due_on, c.worker FROM r_contact c LEFT JOIN r_person p ON p.id = c.person
WHERE c.deleted IS NOT 1 ORDER BY c.date DESC, c.time DESC, c.rid DESC LIMIT ?"""
MOST = 2_000


@dataclass(frozen=True)
class ContactLine:
    """A call in words. `open`: an answer is still owed, `late`: past the day it was promised for. `sort`: day
    and time as they are ordered."""

    id: str
    day: str
    who: str
    subject: str
    answer: str
    state: str
    worker: str
    open: bool
    sort: str = ""
    late: bool = False


@action
def new_contact(desk: Desk, person: str = "", case: str = "") -> Form:
    """A call about to be written down: now, by telephone, taken by this worker."""
    known: dict[str, Wire] = {"person": person, "case": case}
    usual: dict[str, Wire] = {
        "date": desk.today(),
        "time": desk.clock(),
        "way": "called",
        "worker": desk.user,
        "outcomes": "answered",
    }
    return new_form(desk, "contact", usual | {name: value for name, value in known.items() if value})


@action
def list_contacts(desk: Desk) -> list[ContactLine]:
    """The latest calls, those that still wait for an answer first."""
    today = desk.today()
    rows = desk.read(lambda session: queries.table(session, CONTACTS, MOST))
    return sorted((_line(today, *row) for row in rows), key=lambda line: not line.open)


def _line(
    today: str,
    id: str,
    day: str | None,
    time: str | None,
    way: str | None,
    name: str | None,
    caller: str | None,
    subjects: str | None,
    matter: str | None,
    answer: str | None,
    outcomes: str | None,
    answered_on: str | None,
    due_on: str | None,
    worker: str | None,
) -> ContactLine:
    waiting = answered_on is None and bool(WAITING & {*split_codes(outcomes)})
    late = days.days_between(due_on, today) if waiting and due_on and days.is_whole(due_on) else 0
    when = days.short_day(day, today).partition("（")[0] if day else "日期未填"
    return ContactLine(
        id=id,
        day=f"{when} {time}" if time else when,
        who=(f"{caller}代{name}" if name and caller and caller != name else name or caller) or "没有留姓名",
        subject=first_line(_labels("desk_subject", subjects), matter),
        answer=first_line(answer),
        state=_state(outcomes, due_on if waiting else None, late, today),
        worker=worker or "",
        open=waiting,
        sort=f"{day or ''} {time or ''}",
        late=late > 0,
    )


def _state(outcomes: str | None, due_on: str | None, late: int, today: str) -> str:
    words = _labels("desk_outcome", outcomes)
    if late > 0:
        return f"{words}，已过{late}天"
    if due_on:
        return f"{words}，{days.short_day(due_on, today).partition('（')[0]}前回复"
    return words


def _labels(codes: str, value: str | None) -> str:
    return "、".join(code_list(codes).label(code) for code in split_codes(value))


def contact_events(session: Reading, person: str, today: str) -> list[Event]:
    """A person's calls as events of their page."""
    return [_event(one, today) for one in read.of_parent(session, Contact, "person", person)]


def _event(contact: Contact, today: str) -> Event:
    waiting = contact.answered_on is None and bool(WAITING & {*split_codes(contact.outcomes)})
    return Event(
        kind="contact",
        id=str(contact.id),
        day=contact.date or "",
        day_words=days.short_day(contact.date, today) if contact.date else "日期未填",
        title=code_list("contact_way").label(contact.way) if contact.way else "来访来电",
        text=first_line(contact.matter, contact.answer, _labels("desk_subject", contact.subjects)),
        worker=contact.worker or "",
        icon="phone",
        tag="待回复" if waiting else "",
        tone="warn",
    )
