"""Lists the pages show: one query each, plain tuples out, deleted records never in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sgz_desktop.domain.records.activity import FOR_HELPERS, HELPER, HOSTS
from sgz_desktop.store.round_places import walked
from sgz_desktop.store.session import Reading

HERE = "IS NOT 1"  # deleted is NULL, 0 or 1
_HOSTS, _FOR_HELPERS = ("'" + "', '".join(codes) + "'" for codes in (HOSTS, FOR_HELPERS))
TAKES_PART = f"""(s.role IS NULL OR s.role NOT IN ({_HOSTS}, '{HELPER}')
  OR s.role = '{HELPER}' AND a.sort IN ({_FOR_HELPERS}))"""  # `takes_part` of sign-in s at activity a
LIVING = f"m.deleted {HERE} AND m.to_day IS NULL"


def _many(values: Iterable[object]) -> tuple[str, list[object]]:
    found = list(values)
    return "(" + ",".join("?" * len(found)) + ")", found


class PersonRow(NamedTuple):
    """A person as a list shows them; days as stored, None where unknown."""

    rid: int
    id: str
    number: str | None
    name: str | None
    sex: str | None
    born: str | None
    died_on: str | None
    phone: str | None
    categories: str | None
    household: str | None
    household_categories: str | None
    village: str | None
    village_group: str | None
    house_number: str | None
    is_head: int


def people(session: Reading, rids: Sequence[int]) -> dict[int, PersonRow]:
    """People by rid, each with the household they live in now."""
    marks, values = _many(rids)
    query = f"""SELECT p.rid, p.id, p.number, p.name, p.sex, p.born, p.died_on, p.phone, p.categories,
        h.id, h.categories, h.village, h.village_group, h.house_number, h.head IS p.id
        FROM r_person p LEFT JOIN r_membership m ON m.person = p.id AND {LIVING}
        LEFT JOIN r_household h ON h.id = m.household AND h.deleted {HERE}
        WHERE p.rid IN {marks} ORDER BY m.rid DESC"""
    return {row[0]: PersonRow(*row) for row in session.connection.execute(query, values)}


def last_contacts(session: Reading, households: Iterable[str], people: Iterable[str]) -> dict[str, str]:
    """The last day each household was visited, or person was seen, by id."""
    found: dict[str, str] = {}
    for query, ids in ((LAST_VISIT, households), (LAST_SEEN, people)):
        marks, values = _many(ids)
        found.update(session.connection.execute(query.format(marks=marks), values).fetchall())
    return found


LAST = f"""(SELECT date FROM r_visit v WHERE v.household = h.id AND v.date IS NOT NULL AND v.met IS NOT 0
  AND v.deleted {HERE} ORDER BY date DESC LIMIT 1)"""
LAST_VISIT = f"""SELECT id, last FROM (SELECT h.id, {LAST} last FROM r_household h WHERE h.id IN {{marks}})
WHERE last IS NOT NULL"""
LAST_SEEN = f"""SELECT s.person, max(coalesce(v.date, n.date)) FROM r_presence s
LEFT JOIN r_visit v ON v.id = s.occasion AND v.deleted {HERE}
LEFT JOIN r_session n ON n.id = s.occasion AND n.deleted {HERE}
WHERE s.person IN {{marks}} AND s.deleted {HERE} AND coalesce(v.date, n.date) IS NOT NULL GROUP BY s.person"""


def household_of(session: Reading, person: str) -> str:
    """The household a person lives in now, '' when none is known; of several the one joined last."""
    query = f"""SELECT m.household FROM r_membership m WHERE m.person = ? AND {LIVING}
        ORDER BY m.rid DESC LIMIT 1"""
    row = session.connection.execute(query, (person,)).fetchone()
    return str(row[0] or "") if row else ""


def villages(session: Reading) -> list[str]:
    """Village names in use, in order."""
    query = (
        f"SELECT DISTINCT village FROM r_household WHERE village IS NOT NULL AND deleted {HERE} ORDER BY 1"
    )
    return [row[0] for row in session.connection.execute(query)]


class VisitRow(NamedTuple):
    """A visit as a list shows it."""

    id: str
    date: str | None
    start_time: str | None
    mode: str | None
    met: int | None
    not_met_reason: str | None
    purposes: str | None
    changes: str | None
    handling: str | None
    facts: str | None
    worker: str | None
    case: str | None
    household: str | None
    person: str | None
    name: str | None
    village: str | None


VISIT_COLUMNS = """v.id, v.date, v.start_time, v.mode, v.met, v.not_met_reason, v.purposes, v.changes,
v.handling, v.facts, v.worker, v."case", v.household, v.person, coalesce(p.name, q.name), h.village"""
VISIT_JOINS = """r_visit v LEFT JOIN r_household h ON h.id = v.household LEFT JOIN r_person p
  ON p.id = v.person
LEFT JOIN r_person q ON q.id = h.head"""


VISIT_ORDERS = {
    "newest": "v.date DESC, v.start_time DESC, v.rid DESC",
    "oldest": "v.date, v.start_time, v.rid",
    "village": "v.date DESC, v.rid DESC",  # within a household; those come as a day's round does
    "worker": "v.worker IS NULL, v.worker, v.date DESC, v.start_time DESC, v.rid DESC",
}


def visit_ids(
    session: Reading,
    *,
    since: str = "",
    until: str = "9999",
    worker: str = "",
    mode: str = "",
    order: str = "newest",
) -> list[int]:
    """rids of visits between two days, of one worker or one way where named, in one of `VISIT_ORDERS`."""
    when = "v.date BETWEEN ? AND ?" if since else "coalesce(v.date, '') BETWEEN ? AND ?"  # no day: at the end
    where, values = [f"v.deleted {HERE}", when], [since, until + "~"]
    for field, value in (("worker", worker), ("mode", mode)):
        if value:
            where.append(f"v.{field} = ?")
            values.append(value)
    by_home = order == "village"
    homes = "LEFT JOIN r_household h ON h.id = v.household" if by_home else ""
    query = f"""SELECT {"h.rid" if by_home else 1}, v.rid FROM r_visit v {homes} WHERE {" AND ".join(where)}
        ORDER BY {VISIT_ORDERS.get(order, VISIT_ORDERS["newest"])}"""
    found = session.connection.execute(query, values)
    return walked(session, found) if by_home else [rid for _, rid in found]


def visit_workers(session: Reading, since: str) -> list[str]:
    """Names of the station's workers, and of others whose visits since a day are on file; in order."""
    query = f"""SELECT name FROM r_worker WHERE name IS NOT NULL AND deleted {HERE}
        UNION SELECT worker FROM r_visit WHERE date >= ? AND worker IS NOT NULL AND deleted {HERE}
        ORDER BY 1"""
    return [row[0] for row in session.connection.execute(query, (since,))]


def visits(session: Reading, rids: Sequence[int]) -> dict[int, VisitRow]:
    """Visits by rid."""
    marks, values = _many(rids)
    query = f"SELECT v.rid, {VISIT_COLUMNS} FROM {VISIT_JOINS} WHERE v.rid IN {marks}"
    return {row[0]: VisitRow(*row[1:]) for row in session.connection.execute(query, values)}


def contacts(session: Reading, *, household: str = "", person: str = "", limit: int = 300) -> list[VisitRow]:
    """Visits to a household, or to a person or at which the person was seen; newest first."""
    query = f"""SELECT {VISIT_COLUMNS} FROM {VISIT_JOINS} WHERE v.deleted {HERE} AND (v.household = ?
        OR v.person = ? OR v.id IN (SELECT occasion FROM r_presence WHERE person = ? AND deleted {HERE}))
        ORDER BY v.date DESC, v.start_time DESC, v.rid DESC LIMIT ?"""
    return [VisitRow(*row) for row in session.connection.execute(query, (household, person, person, limit))]


class CaseRow(NamedTuple):
    """A case as a list shows it."""

    id: str
    number: str | None
    stage: str | None
    client: str | None
    client_name: str | None
    village: str | None
    worker: str | None
    risk: str | None
    opened_on: str | None
    closed_on: str | None
    topic: str | None
    last_on: str | None
    on_paper: int | None


def cases(session: Reading, *, client: str = "", household: str = "") -> list[CaseRow]:
    """Cases, open ones first, those touched last on top."""
    where, values = f"c.deleted {HERE}", []
    if client or household:
        where += " AND (c.client = ? OR c.household = ?)"
        values = [client or "-", household or "-"]
    query = f"""SELECT c.id, c.number, c.stage, c.client, p.name, h.village, c.worker, c.risk, c.opened_on,
        c.closed_on, c.topic, (SELECT max(d) FROM (
          SELECT max(date) d FROM r_session s WHERE s."case" = c.id AND s.deleted {HERE}
          UNION ALL SELECT max(date) FROM r_visit v WHERE v."case" = c.id AND v.deleted {HERE})), c.on_paper
        FROM r_case c LEFT JOIN r_person p ON p.id = c.client LEFT JOIN r_household h ON h.id = c.household
        WHERE {where} ORDER BY c.closed_on IS NOT NULL, 12 DESC, c.opened_on DESC, c.rid DESC"""
    return [CaseRow(*row) for row in session.connection.execute(query, values)]


class TaskRow(NamedTuple):
    """Something to do."""

    id: str
    what: str | None
    due_on: str | None
    person: str | None
    household: str | None
    case: str | None
    name: str | None


def open_tasks(session: Reading, *, until: str = "9999", about: Sequence[str] = ()) -> list[TaskRow]:
    """Tasks not done and due by a day, soonest first; `about` limits to persons, households or cases."""
    where, values = "", [until + "~"]
    if about:
        marks, ids = _many(about)
        where = f'AND (t.person IN {marks} OR t.household IN {marks} OR t."case" IN {marks})'
        values += [str(id) for id in ids] * 3
    query = f"""SELECT t.id, t.what, t.due_on, t.person, t.household, t."case",
        coalesce(p.name, q.name, r.name)
        FROM r_task t LEFT JOIN r_person p ON p.id = t.person
        LEFT JOIN r_household h ON h.id = t.household
        LEFT JOIN r_person q ON q.id = h.head LEFT JOIN r_case c ON c.id = t."case"
        LEFT JOIN r_person r ON r.id = c.client
        WHERE t.deleted {HERE} AND t.done_on IS NULL AND (t.due_on IS NULL OR t.due_on <= ?) {where}
        ORDER BY t.due_on IS NULL, t.due_on, t.rid"""
    return [TaskRow(*row) for row in session.connection.execute(query, values)]


class ApplicationRow(NamedTuple):
    """An application under way."""

    id: str
    programme: str | None
    filed_on: str | None
    accepted_on: str | None
    decision_due_on: str | None
    result: str | None
    person: str | None
    household: str | None
    case: str | None
    name: str | None


def applications(session: Reading, *, open_only: bool = True) -> list[ApplicationRow]:
    """Applications, the latest filed first."""
    where = "AND a.result IS NULL" if open_only else ""
    query = f"""SELECT a.id, a.programme, a.filed_on, a.accepted_on, a.decision_due_on, a.result, a.person,
        a.household, a."case", coalesce(p.name, q.name) FROM r_application a
        LEFT JOIN r_person p ON p.id = a.person LEFT JOIN r_household h ON h.id = a.household
        LEFT JOIN r_person q ON q.id = h.head WHERE a.deleted {HERE} {where}
        ORDER BY a.filed_on DESC, a.rid DESC"""
    return [ApplicationRow(*row) for row in session.connection.execute(query)]


def table(session: Reading, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """Rows of a query of the store's own, e.g. the flat facts indicators are counted from."""
    return list(session.connection.execute(sql, values))
