"""The list of people: its orders, as somebody walks and as an index has names; and as an Excel file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sgz_desktop.actions import people, visits
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import new_form, save_form
from sgz_desktop.actions.people import MemberInput
from sgz_desktop.actions.people_export import HEADS, PHONE, export_people
from sgz_desktop.errors import Cancelled
from sgz_desktop.store import people_list, queries, settings

PEOPLE = (  # village, group, house number, name, born
    ("上溪村", "十组", "2号", "赵甲", "1950"),
    ("上溪村", "三组", "12号", "覃乙", "1990-05-01"),
    ("上溪村", "三组", "2号", "万丙", None),
    ("竹林坳村", "一组", None, "安丁", "2016-01-01"),
    (None, None, None, "周戊", "1940"),
)


@pytest.fixture
def town(desk: Desk) -> dict[str, str]:
    """Households by the name of their only person."""
    made = {}
    for village, group, house, name, born in PEOPLE:
        typed = {"village": village, "village_group": group, "house_number": house}
        member = MemberInput("02", {"name": name, "born": born, "phone": "13900000217"})
        made[name] = people.register_household(desk, typed, [member]).household
    return made


def names(desk: Desk, order: str = "round", **narrow: str) -> str:
    rids = people.list_people(desk, order=order, **narrow)
    found = people.people_rows(desk, rids)
    return "".join(found[rid].name[-1] for rid in rids)


def test_a_round_goes_by_numbers_and_not_by_text(desk: Desk, town: Any) -> None:
    assert names(desk) == "丙乙甲丁戊"
    assert names(desk, village="上溪村") == "丙乙甲"
    desk.store.write(lambda session: settings.put(session, "village_order", ["竹林坳村", "上溪村"]))
    assert names(desk) == "丁丙乙甲戊"


def test_people_sort_by_name_as_an_index_has_them_and_by_age(desk: Desk, town: Any) -> None:
    assert names(desk, "name") == "丁乙丙甲戊"  # ān, qín, wàn, zhào, zhōu
    assert names(desk, "oldest") == "戊甲乙丁丙"  # whose age nobody knows comes last
    assert names(desk, "youngest") == "丁乙甲戊丙"
    assert names(desk, "no such order") == names(desk)


def test_who_was_not_seen_for_longest_comes_first(desk: Desk, town: dict[str, str]) -> None:
    for name, day in (("赵甲", "2026-06-01"), ("安丁", "2026-06-20")):
        save_form(desk, visits.new_visit(desk, household=town[name]), {"date": day, "met": True})
    assert names(desk, "unseen") == "乙丙戊甲丁"  # never before long ago
    assert names(desk, "seen")[:2] == "丁甲"


def test_every_order_lists_everybody_once(desk: Desk, town: dict[str, str]) -> None:
    second = new_form(desk, "household", {"village": "竹林坳村"})
    save_form(desk, second, {"village": "竹林坳村"})
    person = people.people_rows(desk, people.list_people(desk))
    one = next(iter(person.values()))
    save_form(desk, new_form(desk, "membership", {"household": second.id, "person": one.id}), {})
    everybody = set(person)
    for order in people_list.ORDERS:
        found = people.list_people(desk, order=order)
        assert len(found) == len(everybody)
        assert set(found) == everybody


def test_visits_by_village_go_as_the_round_does(desk: Desk, town: dict[str, str]) -> None:
    for day in ("2026-06-02", "2026-06-09"):
        for name in ("赵甲", "覃乙", "万丙"):
            save_form(desk, visits.new_visit(desk, household=town[name]), {"date": day, "met": True})
    rids = visits.list_visits(desk, "2026-06", "2026-06", order="village")
    found = desk.read(lambda session: queries.visits(session, rids))
    assert [(found[rid].name, (found[rid].date or "")[-2:]) for rid in rids] == [
        (name, day) for name in ("万丙", "覃乙", "赵甲") for day in ("09", "02")
    ]


def sheet(path: Path) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(path)["服务对象"].iter_rows(values_only=True))


def test_the_list_is_written_in_its_order_and_without_telephones(
    desk: Desk, town: dict[str, str], tmp_path: Path
) -> None:
    benefit = new_form(desk, "benefit", {"household": town["万丙"]})
    save_form(desk, benefit, {"household": town["万丙"], "programme": "tekun"})
    save_form(desk, visits.new_visit(desk, household=town["万丙"]), {"date": "2026-06-20", "met": True})
    path = tmp_path / "list.xlsx"
    rids = people.list_people(desk)
    assert export_people(desk, rids, path) == len(PEOPLE)
    rows = sheet(path)
    assert rows[0] == HEADS
    assert [row[1] for row in rows[2:]] == ["万丙", "覃乙", "赵甲", "安丁", "周戊"]
    assert rows[2][4:6] == ("上溪村", "三组")
    assert rows[2][8] == "2026-06-20"
    assert rows[2][7]
    assert rows[3][7] is None
    assert "13900000217" not in str(rows)
    assert reveals(desk) == 0


def test_telephones_leave_a_line(desk: Desk, town: Any, tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    export_people(desk, people.list_people(desk), path, phones=True)
    rows = sheet(path)
    assert rows[0] == (*HEADS, PHONE)
    assert {row[-1] for row in rows[2:]} == {"13900000217"}
    assert reveals(desk) == 1


def reveals(desk: Desk) -> int:
    desk.store.write(lambda session: None)
    query = "SELECT count(*) FROM access_log WHERE action = 'reveal_phone'"
    return int(desk.read(lambda session: queries.table(session, query))[0][0])


def test_who_changes_their_mind_leaves_no_file(desk: Desk, town: Any, tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise Cancelled

    path = tmp_path / "list.xlsx"
    with pytest.raises(Cancelled):
        export_people(desk, people.list_people(desk), path, False, stop)
    assert list(tmp_path.glob("*.xlsx*")) == []


def test_who_is_gone_meanwhile_is_left_out(desk: Desk, town: Any, tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    assert export_people(desk, [*people.list_people(desk), 999_999], path) == len(PEOPLE)
    assert export_people(desk, [], path) == 0
