"""Lists walk an index over what they ask for: a month costs the same after ten years as after one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sgz_desktop.actions import visits
from sgz_desktop.store import (
    day_work,
    dues,
    facts,
    families,
    log,
    preparing,
    queries,
    rounds,
    slips,
    station_facts,
)
from sgz_desktop.store.session import Reading
from sgz_desktop.store.store import Store

Ask = Callable[[Reading], object]


class Planned:
    """A connection that notes how each query would be carried out."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.plans: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def execute(self, query: str, values: Any = ()) -> Any:
        self.plans += [row[3] for row in self._connection.execute("EXPLAIN QUERY PLAN " + query, values)]
        return self._connection.execute(query, values)


def plan(store: Store, ask: Ask) -> list[str]:
    def run(session: Reading) -> list[str]:
        session.connection = Planned(session.connection)
        ask(session)
        return session.connection.plans

    return store.read(run)


def numbered(kind: str) -> Ask:
    """Look a printed number up."""
    return lambda session: queries.table(session, f"SELECT 1 FROM r_{kind} WHERE number = ?", "x")


def reports_of_harm(session: Reading) -> object:
    return queries.table(session, station_facts.REPORTS, "2026-06-01", "2026-06-30")


def cases(session: Reading) -> object:
    """Cases open in a month, and those opened or closed in it."""
    return queries.table(session, facts.CASES, "2026-06-01", "2026-06-30")


def decisions(session: Reading) -> object:
    """Applications decided in a month, and those that waited at its end."""
    return queries.table(session, facts.DECISIONS, "2026-06-01", "2026-06-30")


def evaluations(session: Reading) -> object:
    """What cases and groups were worth to those they served."""
    days = ("2026-06-01", "2026-06-30")
    return [queries.table(session, query, *days) for query in (station_facts.RATINGS, station_facts.GROUPS)]


@pytest.mark.parametrize(
    ("ask", "index", "never"),
    [
        (lambda s: queries.visit_ids(s, since="2026-06", until="2026-06"), "r_visit_date", "SCAN r_visit"),
        (lambda s: rounds.reached(s, "2025", "2026-06-30"), "r_visit_date", "SCAN v"),
        (lambda s: preparing.contacts(s, ["h"]), "r_visit_household", "SCAN v"),
        (lambda s: queries.last_contacts(s, ["h"], ["p"]), "r_visit_household", "SCAN"),
        (lambda s: slips.same_day(s, "p", "2026-06-30", "v"), "r_visit_person", "SCAN"),
        (queries.open_tasks, "r_task_open", None),
        (lambda s: dues.tasks(s, "2026-07-05"), "r_task_open", None),
        (lambda s: dues.dues(s, "2025-07-05", "2026-07-05"), "r_visit_next_on", "SCAN v"),
        (lambda s: dues.dues(s, "2025-07-05", "2026-07-05"), "r_session_next_on", "SCAN s"),
        (lambda s: day_work.work_of(s, "2026-06-01", "2026-06-30", "甲"), "r_visit_date", "SCAN e"),
        (queries.applications, "r_application_result (result=?)", "USE TEMP B-TREE"),
        (reports_of_harm, "r_mandatory_report_found_on", "SCAN"),
        (cases, "r_case_open", "SCAN c"),
        (cases, "r_case_closed_on (closed_on>?)", "SCAN c"),
        (cases, "r_case_opened_on (opened_on>? AND opened_on<?)", "SCAN c"),
        (evaluations, "r_evaluation_on (evaluated_on>? AND evaluated_on<?)", "SCAN"),
        (evaluations, "r_group_evaluated_on (evaluated_on>? AND evaluated_on<?)", "SCAN"),
        (decisions, "r_application_result (result=? AND filed_on<?)", "SCAN"),
        (decisions, "r_application_result_on (result_on>? AND result_on<?)", "SCAN"),
        (lambda s: families.kin_of(s, ["p"]), "r_kinship_who", "SCAN"),
        (lambda s: families.houses_of(s, ["p"]), "r_membership_person", "SCAN"),
        (lambda s: families.members_of(s, ["h"]), "r_membership_household", "SCAN"),
        (lambda s: families.clients_of(s, ["h"]), "r_case_household", "SCAN"),
        (lambda s: [families.people_of(s, ["p"]), families.heads_of(s, ["h"])], "r_person_id", "SCAN"),
        (lambda s: queries.table(s, visits.ASKED_OF, "[]", "h"), "r_membership_household", "SCAN p"),
        (numbered("person"), "r_person_number", "SCAN"),
        (numbered("case"), "r_case_number", "SCAN"),
        (numbered("household"), "r_household_number", "SCAN"),
    ],
)
def test_a_list_walks_its_index(store: Store, ask: Ask, index: str, never: str | None) -> None:
    found = plan(store, ask)
    assert any(index in line for line in found), found
    assert never is None or not any(line.startswith(never) for line in found), found


def test_edits_for_a_peer_are_looked_up_by_device_and_number(make_store, actor) -> None:
    from sgz_desktop.store.write import record

    store = make_store("device-1")
    for place in range(3):
        store.write(lambda s, n=place: record(s, actor, "", "person", f"p{n}", {"name": "测试甲"}, {}))
    found = plan(store, lambda s: list(log.edits(s, {"device-1": 2})))
    assert any("(did=? AND seq>?)" in line for line in found), found
    assert [edit.seq for edit in store.read(lambda s: list(log.edits(s, {"device-1": 2})))] == [3]
