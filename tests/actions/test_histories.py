"""The history of a record in words: who, when, why, field by field, from what to what."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sgz_desktop.actions import forms, histories, people, visits
from sgz_desktop.actions.allowed import HEAD, WORKER
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import RowInput
from sgz_desktop.actions.histories import Changed, record_history
from sgz_desktop.actions.people import MemberInput, Registered
from sgz_desktop.store.store import Store
from tests.proofs.roles_station import desk_of


@pytest.fixture
def desk(make_store: Callable[..., Store]) -> Desk:
    """The desk of a worker who heads the station too."""
    return desk_of(make_store(), "李小禾", "w-1", WORKER, HEAD)


@pytest.fixture
def home(desk: Desk) -> Registered:
    members = [MemberInput("02", {"name": "梁甲菊", "phone": "13900000217", "sex": "2"})]
    return people.register_household(desk, {"village": "上溪村"}, members)


def save(desk: Desk, id: str, kind: str, reason: str = "", rows: object = None, **typed: object) -> None:
    forms.save_form(desk, forms.form(desk, id, kind), typed, rows, reason)  # type: ignore[arg-type]


def test_newest_first_with_old_and_new_in_words(desk: Desk, home: Registered) -> None:
    save(desk, home.people[0], "person", "本人来电更正", phone="13900000999", sex="1", nickname="")
    last, first = record_history(desk, home.people[0], "person")
    assert (last.worker, last.did, last.why) == ("李小禾", "修改", "本人来电更正")
    assert last.at_ms > first.at_ms
    assert set(last.changed) == {
        Changed("电话", "13900000217", "13900000999"),
        Changed("性别", "女", "男"),
    }
    assert first.did == "登记家庭"
    save(desk, home.people[0], "person", nickname="菊嫂")  # nothing stood there, but the record is not new
    assert record_history(desk, home.people[0], "person")[0].did == "修改"
    assert Changed("姓名", "", "梁甲菊") in first.changed


def test_a_group_tells_only_what_changed_in_it(desk: Desk, home: Registered) -> None:
    save(desk, home.people[0], "person", disability_grade="2", disability_kinds=["physical"])
    save(desk, home.people[0], "person", disability_grade="1")
    last = record_history(desk, home.people[0], "person")[0]
    assert [one.label for one in last.changed] == ["残疾等级"]


def test_records_named_are_told_by_name_and_rows_with_their_heading(desk: Desk, home: Registered) -> None:
    form = visits.new_visit(desk, person=home.people[0])
    rows = {"presences": [RowInput("", {"person": home.people[0]})]}
    id = forms.save_form(desk, form, {"facts": "在家"}, rows).id
    (step,) = record_history(desk, id, "visit")
    assert step.did == "新建"
    assert Changed("走访对象", "", "梁甲菊") in step.changed
    assert Changed("见到的人", "", "梁甲菊", "见到的人") in step.changed
    assert not any(one.label == "" or ("-" in one.after and len(one.after) == 36) for one in step.changed)


def test_deleting_and_bringing_back_is_told(desk: Desk, home: Registered) -> None:
    seen = forms.form(desk, home.people[0], "person").seen
    forms.delete_record(desk, home.people[0], "person", "重复建档", seen)
    last = record_history(desk, home.people[0], "person")[0]
    assert (last.did, last.why, last.changed) == (
        "删除",
        "重复建档",
        (Changed("这条记录", "在册", "已删除"),),
    )


def test_two_values_that_both_stand_are_marked(desk: Desk, home: Registered) -> None:
    form = forms.form(desk, home.people[0], "person")
    for phone in ("13900000999", "13900000888"):
        forms.save_form(desk, form, {"phone": phone})
    both = record_history(desk, home.people[0], "person")[:2]
    assert [one.contested for step in both for one in step.changed] == [True, True]
    assert [one.before for step in both for one in step.changed] == ["13900000217"] * 2
    save(desk, home.people[0], "person", phone="13900000999")
    assert not any(
        one.contested for step in record_history(desk, home.people[0], "person") for one in step.changed
    )


def test_what_was_erased_says_so_and_nothing_else(desk: Desk, home: Registered) -> None:
    save(desk, home.people[0], "person", phone="13900000999")
    forms.erase_values(desk, home.people[0], "person", ["phone"], "本人要求")
    told = [one for step in record_history(desk, home.people[0], "person") for one in step.changed]
    phones = [one for one in told if one.label == "电话"]
    assert [(one.before, one.after) for one in phones] == [("已清除", "已清除"), ("", "已清除")]


def test_nothing_is_known_of_what_never_arrived(desk: Desk) -> None:
    assert record_history(desk, "no-such-record", "person") == []
    assert record_history(desk, "no-such-record", "kind_of_tomorrow") == []


def test_a_merge_is_told_on_both(desk: Desk, home: Registered) -> None:
    from sgz_desktop.actions.merging import merge_people, merge_preview

    twin = people.register_household(desk, {}, [MemberInput("02", {"name": "梁甲橘"})]).people[0]
    merge_people(
        desk, home.people[0], twin, "同一人", ["name"], merge_preview(desk, home.people[0], twin).seen
    )
    for id in (home.people[0], twin):
        assert record_history(desk, id, "person")[0].did == "合并"
    labels = {one.label: one.after for one in record_history(desk, twin, "person")[0].changed}
    assert labels["并入"] == "梁甲橘"  # the name that was chosen
    assert histories.list_deleted(desk)[0].merged
