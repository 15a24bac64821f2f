"""Marks of a group's roll are kept whoever makes them, and what is doubtful of them is marked."""

from __future__ import annotations

import pytest

from sgz_desktop.actions import forms, groups
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.groups import Mark
from sgz_desktop.domain.attendance import Roll
from sgz_desktop.errors import AppError
from tests.actions.group_station import add_session, make_group


def cell(roll: Roll, sitting: int, seat: int, state: str, before: str = "") -> Mark:
    return Mark(roll.sittings[sitting].id, roll.seats[seat].id, state, before)


def test_marks_are_kept_changed_and_cleared(desk: Desk) -> None:
    group = make_group(desk, 3, 2)
    roll = groups.group_roll(desk, group)
    assert [one.date for one in roll.sittings] == ["2026-04-07", "2026-04-14"]
    groups.mark_attendance(desk, group, [cell(roll, 0, at, "present") for at in range(3)])
    changes = groups.mark_attendance(
        desk, group, [cell(roll, 0, 0, "late", "present"), cell(roll, 0, 1, "", "present")]
    )
    assert not changes.conflicts
    told = groups.group_roll(desk, group)
    marks = [told.states.get((roll.sittings[0].id, one.id), "") for one in roll.seats]
    assert marks == ["late", "", "present"]
    assert told.came.words == "100%"
    # the form of the session holds the same marks, one record each
    form = forms.form(desk, roll.sittings[0].id, "group_session")
    assert len(form.rows["attendances"]) == 3


def test_a_cell_marked_by_somebody_else_meanwhile_keeps_both(desk: Desk) -> None:
    group = make_group(desk, 1, 1)
    roll = groups.group_roll(desk, group)
    groups.mark_attendance(desk, group, [cell(roll, 0, 0, "present")])
    changes = groups.mark_attendance(desk, group, [cell(roll, 0, 0, "absent", "late")])
    assert changes.conflicts


def test_a_mark_of_another_group_is_refused_whole(desk: Desk) -> None:
    one, other = make_group(desk, 1, 1), make_group(desk, 1, 1)
    here, there = groups.group_roll(desk, one), groups.group_roll(desk, other)
    with pytest.raises(AppError):
        groups.mark_attendance(desk, one, [cell(here, 0, 0, "present"), cell(there, 0, 0, "present")])
    assert groups.group_roll(desk, one).states == {}


def test_a_session_before_its_group_is_kept_and_marked(desk: Desk) -> None:
    group = make_group(desk, 1, 0)
    early = add_session(desk, group, "2026-04-01")
    assert [one.sentence for one in early.marks] == ["本节早于小组开始日期，请核对。"]
    assert not add_session(desk, group, "2026-04-07").marks
    assert [one.field for one in forms.form(desk, group, "group").marks] == ["first_on"]


def test_a_mark_of_who_left_is_kept_and_told_on_the_session(desk: Desk) -> None:
    group = make_group(desk, 2, 2, {0: {"left_on": "2026-04-10"}})
    roll = groups.group_roll(desk, group)
    groups.mark_attendance(desk, group, [cell(roll, 1, at, "present") for at in (0, 1)])
    marks = forms.form(desk, roll.sittings[1].id, "group_session").marks
    assert [one.sentence for one in marks] == ["陈桂香4月10日已退出，请核对。"]


def test_a_score_above_the_scale_is_marked(desk: Desk) -> None:
    group = make_group(desk, 2, 0, {1: {"score_after": 95}})
    marks = forms.form(desk, group, "group").marks
    assert [one.sentence for one in marks] == ["吴月娥得分95高于满分80，请核对。"]


def test_a_child_who_consented_alone_is_told(desk: Desk) -> None:
    born = {"2013-05-02": "小满", "2012-01-01": "小寒", "": "小暑"}
    people = [
        forms.save_form(desk, forms.new_form(desk, "person"), {"name": name, "born": day}).id
        for day, name in born.items()
    ]
    consent = {"consent": "agreed", "consent_by": "self", "consented_on": "2026-05-01"}
    own = {place: {"person": person, **consent} for place, person in enumerate(people)}
    group = make_group(desk, 3, 0, own)
    marks = forms.form(desk, group, "group").marks
    assert [one.sentence for one in marks] == ["小满未满14岁，请补监护人的同意。"]
    own[0]["consent_by"] = None  # agreed, and nobody knows by whom
    assert forms.form(desk, make_group(desk, 3, 0, own), "group").marks == tuple(marks)
    own[0] |= {"consent_by": "both"}
    assert forms.form(desk, make_group(desk, 3, 0, own), "group").marks == ()


def test_a_room_used_twice_at_once_is_told(desk: Desk) -> None:
    room = forms.save_form(desk, forms.new_form(desk, "room"), {"name": "活动室"}).id

    def used(start: str, end: str, day: str = "2026-05-06") -> list[str]:
        typed = {"room": room, "date": day, "start_time": start, "end_time": end}
        return [one.sentence for one in forms.save_form(desk, forms.new_form(desk, "room_use"), typed).marks]

    assert used("9:00", "10:30") == used("10:30", "11:00") == used("9:30", "10:00", "2026-05-07") == []
    assert used("10:00", "10:40") == ["这个场地当天09:00至10:30、10:30至11:00已有使用，请核对。"]


def test_who_joined_twice_and_a_session_to_come_are_told(desk: Desk) -> None:
    group = make_group(desk, 3, 1, {2: {"name": "陈桂香"}})
    assert [one.sentence for one in forms.form(desk, group, "group").marks] == ["组员有重复：陈桂香。"]
    later = add_session(desk, group, "2099-01-05", facts="大家都来了。")
    assert [one.sentence for one in later.marks] == ["本节日期还没到，过程已经填了。"]
    roll = groups.group_roll(desk, group)
    groups.mark_attendance(desk, group, [cell(roll, at, 0, "present") for at in (0, 1)])
    told = groups.group_roll(desk, group)
    doubts = [told.doubt(one, told.seats[0]) for one in told.sittings]
    assert doubts == ["", "这一节的日期还没到，请核对。"]
