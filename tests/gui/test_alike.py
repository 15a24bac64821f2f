"""Those likely on file are shown while a new person is typed, and may be opened or used instead."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desks import Keys, close_windows, open_desk, person, register, settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from sgz_desktop.actions import forms, people
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.people import Registered
from sgz_desktop.gui.pages.people import PeoplePage, people_page
from sgz_desktop.gui.pages.register import RegisterPage
from sgz_desktop.gui.widgets.alike_rows import Alike, AlikeRows
from sgz_desktop.gui.widgets.buttons import Button


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as desk:
        yield desk
        close_windows()


@pytest.fixture
def home(desk: Desk) -> Registered:
    return register(desk, person("梁甲菊", "02", sex="2", born="1948-03-12", phone="13900000217"))


@pytest.fixture
def page(desk: Desk, home: Registered) -> PeoplePage:
    made = people_page(desk)
    assert isinstance(made, PeoplePage)
    made.resize(1134, 690)
    made.show()
    made.activate()
    settle()
    return made


def registering(page: PeoplePage, village: str = "上溪村", **typed: str) -> RegisterPage:
    page.forms.register("")
    form = page.stack.over
    assert isinstance(form, RegisterPage)
    form.boxes["village"].put(village)
    for name, value in typed.items():
        form.members.blocks[0].boxes[name].put(value)
    look(form)
    return form


def look(form: RegisterPage) -> None:
    """What a rest after typing does."""
    for _ in range(200):
        QTest.qWait(5)
        settle()
        if not any(watch._rest.isActive() for watch in form.findChildren(type(watches(form)[0]))):
            return


def watches(form: RegisterPage) -> list:
    from sgz_desktop.gui.alike import AlikeWatch

    return form.findChildren(AlikeWatch)


def named(form: RegisterPage, words: str) -> list[Button]:
    return [one for one in form.findChildren(Button) if one.words() == words and one.isVisible()]


def test_typing_shows_who_may_be_on_file_and_why(page: PeoplePage) -> None:
    form = registering(page, name="梁加菊")
    (row,) = form.members.blocks[0].alike.rows
    assert (row.name, row.why) == ("梁甲菊", "姓名同音，同村")
    assert "1948年3月12日生" in row.facts
    assert "人A0001" in row.facts
    form.members.blocks[0].boxes["born"].put("1975-01-01")
    look(form)
    assert form.members.blocks[0].alike.rows == ()
    assert not form.members.blocks[0].alike.isVisible()


def test_the_village_typed_last_counts(page: PeoplePage) -> None:
    form = registering(page, "", name="梁加菊")
    assert form.members.blocks[0].alike.rows == ()
    form.boxes["village"].put("上溪村")
    look(form)
    assert len(form.members.blocks[0].alike.rows) == 1


def test_enter_opens_the_file_and_keeps_what_was_typed(
    page: PeoplePage, desk: Desk, home: Registered
) -> None:
    form = registering(page, name="梁甲菊")
    (open_button,) = named(form, "打开")
    open_button.setFocus()
    Keys(page.window()).press(Qt.Key.Key_Return)
    settle()
    assert page.stack.over is None
    assert page.view.head.name.text() == "梁甲菊"
    assert [draft.form for draft in forms.list_drafts(desk)] == ["household"]


def test_a_member_on_file_joins_instead_of_being_written_again(page: PeoplePage, desk: Desk) -> None:
    form = registering(page, "石桥头村", name="罗丙根")
    block = form.members.add()
    block.boxes["name"].put("梁甲菊")
    block.boxes["relation_to_head"].put("10")
    block.boxes["born"].put("1948")
    look(form)
    (use,) = named(form, "就用这份档案")
    use.click()
    assert not block.boxes["name"].isEnabled()
    assert block.boxes["relation_to_head"].isEnabled()
    form.flush()
    settle()
    form.save()
    settle()
    assert [one.name for one in page.view.family.rows.rows] == ["罗丙根", "梁甲菊"]
    assert len(people.list_people(desk)) == 2


def test_the_choice_is_kept_in_a_draft_and_can_be_taken_back(page: PeoplePage) -> None:
    form = registering(page, "石桥头村", name="梁甲菊", born="1948")
    named(form, "就用这份档案")[0].click()
    form.leave()
    settle()
    page.forms.register("")
    again = page.stack.over
    assert isinstance(again, RegisterPage)
    settle()
    named(again, "接着写")[0].click()
    block = again.members.blocks[0]
    assert block.on_file is not None
    assert block.on_file[1] == "梁甲菊"
    named(again, "改为新建")[0].click()
    assert block.on_file is None
    assert block.boxes["name"].isEnabled()


def test_saving_anyway_stays_possible(page: PeoplePage, desk: Desk) -> None:
    form = registering(page, name="梁甲菊", born="1948-03-12")
    assert form.members.blocks[0].alike.rows
    form.save()
    settle()
    assert len(people.list_people(desk)) == 2


def test_rows_that_stand_keep_the_keyboard(page: PeoplePage) -> None:
    form = registering(page, name="梁甲菊")
    (button,) = named(form, "打开")
    button.setFocus()
    form.members.blocks[0].boxes["sex"].put("2")
    look(form)
    assert named(form, "打开") == [button]
    assert button.hasFocus()


def test_every_row_is_said_and_wraps(qtbot: object, every_scale: float) -> None:
    rows = AlikeRows("就用这份档案")
    long = "女·78岁·1948年3月12日生·上溪村一个名字很长的自然屯第十二组一百二十三号·人A0001"
    rows.show_rows(
        [Alike(f"p{n}", "阿依古丽·买买提", long, "身份证号只差一位，姓名同音，同村") for n in range(5)]
    )
    rows.resize(620, rows.sizeHint().height())
    rows.show()
    settle()
    assert rows.width() <= 700
    for button in rows.buttons():
        assert "身份证号只差一位" in button.accessibleName()
        assert button.geometry().right() <= button.parentWidget().width()
    rows.show_rows([])
    assert not rows.isVisible()
    rows.deleteLater()
