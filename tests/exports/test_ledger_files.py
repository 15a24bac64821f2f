"""What is in a ledger's sheet reads back equal, with its types; and how the sheet is laid out."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from sgz_desktop.domain.ledger import FIRST, Cell, Head, Sheet, Sort
from sgz_desktop.exports import csv_lines, ledger_csv, ledger_xlsx
from tests.exports import reading

HEADS = (
    Head("序号", 12, Sort.NUMBER),
    Head("日期", 23, Sort.DAY),
    Head("金额", 20, Sort.MONEY),
    Head("情况", 60, Sort.TEXT),
)
TEXTS = st.text(max_size=40) | st.sampled_from(
    ["=1+1", "@SUM(1)", "007", "1-2", "_x0041_", "甲\n乙", "𪚥", "'x"]
)
DAYS = st.dates(min_value=FIRST, max_value=date(2199, 12, 31)) | st.sampled_from(
    ["1958", "1893-02-03", "2026-06"]
)
MONEY = st.integers(0, 10**12).map(lambda fen: Decimal(fen).scaleb(-2))
ROWS = st.lists(st.tuples(DAYS | st.none(), MONEY | st.none(), TEXTS | st.none()), max_size=12)


def sheet(rows: list[tuple[Cell, ...]], practice: bool = False) -> Sheet:
    placed = tuple((place, *row) for place, row in enumerate(rows, start=1))
    return Sheet("走访台账", "测试站", "TZ-ZF-1", "2026年　共几条", HEADS, placed, practice)


def from_workbook(data: bytes) -> list[list[Any]]:
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    return [list(row) for row in rows]


def told(cell: Any) -> Cell:
    """A cell of calamine's as ours: whole numbers and money are floats to it, nothing is ''."""
    if isinstance(cell, float):
        return Decimal(str(cell))
    return (cell or None) if isinstance(cell, str) else cell


def seen(cell: Cell) -> Cell:
    return None if cell == "" else Decimal(cell) if isinstance(cell, int) else cell


@settings(max_examples=150, deadline=None)
@given(ROWS)
def test_an_excel_sheet_reads_back_with_its_types(rows: list[tuple[Cell, ...]]) -> None:
    made = sheet(rows)
    found = from_workbook(b"".join(ledger_xlsx.written(made)))
    assert found[0][0] == "走访台账"
    assert found[1][0] == "测试站　2026年　共几条"
    assert found[2] == [head.words for head in HEADS]
    assert [[told(cell) for cell in row] for row in found[3:]] == [
        [seen(c) for c in row] for row in made.rows
    ]
    for row in found[3:]:
        assert isinstance(row[0], float)
        assert isinstance(row[1], date | str)


@settings(max_examples=150, deadline=None)
@given(ROWS, st.sampled_from(["utf-8", "gb18030"]))
def test_a_csv_file_reads_back_in_both_encodings(rows: list[tuple[Cell, ...]], encoding: Any) -> None:
    made = sheet(rows)
    data = b"".join(ledger_csv.written(made, encoding))
    assert data.startswith(b"\xef\xbb\xbf") is (encoding == "utf-8")
    text = data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    found = list(csv_lines.read(text.encode()))
    assert found[0] == tuple(head.words for head in HEADS)
    assert found[1:] == [tuple(as_text(cell) for cell in row) for row in made.rows]


def as_text(cell: Cell) -> str | None:
    if cell is None or cell == "":
        return None
    return (
        cell.isoformat()
        if isinstance(cell, date)
        else f"{Decimal(cell):f}"
        if isinstance(cell, int)
        else str(cell)
    )


def test_control_guessing_types_would_change_text() -> None:
    made = sheet([(None, None, "007")])
    data = b"".join(ledger_xlsx.written(made))
    assert told(from_workbook(data)[3][3]) == "007"
    guessed = b"".join(ledger_csv.written(made, "utf-8")).replace(b'"\'007"', b'"007"')
    assert list(csv_lines.read(guessed))[1][3] == "007"  # which Excel shows as 7: hence the mark
    assert b'"\'007"' in b"".join(ledger_csv.written(made, "utf-8"))


def test_a_long_text_goes_on_in_the_next_row() -> None:
    long = "长" * 70_000
    made = sheet([(date(2026, 6, 1), None, long), (None, None, "后")])
    found = from_workbook(b"".join(ledger_xlsx.written(made)))[3:]
    assert "".join(row[3] for row in found[:-1]) == long
    assert all(len(row[3]) <= 32_767 for row in found)
    assert [row[0] for row in found] == [1.0, *[""] * (len(found) - 2), 2.0]


def test_the_sheet_is_laid_out_to_be_read_and_printed() -> None:
    data = b"".join(
        ledger_xlsx.written(sheet([(date(2026, 6, 1), Decimal("12.50"), "=1+1")] * 3, practice=True))
    )
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book.active
    assert page is not None
    assert (page.title, page.freeze_panes, page.auto_filter.ref) == ("走访台账", "A4", "A3:D6")
    assert page.print_title_rows == "$1:$3"
    assert (page.page_setup.orientation, str(page.page_setup.paperSize)) == ("landscape", "9")
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page["A1"].value == "走访台账（练习站，人物情节均为虚构）"
    assert page["B4"].is_date
    assert page["C4"].number_format == "0.00"
    assert (page["D4"].data_type, page["D4"].value, page["D4"].number_format) == ("s", "=1+1", "@")
    assert page.column_dimensions["D"].width > page.column_dimensions["A"].width
    assert reading.active_in_ledger(data) == []


def test_control_a_formula_or_an_odd_name_is_found() -> None:
    data = b"".join(ledger_xlsx.written(sheet([(None, None, "甲")])))

    def with_part(name: str, old: str, new: str) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
            for part in before.namelist():
                text = before.read(part).decode()
                after.writestr(part, text.replace(old, new) if part == name else text)
        return out.getvalue()

    sheet_part = "xl/worksheets/sheet1.xml"
    assert reading.active_in_ledger(with_part(sheet_part, "<v>1</v>", "<f>1+1</f><v>2</v>"))
    assert reading.active_in_ledger(with_part("xl/workbook.xml", "_xlnm.Print_Titles", "Evil"))


def test_the_same_sheet_gives_the_same_bytes() -> None:
    rows: list[tuple[Cell, ...]] = [(date(2026, 6, 1), None, "甲")]
    assert b"".join(ledger_xlsx.written(sheet(rows))) == b"".join(ledger_xlsx.written(sheet(rows)))


def test_a_character_beyond_gbk_is_kept() -> None:
    data = b"".join(ledger_csv.written(sheet([(None, None, "㒢𠔻𪚥")]), "gb18030"))
    lines = list(csv.reader(io.StringIO(data.decode("gb18030"), newline="")))
    assert lines[1][3] == "㒢𠔻𪚥"
    with pytest.raises(UnicodeEncodeError):
        "㒢𠔻𪚥".encode("gb2312")
