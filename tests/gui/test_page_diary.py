"""工作日志: the day as records tell it, one line to type, and what was typed never lost or mixed up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from sample_station import at_rest, copy_of_sample, press, visit, window_on, write

from sgz_desktop.actions import diary, forms
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.gui.dialogs.pick_dialog import draft_target
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.diary import DiaryPage
from sgz_desktop.gui.pages.workbench import WorkbenchPage
from sgz_desktop.gui.paper_pane import PaperView
from sgz_desktop.gui.theme import WidthClass

ERRAND = "核对高龄津贴名单"


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any) -> Iterator[OpenStation]:
    monkeypatch.setenv("SGZ_STATE", str(tmp_path / "state"))
    station, _ = copy_of_sample(tmp_path)
    yield station
    at_rest(qtbot)
    station.close()


@pytest.fixture
def desk(opened: OpenStation) -> Desk:
    return opened.desk


@pytest.fixture
def window(opened: OpenStation, qtbot: Any) -> MainWindow:
    return window_on(opened, qtbot)


@pytest.fixture
def home(window: MainWindow, qtbot: Any) -> WorkbenchPage:
    found = window.go("home")
    assert isinstance(found, WorkbenchPage)
    at_rest(qtbot)
    return found


@pytest.fixture
def page(home: WorkbenchPage, qtbot: Any) -> DiaryPage:
    assert home.diary.shortcut().toString() == "F7"
    press(home.diary, qtbot)
    at_rest(qtbot)
    found = home.stack.over
    assert isinstance(found, DiaryPage)
    return found


def words(page: DiaryPage) -> list[tuple[str, ...]]:
    table = page.table
    width = len(table.columns)
    return [
        tuple(table.rows.index(row, at).data() for at in range(width)) for row in range(table.rows.rowCount())
    ]


def box(page: DiaryPage, name: str) -> Any:
    assert page.form is not None
    return page.form.body.boxes[name].control


def test_a_day_without_records_says_so_and_takes_a_line(page: DiaryPage, desk: Desk, qtbot: Any) -> None:
    assert words(page) == [("", "还没有记录", "", "走访、来电和个案记录会自动列在这里")]
    assert page.head.facts.text() == "今天（周二）·0件"
    write(box(page, "errands"), ERRAND)
    press(page.save_button, qtbot)
    at_rest(qtbot)
    assert diary.diary_day(desk, desk.today()).told.errands == ERRAND
    assert box(page, "errands").value() == ERRAND


def test_days_are_turned_and_each_has_its_own_draft(page: DiaryPage, desk: Desk, qtbot: Any) -> None:
    write(box(page, "errands"), ERRAND)
    for _ in range(4):
        page.turn(-1)
        at_rest(qtbot)
    assert page.head.facts.text() == "6月26日（周五）·1件"
    assert words(page)[0][1:] == ("走访（入户）", "覃甲田", "见到本人和父亲。愿意坐轮椅到院里。")
    assert box(page, "errands").value() == ""
    page.turn(1)
    for _ in range(5):
        page.turn(1)  # never after today
    at_rest(qtbot)
    assert page.day == desk.today()
    (draft,) = forms.list_drafts(desk)
    assert draft.record == diary.diary_id(desk.today(), desk.user)
    assert draft_target(draft) == ("home", {"diary": draft.record})


def test_a_draft_opens_the_diary_of_its_day(window: MainWindow, desk: Desk, qtbot: Any) -> None:
    window.go("home", {"diary": diary.diary_id("2026-06-26", desk.user)})
    at_rest(qtbot)
    home: Any = window.page("home")
    assert home.stack.over.day == "2026-06-26"


def test_a_row_opens_its_record(page: DiaryPage, window: MainWindow, qtbot: Any) -> None:
    page.turn(-4)
    at_rest(qtbot)
    page.table.set_current(next(iter(page._done)))
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    at_rest(qtbot)
    assert window.current == "visits"


def test_the_week_and_what_clashes(page: DiaryPage, desk: Desk, qtbot: Any) -> None:
    home = str(forms.form(desk, next(iter(_visits(desk))), "visit").values["household"])
    for start in ("09:00", "09:30"):
        one = visit(desk, home, "2026-06-29", "看药盒")
        forms.save_form(desk, forms.form(desk, one, "visit"), {"start_time": start})
    at_rest(qtbot)
    page.span.set_value("week")
    at_rest(qtbot)
    rows = words(page)
    assert [row[0] for row in rows] == ["6月29日（周一）", "09:00", "09:30", "6月30日（周二）"]
    assert rows[1][3] == "时间重叠；看药盒"
    assert page.band.isVisible()


def _visits(desk: Desk) -> list[str]:
    month = diary.diary_days(desk, "2026-06-01", "2026-06-30")
    return [one.id for day in month for one in day.done if one.kind == "visit"]


def test_a_change_elsewhere_leaves_what_is_being_typed(page: DiaryPage, desk: Desk, qtbot: Any) -> None:
    write(box(page, "errands"), ERRAND)
    home = str(forms.form(desk, _visits(desk)[0], "visit").values["household"])
    visit(desk, home, "2026-06-30", "送药盒")
    at_rest(qtbot)
    assert words(page)[0][3] == "送药盒"
    assert box(page, "errands").value() == ERRAND


def test_the_month_on_paper(page: DiaryPage, home: WorkbenchPage, qtbot: Any) -> None:
    page.paper.emit("2026-06-01", "2026-06-30", page.worker)
    view = home.stack.over
    assert isinstance(view, PaperView)
    qtbot.waitUntil(view.save_button.isEnabled, timeout=20_000)
    view.closed.emit()
    at_rest(qtbot)
    assert isinstance(home.stack.over, DiaryPage)


def test_in_a_narrow_window_the_table_keeps_its_rows(page: DiaryPage, qtbot: Any) -> None:
    page.set_compact(WidthClass.STACKED)
    at_rest(qtbot)
    assert page.table.minimumHeight() >= 2 * 37
    page.set_compact(WidthClass.WIDE)
    assert page.table.minimumHeight() == 0


def test_leaving_keeps_what_was_typed(page: DiaryPage, home: WorkbenchPage, desk: Desk, qtbot: Any) -> None:
    write(box(page, "other"), "开会")
    press(page.head.findChildren(type(page.save_button))[0], qtbot)  # ‹ 返回
    at_rest(qtbot)
    assert home.stack.over is None
    assert [draft.body["typed"]["other"] for draft in forms.list_drafts(desk)] == ["开会"]


def test_what_is_exported_is_what_is_shown(page: DiaryPage, qtbot: Any) -> None:
    page.turn(-4)
    at_rest(qtbot)
    told = [["2026-06-26", "", "走访（入户）", "覃甲田", "见到本人和父亲。愿意坐轮椅到院里。"]]
    assert page._read_all() == told
    page.span.set_value("week")
    at_rest(qtbot)
    assert page._read_all() == told
