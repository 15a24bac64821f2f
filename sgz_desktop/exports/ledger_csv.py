"""A ledger as CSV: its heads and rows, in UTF-8 with a byte order mark or in GB18030.

GB18030 (GB 18030-2022) holds every character of Unicode; older programs of offices read nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal

from sgz_desktop.domain.ledger import Cell, Sheet
from sgz_desktop.exports import csv_lines, tables

Encoding = Literal["utf-8", "gb18030"]


def written(sheet: Sheet, encoding: Encoding) -> Iterator[bytes]:
    """The lines of the file."""
    mark = csv_lines.BOM if encoding == "utf-8" else ""
    yield (mark + csv_lines.line([head.words for head in sheet.heads])).encode(encoding)
    for row in sheet.rows:
        yield csv_lines.line([_plain(cell) for cell in row]).encode(encoding)


def _plain(cell: Cell) -> tables.Cell:
    """A cell as the CSV files of records have them: days as 2026-06-30, numbers as plain digits."""
    if isinstance(cell, date):
        return cell.isoformat()
    return Decimal(cell) if isinstance(cell, int) else cell
