"""Two files are merged and taken apart from the page of a person, by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desks import Keys, close_windows, open_desk, person, register, settle
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from sgz_desktop.actions import find, people
from sgz_desktop.actions.desk import Desk
from sgz_desktop.gui.dialogs.merge_dialog import MergeDialog, PickOther
from sgz_desktop.gui.dialogs.pick_dialog import PickDialog
from sgz_desktop.gui.dialogs.reason_dialog import ReasonDialog
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.people import PeoplePage, people_page
from sgz_desktop.gui.widgets.two_values import TwoValues


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as desk:
        yield desk
        close_windows()


@pytest.fixture
def twins(desk: Desk) -> tuple[str, str]:
    one = register(desk, person("梁甲菊", "02", sex="2", born="1948-03-12", phone="13900000217"))
    two = register(desk, person("梁加菊", "02", sex="2", born="1948", phone="13900000218", nickname="菊嫂"))
    return one.people[0], two.people[0]


@pytest.fixture
def window(desk: Desk, twins: tuple[str, str]) -> MainWindow:
    made = MainWindow({"people": lambda: people_page(desk)}, station="柳溪镇", user="甲社工")
    made.resize(1366, 696)
    made.show()
    made.go("people", twins[0])
    desk.store.listen(lambda changes: None)
    settle()
    return made


def page(window: MainWindow) -> PeoplePage:
    found = window.page("people")
    assert isinstance(found, PeoplePage)
    return found


def shown(kind: type[QDialog]) -> QDialog:
    settle()
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
    assert found, kind
    return found[-1]


def comparing(window: MainWindow) -> MergeDialog:
    page(window)._do("merge")
    pick = shown(PickOther)
    assert isinstance(pick, PickOther)
    settle()
    (row,) = pick.alike.rows
    assert (row.name, row.why) == ("梁加菊", "姓名同音，出生年份相同，同村")
    pick.alike.buttons()[0].click()
    found = shown(MergeDialog)
    assert isinstance(found, MergeDialog)
    return found


def test_from_the_menu_to_one_file_and_back(window: MainWindow, desk: Desk, twins: tuple[str, str]) -> None:
    dialog = comparing(window)
    assert "合并这两个人？两个编号以后都能查到。" in [
        one.text() for one in dialog.findChildren(type(dialog._frame.title))
    ]
    assert {cell: row.right for cell, row in dialog.choices.items()} == {
        "name": False,
        "nickname": True,
        "born": False,
        "phone": False,
    }
    dialog.submit()
    assert "为什么是同一个人" in dialog._frame.message()
    dialog.choices["phone"].setFocus()
    keys = Keys(dialog)
    keys.press(Qt.Key.Key_Right)
    dialog.reason.setText("重复建档")
    dialog.submit()
    settle()
    assert window.toast.text() == "已合并，两个编号都能查到。10秒内可以撤销。"
    values = page(window).view.page.form.values  # type: ignore[union-attr]
    assert (values["name"], values["phone"], values["nickname"]) == ("梁甲菊", "13900000218", "菊嫂")
    assert [hit.id for hit in find.find_people(desk, "人A0002")] == [twins[0]]
    page(window).activate(twins[1])
    settle()
    assert page(window).person == twins[0]
    page(window)._do("unmerge")
    pick = shown(PickDialog)
    assert isinstance(pick, PickDialog)
    pick.go.click()
    why = shown(ReasonDialog)
    assert isinstance(why, ReasonDialog)
    assert not why.day_field.isVisible()
    why.reason.set_value("不是同一个人")
    why.submit()
    settle()
    assert window.toast.text() == "已拆开，两份档案各自列出。"
    assert page(window).person == twins[1]
    assert len(people.list_people(desk)) == 2


def test_a_merge_is_undone_from_the_toast(window: MainWindow, desk: Desk) -> None:
    dialog = comparing(window)
    dialog.reason.setText("重复建档")
    dialog.submit()
    settle()
    assert len(people.list_people(desk)) == 1
    Keys(window).press(Qt.Key.Key_Z, Qt.KeyboardModifier.AltModifier)
    for _ in range(40):  # a button pressed by its key is let go a little later
        QTest.qWait(10)
    settle()
    assert window.toast.text() == "已撤销。"
    assert len(people.list_people(desk)) == 2


def test_nothing_to_take_apart_is_said(window: MainWindow) -> None:
    page(window)._do("unmerge")
    settle()
    assert window.toast.text() == "这份档案没有合并过别的档案。"


def test_values_are_chosen_by_arrow_space_and_press(qtbot: object) -> None:
    row = TwoValues("电话", "13900000217", "")
    row.resize(700, row.sizeHint().height())
    row.show()
    row.setFocus()
    keys = Keys(row)
    assert not row.right
    for key, right in (
        (Qt.Key.Key_Right, True),
        (Qt.Key.Key_Right, True),
        (Qt.Key.Key_Left, False),
        (Qt.Key.Key_Space, True),
        (Qt.Key.Key_Space, False),
    ):
        keys.press(key)
        assert row.right is right
    assert row.accessibleName() == "电话"
    assert row.accessibleDescription() == "已选：13900000217。可选：13900000217、（空）"
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(row.width() - 40, row.height() // 2))
    assert row.right
    row.deleteLater()


def test_a_long_list_of_differences_fits_a_low_window_in_large_type(
    window: MainWindow, every_scale: float
) -> None:
    dialog = comparing(window)
    settle()
    assert dialog.height() <= window.height()
    assert dialog.width() <= window.width()
    assert dialog.go.isVisible()
    assert dialog.go.mapTo(dialog, dialog.go.rect().bottomRight()).y() < dialog.height()
