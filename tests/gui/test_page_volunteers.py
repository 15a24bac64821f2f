"""志愿者 and 督导: one service for many and its undo, the proof, words that tell, advice as tasks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from desks import open_desk, settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from sgz_desktop.actions import name_rows, supervision_work, visits, volunteers
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import new_form, save_form
from sgz_desktop.actions.people import MemberInput, register_household
from sgz_desktop.actions.station_lists import list_station
from sgz_desktop.domain.station_lists import LIST_OF
from sgz_desktop.errors import AppError
from sgz_desktop.gui import messages
from sgz_desktop.gui.dialogs.paper_dialog import PaperDialog
from sgz_desktop.gui.dialogs.services_dialog import ServicesDialog
from sgz_desktop.gui.dialogs.tick_dialog import TickDialog
from sgz_desktop.gui.pages.station_hub import StationHub
from sgz_desktop.gui.record_page import SIDE_WIDTH
from sgz_desktop.gui.theme import px
from sgz_desktop.store import queries

NAMES = ("测试甲", "测试乙", "测试丙")
HOURS = "SELECT count(*), coalesce(sum(served), 0) FROM r_volunteer_service WHERE deleted IS NOT 1"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("volunteers")) as desk:
        for name in NAMES:
            save_form(desk, new_form(desk, "volunteer"), {"name": name, "village": "上溪村"})
        register_household(desk, {"village": "上溪村"}, [MemberInput("02", {"name": "覃桂兰"})])
        yield desk


def hub_of(desk: Desk, section: str) -> StationHub:
    hub = StationHub(desk, section)
    hub.resize(1180, 690)
    hub.show()
    hub.activate()
    settle()
    return hub


def given(desk: Desk) -> tuple[int, int]:
    count, minutes = desk.read(lambda session: queries.table(session, HOURS))[0]
    return count, minutes


def test_one_service_for_three_by_keyboard(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(messages, "tell", lambda _owner, words, *_more: told.append(words))
    hub = hub_of(desk, "resources")
    said: list[tuple[str, object]] = []
    hub.said.connect(lambda words, undo: said.append((words, undo)))
    hub.show_tab("volunteer_service")
    hub.verbs["volunteer_service"][-1].click()
    settle()
    dialog = hub.findChild(ServicesDialog)
    dialog.save.click()  # nobody is ticked: said, and nothing written
    settle()
    assert given(desk) == (0, 0)
    assert told == ["还没有勾选志愿者，没有保存。"]
    dialog.form.body.boxes["served"].put("2")
    dialog.form.body.boxes["what"].put("送餐")
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert dialog.save.text().strip("\u2009") == "记3人"
    dialog.search.setText("测试甲")
    dialog.search.send()
    assert dialog.save.text().strip("\u2009") == "记3人"  # who is out of sight stays ticked
    dialog.save.click()
    settle()
    assert given(desk) == (3, 360)
    words, undo = said[-1]
    assert words.startswith("已记3人，共6小时。")
    again_is_said(hub, desk)
    assert told[-1].endswith("这天已记过这次服务，不再重复记。")
    undo()  # type: ignore[operator]
    settle()
    assert given(desk) == (0, 0)
    hub.hide()
    hub.deleteLater()


def test_one_of_them_has_hours_of_their_own(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(messages, "tell", lambda _owner, words, *_more: told.append(words))
    hub = hub_of(desk, "resources")
    undone: list[Callable[[], None]] = []
    hub.said.connect(lambda _words, undo: undone.append(undo))
    hub.verbs["volunteer_service"][-1].click()
    settle()
    dialog = hub.findChild(ServicesDialog)
    dialog.form.body.boxes["served"].put("2")
    dialog.list.tick([one.id for one in dialog._helpers])
    dialog.list.set_current(dialog._helpers[1].id)
    assert dialog._helpers[1].name in dialog.hours.accessibleName()
    dialog.hours.set_value("30小时")
    dialog.save.click()
    settle()
    assert given(desk) == (0, 0)  # control: what cannot be is said of that one, and nothing is written
    assert dialog.hours_of.state == "error"
    dialog.hours.set_value("3")
    dialog.save.click()
    settle()
    assert given(desk) == (3, 420)
    undone[-1]()
    settle()
    assert given(desk) == (0, 0)
    hub.hide()
    hub.deleteLater()


def test_what_is_left_of_goods_stands_in_their_list(desk: Desk) -> None:
    rice = {"what": "大米", "sort": "goods", "quantity": 10, "measure": "袋"}
    goods = save_form(desk, new_form(desk, "resource"), rice)
    job = save_form(desk, new_form(desk, "resource"), {"what": "保洁岗位", "sort": "job", "quantity": 2})
    name_rows.enter_handouts(desk, goods.id, {"quantity": "3"}, [("", "测试丁")])
    at = LIST_OF["resource"].heads.index("结余")
    left = {line.id: line.cells[at] for line in list_station(desk, "resource")}
    assert left == {goods.id: "7", job.id: ""}


def test_the_village_brings_its_point_and_liaison(desk: Desk) -> None:
    for village in ("上溪村", "下溪村"):
        told = {"name": f"{village}服务点", "village": village, "liaison": "测试戊", "phone": "13900000311"}
        save_form(desk, new_form(desk, "service_point"), told)
    hub = hub_of(desk, "groups")
    hub.start("activity", {})
    settle()
    boxes = hub.stack.over.form.body.boxes
    boxes["village"].put("没有服务点的村")
    boxes["village"].control.left.emit()
    assert not boxes["service_point"].filled  # control
    boxes["village"].put("下溪村")
    boxes["village"].control.left.emit()
    assert boxes["service_point"].control.currentText() == "下溪村服务点　联络员测试戊"
    found = register_household(desk, {"village": "下溪村"}, [MemberInput("02", {"name": "测试己"})])
    beside = visits.visit_beside(desk, "", found.household, [])
    assert beside.point == "下溪村服务点，联络员测试戊 13900000311"
    hub.stack.over.leave()
    hub.hide()
    hub.deleteLater()


def again_is_said(hub: StationHub, desk: Desk) -> None:
    """The same service of the same day is refused, and the rows say what is written down already."""
    hub.verbs["volunteer_service"][-1].click()
    settle()
    dialog = hub.findChildren(ServicesDialog)[-1]
    assert all(one.done == "已记2小时　送餐" for one in dialog._helpers)
    dialog.form.body.boxes["served"].put("2")
    dialog.form.body.boxes["what"].put("送餐")
    dialog.list.tick([dialog._helpers[0].id])
    dialog.save.click()
    settle()
    assert given(desk) == (3, 360)
    dialog.reject()
    settle()


def test_services_are_noted_as_on_the_platform_many_at_once(desk: Desk) -> None:
    who = list_station(desk, "volunteer")[0].id
    for day in ("2026-06-01", "2026-06-02", "2026-06-03"):
        known = {"volunteer": who, "date": day, "served": "1", "on_platform": day.endswith("3")}
        save_form(desk, new_form(desk, "volunteer_service"), known)
    asked = [one for one in volunteers.services_to_record(desk) if one.date < "2026-06-04"]
    assert [one.date for one in asked] == ["2026-06-02", "2026-06-01"]
    hub = hub_of(desk, "resources")
    said: list[str] = []
    hub.said.connect(lambda words, _undo: said.append(words))
    hub.show_tab("volunteer_service")
    assert hub.verbs["volunteer_service"][0].accessibleName() == "已录平台"
    hub.verbs["volunteer_service"][0].click()
    settle()
    dialog = hub.findChildren(TickDialog)[-1]
    dialog.list.tick([one.id for one in asked])
    dialog.go.click()
    settle()
    assert said == ["2条已记为录入平台。10秒内可以撤销。"]
    assert not {one.id for one in asked} & {one.id for one in volunteers.services_to_record(desk)}
    changes = volunteers.record_on_platform(desk, [one.id for one in asked])
    assert changes.edit is None  # nothing is written twice
    hub.hide()
    hub.deleteLater()


def test_a_volunteer_begins_today_and_is_told_when_registered_twice(desk: Desk) -> None:
    hub = hub_of(desk, "resources")
    said: list[str] = []
    hub.said.connect(lambda words, _undo: said.append(words))
    for name in ("测试庚", "测试辛"):
        hub.show_tab("volunteer")
        hub.new.click()
        settle()
        boxes = hub.stack.over.form.body.all_boxes()
        assert boxes["registered_on"].typed() == "2026-06-30"
        boxes["name"].put(name)
        boxes["id_number"].put("11010519491231002X")
        assert (boxes["born_on"].typed(), boxes["sex"].typed()) == ("1949-12-31", "2")
        hub.stack.over.save()
        settle()
    assert said[0] == "志愿者已保存。10秒内可以撤销。"
    assert said[1] == "志愿者已保存。待核：已有志愿者登记了同样的身份证号，请核对。"
    hub.hide()
    hub.deleteLater()


def test_the_proof_is_seen_from_the_volunteer(desk: Desk) -> None:
    hub = hub_of(desk, "resources")
    hub.show_tab("volunteer")
    hub.card.table.opened.emit(hub.current_id())
    settle()
    hub.stack.over.proof_button.click()
    settle()
    assert hub.findChild(PaperDialog) is not None
    hub.findChild(PaperDialog).reject()
    hub.hide()
    hub.deleteLater()


def test_words_that_tell_are_named_and_nothing_is_refused(desk: Desk) -> None:
    hub = hub_of(desk, "supervision")
    hub.new.click()
    settle()
    page = hub.stack.over
    boxes = page.form.body.all_boxes()
    boxes["supervisor"].put("韦督导")
    boxes["topics"].put("韦督导讲老人照护的边界")
    assert page._rest.isActive()  # looked for when the keyboard rests
    page.look()
    settle()
    assert page.band.isHidden()  # control: nothing that tells
    long = "每周三下午给独居老人打一次电话，问吃饭、吃药和有没有人来看过，都记到走访里，电话13900000301"
    boxes["advice"].put(f"1. 下周陪覃桂兰去医院\n（2）{long}")
    page.look()
    settle()
    assert not page.band.isHidden()
    assert "覃桂兰" in page.band.text()
    assert "13900000301" in page.band.text()
    page.save()
    settle()
    assert hub.stack.over is None
    hub.card.table.opened.emit(hub.current_id())
    settle()
    page = hub.stack.over
    for expected in (2, 2):  # pressed twice, listed once
        page.side.do.click()
        settle()
        tasks = supervision_work.advice_tasks(desk, page.form.form.id)
        assert len(tasks) == expected
    assert [one.what for one in tasks] == ["下周陪覃桂兰去医院", long]
    assert page.side.minimumSizeHint().width() <= px(SIDE_WIDTH)  # however long the advice
    page.side.day.set_value("7月")
    with pytest.raises(AppError, match="完成日期不对"):
        supervision_work.raise_advice(desk, page.form.form.id, page.side.day.value())
    page.leave()
    settle()
    hub.tabs.set_current(len(hub.lists))
    settle()
    assert hub.panel is not None
    assert not hub.new.isVisible()
    hub.show_tab("supervision")
    assert hub.new.isVisible()
    hub.hide()
    hub.deleteLater()
