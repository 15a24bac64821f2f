"""What a peer sent stays as it is: it is marked, refuses no save beside it, and a row's two values settle."""

from __future__ import annotations

from typing import Any

import pytest

from sgz_desktop.actions import forms, people
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import FormRefused, RowInput
from sgz_desktop.domain.edits import Draft, seal
from sgz_desktop.domain.records.base import Refused, gate
from sgz_desktop.domain.records.visit import Visit
from sgz_desktop.store.apply import apply


def _sent(desk: Desk, kind: str, id: str, values: dict[str, Any], bases: Any = ()) -> None:
    """A peer's edit with these cells, over what stood when `bases` are given by cell."""
    station = desk.store.identity.store_id
    drafts = [Draft(kind, id, station, cell, v, dict(bases).get(cell, ())) for cell, v in values.items()]
    told = {"epoch": 1, "seq": 1, "clock": 2**62, "at_ms": 5, "who": "w", "action": "a", "why": ""}
    edit = seal(device="device-9", prev=bytes(32), drafts=drafts, **told)
    desk.store.write(lambda session: apply(session, [edit]))


@pytest.fixture
def visit(desk: Desk) -> str:
    home = people.register_household(desk, {}, []).household
    form = forms.new_form(desk, "visit", {"household": home})
    forms.save_form(desk, form, {"date": "2026-06-30", "start_time": "09:00", "facts": "都好"})
    return form.id


def test_a_bad_value_of_a_peer_is_marked_and_refuses_no_other_field(desk: Desk, visit: str) -> None:
    seen = forms.form(desk, visit, "visit").seen
    _sent(desk, "visit", visit, {"service_time": {"date": "2026-13-45", "start_time": "25:99"}}, seen)
    form = forms.form(desk, visit, "visit")
    assert {"date", "start_time"} <= {mark.field for mark in form.marks}
    saved = forms.save_form(desk, form, {"needs": "想要轮椅"})
    assert {"date", "start_time"} <= {mark.field for mark in saved.marks}
    after = forms.form(desk, visit, "visit").values
    assert (after["needs"], after["date"]) == ("想要轮椅", "2026-13-45")


def test_the_same_bad_value_typed_is_refused(desk: Desk, visit: str) -> None:
    with pytest.raises(FormRefused):
        forms.save_form(desk, forms.form(desk, visit, "visit"), {"start_time": "25:99"})


def test_a_rule_broken_before_refuses_only_who_touches_it(desk: Desk, visit: str) -> None:
    seen = forms.form(desk, visit, "visit").seen
    times = {"date": "2026-06-30", "start_time": "09:00", "end_time": "08:00"}
    _sent(desk, "visit", visit, {"service_time": times}, seen)
    form = forms.form(desk, visit, "visit")
    forms.save_form(desk, form, {"needs": "想要轮椅"})
    with pytest.raises(FormRefused, match="早于开始时间"):
        forms.save_form(desk, form, {"end_time": "08:30"})
    forms.save_form(desk, form, {"end_time": "9:30"})
    with pytest.raises(FormRefused, match="早于开始时间"):
        forms.save_form(desk, forms.form(desk, visit, "visit"), {"start_time": "10:00"})


def test_control_a_file_without_standing_values_passes_the_whole_gate() -> None:
    with pytest.raises(Refused):
        gate(Visit, {"date": "2026-13-45", "needs": "甲"}, "2026-06-30")


def _plan(desk: Desk) -> tuple[str, str]:
    form = forms.new_form(desk, "plan", {"case": "c-1"})
    forms.save_form(desk, form, {}, {"goals": [RowInput("", {"description": "能下床"})]})
    (row,) = forms.form(desk, form.id, "plan").rows["goals"]
    return form.id, row.id


def test_a_bad_value_in_a_row_refuses_no_other_field_of_it(desk: Desk) -> None:
    plan, goal = _plan(desk)
    _sent(desk, "goal", goal, {"due_on": "2026-13-45"})
    form = forms.form(desk, plan, "plan")
    forms.save_form(desk, form, {}, {"goals": [RowInput(goal, {"measure": "每天十步"})]})
    (row,) = forms.form(desk, plan, "plan").rows["goals"]
    assert (row.values["measure"], row.values["due_on"]) == ("每天十步", "2026-13-45")


@pytest.mark.parametrize("chosen", ["shown", "other", "empty"])
def test_two_values_of_a_row_are_shown_and_settled(desk: Desk, chosen: str) -> None:
    plan, goal = _plan(desk)
    _sent(desk, "goal", goal, {"description": "能出门"})
    form = forms.form(desk, plan, "plan")
    (row,) = form.rows["goals"]
    assert [one.value for one in row.conflicts["description"]] == ["能出门", "能下床"]
    typed = {"shown": "能出门", "other": "能下床", "empty": ""}[chosen]
    forms.save_form(desk, form, {}, {"goals": [RowInput(goal, {"description": typed})]})
    (row,) = forms.form(desk, plan, "plan").rows["goals"]
    assert (row.conflicts, row.values.get("description", "")) == ({}, typed)
