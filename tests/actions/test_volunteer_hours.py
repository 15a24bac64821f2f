"""Hours of volunteers: never over a day, never counted twice, taken in once. All people are invented."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from sgz_desktop.actions import forms, ledgers, rosters
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import FormRefused, RowInput, new_form, save_form
from sgz_desktop.actions.ledgers import Wanted
from sgz_desktop.actions.roster_rows import RosterSheet, State
from sgz_desktop.domain.roster_fields import HOURS, sort_of
from sgz_desktop.store import queries

DAY = "2026-06-20"
DAYS = ("2026-05-31", "2026-06-01", "2026-06-21", "2026-06-22")
HEADS = ["姓名", "身份证号", "电话", "服务日期", "服务时长（小时）", "服务内容"]
COUNT = "SELECT count(*), coalesce(sum(served), 0) FROM r_volunteer_service WHERE deleted IS NOT 1"


def volunteer(desk: Desk, name: str, **values: object) -> str:
    return save_form(desk, new_form(desk, "volunteer"), {"name": name, **values}).id


def serve(desk: Desk, who: str, hours: str, **values: object) -> forms.Saved:
    typed = {"date": DAY, "served": hours, **values}
    return save_form(desk, new_form(desk, "volunteer_service", {"volunteer": who}), typed)


def total(desk: Desk) -> tuple[int, int]:
    count, minutes = desk.read(lambda session: queries.table(session, COUNT))[0]
    return count, minutes


def opened(desk: Desk, rows: Sequence[Sequence[Any]], heads: Sequence[str] = HEADS) -> RosterSheet:
    cells = [["志愿服务时长"], [*heads], *rows]
    unread = RosterSheet("时长", False, cells, 0, (), rosters.Columns("people", ()))
    return rosters.roster_as(desk, unread, sort_of(cells))


def take(desk: Desk, sheet: RosterSheet) -> tuple[int, int, int, int]:
    done = rosters.import_roster(desk, sheet, sheet.columns)
    return done.new, done.changed, done.same, done.bad


def words(desk: Desk, sheet: RosterSheet) -> list[str]:
    return [line.told for line in rosters.preview_roster(desk, sheet, sheet.columns).lines]


def test_more_than_a_day_is_refused_over_all_records(desk: Desk) -> None:
    who = volunteer(desk, "测试甲")
    serve(desk, who, "20", what="值守")
    with pytest.raises(FormRefused, match="有几项") as refused:
        serve(desk, who, "5", what="送餐")
    assert refused.value.problems[0].sentence == "6月20日服务时长合计25小时，超过24小时。"
    with pytest.raises(FormRefused):  # as rows of the volunteer's own form too
        save_form(desk, forms.form(desk, who, "volunteer"), {}, {"services": [_row("3"), _row("2")]})
    serve(desk, who, "4", what="送餐")  # control: exactly a day is possible
    serve(desk, volunteer(desk, "测试乙"), "5")  # and another volunteer has a day of their own
    assert total(desk) == (3, 29 * 60)


def _row(hours: str) -> RowInput:
    return RowInput("", {"date": DAY, "served": hours})


@pytest.mark.parametrize("hours", ["-1", "25", "abc"])
def test_hours_that_cannot_be_are_refused(desk: Desk, hours: str) -> None:
    with pytest.raises(FormRefused):
        serve(desk, volunteer(desk, "测试甲"), hours)
    assert total(desk) == (0, 0)


def test_the_same_service_written_again_is_said(desk: Desk) -> None:
    who = volunteer(desk, "测试甲")
    assert serve(desk, who, "2", what="送餐").marks == ()
    assert [one.sentence for one in serve(desk, who, "2", what="送餐").marks] == [
        "6月20日已记过这次服务，请核对是否重复。"
    ]
    assert serve(desk, who, "2", what="理发").marks == ()  # control: something else that day


def test_hours_outside_the_days_of_a_volunteer_are_kept_and_marked(desk: Desk) -> None:
    who = volunteer(desk, "测试甲", registered_on="2026-06-01", left_on="2026-06-21")
    told = [[one.sentence for one in serve(desk, who, "1", date=day, what=day).marks] for day in DAYS]
    assert told == [["志愿者2026年6月1日才登记，请核对。"], [], [], ["志愿者2026年6月21日已退出，请核对。"]]
    assert [one.field for one in serve(desk, who, "", date=DAY, what="不知多久").marks] == ["served"]


def test_a_table_taken_in_twice_adds_nothing(desk: Desk) -> None:
    volunteer(desk, "测试甲", phone="13900000301")
    rows = [
        ["测试甲", None, None, "2026-06-01", 2.5, "送餐"],
        ["测试甲", None, None, "2026-06-02", 3, "送餐"],
        ["测试甲", None, None, "2026-06-02", 3, "送餐"],  # the same line twice in one table
        ["测试丁", None, "13900000304", "2026-06-02", 1, "理发"],  # told well enough to be registered
        ["测试丁", None, "13900000304", "2026-06-03", 1, "理发"],
    ]
    sheet = opened(desk, rows)
    assert sheet.columns.sort == HOURS
    assert take(desk, sheet) == (4, 0, 1, 0)
    assert total(desk) == (4, 450)
    assert take(desk, opened(desk, rows)) == (0, 0, 5, 0)
    assert take(desk, opened(desk, [[*rows[0][:4], "2小时30分", "送餐"]])) == (0, 0, 1, 0)
    assert total(desk) == (4, 450)
    people = desk.read(lambda session: queries.table(session, "SELECT count(*) FROM r_volunteer"))
    assert people[0][0] == 2


def test_what_was_typed_is_not_taken_in_again(desk: Desk) -> None:
    who = volunteer(desk, "测试甲")
    serve(desk, who, "2", what="送餐")
    assert take(desk, opened(desk, [["测试甲", None, None, DAY, 2, "送餐"]])) == (0, 0, 1, 0)
    assert take(desk, opened(desk, [["测试甲", None, None, DAY, 2, "理发"]])) == (1, 0, 0, 0)


def test_rows_that_cannot_be_taken_say_why(desk: Desk) -> None:
    volunteer(desk, "测试甲", village="上溪村")
    volunteer(desk, "测试甲", village="石桥头村")
    rows = [
        ["测试甲", None, None, DAY, 2, None],
        ["测试戊", None, None, DAY, 2, None],
        ["测试己", None, "13900000306", None, 2, None],
        ["测试己", None, "13900000306", DAY, None, None],
        ["测试己", None, "13900000306", DAY, -2, None],
        ["测试己", None, "13900000306", DAY, 20, "值守"],
        ["测试己", None, "13900000306", DAY, 5, "送餐"],
    ]
    told = words(desk, opened(desk, rows))
    assert told[0].startswith("志愿者里有2人同名")
    assert told[1].startswith("志愿者里没有这个人")
    assert told[2:4] == ["没有服务日期，请补上。", "没有服务时长，请补上。"]
    assert "服务时长" in told[4]
    assert told[5] == "新登记志愿者"
    assert told[6] == "6月20日合计25小时，超过24小时。"
    plan = rosters.preview_roster(desk, opened(desk, rows), opened(desk, rows).columns)
    assert plan.count(State.BAD) == 6


def test_minutes_are_not_taken_for_hours(desk: Desk) -> None:
    volunteer(desk, "测试甲")
    heads = ["志愿者姓名", "服务日期", "服务时长（分钟）"]
    assert take(desk, opened(desk, [["测试甲", DAY, 90]], heads)) == (1, 0, 0, 0)
    assert total(desk) == (1, 90)


def test_the_ledger_adds_up_what_the_records_hold(desk: Desk) -> None:
    who = volunteer(desk, "测试甲", registered_on="2026-01-02")
    serve(desk, who, "2", what="送餐")
    serve(desk, who, "1.5", what="理发", date="2026-05-20")
    sheet = ledgers.ledger_sheet(desk, Wanted("volunteers", "2026-06-01", "2026-06-30"))
    heads = [head.words for head in sheet.heads]
    told = dict(zip(heads, sheet.rows[0], strict=True))
    assert (told["本期服务（次）"], told["本期时长"], told["累计时长"]) == (1, "2小时", "3小时30分钟")
    assert told["编号"]
