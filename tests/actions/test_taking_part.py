"""A person's page tells of groups, activities and goods too, each once; invented people."""

from __future__ import annotations

from sgz_desktop.actions import forms, groups, people
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.groups import Mark
from sgz_desktop.actions.taking_part import KINDS
from sgz_desktop.domain.fields import Wire
from tests.actions.group_station import make_group


def save(desk: Desk, kind: str, **values: Wire) -> str:
    return forms.save_form(desk, forms.new_form(desk, kind), values).id


def test_what_a_person_took_part_in_and_received_stands_on_their_page(desk: Desk) -> None:
    made = people.register_household(
        desk, {"village": "上溪村"}, [people.MemberInput(code, {"name": name}) for code, name in FAMILY]
    )
    who, other = made.people
    group = make_group(desk, 2, 3, {0: {"person": who, "name": None}})
    roll = groups.group_roll(desk, group)
    states = ("present", "absent", "late")
    marks = [Mark(one.id, roll.seats[0].id, state) for one, state in zip(roll.sittings, states, strict=True)]
    groups.mark_attendance(desk, group, marks)
    fair = save(desk, "activity", name="义诊", date="2026-05-02")
    off = save(desk, "activity", name="停办", date="2026-05-02", cancelled=True)
    for activity in (fair, fair, off):  # written down twice, it was one
        save(desk, "sign_in", activity=activity, person=who)
    rice = save(desk, "resource", what="大米", sort="goods", measure="袋", worth=100, basis="invoice")
    save(desk, "handout", resource=rice, person=who, quantity=2, date="2026-05-03")
    save(desk, "handout", resource=rice, household=made.household, quantity=1, date="2026-05-04")
    save(desk, "handout", resource=rice, person=other, quantity=9, date="2026-05-05")

    told = [(one.title, one.text, one.id) for one in people.person_page(desk, who).events]
    assert told == [
        ("领取物资", "大米1袋", rice),
        ("领取物资", "大米2袋", rice),
        ("活动签到", "义诊", fair),
        ("小组", "银龄互助小组，参加2节", group),
    ]
    assert {one.kind for one in people.person_page(desk, who).events} == KINDS
    theirs = [(one.title, one.text) for one in people.person_page(desk, other).events]
    assert theirs == [("领取物资", "大米9袋"), ("领取物资", "大米1袋")]


FAMILY = (("02", "测试甲"), ("10", "测试乙"))
