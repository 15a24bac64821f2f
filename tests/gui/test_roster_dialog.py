"""导入名单 and 名单比对 by hand and by keyboard. All people are invented."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from desks import Keys, close_windows, open_desk, person, register, settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from sgz_desktop.actions import find, people, rosters, tasks
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.roster_rows import State
from sgz_desktop.gui import messages
from sgz_desktop.gui.dialogs.roster_columns import COMPARE
from sgz_desktop.gui.dialogs.roster_dialog import MOST_HEIGHT, RosterDialog, import_list
from sgz_desktop.gui.dialogs.roster_preview import LIST
from sgz_desktop.gui.pages.people import PeoplePage, people_page

HEADS = ["户号", "姓名", "与户主关系", "村", "联系电话", "月保障金额"]
ROWS = [
    ["1", "梁甲菊", "户主", "上溪村", "13900000999", 412],
    ["1", "韦乙成", "子", "上溪村", None, None],
    ["2", "罗丙根", "户主", "石桥头村", 3.5e17, 300],
    ["3", "赵己满", "户主", "枫树湾村", None, 250],
]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as desk:
        register(desk, person("梁甲菊", "02", phone="13900000217"))
        yield desk
        close_windows()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "6月"
    for row in (["青禾镇2026年6月低保名单"], HEADS, *ROWS):
        book.active.append(row)
    old = book.create_sheet("旧表")
    old.append(["姓名", "村"])
    old.append(["旧名单", "旧村"])
    old.sheet_state = "hidden"
    book.save(tmp_path / "list.xlsx")
    return tmp_path / "list.xlsx"


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def dialog(desk: Desk, file: Path, said: list[str]) -> RosterDialog:
    owner = QWidget()
    owner.resize(1366, 700)
    owner.show()
    made = RosterDialog(owner, desk, rosters.read_roster(desk, file), lambda words, _undo: said.append(words))
    made.owner = owner  # type: ignore[attr-defined]
    made.show()
    settle()
    return made


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """What dialogs said; each is closed with its last button, files go to out.xlsx."""
    heard: list[str] = []

    def read(shown: messages.Dialog) -> int:
        heard.append(shown.accessibleDescription())
        return 1

    monkeypatch.setattr(messages.Dialog, "exec", read)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "out.xlsx"), ""))
    return heard


def go_on(keys: Keys) -> None:
    """Ctrl+S, which lets its button be seen pressed for a moment."""
    keys.press(Qt.Key.Key_S, CTRL)
    QTest.qWait(150)
    settle()
    keys.window.activateWindow()  # as a desktop does when the progress over it has gone
    settle()


def page_of(desk: Desk, name: str) -> people.PersonPage:
    return people.person_page(desk, find.find_people(desk, name)[0].id)


def test_a_list_is_taken_in_by_keyboard(
    dialog: RosterDialog, desk: Desk, said: list[str], answers: list[str], tmp_path: Path
) -> None:
    keys = Keys(dialog)
    assert dialog.columns.purpose.hasFocus()
    assert "表头在第2行" in dialog.columns.band.text()
    go_on(keys)
    plan = dialog.preview.plan
    assert plan is not None
    assert {state: plan.count(state) for state in State} == {
        State.NEW: 2,
        State.CHANGED: 0,
        State.SAME: 1,
        State.BAD: 1,
    }
    assert dialog.next.words() == "导入2行"
    dialog.preview.sides["person.phone"].setFocus()
    keys.press(Qt.Key.Key_Right)
    assert dialog.preview.use_list == {"person.phone"}
    assert dialog.next.words() == "导入3行"
    go_on(keys)
    assert said == ["已导入：新建2行，更新1行。"]
    assert not dialog.isVisible()
    assert page_of(desk, "梁甲菊").line.phone == "13900000999"
    assert [one.name for one in page_of(desk, "韦乙成").household_people] == ["梁甲菊", "韦乙成"]
    assert answers[0].startswith("已导入3行，1行有问题没有导入。")
    assert answers[1].startswith("1行已存成表格")
    assert rosters.read_roster(desk, tmp_path / "out.xlsx")[0].kept


def test_local_values_stay_unless_the_list_is_chosen(dialog: RosterDialog) -> None:
    dialog._next()
    settle()
    side = dialog.preview.sides["person.phone"]
    before = dialog.preview.plan
    side.set_value(LIST)
    settle()
    assert dialog.preview.plan is not before
    assert dialog.preview.sides["person.phone"] is side  # it keeps the keyboard
    dialog._back()
    settle()
    assert dialog._steps.currentIndex() == 0


def test_a_field_is_given_to_one_column_only(dialog: RosterDialog) -> None:
    first, second = dialog.columns.choices[:2]
    assert (first.value(), second.value()) == ("row.household", "person.name")
    first.set_value("person.name")
    assert second.value() == ""
    assert dialog.columns.columns().keys[:2] == ("person.name", "")


def test_a_hidden_sheet_is_named_and_never_taken_by_itself(dialog: RosterDialog) -> None:
    assert dialog.columns.which.value() == 0
    assert [dialog.columns.which.itemText(i) for i in range(2)] == ["6月", "旧表（隐藏）"]
    dialog.columns.which.set_value(1)
    settle()
    assert "隐藏" in dialog.columns.band.text()


def test_without_a_name_nothing_goes_on(dialog: RosterDialog, answers: list[str]) -> None:
    for choice in dialog.columns.choices:
        choice.set_value("")
    dialog._next()
    settle()
    assert answers[0].startswith("还没有一列是姓名或身份证号")
    assert dialog._steps.currentIndex() == 0


def test_a_month_is_compared_and_settled_by_keyboard(
    dialog: RosterDialog, desk: Desk, said: list[str]
) -> None:
    keys = Keys(dialog)
    keys.press(Qt.Key.Key_3)
    assert dialog.columns.compares
    assert (dialog.columns.category.value(), dialog.columns.month.value()) == ("dibao", "2026年6月")
    go_on(keys)
    step = dialog.differences
    assert [step.chips._group.buttons()[n].text() for n in range(4)] == [
        "全部 2",
        "新增 2",
        "退出 0",
        "变更 0",
    ]
    assert not dialog.next.isEnabled()
    assert step.table.hasFocus()
    keys.press(Qt.Key.Key_1)
    keys.press(Qt.Key.Key_2)
    assert list(step.answers.values()) == ["accept", "query"]
    assert dialog.next.words() == "写入2项"
    go_on(keys)
    assert said == ["名单比对：接受1项，1项列入待办。"]
    assert page_of(desk, "梁甲菊").line.tags == ("低保家庭",)
    assert [task.what for task in tasks.list_tasks(desk)] == [
        "核对名单：赵己满在名单上，本机没有（每月250元）"
    ]
    assert find.find_people(desk, "赵己满") == []


def test_what_is_not_said_of_the_list_is_asked(dialog: RosterDialog) -> None:
    dialog.columns.purpose.set_value(COMPARE)
    dialog.columns.category.set_value("")
    dialog.columns.month.set_value("何时")
    dialog._next()
    assert dialog.columns.month_field.state == "error"
    dialog.columns.month.set_value("2026.6")
    dialog._next()
    assert dialog.columns.category_field.message() == "请选是哪一类的名单。"
    assert dialog._steps.currentIndex() == 0


def test_everything_fits_at_every_type_size(
    every_scale: float, desk: Desk, file: Path, qapp: QApplication
) -> None:
    owner = QWidget()
    made = RosterDialog(owner, desk, rosters.read_roster(desk, file), lambda *_: None)
    made.show()
    settle()
    for step in (made._next, lambda: (made._go(0), made.columns.purpose.set_value(COMPARE)), made._next):
        step()
        settle()
        assert made.height() <= MOST_HEIGHT
        assert made.minimumSizeHint().height() <= MOST_HEIGHT
        assert made.width() <= 1366
        for control in (made.next, made.back):
            assert made.rect().contains(control.geometry())
    made.close()


@pytest.mark.parametrize("name", ["exe.xlsx", "empty.csv"])
def test_a_file_that_is_no_list_is_a_sentence_and_the_page_goes_on(
    desk: Desk, name: str, tmp_path: Path, answers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).write_bytes(b"" if name == "empty.csv" else b"MZ\x90\x00" + bytes(999))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / name), ""))
    made = people_page(desk)
    made.resize(1134, 690)
    made.show()
    made.activate()
    settle()
    assert isinstance(made, PeoplePage)
    made.lists.click()
    settle()
    assert len(answers) == 1
    assert "没有读入" in answers[0]
    assert made.isVisible()


def test_changing_ones_mind_about_the_file(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, answers: list[str]
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    owner = QWidget()
    told: list[Any] = []
    import_list(owner, desk, lambda *words: told.append(words))
    settle()
    assert (told, answers) == ([], [])
