"""志愿者 and 督导: one service for many and its undo, the proof, words that tell, advice as tasks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desks import open_desk, settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from sgz_desktop.actions import supervision_work
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.forms import new_form, save_form
from sgz_desktop.actions.people import MemberInput, register_household
from sgz_desktop.gui import messages
from sgz_desktop.gui.dialogs.paper_dialog import PaperDialog
from sgz_desktop.gui.dialogs.services_dialog import ServicesDialog
from sgz_desktop.gui.pages.station_hub import StationHub
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
    boxes["topics"].put("老人照护的边界")
    page.look()
    settle()
    assert page.band.isHidden()  # control: nothing that tells
    boxes["advice"].put("1. 下周陪覃桂兰去医院\n2. 补写评估，电话13900000301")
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
    assert tasks[0].what == "下周陪覃桂兰去医院"
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
