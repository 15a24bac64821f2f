"""A peer may send any text for a day: every page still opens, shows it as it is, and saves around it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sgz_desktop.actions import (
    aid,
    case_goals,
    cases,
    choices,
    figures,
    forms,
    people,
    rounds,
    signing_list,
    visits,
    workbench,
)
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain import days, workdays
from sgz_desktop.domain.edits import Draft, Stamp, seal
from sgz_desktop.domain.fields import DayKind
from sgz_desktop.domain.records import BY_KIND
from sgz_desktop.domain.records.base import cells
from sgz_desktop.store import queries
from sgz_desktop.store.apply import apply
from sgz_desktop.store.session import Reading

PEER = "device-9"
ODD = [
    "2026-13-45",
    "9999-99-99",
    "0000-00-00",
    "不详",
    "不详啊不详啊不详啊不",
    "",
    "-",
    "2026-02-30",
    "20260603",
    "٢٠٢٦-٠٦-٠٣",
]
LIKE_A_DAY = st.from_regex(r"[0-9٠-٩]{1,5}(-[0-9]{1,3}){0,3}", fullmatch=True)
TEXTS = st.one_of(st.sampled_from(ODD), LIKE_A_DAY, st.text(max_size=12))


def _family(desk: Desk) -> tuple[str, str, str]:
    """A household with a person, a visit, a case with every paper, a task, a benefit: ids of the first two
    and of the case."""
    home = people.register_household(
        desk, {"village": "柳村"}, [people.MemberInput("02", {"name": "测试甲"})]
    )
    person = home.people[0]
    form = visits.new_visit(desk, home.household, person)
    visit = forms.save_form(desk, form, {"facts": "都好"}).id
    case = cases.open_case(desk, visit=visit)
    for kind in cases.PAPERS:
        forms.save_form(desk, cases.new_paper(desk, case, kind), {})
    plan = forms.new_form(desk, "goal", {"plan": cases.case_page(desk, case).papers["plan"][0]})
    forms.save_form(desk, plan, {"description": "目标"})
    for kind in ("task", "benefit"):
        forms.save_form(desk, forms.new_form(desk, kind, {"person": person}), {})
    return home.household, person, case


def _send(desk: Desk, seq: int, text: str) -> None:
    """A peer gives every day of every record the text, over what stood."""

    def ids(session: Reading) -> list[tuple[str, str]]:
        return session.connection.execute("SELECT kind, id FROM entity").fetchall()

    before = (Stamp(PEER, seq - 1),) if seq > 1 else ()
    drafts = []
    for kind, id in desk.read(ids):
        for cell, members in cells(BY_KIND[kind]).items():
            named = [member.name for member in members if isinstance(member.kind, DayKind)]
            value = text if named == [cell] else dict.fromkeys(named, text)
            if named:
                drafts.append(Draft(kind, id, desk.store.identity.store_id, cell, value, before))
    edit = seal(
        device=PEER, epoch=1, seq=seq, clock=2**62 + seq, at_ms=5, who="w", action="a", prev=bytes(32),
        why="", drafts=drafts,
    )  # fmt: skip
    assert desk.store.write(lambda session: apply(session, [edit])).taken == 1


def _look_at_everything(desk: Desk, household: str, person: str, case: str) -> None:
    people.people_rows(desk, people.list_people(desk))
    people.person_page(desk, person)
    rids = desk.read(lambda session: [row[0] for row in queries.table(session, "SELECT rid FROM r_visit")])
    visits.visit_rows(desk, rids)
    visits.list_visits(desk)
    visits.visit_months(desk)
    rounds.list_unvisited(desk, "2026-06")
    cases.case_lines(desk)
    cases.case_page(desk, case)
    case_goals.case_goals(desk, case)
    workbench.workbench(desk)
    signing_list.list_unsigned(desk)
    figures.compare(desk, "2026-06")
    aid.list_applications(desk)
    aid.list_referrals(desk)
    choices.form_choices(desk, visits.new_visit(desk, household, person))


def test_pages_open_whatever_text_stands_for_a_day(desk: Desk) -> None:
    family = _family(desk)
    sent = iter(range(1, 10_000))

    @settings(
        max_examples=40,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(TEXTS)
    def run(text: str) -> None:
        _send(desk, next(sent), text)
        _look_at_everything(desk, *family)

    for text in ODD:
        _send(desk, next(sent), text)
        _look_at_everything(desk, *family)
    run()


def test_what_is_no_day_is_shown_as_it_is(desk: Desk) -> None:
    _, person, case = _family(desk)
    _send(desk, 1, "2026-13-45")
    assert people.person_page(desk, person).events[0].day_words == "2026-13-45"
    assert cases.case_page(desk, case).events[0].day_words == "2026-13-45"


def test_a_case_moves_on_though_a_move_has_no_day_of_the_calendar(desk: Desk) -> None:
    _, _, case = _family(desk)
    _send(desk, 1, "9999-99-99")
    cases.move_case(desk, case, "assessment", "先评估")
    moves = desk.read(lambda s: queries.table(s, 'SELECT to_stage FROM r_case_move WHERE "case" = ?', case))
    assert ("assessment",) in moves


@given(TEXTS, TEXTS)
def test_days_compare_without_raising(one: str, other: str) -> None:
    if not days.is_day(one):
        assert days.show_day(one) == days.short_day(one, "2026-06-30") == one
        assert days.earliest(one) == days.latest(one) == one
        assert days.age(one, other) is None
        assert days.days_between(one, other) == workdays.workdays_between(one, other) == 0
    days.days_between(one, other)
    days.age_range(one, other)


@pytest.mark.parametrize("text", ODD)
def test_control_none_of_them_is_a_day(text: str) -> None:
    assert not days.is_day(text)
