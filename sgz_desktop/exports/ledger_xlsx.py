"""A ledger as an Excel workbook: title, the line under it, heads that stay in sight and can be filtered by.

Days and numbers are days and numbers; text is text and never a formula. Printed, it is A4 across, as wide as
the page, with its heads on each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from math import ceil
from xml.sax.saxutils import escape

from sgz_desktop.domain.ledger import Cell, Head, Sheet, Sort
from sgz_desktop.errors import AppError
from sgz_desktop.exports import tables
from sgz_desktop.exports.escapes import escaped, is_active
from sgz_desktop.exports.xlsx import END, MOST_ROWS, TOO_MANY, Member, cut, letters_of, packed
from sgz_desktop.exports.xlsx_package import (
    BOXED,
    BOXED_HEAD,
    BOXED_RISKY,
    DAY,
    LINE,
    MAIN,
    MONEY,
    TITLE,
    WHOLE,
    XML,
    parts,
)

HEADS_AT = 3  # the row the heads stand in
NIGHT = date(1899, 12, 30)  # from which a spreadsheet counts its days, after February 1900
MM_A_CHARACTER = 1.9
LOOKS = {Sort.DAY: DAY, Sort.NUMBER: WHOLE, Sort.MONEY: MONEY, Sort.TEXT: BOXED}
EDGES, LINE_HEIGHT, MOST_LINES = 1.0, 15, 27  # characters; points; a row is at most 409 points high
LONG = 4_000  # characters that fit a cell however they are written
PRACTICE = "（练习站，人物情节均为虚构）"


def written(sheet: Sheet) -> Iterator[bytes]:
    """The pieces of the file."""
    return packed(_members(sheet))


def _members(sheet: Sheet) -> Iterator[Member]:
    table = tables.Table("ledger", sheet.title, ())
    rows = [part for row in sheet.rows for part in _parts(row)]
    last = HEADS_AT + len(rows)
    if last > MOST_ROWS:
        raise AppError(*TOO_MANY)
    yield "xl/worksheets/sheet1.xml", _sheet(sheet, rows)
    for name, text in parts([table], [table], _names(sheet, last)):
        yield name, [text]


def _names(sheet: Sheet, last: int) -> str:
    """What is filtered, and the rows printed on each page."""
    of = "'" + escape(sheet.title) + "'!"
    filtered = f"{of}$A${HEADS_AT}:${letters_of(len(sheet.heads) - 1)}${last}"
    return (
        f'<definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">{filtered}'
        f'</definedName><definedName name="_xlnm.Print_Titles" localSheetId="0">{of}$1:${HEADS_AT}'
        "</definedName></definedNames>"
    )


def _sheet(sheet: Sheet, rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    letters = [letters_of(place) for place in range(len(sheet.heads))]
    looks = [LOOKS[head.sort] for head in sheet.heads]
    widths = [head.width / MM_A_CHARACTER for head in sheet.heads]
    yield _top(sheet)
    yield f'<row r="1" ht="28" customHeight="1">{_text("A1", _title(sheet), TITLE)}</row>'
    yield f'<row r="2" ht="30" customHeight="1">{_text("A2", f"{sheet.station}　{sheet.line}", LINE)}</row>'
    heads = (
        _text(f"{at}{HEADS_AT}", _head(head), BOXED_HEAD)
        for at, head in zip(letters, sheet.heads, strict=True)
    )
    yield f'<row r="{HEADS_AT}" ht="30" customHeight="1">{"".join(heads)}</row>'
    for number, row in enumerate(rows, start=HEADS_AT + 1):
        cells = (
            _cell(f"{at}{number}", cell, look) for at, cell, look in zip(letters, row, looks, strict=True)
        )
        yield f'<row r="{number}" ht="{_height(row, widths)}">{"".join(cells)}</row>'
    yield _foot(letters[-1], HEADS_AT + len(rows))


def _head(head: Head) -> str:
    """A head; one too long for its column has its unit in a line of its own."""
    wide = _across(head.words) > head.width / MM_A_CHARACTER - EDGES
    return head.words.replace("（", "\n（", 1) if wide and head.words.endswith("）") else head.words


def _height(row: Sequence[Cell], widths: Sequence[float]) -> int:
    """Points a row needs for its longest text; not every program that opens the file reckons it."""
    texts = ((cell, width) for cell, width in zip(row, widths, strict=True) if isinstance(cell, str))
    lines = max((_lines(text, width) for text, width in texts), default=1)
    return LINE_HEIGHT * lines + (3 if lines > 1 else 0)


def _lines(text: str, width: float) -> int:
    return min(MOST_LINES, sum(max(1, ceil(_across(one) / (width - EDGES))) for one in text.split("\n")))


def _across(text: str) -> float:
    """Characters of a column's width: a Han takes two."""
    return sum(1.05 if mark.isascii() else 2.1 for mark in text)


def _title(sheet: Sheet) -> str:
    return sheet.title + (PRACTICE if sheet.practice else "")


def _top(sheet: Sheet) -> str:
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{head.width / MM_A_CHARACTER:.1f}" customWidth="1"/>'
        for n, head in enumerate(sheet.heads, start=1)
    )
    below = HEADS_AT + 1
    return (
        f'{XML}<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>'
        f'<sheetView workbookViewId="0"><pane ySplit="{HEADS_AT}" topLeftCell="A{below}" '
        'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>'
    )


def _foot(letter: str, last: int) -> str:
    """What can be filtered, the title over all columns, and how it is printed."""
    return END.replace(
        "</sheetData>",
        f'</sheetData><autoFilter ref="A{HEADS_AT}:{letter}{last}"/>'
        f'<mergeCells count="2"><mergeCell ref="A1:{letter}1"/><mergeCell ref="A2:{letter}2"/></mergeCells>'
        '<pageMargins left="0.79" right="0.59" top="1.26" bottom="0.79" header="0.5" footer="0.4"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;C第&amp;P页　共&amp;N页"
        "&amp;R内部资料　注意保密</oddFooter></headerFooter>",
    )


def _parts(row: Sequence[Cell]) -> Iterator[Sequence[Cell]]:
    """The row, and the rows in which a text longer than a cell goes on."""
    if not any(isinstance(cell, str) and len(cell) > LONG for cell in row):
        yield row
        return
    first, *rest = cut(tuple(cell if isinstance(cell, str) else None for cell in row))
    yield [new if isinstance(old, str) else old for old, new in zip(row, first, strict=True)]
    yield from rest


def _cell(place: str, cell: Cell, look: int) -> str:
    if cell is None:
        return f'<c r="{place}" s="{BOXED}"/>'
    if isinstance(cell, str):
        return _text(place, cell, BOXED_RISKY if is_active(cell) else BOXED)
    if isinstance(cell, date):
        return f'<c r="{place}" s="{look}"><v>{(cell - NIGHT).days}</v></c>'
    return f'<c r="{place}" s="{look}"><v>{Decimal(cell):f}</v></c>'


def _text(place: str, text: str, look: int) -> str:
    shown = escape(escaped(text))
    return f'<c r="{place}" s="{look}" t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>'
