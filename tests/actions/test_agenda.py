"""Everything due in one place, and what is done with it: a task once written takes its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from sgz_desktop.actions import agenda, cases, forms, people, rounds, tasks, visits, workbench
from sgz_desktop.actions.agenda import Agenda
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.domain.agenda import Item
from sgz_desktop.domain.fields import Wire
from sgz_desktop.errors import AppError
from sgz_desktop.store import log
from sgz_desktop.store.apply import apply

TODAY = "2026-06-30"  # a Tuesday
OF_NOBODY = ("task", "brief", "inspection")


def at(day: str) -> Callable[[], int]:
    return lambda: int(datetime.fromisoformat(f"{day}T09:00").timestamp() * 1000)


@pytest.fixture
def desk(make_station: Callable[..., OpenStation]) -> Desk:
    return make_station(now=at(TODAY)).desk


def family(desk: Desk, born: str = "1950-01-01", **typed: object) -> tuple[str, str]:
    """A household of one; its id and the person's."""
    head = people.MemberInput("02", {"name": "测试甲", "born": born, **typed})
    made = people.register_household(desk, {"village": "上溪村"}, [head])
    return made.household, made.people[0]


def save(desk: Desk, kind: str, **values: Wire) -> str:
    return forms.save_form(desk, forms.new_form(desk, kind), values).id


def paper(desk: Desk, case: str, kind: str, typed: dict[str, Any], **rows: list[forms.RowInput]) -> str:
    return forms.save_form(desk, cases.new_paper(desk, case, kind), typed, rows).id


def items(found: Agenda) -> list[Item]:
    return [*found.late, *(item for told in found.days.values() for item in told), *found.undated]


def all_of(desk: Desk) -> list[Item]:
    return items(agenda.agenda(desk)) + items(agenda.agenda(desk, 1))


def whats(desk: Desk) -> set[tuple[str, str]]:
    return {(item.what, item.day) for item in all_of(desk)}


def only(desk: Desk, kind: str) -> Item:
    (found,) = [item for item in all_of(desk) if item.kind == kind]
    return found


def test_every_day_that_records_name_is_there(desk: Desk) -> None:
    home, person = family(desk)
    case = cases.open_case(desk, person=person)
    plan = {"made_on": "2026-06-01", "overall_goal": "稳住", "review_on": "2026-07-02"}
    goals = [forms.RowInput("", {"description": "无新压疮", "due_on": "2026-07-01"})]
    steps = [forms.RowInput("", {"action": "教翻身", "due_on": "2026-06-20", "state": "doing"})]
    paper(desk, case, "plan", plan, goals=goals, steps=steps)
    paper(desk, case, "consent", {"sign_mode": "oral", "signed_on": TODAY, "paper_due_on": "2026-07-03"})
    paper(desk, case, "session", {"date": "2026-06-20", "next_on": "2026-07-06"})
    applied = {"programme": "tekun", "filed_on": "2026-06-02", "decision_due_on": "2026-07-07"}
    paper(desk, case, "application", applied)
    sent = {"receiver": "县医院", "consented": "agreed", "sent_on": TODAY, "reply_due_on": "2026-07-08"}
    paper(desk, case, "referral", sent)
    save(desk, "contact", date=TODAY, person=person, matter="问轮椅", answer_due_on="2026-07-04")
    save(desk, "mandatory_report", person=person, found_on="2026-06-29")
    save(desk, "task", what="扫描", due_on="2026-07-09", person=person)
    save(desk, "task", what="没有日期")
    save(desk, "inspection", by_whom="县民政局", required="制度上墙", due_on="2026-07-11")
    visit = visits.new_visit(desk, household=home)
    forms.save_form(desk, visit, {"date": "2026-06-10", "case": None, "next_on": "2026-07-10"})
    assert sum(item.kind == "inspection" for item in all_of(desk)) == 1  # told once, with what is asked
    assert whats(desk) == {
        ("检视服务计划", "2026-07-02"),
        ("服务目标：无新压疮", "2026-07-01"),
        ("计划步骤：教翻身", "2026-06-20"),
        ("补签知情同意书", "2026-07-03"),
        ("下次个案服务", "2026-07-06"),
        ("救助申请办理期限：特困人员救助供养", "2026-07-07"),
        ("转介回执：县医院", "2026-07-08"),
        ("答复来访来电：问轮椅", "2026-07-04"),
        ("强制报告：告知督导", "2026-06-29"),
        ("扫描", "2026-07-09"),
        ("没有日期", ""),
        ("检查整改：制度上墙", "2026-07-11"),
        ("约定再访", "2026-07-10"),
        ("报送6月工作简报", "2026-07-06"),
    }
    late = agenda.agenda(desk).late
    assert [(item.what, agenda.late_words(item, TODAY)) for item in late] == [
        ("计划步骤：教翻身", "已过10天"),
        ("强制报告：告知督导", "已过1天"),
    ]
    assert all(item.name == "测试甲" for item in all_of(desk) if item.kind not in OF_NOBODY)


def test_a_later_record_says_that_it_is_done(desk: Desk) -> None:
    home, person = family(desk)
    first = visits.new_visit(desk, household=home)
    forms.save_form(desk, first, {"date": "2026-06-10", "next_on": "2026-07-01"})
    assert only(desk, "visit").day == "2026-07-01"
    missed = visits.new_visit(desk, household=home)
    out = {"date": "2026-06-28", "met": False, "not_met_reason": "out"}
    forms.save_form(desk, missed, out)
    assert only(desk, "visit").day == "2026-07-01"  # nobody was met: still to be done
    forms.save_form(desk, visits.new_visit(desk, household=home), {"date": "2026-06-29"})
    assert [item for item in all_of(desk) if item.kind == "visit"] == []
    case = cases.open_case(desk, person=person)
    paper(desk, case, "session", {"date": "2026-06-20", "next_on": "2026-07-01"})
    paper(desk, case, "plan", {"made_on": "2026-06-01", "review_on": "2026-07-02"})
    assert {item.kind for item in all_of(desk)} >= {"session", "plan"}
    cases.move_case(desk, case, "closed", "搬走了")
    assert {"session", "plan"}.isdisjoint(item.kind for item in all_of(desk))


def test_a_thing_ticked_off_is_gone_and_leaves_a_task_that_says_what_it_was(desk: Desk) -> None:
    _, person = family(desk, born="1946-07-02")
    item = only(desk, "person")
    assert (item.what, item.origin, item.person) == (
        "满80岁，可能可以领高龄津贴，请核实",
        f"age80:{person}",
        person,
    )
    agenda.finish_item(desk, item)
    assert [one for one in all_of(desk) if one.person == person] == []
    assert people.person_page(desk, person).asks.items == ()
    agenda.finish_item(desk, item, undo=True)
    assert only(desk, "person") == item
    agenda.take_over(desk, item, {"done_on": TODAY, "note": "已在领"})
    assert [one for one in all_of(desk) if one.person == person] == []


def test_a_thing_moved_or_handed_over_is_one_task_under_the_same_name(desk: Desk) -> None:
    family(desk, born="1946-07-02")
    item = only(desk, "person")
    agenda.move_item(desk, item, 1)
    moved = only(desk, "task")
    assert (moved.day, moved.origin, moved.what) == ("2026-07-03", item.origin, item.what)
    agenda.take_over(desk, moved, {"worker": "王守望"})
    assert only(desk, "task").worker == "王守望"
    assert agenda.agenda(desk, own=True).count == 0
    agenda.finish_item(desk, only(desk, "task"))
    assert all_of(desk) == [one for one in all_of(desk) if one.kind == "brief"]
    assert tasks.list_tasks(desk) == ()


def test_what_was_ticked_off_and_taken_back_is_moved_like_any_other(desk: Desk) -> None:
    """The task that stood for it is used again, without the day and the reason it was once put aside with."""
    family(desk, born="1946-07-02")
    item = only(desk, "person")
    agenda.take_over(desk, item, {"done_on": TODAY, "note": "本人说不用"})
    agenda.finish_item(desk, item, undo=True)
    agenda.move_item(desk, only(desk, "person"), 1)
    moved = only(desk, "task")
    assert (moved.day, moved.origin) == ("2026-07-03", item.origin)
    note = forms.form(desk, moved.task, "task").values.get("note")
    assert note == item.more


def test_two_computers_that_do_the_same_write_one_task(make_station: Callable[..., OpenStation]) -> None:
    one = make_station("one", now=at(TODAY)).desk
    other = make_station("other", now=at(TODAY)).desk
    item = Item("age80:p1", "person", "p1", "满80岁", "2026-07-02", person="p1")
    agenda.finish_item(one, item)
    agenda.move_item(other, item, 2)
    sent = one.store.read(lambda session: list(log.edits(session, {})))
    other.store.write(lambda session: apply(session, sent))
    rows = other.store.read(
        lambda s: s.connection.execute("SELECT origin, done_on, due_on FROM r_task").fetchall()
    )
    assert [(origin, done) for origin, done, _ in rows] == [("age80:p1", TODAY)]


def test_nobody_calls_on_the_dead(desk: Desk) -> None:
    home, person = family(desk)
    visit = visits.new_visit(desk, household=home)
    forms.save_form(desk, visit, {"date": "2025-10-10", "next_on": "2026-07-01"})
    month = TODAY[:7]
    assert [row.id for row in rounds.list_unvisited(desk, month).due] == [home]
    save(desk, "benefit", person=person, programme="tekun", from_day="2020-01")
    save(desk, "benefit", household=home, programme="dibao", from_day="2020-01")
    save(desk, "benefit", person=person, programme="old_age", from_day="2020-01", to_day="2026-01-31")
    task = save(desk, "task", what="陪同复查", person=person)
    forms.save_form(desk, forms.form(desk, person, "person"), {"died_on": "2026-06-28"})
    assert rounds.list_unvisited(desk, month).due == ()
    assert sum(row.households for row in workbench.workbench(desk).rounds) == 0
    assert {item.kind for item in all_of(desk)} == {"person", "task", "brief"}
    page = people.person_page(desk, person)
    (ask,) = page.asks.items
    assert ask.what == "去世，今天报民政办：特困人员救助供养、最低生活保障（全家）"
    assert [left.id for left in page.asks.left_open] == [task]


def test_a_category_without_a_row_is_named_soon_after_a_death(desk: Desk) -> None:
    home, person = family(desk, categories=["tekun", "living_alone", "veteran"])
    forms.save_form(desk, forms.form(desk, home, "household"), {"categories": ["dibao", "lifted"]})
    save(desk, "benefit", person=person, programme="tekun", from_day="2020-01")
    form = forms.form(desk, person, "person")
    forms.save_form(desk, form, {"died_on": "2026-06-28"})
    (ask,) = people.person_page(desk, person).asks.items
    assert ask.what == "去世，今天报民政办：特困人员救助供养、最低生活保障（全家）"


def test_who_is_known_to_receive_nothing_has_nothing_to_report(desk: Desk) -> None:
    home, person = family(desk, categories=["living_alone"])
    forms.save_form(desk, forms.form(desk, home, "household"), {"categories": ["none"]})
    forms.save_form(desk, forms.form(desk, person, "person"), {"died_on": "2026-06-28"})
    (ask,) = people.person_page(desk, person).asks.items
    assert ask.what == "去世，请核实有没有待遇要报停"


def test_a_household_with_somebody_left_is_still_called_on(desk: Desk) -> None:
    members = [people.MemberInput(rel, {"name": name}) for rel, name in (("02", "测试甲"), ("10", "测试乙"))]
    home = people.register_household(desk, {"village": "上溪村"}, members)
    forms.save_form(desk, forms.form(desk, home.people[0], "person"), {"died_on": "2026-06-28"})
    assert [row.id for row in rounds.list_unvisited(desk, "2026-06").due] == [home.household]


@pytest.mark.parametrize("gone", ["deleted", "merged"])
def test_who_is_deleted_or_merged_raises_nothing(desk: Desk, gone: str) -> None:
    _, person = family(desk, born="1946-07-02")
    _, kept = family(desk, born="1950-01-01")
    form = forms.form(desk, person, "person")
    if gone == "deleted":
        forms.delete_record(desk, person, "person", "重复", form.seen)
    else:
        forms.save_form(desk, form, {"merged_into": kept})
    assert [item for item in all_of(desk) if item.kind == "person"] == []


def test_a_household_away_waits_and_is_not_late(desk: Desk) -> None:
    home, person = family(desk)
    save(desk, "task", what="送药盒", due_on="2026-06-20", person=person)
    form = forms.form(desk, home, "household")
    forms.save_form(desk, form, {"away_from": "2026-06-01", "away_until": "2026-08-01"})
    (item,) = agenda.agenda(desk).late
    assert (item.late(TODAY), agenda.late_words(item, TODAY)) == (0, "已暂停")


def test_where_the_holiday_table_ends_it_says_so(make_station: Callable[..., OpenStation]) -> None:
    desk = make_station(now=at("2026-12-29")).desk
    family(desk, born="1947-01-05")
    found = agenda.agenda(desk, 1)
    item = next(item for item in items(found) if item.kind == "person")
    assert agenda.late_words(item, "2026-12-29") == "未含2027年调休"
    assert found.notes["2027-01-05"] == "未含2027年调休"
    case = cases.open_case(desk, person=item.person)
    paper(
        desk,
        case,
        "application",
        {"programme": "tekun", "filed_on": "2026-12-21", "accepted_on": "2026-12-22"},
    )
    (line,) = workbench.workbench(desk).applications
    assert line.words == "已受理第5个工作日（参考时限15），未含2027年调休"


def test_holidays_and_make_up_days_are_named() -> None:
    assert [agenda.day_note(day) for day in ("2026-10-01", "2026-10-10", "2026-10-12", "2026-10-11")] == [
        "国庆节",
        "补班",
        "",
        "",
    ]


def test_a_task_that_has_not_arrived_is_not_written(desk: Desk) -> None:
    with pytest.raises(AppError, match="还没有到本机"):
        agenda.take_over(desk, Item("task:x", "task", "x", "扫描", TODAY, task="x"), {"done_on": TODAY})


def test_what_is_not_altered_is_not_written(desk: Desk) -> None:
    save(desk, "task", what="扫描", due_on=TODAY)
    item = only(desk, "task")
    before = desk.store.read(log.history_digest)
    agenda.take_over(desk, item, {"due_on": TODAY, "done_on": None})
    assert desk.store.read(log.history_digest) == before


def test_the_case_of_the_dead_asks_to_be_closed_until_it_is(desk: Desk) -> None:
    _, person = family(desk, died_on="2026-06-28")
    case = cases.open_case(desk, person=person)
    (item,) = [one for one in all_of(desk) if one.origin == f"died_case:{case}"]
    assert (item.case, item.day) == (case, "2026-07-06")
    cases.move_case(desk, case, "closed", "服务对象去世")
    assert [one for one in all_of(desk) if one.case == case] == []


def test_the_closing_report_of_a_dead_client_says_so(desk: Desk) -> None:
    _, person = family(desk, died_on="2026-06-28")
    case = cases.open_case(desk, person=person)
    assert cases.new_paper(desk, case, "closure").values["reason"] == "dead"
