"""督导记录: who a client is, is said while it is typed and keeps nobody from saving; advice becomes tasks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from desks import open_desk, settle
from PySide6.QtTest import QTest

from sgz_desktop.actions import forms, supervision_work
from sgz_desktop.actions.desk import Desk
from sgz_desktop.errors import AppError
from sgz_desktop.gui.pages.station_hub import StationHub
from sgz_desktop.gui.pages.supervision_page import SupervisionPage
from sgz_desktop.gui.record_page import SIDE_WIDTH
from sgz_desktop.gui.theme import px
from sgz_desktop.gui.widgets.text_row import TextRow


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("supervision")) as desk:
        for name in ("王桂花", "李长顺"):
            put(desk, "person", name=name)
        yield desk


def put(desk: Desk, kind: str, **values: Any) -> str:
    return forms.save_form(desk, forms.new_form(desk, kind, {}), values).id


@pytest.fixture
def hub(desk: Desk) -> Iterator[StationHub]:
    hub = StationHub(desk, "supervision")
    hub.resize(1134, 696)
    hub.show()
    yield hub
    hub.hide()
    hub.deleteLater()


def page_of(hub: StationHub) -> SupervisionPage:
    settle()
    page = hub.stack.over
    assert isinstance(page, SupervisionPage)
    return page


def warned(page: SupervisionPage) -> str:
    page._rest.timeout.emit()  # the keyboard has rested
    settle()
    return "" if page.band.isHidden() else page.band.text()


def test_a_client_is_told_while_typing_and_kept_if_meant(desk: Desk, hub: StationHub) -> None:
    hub.start("supervision", {})
    page = page_of(hub)
    boxes = page.form.body.all_boxes()
    boxes["date"].put("6.25")
    boxes["supervisor"].put("李长顺")  # control: a supervisor may be called like somebody on file
    boxes["topics"].put("独居老人不肯就医，李长顺带大家讨论")
    assert warned(page) == ""
    QTest.keyClicks(boxes["topics"].control, " ")
    assert page._rest.isActive()
    boxes["topics"].put("王桂花不肯就医")
    boxes["advice"].put("打她儿子电话13812345678")
    told = warned(page)
    assert told.startswith("可能认出服务对象")
    assert "“王桂花”" in told
    assert "“13812345678”" in told
    page.save()
    settle()
    assert hub.stack.over is None
    assert hub.current_id() == hub.card.lines[0].id
    hub.open_record("supervision", hub.current_id())
    assert "王桂花" in warned(page_of(hub))  # also when it is opened again
    page_of(hub).form.body.boxes["topics"].put("某老人不肯就医")
    page_of(hub).form.body.boxes["advice"].put("打电话给家属")
    assert warned(page_of(hub)) == ""


def test_advice_becomes_tasks_once(desk: Desk, hub: StationHub) -> None:
    long = "每周三下午给独居老人打一次电话，问吃饭、吃药和有没有人来看过，记到走访里"
    id = put(desk, "supervision", date="2026-06-25", advice=f"1. 写结案报告\n（2）{long}\n\n")
    hub.open_record("supervision", id)
    page = page_of(hub)
    page.side.day.set_value("2026-7-10")
    page.side.do.click()
    settle()
    found = supervision_work.advice_tasks(desk, id)
    assert [(one.what, one.due_on) for one in found] == [("写结案报告", "2026-07-10"), (long, "2026-07-10")]
    rows = page.side.findChildren(TextRow)
    assert [row.accessibleName() for row in rows] == [
        f"待办：{w}，2026年7月10日前" for w in ("写结案报告", long)
    ]
    assert page.side.minimumSizeHint().width() <= px(SIDE_WIDTH)
    said: list[str] = []
    page.said.connect(lambda words, _undo: said.append(words))
    page.side.do.click()
    settle()
    assert said == ["建议都已列成待办，没有重复列。"]
    assert len(supervision_work.advice_tasks(desk, id)) == 2


def test_what_cannot_become_a_task_is_said(desk: Desk) -> None:
    bare = put(desk, "supervision", date="2026-06-25", topics="带组技巧")
    with pytest.raises(AppError, match="还没有写建议"):
        supervision_work.raise_advice(desk, bare, "2026-7-10")
    with pytest.raises(AppError, match="完成日期不对"):
        supervision_work.raise_advice(desk, bare, "7月")
