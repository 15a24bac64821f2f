"""局发表样 by mouse and keyboard: put in, a cell clicked and mapped, filled in, its figure opened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from sample_station import at_rest, press

from sgz_desktop.actions import bureau, figures
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.gui import messages
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.bureau_page import BureauPage
from sgz_desktop.gui.pages.report_word import save_word
from sgz_desktop.gui.pages.reports import BUREAU, ReportsPage
from sgz_desktop.gui.theme import WidthClass
from sgz_desktop.gui.widgets.form_grid import FILLED, FORMULA, STATE
from tests.foreign.office_forms import SHEET, document, workbook

KEY = Qt.Key
MONTH = "2026-06"
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")


@pytest.fixture
def page(window: MainWindow, qtbot: Any) -> BureauPage:
    found = window.go("reports", MONTH)
    assert isinstance(found, ReportsPage)
    at_rest(qtbot)
    found.open_bureau()
    at_rest(qtbot)
    assert found.bureau is not None
    return found.bureau


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    path = tmp_path / "月报表.xlsx"
    path.write_bytes(workbook())
    return path


@pytest.fixture
def put(page: BureauPage, blank: Path, qtbot: Any) -> BureauPage:
    page.take(blank)
    at_rest(qtbot)
    return page


def state(page: BureauPage, ref: str) -> str:
    grid = page.view.grid
    found = [grid.item(row, at) for row in range(grid.rowCount()) for at in range(grid.columnCount())]
    return next(str(one.data(STATE)) for one in found if one and one.data(Qt.ItemDataRole.UserRole) == ref)


def click(page: BureauPage, ref: str) -> None:
    grid = page.view.grid
    for row in range(grid.rowCount()):
        for at in range(grid.columnCount()):
            item = grid.item(row, at)
            if item is not None and item.data(Qt.ItemDataRole.UserRole) == ref:
                grid.scrollToItem(item)
                spot = grid.visualItemRect(item).center()
                QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=spot)
                return
    raise KeyError(ref)


def shown_toast(page: BureauPage) -> list[str]:
    told: list[str] = []
    page.said.connect(lambda sentence, _undo: told.append(sentence))
    return told


def test_without_a_form_it_says_what_to_do(
    page: BureauPage, blank: Path, qtbot: Any, monkeypatch: Any
) -> None:
    assert page.first.isVisible()
    assert page.window().focusWidget() is page.first
    monkeypatch.setattr(messages, "ask_open_path", lambda *_: blank)
    press(page.first, qtbot)
    at_rest(qtbot)
    assert page.view.grid.isVisible()
    assert page.form.currentText() == "月报表"


def test_a_file_is_dropped_in(page: BureauPage, blank: Path, qtbot: Any) -> None:
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(blank))])
    spot, copy = QPointF(200, 200), Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(spot.toPoint(), copy, held, left, none)
    page.dragEnterEvent(entering)
    assert entering.isAccepted()
    page.dropEvent(QDropEvent(spot, copy, held, left, none))
    at_rest(qtbot)
    assert page.form.currentText() == "月报表"


def test_a_click_and_a_press_map_a_cell_and_one_press_fills(
    put: BureauPage, station: OpenStation, tmp_path: Path, qtbot: Any, monkeypatch: Any
) -> None:
    click(put, "C8")
    side = put.view.side
    assert side.place.text() == "C8 入户探访 · 本月"
    assert "入户探访（户次）本月" in side.use.words()
    press(side.use, qtbot)
    at_rest(qtbot)
    assert state(put, "C8") == FILLED
    assert put.view.grid.currentItem().text() == "2"
    (form,) = bureau.bureau_forms(station.desk)
    assert [(one.ref, one.source) for one in form.cells] == [("C8", "figure|V01|households|户次|now")]
    out = tmp_path / "填好.xlsx"
    suggested: list[str] = []

    def ask(_parent: QWidget, name: str, _kinds: str) -> Path:
        suggested.append(name)
        return out

    monkeypatch.setattr(messages, "ask_save_path", ask)
    told = shown_toast(put)
    press(put.save_button, qtbot)
    at_rest(qtbot)
    assert suggested == ["月报表-2026-06.xlsx"]
    assert "填了1格" in told[0]
    counted = {(one.now.code, one.now.part): one for one in figures.compare(station.desk, MONTH)}
    assert openpyxl.load_workbook(out)[SHEET]["C8"].value == counted["V01", "households"].now.value == 2


def test_by_keyboard_alone(put: BureauPage, station: OpenStation, qtbot: Any) -> None:
    grid, side = put.view.grid, put.view.side
    assert put.window().focusWidget() is grid
    grid.set_current("C9")
    QTest.keyClick(grid, KEY.Key_Down)
    assert grid.current_ref() == "C10"
    QTest.keyClick(grid, KEY.Key_Return)
    assert put.window().focusWidget() is side.use
    side.box.setFocus()
    side.box.setText("上月 转介")
    QTest.keyClick(side.box, KEY.Key_Return)
    at_rest(qtbot)
    assert put.window().focusWidget() is grid
    (form,) = bureau.bureau_forms(station.desk)
    assert [(one.ref, one.words) for one in form.cells] == [("C10", "转介（人次）上月")]


def test_ones_own_words_stand_behind_what_is_there(put: BureauPage, station: OpenStation, qtbot: Any) -> None:
    click(put, "A2")
    side = put.view.side
    assert side.after.isVisible()
    assert side.after.value()
    side.box.setText("柳溪站")
    QTest.keyClick(side.box, KEY.Key_Return)
    at_rest(qtbot)
    (form,) = bureau.bureau_forms(station.desk)
    assert [(one.ref, one.source, one.after) for one in form.cells] == [("A2", "text|柳溪站", True)]
    assert put.view.grid.currentItem().text() == "填报单位：柳溪站"
    press(side.clear_button, qtbot)
    at_rest(qtbot)
    assert bureau.bureau_forms(station.desk)[0].cells == ()


def test_all_at_once_by_the_labels_and_a_figure_opens(put: BureauPage, qtbot: Any) -> None:
    press(put.view.auto, qtbot)
    at_rest(qtbot)
    assert put.view.fills.rows.rowCount() == 15
    assert state(put, "C12") == FORMULA
    click(put, "C8")
    press(put.view.side.behind, qtbot)
    at_rest(qtbot)
    assert put.view.drawer.isVisible()
    assert put.view.drawer.table.rows.rowCount() == 2
    assert "按户计次" in put.view.drawer.rule.text()
    QTest.keyClick(put.view.drawer.table, KEY.Key_Escape)
    assert put.view.side.isVisible()
    assert put.window().focusWidget() is put.view.grid


def test_what_was_just_chosen_is_in_what_is_saved(
    put: BureauPage, tmp_path: Path, qtbot: Any, monkeypatch: Any
) -> None:
    out = tmp_path / "填好.xlsx"
    monkeypatch.setattr(messages, "ask_save_path", lambda *_: out)
    for ref in ("C6", "C8", "C9"):
        click(put, ref)
        press(put.view.side.use, qtbot)
    press(put.save_button, qtbot)  # while the choices are still being kept
    at_rest(qtbot)
    sheet = openpyxl.load_workbook(out)[SHEET]
    assert [sheet[ref].value for ref in ("C6", "C8", "C9", "C10")] == [0, 2, 0, None]


def test_a_newer_file_is_offered_and_its_lost_cells_are_said(
    put: BureauPage, blank: Path, tmp_path: Path, qtbot: Any, monkeypatch: Any
) -> None:
    press(put.view.auto, qtbot)
    at_rest(qtbot)
    blank.write_bytes(workbook(left_out="转介"))
    asked: list[str] = []

    def ask(_parent: QWidget, text: str, hint: str, **_: str) -> bool:
        asked.append(text + hint)
        return True

    monkeypatch.setattr(messages, "ask", ask)
    put.take(blank)
    at_rest(qtbot)
    assert asked == ["已有同名的表样，换成这一份？13格按标签跟过去，2格找不到，要重新选。"]
    assert "2格要重新选" in put.view.hint.text()
    problems: list[BaseException] = []
    monkeypatch.setattr(messages, "ask_save_path", lambda *_: tmp_path / "out.xlsx")
    monkeypatch.setattr(messages, "show_problem", lambda problem, _parent: problems.append(problem))
    press(put.save_button, qtbot)
    at_rest(qtbot)
    assert "转介 · 本月" in str(problems[0])
    assert not (tmp_path / "out.xlsx").exists()
    for _ in range(2):
        lost = next(at for at, one in enumerate(put.view.opened.form.cells) if one in put.view.opened.lost)
        put.view.drop_lost(lost)
    at_rest(qtbot)
    press(put.save_button, qtbot)
    at_rest(qtbot)
    assert (tmp_path / "out.xlsx").exists()


def test_a_bad_file_is_said_and_the_form_stays(
    put: BureauPage, tmp_path: Path, qtbot: Any, monkeypatch: Any
) -> None:
    problems: list[BaseException] = []
    monkeypatch.setattr(messages, "show_problem", lambda problem, _parent: problems.append(problem))
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900))
    put.take(bad)
    at_rest(qtbot)
    assert "老格式" in str(problems[0])
    assert put.form.count() == 1
    assert put.view.grid.isVisible()


def test_a_document_is_shown_and_removed(
    page: BureauPage, tmp_path: Path, qtbot: Any, monkeypatch: Any
) -> None:
    path = tmp_path / "工作月报.docx"
    path.write_bytes(document())
    page.take(path)
    at_rest(qtbot)
    assert [page.view.sheets.itemText(at) for at in range(page.view.sheets.count())] == ["表格1", "正文"]
    press(page.view.auto, qtbot)
    at_rest(qtbot)
    assert page.view.fills.rows.rowCount() == 10
    monkeypatch.setattr(messages, "ask", lambda *_, **__: True)
    press(page.drop_button, qtbot)
    at_rest(qtbot)
    assert page.first.isVisible()


def test_in_a_narrow_window_the_form_and_its_cell_take_turns(put: BureauPage, qtbot: Any) -> None:
    put.set_compact(WidthClass.STEPS)
    assert put.view.grid.isVisible()
    assert not put.view.side.isVisible()
    click(put, "C8")
    assert put.view.side.isVisible()
    assert not put.view.grid.isVisible()
    press(put.view.side.use, qtbot)
    at_rest(qtbot)
    assert put.view.grid.isVisible()
    assert state(put, "C8") == FILLED
    click(put, "C8")
    press(put.view.side.back, qtbot)
    assert put.view.grid.isVisible()


def test_the_way_in_and_back(window: MainWindow, qtbot: Any) -> None:
    reports: Any = window.go("reports", MONTH)
    at_rest(qtbot)
    QTest.keyClick(reports.outline.table, KEY.Key_F7)
    at_rest(qtbot)
    assert reports.bureau.isVisible()
    press(reports.bureau.head.back, qtbot)
    assert reports.outline.isVisible()
    assert window.go("reports", BUREAU) is reports
    at_rest(qtbot)
    assert reports.bureau.isVisible()


def test_nothing_is_cut_at_any_size(put: BureauPage, qtbot: Any, every_scale: float) -> None:
    for width in (WidthClass.STEPS, WidthClass.WIDE):
        put.set_compact(width)
        QApplication.processEvents()
        assert put.view.side.width() <= put.width() / (1 if width.steps else 2)
        for one in (put.put_button, put.drop_button, put.save_button, put.view.auto):
            assert one.width() >= one.sizeHint().width()


def test_the_brief_is_saved_for_word(
    window: MainWindow, tmp_path: Path, qtbot: Any, monkeypatch: Any
) -> None:
    reports: Any = window.go("reports", MONTH)
    at_rest(qtbot)
    told: list[str] = []
    asked: list[str] = []
    monkeypatch.setattr(
        messages, "ask_save_path", lambda _page, name, _kinds: asked.append(name) or tmp_path / "简报"
    )
    save_word(reports, reports._desk, ("monthly", MONTH), lambda sentence, _undo: told.append(sentence))
    at_rest(qtbot)
    assert asked == ["工作简报-2026-06.docx"]
    assert (tmp_path / "简报.docx").read_bytes()[:2] == b"PK"
    assert "简报.docx" in told[0]
