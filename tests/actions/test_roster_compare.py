"""名单比对: this month's list beside ours; accepted, queried or left. All people are invented."""

from __future__ import annotations

from typing import Any

import pytest

from sgz_desktop.actions import find, people, rosters, tasks
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.roster_compare import (
    Compared,
    Listing,
    compare_roster,
    settle_roster,
    step_key,
    words_of,
)
from sgz_desktop.actions.roster_rows import RosterSheet
from sgz_desktop.domain.records.benefit import Benefit
from sgz_desktop.domain.records.task import Task
from sgz_desktop.store import log, read

HEADS = ["户号", "姓名", "与户主关系", "村", "月保障金额"]
MAY = [
    ["1", "梁甲菊", "户主", "上溪村", 412],
    ["1", "韦乙成", "子", "上溪村", None],
    ["2", "罗丙根", "户主", "石桥头村", 300],
    ["3", "赵己满", "户主", "枫树湾村", 250],
]
JUNE = [
    ["1", "梁甲菊", "户主", "上溪村", 450],
    ["1", "韦丁香", "孙女", "上溪村", None],
    ["3", "赵己满", "户主", "枫树湾村", 250],
    ["4", "王庚英", "户主", "大坪村", 200],
]
DIBAO = Listing("dibao", "2026-06")


@pytest.fixture
def sheets(desk: Desk) -> dict[str, RosterSheet]:
    """May's list, taken in; and June's, only read."""
    found = {}
    for name, rows in (("may", MAY), ("june", JUNE)):
        unread = RosterSheet(name, False, [HEADS, *rows], 0, (), rosters.Columns("people", ()))
        found[name] = rosters.roster_as(desk, unread, "people")
    columns = rosters.Columns("people", found["may"].columns.keys, {"benefit.category": "dibao"})
    rosters.import_roster(desk, found["may"], columns)
    return found


def compared(desk: Desk, sheet: RosterSheet, listing: Listing = DIBAO) -> Compared:
    return compare_roster(desk, sheet, sheet.columns, listing)


def settle(desk: Desk, sheet: RosterSheet, accept: Any = (), query: Any = ()) -> tuple[int, int]:
    told = settle_roster(desk, sheet, sheet.columns, DIBAO, accept, query)
    return told.accepted, told.queried


def keys(told: Compared) -> dict[str, str]:
    return {step.name: step_key(step) for step in told.steps}


def test_a_list_beside_itself_tells_nothing(desk: Desk, sheets: dict[str, RosterSheet]) -> None:
    told = compared(desk, sheets["may"])
    assert (told.steps, told.same, told.ours, told.listed, told.bad) == ((), 3, 3, 3, ())


def test_added_gone_and_changed_by_name(desk: Desk, sheets: dict[str, RosterSheet]) -> None:
    before = desk.read(log.digest)
    told = compared(desk, sheets["june"])
    assert [(step.kind.value, step.name, words_of(step)) for step in told.steps] == [
        ("added", "王庚英", "每月200元"),
        ("gone", "罗丙根", "每月300元"),
        ("changed", "梁甲菊", "每月412元→450元；成员增加韦丁香；成员减少韦乙成"),
    ]
    assert told.new_people == {keys(told)["王庚英"]}
    assert desk.read(log.digest) == before


def test_accepting_everything_leaves_nothing_to_tell(desk: Desk, sheets: dict[str, RosterSheet]) -> None:
    told = compared(desk, sheets["june"])
    assert settle(desk, sheets["june"], keys(told).values()) == (3, 0)
    assert compared(desk, sheets["june"]).steps == ()
    found = {one.household: one for one in desk.read(lambda s: read.select_where(s, Benefit))}
    by_name = {
        name: found[people.person_page(desk, find.find_people(desk, name)[0].id).line.household]
        for name in ("梁甲菊", "罗丙根", "赵己满", "王庚英")
    }
    assert (by_name["梁甲菊"].amount, by_name["梁甲菊"].listed_on) == (45000, "2026-06")
    assert (by_name["罗丙根"].to_day, by_name["罗丙根"].source) == ("2026-05", "2026年6月低保对象名单")
    assert (by_name["赵己满"].amount, by_name["赵己满"].listed_on) == (25000, "2026-06")
    assert (by_name["王庚英"].source, by_name["王庚英"].listed_on) == ("2026年6月低保对象名单", "2026-06")
    luo = people.person_page(desk, find.find_people(desk, "罗丙根")[0].id)
    assert luo.line.tags == ()
    home = people.person_page(desk, find.find_people(desk, "梁甲菊")[0].id).household_people
    assert [one.name for one in home] == ["梁甲菊", "韦丁香"]


def test_each_is_accepted_queried_or_left(desk: Desk, sheets: dict[str, RosterSheet]) -> None:
    told = keys(compared(desk, sheets["june"]))
    assert settle(desk, sheets["june"], [told["王庚英"]], [told["罗丙根"]]) == (1, 1)
    assert set(keys(compared(desk, sheets["june"]))) == {"罗丙根", "梁甲菊"}
    (task,) = desk.read(lambda session: read.select_where(session, Task))
    assert task.what == "核对名单：罗丙根本机有，不在名单上（每月300元）"
    assert task.origin == f"roster:2026-06:dibao:{task.household}"
    assert (task.due_on, task.worker, task.note) == ("2026-07-07", desk.user, "2026年6月低保对象名单")
    assert settle(desk, sheets["june"], (), [told["罗丙根"]]) == (0, 1)
    assert len(tasks.list_tasks(desk)) == 1  # asked once for each list


def test_a_tick_without_a_spell_counts_as_ours(desk: Desk, sheets: dict[str, RosterSheet]) -> None:
    member = people.MemberInput("02", {"name": "蒙戊妹", "categories": "tekun"})
    people.register_household(desk, {"village": "东街社区"}, [member])
    nobody = RosterSheet("", False, [HEADS], 0, tuple(HEADS), sheets["may"].columns)
    tekun = Listing("tekun", "2026-06")
    told = compared(desk, nobody, tekun)
    assert [(step.kind.value, step.name) for step in told.steps] == [("gone", "蒙戊妹")]
    settle_roster(desk, nobody, nobody.columns, tekun, [step_key(step) for step in told.steps], ())
    assert compared(desk, nobody, tekun).steps == ()


def test_nobody_is_off_the_list_whose_row_could_not_be_read(
    desk: Desk, sheets: dict[str, RosterSheet]
) -> None:
    rows = [HEADS, *MAY[:2], ["2", "罗丙根", "户主", "石桥头村", {"unread": True}], MAY[3]]
    told = compared(desk, RosterSheet("", False, rows, 0, tuple(HEADS), sheets["may"].columns))
    assert (told.steps, [line.name for line in told.bad]) == ((), ["罗丙根"])


def test_rows_nobody_can_be_found_for_are_told(desk: Desk, sheets: dict[str, RosterSheet]) -> None:
    for _ in range(2):
        people.register_household(desk, {"village": "荷塘村"}, [people.MemberInput("02", {"name": "韦辛珍"})])
    rows = [HEADS, *JUNE, ["9", "韦辛珍", "户主", "荷塘村", 100]]
    sheet = RosterSheet("", False, rows, 0, tuple(HEADS), sheets["june"].columns)
    told = compared(desk, sheet)
    assert [(line.number, line.name) for line in told.bad] == [(6, "韦辛珍")]
