"""A worker's day is read from the records, never copied: the diary and its paper say what they say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from sgz_desktop.actions import agenda, cases, diary, forms, papers_week, people, visits
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.domain import days
from sgz_desktop.domain.fields import Wire
from sgz_desktop.reports.values import texts
from tests.reports import reading

TODAY = "2026-06-30"


@pytest.fixture
def desk(make_station: Callable[..., OpenStation]) -> Desk:
    now = int(datetime.fromisoformat(f"{TODAY}T09:00").timestamp() * 1000)
    return make_station(now=lambda: now).desk


def person_of(desk: Desk) -> tuple[str, str]:
    made = people.register_household(
        desk, {"village": "上溪村"}, [people.MemberInput("02", {"name": "测试甲"})]
    )
    return made.household, made.people[0]


def visit(desk: Desk, home: str, day: str = TODAY, **typed: object) -> str:
    return forms.save_form(desk, visits.new_visit(desk, household=home), {"date": day, **typed}).id


def save(desk: Desk, kind: str, **values: Wire) -> str:
    return forms.save_form(desk, forms.new_form(desk, kind), values).id


def told(desk: Desk, day: str = TODAY, worker: str = "") -> list[tuple[str, str, str]]:
    return [(one.what, one.name, one.text) for one in diary.diary_day(desk, day, worker).told.done]


def test_a_day_is_what_its_records_say(desk: Desk) -> None:
    home, person = person_of(desk)
    visit(desk, home, start_time="14:00", end_time="14:40", facts="药盒使用正常。")
    save(
        desk,
        "contact",
        date=TODAY,
        time="09:10",
        way="called",
        person=person,
        matter="问低保",
        worker=desk.user,
    )
    case = cases.open_case(desk, person=person)
    applied = {"programme": "dibao", "filed_on": TODAY}
    forms.save_form(desk, cases.new_paper(desk, case, "application"), applied)
    task = save(desk, "task", what="扫描同意书", due_on=TODAY, person=person, worker=desk.user)
    agenda.finish_item(desk, next(one for one in agenda.agenda(desk).days[TODAY] if one.task == task))
    found = told(desk)
    assert found[0] == ("来电", "测试甲", "问低保")
    assert found[1] == ("走访（入户）", "测试甲", "药盒使用正常。")
    assert set(found[2:]) == {
        ("个案接案表", "测试甲", ""),
        ("个案进展", "测试甲", "进入接案"),
        ("协助申请", "测试甲", "最低生活保障"),
        ("办完待办", "测试甲", "扫描同意书"),
    }


def test_it_agrees_with_the_records_at_once(desk: Desk) -> None:
    home, _ = person_of(desk)
    one = visit(desk, home, facts="早上")
    assert told(desk) == [("走访（入户）", "测试甲", "早上")]
    forms.save_form(desk, forms.form(desk, one, "visit"), {"date": "2026-06-29", "facts": "昨天早上"})
    assert told(desk) == []
    assert told(desk, "2026-06-29") == [("走访（入户）", "测试甲", "昨天早上")]
    form = forms.form(desk, one, "visit")
    forms.delete_record(desk, one, "visit", "重复", form.seen)
    assert told(desk, "2026-06-29") == []


def test_another_worker_has_another_day(desk: Desk) -> None:
    home, _ = person_of(desk)
    visit(desk, home, worker="王守望", facts="他去的")
    visit(desk, home, worker=None, facts="没写谁去的")
    assert [text for _, _, text in told(desk, worker="王守望")] == ["他去的"]
    assert [text for _, _, text in told(desk)] == ["没写谁去的"]  # whoever wrote it down


def test_one_line_is_typed_and_found_again(desk: Desk) -> None:
    page = diary.diary_day(desk, TODAY)
    assert page.form.new
    forms.save_form(desk, page.form, {"errands": "核对高龄津贴名单"})
    again = diary.diary_day(desk, TODAY)
    assert (again.told.errands, again.form.id, again.form.new) == ("核对高龄津贴名单", page.form.id, False)
    assert again.form.values["worker"] == desk.user
    assert diary.diary_day(desk, TODAY, "王守望").told.errands == ""
    assert diary.diary_day(desk, "2026-06-29").form.id != page.form.id
    assert forms.draft_key(page.form) == page.form.id  # the draft of a day is offered on that day alone


def test_after_one_was_deleted_another_is_written(desk: Desk) -> None:
    page = diary.diary_day(desk, TODAY)
    saved = forms.save_form(desk, page.form, {"errands": "填错人了"})
    forms.delete_record(desk, saved.id, "diary", "填错", forms.form(desk, saved.id, "diary").seen)
    for number in range(2):  # and again
        fresh = diary.diary_day(desk, TODAY)
        assert (fresh.told.errands, fresh.form.new) == ("", True)
        saved = forms.save_form(desk, fresh.form, {"errands": f"核对名单{number}"})
        assert diary.diary_day(desk, TODAY).told.errands == f"核对名单{number}"
        forms.delete_record(desk, saved.id, "diary", "填错", forms.form(desk, saved.id, "diary").seen)


def test_groups_activities_and_what_was_learnt_are_work_of_the_day(desk: Desk) -> None:
    group = save(desk, "group", name="银龄小组", worker=desk.user)
    at = {"group": group, "date": TODAY, "start_time": "14:00", "end_time": "15:30"}
    save(desk, "group_session", **at, title="只有计划")  # nothing of it is recorded: it may not have been
    save(desk, "group_session", **at, title="老照片", facts="人人讲了一张。")
    save(desk, "activity", date=TODAY, name="义诊", sort="campaign", worker="乙社工", head_count=30)
    supervised = {"date": TODAY, "mode": "group", "attendees": f"乙社工、{desk.user}", "topics": "带组"}
    save(desk, "supervision", **supervised, start_time="15:00", end_time="16:00")
    save(desk, "supervision", date=TODAY, attendees="乙社工", topics="写个案")
    save(desk, "staff", name=f"{desk.user}兰")  # the name of one begins that of another
    save(desk, "supervision", date=TODAY, attendees=f"乙社工、{desk.user}兰", topics="结案")
    training = save(desk, "training", date=TODAY, title="档案怎样写")
    staff = save(desk, "staff", name="乙社工")
    save(desk, "learning", staff=staff, training=training)
    assert told(desk) == [("小组", "", "银龄小组：老照片"), ("督导", "", "团体督导：带组")]
    assert {what for what, _, _ in told(desk, worker="乙社工")} == {"活动", "督导", "培训"}
    assert len(diary.diary_day(desk, TODAY).told.clashing) == 2  # both want 15:00 to 15:30


def test_an_activity_is_due_until_somebody_was_counted(desk: Desk) -> None:
    activity = save(desk, "activity", date=days.add_days(TODAY, 1), name="义诊")
    cancelled = save(desk, "activity", date=TODAY, name="停办", cancelled=True)

    def due() -> list[str]:
        return [one.id for items in agenda.agenda(desk).days.values() for one in items]

    assert activity in due()
    assert cancelled not in due()
    forms.save_form(desk, forms.form(desk, activity, "activity"), {"head_count": "12"})
    assert activity not in due()


def test_two_visits_at_one_hour_are_marked(desk: Desk) -> None:
    home, _ = person_of(desk)
    first = visit(desk, home, start_time="09:00", end_time="09:40")
    second = visit(desk, home, start_time="09:20")
    assert diary.diary_day(desk, TODAY).told.clashing == {first, second}
    forms.save_form(desk, forms.form(desk, second, "visit"), {"start_time": "10:20"})
    assert diary.diary_day(desk, TODAY).told.clashing == frozenset()


def test_a_month_holds_every_day_and_counts_what_was_done(desk: Desk) -> None:
    home, _ = person_of(desk)
    for day in ("2026-06-02", "2026-06-15", "2026-06-15"):
        visit(desk, home, day)
    visit(desk, home, "2026-06-16", met=False, not_met_reason="out")
    found = diary.diary_days(desk, *diary.month_of(TODAY))
    assert len(found) == 30
    assert diary.counts(found) == {"走访": 4}
    assert {day.day: len(day.done) for day in found if day.done} == {
        "2026-06-02": 1,
        "2026-06-15": 2,
        "2026-06-16": 1,
    }
    assert found[15].done[0].text == "未遇"


def test_the_diary_on_paper_says_the_same(desk: Desk) -> None:
    home, _ = person_of(desk)
    visit(desk, home, "2026-06-15", start_time="09:00", end_time="09:40", facts="药盒使用正常。")
    form = diary.diary_day(desk, "2026-06-15").form
    forms.save_form(desk, form, {"errands": "核对高龄津贴名单", "next_plan": "下周看王家"})
    data = papers_week.print_diary(desk, *diary.month_of(TODAY))
    whole = reading.solid("".join(reading.pages(data)))
    for words in ("工作日志", "6月15日", "09:00—09:40", "走访（入户）", "测试甲", "药盒使用正常。"):
        assert words in whole
    for words in ("民政办交办", "核对高龄津贴名单", "下周看王家", "有记录的天数1天", "走访1次"):
        assert reading.solid(words) in whole
    assert data == papers_week.print_diary(desk, *diary.month_of(TODAY))


def test_the_plan_of_the_week_on_paper(desk: Desk) -> None:
    _, person = person_of(desk)
    save(desk, "task", what="送药盒", due_on="2026-06-20", person=person, worker=desk.user)
    save(desk, "task", what="陪同复查", due_on="2026-07-02", person=person)
    save(desk, "task", what="补照片", due_on="2025-12-30", person=person)
    data = papers_week.print_week_plan(desk)
    whole = reading.solid("".join(reading.pages(data)))
    for words in (
        "周计划",
        "6月29日至7月5日",
        "已过10天",
        "送药盒",
        "2025年12月30日",
        "7月2日（周四）",
        "陪同复查",
        "测试甲",
    ):
        assert reading.solid(words) in whole
    assert "陪同复查" not in reading.solid("".join(reading.pages(papers_week.print_week_plan(desk, 1))))


def test_a_case_kept_from_the_guardian_is_on_no_wall(desk: Desk) -> None:
    _, person = person_of(desk)
    case = cases.open_case(desk, person=person)
    forms.save_form(desk, forms.form(desk, case, "case"), {"guardian_hidden": True})
    facts = {"date": TODAY, "next_on": "2026-07-02", "facts": "鹧鸪霜降"}
    forms.save_form(desk, cases.new_paper(desk, case, "session"), facts)
    save(desk, "task", what="鹧鸪霜降", due_on="2026-07-02", case=case)
    assert any(text == "鹧鸪霜降" for _, _, text in told(desk))  # its own worker sees it on the screen
    for paper in (
        papers_week.week_plan(desk),
        papers_week.diary_paper(desk, *diary.month_of(TODAY)),
    ):
        said = [text for text in texts(paper) if text]
        assert papers_week.KEPT in said
        assert not any("鹧鸪" in text or "测试甲" in text for text in said)


def test_a_month_ends_where_it_ends() -> None:
    assert diary.month_of("2028-02-10") == ("2028-02-01", "2028-02-29")
    assert days.is_whole(diary.month_of(TODAY)[1])


def test_a_mandatory_report_is_on_no_wall(desk: Desk) -> None:
    _, person = person_of(desk)
    save(desk, "mandatory_report", person=person, found_on=TODAY, worker=desk.user)
    assert [what for what, _, _ in told(desk)] == ["强制报告单"]
    for paper in (papers_week.week_plan(desk), papers_week.diary_paper(desk, *diary.month_of(TODAY))):
        said = [text for text in texts(paper) if text]
        assert papers_week.KEPT in said
        assert not any("强制报告" in text or "测试甲" in text for text in said)


def test_nor_is_the_task_a_report_raised(desk: Desk) -> None:
    _, person = person_of(desk)
    save(desk, "mandatory_report", person=person, found_on=TODAY, worker=desk.user)
    (item,) = agenda.agenda(desk).days[TODAY]
    agenda.take_over(desk, item, {"due_on": "2026-07-01", "worker": desk.user})
    assert not any("强制报告" in text or "测试甲" in text for text in texts(papers_week.week_plan(desk)))
    (moved,) = agenda.agenda(desk).days["2026-07-01"]
    agenda.finish_item(desk, moved)
    assert "task" in {one.kind for one in diary.diary_day(desk, TODAY).told.done}
    paper = papers_week.diary_paper(desk, *diary.month_of(TODAY))
    assert not any("强制报告" in text or "测试甲" in text for text in texts(paper))
