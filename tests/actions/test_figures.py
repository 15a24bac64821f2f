"""Figures come out of the store as they should: counted by hand-written SQL beside them, and opened again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sgz_desktop.actions import cases, figures, forms
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.figures import Rules, month_span
from sgz_desktop.actions.forms import RowInput
from sgz_desktop.actions.report_spans import contract_part, span_named
from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.indicator_facts import Period
from sgz_desktop.domain.indicators import indicators
from sgz_desktop.errors import AppError
from sgz_desktop.store import facts, queries
from sgz_desktop.store import settings as kept
from sgz_desktop.store.session import Reading
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import Write, record_many
from tests.actions.papers_station import family, paper, visit
from tests.conftest import MakeStore, TestClock

JUNE = "2026-06"


def value(desk: Desk, code: str, part: str = "", unit: str = "", period: str = JUNE) -> int | float:
    found = [
        one
        for one in figures.indicators(desk, period)
        if one.code == code and one.part == part and unit in ("", one.unit)
    ]
    assert len(found) == 1
    return found[0].value


def test_a_visit_that_serves_a_case_counts_once(desk: Desk) -> None:
    home = family(desk)
    first = visit(desk, home, "2026-06-02")
    case = cases.open_case(desk, visit=first)
    visit(desk, home, "2026-06-10", case)
    assert value(desk, "V01", "households") == 2
    assert value(desk, "V01", "people") == 4
    assert value(desk, "C02", "sessions") == 1
    assert value(desk, "C02", "hours") == 0.8
    assert (value(desk, "P01"), value(desk, "P02")) == (2, 4)
    assert (value(desk, "C01", "new"), value(desk, "C01", "open")) == (1, 1)


def test_nobody_met_is_a_call_and_no_person(desk: Desk) -> None:
    visit(desk, family(desk), "2026-06-02", met=False, not_met_reason="out")
    assert (value(desk, "V01", "households"), value(desk, "V01", "people"), value(desk, "P02")) == (1, 0, 0)


def test_every_figure_opens_its_records(desk: Desk) -> None:
    home = family(desk)
    case = cases.open_case(desk, visit=visit(desk, home, "2026-06-02"))
    visit(desk, home, "2026-06-10", case)
    paper(desk, case, "application", {"programme": "tekun", "filed_on": "2026-06-12"})
    paper(desk, case, "referral", {"receiver": "县福利中心", "sent_on": "2026-06-15", "consented": "agreed"})
    for one in figures.indicators(desk, JUNE):
        behind = figures.records_behind(desk, one.code, one.part, JUNE, one.unit)
        assert len(behind) == len(one.ids), one
        for record in behind:
            assert forms.form(desk, record.id, record.kind).id == record.id
            assert record.words
    seen = figures.records_behind(desk, "V01", "people", JUNE)
    assert {one.kind for one in seen} == {"visit"}
    assert [one.words for one in seen].count("陈小雨") == 2
    with pytest.raises(AppError, match="没有这个指标"):
        figures.records_behind(desk, "X99", "", JUNE)


def test_the_month_stands_beside_the_last_and_the_year_so_far(desk: Desk) -> None:
    home = family(desk)
    for day in ("2025-12-30", "2026-01-05", "2026-05-08", "2026-05-20", "2026-06-02"):
        visit(desk, home, day)
    found = {one.key: one for one in figures.compare(desk, "2026年6月")}
    calls, people = found["V01.households"], found["P01"]
    assert (calls.now.value, calls.before, calls.year) == (1, 2, 4)
    assert (people.now.value, people.before, people.year) == (2, 2, 2)
    assert found["P03.open_person"].year is None
    assert found["P03.updated_person"].year is None


def test_a_programme_of_an_earlier_month_keeps_its_line(desk: Desk) -> None:
    case = cases.open_case(desk, visit=visit(desk, family(desk), "2026-03-02"))
    paper(desk, case, "application", {"programme": "tekun", "filed_on": "2026-03-12"})
    paper(desk, case, "application", {"programme": "linshi", "filed_on": "2026-06-12"})
    lines = [one for one in figures.compare(desk, JUNE) if one.now.code == "J01"]
    assert [(one.key, one.now.unit, one.now.value, one.before, one.year) for one in lines] == [
        ("J01", "人", 1, 0, 1),
        ("J01", "户", 0, 0, 0),
        ("J01.tekun", "人", 0, 0, 1),
        ("J01.linshi", "人", 1, 0, 1),
    ]


@pytest.mark.parametrize("text", ["六月", "2026-13", "2026-06-30/2026-06-01", "", "2026-06-01/x"])
def test_a_period_that_is_none_is_said_so(desk: Desk, text: str) -> None:
    with pytest.raises(AppError, match="统计期没有看懂"):
        figures.indicators(desk, text)


def test_periods_a_station_may_ask_for(desk: Desk) -> None:
    home = family(desk)
    for day in ("2026-05-26", "2026-06-25", "2026-06-26"):
        visit(desk, home, day)
    assert value(desk, "V01", "households", period="2026-05-26/2026-06-25") == 2
    assert value(desk, "V01", "households", period="2026") == 3
    desk.store.write(lambda session: kept.put(session, "brief_from_day", 26))
    assert value(desk, "V01", "households") == 2


def test_the_year_so_far_follows_the_contract() -> None:
    assert Rules().year_so_far(JUNE) == Period("2026-01-01", "2026-06-30")
    assert Rules(from_day=26).year_so_far(JUNE) == Period("2025-12-26", "2026-06-25")
    assert Rules(contract_from="2025-09-01").year_so_far(JUNE) == Period("2025-09-01", "2026-06-30")
    assert Rules(contract_from="2023-09-01").year_so_far(JUNE) == Period("2025-09-01", "2026-06-30")
    assert Rules(contract_from="2027-01-01").year_so_far(JUNE) == Period("2026-01-01", "2026-06-30")


def test_the_contracts_on_file_rule_over_the_settings() -> None:
    """Two contracts with a gap between, the second shorter than a year."""
    years = (Period("2024-03-15", "2025-03-14"), Period("2025-09-01", "2026-06-30"))
    own = Rules(contract_from="2020-01-01", contracts=years)
    assert own.year_so_far(JUNE) == Period("2025-09-01", "2026-06-30")
    assert own.year_so_far("2025-02") == Period("2024-03-15", "2025-02-28")
    assert own.year_so_far("2025-05") == Period("2025-01-01", "2025-05-31")  # no contract: the settings
    assert Rules(contracts=years).year_so_far("2025-05") == Period("2025-03-15", "2025-05-31")
    assert Rules(contracts=years).year_so_far("2023-05") == Period("2023-01-01", "2023-05-31")
    parts = [contract_part(sort, 2025, own) for sort in ("midterm", "final")]
    assert parts == [Period("2025-09-01", "2026-02-28"), years[1]]
    assert contract_part("final", 2026, Rules(contracts=years)) == Period("2026-09-01", "2027-08-31")
    late = Rules(contracts=(Period("2025-02-16", "2026-02-15"), Period("2026-02-16", "2027-02-15")))
    span = span_named(
        "midterm", "2026-02-01/2026-02-10", late, "2026-03-01"
    )  # of the contract of its last day
    assert (span.year, span.year_ends) == (Period("2025-02-16", "2026-02-10"), "2026-02-15")
    assert month_span(JUNE, own).year_ends == "2026-06-30"


def test_settings_of_nonsense_count_as_not_set(desk: Desk) -> None:
    def spoil(session: Any) -> None:
        for name in ("brief_from_day", "brief_first_issue", "contract_from"):
            kept.put(session, name, "胡乱写的")

    desk.store.write(spoil)
    assert desk.read(figures.rules) == Rules()


def test_ten_years_on_file_cost_no_more_rows(desk: Desk) -> None:
    """A month's facts hold the month's rows, however much lies around it."""
    home = family(desk)
    for year in range(2016, 2027):
        visit(desk, home, f"{year}-06-05")
    found = desk.read(lambda session: facts.facts(session, Period.of(JUNE)))
    assert (len(found.contacts), len(found.seen)) == (1, 2)
    plans = desk.read(lambda session: [row[3] for row in _plan(session, facts.CONTACTS)])
    assert len([line for line in plans if "USING INDEX" in line]) == 4  # and the case of a session
    assert not [line for line in plans if line.startswith("SCAN r_")]


def _plan(session: Reading, query: str) -> list[tuple[Any, ...]]:
    return queries.table(session, f"EXPLAIN QUERY PLAN {query}", "2026-06", "2026-06-30")


DAYS = st.sampled_from(
    ["2026-05-31", "2026-06-01", "2026-06", "2026", "2026-06-30", "2026-07-01", None, "2026-06-15"]
)
PEOPLE = st.sampled_from(["p1", "p2", "p3"])
MODES = st.sampled_from([None, "home", "phone"])
CASES = st.sampled_from([None, "c1", "c2"])
VISITS = st.fixed_dictionaries(
    {"date": DAYS, "mode": MODES, "met": st.sampled_from([None, True, False]), "case": CASES}
)
SESSIONS = st.fixed_dictionaries({"date": DAYS, "case": st.sampled_from(["c1", "c2"])})
SEEN = st.lists(
    st.tuples(PEOPLE, st.sampled_from([None, "met", "proxy", "not_met", "voice"])), max_size=3, unique=True
)
CASE = st.fixed_dictionaries(
    {
        "opened_on": st.sampled_from(["2026-03-01", "2026-06-10", "2026-07-02"]),
        "closed_on": st.sampled_from([None, "2026-05-02", "2026-06-20", "2026-07-02"]),
        "stage": st.sampled_from(["plan", "declined", "closed", "lead"]),
        "risk": st.sampled_from([None, "high", "low"]),
    }
)
APPLICATION = st.fixed_dictionaries({"programme": st.sampled_from(["tekun", "linshi"]), "filed_on": DAYS})
REFERRAL = st.fixed_dictionaries({"sent_on": DAYS, "placed_on": DAYS, "job_from": DAYS})
WORLD = st.fixed_dictionaries(
    {
        "visit": st.lists(st.tuples(VISITS, SEEN), max_size=5),
        "session": st.lists(st.tuples(SESSIONS, SEEN), max_size=3),
        "case": st.tuples(CASE, CASE),
        "application": st.lists(APPLICATION, max_size=3),
        "referral": st.lists(REFERRAL, max_size=3),
        "gone": st.booleans(),
    }
)
HERE = "deleted IS NOT 1"
DATED = "(date BETWEEN '2026-06-01' AND '2026-06-30' OR date = '2026-06')"
OCCASIONS = f"""(SELECT id, mode, met, "case", date, 'visit' AS kind FROM r_visit WHERE {DATED} AND {HERE}
  UNION ALL SELECT id, mode, NULL, "case", date, 'session' FROM r_session WHERE {DATED} AND {HERE})"""
TAKEN = f"FROM r_case WHERE {HERE} AND stage NOT IN ('lead', 'declined')"
SERVED = f"""FROM {OCCASIONS} o WHERE met IS NOT 0 AND "case" IS NOT NULL AND (kind = 'session' OR EXISTS (
  SELECT 1 FROM r_case c WHERE c.id = o."case" AND c.{HERE}
    AND (c.opened_on <= o.date OR o.date = '2026-06' AND c.opened_on < '2026-07')
    AND (c.closed_on IS NULL OR o.date <= c.closed_on)))
  AND NOT EXISTS (SELECT 1 FROM r_case c WHERE c.id = o."case" AND c.deleted)"""
SEEN_THERE = f"""FROM r_presence s JOIN {OCCASIONS} o ON o.id = s.occasion
  WHERE s.{HERE} AND o.met IS NOT 0 AND coalesce(s.mode, '') NOT IN ('proxy', 'not_met')"""
ORACLE = {
    ("P01", "", "人"): f"SELECT count(DISTINCT person) {SEEN_THERE}",
    ("P02", "", "人次"): f"SELECT count(DISTINCT occasion || person) {SEEN_THERE}",
    ("V01", "households", "户次"): f"""SELECT count(*) FROM r_visit WHERE {DATED} AND {HERE}
        AND coalesce(mode, 'home') = 'home'""",
    ("V01", "people", "人次"): f"""SELECT count(DISTINCT occasion || person) {SEEN_THERE}
        AND kind = 'visit' AND coalesce(o.mode, 'home') = 'home'""",
    ("C01", "new", "个"): f"SELECT count(*) {TAKEN} AND opened_on BETWEEN '2026-06-01' AND '2026-06-30'",
    ("C01", "closed", "个"): f"SELECT count(*) {TAKEN} AND closed_on BETWEEN '2026-06-01' AND '2026-06-30'",
    ("C01", "open", "个"): f"""SELECT count(*) {TAKEN} AND opened_on <= '2026-06-30'
        AND coalesce(closed_on, '9999') > '2026-06-30' AND (closed_on IS NOT NULL OR stage <> 'closed')""",
    ("C04", "", "个"): f"""SELECT count(*) {TAKEN} AND opened_on <= '2026-06-30' AND risk = 'high'
        AND coalesce(closed_on, '9999') > '2026-06-30' AND (closed_on IS NOT NULL OR stage <> 'closed')""",
    ("C02", "sessions", "节"): f"SELECT count(*) {SERVED}",
    ("J01", "", "人"): f"""SELECT count(DISTINCT person) FROM r_application
        WHERE {DATED.replace("date", "filed_on")} AND {HERE}""",
    ("J03", "sent", "人次"): f"""SELECT count(*) FROM r_referral
        WHERE {DATED.replace("date", "sent_on")} AND {HERE}""",
    ("J03", "jobs", "个"): f"""SELECT count(*) FROM r_referral
        WHERE {DATED.replace("date", "job_from")} AND {HERE}""",
    ("J03", "placed", "人"): f"""SELECT count(DISTINCT person) FROM r_referral
        WHERE {DATED.replace("date", "placed_on")} AND {HERE}""",
}


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(world=WORLD)
def test_figures_equal_hand_written_sql(
    make_store: MakeStore, tmp_path: Path, world: Mapping[str, Any]
) -> None:
    # Fresh rows each time: one store for all, its records of the last example deleted before the next.
    store = _STORES.get(str(tmp_path)) or _STORES.setdefault(str(tmp_path), make_store(now=TestClock()))
    written = _write(store, world)
    try:
        counted = {
            (one.code, one.part, one.unit): one.value
            for one in store.read(lambda session: indicators(facts.facts(session, _JUNE), _JUNE))
        }
        by_hand = store.read(
            lambda session: {key: queries.table(session, query)[0][0] for key, query in ORACLE.items()}
        )
        assert {key: counted[key] for key in ORACLE} == by_hand
    finally:
        gone = [Write(write.kind, write.id, {"deleted": True}) for write in written]
        store.write(lambda session: record_many(session, _ACTOR, "", gone))


_STORES: dict[str, Store] = {}
_JUNE = Period.of(JUNE)
_ACTOR = Actor("worker-1", frozenset({"social_worker"}), "save")
_COUNT = iter(range(10**9))


def _write(store: Store, world: Mapping[str, Any]) -> list[Write]:
    turn = next(_COUNT)
    names = {None: None, "c1": f"{turn}-c1", "c2": f"{turn}-c2"}
    writes = [Write("case", f"{turn}-c{at}", dict(one)) for at, one in enumerate(world["case"], start=1)]
    for kind in ("visit", "session"):
        for at, (one, seen) in enumerate(world[kind]):
            id = f"{turn}-{kind}{at}"
            writes.append(Write(kind, id, {**one, "case": names[one["case"]]}))
            for place, (person, mode) in enumerate(seen):
                values = {"occasion": id, "person": person, "mode": mode}
                writes.append(Write("presence", f"{id}-{place}", values))
    for kind in ("application", "referral"):
        for at, one in enumerate(world[kind]):
            writes.append(Write(kind, f"{turn}-{kind}{at}", {**one, "person": f"p{at % 2}"}))
    if world["gone"] and writes:
        last = writes[-1]
        writes[-1] = Write(last.kind, last.id, {**last.values, "deleted": True})
    store.write(lambda session: record_many(session, _ACTOR, "", writes))
    return writes


def test_risk_is_the_case_s_own_else_the_last_assessment_s(desk: Desk) -> None:
    case = cases.open_case(desk, visit=visit(desk, family(desk), "2026-06-02"))
    assert value(desk, "C04") == 0
    paper(desk, case, "assessment", {"assessed_on": "2026-06-03", "risk": "high"})
    assert value(desk, "C04") == 1
    whole = forms.form(desk, case, "case")
    forms.save_form(desk, whole, {"risk": "low"})
    assert value(desk, "C04") == 0


def test_presence_rows_follow_their_occasion(desk: Desk) -> None:
    """Somebody struck off a visit is counted no more."""
    home = family(desk)
    id = visit(desk, home, "2026-06-02")
    form = forms.form(desk, id, "visit")
    row = form.rows["presences"][0]
    forms.save_form(desk, form, {}, {"presences": [RowInput(row.id, {}, gone=True)]})
    assert value(desk, "P02") == 1
