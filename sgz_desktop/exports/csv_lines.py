"""A table as CSV (RFC 4180): UTF-8 with a byte order mark, every cell in quotes, lines ended by CR LF.

The first line holds the headings, the second the fields' names. Cells are written by `escapes`: `guarded`
against being run, whole in any text. Numbers are plain digits. `read` gives back exactly what was written.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from sgz_desktop.exports.escapes import escaped, guarded, unescaped, unguarded
from sgz_desktop.exports.tables import Cell, Row, Table

BOM = "\ufeff"
MAX_CELL = 16 * 1024 * 1024


def written(table: Table, rows: Iterable[Row]) -> Iterator[bytes]:
    """The lines of a file, each with its line break."""
    heads = [tuple(column.label for column in table.columns), tuple(column.name for column in table.columns)]
    yield (BOM + line(heads[0])).encode()
    yield line(heads[1]).encode()
    for row in rows:
        yield line(row).encode()


def line(row: Sequence[Cell]) -> str:
    """The cells of one line, each in quotes and guarded."""
    return ",".join(map(_quoted, row)) + "\r\n"


def _quoted(cell: Cell) -> str:
    text = guarded(escaped(cell)) if isinstance(cell, str) else "" if cell is None else f"{cell:f}"
    return '"' + text.replace('"', '""') + '"'


def read(data: bytes) -> Iterator[tuple[str | None, ...]]:
    """The rows of such a file, headings first: text, None where a cell is empty. ValueError for another."""
    csv.field_size_limit(MAX_CELL)
    lines = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    try:
        for row in lines:
            yield tuple(unescaped(unguarded(cell)) or None for cell in row)
    except csv.Error as wrong:
        raise ValueError("this is no CSV file") from wrong
