"""A table from outside: an Excel workbook or a text file, told apart by its bytes and never by its name.

The answer is JSON: {"sheets": [{"name": …, "hidden": …, "rows": [[cell, …], …]}, …]}. A cell is null, text, a
number, true or false, or an object: {"day": "2026-06-03"}, {"time": "09:30"}, {"unread": true} for a formula
without a kept value and for a cell that shows an error.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from math import isfinite
from typing import Any
from xml.etree import ElementTree

import python_calamine

from sgz_desktop.foreign.refused import Refused
from sgz_desktop.foreign.shut_in import CODES, shut_in

MOST_BYTES = 64 << 20
MOST_UNPACKED = 512 << 20
MOST_ROWS, MOST_COLUMNS = 60_000, 256

NO_TABLE, LOCKED, TOO_LARGE, DAMAGED = "no_table", "locked", "too_big", "damaged"
WEB_PAGE, TEXT_CODE = "web_page", "text_code"
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
UNREAD = {"unread": True}
_CELL = re.compile(rb"<(?:\w+:)?c ([^>]*[^>/])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)(?: [^>]*)?>[^<]")


def read(data: bytes) -> bytes:
    """The sheets of a file as JSON. Raises Refused."""
    shut_in()
    found = {"sheets": list(sheets(data))}
    return json.dumps(found, ensure_ascii=False).encode("utf-8", "replace")


def sheets(data: bytes) -> Iterator[dict[str, Any]]:
    """The sheets of a file. Raises Refused."""
    if len(data) > MOST_BYTES:
        raise Refused(TOO_LARGE)
    if data.startswith((ZIP, OLE)):
        yield from of_workbook(data)
    else:
        yield {"name": "", "hidden": False, "rows": of_text(data)}


def of_workbook(data: bytes) -> Iterator[dict[str, Any]]:
    """The sheets of an .xlsx, .xlsb, .ods or .xls file."""
    if data.startswith(OLE) and ENCRYPTED in data:
        raise Refused(LOCKED)
    archive = _archive(data)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        listed = [one for one in book.sheets_metadata if _word(one.typ) == "WorkSheet"]
        for meta in listed:
            sheet = book.get_sheet_by_name(meta.name)
            if sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS:
                raise Refused(TOO_LARGE)
            rows = [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
            fill_down(rows, sheet.merged_cell_ranges or ())
            for row, column in unread_cells(archive, meta.name) if archive else ():
                _put(rows, row, column, UNREAD)
            yield {"name": meta.name, "hidden": _word(meta.visible) != "Visible", "rows": _trimmed(rows)}
    except (Refused, MemoryError):
        raise
    except Exception as wrong:
        named = type(wrong).__name__ + str(wrong)
        raise Refused(LOCKED if "assword" in named else DAMAGED) from None


def _word(value: object) -> str:
    return str(value).rpartition(".")[2]


def _archive(data: bytes) -> zipfile.ZipFile | None:
    if not data.startswith(ZIP):
        return None
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise Refused(DAMAGED) from None
    if sum(one.file_size for one in archive.infolist()) > MOST_UNPACKED:
        raise Refused(TOO_LARGE)
    if any(one.flag_bits & 1 for one in archive.infolist()):
        raise Refused(LOCKED)
    if not any(name.startswith(("xl/", "content.xml")) for name in names):
        raise Refused(NO_TABLE)
    return archive


def _cell(value: object) -> object:
    if isinstance(value, datetime):
        return {"day": value.date().isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, time):
        return {"time": value.strftime("%H:%M")}
    if isinstance(value, float) and not isfinite(value):
        return UNREAD
    return value if isinstance(value, str | int | float | bool) and value != "" else None


def fill_down(rows: list[list[object]], merged: Any) -> None:
    """A value stands for every row of its merged cell, and for none below it. Rows here start at 0."""
    for (top, left), (bottom, _right) in merged:
        if top < len(rows) and left < len(rows[top]):
            for row in rows[top + 1 : bottom + 1]:
                if left < len(row):
                    row[left] = rows[top][left]


def unread_cells(archive: zipfile.ZipFile, sheet: str) -> Iterator[tuple[int, int]]:
    """Places (from 0) of formulas that were never calculated, and of cells that show an error."""
    part = _part_of(archive, sheet)
    text = archive.read(part) if part else b""
    if b"<f" not in text and b":f" not in text and b't="e"' not in text:
        return
    for found in _CELL.finditer(text):
        place = _PLACE.search(found[1])
        shows_error = b't="e"' in found[1]
        empty_formula = re.search(rb"<(?:\w+:)?f\b", found[2]) and not _VALUE.search(found[2])
        if place and (shows_error or empty_formula):
            yield int(place[2]) - 1, _column(place[1])


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """The name of the part of an .xlsx that holds a sheet, '' where it cannot be told."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return ""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): link.get("Target") or "" for link in links}
    for one in book.iter():
        if one.tag.endswith("}sheet") and one.get("name") == sheet:
            id = next((value for name, value in one.attrib.items() if name.endswith("}id")), "")
            target = targets.get(id, "").lstrip("/")
            part = target if target.startswith("xl/") else "xl/" + target
            return part if part in names else ""
    return ""


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _put(rows: list[list[object]], row: int, column: int, value: object) -> None:
    if row >= MOST_ROWS or column >= MOST_COLUMNS:
        return
    while len(rows) <= row:
        rows.append([])
    rows[row].extend([None] * (column + 1 - len(rows[row])))
    rows[row][column] = value


def _trimmed(rows: list[list[object]]) -> list[list[object]]:
    """Without the empty cells at the end of rows and the empty rows at the end."""
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def of_text(data: bytes) -> list[list[object]]:
    """The rows of a text file in UTF-8, UTF-16 with a mark, or GB18030; by comma, tab or semicolon."""
    text = _decoded(data)
    if text.lstrip()[:1] == "<":
        raise Refused(WEB_PAGE)
    head = text[:4096].split("\n", 5)[:5]
    mark = max(",\t;", key=lambda one: sum(line.count(one) for line in head))
    csv.field_size_limit(1 << 20)
    rows: list[list[object]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark):
            if len(rows) >= MOST_ROWS or len(row) > MOST_COLUMNS:
                raise Refused(TOO_LARGE)
            rows.append([_plain(cell) for cell in row])
    except csv.Error:
        raise Refused(DAMAGED) from None
    return _trimmed(rows)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        codes: tuple[str, ...] = ("utf-16",)
    elif b"\0" in data:
        raise Refused(NO_TABLE)
    else:
        codes = CODES[:2]
    for code in codes:
        try:
            return data.decode(code)
        except UnicodeDecodeError:
            continue
    raise Refused(TEXT_CODE)


def _plain(cell: str) -> str | None:
    """A cell less what spreadsheets are told not to alter it by: '0123 and ="0123"."""
    text = cell.strip()
    if len(text) > 3 and text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    return text.removeprefix("'") or None
