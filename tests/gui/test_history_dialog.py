"""The history of a record in the window, what was deleted, and 撤销 after a save."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from desks import close_windows, open_desk, person, register, settle
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from sgz_desktop.actions import forms, visits
from sgz_desktop.actions.allowed import CLERK, SUPERVISOR
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.people import Registered
from sgz_desktop.domain.actor import Actor
from sgz_desktop.gui.dialogs.deleted_dialog import may_restore, show_deleted
from sgz_desktop.gui.dialogs.history_dialog import HistoryDialog, show_history
from sgz_desktop.gui.dialogs.pick_dialog import PickDialog
from sgz_desktop.gui.dialogs.reason_dialog import ReasonDialog
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.people import people_page
from sgz_desktop.gui.pages.visits import VisitsPage, visits_page
from sgz_desktop.gui.record_page import RecordPage
from sgz_desktop.gui.widgets.badge import Badge


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as desk:
        yield desk
        close_windows()


@pytest.fixture
def home(desk: Desk) -> Registered:
    return register(desk, person("梁甲菊", "02", sex="2", born="1948-03-12", phone="13900000217"))


@pytest.fixture
def window(desk: Desk, home: Registered) -> MainWindow:
    factories = {"people": lambda: people_page(desk), "visits": lambda: visits_page(desk)}
    made = MainWindow(factories, station="柳溪镇", user="甲社工")
    made.resize(1366, 696)
    made.show()
    settle()
    return made


def shown(kind: type[QDialog]) -> Any:
    settle()
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
    assert found, kind
    return found[-1]


def words(dialog: QDialog) -> list[str]:
    return [one.text() for one in dialog.findChildren(QLabel) if one.isVisible()]


def change(desk: Desk, home: Registered, reason: str = "", **typed: str) -> None:
    forms.save_form(desk, forms.form(desk, home.people[0], "person"), typed, None, reason)


def visit(desk: Desk, home: Registered) -> str:
    form = visits.new_visit(desk, person=home.people[0])
    return forms.save_form(desk, form, {"facts": "在家"}).id


def test_old_and_new_stand_side_by_side_newest_first(
    window: MainWindow, desk: Desk, home: Registered
) -> None:
    change(desk, home, "本人来电更正", phone="13900000999")
    dialog = show_history(window, desk, "person", home.people[0], "梁甲菊")
    settle()
    told = words(dialog)
    assert "13900000217 → 13900000999" in told
    assert "原因：本人来电更正" in told
    assert told.index("13900000217 → 13900000999") < told.index("人A0001")
    dialog.filter.set_value("电话")
    settle()
    assert "人A0001" not in words(dialog)
    assert "13900000217" in words(dialog)


def test_from_a_form_by_key(window: MainWindow, desk: Desk, home: Registered) -> None:
    page = window.go("people")
    page.activate(home.people[0])
    settle()
    page.forms.edit("person", "")
    settle()
    form = page.stack.over
    assert isinstance(form, RecordPage)
    assert form.history_button.isVisible()
    assert form.history_button.shortcut().toString() == "Alt+H"
    assert "merged_into" not in form.form.body.boxes  # 合并 writes it, nobody types it
    form.history_button.click()
    assert "梁甲菊" in words(shown(HistoryDialog))


def test_a_new_visit_has_no_history_yet(window: MainWindow, home: Registered) -> None:
    page = window.go("visits")
    page.activate({"new": True, "person": home.people[0]})
    settle()
    assert not page.stack.over.history_button.isVisible()


def test_many_steps_come_in_parts(window: MainWindow, desk: Desk, home: Registered) -> None:
    for number in range(35):
        change(desk, home, phone=f"1390000{number:04d}")
    dialog = show_history(window, desk, "person", home.people[0])
    settle()
    assert dialog.more.isVisible()
    assert len([one for one in dialog.findChildren(Badge) if one.isVisibleTo(dialog)]) == 30
    dialog.more.click()
    settle()
    assert not dialog.more.isVisible()
    assert "人A0001" in words(dialog)


def test_two_values_and_erased_ones_are_told(window: MainWindow, desk: Desk, home: Registered) -> None:
    form = forms.form(desk, home.people[0], "person")
    for phone in ("13900000999", "13900000888"):
        forms.save_form(desk, form, {"phone": phone})
    forms.erase_values(desk, home.people[0], "person", ["name"], "本人要求")
    dialog = show_history(window, desk, "person", home.people[0])
    settle()
    assert "已清除" in words(dialog)
    assert [one.accessibleName() for one in dialog.findChildren(Badge)].count("两个值都已保留") == 2
    assert "梁甲菊" not in words(dialog)


def test_nothing_known_says_so(window: MainWindow, desk: Desk) -> None:
    dialog = show_history(window, desk, "person", "no-such-record")
    settle()
    assert "还没有修改记录。" in words(dialog)


def test_a_visit_deleted_by_mistake_comes_back_from_the_toast(
    window: MainWindow, desk: Desk, home: Registered
) -> None:
    id = visit(desk, home)
    page = window.go("visits")
    assert isinstance(page, VisitsPage)
    form = forms.form(desk, id, "visit")
    page._deleted(forms.delete_record(desk, id, "visit", "重复", form.seen))
    settle()
    assert window.toast.text() == "已删除，修改日志里还留着。10秒内可以撤销。"
    window.toast.undo_button.click()
    settle()
    assert window.toast.text() == "已撤销。"
    assert len(visits.list_visits(desk)) == 1


def test_a_new_visit_is_taken_back(window: MainWindow, desk: Desk, home: Registered) -> None:
    page = window.go("visits")
    page.activate({"new": True, "person": home.people[0]})
    settle()
    page.stack.over.save()
    settle()
    assert window.toast.text() == "已保存。10秒内可以撤销。"
    assert page.band.isVisible()
    window.toast.undo_button.click()
    settle()
    assert visits.list_visits(desk) == []
    assert not page.band.isVisible()


def test_what_somebody_changed_meanwhile_is_said(window: MainWindow, desk: Desk, home: Registered) -> None:
    page = window.go("people")
    page.activate(home.people[0])
    settle()
    page.forms.edit("person", "")
    settle()
    boxes = page.stack.over.form.body.boxes
    boxes["phone"].put("13900000999")
    boxes["nickname"].put("菊嫂")
    page.stack.over.save()
    settle()
    change(desk, home, phone="13900000888")
    window.toast.undo_button.click()
    settle()
    assert window.toast.text() == "已撤销。服务对象的电话之后有人改过，没有动。"


def test_what_was_deleted_is_brought_back_with_a_reason(
    window: MainWindow, desk: Desk, home: Registered
) -> None:
    said: list[str] = []

    def tell(sentence: str, undo: object) -> None:
        said.append(sentence)

    show_deleted(window, desk, tell)
    settle()
    assert said == ["没有已删除的记录。"]
    id = visit(desk, home)
    forms.delete_record(desk, id, "visit", "重复记录", forms.form(desk, id, "visit").seen)
    show_deleted(window, desk, tell)
    pick = shown(PickDialog)
    (row,) = [pick.list.rows.peek(0)]
    assert (row.title, row.facts) == ("走访", "梁甲菊·今天")
    assert row.second == "甲社工删除，重复记录"
    pick.go.click()
    why = shown(ReasonDialog)
    why.submit()
    assert "请写明原因" in why.reason_field.message()
    why.reason.set_value("删错了")
    why.submit()
    settle()
    assert said[-1] == "已恢复，重新列出。"
    assert len(visits.list_visits(desk)) == 1


def test_only_those_who_may_delete_are_offered_it(desk: Desk) -> None:
    from dataclasses import replace

    assert may_restore(desk)
    for role in (SUPERVISOR, CLERK):
        assert not may_restore(replace(desk, actor=Actor("w", frozenset({role}))))
