"""Where things stand in a sheet of a workbook: cells, merged ranges, widths, styles of what is not there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from sgz_desktop.foreign.office_package import DAMAGED
from sgz_desktop.foreign.refused import Refused
from sgz_desktop.foreign.xml_places import Node

USUAL_WIDTH = 9.0  # characters
_REF = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


def place_of(ref: str) -> tuple[int, int]:
    """Row and column, from 0, of a cell named like B5. Raises Refused."""
    found = _REF.fullmatch(ref)
    if found is None:
        raise Refused(DAMAGED)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def ref_of(row: int, column: int) -> str:
    """B5 for 4, 1."""
    letters, column = "", column + 1
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(65 + digit) + letters
    return f"{letters}{row + 1}"


def cells(root: Node) -> Iterator[tuple[tuple[int, int], Node, Node | None]]:
    """Place, row and cell of everything in a sheet; rows without cells come with None."""
    sheet = root.child("sheetData")
    row = -1
    for line in sheet.all("row") if sheet else ():
        row = int(line.attributes["r"]) - 1 if "r" in line.attributes else row + 1
        column, any_cell = -1, False
        for cell in line.all("c"):
            column = place_of(cell.attributes["r"])[1] if "r" in cell.attributes else column + 1
            any_cell = True
            yield (row, column), line, cell
        if not any_cell:
            yield (row, -1), line, None


def merges(root: Node) -> Iterator[tuple[int, int, int, int]]:
    """Top, left, bottom and right of each merged range, from 0."""
    listed = root.child("mergeCells")
    for one in listed.all("mergeCell") if listed else ():
        first, _, last = one.attributes.get("ref", "").partition(":")
        yield (*place_of(first), *place_of(last or first))


def string_of(node: Node) -> str:
    """The text of a string, without the reading aids beside it."""
    kept = (one for one in node.children if one.tag in ("t", "r"))
    return "".join(part.text for one in kept for part in one.every("t"))


def widths_of(root: Node, columns: int) -> list[float]:
    """Widths in characters; 0 for a hidden column."""
    usual = root.child("sheetFormatPr")
    widths = [float(usual.attributes.get("defaultColWidth", USUAL_WIDTH) if usual else USUAL_WIDTH)] * columns
    listed = root.child("cols")
    for one in listed.all("col") if listed else ():
        told = one.attributes
        width = 0.0 if told.get("hidden") in ("1", "true") else float(told.get("width", USUAL_WIDTH))
        for at in range(int(told.get("min", 1)) - 1, min(int(told.get("max", 1)), columns)):
            widths[at] = width
    return widths


def laid_out(
    rows: int,
    columns: int,
    found: Mapping[tuple[int, int], tuple[str, str]],
    merged: Iterable[tuple[int, int, int, int]],
) -> Iterator[tuple[str, int, int, int, int, str, str]]:
    """Ref, row, column, rows, columns, text and sort of every cell one sees; what is covered is left out."""
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in merged}
    covered = {
        (row + down, column + over)
        for (row, column), (high, wide) in spans.items()
        for down in range(min(high, rows - row))
        for over in range(min(wide, columns - column))
        if down or over
    }
    for row in range(rows):
        for column in range(columns):
            if (row, column) not in covered:
                high, wide = spans.get((row, column), (1, 1))
                text, sort = found.get((row, column), ("", ""))
                yield ref_of(row, column), row, column, high, wide, text, sort


def style_of(root: Node, row: Node | None, column: int) -> str:
    """The style of a cell that is not there: its row's, or its column's."""
    if row is not None and row.attributes.get("customFormat") in ("1", "true"):
        return row.attributes.get("s", "")
    listed = root.child("cols")
    for one in listed.all("col") if listed else ():
        told = one.attributes
        if int(told.get("min", 1)) <= column + 1 <= int(told.get("max", 1)):
            return told.get("style", "")
    return ""
