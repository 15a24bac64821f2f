"""A blank workbook: its cells to be shown, and values put into some of them with all else as it was.

A cell is altered where it stands in the bytes of its sheet: its style stays, texts become inline strings (the
shared ones are not touched), numbers numbers. A text is never a formula: only `<f>` is one; none is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from xml.sax.saxutils import escape

from sgz_desktop.domain.bureau_form import before_blanks
from sgz_desktop.foreign.office_package import DAMAGED, TOO_BIG, Package
from sgz_desktop.foreign.refused import Refused
from sgz_desktop.foreign.sheet_places import (
    cells,
    laid_out,
    merges,
    place_of,
    string_of,
    style_of,
    widths_of,
)
from sgz_desktop.foreign.sheet_styles import date_styles
from sgz_desktop.foreign.xml_places import Edit, Node, edited, opened_tag, prefix_of, tree

MOST_ROWS, MOST_COLUMNS = 400, 60  # that hold anything: more is no form
BEYOND = 3  # empty rows and columns shown after the last that holds anything
NIGHT = date(1899, 12, 30)
SINCE_1904 = 1462  # days
MOST_UNITS = 32_767
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")


class Book:
    """An open workbook."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._main = package.part(package.main)
        self._root = tree(self._main)
        properties = self._root.child("workbookPr")
        told = properties.attributes.get("date1904", "0") if properties else "0"
        self.from_1904 = told in ("1", "true")
        styles = next(iter(package.targets("/styles").values()), "")
        self._dates = date_styles(tree(package.part(styles))) if package.has(styles) else frozenset()

    def sheets(self) -> list[tuple[str, bool, str]]:
        """Name, whether it is hidden, and part of each sheet with cells."""
        listed, parts = self._root.child("sheets"), self._package.targets("/worksheet")
        found = []
        for one in listed.all("sheet") if listed else ():
            id = next((value for name, value in one.attributes.items() if name.endswith(":id")), "")
            if parts.get(id, "") in self._package.names:
                hidden = one.attributes.get("state", "visible") != "visible"
                found.append((one.attributes.get("name", ""), hidden, parts[id]))
        if not found:
            raise Refused(DAMAGED)
        return found

    def shown(self) -> list[dict[str, Any]]:
        """Every sheet as the window shows it (see `forms.Sheet`)."""
        strings = self._strings()
        return [
            {"name": name, "hidden": hidden, **self._shown(self._package.part(part), strings)}
            for name, hidden, part in self.sheets()
        ]

    def _strings(self) -> list[str]:
        name = next(iter(self._package.targets("/sharedStrings").values()), "")
        if not self._package.has(name):
            return []
        return [string_of(one) for one in tree(self._package.part(name)).all("si")]

    def _shown(self, data: bytes, strings: list[str]) -> dict[str, Any]:
        root = tree(data)
        merged = list(merges(root))
        found = {place: self._cell(cell, strings) for place, _row, cell in cells(root) if cell is not None}
        told = [place for place, (text, _) in found.items() if text]
        spans = [corner for span in merged for corner in (span[:2], span[2:])]
        rows = max((row for row, _ in told), default=0) + 1
        columns = max((column for _, column in told), default=0) + 1
        if rows > MOST_ROWS or columns > MOST_COLUMNS:
            raise Refused(TOO_BIG)
        near = [(row, column) for row, column in (*found, *spans) if row < rows + BEYOND]
        lowest, last = (max((place[at] for place in near), default=0) + 1 for at in (0, 1))
        rows = min(MOST_ROWS, rows + BEYOND, max(lowest, rows + 1))
        columns = min(MOST_COLUMNS, columns + BEYOND, max(last, columns + 1))
        return {
            "rows": rows,
            "columns": columns,
            "widths": widths_of(root, columns),
            "cells": list(laid_out(rows, columns, found, merged)),
        }

    def _cell(self, cell: Node, strings: list[str]) -> tuple[str, str]:
        """What a cell says, and its sort: formula, date or ''."""
        sort = cell.attributes.get("t", "n")
        value = cell.child("v")
        text = value.text if value else ""
        is_date = int(cell.attributes.get("s", "0") or 0) in self._dates
        if sort == "s":
            at = int(text or -1)
            text = strings[at] if 0 <= at < len(strings) else ""
        elif sort == "inlineStr":
            inline = cell.child("is")
            text = string_of(inline) if inline else ""
        elif is_date and text.isdecimal() and int(text) < 2_000_000:
            text = (NIGHT + timedelta(int(text) + SINCE_1904 * self.from_1904)).isoformat()
        if cell.child("f") is not None:
            return text, "formula"
        return text, "date" if is_date else ""

    def filled(self, values: Iterable[Mapping[str, Any]]) -> dict[str, bytes]:
        """The parts that differ once the values are in. Raises Refused for a place that cannot be filled."""
        parts = {name: part for name, _hidden, part in self.sheets()}
        by_sheet: dict[str, list[Mapping[str, Any]]] = {}
        for value in values:
            if value["sheet"] not in parts:
                raise Refused("gone")
            by_sheet.setdefault(value["sheet"], []).append(value)
        strings = self._strings()
        altered = {
            parts[sheet]: self._sheet(self._package.part(parts[sheet]), mine, strings)
            for sheet, mine in by_sheet.items()
        }
        if altered and any(_FORMULA.search(self._package.part(part)) for part in parts.values()):
            altered[self._package.main] = self._to_calculate()
        return altered

    def _sheet(self, data: bytes, values: list[Mapping[str, Any]], strings: list[str]) -> bytes:
        root = tree(data)
        sheet = root.child("sheetData")
        if sheet is None:
            raise Refused(DAMAGED)
        covered = {
            (row, column)
            for top, left, bottom, right in merges(root)
            for row in range(top, min(bottom, MOST_ROWS) + 1)
            for column in range(left, min(right, MOST_COLUMNS) + 1)
            if (row, column) != (top, left)
        }
        there, rows = dict[tuple[int, int], Node](), dict[int, Node]()
        for (row, column), node, cell in cells(root):
            rows[row] = node
            if cell is not None:
                there[row, column] = cell
        edits, new = list[Edit](), dict[int, list[tuple[int, bytes]]]()
        for value in values:
            row, column = place_of(value["ref"])
            cell = there.get((row, column))
            if (row, column) in covered:
                raise Refused("gone")
            if cell is not None and cell.child("f") is not None:
                raise Refused("formula")
            style = cell.attributes.get("s", "") if cell else style_of(root, rows.get(row), column)
            before = before_blanks(self._cell(cell, strings)[0]) if cell and value.get("after") else ""
            is_date = int(style or 0) in self._dates
            written = self._written(value, style, before, is_date, prefix_of(data, sheet))
            if cell is not None:
                edits.append((cell.start, cell.end, written))
            else:
                new.setdefault(row, []).append((column, written))
        edits += _inserted(data, sheet, rows, new)
        return edited(data, edits)

    def _written(
        self, value: Mapping[str, Any], style: str, before: str, is_date: bool, prefix: str
    ) -> bytes:
        head = f'<{prefix}c r="{value["ref"]}"' + (f' s="{int(style)}"' if style else "")
        if "number" in value and not before:
            number = value["number"]
            if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,6})?", number):
                raise Refused(DAMAGED)
            return f"{head}><{prefix}v>{number}</{prefix}v></{prefix}c>".encode()
        if "day" in value and is_date and not before:
            count = (date.fromisoformat(value["day"]) - NIGHT).days - SINCE_1904 * self.from_1904
            return f"{head}><{prefix}v>{count}</{prefix}v></{prefix}c>".encode()
        text = before + value["text"]
        if len(text.encode("utf-16-le")) // 2 > MOST_UNITS:
            raise Refused("too_long")
        inside = f'<{prefix}is><{prefix}t xml:space="preserve">{escape(text)}</{prefix}t></{prefix}is>'
        return f'{head} t="inlineStr">{inside}</{prefix}c>'.encode()

    def _to_calculate(self) -> bytes:
        """The workbook told to work its formulas out when it is opened: they hang on what was filled in."""
        data, p = self._main, prefix_of(self._main, self._root)
        told = self._root.child("calcPr")
        if told is not None:
            tag = re.sub(rb'\s+fullCalcOnLoad="[^"]*"', b"", data[told.start : told.inner])
            name = re.match(rb"<[^\s/>]*", tag)
            assert name is not None
            return edited(
                data, [(told.start, told.inner, tag.replace(name[0], name[0] + b' fullCalcOnLoad="1"', 1))]
            )
        before = [one for one in self._root.children if one.tag in BEFORE_CALC]
        at = before[-1].end if before else self._root.inner
        return edited(data, [(at, at, f'<{p}calcPr fullCalcOnLoad="1"/>'.encode())])


BEFORE_CALC = (
    *("fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets"),
    *("functionGroups", "externalReferences", "definedNames"),
)


def _inserted(
    data: bytes, sheet: Node, rows: Mapping[int, Node], new: Mapping[int, list[tuple[int, bytes]]]
) -> list[Edit]:
    """Cells that were not there, in their rows, and rows that were not there."""
    edits, lines, p = list[Edit](), list[tuple[int, bytes]](), prefix_of(data, sheet)
    for row, made in sorted(new.items()):
        made.sort()
        line = rows.get(row)
        inside = b"".join(cell for _, cell in made)
        if line is None:
            lines.append((row, f'<{p}row r="{row + 1}">'.encode() + inside + f"</{p}row>".encode()))
        elif line.is_empty_tag:
            edits.append((line.start, line.end, opened_tag(data, line, inside)))
        else:
            edits += [(_before(line, column), _before(line, column), cell) for column, cell in made]
    if sheet.is_empty_tag:
        whole = b"".join(line for _, line in lines)
        return [(sheet.start, sheet.end, opened_tag(data, sheet, whole))] if whole else []
    for row, line in lines:
        at = next((node.start for other, node in sorted(rows.items()) if other > row), sheet.close)
        edits.append((at, at, line))
    return edits


def _before(line: Node, column: int) -> int:
    """Where in a row a cell of the column goes."""
    at = -1
    for cell in line.all("c"):
        at = place_of(cell.attributes["r"])[1] if "r" in cell.attributes else at + 1
        if at > column:
            return cell.start
    return line.close
