"""A family on screen: the genogram by keyboard, who is what, moving house, ending a category, id numbers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from sgz_desktop.actions import categories, family, forms
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import RowInput
from sgz_desktop.actions.people import Registered
from sgz_desktop.domain import kin_doubts
from sgz_desktop.domain.id_number import check_character
from sgz_desktop.gui import id_fills
from sgz_desktop.gui.dialogs.move_dialog import MoveDialog
from sgz_desktop.gui.dialogs.stop_dialog import StopDialog
from sgz_desktop.gui.pages.genogram_card import GenogramPage
from sgz_desktop.gui.pages.member_blocks import MemberBlock
from sgz_desktop.gui.pages.people import PeoplePage, people_page
from sgz_desktop.gui.record_page import RecordPage
from sgz_desktop.gui.widgets.genogram_view import GenogramView
from tests.gui.desks import open_desk, person, register, settle

NUMBER = "35062719620501001" + check_character("35062719620501001")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as made:
        yield made


@pytest.fixture
def home(desk: Desk) -> Registered:
    made = register(
        desk,
        person("陈甲田", "02", sex="1", born="1962"),
        person("黄乙兰", "12", sex="2", born="1964", died_on="2018"),
        person("陈丙月", "30", sex="2", born="1991"),
    )
    form = forms.form(desk, made.people[2], "person")
    rows = [
        RowInput("", {"relation": "20", "who_name": "陆小满", "who_born": "2015", "closeness": "conflict"})
    ]
    forms.save_form(desk, form, {}, {"kin": rows})
    return made


@pytest.fixture
def page(desk: Desk, home: Registered) -> PeoplePage:
    made = people_page(desk)
    assert isinstance(made, PeoplePage)
    made.resize(1134, 690)
    made.show()
    made.activate(home.people[2])
    settle()
    return made


def key(view: GenogramView, pressed: Qt.Key) -> str:
    QTest.keyClick(view.sheet, pressed)
    settle()
    return view.sheet.accessibleName()


def button(within: QWidget, words: str) -> QPushButton:
    return next(b for b in within.findChildren(QPushButton) if b.text().strip("\u2009") == words)


def test_the_keyboard_goes_from_person_to_person_and_opens_one(page: PeoplePage, home: Registered) -> None:
    view = page.view.genogram.view
    view.sheet.setFocus()
    assert "陈丙月" in view.sheet.accessibleName()
    assert "父亲陈甲田，男" in view.sheet.accessibleDescription()
    assert "子陆小满" in key(view, Qt.Key.Key_Down)
    opened: list[str] = []
    page.view.genogram.opened.connect(opened.append)
    key(view, Qt.Key.Key_Return)
    assert opened == []  # not on file: nothing to open
    key(view, Qt.Key.Key_Up)
    key(view, Qt.Key.Key_Up)
    assert "陈甲田" in key(view, Qt.Key.Key_Left)
    key(view, Qt.Key.Key_Return)
    assert opened == [home.people[0]]
    assert page.view.page is not None
    assert page.view.page.line.name == "陈甲田"


def test_the_relatives_are_rows_that_open(page: PeoplePage, home: Registered) -> None:
    rows = page.view.kin.rows.rows
    assert [(one.name, one.relation) for one in rows] == [
        ("陈甲田", "父亲"),
        ("黄乙兰", "母亲"),
        ("陆小满", "儿子"),
    ]
    page.view.kin.rows.opened.emit(0)
    settle()
    assert [one.relation for one in page.view.kin.rows.rows][:2] == ["妻", "女儿"]


def test_it_is_seen_large_zoomed_and_left_again(page: PeoplePage) -> None:
    page._do("genogram")
    settle()
    large = page.stack.over
    assert isinstance(large, GenogramPage)
    assert large.card.view.sheet.hasFocus()
    before = large.card.view.sheet.width()
    button(large, "放大").click()
    assert large.card.view.sheet.width() > before
    button(large, "缩小").click()
    button(large, "缩小").click()
    assert large.card.view.sheet.width() == before
    large.closed.emit()
    assert page.stack.over is None


def test_somebody_moves_house_by_keyboard(page: PeoplePage, desk: Desk, home: Registered) -> None:
    register(desk, person("罗己根", "02"), village="石桥头村")
    page._do("move")
    dialog = page.window().findChildren(MoveDialog)[-1]
    dialog.save.click()
    assert dialog.to.state == "error"
    QTest.keyClicks(dialog.whose, "luo")
    QTest.qWait(200)
    settle()
    QTest.keyClick(dialog.whose, Qt.Key.Key_Return)
    dialog.relation.put("38")
    dialog.day.put("2026-5-1")
    dialog.save.click()
    settle()
    stays = family.family_view(desk, home.people[2]).stays
    assert [(one.now, one.relation) for one in stays] == [(True, "儿媳"), (False, "女儿")]
    assert [row.now for row in page.view.stays.rows.rows] == [True, False]
    assert page.view.stays.isVisibleTo(page)


def test_a_category_is_ended_with_a_day_and_a_reason(page: PeoplePage, desk: Desk, home: Registered) -> None:
    id = home.people[2]
    rows = [RowInput("", {"programme": "tekun", "from_day": "2019-7", "amount": "1090"})]
    forms.save_form(desk, forms.form(desk, id, "person"), {}, {"benefits": rows})
    page.show_person(id)
    settle()
    card = page.view.benefits
    assert [row.name for row in card.rows.rows] == ["特困人员救助供养"]
    card.rows.opened.emit(0)
    dialog = page.window().findChildren(StopDialog)[-1]
    dialog.save.click()
    assert dialog.why.state == "error"
    dialog.reason.setText("家庭收入超标")
    dialog.day.put("2026-6-1")
    dialog.save.click()
    settle()
    (line,) = categories.category_lines(desk, id)
    assert (line.now, line.until) == (False, "2026年6月1日")
    assert card.rows.rows == ()
    assert card.before.isHidden()
    assert card.fold.text() == "以前1项"
    card.fold.click()
    assert not card.before.isHidden()


def opened(page: PeoplePage, kind: str, id: str) -> RecordPage:
    page.forms.edit_record(kind, id, "")
    settle()
    made = page.stack.over
    assert isinstance(made, RecordPage)
    assert made.form is not None
    return made


def test_doubts_about_relatives_stand_at_their_rows(page: PeoplePage, desk: Desk, home: Registered) -> None:
    rows = [RowInput("", {"relation": "52", "who": home.people[2]})]
    forms.save_form(desk, forms.form(desk, home.people[0], "person"), {}, {"kin": rows})
    form = opened(page, "person", home.people[2]).form
    assert form is not None
    form.body.build_all()
    assert kin_doubts.CIRCLE in form.body.rows["kin"].doubt.text()
    page.stack.take()
    page.show_person(home.people[2])
    settle()
    assert "陈甲田" in page.view.genogram.doubts.text()


def test_an_id_number_fills_what_is_empty_while_it_is_typed(
    page: PeoplePage, desk: Desk, home: Registered
) -> None:
    alone = forms.save_form(desk, forms.new_form(desk, "person"), {"name": "林丁"})
    form = opened(page, "person", alone.id).form
    assert form is not None
    boxes = form.body.boxes
    QTest.keyClicks(boxes["id_number"].control, NUMBER[:-1])
    assert not boxes["born"].filled
    QTest.keyClicks(boxes["id_number"].control, NUMBER[-1])
    boxes = form.body.all_boxes()
    assert (boxes["sex"].typed(), boxes["born"].typed()) == ("1", "1962-05-01")
    assert boxes["hukou_address"].typed() == "福建省漳州市南靖县"
    assert boxes["born"].message() == id_fills.FILLED
    form.save()
    settle()
    kept = forms.form(desk, alone.id, "person").values
    assert (kept["sex"], kept["born"], kept["hukou_address"]) == ("1", "1962-05-01", "福建省漳州市南靖县")


def test_an_id_number_marks_what_differs_and_leaves_it(page: PeoplePage, home: Registered) -> None:
    form = opened(page, "person", home.people[2]).form  # a woman born 1991
    assert form is not None
    boxes = form.body.all_boxes()
    boxes["id_number"].put(NUMBER)
    assert (boxes["sex"].typed(), boxes["sex"].message()) == ("2", id_fills.DIFFERS)
    assert (boxes["born"].typed(), boxes["born"].state) == ("1991", "warn")
    boxes["sex"].put("1")
    boxes["sex"].control.left.emit()
    assert boxes["sex"].message() == ""


def test_members_of_a_new_household_are_filled_the_same_way(qtbot: object) -> None:
    block = MemberBlock(head=False)
    block.boxes["id_number"].put(NUMBER)
    assert (block.boxes["sex"].typed(), block.boxes["born"].typed()) == ("1", "1962-05-01")
    block.boxes["id_number"].put("35062719900303002" + check_character("35062719900303002"))
    assert (block.boxes["sex"].typed(), block.boxes["born"].typed()) == ("2", "1990-03-03")


def test_a_households_category_is_chosen_from_its_own_list(page: PeoplePage, home: Registered) -> None:
    form = opened(page, "household", home.household).form
    assert form is not None
    form.body.build_all()
    row = form.body.rows["benefits"].add()
    row.boxes["category"].put("monitored")
    assert row.boxes["category"].typed() == "monitored"
