"""A list of past visits beside the file: whom each was to, and whether it is known already."""

from __future__ import annotations

from sgz_desktop.actions.roster_plan import NO_NAME, Line, Plan, Planner, line_of
from sgz_desktop.actions.roster_rows import Row, State
from sgz_desktop.domain.fields import Wire
from sgz_desktop.store import rosters
from sgz_desktop.store.write import Write

NOT_ON_FILE = "在册没有对得上的人，请先导入人员，或核对姓名和村名。"
NO_DAY = "没有走访日期，请补上。"


def plan_visits(planner: Planner, rows: list[Row]) -> Plan:
    """The whole list. Without a word on it a visit was at home and somebody was met, as ledgers mean it."""
    found = [str(row.values.get("visit", {}).get("date") or "") for row in rows]
    dated = [day for day in found if day]
    known = rosters.visit_days(planner.session, min(dated), max(dated)) if dated else set()
    writes: list[Write] = []
    lines = tuple(_line(planner, row, known, writes) for row in planner.told(rows))
    return Plan(lines, (), tuple(writes))


def _line(planner: Planner, row: Row, known: set[tuple[str, str]], writes: list[Write]) -> Line:
    _settle(planner, row)
    if row.problems:
        return line_of(row, State.BAD)
    person, day = planner.people[row.person], row.said("visit", "date")
    owner = person.household or person.id
    if (owner, day) in known or (person.id, day) in known:
        return line_of(row, State.SAME)
    given = row.values["visit"]
    met = given.get("met", given.get("not_met_reason") is None)
    about: dict[str, Wire] = {"household": person.household} if person.household else {}
    values = {"mode": "home", **given, **about, "person": person.id, "met": met}
    id = planner.ids()
    made = planner.checked(row, "visit", id, values)
    if made and met:
        made += planner.checked(row, "presence", planner.ids(), {"occasion": id, "person": person.id})
    if not row.problems:
        writes += made
        known |= {(owner, day), (person.id, day)}
    return line_of(row, State.NEW)


def _settle(planner: Planner, row: Row) -> None:
    who = row.identity
    if not who.name and not who.id_number:
        row.problems.append(NO_NAME)
    if not row.said("visit", "date"):
        row.problems.append(NO_DAY)
    if row.problems:
        return
    found = planner.find(row)
    if len(found) == 1:
        row.person = found[0]
    elif not found and not row.problems:
        row.problems.append(NOT_ON_FILE)
