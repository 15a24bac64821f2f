"""What was just done is taken back, what was deleted is brought back; what others did since stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sgz_desktop.actions import cases, forms, histories, people, undoing, visits
from sgz_desktop.actions.allowed import HEAD, WORKER
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import RowInput, Saved
from sgz_desktop.actions.people import MemberInput, Registered
from sgz_desktop.actions.undoing import undo_edit
from sgz_desktop.domain.actor import Actor
from sgz_desktop.domain.edits import Changes, Stamp
from sgz_desktop.errors import AppError
from sgz_desktop.store import log
from sgz_desktop.store.store import Store
from sgz_desktop.store.write import Write
from tests.proofs.roles_station import desk_of


@pytest.fixture
def desk(make_store: Callable[..., Store]) -> Desk:
    """The desk of a worker who heads the station too."""
    return desk_of(make_store(), "李小禾", "w-1", WORKER, HEAD)


@pytest.fixture
def home(desk: Desk) -> Registered:
    members = [MemberInput("02", {"name": "梁甲菊", "phone": "13900000217", "disability_grade": "2"})]
    return people.register_household(desk, {"village": "上溪村"}, members)


def digest(desk: Desk) -> str:
    return desk.read(log.digest)


def edit(changes: Changes) -> Stamp:
    assert changes.edit is not None
    return changes.edit


def save(desk: Desk, id: str, kind: str = "person", **typed: Any) -> Saved:
    return forms.save_form(desk, forms.form(desk, id, kind), typed)


def visit(desk: Desk, home: Registered) -> Saved:
    form = visits.new_visit(desk, person=home.people[0])
    return forms.save_form(
        desk, form, {"facts": "在家"}, {"presences": [RowInput("", {"person": home.people[0]})]}
    )


def test_a_save_is_taken_back_to_the_letter(desk: Desk, home: Registered) -> None:
    before = digest(desk)
    saved = save(desk, home.people[0], phone="", born="1950", disability_grade="1", nickname="菊嫂")
    assert digest(desk) != before
    assert undo_edit(desk, edit(saved.changes)).stayed == ()
    assert digest(desk) == before


def test_a_new_record_is_taken_back_by_deleting_it_and_its_rows(desk: Desk, home: Registered) -> None:
    saved = visit(desk, home)
    undo_edit(desk, edit(saved.changes))
    assert visits.list_visits(desk) == []
    assert forms.form(desk, saved.id, "visit").rows["presences"] == ()
    gone = [(one.kind, one.title, one.about) for one in histories.list_deleted(desk)]
    assert ("visit", "走访", "梁甲菊·今天") in gone


def test_a_household_just_registered_is_taken_back(desk: Desk, home: Registered) -> None:
    undo_edit(desk, edit(home.saved.changes))
    assert people.list_people(desk) == []
    again = people.register_household(desk, {}, [MemberInput("02", {"name": "梁甲菊"})])
    assert forms.form(desk, again.people[0], "person").values["number"] == "人A0002"  # never given twice


def test_a_deletion_is_taken_back(desk: Desk, home: Registered) -> None:
    saved = visit(desk, home)
    before = digest(desk)
    form = forms.form(desk, saved.id, "visit")
    changes = forms.delete_record(desk, saved.id, "visit", "重复", form.seen)
    undo_edit(desk, edit(changes))
    assert digest(desk) == before
    assert len(visits.list_visits(desk)) == 1


def test_undo_itself_can_be_taken_back(desk: Desk, home: Registered) -> None:
    saved = save(desk, home.people[0], phone="13900000999")
    after = digest(desk)
    undone = undo_edit(desk, edit(saved.changes))
    undo_edit(desk, edit(undone.changes))
    assert digest(desk) == after


def test_what_somebody_changed_since_stays_and_is_said(desk: Desk, home: Registered) -> None:
    saved = save(desk, home.people[0], phone="13900000999", nickname="菊嫂")
    save(desk, home.people[0], phone="13900000888")
    undone = undo_edit(desk, edit(saved.changes))
    assert undone.stayed == ("服务对象的电话",)
    values = forms.form(desk, home.people[0], "person").values
    assert values["phone"] == "13900000888"
    assert "nickname" not in values


def test_a_new_record_others_have_written_on_stays_whole(desk: Desk, home: Registered) -> None:
    saved = visit(desk, home)
    save(desk, saved.id, "visit", handling="已转告村委会")
    undone = undo_edit(desk, edit(saved.changes))
    assert "走访" in "".join(undone.stayed)
    assert len(visits.list_visits(desk)) == 1


def test_nothing_is_taken_back_when_all_of_it_changed(desk: Desk, home: Registered) -> None:
    saved = save(desk, home.people[0], phone="13900000999")
    save(desk, home.people[0], phone="13900000888")
    before = digest(desk)
    with pytest.raises(AppError, match="没有可以撤销的"):
        undo_edit(desk, edit(saved.changes))
    assert digest(desk) == before


def test_a_conflict_is_left_to_people(desk: Desk, home: Registered) -> None:
    form = forms.form(desk, home.people[0], "person")
    saved = forms.save_form(desk, form, {"phone": "13900000999"})
    forms.save_form(desk, form, {"phone": "13900000888"})  # seen before the first was written: both stand
    with pytest.raises(AppError, match="没有可以撤销的"):
        undo_edit(desk, edit(saved.changes))
    assert len(forms.form(desk, home.people[0], "person").conflicts["phone"]) == 2


def test_only_ones_own_work_is_taken_back(desk: Desk, home: Registered) -> None:
    saved = save(desk, home.people[0], phone="13900000999")
    other = replace(desk, actor=Actor("w-2", frozenset({"social_worker"})), user="王守望")
    before = digest(desk)
    for wrong in (
        edit(saved.changes),
        Stamp("no-such-device", 1),
        Stamp(desk.device.id, 99_999),
        Stamp(desk.device.id, 1),
    ):
        with pytest.raises(AppError, match="只能撤销自己"):
            undo_edit(other, wrong)
    with pytest.raises(AppError, match="只能撤销自己"):  # how a device introduced itself is not taken back
        undo_edit(desk, Stamp(desk.device.id, 1))
    assert digest(desk) == before


def test_a_case_just_opened_is_taken_back(desk: Desk, home: Registered) -> None:
    cases.open_case(desk, person=home.people[0])
    last = desk.read(lambda session: log.top(session, desk.device.id))
    assert last
    undo_edit(desk, last[0])
    assert cases.case_lines(desk) == []


def test_what_was_deleted_is_listed_and_brought_back(desk: Desk, home: Registered) -> None:
    saved = visit(desk, home)
    form = forms.form(desk, saved.id, "visit")
    forms.delete_record(desk, saved.id, "visit", "重复记录", form.seen)
    (line,) = histories.list_deleted(desk)
    assert (line.kind, line.id, line.title, line.worker, line.why) == (
        "visit",
        saved.id,
        "走访",
        "李小禾",
        "重复记录",
    )
    assert line.about == "梁甲菊·今天"
    with pytest.raises(AppError, match="为什么恢复"):
        undoing.restore_record(desk, saved.id, "visit", "")
    undoing.restore_record(desk, saved.id, "visit", "删错了")
    assert histories.list_deleted(desk) == []
    assert len(visits.list_visits(desk)) == 1
    assert histories.record_history(desk, saved.id, "visit")[0].why == "删错了"
    for kind in ("visit", "unheard_of"):
        with pytest.raises(AppError, match="没有被删除"):
            undoing.restore_record(desk, saved.id, kind, "再来")


FIELDS = ("name", "phone", "born", "disability_grade", "disability_kinds", "note")
VALUES = st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(["甲", "乙", None]), min_size=1)


@given(first=VALUES, second=VALUES)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_was_written_is_taken_back(
    desk: Desk, first: dict[str, Any], second: dict[str, Any]
) -> None:
    id, saving = desk.ids(), desk.doing("save_form")
    start = {"number": "1", **{name: value for name, value in first.items() if value}}
    desk.write(lambda session: saving.record(session, "", [Write("person", id, start)]))
    before, form = digest(desk), forms.form(desk, id, "person")

    def write(session: Any) -> Changes:
        saving.record(session, "", [Write("person", id, second, form.seen)])
        return session.changes()

    changes = desk.write(write)
    if changes.edit:
        undo_edit(desk, changes.edit)
    assert digest(desk) == before
