"""Forms through the gate: what is saved, marked, refused, in conflict, and never lost."""

from __future__ import annotations

import pytest

from sgz_desktop.actions import find, forms, people
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import FormRefused, RowInput
from sgz_desktop.domain.edits import Stamp
from sgz_desktop.errors import AppError
from sgz_desktop.store import read

HOSTILE = '<b>&amp;</b>\n"quote" =1+1 @SUM(A1) \\u0000 赵\U0002a6a5'


def save_person(desk: Desk, **typed: object) -> str:
    form = forms.new_form(desk, "person")
    forms.save_form(desk, form, {"name": "测试甲", **typed})
    return form.id


def test_what_people_type_is_tidied(desk: Desk) -> None:
    id = save_person(
        desk, monthly_income="３，５００元", born="1958年3月2日", phone="１３８００００００００", sex="女"
    )
    values = forms.form(desk, id, "person").values
    assert values["monthly_income"] == 350_000
    assert values["born"] == "1958-03-02"
    assert values["phone"] == "13800000000"
    assert values["sex"] == "2"


def test_a_wrong_check_digit_is_saved_and_marked(desk: Desk) -> None:
    form = forms.new_form(desk, "person")
    saved = forms.save_form(desk, form, {"name": "测试甲", "id_number": "110105194912310021"})
    assert [mark.field for mark in saved.marks] == ["id_number"]
    again = forms.form(desk, form.id, "person")
    assert again.values["id_number"] == "110105194912310021"
    assert [mark.field for mark in again.marks] == ["id_number"]


def test_a_right_check_digit_is_not_marked(desk: Desk) -> None:
    form = forms.new_form(desk, "person")
    assert forms.save_form(desk, form, {"id_number": "11010519491231002X"}).marks == ()


@pytest.mark.parametrize(
    ("kind", "typed", "field", "sentence"),
    [
        ("person", {"born": "2199-01-01"}, "born", "出生日期晚于今天，请核对。"),
        ("person", {"monthly_income": "三千多"}, "monthly_income", "金额请填数字，例如3500。"),
        ("visit", {"start_time": "10:00", "end_time": "9:00"}, None, "结束时间早于开始时间，请核对。"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    desk: Desk, kind: str, typed: dict[str, object], field: str | None, sentence: str
) -> None:
    home = people.register_household(desk, {}, []).household
    form = forms.new_form(desk, kind, {"household": home} if kind == "visit" else {})
    with pytest.raises(FormRefused) as refused:
        forms.save_form(desk, form, typed)
    assert sentence in [problem.sentence for problem in refused.value.problems]
    if field:
        assert [problem.field for problem in refused.value.problems] == [field]
    assert not desk.read(lambda session: read.exists(session, kind, form.id))


def test_hostile_and_long_text_comes_back_to_the_letter(desk: Desk) -> None:
    long = "长" * 20_000
    id = save_person(desk, name="赵\U0002a6a5", note=HOSTILE, illness=long)
    values = forms.form(desk, id, "person").values
    assert values["name"] == "赵\U0002a6a5"
    assert values["note"] == HOSTILE
    assert values["illness"] == long
    with pytest.raises(FormRefused, match="有几项需要改"):
        save_person(desk, illness=long + "长")


def test_only_what_was_altered_is_written(desk: Desk) -> None:
    id = save_person(desk, sex="女", note="一")
    form = forms.form(desk, id, "person")
    forms.save_form(desk, form, {"sex": "女", "note": "二"})
    events = forms.history(desk, id, "person")
    assert [event.cell for event in events if event.action == "save_form"].count("note") == 2
    assert [event.cell for event in events].count("sex") == 1


def test_a_save_over_a_newer_one_keeps_both_and_says_so(desk: Desk) -> None:
    id = save_person(desk, note="一")
    stale = forms.form(desk, id, "person")
    forms.save_form(desk, forms.form(desk, id, "person"), {"note": "二"})
    saved = forms.save_form(desk, stale, {"note": "三"})
    assert saved.changes.conflicts == (("person", id, "note"),)
    form = forms.form(desk, id, "person")
    assert {one.value for one in form.conflicts["note"]} == {"二", "三"}
    settled = forms.save_form(desk, form, {"note": "定为四"})
    assert settled.changes.conflicts == ()
    assert forms.form(desk, id, "person").conflicts == {}


def test_a_save_over_what_was_seen_is_no_conflict(desk: Desk) -> None:
    id = save_person(desk, note="一")
    saved = forms.save_form(desk, forms.form(desk, id, "person"), {"note": "二"})
    assert saved.changes.conflicts == ()


def test_rows_are_added_changed_and_taken_out_with_their_record(desk: Desk) -> None:
    id = save_person(desk)
    form = forms.form(desk, id, "person")
    rows = {
        "obligors": [
            RowInput("", {"who_name": "测试乙", "relation": "父亲"}),
            RowInput("", {"who_name": "丙"}),
        ]
    }
    forms.save_form(desk, form, {}, rows)
    form = forms.form(desk, id, "person")
    first, second = form.rows["obligors"]
    assert (first.values["relation"], first.values["person"]) == ("51", id)
    changed = {"obligors": [RowInput(first.id, {"note": "在外务工"}), RowInput(second.id, {}, gone=True)]}
    forms.save_form(desk, form, {}, changed)
    (left,) = forms.form(desk, id, "person").rows["obligors"]
    assert (left.id, left.values["note"], left.values["who_name"]) == (first.id, "在外务工", "测试乙")


def test_a_wrong_row_keeps_the_whole_form_open(desk: Desk) -> None:
    form = forms.new_form(desk, "household")
    rows = {"benefits": [RowInput("", {"amount": "很多"})]}
    with pytest.raises(FormRefused) as refused:
        forms.save_form(desk, form, {"village": "上溪村"}, rows)
    assert [problem.field for problem in refused.value.problems] == ["benefits.0.amount"]
    assert not desk.read(lambda session: read.exists(session, "household", form.id))


def test_a_deleted_record_leaves_the_lists_and_stays_in_the_history(desk: Desk) -> None:
    made = people.register_household(desk, {}, [people.MemberInput("02", {"name": "测试甲"})])
    form = forms.form(desk, made.people[0], "person")
    with pytest.raises(AppError, match="写明原因"):
        forms.delete_record(desk, form.id, "person", " ", form.seen)
    forms.delete_record(desk, form.id, "person", "重复登记", form.seen)
    assert people.list_people(desk) == []
    newest = forms.history(desk, form.id, "person")[0]
    assert (newest.cell, newest.value, newest.why) == ("deleted", True, "重复登记")


def test_erased_words_are_gone_from_the_record_and_its_history(desk: Desk) -> None:
    id = save_person(desk, note="不该留下的话")
    with pytest.raises(AppError, match="写明原因"):
        forms.erase_values(desk, id, "person", ["note"], "")
    forms.erase_values(desk, id, "person", ["note"], "本人要求")
    assert "note" not in forms.form(desk, id, "person").values
    notes = [event.value for event in forms.history(desk, id, "person") if event.cell == "note"]
    assert notes == [None]
    assert find.find(desk, "不该留下") == []


def test_a_draft_waits_for_its_worker_and_goes_with_the_save(desk: Desk) -> None:
    form = forms.new_form(desk, "person")
    forms.keep_draft(desk, "person", forms.draft_key(form), {"typed": {"name": "写了一半"}})
    (draft,) = forms.list_drafts(desk)
    assert (draft.form, draft.body) == ("person", {"typed": {"name": "写了一半"}})
    forms.save_form(desk, form, {"name": "写完了"})
    assert forms.list_drafts(desk) == []


def test_numbers_are_given_once(desk: Desk) -> None:
    numbers = [forms.form(desk, save_person(desk), "person").values["number"] for _ in range(3)]
    assert numbers == ["人A0001", "人A0002", "人A0003"]


def test_seen_names_the_edit_that_set_each_cell(desk: Desk) -> None:
    id = save_person(desk, note="一")
    seen = forms.form(desk, id, "person").seen
    assert seen["note"] == seen["name"]
    assert isinstance(seen["note"][0], Stamp)
