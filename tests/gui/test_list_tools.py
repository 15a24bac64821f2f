"""Every list sorts by any column, in words and in days, and is written to an Excel file as it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sample_station import at_rest, save

from sgz_desktop.actions.allowed import CLERK
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.gui.list_tools import FEW, ListTools
from sgz_desktop.gui.pages.case_list import CaseList
from sgz_desktop.gui.pages.contacts import ContactsPage
from sgz_desktop.gui.widgets.data_table import Cell, Column, DataTable, cell_text, sort_key

COLUMNS = (Column("姓名", 100), Column("日期", 100), Column("件数", 0))
ROWS = [
    ["丙", Cell("昨天", sort="2026-06-29"), "10件"],
    ["甲", Cell("6月2日", sort="2026-06-02"), "9件"],
    ["乙", Cell("2025年12月30日", sort="2025-12-30"), ""],
]


@pytest.fixture
def table(qtbot: Any) -> DataTable:
    made = DataTable("名单", COLUMNS)
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.set_rows([1, 2, 3], ROWS)
    made.show()
    return made


def order(table: DataTable) -> list[int]:
    return list(table.rows.ids())


def test_a_press_on_a_head_sorts_and_another_turns_it_round(table: DataTable) -> None:
    across = table.horizontalHeader()
    place = across.sectionViewportPosition(1) + 20
    for wanted in ([3, 2, 1], [1, 2, 3], [3, 2, 1]):
        QTest.mouseClick(
            across.viewport(), Qt.MouseButton.LeftButton, pos=across.rect().center().__class__(place, 10)
        )
        assert order(table) == wanted


def test_numbers_in_words_are_numbers_and_empty_cells_come_last(table: DataTable) -> None:
    table.sort_by(2)
    assert order(table) == [2, 1, 3]
    table.sort_by(2, falling=True)
    assert order(table) == [1, 2, 3]
    table.sort_by(-1)
    assert order(table) == [1, 2, 3]


def test_what_is_chosen_stays_chosen_and_new_rows_keep_the_order(table: DataTable) -> None:
    table.set_current(1)
    table.sort_by(0)
    assert table.current_id() == 1
    table.set_rows([1, 2, 3, 4], [*ROWS, ["丁", "", ""]])
    assert order(table) == [4, 1, 3, 2]  # by code point, as everywhere a name is compared
    assert table.current_id() == 1


@given(st.lists(st.text("0123456789²①月日甲乙", max_size=6), max_size=8))
@example(["²", "3①", "①"])
def test_sorting_is_an_order(texts: list[str]) -> None:
    once = sorted(texts, key=sort_key)
    assert sorted(once, key=sort_key) == once
    backwards = texts[::-1]
    assert [sort_key(one) for one in sorted(backwards, key=sort_key)] == [sort_key(one) for one in once]


def test_the_keyboard_sorts_by_the_choice(station: OpenStation, table: DataTable, qtbot: Any) -> None:
    tools = ListTools(station.desk, "名单", table)
    qtbot.addWidget(tools)
    tools.show()
    assert tools.order.accessibleName() == "排序"
    tools.order.setFocus()
    QTest.keyClick(tools.order, Qt.Key.Key_Down)
    assert order(table) == sorted(order(table), key=lambda id: ROWS[id - 1][0])  # type: ignore[arg-type,return-value]
    table.sort_by(1)
    assert tools.order.value() == "1"


def test_a_long_table_is_looked_through_by_words(station: OpenStation, table: DataTable, qtbot: Any) -> None:
    tools = ListTools(station.desk, "名单", table)
    qtbot.addWidget(tools)
    tools.show()
    assert not tools.find()  # three rows need no field
    many = [[f"{n}号", "甲村" if n % 2 else "乙村", f"Case {n}"] for n in range(1, FEW + 3)]
    table.set_rows(list(range(1, FEW + 3)), many)
    assert tools.find()
    assert tools.focusWidget() is tools.box
    for text, wanted in (("甲村 case 1", [1, 11, 13, 15, 17, 19, 21]), ("丙", []), ("", range(1, FEW + 3))):
        tools.box.setText(text)
        tools.box.send()
        assert order(table) == list(wanted)
    tools.box.setText("甲村")
    tools.box.send()
    table.sort_by(0, falling=True)
    assert order(table)[0] == FEW + 1
    table.set_rows([1], [many[0]])  # read again, and fewer: the field stays while it holds words
    assert tools.box.isVisible()
    assert [row[0] for row in table.rows_shown()] == ["1号"]


def test_ctrl_f_goes_to_the_field_of_a_long_list(station: OpenStation, qtbot: Any) -> None:
    page = ContactsPage(station.desk)
    qtbot.addWidget(page)
    page.show()
    for count in (1, FEW):
        for _ in range(count):
            save(station.desk, "contact", {"date": "2026-06-05", "matter": "问低保"})
        page.activate()
        at_rest(qtbot)
        assert page.find() is (count == FEW)


def test_a_list_is_written_as_it_stands(
    station: OpenStation, table: DataTable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    told: list[str] = []
    target = tmp_path / "out.xlsx"
    monkeypatch.setattr("sgz_desktop.gui.messages.ask_save_path", lambda *_: target)
    tools = ListTools(station.desk, "名单", table)
    tools.said.connect(lambda words, _undo: told.append(words))
    qtbot.addWidget(tools)
    table.sort_by(1)
    tools.export()
    at_rest(qtbot)
    assert told == ["已导出3行。这个文件没有加密，用完请收好。"]
    book = openpyxl.load_workbook(target)
    rows = [list(row) for row in book["名单"].iter_rows(values_only=True)]
    assert rows[0] == ["姓名", "日期", "件数"]
    assert rows[2:] == [[cell_text(cell) or None for cell in ROWS[n]] for n in (2, 1, 0)]


def test_who_prints_nothing_exports_nothing(station: OpenStation, table: DataTable, qtbot: Any) -> None:
    from dataclasses import replace

    desk = replace(station.desk, actor=replace(station.desk.actor, roles=frozenset({CLERK})))
    tools = ListTools(desk, "名单", table)
    qtbot.addWidget(tools)
    assert not tools.export_button.isVisibleTo(tools)


def test_the_register_of_calls_sorts_by_day(station: OpenStation, qtbot: Any) -> None:
    for day in ("2026-06-05", "2025-12-30", "2026-06-29"):
        save(station.desk, "contact", {"date": day, "matter": day})
    page = ContactsPage(station.desk)
    qtbot.addWidget(page)
    page.activate()
    at_rest(qtbot)
    page.table.sort_by(0)
    assert [cell_text(row[2]) for row in page.table.rows_shown()] == [
        "2025-12-30",
        "2026-06-05",
        "2026-06-29",
    ]


def test_cases_are_written_and_sort_by_the_day_of_their_latest_record(
    station: OpenStation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    target = tmp_path / "cases.xlsx"
    monkeypatch.setattr("sgz_desktop.gui.messages.ask_save_path", lambda *_: target)
    page = CaseList(station.desk)
    qtbot.addWidget(page)
    page.read()
    at_rest(qtbot)
    page.chips.set_value(None)
    page._turn()
    days = {line.id: line.last_on for line in page._lines}
    page.table.sort_by(6)
    order = [days[id] for id in page.table.rows.ids() if days[id]]
    assert order == sorted(order)
    (tools,) = page.findChildren(ListTools)
    tools.export()
    at_rest(qtbot)
    assert (
        openpyxl.load_workbook(target)["个案"].max_row == len(days) + 2
    )  # the heads, and the hidden row of names
