"""Categories follow the benefit rows in the same edit; one is ended in one step, with its reason."""

from __future__ import annotations

import pytest

from sgz_desktop.actions import categories, category_ticks, forms, people
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import FormRefused, RowInput
from sgz_desktop.actions.people import MemberInput, Registered
from sgz_desktop.errors import AppError
from sgz_desktop.store import queries


@pytest.fixture
def home(desk: Desk) -> Registered:
    return people.register_household(desk, {"village": "上溪村"}, [MemberInput("02", {"name": "梁甲菊"})])


def save(desk: Desk, id: str, *rows: RowInput, kind: str = "person", **typed: object) -> forms.Saved:
    return forms.save_form(desk, forms.form(desk, id, kind), typed, {"benefits": list(rows)})


def ticks(desk: Desk, id: str, kind: str = "person") -> object:
    return forms.form(desk, id, kind).values.get("categories")


def edits(desk: Desk) -> int:
    return int(desk.read(lambda session: queries.table(session, "SELECT count(*) FROM edit"))[0][0])


def test_a_benefit_ticks_its_category_in_the_same_edit(desk: Desk, home: Registered) -> None:
    before = edits(desk)
    save(desk, home.people[0], RowInput("", {"programme": "tekun", "from_day": "2019-7", "amount": "1090"}))
    assert (ticks(desk, home.people[0]), edits(desk)) == ("tekun", before + 1)
    save(desk, home.household, RowInput("", {"category": "监测户"}), kind="household")
    assert ticks(desk, home.household, "household") == "monitored"
    assert forms.form(desk, home.household, "household").rows["benefits"][0].values["category"] == "monitored"


def test_an_ended_one_unticks_unless_another_goes_on(desk: Desk, home: Registered) -> None:
    id = home.people[0]
    save(
        desk,
        id,
        RowInput("", {"category": "disabled"}),
        RowInput("", {"programme": "dibao"}),
        categories="veteran",
    )
    assert ticks(desk, id) == "dibao,disabled,veteran"
    row = next(row for row in forms.form(desk, id, "person").rows["benefits"] if row.values.get("programme"))
    save(desk, id, RowInput(row.id, {"to_day": "2020-1-1"}))
    assert ticks(desk, id) == "disabled,veteran"
    save(desk, id, RowInput("", {"programme": "dibao", "from_day": "2021"}))
    assert ticks(desk, id) == "dibao,disabled,veteran"


def test_ticks_by_hand_against_the_rows_are_told(desk: Desk, home: Registered) -> None:
    id = home.people[0]
    save(desk, id, RowInput("", {"category": "disabled"}))
    saved = save(desk, id, categories="")
    assert ticks(desk, id) == "disabled"
    assert [mark.sentence for mark in saved.marks] == [category_ticks.STILL_OPEN]
    row = forms.form(desk, id, "person").rows["benefits"][0]
    save(desk, id, RowInput(row.id, {"to_day": "2020"}))
    saved = save(desk, id, categories="disabled,veteran")
    assert [mark.sentence for mark in saved.marks] == [category_ticks.ENDED]
    assert ticks(desk, id) == "veteran"


def test_a_new_person_with_rows_is_ticked_too(desk: Desk) -> None:
    form = forms.new_form(desk, "person", {"name": "罗乙根"})
    saved = forms.save_form(desk, form, {}, {"benefits": [RowInput("", {"category": "特困"})]})
    assert ticks(desk, saved.id) == "tekun"


def test_the_lines_tell_what_goes_on_and_what_has_ended(desk: Desk, home: Registered) -> None:
    id = home.people[0]
    rows = (
        RowInput("", {"programme": "old_age", "amount": "50", "source": "村委", "listed_on": "2025-6"}),
        RowInput("", {"category": "tekun", "programme": "tekun", "from_day": "2015", "to_day": "2018-2"}),
    )
    save(desk, id, *rows, categories="living_alone")
    save(desk, home.household, RowInput("", {"programme": "dibao", "number": "D-1"}), kind="household")
    save(desk, home.household, kind="household", categories="dibao,lifted")
    lines = categories.category_lines(desk, id)
    assert [(one.name, one.whose, one.now) for one in lines] == [
        ("独居老人", "本人", True),
        ("高龄津贴", "本人", True),
        ("最低生活保障", "家庭", True),
        ("脱贫户", "家庭", True),
        ("特困人员", "本人", False),
    ]
    assert (lines[1].amount, lines[1].source) == ("50元", "村委，2025年6月名单")
    assert (lines[4].since, lines[4].until) == ("2015年", "2018年2月")
    assert lines[2].number == "D-1"


def test_one_is_stopped_with_its_reason(desk: Desk, home: Registered) -> None:
    id = home.people[0]
    save(desk, id, RowInput("", {"programme": "tekun", "note": "甲镇转来"}))
    (line,) = categories.category_lines(desk, id)
    with pytest.raises(AppError, match="原因"):
        categories.stop_category(desk, id, "person", line.code, "2026-6-30", " ", line.benefit)
    with pytest.raises(AppError, match="已经不在"):
        categories.stop_category(desk, id, "person", line.code, "", "死亡", "nobody")
    categories.stop_category(desk, id, "person", line.code, "2020-6-30", "死亡", line.benefit)
    (line,) = categories.category_lines(desk, id)
    assert (line.now, line.until, line.note) == (False, "2020年6月30日", "甲镇转来；停止原因：死亡")
    assert ticks(desk, id) is None
    assert forms.history(desk, id, "person")[0].why == "死亡"


def test_what_was_only_ticked_is_stopped_too(desk: Desk, home: Registered) -> None:
    id = home.people[0]
    save(desk, id, categories="living_alone")
    (line,) = categories.category_lines(desk, id)
    assert line.benefit == ""
    with pytest.raises(FormRefused):
        categories.stop_category(desk, id, "person", line.code, "1月32日", "再婚")
    categories.stop_category(desk, id, "person", line.code, "2020-1-1", "再婚")
    assert ticks(desk, id) is None
    assert [one.now for one in categories.category_lines(desk, id)] == [False]


def test_a_benefit_that_has_ended_is_not_told_as_received(desk: Desk, home: Registered) -> None:
    rows = (
        RowInput("", {"programme": "old_age", "to_day": "2199"}),
        RowInput("", {"programme": "dibao", "to_day": "2020"}),
    )
    save(desk, home.people[0], *rows)
    assert [one.programme for one in people.person_page(desk, home.people[0]).benefits] == ["高龄津贴"]
