"""Reads exported tables back without the product's writers, and names whatever in them could act."""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterator, Set
from decimal import Decimal
from typing import NamedTuple
from xml.etree import ElementTree

import openpyxl

from sgz_desktop.exports import csv_lines, tables, xlsx
from sgz_desktop.exports.escapes import unescaped

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
MEMBERS = {
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
}
PASSIVE = {"worksheet", "sheetViews", "sheetView", "pane", "sheetFormatPr", "cols", "col", "sheetData"}
PASSIVE |= {"row", "c", "is", "t", "v"}
# How a ledger is laid out and printed, and the two names that belong to it.
LAYOUT = {"sheetPr", "pageSetUpPr", "autoFilter", "mergeCells", "mergeCell", "pageMargins", "pageSetup"}
LAYOUT |= {"headerFooter", "oddFooter"}
LEDGER_NAMES = {"_xlnm._FilterDatabase", "_xlnm.Print_Titles"}
BY_TITLE = {table.title: table for table in tables.tables()}


class XlsxCell(NamedTuple):
    """A cell as it stands in the file: its place, what its `t` says, and its text or number."""

    place: str
    sort: str
    text: str


def sheets(data: bytes) -> dict[str, list[list[XlsxCell]]]:
    """Title → rows of the cells that are there."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        targets = {
            link.attrib["Id"]: link.attrib["Target"]
            for link in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        }
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        return {
            sheet.attrib["name"]: _rows(archive.read("xl/" + targets[sheet.attrib[RELATION]]))
            for sheet in book.iter(MAIN + "sheet")
        }


def _rows(xml: bytes) -> list[list[XlsxCell]]:
    rows = ElementTree.fromstring(xml).iter(MAIN + "row")
    return [[_cell(cell) for cell in row] for row in rows]


def _cell(cell: ElementTree.Element) -> XlsxCell:
    text = "".join(cell.itertext())
    return XlsxCell(cell.attrib["r"], cell.attrib.get("t", "n"), text)


def workbook_records(data: bytes) -> list[tables.Entry]:
    """The records of a workbook by kind and id, headings and 说明 left out."""
    found = []
    for title, rows in sheets(data).items():
        if title != tables.ABOUT.title:
            table = BY_TITLE[title]
            assert [cell.text for cell in rows[1]] == [column.name for column in table.columns]
            whole = xlsx.joined(_row(cells, len(table.columns)) for cells in rows[2:])
            found += [tables.values_of(table, row) for row in whole]
    return sorted(found, key=lambda entry: entry[:2])


def _row(cells: list[XlsxCell], width: int) -> tables.Row:
    row: list[tables.Cell] = [None] * width
    for cell in cells:
        letters = cell.place.rstrip("0123456789")
        place = 0
        for letter in letters:
            place = place * 26 + ord(letter) - ord("A") + 1
        row[place - 1] = Decimal(cell.text) if cell.sort == "n" else unescaped(cell.text)
    return tuple(row)


def csv_records(files: dict[str, bytes]) -> list[tables.Entry]:
    """The records of a folder of CSV files, name → bytes."""
    found = []
    for name, data in files.items():
        title = name.removesuffix(".csv")
        if title != tables.ABOUT.title:
            table = BY_TITLE[title]
            rows = list(csv_lines.read(data))
            assert list(rows[1]) == [column.name for column in table.columns]
            found += [tables.values_of(table, row) for row in rows[2:]]
    return sorted(found, key=lambda entry: entry[:2])


def active_in_workbook(data: bytes) -> list[str]:
    """What of a workbook is a formula, a link, a foreign part or otherwise not plain text or a number."""
    return [*_active_parts(data), *_active_cells(data), *_formulas_openpyxl_finds(data)]


def active_in_ledger(data: bytes) -> list[str]:
    """The same of a ledger, which has days, a filter and rows that are printed on each page."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    names = [name.attrib["name"] for name in book.iter(MAIN + "definedName")]
    return [
        *(f"name {name}" for name in names if name not in LEDGER_NAMES),
        *_active_parts(data, PASSIVE | LAYOUT, frozenset()),
        *_active_cells(data, boxed=True),
        *_formulas_openpyxl_finds(data, "snd"),
    ]


def _active_parts(
    data: bytes, passive: Set[str] = PASSIVE, odd: Set[str] = frozenset({"definedName"})
) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            sheet = name.startswith("xl/worksheets/sheet") and name.endswith(".xml")
            if not sheet and name not in MEMBERS:
                yield f"part {name}"
            tags = {
                element.tag.removeprefix(MAIN)
                for element in ElementTree.fromstring(archive.read(name)).iter()
            }
            yield from (f"{name}: <{tag}>" for tag in sorted(tags - passive if sheet else tags & odd))


def _active_cells(data: bytes, boxed: bool = False) -> Iterator[str]:
    """Cells that are neither text nor a number; `boxed` ones may be empty, with lines around them."""
    for title, rows in sheets(data).items():
        for cell in (cell for row in rows for cell in row):
            plain = cell.sort == "n" and (_is_number(cell.text) or (boxed and not cell.text))
            if cell.sort != "inlineStr" and not plain:
                yield f"{title} {cell.place}: {cell.sort}"


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdecimal()


def _formulas_openpyxl_finds(data: bytes, plain: str = "sn") -> Iterator[str]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type not in plain or cell.hyperlink:
                    yield f"{sheet.title} {cell.coordinate}: {cell.data_type}"
    book.close()


def active_in_csv(data: bytes) -> list[str]:
    """Cells a spreadsheet could take for a formula: what it drops in front is dropped here too."""
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    return [cell[:20] for row in rows for cell in row if would_run(cell)]


UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp"}


def would_run(cell: str) -> bool:
    """Is the first visible character, of any width, a formula's, or the very first a tab or line break?"""
    seen = next((char for char in cell if unicodedata.category(char) not in UNSEEN), "")
    return unicodedata.normalize("NFKC", seen) in ("=", "+", "-", "@") or cell[:1] in ("\t", "\r", "\n", "\0")
