"""Families change; categories are counted; a phone number is told on asking; drafts know their family."""

from __future__ import annotations

import pytest

from sgz_desktop.actions import forms, members, people, rounds, visits
from sgz_desktop.actions.choices import form_choices
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import FormRefused
from sgz_desktop.actions.people import MemberInput, Registered
from sgz_desktop.errors import AppError


@pytest.fixture
def home(desk: Desk) -> Registered:
    return people.register_household(
        desk,
        {"village": "上溪村", "categories": "dibao"},
        [
            MemberInput("02", {"name": "梁甲菊", "phone": "13900000217", "categories": "disabled"}),
            MemberInput("20", {"name": "韦乙成"}),
        ],
    )


def names(desk: Desk, home: Registered) -> list[str]:
    return [one.name for one in people.person_page(desk, home.people[0]).household_people]


def test_people_join_as_one_edit_with_numbers_of_their_own(desk: Desk, home: Registered) -> None:
    joined = members.add_members(desk, home.household, [MemberInput("30", {"name": "韦乙兰"})])
    assert names(desk, home) == ["梁甲菊", "韦乙成", "韦乙兰"]
    assert forms.form(desk, joined.people[0], "person").values["number"] == "人A0003"


def test_somebody_on_file_joins_without_being_written_again(desk: Desk, home: Registered) -> None:
    other = people.register_household(desk, {"village": "石桥头村"}, [MemberInput("02", {"name": "罗丙根"})])
    joined = members.add_members(desk, home.household, [MemberInput("57", person=other.people[0])])
    assert joined.people == other.people
    assert names(desk, home) == ["梁甲菊", "韦乙成", "罗丙根"]


def test_a_member_who_cannot_be_so_keeps_all_out(desk: Desk, home: Registered) -> None:
    joining = [MemberInput("30", {"name": "韦乙兰"}), MemberInput("20", {"name": "韦乙宝", "born": "2199"})]
    with pytest.raises(FormRefused) as refused:
        members.add_members(desk, home.household, joining)
    assert [problem.field for problem in refused.value.problems] == ["people.1.born"]
    assert names(desk, home) == ["梁甲菊", "韦乙成"]


def test_somebody_leaves_and_the_membership_stays(desk: Desk, home: Registered) -> None:
    members.leave_household(desk, home.people[1], home.household, "2026-6-1", "到县城同住")
    assert names(desk, home) == ["梁甲菊"]
    rows = forms.form(desk, home.household, "household").rows["members"]
    assert [row.values.get("to_day") for row in rows] == [None, "2026-06-01"]
    with pytest.raises(AppError, match="现在不在这一户"):
        members.leave_household(desk, home.people[1], home.household, "")


def test_categories_are_those_of_the_person_and_of_the_family(desk: Desk, home: Registered) -> None:
    people.register_household(desk, {}, [MemberInput("02", {"name": "罗丙根", "categories": "dibao"})])
    assert members.count_categories(desk) == {"": 3, "dibao": 3, "disabled": 1}


def test_a_phone_number_is_told_and_logged(desk: Desk, home: Registered) -> None:
    assert members.reveal_phone(desk, home.people[0]) == "13900000217"
    assert members.reveal_phone(desk, home.people[1]) == ""
    desk.store.write(lambda session: None)
    query = "SELECT count(*) FROM access_log WHERE action = 'reveal_phone'"
    assert desk.read(lambda session: session.connection.execute(query).fetchone()[0]) == 2


def test_a_draft_of_something_new_belongs_to_its_family(desk: Desk, home: Registered) -> None:
    form = visits.new_visit(desk, person=home.people[0])
    key = forms.draft_key(form)
    assert key == f"new:{home.household}+{home.people[0]}"
    other = visits.new_visit(desk, person=home.people[1])
    assert forms.draft_key(other) != key
    forms.keep_draft(desk, "visit", key, {"typed": {"facts": "写到一半"}})
    found = forms.find_draft(desk, "visit", key)
    assert found is not None
    assert found.body == {"typed": {"facts": "写到一半"}}
    assert forms.find_draft(desk, "visit", "new:other") is None
    saved = forms.save_form(desk, form, {"facts": "写完了"})
    assert forms.find_draft(desk, "visit", key) is None
    assert forms.draft_key(forms.form(desk, saved.id, "visit")) == saved.id


def test_of_two_values_the_one_shown_can_be_settled_on(desk: Desk, home: Registered) -> None:
    seen = forms.form(desk, home.people[0], "person")
    for name in ("梁甲花", "梁甲华"):
        forms.save_form(desk, seen, {"name": name})
    torn = forms.form(desk, home.people[0], "person")
    assert set(torn.conflicts) == {"name"}
    forms.save_form(desk, torn, {"name": torn.values["name"]})
    settled = forms.form(desk, home.people[0], "person")
    assert (settled.conflicts, settled.values["name"]) == ({}, torn.values["name"])


def test_the_words_of_everybody_a_form_names(desk: Desk, home: Registered) -> None:
    options = form_choices(desk, forms.form(desk, home.household, "household"))
    assert dict(options["person"]) == dict(zip(home.people, ("梁甲菊", "韦乙成"), strict=True))


def test_months_with_visits_and_households_nobody_reached(desk: Desk, home: Registered) -> None:
    month = desk.today()[:7]
    assert [row.id for row in rounds.list_unvisited(desk, month).due] == [home.household]
    new = visits.new_visit(desk, person=home.people[0])
    forms.save_form(desk, new, {"met": False, "not_met_reason": "out"})
    assert visits.visit_months(desk) == [(month, 1, 1)]
    assert len(rounds.list_unvisited(desk, month).due) == 1
    forms.save_form(desk, visits.new_visit(desk, person=home.people[0]), {})
    assert visits.visit_months(desk) == [(month, 2, 1)]
    assert rounds.list_unvisited(desk, month).due == ()
