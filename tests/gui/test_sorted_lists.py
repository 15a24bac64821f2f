"""The lists of people and of cases: narrowed, sorted and written to a file from the window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from case_helpers import people_named
from PySide6.QtCore import Qt
from sample_station import at_rest, save

from sgz_desktop.actions import cases, people
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.gui.main_window import MainWindow
from sgz_desktop.gui.pages.cases import CasesPage
from sgz_desktop.gui.pages.people import PeoplePage
from sgz_desktop.gui.pages.reports import ReportsPage

pytest_plugins = ["case_fixtures"]


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the person wants files saved."""
    monkeypatch.setattr("sgz_desktop.gui.messages.ask_save_path", lambda *_: tmp_path / "out.xlsx")
    return tmp_path / "out.xlsx"


@pytest.fixture
def people_page(window: MainWindow, qtbot: Any) -> PeoplePage:
    found = window.go("people")
    assert isinstance(found, PeoplePage)
    at_rest(qtbot)
    return found


def written(path: Path) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))


@pytest.mark.parametrize("phones", [False, True])
def test_people_are_sorted_and_written_as_they_stand(
    people_page: PeoplePage, target: Path, phones: bool, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    told: list[str] = []
    asked: list[str] = []
    people_page.said.connect(lambda words, _undo: told.append(words))
    monkeypatch.setattr(
        "sgz_desktop.gui.messages.ask", lambda _over, text, *_, **__: asked.append(text) or phones
    )
    tools = people_page.list.tools
    tools.order.setFocus()
    qtbot.keyClick(tools.order, Qt.Key.Key_Down)  # by name
    at_rest(qtbot)
    tools.export()
    at_rest(qtbot)
    rows = written(target)
    assert [row[1] for row in rows[2:]] == [
        "梁丙菊",
        "罗丁根",
        "覃甲田",
        "覃乙月",
    ]  # liáng, luó, qín jiǎ, qín yǐ
    assert ("13900000217" in str(rows)) is phones
    assert asked == ["导出的名单里要带电话吗？"]
    assert told == ["已导出4行。这个文件没有加密，用完请收好。"]


def test_who_chooses_no_file_is_asked_no_more(
    people_page: PeoplePage, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    monkeypatch.setattr("sgz_desktop.gui.messages.ask_save_path", lambda *_: None)
    monkeypatch.setattr("sgz_desktop.gui.messages.ask", lambda *_, **__: pytest.fail("asked"))
    people_page.list.tools.export()
    at_rest(qtbot)


def test_cases_are_narrowed_by_stage_worker_and_risk(
    page: CasesPage, opened: tuple[OpenStation, str], target: Path, qtbot: Any
) -> None:
    desk, listed = opened[0].desk, page.list
    for name in ("梁丙菊", "罗丁根"):
        cases.open_case(desk, person=people_named(desk, name))
    listed.read()
    at_rest(qtbot)
    assert listed.table.rows.rowCount() == 3
    listed.filters.stage.set_value("介入")
    assert [row[0] for row in listed.table.rows_shown()] == ["覃乙月"]
    listed.filters.risk.set_value("")
    assert listed.table.rows.rowCount() == 0
    assert listed.empty.accessibleName() == "没有这样的个案，可以放宽条件。"
    listed.filters.stage.set_value("*")
    assert {row[0] for row in listed.table.rows_shown()} == {"梁丙菊", "罗丁根"}
    listed.filters.worker.set_value("甲社工")
    listed.table.sort_by(0)
    listed.tools.export()
    at_rest(qtbot)
    assert [row[0] for row in written(target)[2:]] == ["梁丙菊", "罗丁根"]


def test_a_worker_who_has_no_case_any_more_is_asked_for_no_more(page: CasesPage) -> None:
    filters, lines = page.list.filters, page.list._lines
    filters.worker.set_value("甲社工")
    assert filters.narrow
    filters.offer([])
    assert not filters.narrow
    assert [filters.holds(line) for line in lines] == [True] * len(lines)


def test_the_records_behind_a_figure_are_written(
    window: MainWindow, opened: tuple[OpenStation, str], target: Path, qtbot: Any
) -> None:
    save(opened[0].desk, "contact", {"date": "2026-06-05", "matter": "问低保"})
    page = window.go("reports", "2026-06")
    assert isinstance(page, ReportsPage)
    at_rest(qtbot)
    figure = next(one for one in page.outline._figures if one.now.title == "在册服务对象")
    page.open_figure(figure)
    at_rest(qtbot)
    page.drawer.tools.export()
    at_rest(qtbot)
    names = {
        line.name for line in people.people_rows(opened[0].desk, people.list_people(opened[0].desk)).values()
    }
    assert {row[1] for row in written(target)[2:]} == names
