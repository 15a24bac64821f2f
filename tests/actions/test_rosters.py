"""Lists of people and of past visits are taken in from the tables stations keep. All people are invented."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sgz_desktop.actions import find, forms, histories, people, rosters, visits
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.merging import merge_people, merge_preview, unmerge_people
from sgz_desktop.actions.people import MemberInput
from sgz_desktop.actions.roster_plan import Line, Plan
from sgz_desktop.actions.roster_rows import RosterSheet, State
from sgz_desktop.domain import id_number
from sgz_desktop.domain.records.benefit import Benefit
from sgz_desktop.domain.records.visit import Visit
from sgz_desktop.domain.roster_fields import sort_of
from sgz_desktop.errors import AppError, Cancelled
from sgz_desktop.store import facts, log, read

HEADS = ["姓名", "身份证号", "户号", "与户主关系", "村", "电话"]


def number(born: str, order: int = 2) -> str:
    first = f"110105{born.replace('-', '')}{order:03d}"
    return first + id_number.check_character(first)


LIANG, WEI = number("1948-03-12"), number("1975-05-01", 7)
HOME = [
    ["梁甲菊", LIANG, "1", "户主", "上溪村", "13900000217"],
    ["韦乙成", WEI, "1", "子", "上溪村", None],
    ["罗丙根", number("1950-01-02", 3), "2", "户主", "石桥头村", None],
]


@pytest.fixture
def opened(desk: Desk) -> Callable[..., RosterSheet]:
    """opened(heads, rows) → the sheet as it is taken when read from a file."""

    def make(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> RosterSheet:
        cells = [["青禾镇名单"], [*heads], *rows]
        unread = RosterSheet("名单", False, cells, 0, (), rosters.Columns("people", ()))
        return rosters.roster_as(desk, unread, sort_of(cells))

    return make


def preview(desk: Desk, sheet: RosterSheet, *use_list: str) -> Plan:
    return rosters.preview_roster(desk, sheet, sheet.columns, use_list)


def take(desk: Desk, sheet: RosterSheet, *use_list: str) -> tuple[int, int, int, int]:
    told = rosters.import_roster(desk, sheet, sheet.columns, use_list)
    return told.new, told.changed, told.same, told.bad


def page(desk: Desk, name: str) -> people.PersonPage:
    return people.person_page(desk, find.find_people(desk, name)[0].id)


def words(plan: Plan, state: State) -> list[tuple[int, str]]:
    return [(line.number, "；".join(line.words)) for line in plan.lines if line.state is state]


def test_people_come_with_their_households_and_what_their_number_says(desk: Desk, opened: Any) -> None:
    sheet = opened(HEADS, HOME)
    before = desk.read(log.digest)
    assert preview(desk, sheet).count(State.NEW) == 3
    assert desk.read(log.digest) == before  # a preview writes nothing
    assert take(desk, sheet) == (3, 0, 0, 0)
    liang = page(desk, "梁甲菊")
    assert liang.form.values | {"number": ""} == {
        "number": "",
        "name": "梁甲菊",
        "id_number": LIANG,
        "born": "1948-03-12",
        "sex": "2",
        "phone": "13900000217",
        "filed_on": "2026-06-30",
    }
    assert [(one.name, one.relation) for one in liang.household_people] == [
        ("梁甲菊", "户主"),
        ("韦乙成", "儿子"),
    ]
    assert liang.household is not None
    assert liang.household.values["head"] == liang.line.id
    assert page(desk, "罗丙根").line.village == "石桥头村"
    assert take(desk, sheet) == (0, 0, 3, 0)


def test_the_mapping_is_kept_for_the_same_headings(desk: Desk, opened: Any) -> None:
    sheet = opened(["谁", "身份证号"], [["梁甲菊", LIANG]])
    assert sheet.columns.keys == ("", "person.id_number")
    settled = rosters.Columns("people", ("person.name", "person.id_number"), {"benefit.category": "tekun"})
    rosters.import_roster(desk, sheet, settled)
    again = opened(["谁", "身份证号"], [["韦乙成", WEI]])
    assert again.kept
    assert again.columns == settled
    assert not opened(["谁呀", "身份证号"], [["韦乙成", WEI]]).kept
    assert page(desk, "梁甲菊").line.tags == ("特困人员",)


def test_blanks_overwrite_nothing_and_what_differs_is_chosen_by_column(desk: Desk, opened: Any) -> None:
    take(desk, opened(HEADS, HOME))
    later = opened(
        HEADS,
        [
            ["梁甲菊", LIANG, "1", "户主", None, "13900000999"],
            ["韦乙成", WEI, "1", "子", None, "13911111111"],
        ],
    )
    plan = preview(desk, later)
    assert [(one.key, one.rows, one.examples) for one in plan.differences] == [
        ("person.phone", 1, [("梁甲菊", "13900000217", "13900000999")])
    ]
    assert words(plan, State.CHANGED) == [(4, "电话：13911111111")]
    assert preview(desk, later, "person.phone").count(State.CHANGED) == 2
    assert take(desk, later) == (0, 1, 1, 0)
    assert page(desk, "梁甲菊").line.phone == "13900000217"
    assert take(desk, later, "person.phone") == (0, 1, 1, 0)
    assert page(desk, "梁甲菊").line.phone == "13900000999"
    assert page(desk, "梁甲菊").line.village == "上溪村"


def test_several_who_fit_are_never_guessed_between(desk: Desk, opened: Any) -> None:
    for _ in range(2):
        member = MemberInput("02", {"name": "梁甲菊"})
        people.register_household(desk, {"village": "上溪村"}, [member])
    plan = preview(desk, opened(["姓名", "村"], [["梁甲菊", "上溪村"], ["梁甲菊", "荷塘村"]]))
    assert words(plan, State.BAD) == [(3, "在册有2人都对得上，无法确定是哪一位，请补上身份证号。")]
    assert plan.count(State.NEW) == 1


def test_half_the_numbers_wrong_are_kept_and_marked(desk: Desk, opened: Any) -> None:
    rows = [[f"测{chr(0x4E00 + n)}", f"11010519480312{n:04d}"] for n in range(20)]
    valid = sum(id_number.is_valid(row[1]) for row in rows)
    sheet = opened(["姓名", "身份证号"], rows)
    told = rosters.import_roster(desk, sheet, sheet.columns)
    assert (told.new, told.bad, told.doubts) == (20, 0, 20 - valid)
    assert page(desk, "测一").form.marks or page(desk, "测丁").form.marks


def test_bad_rows_are_left_out_and_come_back_as_a_workbook(desk: Desk, opened: Any, tmp_path: Path) -> None:
    rows = [
        *HOME,
        ["赵己满", 3.50627e17, "3", "户主", "枫树湾村", None],
        [None, None, "3", None, "枫树湾村", "13900000001"],
        ["王庚英", number("1953-01-01"), "4", "户主", "大坪村", {"unread": True}],
        ["梁甲菊", LIANG, "1", "户主", "上溪村", "13900000217"],
        ["梁甲菊", LIANG, "1", "户主", "上溪村", "13999999999"],
        ["韦乙成", WEI, "1", "子", "荷塘村", None],
    ]
    sheet = opened(HEADS, rows)
    plan = preview(desk, sheet)
    assert words(plan, State.BAD) == [
        (6, "身份证号：数字太长，表格已丢了后几位，请改成文本重填。"),
        (7, "没有姓名，也没有身份证号，请补上。"),
        (8, "电话：公式没有结果，或单元格里是出错标记，请填上值。"),
        (10, "与第3行是同一人，电话不同。"),
        (11, "与第3行是同一户，村（居）不同。"),
    ]
    assert (plan.count(State.NEW), plan.count(State.SAME)) == (3, 1)
    assert take(desk, sheet) == (3, 0, 1, 5)
    out = tmp_path / "请改正.xlsx"
    assert rosters.save_problems(desk, out, sheet, plan) == 5
    again = rosters.read_roster(desk, out)[0]
    assert again.kept
    assert [head for head in again.heads if head] == [*HEADS, "问题"]
    assert again.columns.keys == (*sheet.columns.keys, "")
    back = preview(desk, again)
    assert [line.number for line in back.lines] == [3, 4, 5, 6, 7]
    assert back.lines[0].words == ("同一户的第4行有问题，改好后一起导入。",)  # its lost number is blank now
    assert [line.state for line in back.lines[2:4]] == [State.NEW, State.SAME]


def test_a_household_waits_for_the_row_that_is_put_right(desk: Desk, opened: Any) -> None:
    heads = ["姓名", "户号", "与户主关系", "出生日期"]
    rows = [["梁甲菊", "1", "户主", "2948-03-12"], ["韦乙成", "1", "子", None], ["罗丙根", "2", "户主", None]]
    sheet = opened(heads, rows)
    plan = preview(desk, sheet)
    assert [number for number, _ in words(plan, State.BAD)] == [3, 4]
    assert words(plan, State.BAD)[1] == (4, "同一户的第3行有问题，改好后一起导入。")
    assert take(desk, sheet) == (1, 0, 0, 2)
    rows[0][3] = "1948-03-12"
    assert take(desk, opened(heads, rows[:2])) == (2, 0, 0, 0)
    assert [one.name for one in page(desk, "韦乙成").household_people] == ["梁甲菊", "韦乙成"]


def test_nobody_without_a_name_is_filed(desk: Desk, opened: Any) -> None:
    """As when the column of names was not taken; somebody on file is found by the number alone."""
    take(desk, opened(HEADS, HOME[:1]))
    plan = preview(desk, opened(HEADS, [["", *row[1:]] for row in HOME[::2]]))
    assert [line.state for line in plan.lines] == [State.SAME, State.BAD]
    assert plan.lines[1].told == "在册没有这个身份证号，又没有姓名，请补上姓名。"
    assert (opened(["户主姓名", "家庭成员", "身份证号"], [["梁甲菊", "韦乙成", WEI]]).columns.keys) == (
        "row.head_name",
        "person.name",
        "person.id_number",
    )


def test_problems_of_a_row_follow_one_another_as_sentences() -> None:
    line = Line(3, "梁甲菊", State.BAD, ("电话：请填上值。", "姓名：请补上。"))
    assert line.told == "电话：请填上值。姓名：请补上。"
    assert replace(line, words=("村：甲→乙", "登记低保")).told == "村：甲→乙；登记低保"


def test_benefits_become_spells_and_ticks(desk: Desk, opened: Any) -> None:
    heads = ["姓名", "身份证号", "户号", "与户主关系", "类别", "月保障金额", "享受时间", "名单月份"]
    rows = [
        ["梁甲菊", LIANG, "1", "户主", "低保户", 412.5, "2019.7", "2026年6月"],
        ["韦乙成", WEI, "1", "子", "低保、残疾人", None, None, None],
        ["罗丙根", number("1950-01-02", 3), "2", "户主", "特困", 900, 43647, None],
        ["赵己满", None, "3", "户主", "低保（二类）", 100, None, None],
        ["王庚英", None, "4", "户主", "贫困得很", 100, None, None],
    ]
    sheet = opened(heads, rows)
    plan = preview(desk, sheet)
    assert [number for number, _ in words(plan, State.BAD)] == [7]
    assert take(desk, sheet) == (4, 0, 0, 1)
    found = desk.read(lambda session: read.select_where(session, Benefit))
    told = {(one.category, one.programme, one.amount, one.from_day, one.household is None) for one in found}
    assert told == {
        ("dibao", "dibao", 41250, "2019-07", False),
        ("disabled", None, None, None, True),
        ("tekun", "tekun", 90000, "2019-07-01", True),
        ("dibao", "dibao", 10000, None, False),
    }
    assert page(desk, "韦乙成").line.tags == ("残疾人", "低保家庭")
    assert page(desk, "罗丙根").line.tags == ("特困人员",)
    assert {one.source for one in found} == {"低保对象名单", "残疾人名单", "特困人员名单"}
    assert take(desk, sheet) == (0, 0, 3, 2)
    assert [told for number, told in words(preview(desk, sheet), State.BAD)] == [
        "只有姓名，又有同名的人，请补上身份证号、出生日期或村名。",
        "对象类别：没有这个类别，请改成特困人员、低保对象、低保边缘等。",
    ]


def test_merged_cells_stand_for_their_rows_only(desk: Desk, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["户主", "姓名", "村"],
        ["梁甲菊", "梁甲菊", "上溪村"],
        [None, "韦乙成", None],
        [None, "罗丙根", "荷塘村"],
    ):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    book.active.merge_cells("C2:C3")
    book.save(tmp_path / "a.xlsx")
    sheet = rosters.read_roster(desk, tmp_path / "a.xlsx")[0]
    assert take(desk, sheet) == (3, 0, 0, 0)
    assert [one.name for one in page(desk, "韦乙成").household_people] == ["梁甲菊", "韦乙成"]
    assert [one.name for one in page(desk, "罗丙根").household_people] == ["罗丙根"]


def test_somebody_on_file_in_another_household_is_asked_about(desk: Desk, opened: Any) -> None:
    take(desk, opened(HEADS, HOME))
    moved = opened(HEADS, [HOME[0], ["罗丙根", HOME[2][1], "1", "父", "上溪村", None]])
    assert words(preview(desk, moved), State.BAD) == [(4, "在册住在另一户，请先在本机登记搬离，或改正户主。")]


def test_past_visits_find_their_people(desk: Desk, opened: Any) -> None:
    take(desk, opened(HEADS, HOME))
    heads = ["走访日期", "走访对象", "村", "走访人", "走访情况", "是否见到"]
    rows = [
        ["2026.6.3", "梁甲菊", "上溪村", "甲社工", "药盒使用正常。", "是"],
        [46177, "梁甲菊", "上溪村", "甲社工", "赶集去了。", "否"],
        ["2026.6.3", "梁甲菊", "上溪村", "甲社工", "又写了一遍。", "是"],
        ["2026.6.5", "无此人", "上溪村", None, None, None],
        ["2026.6.5", "梁甲菊", None, None, None, None],
        [None, "梁甲菊", "上溪村", None, None, None],
        ["2027.1.1", "梁甲菊", "上溪村", None, None, None],
    ]
    sheet = opened(heads, rows)
    assert sheet.columns.sort == "visits"
    assert take(desk, sheet) == (2, 0, 1, 4)
    assert len(visits.list_visits(desk)) == 2
    seen = desk.read(lambda session: read.select_where(session, Visit))
    assert [(one.date, one.met, one.facts) for one in seen] == [
        ("2026-06-03", True, "药盒使用正常。"),
        ("2026-06-04", False, "赶集去了。"),
    ]
    assert "6月3日" in page(desk, "梁甲菊").line.last
    told = [str(one.id) for one in seen]  # nobody wrote them down late: they come from a file
    assert desk.read(lambda session: facts.entry_days(session, "visit", told)) == {}
    assert [step.did for step in histories.record_history(desk, told[0], "visit")] == ["导入"]
    assert take(desk, sheet) == (0, 0, 3, 4)


def test_nothing_is_written_when_it_is_stopped_or_goes_wrong(desk: Desk, opened: Any) -> None:
    sheet = opened(HEADS, HOME)
    before = desk.read(log.digest), desk.read(log.history_digest)

    def stop(done: int, _total: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        rosters.import_roster(desk, sheet, sheet.columns, (), stop)
    assert (desk.read(log.digest), desk.read(log.history_digest)) == before
    assert not opened(HEADS, HOME).kept
    nameless = rosters.Columns("people", ("",) * len(sheet.heads))
    with pytest.raises(AppError, match="姓名或身份证号"):
        rosters.import_roster(desk, sheet, nameless)


def test_a_preview_is_what_is_written_and_is_made_anew_when_the_file_moved_on(
    desk: Desk, opened: Any
) -> None:
    sheet = opened(HEADS, HOME)
    first = preview(desk, sheet)
    told = rosters.import_roster(desk, sheet, sheet.columns, plan=first)
    assert told.new == 3
    late = rosters.import_roster(desk, sheet, sheet.columns, plan=first)
    assert (late.new, late.same) == (0, 3)
    assert len(people.list_people(desk)) == 3


def test_a_row_about_a_merged_file_leads_to_the_one_kept(desk: Desk, opened: Any) -> None:
    take(desk, opened(["姓名", "身份证号", "村"], [["梁甲菊", LIANG, "上溪村"], ["梁菊", WEI, "荷塘村"]]))
    kept, other = (page(desk, name).line.id for name in ("梁甲菊", "梁菊"))
    merge_people(desk, kept, other, "同一个人", (), merge_preview(desk, kept, other).seen)
    plan = preview(desk, opened(["姓名", "身份证号"], [["梁菊", WEI], ["梁甲菊", LIANG]]))
    assert (plan.count(State.NEW), plan.count(State.BAD)) == (0, 1)
    assert words(plan, State.BAD) == [(4, "与第3行是同一人，姓名不同。")]
    unmerge_people(desk, other, "不是同一个人")
    again = preview(desk, opened(["姓名", "身份证号"], [["梁菊", WEI], ["梁甲菊", LIANG]]))
    assert (again.count(State.SAME), again.count(State.NEW)) == (2, 0)


def test_numbers_are_given_once_and_everything_can_be_undone_by_hand(desk: Desk, opened: Any) -> None:
    take(desk, opened(HEADS, HOME))
    numbers = {page(desk, name).form.values["number"] for name in ("梁甲菊", "韦乙成", "罗丙根")}
    assert len(numbers) == 3
    shown = forms.form(desk, page(desk, "韦乙成").line.id, "person")
    assert forms.save_form(desk, shown, {"phone": "13900000003"}).changes.conflicts == ()


CELL = st.one_of(st.none(), st.text(max_size=6), st.integers(), st.floats(allow_nan=False), st.booleans())
ROWS = st.lists(st.lists(CELL, max_size=7), max_size=6)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_any_table_is_planned_without_a_bug(desk: Desk, rows: list[list[Any]]) -> None:
    heads = ("姓名", "身份证号", "户号", "与户主关系", "村", "类别", "出生日期")
    keys = ("person.name", "person.id_number", "row.household", "membership.relation_to_head")
    keys += ("household.village", "benefit.category", "person.born")
    sheet = RosterSheet("", False, [heads, *rows], 0, heads, rosters.Columns("people", keys))
    plan = preview(desk, sheet)
    assert sum(plan.count(state) for state in State) == len(plan.lines)
    for line in plan.lines:
        assert line.state is not State.BAD or line.words
