"""Records as rows: every field has its column and every value comes back, in a workbook and in CSV."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "domain"))
from generate import filled

from sgz_desktop.domain.fields import Share
from sgz_desktop.domain.records import BY_KIND, RECORDS
from sgz_desktop.domain.records.base import Surface, questions
from sgz_desktop.errors import AppError
from sgz_desktop.exports import csv_lines, tables, xlsx
from tests.exports import reading

KINDS = [kind for kind in RECORDS if Surface.NDJSON not in kind.LACKS]
ORDER = tuple(tables.tables())
Entries = list[tables.Entry]


def workbook(records: Entries) -> bytes:
    return b"".join(xlsx.written(tables.filled(lambda: iter(records)), ORDER))


def folder(records: Entries) -> dict[str, bytes]:
    sheets = tables.filled(lambda: iter(records))
    return {f"{table.title}.csv": b"".join(csv_lines.written(table, rows)) for table, rows in sheets}


def person(**values: Any) -> Entries:
    return [("person", "p-1", values)]


def row(**values: Any) -> dict[str, tables.Cell]:
    table = tables.table_of(BY_KIND["person"])
    cells = tables.row_of(table, "p-1", values)
    return {column.name: cell for column, cell in zip(table.columns, cells, strict=True) if cell is not None}


def test_every_field_of_every_kind_comes_back() -> None:
    records = sorted((kind.KIND, f"id-{n}", filled(kind, n)) for kind in KINDS for n in (1, 2, 3))
    assert reading.workbook_records(workbook(records)) == records
    assert reading.csv_records(folder(records)) == records


def test_a_field_without_its_column_would_be_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    records = person(name="甲", note="乙")
    monkeypatch.setattr(tables, "_json", lambda values: "{}")
    assert reading.workbook_records(workbook(records)) == records
    assert reading.workbook_records(workbook(person(name="甲", newer="乙"))) != person(name="甲", newer="乙")


def test_columns_are_what_peers_share() -> None:
    for kind in KINDS:
        shared = [name for name, one in questions(kind).items() if one.ask.share is not Share.NOBODY]
        assert [column.name for column in tables.table_of(kind).columns] == ["id", *shared, "deleted", "*"]


def test_titles_are_names_of_sheets_and_files() -> None:
    titles = [tables.ABOUT.title, *(table.title for table in ORDER)]
    assert len({title.casefold() for title in titles}) == len(titles) == len(KINDS) + 2
    assert all(0 < len(title) <= 31 and not set(title) & set("[]:*?/\\'<>|\"") for title in titles)


def test_cells_are_words_numbers_and_days() -> None:
    assert row(name="=甲", sex="2", born="1962-03", monthly_income=350005, deleted=True) == {
        "id": "p-1",
        "name": "=甲",
        "sex": "女",
        "born": "1962-03",
        "monthly_income": Decimal("3500.05"),
        "deleted": "是",
    }


@pytest.mark.parametrize(
    ("values", "rest"),
    [
        ({"newer": [1, {"甲": None}]}, '{"newer":[1,{"甲":null}]}'),
        ({"name": 5}, '{"name":5}'),
        ({"name": ""}, '{"name":""}'),
        ({"monthly_income": -5}, '{"monthly_income":-5}'),
        ({"sex": "女"}, '{"sex":"女"}'),  # a code that is another one's label
        ({"deleted": "yes"}, '{"deleted":"yes"}'),
        ({"*": 1, "id": 2}, '{"*":1,"id":2}'),
    ],
)
def test_what_its_own_column_cannot_give_back_stands_in_the_last(values: dict[str, Any], rest: str) -> None:
    assert row(**values)["*"] == rest
    records: Entries = [("person", "p-1", values)]
    assert reading.workbook_records(workbook(records)) == records
    assert reading.csv_records(folder(records)) == records


def test_unknown_kinds_share_one_table() -> None:
    records: Entries = [("a/b", "x", {"n": "=1"}), ("person", "p", {"name": "甲"}), ("住所", "x", {"n": 2})]
    assert set(folder(records)) == {"服务对象.csv", "其他资料.csv"}
    assert reading.workbook_records(workbook(records)) == records
    assert reading.csv_records(folder(records)) == records


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
scalars = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts
raw = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2)
)
names = st.sampled_from(
    ["name", "born", "sex", "monthly_income", "categories", "note", "deleted", "newer", "*"]
)
anything = st.dictionaries(names, raw, max_size=5).map(
    lambda values: {name: value for name, value in values.items() if value is not None}
)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.tuples(st.sampled_from(["person", "visit", "住所"]), st.sampled_from("ab")), anything)
)
def test_whatever_peers_may_have_sent_comes_back(sent: dict[tuple[str, str], dict[str, Any]]) -> None:
    records = sorted((kind, id, values) for (kind, id), values in sent.items())
    assert reading.workbook_records(workbook(records)) == records
    assert reading.csv_records(folder(records)) == records


@pytest.mark.parametrize(
    "text", ["字" * 32_767, "字" * 32_768, "😀" * 16_383, "😀" * 40_000, "\0" * 9_000, "_" * 70_000]
)
def test_a_long_text_goes_on_in_the_next_row(text: str) -> None:
    records = [*person(name="甲", note=text), ("person", "p-2", {"note": "乙"})]
    data = workbook(records)
    assert reading.workbook_records(data) == records
    cells = [cell.text for rows in reading.sheets(data)["服务对象"] for cell in rows]
    assert max(len(cell.encode("utf-16-le")) // 2 for cell in cells) <= xlsx.MOST_UNITS


def test_a_workbook_is_opened_by_others_with_headings_in_place() -> None:
    with_rest = workbook(person(name="=甲", monthly_income=350005, note="乙"))
    book = openpyxl.load_workbook(io.BytesIO(with_rest))
    sheet = book["服务对象"]
    assert (sheet["A1"].value, sheet["A2"].value, sheet["A3"].value) == ("系统编号", "id", "p-1")
    assert sheet.freeze_panes == "A3"
    assert sheet.row_dimensions[2].hidden
    by_name = {cell.value: sheet.cell(3, cell.column) for cell in sheet[2]}
    assert (by_name["name"].value, by_name["name"].quotePrefix, by_name["name"].number_format) == (
        "=甲",
        True,
        "@",
    )
    assert (by_name["note"].value, by_name["note"].quotePrefix) == ("乙", False)
    assert by_name["monthly_income"].value == 3500.05
    book.close()


def test_same_records_same_bytes_and_no_part_that_names_anybody() -> None:
    data = workbook(person(name="甲"))
    assert data == workbook(person(name="甲"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == reading.MEMBERS | {"xl/worksheets/sheet1.xml"}


def test_sheets_stand_in_the_order_of_the_registry() -> None:
    records = sorted((kind.KIND, "x", {"newer": 1}) for kind in KINDS)
    assert list(reading.sheets(workbook(records))) == [table.title for table in ORDER[:-1]]


def test_more_than_a_sheet_holds_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    assert workbook(person(name="甲"))
    with pytest.raises(AppError, match="请改用csv格式"):
        workbook([*person(name="甲"), ("person", "p-2", {"name": "乙"})])
    monkeypatch.undo()
    monkeypatch.setattr(xlsx, "MOST_BYTES", 100)
    with pytest.raises(AppError, match="请改用csv格式"):
        workbook(person(name="甲"))


def test_rows_are_written_as_they_come() -> None:
    """The first bytes are out before the last record is asked for, and nothing waits in a temporary file."""
    asked = 0

    def many() -> Iterator[tables.Entry]:
        nonlocal asked
        for asked in range(5_000):
            yield "person", f"p-{asked:05}", {"note": f"{asked * 7919:020}" * 20}

    pieces = xlsx.written(tables.filled(many), ORDER)
    assert next(pieces)
    assert asked < 2_500
    pieces.close()


def test_what_is_no_csv_is_told() -> None:
    with pytest.raises(ValueError, match="CSV"):
        list(csv_lines.read(b'"a"b,"c'))
