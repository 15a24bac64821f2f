"""A visit, the case opened from it, its stages, and the pages that show them."""

from __future__ import annotations

import pytest

from sgz_desktop.actions import case_goals, cases, figures, find, forms, people, rounds, visits, workbench
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import RowInput
from sgz_desktop.errors import AppError
from sgz_desktop.store import log
from sgz_desktop.store.write import Write


def family(desk: Desk) -> people.Registered:
    return people.register_household(
        desk,
        {"village": "上溪村", "village_group": "三组"},
        [
            people.MemberInput("02", {"name": "测试甲", "sex": "男", "born": "1960"}),
            people.MemberInput("30", {"name": "测试乙", "sex": "女"}),
        ],
    )


def visit(desk: Desk, home: people.Registered, **typed: object) -> str:
    form = visits.new_visit(desk, household=home.household, person=home.people[1])
    seen = [RowInput("", {"person": person}) for person in home.people]
    forms.save_form(desk, form, {"facts": "卧床，父亲照料", **typed}, {"presences": seen})
    return form.id


def test_a_household_with_a_fault_in_one_person_is_not_half_registered(desk: Desk) -> None:
    with pytest.raises(forms.FormRefused) as refused:
        people.register_household(desk, {"village": "上溪村"}, [people.MemberInput("02", {"born": "2199"})])
    assert [problem.field for problem in refused.value.problems] == ["people.0.born"]
    assert people.list_people(desk) == []


def test_the_list_follows_the_round_and_the_page_shows_the_family(desk: Desk) -> None:
    home = family(desk)
    visit(desk, home)
    rids = people.list_people(desk)
    lines = people.people_rows(desk, rids)
    assert [lines[rid].name for rid in rids] == ["测试甲", "测试乙"]
    page = people.person_page(desk, home.people[1])
    assert page.line.last == "今天"
    assert [(one.name, one.relation) for one in page.household_people] == [
        ("测试甲", "户主"),
        ("测试乙", "女儿"),
    ]
    assert [event.title for event in page.events] == ["走访"]
    assert people.list_people(desk, village="别的村") == []


def test_a_case_opens_from_a_visit_with_its_number_move_and_intake(desk: Desk) -> None:
    home = family(desk)
    seen = visit(desk, home)
    case = cases.open_case(desk, visit=seen)
    page = cases.case_page(desk, case)
    assert page.client == home.people[1]
    assert page.form.values["number"] == f"{desk.today()[:4]}-A001"
    assert page.form.values["found_in"] == seen
    assert page.stage == "intake"
    assert len(page.papers["intake"]) == 1
    assert page.sessions == 0  # the visit that led to the case is not one of its sessions
    assert [event.title for event in page.events] == ["走访", "接案"]
    assert cases.find_case(desk, str(page.form.values["number"])) == case


def test_a_case_for_nobody_is_refused(desk: Desk) -> None:
    with pytest.raises(AppError, match="还没有选定服务对象"):
        cases.open_case(desk)


def test_a_gate_names_what_is_missing_and_opens_for_a_reason(desk: Desk) -> None:
    case = cases.open_case(desk, visit=visit(desk, family(desk)))
    page = cases.case_page(desk, case)
    assert "本人还没有同意接受服务" in [one.sentence for one in page.missing]
    assert page.steps[1].note == f"还差{len(page.missing)}项"
    with pytest.raises(AppError, match="补上或写明原因"):
        cases.move_case(desk, case, "assessment")
    cases.move_case(desk, case, "assessment", "口头同意，纸质周五补")
    assert cases.case_page(desk, case).stage == "assessment"
    with pytest.raises(AppError, match="需要写明原因"):
        cases.move_case(desk, case, "intake")
    with pytest.raises(AppError, match="不能从"):
        cases.move_case(desk, case, "follow_up", "试试")


def test_closing_dates_the_case_and_a_new_episode_leaves_the_date(desk: Desk) -> None:
    case = cases.open_case(desk, visit=visit(desk, family(desk)))
    cases.move_case(desk, case, "closed", "搬离本镇", on="2026-07-01")
    page = cases.case_page(desk, case)
    assert (page.form.values["closed_on"], page.open) == ("2026-07-01", False)
    cases.move_case(desk, case, "reopened", "又回来了", on="2026-07-02")
    page = cases.case_page(desk, case)
    assert (page.form.values["closed_on"], page.open) == ("2026-07-01", False)


def test_nothing_of_a_closed_case_is_late_any_more(desk: Desk) -> None:
    case = cases.open_case(desk, visit=visit(desk, family(desk)))
    plan = [
        Write("plan", "plan-1", {"case": case}),
        Write("goal", "goal-1", {"plan": "plan-1", "due_on": "2026-01-31"}),
        Write("step", "step-1", {"plan": "plan-1", "due_on": "2026-01-31"}),
    ]
    desk.write(lambda session: desk.doing("save").record(session, "", plan))

    def late() -> list[bool]:
        view = case_goals.case_goals(desk, case)
        assert view is not None
        return [one.late for one in (*view.goals, *view.steps)]

    assert late() == [True, True]
    cases.move_case(desk, case, "closed", "搬离本镇", on="2026-07-01")
    assert late() == [False, False]


def test_a_visit_that_serves_the_case_is_one_of_its_sessions(desk: Desk) -> None:
    home = family(desk)
    case = cases.open_case(desk, visit=visit(desk, home))
    later = visits.new_visit(desk, household=home.household, person=home.people[1])
    assert later.values["case"] == case
    forms.save_form(desk, later, {"facts": "教翻身"})
    talk = cases.new_paper(desk, case, "session")
    forms.save_form(desk, talk, {"facts": "谈安置"})
    page = cases.case_page(desk, case)
    assert page.sessions == 2
    assert sorted(event.title[-4:] for event in page.events if "节" in event.title) == ["，第1节", "，第2节"]


def test_papers_start_with_what_is_known(desk: Desk) -> None:
    home = family(desk)
    case = cases.open_case(desk, visit=visit(desk, home))
    application = cases.new_paper(desk, case, "application")
    assert application.values["person"] == home.people[1]
    assert application.values["household"] == home.household
    for kind in cases.PAPERS:
        form = cases.new_paper(desk, case, kind)
        forms.save_form(desk, form, {})
    page = cases.case_page(desk, case)
    assert all(page.papers[kind] for kind in cases.PAPERS)


def test_the_workbench_counts_tasks_rounds_and_months(desk: Desk) -> None:
    home = family(desk)
    other = people.register_household(
        desk, {"village": "上溪村"}, [people.MemberInput("02", {"name": "测试丙"})]
    )
    visit(desk, home)
    task = forms.new_form(desk, "task", {"person": home.people[0], "what": "补扫描件"})
    forms.save_form(desk, task, {"due_on": "2026-06-01"})
    bench = workbench.workbench(desk)
    assert [(row.village, row.households, row.reached) for row in bench.rounds] == [("上溪村", 2, 1)]
    assert [row.id for row in rounds.list_unvisited(desk, bench.month).due] == [other.household]
    assert bench.tasks[0].what == "补扫描件"
    assert bench.tasks[0].late > 0
    brief = {(one.code, one.part): one.value for one in figures.indicators(desk, bench.month)}
    assert (bench.pairs[0].label, bench.pairs[0].now, bench.pairs[0].before) == ("入户探访", 1, 0)
    assert bench.pairs[0].now == brief["V01", "households"]


def test_a_missed_visit_reaches_nobody(desk: Desk) -> None:
    home = family(desk)
    form = visits.new_visit(desk, household=home.household)
    forms.save_form(desk, form, {"met": False, "not_met_reason": "away"})
    assert workbench.workbench(desk).rounds[0].reached == 0
    assert [row.id for row in rounds.list_unvisited(desk, desk.today()[:7]).due] == [home.household]


def test_anybody_is_found_by_name_initials_number_and_text(desk: Desk) -> None:
    home = family(desk)
    visit(desk, home, facts="门槛太高")
    for text in ("测试乙", "csy", "ceshiyi", "人A0002"):
        assert home.people[1] in [hit.id for hit in find.find_people(desk, text)], text
    assert [hit.kind for hit in find.find(desk, "门槛")] == ["visit"]
    assert find.find_people(desk, "查无此人") == []


def test_reopening_is_one_thing_or_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case = cases.open_case(desk, visit=visit(desk, family(desk)))
    cases.move_case(desk, case, "closed", "搬离本镇", on="2026-07-01")
    monkeypatch.setattr(type(desk), "today", lambda self: "2026-07-02")
    before = desk.read(log.counts)["edits"]
    with monkeypatch.context() as patch:
        patch.setattr(cases, "numbered", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            cases.reopen_case(desk, case, "又回来了")
    page = cases.case_page(desk, case)
    assert (page.stage, page.form.values["closed_on"]) == ("closed", "2026-07-01")
    new = cases.reopen_case(desk, case, "又回来了")
    assert cases.case_page(desk, case).stage == "reopened"
    assert cases.case_page(desk, new).form.values["reopens"] == case
    assert desk.read(log.counts)["edits"] == before + 1
