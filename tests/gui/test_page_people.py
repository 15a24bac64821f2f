"""服务对象: a villager calls and is found; households are registered; families change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from desks import Keys, close_windows, open_desk, person, register, settle
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from sgz_desktop.actions import cases, find, forms, people, visits
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.people import Registered
from sgz_desktop.domain.edits import Changes
from sgz_desktop.gui.dialogs.delete_dialog import DeleteDialog
from sgz_desktop.gui.dialogs.leave_dialog import LeaveDialog
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.people import PeoplePage, people_page
from sgz_desktop.gui.pages.register import RegisterPage
from sgz_desktop.gui.theme import WidthClass, px
from sgz_desktop.gui.widgets.record_list import ListRow
from sgz_desktop.gui.widgets.windowed_model import RowRole

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as desk:
        yield desk
        close_windows()


@pytest.fixture
def home(desk: Desk) -> Registered:
    return register(
        desk,
        person("梁甲菊", "02", sex="2", born="1948-03", phone="13900000217", id_number="110105194803120021"),
        person("韦乙成", "20", born="1975"),
        village_group="三组",
        visit_hint="院内有狗，先打电话。",
        categories="dibao",
    )


@pytest.fixture
def page(desk: Desk, home: Registered) -> PeoplePage:
    register(desk, person("罗丙根", "02", sex="1"), village="石桥头村")
    made = people_page(desk)
    assert isinstance(made, PeoplePage)
    made.resize(1134, 690)
    made.show()
    made.activate()
    settle()
    return made


def press(within: QWidget, words: str) -> None:
    found = [
        b for b in within.findChildren(QPushButton) if b.text().strip("\u2009") == words and b.isVisible()
    ]
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
    settle()


def listed(page: PeoplePage) -> list[ListRow]:
    """The rows of the list, read as if they had come into sight."""
    rows = page.list.list.rows
    numbers = range(rows.rowCount())
    for number in numbers:
        rows.data(rows.index(number, 0), RowRole)
    settle()
    return [rows.peek(number) for number in numbers]


def went(page: PeoplePage) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    page.go.connect(lambda key, target: found.append((key, target)))
    return found


def test_a_caller_is_found_in_six_keys(desk: Desk, home: Registered) -> None:
    window = MainWindow({"people": lambda: people_page(desk)}, station="柳溪镇", user="甲社工")
    window.resize(1366, 768)
    window.show()
    page = window.go("people")
    assert isinstance(page, PeoplePage)
    keys = Keys(window)
    keys.press(Qt.Key.Key_K, CTRL)
    keys.letters("ljj")
    keys.press(Qt.Key.Key_Return)
    assert page.view.head.name.text() == "梁甲菊"
    assert page.view.head.visit.hasFocus()
    assert keys.count <= 6


@pytest.mark.parametrize("typed", ["梁甲", "liangjiaju", "0217", "13900000217", "110105194803", "甲菊"])
def test_somebody_is_found_by_what_is_known_of_them(page: PeoplePage, typed: str) -> None:
    page.list.search.setText(typed)
    page.list.search.send()
    settle()
    assert [row.title for row in listed(page)] == ["梁甲菊"]
    assert page.list.count.text() == "找到1人"


def test_enter_pressed_before_the_hits_are_there_waits_for_them(page: PeoplePage) -> None:
    page.list.search.setFocus()
    QTest.keyClicks(page.list.search, "lbg")
    QTest.keyClick(page.list.search, Qt.Key.Key_Return)
    settle()
    assert page.view.head.name.text() == "罗丙根"


def test_nobody_found_offers_to_register_the_name(page: PeoplePage) -> None:
    page.list.search.setText("韦国真")
    page.list.search.send()
    settle()
    assert page.list.nothing.accessibleName() == "没有找到“韦国真”，可换拼音首字母再找。"
    press(page, "新建“韦国真”")
    form = page.stack.over
    assert isinstance(form, RegisterPage)
    assert form.members.blocks[0].boxes["name"].typed() == "韦国真"


def test_the_list_tells_people_apart(page: PeoplePage, home: Registered) -> None:
    rows = listed(page)
    assert [row.title for row in rows] == ["梁甲菊", "韦乙成", "罗丙根"]
    assert rows[0].facts == "女·78岁·上溪村三组"
    assert rows[0].badges == (("低保", "plain"),)
    assert page.list.count.text() == "3人"
    assert page.head.facts.text() == "在册3人，2个村（社区）"


def test_categories_and_villages_narrow_the_list(page: PeoplePage) -> None:
    press(page, "低保 2")
    assert page.list.count.text() == "2人"
    page.list.village.set_value("石桥头村")
    settle()
    assert page.list.nothing.accessibleName() == "这个范围里还没有人，可以换一个村或类别。"
    press(page, "全部 3")
    assert page.list.count.text() == "1人"


def test_the_page_of_a_person(desk: Desk, page: PeoplePage, home: Registered) -> None:
    met = visits.new_visit(desk, person=home.people[0])
    forms.save_form(desk, met, {"facts": "门前扶手已装好"})
    benefit = {"person": home.people[0], "programme": "dibao", "amount": "412", "from_day": "2019-7"}
    forms.save_form(desk, forms.new_form(desk, "benefit"), benefit)
    task = {"person": home.people[0], "what": "查医保缴费", "due_on": "2026-6-26"}
    page.on_changes(forms.save_form(desk, forms.new_form(desk, "task"), task).changes)
    page.activate(home.people[0])
    settle()
    view = page.view
    assert view.head.facts.text() == "女·78岁·上溪村三组·1948年3月生·人A0001"
    assert [row.name for row in view.family.rows.rows] == ["梁甲菊", "韦乙成"]
    assert "院内有狗" in view.family.hint.text()
    assert [(row.amount, row.since) for row in view.benefits.rows.rows] == [("412元", "2019年7月")]
    assert [entry.text for entry in view.contacts.list.rows._pages[0]] == ["门前扶手已装好"]
    assert [(row.what, row.note) for row in view.tasks.rows.rows] == [("查医保缴费", "已过4天")]
    assert "身份证号" in view.band.text()
    assert [row.due for row in listed(page)] == ["1件待办", "", ""]


def test_the_phone_is_shown_on_asking_and_that_is_written_down(
    desk: Desk, page: PeoplePage, home: Registered
) -> None:
    page.activate(home.people[0])
    settle()
    assert page.view.head.phone_words.text() == "电话 139****0217"
    assert _looks(desk, "reveal_phone") == 0
    press(page, "显示")
    assert page.view.head.phone_words.text() == "电话 139 0000 0217"
    assert _looks(desk, "reveal_phone") == 1
    page.activate(home.people[1])
    settle()
    assert page.view.head.phone_words.text() == "电话未填"


def _looks(desk: Desk, action: str) -> int:
    desk.store.write(lambda session: None)
    query = "SELECT count(*) FROM access_log WHERE action = ?"
    return int(desk.read(lambda session: session.connection.execute(query, (action,)).fetchone()[0]))


def test_a_family_member_is_one_press_away(page: PeoplePage, home: Registered) -> None:
    page.activate(home.people[0])
    settle()
    rows = page.view.family.rows
    place = rows.row_rect(1).center()
    QTest.mouseClick(rows, Qt.MouseButton.LeftButton, pos=QPoint(int(place.x()), int(place.y())))
    settle()
    assert page.view.head.name.text() == "韦乙成"
    assert listed(page)[page.list.list.currentIndex().row()].title == "韦乙成"


def test_a_doubt_leads_to_its_field(page: PeoplePage, home: Registered) -> None:
    page.activate(home.people[0])
    settle()
    press(page, "去核对")
    form = page.stack.over.form
    assert form.body.boxes["id_number"].control.hasFocus()
    assert form.body.boxes["id_number"].state == "warn"


def test_what_can_be_done_next(desk: Desk, page: PeoplePage, home: Registered, qtbot: QtBot) -> None:
    page.activate(home.people[0])
    settle()
    found = went(page)
    about = {"household": home.household, "person": home.people[0]}
    page.activateWindow()
    QTest.keyClick(page, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: found == [("visits", {"new": True, **about})])
    press(page, "登记来访")
    assert found[1] == ("contacts", {"new": True, "person": home.people[0]})
    press(page, "开个案")
    (case,) = cases.list_cases(desk)
    assert found[2] == ("cases", case.id)
    page.activate(home.people[0])
    settle()
    press(page, "打开个案")
    assert found[3] == ("cases", case.id)


def test_editing_shows_the_new_values_at_once(desk: Desk, page: PeoplePage, home: Registered) -> None:
    said: list[str] = []
    page.said.connect(lambda words, _undo: said.append(words))
    page.activate(home.people[1])
    settle()
    press(page, "编辑")
    page.stack.over.form.body.boxes["name"].put("韦乙诚")
    page.stack.over.save()
    settle()
    assert said == ["已保存。10秒内可以撤销。"]
    assert page.stack.over is None
    assert page.view.head.name.text() == "韦乙诚"
    assert listed(page)[1].title == "韦乙诚"


def registering(page: PeoplePage) -> RegisterPage:
    press(page, "登记家庭")
    form = page.stack.over
    assert isinstance(form, RegisterPage)
    return form


def test_a_registration_taken_back_is_not_shown_any_more(desk: Desk, page: PeoplePage) -> None:
    """Else the next visit or case would be written about somebody who is deleted."""
    undo: list[Any] = []
    page.said.connect(lambda _words, back: undo.append(back))
    form = registering(page)
    form.members.blocks[0].boxes["name"].put("覃丁田")
    form.save()
    settle()
    assert page.subject()
    gone = page.subject()
    undo[-1]()
    settle()
    page.on_changes(Changes({kind: frozenset({id}) for kind, id in gone.items()}))
    settle()
    assert page.subject() == {}
    assert not page.view.isVisible()
    assert "覃丁田" not in [row.title for row in listed(page)]


def test_a_form_opened_from_elsewhere_says_whose_it_is(page: PeoplePage, home: Registered) -> None:
    for target, told in (({"person": home.people[0]}, "梁甲菊"), ({"household": home.household}, "户A0001")):
        page.activate(target)
        settle()
        assert page.stack.over.head.facts.text() == told  # type: ignore[union-attr]


def test_what_is_to_be_known_at_the_door_reads_as_one_sentence(page: PeoplePage, home: Registered) -> None:
    page.show_person(home.people[0])
    settle()
    assert page.view.family.hint.text() == "上门提示（只给社工看）：院内有狗，先打电话"


def test_a_household_with_its_people_on_one_page(desk: Desk, page: PeoplePage) -> None:
    form = registering(page)
    assert form.boxes["village"].control.hasFocus()
    form.boxes["village"].put("枫树湾村")
    form.boxes["visit_hint"].put("<b>& 路滑")
    head = form.members.blocks[0]
    head.boxes["name"].put("覃丁田")
    head.boxes["id_number"].put("１１０１０５１９４９０３１２００１３")
    head.boxes["id_number"].control.left.emit()
    assert (head.boxes["born"].typed(), head.boxes["sex"].typed()) == ("1949-03-12", "1")
    daughter = form.members.add()
    daughter.boxes["name"].put("覃丁月")
    daughter.boxes["relation_to_head"].put("30")
    form.save()
    settle()
    assert page.stack.over is None
    assert page.view.head.name.text() == "覃丁田"
    assert [(one.name, one.relation) for one in page.view.family.rows.rows] == [
        ("覃丁田", "户主"),
        ("覃丁月", "女儿"),
    ]
    assert page.list.list.current_id() == page.view.page.line.rid  # also in the list
    assert [hit.name for hit in find.find_people(desk, "qdy")] == ["覃丁月"]
    assert "枫树湾村" in people.list_villages(desk)


def test_registering_says_under_which_field_something_is_wrong(desk: Desk, page: PeoplePage) -> None:
    before = len(people.list_people(desk))
    form = registering(page)
    form.save()
    settle()
    assert "姓名" in form.members.blocks[0].boxes["name"].message()
    form.members.blocks[0].boxes["name"].put("覃丁田")
    form.members.add()
    third = form.members.add()
    third.boxes["name"].put("覃丁月")
    third.boxes["born"].put("2030")
    form.save()
    settle()
    assert third.boxes["born"].message() == "出生日期晚于今天，请核对。"
    assert third.boxes["born"].control.hasFocus()
    assert len(people.list_people(desk)) == before
    third.boxes["born"].put("1991")
    form.save()
    settle()
    assert len(people.list_people(desk)) == before + 2


def test_a_registration_left_half_way_can_be_gone_on_with(desk: Desk, page: PeoplePage) -> None:
    form = registering(page)
    form.boxes["village"].put("枫树湾村")
    form.members.blocks[0].boxes["name"].put("覃丁田")
    form.members.add().boxes["name"].put("覃丁月")
    form.leave()
    settle()
    again = registering(page)
    settle()
    press(again, "接着写")
    assert again.boxes["village"].typed() == "枫树湾村"
    assert [block.boxes["name"].typed() for block in again.members.blocks] == ["覃丁田", "覃丁月"]
    again.save()
    settle()
    assert forms.list_drafts(desk) == []


def test_somebody_like_those_on_file_is_pointed_out(page: PeoplePage) -> None:
    form = registering(page)
    block = form.members.blocks[0]
    block.boxes["name"].put("梁甲菊")
    block.boxes["name"].control.left.emit()
    settle()
    (row,) = block.alike.rows
    assert (row.name, row.why) == ("梁甲菊", "姓名相同")
    assert "78岁" in row.facts


def test_somebody_joins_and_somebody_leaves(desk: Desk, page: PeoplePage, home: Registered) -> None:
    page.activate(home.people[0])
    settle()
    press(page, "添加成员")
    form = page.stack.over
    assert isinstance(form, RegisterPage)
    form.members.blocks[0].boxes["name"].put("韦乙兰")
    form.members.blocks[0].boxes["relation_to_head"].put("30")
    form.save()
    settle()
    assert [one.name for one in page.view.family.rows.rows] == ["梁甲菊", "韦乙成", "韦乙兰"]
    page.activate(home.people[1])
    settle()
    page.view.wanted.emit("leave")
    (dialog,) = page.window().findChildren(LeaveDialog)
    dialog.day.put("2030-1-1")
    dialog.save.click()
    settle()
    assert dialog.day.message() == "离开日期晚于今天，请核对。"
    dialog.day.put("昨天")
    dialog.save.click()
    settle()
    page.activate(home.people[0])
    settle()
    assert [one.name for one in page.view.family.rows.rows] == ["梁甲菊", "韦乙兰"]
    gone = forms.form(desk, home.household, "household").rows["members"]
    assert [row.values.get("to_day") for row in gone] == [None, "2026-06-29", None]


def test_changes_from_elsewhere_are_read_and_a_form_being_filled_is_not_touched(
    desk: Desk, page: PeoplePage, home: Registered
) -> None:
    page.activate(home.people[0])
    settle()
    saved = forms.save_form(desk, forms.form(desk, home.people[0], "person"), {"name": "梁甲花"})
    page.on_changes(saved.changes)
    settle()
    assert page.view.head.name.text() == "梁甲花"
    press(page, "编辑")
    page.stack.over.form.body.boxes["nickname"].put("阿花")
    saved = forms.save_form(desk, forms.form(desk, home.people[0], "person"), {"phone": "13900000999"})
    page.on_changes(saved.changes)
    settle()
    assert page.stack.over.form.body.boxes["nickname"].typed() == "阿花"


@pytest.mark.parametrize("width", list(WidthClass))
@pytest.mark.usefixtures("every_scale")
def test_nothing_is_cut_at_any_width(page: PeoplePage, home: Registered, width: WidthClass) -> None:
    room = {WidthClass.WIDE: 1134, WidthClass.RAIL: 1100, WidthClass.STACKED: 990, WidthClass.STEPS: 700}
    page.resize(px(room[width]), 690)
    page.set_compact(width)
    page.activate(home.people[0])
    settle()
    for made in page.view.findChildren(QPushButton):
        if made.isVisible():
            right = made.mapTo(page, QPoint(made.width(), 0)).x()
            assert right <= page.width(), made.text()
            assert made.width() >= min(made.sizeHint().width(), page.width()), made.text()


def test_in_two_steps_the_list_is_one_press_away(page: PeoplePage, home: Registered) -> None:
    page.resize(700, 690)
    page.set_compact(WidthClass.STEPS)
    page.activate(home.people[0])
    settle()
    assert page.view.isVisible()
    assert not page.list.isVisible()
    page.back.click()
    assert page.list.isVisible()
    page.list.list.set_current(page.list.list.rows.id_at(1), tell=False)
    page.list.list.opened.emit(page.list.list.rows.id_at(1))
    settle()
    assert page.view.isVisible()
    assert page.view.head.name.text() == "韦乙成"


def test_a_verb_pressed_at_once_is_for_whom_one_just_opened(qtbot: QtBot, page: PeoplePage) -> None:
    qtbot.waitUntil(lambda: page.list.list.model().rowCount() > 1, timeout=10_000)
    went: list[tuple[str, Any]] = []
    page.go.connect(lambda key, target: went.append((key, target)))
    first, second = page.list.list.model().ids()[:2]
    page._show_rid(first, turn=True)
    qtbot.waitUntil(lambda: page.view.page is not None and not page._awaited, timeout=10_000)
    before = page.view.page.line.id
    page._show_rid(second, turn=True)
    page._do("visit")
    qtbot.waitUntil(lambda: bool(went), timeout=10_000)
    assert went[0][1]["person"] not in ("", before)


def test_a_file_made_by_mistake_is_deleted_with_a_reason_and_brought_back(
    desk: Desk, page: PeoplePage, home: Registered
) -> None:
    undo: list[Any] = []
    page.said.connect(lambda _words, back: undo.append(back))
    page.activate(home.people[0])
    settle()
    page._do("delete")
    settle()
    dialog = page.window().findChildren(DeleteDialog)[-1]
    dialog.do.click()
    assert home.people[0] in people_on_file(desk)  # no reason, nothing deleted
    dialog.reason.setText("登记错了人")
    dialog.do.click()
    settle()
    assert home.people[0] not in people_on_file(desk)
    undo[-1]()
    settle()
    assert home.people[0] in people_on_file(desk)


def people_on_file(desk: Desk) -> set[str]:
    rows = people.people_rows(desk, people.list_people(desk))
    return {line.id for line in rows.values()}
