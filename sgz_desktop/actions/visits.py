"""Visits: the work of most days. A visit that serves a case is also its session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import orjson

from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import Form, new_form
from sgz_desktop.actions.timeline import Event, visit_event
from sgz_desktop.domain import days, lifecycle
from sgz_desktop.domain.fields import Wire
from sgz_desktop.domain.records.visit import Visit
from sgz_desktop.domain.visit_pages import category_pages
from sgz_desktop.store import facts, queries, read
from sgz_desktop.store.queries import LIVING
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
def list_visits(
    desk: Desk,
    since: str = "",
    until: str = "9999",
    worker: str = "",
    mode: str = "",
    order: str = "newest",
) -> list[int]:
    """rids of visits between two days, of one worker or one way where named; `order` is one of
    `queries.VISIT_ORDERS`."""
    return desk.read(
        lambda session: queries.visit_ids(
            session, since=since, until=until, worker=worker, mode=mode, order=order
        )
    )


@action
def visit_workers(desk: Desk) -> list[str]:
    """Names of the station's workers, and of others who visited within a year."""
    since = days.add_days(desk.today(), -366)
    return desk.read(lambda session: queries.visit_workers(session, since))


@action
def visit_rows(desk: Desk, rids: Sequence[int]) -> Mapping[int, tuple[queries.VisitRow, Event]]:
    """Visits of the list: the row and its words."""
    today = desk.today()
    rows = desk.read(lambda session: queries.visits(session, rids))
    return {rid: (row, visit_event(row, today)) for rid, row in rows.items()}


MONTHS = """SELECT substr(date, 1, 7), count(*), coalesce(sum(met IS 0), 0) FROM r_visit
WHERE deleted IS NOT 1 AND date <> '' GROUP BY 1 ORDER BY 1 DESC"""


@action
def visit_months(desk: Desk) -> list[tuple[str, int, int]]:
    """(month YYYY-MM, visits, visits where nobody was met), newest first; the beginning of what is no such
    day stands for itself, a bare year among them."""
    return [(m, count, missed) for m, count, missed in desk.read(lambda s: queries.table(s, MONTHS))]


ASKED_OF = f"""SELECT p.born, p.categories, h.categories FROM r_person p
LEFT JOIN r_membership m ON m.person = p.id AND {LIVING}
LEFT JOIN r_household h ON h.id = m.household AND h.deleted IS NOT 1
WHERE p.deleted IS NOT 1 AND p.died_on IS NULL AND p.id IN (SELECT value FROM json_each(?1))
UNION ALL SELECT p.born, p.categories, NULL FROM r_membership m JOIN r_person p ON p.id = m.person
WHERE m.household = ?2 AND {LIVING} AND p.deleted IS NOT 1 AND p.died_on IS NULL
UNION ALL SELECT NULL, NULL, h.categories FROM r_household h WHERE h.id = ?2"""


POINT = """SELECT coalesce(s.name, s.village), s.liaison, s.phone FROM r_service_point s
JOIN r_household h ON h.village = s.village AND h.deleted IS NOT 1 WHERE h.id = ?1 AND s.deleted IS NOT 1
AND coalesce(s.opened_on, '') <= ?2 || '~' AND coalesce(s.closed_on, '~') >= ?2
ORDER BY s.opened_on DESC, s.rid LIMIT 1"""


def _point(session: Reading, household: str, day: str) -> str:
    """上溪村服务点，联络员某某 13900000000: the point a household's visits belonged to on a day."""
    for name, liaison, phone in queries.table(session, POINT, household, day):
        who = " ".join(filter(None, (liaison, phone)))
        return f"{name}，联络员{who}" if who else str(name)
    return ""


@dataclass(frozen=True)
class VisitBeside:
    """What other records say of a visit: the category pages (`domain.visit_pages`) that ask about its family,
    the local day it was entered on where that is not its own, the point of its village with its liaison (''
    for none)."""

    pages: frozenset[str]
    entered: str = ""
    point: str = ""


@action
def visit_beside(desk: Desk, id: str, household: str, people: Sequence[str]) -> VisitBeside:
    """Of the visit with an id ('' = not written yet) to a household, and to `people` wherever they live."""
    today = desk.today()

    def work(session: Reading) -> VisitBeside:
        rows = queries.table(session, ASKED_OF, orjson.dumps([*people]).decode(), household)
        pages = category_pages(((born, own, shared) for born, own, shared in rows), today)
        written = facts.first_written(session, "visit", id) if id else None
        visit = read.get(session, Visit, id) if id else None
        entered = written[0] if written and visit and visit.date and visit.date != written[0] else ""
        return VisitBeside(pages, entered, _point(session, household, (visit and visit.date) or today))

    return desk.read(work)
