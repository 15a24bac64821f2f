"""Tables of a Word document: data under repeated heads, bars, places to sign.

A bar is a row of cells, filled and empty, on a fine grid of columns: sharp in every size, one ink on a
copier, and a person in Word can make it longer. A picture would have to be made anew for each change.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from sgz_desktop.exports.docx_package import WIDTH
from sgz_desktop.exports.docx_text import JUSTIFY, paragraph, run, twips
from sgz_desktop.exports.docx_values import Bar, Column, Signing, Table

STEPS = 40  # fine columns a bar is drawn on
SOLID, TRACK = "333333", "D9D9D9"  # 80 % and 15 % ink
EDGE, UNDER_HEAD = 10, 5  # eighths of a point
GAP = 56  # eighths of a point of white above and below a bar
SIGN_HEIGHT, SEAL_HEIGHT = 26, 52  # mm
NO_PAD = '<w:tcMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tcMar>'
HOLLOW = {"top": 5, "left": 5, "bottom": 5, "right": 5}
APART = 1.8  # mm between bars
TARGET = 12  # eighths of a point
DAY = "　　年　　月　　日"


def table(value: Table) -> str:
    """A data table: rules above, below and under the head; rows that do not break."""
    widths = _widths(value.columns)
    grid = [
        step for column, width in zip(value.columns, widths, strict=True) for step in _steps(column, width)
    ]
    heads = "" if value.headless else _head_row(value.columns, widths)
    rows = [
        _row(value, row, widths, last=at == len(value.rows)) for at, row in enumerate(value.rows, start=1)
    ]
    edges = "" if value.headless else _borders("tblBorders", top=EDGE, bottom=EDGE)
    return framed(grid, heads + "".join(rows), edges)


def signing(value: Signing) -> str:
    """Boxes to sign in, and below them boxes for seals, of which only corner and foot say anything.

    One table that stays on one page, with the words before it: no seal stands on a page of its own.
    """
    rows = [
        (names, height) for names, height in ((value.roles, SIGN_HEIGHT), (value.seals, SEAL_HEIGHT)) if names
    ]
    steps = math.lcm(*(len(names) for names, _ in rows))
    made = ""
    for at, (names, height) in enumerate(rows, start=1):
        span, keep = steps // len(names), at < len(rows)
        cells = "".join(_box(name, twips(WIDTH) // len(names), span, height, keep) for name in names)
        made += f"<w:tr><w:trPr><w:cantSplit/>{_height(height, 'exact')}</w:trPr>{cells}</w:tr>"
    return gap(keep=True) + framed([twips(WIDTH) // steps] * steps, made, BOXED) + gap()


def gap(keep: bool = False) -> str:
    """What keeps a table from the next; with `keep` on the same page."""
    return paragraph("SgzGap", keep=keep)


def _widths(columns: Sequence[Column]) -> list[int]:
    whole = sum(column.width for column in columns)
    return [round(twips(WIDTH) * column.width / whole) for column in columns]


def _steps(column: Column, width: int) -> list[int]:
    return [width // STEPS] * STEPS if column.bars else [width]


def framed(steps: Sequence[int], rows: str, lines: str = "") -> str:
    """A table of fixed columns, in twips."""
    columns = "".join(f'<w:gridCol w:w="{step}"/>' for step in steps)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(steps)}" w:type="dxa"/><w:jc w:val="center"/>{lines}'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="85" w:type="dxa"/>'
        f'<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _borders(tag: str, **sizes: int) -> str:
    """Lines by side, in eighths of a point; white ones where the size is negative."""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="{abs(size)}" w:space="0" '
        f'w:color="{"auto" if size > 0 else "FFFFFF"}"/>'
        for side, size in sizes.items()
        if size
    )
    return f"<w:{tag}>{sides}</w:{tag}>" if sides else ""


def _height(mm: float, rule: str = "atLeast") -> str:
    return f'<w:trHeight w:val="{twips(mm)}" w:hRule="{rule}"/>'


def _head_row(columns: Sequence[Column], widths: Sequence[int]) -> str:
    cells = "".join(
        cell_of(
            paragraph("SgzHead", column.head, column.align),
            width,
            STEPS if column.bars else 1,
            _borders("tcBorders", bottom=UNDER_HEAD),
        )
        for column, width in zip(columns, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{_height(7)}<w:tblHeader/></w:trPr>{cells}</w:tr>"


def _row(value: Table, row: Sequence[str | Bar], widths: Sequence[int], *, last: bool) -> str:
    """A row; all but the last stay with the next where the table is a chart. One without cells parts bars."""
    chart, cells = any(column.bars for column in value.columns), ""
    if not row:
        steps = sum(STEPS if column.bars else 1 for column in value.columns)
        apart = cell_of(paragraph("SgzGap", keep=not last), sum(widths), steps, pad=NO_PAD)
        return f"<w:tr><w:trPr>{_height(APART, 'exact')}</w:trPr>{apart}</w:tr>"
    style = "SgzSmall" if chart and value.headless else "SgzCell"
    for cell, column, width in zip(row, value.columns, widths, strict=True):
        if isinstance(cell, Bar):
            cells += _bar(cell, width)
        else:
            words = ("　" if cell.startswith("其中") else "") + cell
            made = paragraph(style, words, column.align, keep=chart and not last)
            cells += cell_of(made, width, STEPS if column.bars else 1)
    return (
        f"<w:tr><w:trPr><w:cantSplit/>{_height(4.2 if style == 'SgzSmall' else 6.4)}</w:trPr>{cells}</w:tr>"
    )


def cell_of(
    inside: str,
    width: int,
    span: int = 1,
    lines: str = "",
    fill: str = "",
    valign: str = "center",
    pad: str = "",
) -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{lines}{shade}{pad}'
        f'<w:vAlign w:val="{valign}"/></w:tcPr>{inside}</w:tc>'
    )


def _bar(bar: Bar, width: int) -> str:
    """Cells of a bar, at least one step for what is not nothing, never more than there are. On a track it is
    thinner than its row, and a stroke at the end of the track stands for the target."""
    step, left, cells = width // STEPS, STEPS, ""
    for share, fill, sides in ((bar.solid, SOLID, {}), (bar.hollow, "", HOLLOW)):
        steps = min(left, max(1, round(share * STEPS))) if share > 0 else 0
        if steps:
            left -= steps
            lines = _borders("tcBorders", **(_thin(last=not left) if bar.track else sides))
            cells += cell_of(paragraph("SgzGap"), steps * step, steps, lines, fill, pad=NO_PAD)
    if left:
        lines = _borders("tcBorders", **_thin(last=True)) if bar.track else ""
        fill = TRACK if bar.track else ""
        cells += cell_of(paragraph("SgzGap"), left * step, left, lines, fill, pad=NO_PAD)
    return cells


def _thin(*, last: bool) -> dict[str, int]:
    return {"top": -GAP, "bottom": -GAP, **({"right": TARGET} if last else {})}


def _box(name: str, width: int, span: int, height: float, keep: bool) -> str:
    """A place to sign or to seal: its name in the corner, the date at its foot, nothing between; with `keep`
    on the page of what comes next."""
    kept = "<w:keepNext/>" if keep else ""
    day = (
        f'<w:p><w:pPr><w:pStyle w:val="SgzCell"/>{kept}<w:spacing w:before="{twips(height - 15)}"/>'
        f'<w:jc w:val="{JUSTIFY["right"]}"/></w:pPr>{run(DAY)}</w:p>'
    )
    return cell_of(paragraph("SgzHead", name, keep=keep) + day, width, span, valign="top")


BOXED = _borders("tblBorders", top=6, left=6, bottom=6, right=6, insideH=4, insideV=4)
