"""A family on the page: told once and seen from both sides; doubts marked; households over the years."""

from __future__ import annotations

import pytest

from sgz_desktop.actions import cases, family, forms, members, people
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import FormRefused, RowInput
from sgz_desktop.actions.people import MemberInput, Registered
from sgz_desktop.domain import kin_doubts
from sgz_desktop.errors import AppError


@pytest.fixture
def home(desk: Desk) -> Registered:
    return people.register_household(
        desk,
        {"village": "上溪村"},
        [
            MemberInput("02", {"name": "陈甲田", "sex": "1", "born": "1962"}),
            MemberInput("12", {"name": "黄乙兰", "sex": "2", "born": "1964"}),
            MemberInput("30", {"name": "陈丙月", "sex": "2", "born": "1991"}),
        ],
    )


def kin(desk: Desk, person: str, *rows: dict[str, object]) -> forms.Saved:
    return forms.save_form(
        desk, forms.form(desk, person, "person"), {}, {"kin": [RowInput("", row) for row in rows]}
    )


def told(desk: Desk, person: str) -> dict[str, str]:
    return {one.name: one.relation for one in family.family_view(desk, person).kin}


def test_the_house_and_the_rows_are_seen_from_both_sides(desk: Desk, home: Registered) -> None:
    father, mother, daughter = home.people
    assert told(desk, daughter) == {"陈甲田": "父亲", "黄乙兰": "母亲"}
    other = people.register_household(desk, {}, [MemberInput("02", {"name": "林丁生", "sex": "1"})])
    kin(
        desk,
        daughter,
        {"relation": "11", "who": other.people[0], "bond": "divorced", "closeness": "conflict"},
    )
    assert told(desk, other.people[0])["陈丙月"] == "前妻"
    assert told(desk, other.people[0])["陈甲田"] == "岳父"
    assert told(desk, father)["林丁生"] == "女婿"
    kin(desk, mother, {"relation": "51", "who_name": "黄戊根", "who_sex": "1", "who_died_on": "1999"})
    view = family.family_view(desk, daughter)
    grandfather = next(one for one in view.kin if one.name == "黄戊根")
    assert (grandfather.relation, grandfather.id) == ("外祖父", "")
    assert grandfather.facts == ("已去世", "未建档", "推定")
    assert "外祖父黄戊根，男，1999年去世" in view.spoken
    assert len(view.drawing.symbols) == 5


def test_one_off_file_parent_of_two_is_one_person(desk: Desk) -> None:
    home = people.register_household(
        desk, {}, [MemberInput("02", {"name": "韦甲"}), MemberInput("73", {"name": "韦乙"})]
    )
    for one in home.people:
        kin(desk, one, {"relation": "52", "who_name": "韦丙妹"})
    view = family.family_view(desk, home.people[0])
    assert [symbol.label.name for symbol in view.drawing.symbols].count("韦丙妹") == 1


def test_circles_are_saved_marked_and_named(desk: Desk, home: Registered) -> None:
    father, _mother, daughter = home.people
    saved = kin(desk, father, {"relation": "52", "who": daughter})
    sentences = {mark.sentence for mark in saved.marks}
    assert {kin_doubts.CIRCLE, kin_doubts.YOUNGER} <= sentences
    form = forms.form(desk, daughter, "person")
    assert {mark.field for mark in form.marks} == {"kin"}
    assert kin_doubts.CIRCLE in {mark.sentence for mark in people.person_page(desk, daughter).marks}
    named = family.family_view(desk, father).doubts
    assert any({"陈甲田", "陈丙月"} == set(one.partition("：")[0].split("、")) for one in named)
    own = kin(desk, father, {"relation": "51", "who": father})
    assert kin_doubts.OWN in {mark.sentence for mark in own.marks}


def test_two_heads_are_marked_on_the_household(desk: Desk, home: Registered) -> None:
    rows = forms.form(desk, home.household, "household").rows["members"]
    change = {"members": [RowInput(rows[1].id, {"relation_to_head": "02"})]}
    saved = forms.save_form(desk, forms.form(desk, home.household, "household"), {}, change)
    assert [(mark.field, mark.sentence) for mark in saved.marks] == [("members", kin_doubts.TWO_HEADS)]
    assert kin_doubts.TWO_HEADS in {mark.sentence for mark in people.person_page(desk, home.people[0]).marks}


def test_somebody_moves_and_both_households_stay(desk: Desk, home: Registered) -> None:
    other = people.register_household(
        desk,
        {"village": "石桥头村"},
        [MemberInput("02", {"name": "罗己根"}), MemberInput("20", {"name": "罗庚"})],
    )
    daughter = home.people[2]
    family.move_household(desk, daughter, other.people[1], "2026-5-1", "38", home.household)
    page = people.person_page(desk, daughter)
    assert page.line.household == other.household
    stays = family.family_view(desk, daughter).stays
    assert [(one.words, one.relation, one.when, one.now) for one in stays] == [
        ("石桥头村·罗己根一户", "儿媳", "2026年5月1日起", True),
        ("上溪村·陈甲田一户", "女儿", "到2026年5月1日", False),
    ]
    assert told(desk, daughter)["陈甲田"] == "父亲"  # kin stay kin
    former = family.family_view(desk, home.people[0]).former
    assert former == "这一户以前的成员：陈丙月（2026年5月1日离开）。"
    members.leave_household(desk, daughter, other.household, "2026-6-1")
    assert [one.now for one in family.family_view(desk, daughter).stays] == [False, False]


def test_somebody_is_in_two_households_at_once(desk: Desk, home: Registered) -> None:
    other = people.register_household(desk, {"village": "石桥头村"}, [MemberInput("02", {"name": "罗己根"})])
    family.move_household(desk, home.people[1], other.people[0], "", "78")
    assert [one.now for one in family.family_view(desk, home.people[1]).stays] == [True, True]
    with pytest.raises(AppError, match="已在这一户"):
        family.move_household(desk, home.people[1], other.people[0], "")


def test_moving_to_nobody_or_on_a_day_that_cannot_be(desk: Desk, home: Registered) -> None:
    alone = forms.save_form(desk, forms.new_form(desk, "person"), {"name": "无户人"})
    with pytest.raises(AppError, match="还没有登记在哪一户"):
        family.move_household(desk, home.people[2], alone.id, "")
    other = people.register_household(desk, {}, [MemberInput("02", {"name": "罗己根"})])
    with pytest.raises(FormRefused):
        family.move_household(desk, home.people[2], other.people[0], "2199-1-1", leave=home.household)
    assert [one.now for one in family.family_view(desk, home.people[2]).stays] == [True]


def test_the_client_of_a_case_is_related_by_the_household(desk: Desk, home: Registered) -> None:
    rows = forms.form(desk, home.household, "household").rows["members"]
    forms.save_form(
        desk,
        forms.form(desk, home.household, "household"),
        {"head": None},
        {
            "members": [
                RowInput(row.id, {"relation_to_head": None, "relation_to_client": code})
                for row, code in zip(rows, ("51", "52", None), strict=True)
            ]
        },
    )
    assert told(desk, home.people[2]) == {}
    cases.open_case(desk, person=home.people[2])
    assert told(desk, home.people[2]) == {"陈甲田": "父亲", "黄乙兰": "母亲"}
