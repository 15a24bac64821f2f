"""Doubts about a record that show only beside others, read for the forms that mark them 待核."""

from __future__ import annotations

from sgz_desktop.actions.list_doubts import list_doubts
from sgz_desktop.domain.clashes import Span, contact_clashes
from sgz_desktop.domain.fields import Problem
from sgz_desktop.domain.records.base import Record
from sgz_desktop.domain.records.session import Session
from sgz_desktop.domain.records.visit import Visit
from sgz_desktop.store import queries
from sgz_desktop.store.session import Reading

CASE = "SELECT opened_on, closed_on FROM r_case WHERE id = ? AND deleted IS NOT 1"
PEOPLE = """SELECT born, died_on FROM r_person WHERE deleted IS NOT 1 AND (id = ?1 OR id IN (
  SELECT person FROM r_presence WHERE occasion = ?2 AND deleted IS NOT 1))"""


def beside(session: Reading, record: Record, id: str) -> list[Problem]:
    """Marks of a record with an id that its own fields do not show."""
    if not isinstance(record, Visit | Session):
        return list_doubts(session, record, id)
    case = queries.table(session, CASE, record.case) if record.case else []
    called_on = record.person if isinstance(record, Visit) and record.met is not False else None
    people = queries.table(session, PEOPLE, called_on, id)
    span = Span(*case[0]) if case else None
    return list(contact_clashes(record.date, span, [Span(*row) for row in people]))
