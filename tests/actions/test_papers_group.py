"""The papers of a group hold what is on file, and the list everybody signs tells no more than names."""

from __future__ import annotations

from sgz_desktop.actions import forms, groups, ledgers, papers_record
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.groups import Mark
from sgz_desktop.actions.ledgers import Wanted
from sgz_desktop.domain.attendance import Roll
from sgz_desktop.reports.values import BarChart, Sheet, Table, texts
from tests.actions.group_station import make_group

PHONE = "13800001111"


def marked(desk: Desk, group: str) -> Roll:
    roll = groups.group_roll(desk, group)
    states = ("present", "late", "leave")
    marks = [
        Mark(s.id, m.id, states[(x + y) % 3])
        for x, s in enumerate(roll.sittings)
        for y, m in enumerate(roll.seats)
    ]
    groups.mark_attendance(desk, group, marks)
    return groups.group_roll(desk, group)


def sheets(desk: Desk, group: str) -> dict[str, Sheet]:
    return {one.title: one for one in papers_record.record_paper(desk, group, "group").sheets}


def test_all_sessions_of_all_members_stand_in_the_table_of_attendance(desk: Desk) -> None:
    group = make_group(desk, 5, 30, evaluated_on="2026-06-20", reached="full", process="按计划开展。")
    roll = marked(desk, group)
    told = sheets(desk, group)
    assert list(told) == ["小组计划书", "组员名单与同意", "出席总表", "前后测对比", "小组总结评估报告"]
    tables = [one for one in told["出席总表"].blocks if isinstance(one, Table)]
    assert [len(one.columns) for one in tables] == [11, 11, 12]
    cells = [cell for one in tables for row in one.rows[:-1] for cell in row[1:]]
    assert sum(cell in ("到", "迟") for cell in cells) == roll.came.came
    assert sum(int(n) for one in tables for n in one.rows[-1][1:11]) == roll.came.came
    assert tables[-1].rows[-1][-1] == roll.came.words
    (chart,) = (one for one in told["前后测对比"].blocks if isinstance(one, BarChart))
    assert [(bar.hollow, bar.solid) for bar in chart.bars] == [(s.before, s.after) for s in roll.seats]
    assert f"{roll.came.came}人次" in list(texts(told["小组总结评估报告"].blocks))
    assert papers_record.print_record(desk, group, "group").startswith(b"%PDF")


def test_the_list_that_all_sign_tells_no_phone_score_or_category(desk: Desk) -> None:
    secret = {"phone": PHONE, "category": "left_behind_child", "note": "家里有矛盾", "score_before": 77}
    group = make_group(desk, 2, 1, {0: secret})
    told = "".join(texts(sheets(desk, group)["组员名单与同意"].blocks))
    assert "陈桂香" in told
    assert not any(word in told for word in (PHONE[-4:], "留守", "矛盾", "77"))
    assert "77" in "".join(texts(sheets(desk, group)["前后测对比"].blocks))  # control: it is on file


def test_a_session_tells_its_number_and_who_was_there(desk: Desk) -> None:
    group = make_group(desk, 3, 2, {2: {"joined_on": "2026-05-30"}})
    roll = groups.group_roll(desk, group)
    second = roll.sittings[1]
    groups.mark_attendance(desk, group, [Mark(second.id, roll.seats[0].id, "late")])
    form = forms.form(desk, second.id, "group_session")
    forms.save_form(desk, form, {"facts": "大家聊了老照片。"})
    (sheet,) = papers_record.record_paper(desk, second.id, "group_session").sheets
    words = list(texts(sheet))
    assert "第2节" in sheet.subtitle
    assert "大家聊了老照片。" in words
    (table,) = (one for one in sheet.blocks if isinstance(one, Table))
    assert table.rows == (("陈桂香", "迟到", "", "吴月娥", "", ""),)  # who joins later is not asked for
    assert table.note == "已记1人，到1人，出席率100%。"


def test_a_group_without_anything_prints_its_plan_and_an_empty_list(desk: Desk) -> None:
    group = make_group(desk, 0, 0)
    assert list(sheets(desk, group)) == ["小组计划书", "组员名单与同意"]


def test_the_ledger_of_groups_counts_what_the_roll_counts(desk: Desk) -> None:
    group = make_group(desk, 4, 6, goals="互助", cancelled=False)
    make_group(desk, 2, 2, name="没有办成的小组", cancelled=True)
    roll = marked(desk, group)
    sheet = ledgers.ledger_sheet(desk, Wanted("groups", "2026-04-01", "2026-06-30"))
    (row,) = sheet.rows
    told = dict(zip([head.words for head in sheet.heads], row, strict=True))
    assert told["组员（人）"] == 4
    assert told["本期（节）"] == 6
    assert told["出席（人次）"] == roll.came.came
