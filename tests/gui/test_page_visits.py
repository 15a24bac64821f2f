"""走访: a slip in a few keys, a day of slips, nobody met, a case from a visit, the month's list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from desks import Keys, close_windows, open_desk, person, register, settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from sgz_desktop.actions import cases, forms, visits
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.people import Registered
from sgz_desktop.gui.dialogs.delete_dialog import DeleteDialog
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.unvisited_list import ALL_SEEN, NOBODY
from sgz_desktop.gui.pages.visit_form import VisitForm
from sgz_desktop.gui.pages.visits import VisitsPage, visits_page
from sgz_desktop.gui.widgets.record_list import ListRow
from sgz_desktop.gui.widgets.windowed_model import RowRole
from sgz_desktop.store.write import Write

CTRL, NO = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as desk:
        yield desk
        close_windows()


@pytest.fixture
def home(desk: Desk) -> Registered:
    return register(desk, person("韦乙成", "02"), person("梁甲菊", "52", sex="2"))


@pytest.fixture
def window(desk: Desk, home: Registered) -> MainWindow:
    made = MainWindow({"visits": lambda: visits_page(desk)}, station="柳溪镇", user="甲社工")
    made.resize(1366, 768)
    made.show()
    made.go("visits")
    settle()
    return made


@pytest.fixture
def page(window: MainWindow) -> VisitsPage:
    made = window.page("visits")
    assert isinstance(made, VisitsPage)
    return made


def form_of(page: VisitsPage) -> VisitForm:
    assert isinstance(page.stack.over, VisitForm)
    return page.stack.over


def press(within: QWidget, words: str) -> None:
    found = [
        b for b in within.findChildren(QPushButton) if b.text().strip("\u2009") == words and b.isVisible()
    ]
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
    settle()


def stored(desk: Desk) -> list[forms.Form]:
    """All visits, newest first."""
    rids = visits.list_visits(desk)
    rows = visits.visit_rows(desk, rids)
    return [forms.form(desk, rows[rid][0].id, "visit") for rid in rids]


def seen(form: forms.Form) -> list[object]:
    return [row.values["person"] for row in form.rows["presences"]]


def start(keys: Keys, page: VisitsPage, qtbot: QtBot) -> None:
    keys.press(Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: page.stack.over is not None)
    settle()


def choose(keys: Keys, letters: str) -> None:
    keys.letters(letters)
    keys.press(Qt.Key.Key_Return)


def test_a_routine_visit_from_a_slip_in_fifteen_keys(
    desk: Desk, window: MainWindow, page: VisitsPage, home: Registered, qtbot: QtBot
) -> None:
    keys = Keys(window)
    start(keys, page, qtbot)
    choose(keys, "ljj")
    keys.press(Qt.Key.Key_Space)
    keys.press(Qt.Key.Key_Tab)
    keys.press(Qt.Key.Key_1)
    keys.press(Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: page.stack.over is None)
    settle()
    assert keys.count <= 15
    (visit,) = stored(desk)
    wanted = {"date": "2026-06-30", "mode": "home", "met": True, "change": "none", "worker": "甲社工"}
    assert {name: visit.values[name] for name in wanted} == wanted
    assert (visit.values["household"], visit.values["person"]) == (home.household, home.people[1])
    assert seen(visit) == [home.people[1]]


def test_a_day_of_slips_one_after_the_other(
    desk: Desk, window: MainWindow, page: VisitsPage, qtbot: QtBot
) -> None:
    names = {"覃丁田": "qdt", "罗丙根": "lbg", "王戊英": "wwy"}
    for name in names:
        register(desk, person(name, "02"))
    keys = Keys(window)
    start(keys, page, qtbot)
    for number, letters in enumerate(names.values()):
        choose(keys, letters)
        form = form_of(page)
        assert form.form is not None
        if number == 0:
            form.form.body.boxes["date"].put("昨天")
            form.form.body.boxes["companions"].put("乙社工")
        keys.press(Qt.Key.Key_Space)
        keys.press(Qt.Key.Key_Return, CTRL)
        qtbot.waitUntil(lambda form=form: form.picker.hasFocus() and not form.picker.text())
        settle()
        assert form.draft_note.text() == "", "the draft of the last slip is none of this one"
    assert keys.count <= 1 + 6 * 3
    kept = stored(desk)
    assert [visit.values["date"] for visit in kept] == ["2026-06-29"] * 3
    assert [visit.values["companions"] for visit in kept] == ["乙社工"] * 3
    assert [len(seen(visit)) for visit in kept] == [1, 1, 1]


def test_nobody_met_with_the_reason(desk: Desk, window: MainWindow, page: VisitsPage, qtbot: QtBot) -> None:
    keys = Keys(window)
    start(keys, page, qtbot)
    choose(keys, "wyc")
    form = form_of(page)
    assert form.form is not None
    form.form.body.boxes["met"].control.setFocus()
    keys.press(Qt.Key.Key_2)
    form.form.body.boxes["not_met_reason"].put("hospital")
    press(form, "保存")
    (visit,) = stored(desk)
    assert (visit.values["met"], visit.values["not_met_reason"]) == (False, "hospital")
    (row,) = listed(page)
    assert row.badges == (("未遇", "warn"),)
    assert row.second == "住院"
    assert page.head.facts.text() == "6月走访1户次，见到0户次，未遇1户次"


def listed(page: VisitsPage) -> list[ListRow]:
    rows = page.list.list.rows
    for number in range(rows.rowCount()):
        rows.data(rows.index(number, 0), RowRole)
    settle()
    return [rows.peek(number) for number in range(rows.rowCount())]


def open_new(page: VisitsPage, **target: Any) -> VisitForm:
    page.activate({"new": True, **target})
    settle()
    return form_of(page)


def test_a_visit_asked_for_by_another_page_starts_with_that_family(
    page: VisitsPage, home: Registered
) -> None:
    form = open_new(page, household=home.household, person=home.people[0], mode="phone")
    assert form.form is not None
    assert form.picker.text() == "韦乙成"
    assert form.form.body.boxes["mode"].typed() == "phone"
    chips = form.form.body.rows["presences"].chips
    assert [words for _, words in chips.options()] == ["韦乙成", "梁甲菊"]
    assert chips.hasFocus()
    assert form.form.body.focus_name("presences")  # day and way above stay in sight
    assert form.form.body.verticalScrollBar().value() == 0


def test_the_wrong_person_chosen_first_loses_nothing(desk: Desk, page: VisitsPage, home: Registered) -> None:
    other = register(desk, person("罗丙根", "02"))
    form = open_new(page, person=home.people[0])
    assert form.form is not None
    form.form.body.boxes["facts"].put("门前扶手已装好")
    form.form.body.rows["presences"].chips.set_value(home.people[0])
    form.picker.set_value(other.people[0], "罗丙根")
    form.picker.picked.emit(other.people[0])
    settle()
    assert form.form.body.boxes["facts"].typed() == "门前扶手已装好"
    press(form, "保存")
    (visit,) = stored(desk)
    assert visit.values["household"] == other.household
    assert seen(visit) == []
    assert forms.list_drafts(desk) == []


def test_a_draft_of_the_right_person_is_offered_beside_what_moved_over(
    desk: Desk, page: VisitsPage, home: Registered
) -> None:
    other = register(desk, person("罗丙根", "02"))
    form = open_new(page, person=other.people[0])
    assert form.form is not None
    form.form.body.boxes["facts"].put("药已送到")
    form.leave()
    settle()
    form = open_new(page, person=home.people[0])
    assert form.form is not None
    form.form.body.boxes["needs_told"].put("门前要装扶手")
    form.picker.set_value(other.people[0], "罗丙根")
    form.picker.picked.emit(other.people[0])
    settle()
    press(form, "接着写")
    boxes = form.form.body.boxes
    assert (boxes["facts"].typed(), boxes["needs_told"].typed()) == ("药已送到", "门前要装扶手")


def test_a_case_from_a_visit(desk: Desk, page: VisitsPage, home: Registered) -> None:
    found: list[tuple[str, Any]] = []
    page.go.connect(lambda key, target: found.append((key, target)))
    form = open_new(page, person=home.people[1])
    press(form, "保存")
    assert page.band.isVisible()
    press(page, "从这次走访开个案")
    (case,) = cases.list_cases(desk)
    assert found == [("cases", case.id)]
    assert case.client == home.people[1]
    assert forms.form(desk, case.id, "case").values["found_in"] == stored(desk)[0].id


def test_a_visit_that_serves_a_case_offers_no_second_one(
    desk: Desk, page: VisitsPage, home: Registered
) -> None:
    case = cases.open_case(desk, person=home.people[1])
    form = open_new(page, person=home.people[1])
    assert form.form is not None
    assert form.form.body.boxes["case"].typed() == case
    press(form, "保存")
    assert stored(desk)[0].values["case"] == case
    assert not page.open_case.isVisible()


def test_the_months_newest_first_and_a_visit_opened_from_the_list(
    desk: Desk, page: VisitsPage, home: Registered
) -> None:
    for day, words in (("2026-06-02", "六月初"), ("2026-06-20", "六月下旬"), ("2026-05-08", "五月")):
        forms.save_form(desk, visits.new_visit(desk, person=home.people[0]), {"date": day, "facts": words})
    page.list.load()
    settle()
    assert [row.second for row in listed(page)] == ["六月下旬", "六月初"]
    press(page, "5月 1")
    assert [row.second for row in listed(page)] == ["五月"]
    page.list.list.opened.emit(page.list.list.rows.id_at(0))
    settle()
    form = form_of(page)
    assert form.form is not None
    assert form.form.body.boxes["facts"].typed() == "五月"
    assert "韦乙成" in form.head.facts.text()
    form.form.body.boxes["facts"].put("五月，补记：药已领")
    press(form, "保存")
    assert [row.second for row in listed(page)] == ["五月，补记：药已领"]


def test_whom_nobody_reached_this_month(desk: Desk, page: VisitsPage, home: Registered) -> None:
    other = register(desk, person("罗丙根", "02"), village="石桥头村")
    saved = forms.save_form(desk, visits.new_visit(desk, person=home.people[0]), {"facts": "好"})
    page.on_changes(saved.changes)
    settle()
    page.activate({"unvisited": "石桥头村"})
    settle()
    assert page.unvisited.list.rows.ids() == [other.household]
    page.unvisited.list.opened.emit(other.household)
    settle()
    form = form_of(page)
    assert form.form is not None
    assert form.form.form.values["household"] == other.household
    press(form, "保存")
    page.activate({"unvisited": "石桥头村"})
    settle()
    assert page.unvisited.list.rows.ids() == []


def test_a_name_nobody_has_is_told_at_once(page: VisitsPage) -> None:
    form = open_new(page)
    form.picker.setText("zzq")
    form.picker.textEdited.emit("zzq")
    form.picker._search()
    settle()
    assert form._whom.message() == "没有找到“zzq”，可换拼音首字母再找。"
    assert not form.save_button.isEnabled()


def test_a_visit_left_half_way_waits_with_its_family(desk: Desk, page: VisitsPage, home: Registered) -> None:
    form = open_new(page, person=home.people[0])
    assert form.form is not None
    form.form.body.boxes["facts"].put("写到一半")
    page.flush()
    settle()
    form.leave()
    settle()
    again = open_new(page, person=home.people[0])
    press(again, "接着写")
    assert again.form is not None
    assert again.form.body.boxes["facts"].typed() == "写到一半"


def test_a_visit_written_twice_is_taken_out_with_a_reason(
    desk: Desk, page: VisitsPage, home: Registered
) -> None:
    saved = forms.save_form(desk, visits.new_visit(desk, person=home.people[0]), {"facts": "重复"})
    page.activate({"visit": saved.id})
    settle()
    press(form_of(page), "删除")
    (dialog,) = page.window().findChildren(DeleteDialog)
    dialog.do.click()
    assert dialog._frame.message() == "请写明原因，例如：重复记录。"
    dialog.reason.setText("重复记录")
    dialog.do.click()
    settle()
    assert visits.list_visits(desk) == []
    assert listed(page) == []
    assert page.stack.over is None


def test_a_case_from_a_visit_on_file(desk: Desk, page: VisitsPage, home: Registered) -> None:
    found: list[tuple[str, Any]] = []
    page.go.connect(lambda key, target: found.append((key, target)))
    saved = forms.save_form(desk, visits.new_visit(desk, person=home.people[1]), {"facts": "想申请"})
    page.activate({"visit": saved.id})
    settle()
    press(form_of(page), "开个案")
    (case,) = cases.list_cases(desk)
    assert found == [("cases", case.id)]


def test_nobody_on_file_is_not_everybody_reached(desk: Desk) -> None:
    page = VisitsPage(desk)
    page.activate()
    settle()
    assert page.unvisited.nothing.accessibleName() == NOBODY
    family = register(desk, person("韦乙成", "02"))
    forms.save_form(desk, visits.new_visit(desk, household=family.household), {"met": True})
    page.activate()
    page.unvisited.load()
    settle()
    assert page.unvisited.nothing.accessibleName() == ALL_SEEN


def test_the_keyboard_goes_along_to_the_list_of_the_other_tab(window: MainWindow, page: VisitsPage) -> None:
    window.activateWindow()
    page.list.list.setFocus()
    page.tabs.set_current(1)
    assert page.unvisited.list.hasFocus()


def test_a_visit_whose_month_nobody_knows_is_found(page: VisitsPage, desk: Desk, home: Registered) -> None:
    """A year may be all that is known of a slip; a peer may send what is no day at all."""
    made = {
        day: forms.save_form(desk, visits.new_visit(desk, home.household), {"date": day}).id
        for day in ("2025", "2025-03-02", "2026-06-29", "2026-06-28")
    }
    odd = [Write("visit", made["2026-06-28"], {"date": "不详"})]
    desk.store.write(lambda session: desk.doing("save_form").record(session, "", odd))
    page.list.load()
    settle()
    words = {month: (page.list.month(), count) for month, count, _ in page.list._months}
    assert {"2025", "2025-03", "不详"} <= set(words)
    for month, told in (("2025", "2025年（月份未填）"), ("不详", "不详")):
        page.list.chips.set_value(month)
        page.list._read()
        settle()
        assert page.list.list.rows.rowCount() == 1
        assert page.list._count.text().startswith(f"{told}走访1户次")
