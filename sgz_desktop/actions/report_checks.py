"""What in the records of a report's days does not agree: listed before it is signed off."""

from __future__ import annotations

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.figures import Span
from sgz_desktop.actions.papers_report import named
from sgz_desktop.domain.consistency import Doubt, doubts
from sgz_desktop.store.consistency import looked_at


@action
def report_doubts(desk: Desk, sort: str, span: str) -> list[Doubt]:
    """What does not agree, each with the record that opens; of what is kept from the asker nothing."""
    return doubts_of(named(sort, span, desk), desk)


def doubts_of(span: Span, desk: Desk) -> list[Doubt]:
    """The same of a span one has already."""
    return doubts(desk.read(lambda session: looked_at(session, span.now, desk.today())))
