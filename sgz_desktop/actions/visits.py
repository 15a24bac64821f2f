"""Visits: the work of most days. A visit that serves a case is also its session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, new_form
from sgz_desktop.actions.timeline import Event, visit_event
from sgz_desktop.domain import lifecycle
from sgz_desktop.domain.fields import Wire
from sgz_desktop.store import queries
from sgz_desktop.store.session import Reading


@action
def new_visit(desk: Desk, household: str = "", person: str = "", case: str = "") -> Form:
    """A visit about to be written down: today, at home, by this worker, for the family's open case if any."""

    def known(session: Reading) -> dict[str, Wire]:
        home = household or queries.household_of(session, person)
        open_cases = [
            row.id
            for row in queries.cases(session, client=person, household=home)
            if row.stage and lifecycle.is_open(row.stage)
        ]
        chosen = case or (open_cases[0] if len(open_cases) == 1 else "")
        values = {"household": home, "person": person, "case": chosen}
        return {name: value for name, value in values.items() if value}

    usual: dict[str, Wire] = {"date": desk.today(), "mode": "home", "met": True, "worker": desk.user}
    return new_form(desk, "visit", usual | desk.read(known))


@action
def list_visits(desk: Desk, since: str = "", until: str = "9999") -> list[int]:
    """rids of visits between two days, newest first."""
    return desk.read(lambda session: queries.visit_ids(session, since=since, until=until))


@action
def visit_rows(desk: Desk, rids: Sequence[int]) -> Mapping[int, tuple[queries.VisitRow, Event]]:
    """Visits of the list: the row and its words."""
    today = desk.today()
    rows = desk.read(lambda session: queries.visits(session, rids))
    return {rid: (row, visit_event(row, today)) for rid, row in rows.items()}


@action
def unvisited(desk: Desk, month: str, village: str | None) -> list[queries.HouseholdRow]:
    """Households of a village nobody reached in the month, in the order of a round."""
    return desk.read(lambda session: queries.unvisited(session, month, village))


MONTHS = """SELECT substr(date, 1, 7), count(*), coalesce(sum(met IS 0), 0) FROM r_visit
WHERE deleted IS NOT 1 AND date IS NOT NULL GROUP BY 1 ORDER BY 1 DESC"""


@action
def visit_months(desk: Desk) -> list[tuple[str, int, int]]:
    """(month YYYY-MM, visits, visits where nobody was met), newest first."""
    return [(m, count, missed) for m, count, missed in desk.read(lambda s: queries.table(s, MONTHS))]


@action
def list_unvisited(desk: Desk, month: str) -> list[queries.HouseholdRow]:
    """Households of all villages nobody reached in the month, in the order of a round."""

    def work(session: Reading) -> list[queries.HouseholdRow]:
        places = [*queries.villages(session), None]
        return [row for place in places for row in queries.unvisited(session, month, place)]

    return desk.read(work)
