"""Doubts about a record that show only beside others, read for the forms that mark them 待核."""

from __future__ import annotations

from collections.abc import Iterator

from sgz_desktop.actions.contract_doubts import contract_doubts, spending_doubts
from sgz_desktop.actions.groups_reading import roll_of
from sgz_desktop.actions.list_doubts import list_doubts
from sgz_desktop.actions.volunteer_hours import likely_twice, not_registered
from sgz_desktop.domain.attendance import Roll, day_doubt, membership_doubt, score_doubt
from sgz_desktop.domain.clashes import Span, contact_clashes
from sgz_desktop.domain.fields import Level, Problem
from sgz_desktop.domain.records.base import Record
from sgz_desktop.domain.records.contract import Contract, Spending
from sgz_desktop.domain.records.group import Group, GroupSession
from sgz_desktop.domain.records.session import Session
from sgz_desktop.domain.records.visit import Visit
from sgz_desktop.store import queries
from sgz_desktop.store.session import Reading

CASE = "SELECT opened_on, closed_on FROM r_case WHERE id = ? AND deleted IS NOT 1"
PEOPLE = """SELECT born, died_on FROM r_person WHERE deleted IS NOT 1 AND (id = ?1 OR id IN (
  SELECT person FROM r_presence WHERE occasion = ?2 AND deleted IS NOT 1))"""


def beside(session: Reading, record: Record, id: str) -> list[Problem]:
    """Marks of a record with an id that its own fields do not show."""
    if isinstance(record, Group | GroupSession):
        return [*_of_group(session, record, id), *list_doubts(session, record, id)]
    if isinstance(record, Contract):
        return list(contract_doubts(session, record, id))
    if isinstance(record, Spending):
        return list(spending_doubts(session, record))
    if not isinstance(record, Visit | Session):
        hours = [*likely_twice(session, record, id), *not_registered(session, record)]
        return [*list_doubts(session, record, id), *hours]
    case = queries.table(session, CASE, record.case) if record.case else []
    called_on = record.person if isinstance(record, Visit) and record.met is not False else None
    people = queries.table(session, PEOPLE, called_on, id)
    span = Span(*case[0]) if case else None
    return list(contact_clashes(record.date, span, [Span(*row) for row in people]))


def _of_group(session: Reading, record: Group | GroupSession, id: str) -> Iterator[Problem]:
    """A session outside its group's days, marks of who was not in the group, scores above the full marks."""
    roll = roll_of(session, id if isinstance(record, Group) else str(record.group))
    if roll is None:
        return
    if isinstance(record, GroupSession):
        if told := day_doubt(record.date or "", roll.first_on, roll.last_on):
            yield Problem(Level.MARK, "date", told)
        yield from (Problem(Level.MARK, "attendances", told) for told in _of_marks(roll, id))
        return
    for seat in roll.seats:
        if told := score_doubt(seat, roll.most):
            yield Problem(Level.MARK, "members", told)
    early = [one for one in roll.sittings if day_doubt(one.date, roll.first_on, roll.last_on)]
    if early:
        yield Problem(Level.MARK, "first_on", f"有{len(early)}节不在小组起止日期之内，请核对。")


def _of_marks(roll: Roll, id: str) -> Iterator[str]:
    sitting = next((one for one in roll.sittings if one.id == id), None)
    if sitting is not None:
        marked = (seat for seat in roll.seats if roll.states.get((id, seat.id)))
        yield from filter(None, (membership_doubt(sitting.date, seat) for seat in marked))
