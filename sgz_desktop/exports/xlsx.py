"""Tables as an Excel workbook (ECMA-376), written straight through: no temporary file, no row held back.

Ours and not openpyxl's writer, which lays every sheet in plain text into the system's temporary folder, cuts
texts at 32,767 characters, refuses control characters and makes a formula of what begins with "=". Here there
is no way to write one: a cell is an inline string or a number. Texts carry the format 文本, so that a cell
that is edited stays text too, and `quotePrefix` where it looks like a formula.

A sheet has the headings in its first row and the fields' names in a hidden second one. A text longer than a
cell can be goes on in the same column of the next row, whose first cell is empty; `joined` puts the parts
together again.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import RawIOBase
from xml.sax.saxutils import escape

from sgz_desktop.errors import AppError
from sgz_desktop.exports.escapes import escaped, is_active
from sgz_desktop.exports.tables import Cell, Row, Table
from sgz_desktop.exports.xlsx_package import HEAD, MAIN, NAME, NUMBER, RISKY, TEXT, XML, parts

MOST_UNITS = 32_767  # UTF-16 units in a cell
ESCAPED = len("_x0000_")
MOST_ROWS = 1_048_576
MOST_BYTES = 2**31 - 1  # of a sheet, unpacked: beyond it the archive would need ZIP64
Member = tuple[str, Iterable[str]]  # its name, its text in pieces
TOO_MANY = ("一张工作表放不下这么多资料，没有导出；", "请改用csv格式。")
CHUNK = 1 << 18
TOP = f"""{XML}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">\
<pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>\
<sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="{{count}}" width="16" customWidth="1"/></cols>\
<sheetData>"""
END = "</sheetData></worksheet>"


class _Pipe(RawIOBase):
    """Takes what the archive writes and hands it on; it cannot be turned back."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes | memoryview) -> int:  # type: ignore[override]
        self._pieces.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """What has come since the last look."""
        data, self._pieces = b"".join(self._pieces), []
        return data


def written(sheets: Iterable[tuple[Table, Iterable[Row]]], order: Sequence[Table]) -> Iterator[bytes]:
    """The pieces of the file. `sheets` are written as they come and shown in the given order.

    Raises AppError for more rows than a sheet holds.
    """
    return packed(_members(sheets, order))


def _members(sheets: Iterable[tuple[Table, Iterable[Row]]], order: Sequence[Table]) -> Iterator[Member]:
    held = list[Table]()
    for table, rows in sheets:
        held.append(table)
        yield f"xl/worksheets/sheet{len(held)}.xml", _sheet(table, rows)
    for name, text in parts(held, order):
        yield name, [text]


def packed(members: Iterable[Member]) -> Iterator[bytes]:
    """The pieces of an archive of members, each written as its texts come."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, texts in members:
            with archive.open(_member(name), "w") as member:
                size = 0
                for piece in _gathered(texts):
                    size += member.write(piece)
                    if size > MOST_BYTES:
                        raise AppError(*TOO_MANY)
                    yield pipe.taken()
    yield pipe.taken()


def _member(name: str) -> zipfile.ZipInfo:
    """An entry of fixed date, so that the same records give the same bytes."""
    member = zipfile.ZipInfo(name)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def _gathered(texts: Iterable[str]) -> Iterator[bytes]:
    """The texts as UTF-8, some at a time."""
    pieces, size = list[str](), 0
    for text in texts:
        pieces.append(text)
        size += len(text)
        if size >= CHUNK:
            yield "".join(pieces).encode()
            pieces, size = [], 0
    yield "".join(pieces).encode()


def _sheet(table: Table, rows: Iterable[Row]) -> Iterator[str]:
    letters = [letters_of(place) for place in range(len(table.columns))]
    yield TOP.format(count=len(letters))
    yield _row(1, letters, [column.label for column in table.columns], HEAD)
    yield _row(2, letters, [column.name for column in table.columns], NAME, ' hidden="1"')
    number = 2
    for row in rows:
        for part in cut(row):
            number += 1
            if number > MOST_ROWS:
                raise AppError(*TOO_MANY)
            yield _row(number, letters, part)
    yield END


def letters_of(place: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    place += 1
    while place:
        place, digit = divmod(place - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def _row(number: int, letters: Sequence[str], cells: Sequence[Cell], style: int = 0, more: str = "") -> str:
    written = [
        _cell(f"{letter}{number}", cell, style)
        for letter, cell in zip(letters, cells, strict=True)
        if cell is not None and cell != ""
    ]
    return f'<row r="{number}"{more}>{"".join(written)}</row>'


def _cell(place: str, cell: str | Decimal, style: int) -> str:
    if isinstance(cell, Decimal):
        return f'<c r="{place}" s="{NUMBER}"><v>{cell:f}</v></c>'
    style = style or (RISKY if is_active(cell) else TEXT)
    text = escape(escaped(cell))
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def cut(row: Row) -> Iterator[Row]:
    """The row, and the rows its long texts go on in."""
    parts = [
        _pieces(cell) if isinstance(cell, str) and len(cell) * ESCAPED > MOST_UNITS else [cell]
        for cell in row
    ]
    for number in range(max(map(len, parts))):
        yield tuple(pieces[number] if number < len(pieces) else None for pieces in parts)


def _pieces(text: str) -> list[Cell]:
    """The text cut so that each piece, also when written with escapes, is no longer than a cell can be."""
    pieces, start, size = list[Cell](), 0, 0
    for at, char in enumerate(text):
        units = ESCAPED if char == "_" else max(len(escaped(char)), 2 if ord(char) > 0xFFFF else 1)
        if size + units > MOST_UNITS:
            pieces.append(text[start:at])
            start, size = at, 0
        size += units
    return [*pieces, text[start:]]


def joined(rows: Iterable[Sequence[Cell]]) -> Iterator[Row]:
    """The rows with their long texts put together again."""
    whole: list[Cell] = []
    for row in rows:
        if row[0] is not None:
            if whole:
                yield tuple(whole)
            whole = list(row)
        else:
            pairs = zip(whole, row, strict=True)
            whole = [cell if more is None else f"{cell or ''}{more}" for cell, more in pairs]
    if whole:
        yield tuple(whole)
