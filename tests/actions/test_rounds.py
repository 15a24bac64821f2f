"""Whom to call on this month, who is away meanwhile, and the station's own intervals."""

from __future__ import annotations

import pytest

from sgz_desktop.actions import figures, forms, pauses, people, rounds, settings, tasks, visits, workbench
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import RowInput, new_form, save_form
from sgz_desktop.actions.people import MemberInput, Registered
from sgz_desktop.actions.settings import SettingRefused
from sgz_desktop.domain import clashes, days
from sgz_desktop.domain.deadlines import VISIT_EVERY
from sgz_desktop.errors import AppError
from sgz_desktop.store import rounds as rounds_store


def home(desk: Desk, head: str, person: dict[str, object] | None = None, **typed: object) -> Registered:
    member = MemberInput("02", {"name": head, **(person or {})})
    return people.register_household(desk, {"village": "上溪村", **typed}, [member])


def visit(desk: Desk, household: str, day: str, **typed: object) -> forms.Saved:
    return save_form(desk, visits.new_visit(desk, household=household), {"date": day, **typed})


def names(desk: Desk, month: str = "") -> list[str]:
    return [row.head_name for row in rounds.list_unvisited(desk, month or desk.today()[:7]).due]


def ago(desk: Desk, count: int) -> str:
    return days.add_days(desk.today(), -count)


def test_the_shortest_interval_of_a_household_counts(desk: Desk) -> None:
    monthly = home(desk, "测试甲", {"categories": ["tekun"]})
    yearly = home(desk, "测试乙")
    for family in (monthly, yearly):
        visit(desk, family.household, ago(desk, 60))
    assert names(desk) == ["测试甲"]
    settings.change_visit_rhythm(desk, {"other": "30"})
    assert names(desk) == ["测试甲", "测试乙"]
    settings.change_visit_rhythm(desk, {"person.tekun": "0", "other": "182"})
    assert names(desk) == []


def test_a_telephone_call_and_a_session_reach_a_household_and_a_missed_visit_does_not(desk: Desk) -> None:
    called, missed, alone = home(desk, "测试甲"), home(desk, "测试乙"), home(desk, "测试丙")
    visit(desk, called.household, desk.today(), mode="phone")
    visit(desk, missed.household, desk.today(), met=False, not_met_reason="out")
    by_person = new_form(desk, "visit", {"person": alone.people[0], "date": desk.today(), "met": True})
    save_form(desk, by_person, {})
    assert names(desk) == ["测试乙"]


def test_nobody_is_listed_where_nobody_is_left(desk: Desk) -> None:
    home(desk, "测试甲", {"died_on": "2026-01-01"})
    home(desk, "测试乙", {"moved_on": "2026-01-01"})
    home(desk, "测试丙", closed_on=desk.today())
    home(desk, "测试丁")
    assert names(desk) == ["测试丁"]
    (village,) = workbench.workbench(desk).rounds
    assert (village.households, village.reached, village.away) == (1, 0, 0)


def test_a_household_away_waits_with_its_tasks_until_it_is_back(desk: Desk) -> None:
    away = home(desk, "测试甲", away_from="2026-06-01", away_until="2099-01-01", away_where="外地")
    here = home(desk, "测试乙")
    about = [{"person": away.people[0]}, {"household": away.household}, {"person": here.people[0]}]
    for number, given in enumerate(about):
        save_form(desk, new_form(desk, "task", given), {"what": f"第{number}件", "due_on": "2026-06-10"})
    assert names(desk) == ["测试乙"]
    assert rounds.list_unvisited(desk, desk.today()[:7]).away == 1
    lines = workbench.workbench(desk).tasks
    assert [(line.what, line.paused, line.late > 0) for line in lines] == [
        ("第2件", False, True),
        ("第0件", True, False),
        ("第1件", True, False),
    ]
    assert [line.paused for line in tasks.list_tasks(desk)] == [False, True, True]
    page = people.person_page(desk, away.people[0])
    assert page.away == "全家外出（外地），预计2099年1月1日（周四）回来，走访和待办先停。"
    assert page.paused == {task.id for task in page.tasks}
    pauses.came_back(desk, away.household)
    assert sorted(names(desk)) == ["测试乙", "测试甲"]
    assert not any(line.paused for line in workbench.workbench(desk).tasks)
    assert people.person_page(desk, away.people[0]).away == ""
    with pytest.raises(AppError, match="没有登记外出"):
        pauses.came_back(desk, away.household)


def test_they_come_back_by_themselves(desk: Desk) -> None:
    home(desk, "测试甲", away_from="2026-01-01", away_until=desk.today())
    assert names(desk) == ["测试甲"]


def test_a_case_of_a_family_away_waits_too(desk: Desk) -> None:
    from sgz_desktop.actions import cases

    away = home(desk, "测试甲", away_from="2026-01-01")
    case = cases.open_case(desk, person=away.people[0])
    save_form(desk, new_form(desk, "task", {"case": case}), {"what": "补材料", "due_on": "2026-02-01"})
    assert [line.paused for line in tasks.list_tasks(desk, case)] == [True]


def test_an_open_case_at_high_risk_brings_its_family_onto_the_list(desk: Desk) -> None:
    from sgz_desktop.actions import cases

    family = home(desk, "测试甲")
    visit(desk, family.household, ago(desk, 60))
    assert names(desk) == []
    case = cases.open_case(desk, person=family.people[0])
    save_form(desk, forms.form(desk, case, "case"), {"risk": "high"})
    assert names(desk) == ["测试甲"]


@pytest.mark.parametrize(
    ("mark", "typed", "why"),
    [
        ("person.tekun", "每天", "请填1到730的天数。"),
        ("person.tekun", "731", "请填1到730的天数。"),
        ("other", "0", "请填1到730的天数。"),
        ("other", "", "请填1到730的天数。"),
        ("person.nobody", "30", "没有这一类，没有改动。"),
    ],
)
def test_an_interval_that_makes_no_sense_changes_nothing(desk: Desk, mark: str, typed: str, why: str) -> None:
    with pytest.raises(SettingRefused) as refused:
        settings.change_visit_rhythm(desk, {"household.dibao": "30", mark: typed})
    assert (refused.value.field, refused.value.message) == (mark, why)
    assert settings.station_settings(desk).visit_every == VISIT_EVERY


def test_full_width_digits_are_digits(desk: Desk) -> None:
    settings.change_visit_rhythm(desk, {"person.tekun": "１５"})
    assert settings.station_settings(desk).visit_every["person.tekun"] == 15


# The visit itself


def test_a_day_that_contradicts_the_case_is_kept_and_marked(desk: Desk) -> None:
    from sgz_desktop.actions import cases

    family = home(desk, "测试甲", {"born": "1950-02-03"})
    case = cases.open_case(desk, person=family.people[0], typed={"opened_on": "2026-03-12"})
    saved = visit(desk, family.household, "2026-03-01", case=case)
    assert [mark.sentence for mark in saved.marks if mark.field == "date"] == [clashes.BEFORE_CASE]
    assert [mark.sentence for mark in forms.form(desk, saved.id, "visit").marks] == [clashes.BEFORE_CASE]
    again = save_form(desk, forms.form(desk, saved.id, "visit"), {"date": "2026-04-01"})
    assert again.marks == ()


def test_a_visit_after_a_death_is_kept_and_marked_and_one_that_met_nobody_is_not(desk: Desk) -> None:
    family = home(desk, "测试甲", {"died_on": "2026-02-01"})
    opened = visits.new_visit(desk, household=family.household, person=family.people[0])
    seen = {"presences": [RowInput("", {"person": family.people[0]})]}
    saved = save_form(desk, opened, {"date": "2026-03-01"}, seen)
    assert [mark.sentence for mark in saved.marks] == [clashes.AFTER_DEATH]
    missed = visits.new_visit(desk, household=family.household, person=family.people[0])
    gone = save_form(desk, missed, {"date": "2026-03-01", "met": False, "not_met_reason": "dead"})
    assert gone.marks == ()


def test_a_visit_that_met_nobody_counts_no_person(desk: Desk) -> None:
    family = home(desk, "测试甲")
    month = desk.today()[:7]

    def seen(**typed: object) -> tuple[float, float]:
        opened = visits.new_visit(desk, household=family.household)
        rows = {"presences": [RowInput("", {"person": family.people[0]})]}
        save_form(desk, opened, {"date": desk.today(), **typed}, rows)
        found = {(one.code, one.part): one.value for one in figures.indicators(desk, month)}
        return found["P02", ""], found["V01", "people"]

    assert seen(met=False, not_met_reason="out") == (0, 0)
    assert seen(met=True) == (1, 1)


def test_what_stands_beside_a_visit(desk: Desk) -> None:
    old = MemberInput("02", {"name": "测试甲", "born": "1950"})
    child = MemberInput("41", {"name": "测试乙", "born": "2015-05-05", "categories": ["disabled"]})
    family = people.register_household(desk, {"village": "上溪村", "categories": ["tekun"]}, [old, child])
    late = visit(desk, family.household, "2026-06-03")
    found = visits.visit_beside(desk, late.id, family.household, [])
    assert found.pages == {"tekun", "elder", "child", "disabled"}
    assert found.entered == desk.today()
    today = visit(desk, family.household, desk.today())
    assert visits.visit_beside(desk, today.id, family.household, []).entered == ""
    plain = home(desk, "测试丙", {"born": "1990-01-01"})
    assert visits.visit_beside(desk, "", plain.household, []).pages == frozenset()
    assert visits.visit_beside(desk, "", plain.household, [family.people[1]]).pages >= {"child", "disabled"}


def test_visits_between_two_days_of_one_worker_and_one_way(desk: Desk) -> None:
    one, other = home(desk, "测试甲"), home(desk, "测试乙", village="白石村")
    first = visit(desk, one.household, "2026-06-01", worker="周九")
    second = visit(desk, other.household, "2026-06-05", mode="phone")
    third = visit(desk, one.household, "2026-06-09")

    def found(**wanted: str) -> list[str]:
        rids = visits.list_visits(desk, **wanted)
        rows = visits.visit_rows(desk, rids)
        return [rows[rid][0].id for rid in rids]

    assert found() == [third.id, second.id, first.id]
    assert found(order="oldest") == [first.id, second.id, third.id]
    assert found(order="village") == [third.id, first.id, second.id]
    assert found(since="2026-06-02", until="2026-06-09") == [third.id, second.id]
    assert found(worker="周九") == [first.id]
    assert found(mode="phone") == [second.id]
    assert found(mode="phone", worker="周九") == []
    assert found(order="of_a_newer_version") == found()
    assert set(visits.visit_workers(desk)) >= {"周九", desk.user}


def test_a_village_is_through_when_all_it_asks_for_this_month_was_done(desk: Desk) -> None:
    today = desk.today()
    early, now, later = home(desk, "测试甲"), home(desk, "测试乙"), home(desk, "测试丙", village="白石村")
    visit(desk, early.household, ago(desk, 60))
    visit(desk, now.household, today)
    visit(desk, later.household, ago(desk, 60))
    rows = [(row.village, row.households, row.reached) for row in workbench.workbench(desk).rounds]
    assert rows == [("上溪村", 1, 1), ("白石村", 0, 0)]
    settings.change_visit_rhythm(desk, {"other": "14"})
    rows = [(row.village, row.households, row.reached) for row in workbench.workbench(desk).rounds]
    assert {village: count for village, count, _ in rows} == {"上溪村": 2, "白石村": 1}


def test_a_session_before_its_case_is_marked_too(desk: Desk) -> None:
    from sgz_desktop.actions import cases

    family = home(desk, "测试甲")
    case = cases.open_case(desk, person=family.people[0], typed={"opened_on": "2026-03-12"})
    saved = save_form(desk, cases.new_paper(desk, case, "session"), {"date": "2026-03-01"})
    assert clashes.BEFORE_CASE in [mark.sentence for mark in saved.marks]


def test_as_many_may_be_away_as_there_are(desk: Desk) -> None:
    """More than a statement takes values."""
    known = home(desk, "测试甲")
    ids = [known.household, *(f"nobody-{number}" for number in range(40_000))]
    assert desk.read(lambda session: rounds_store.belonging(session, ids)) == [*known.people]
