"""A blank document: its tables and paragraphs to be shown, and text put into some of them in their own type.

A place is the table's cell `row.cell` (from 1, as they stand in the file) or the paragraph `p3`. The run that
is written takes the look of the one it replaces or, in an empty cell, of the paragraph's mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from typing import Any
from xml.sax.saxutils import escape

from sgz_desktop.domain.bureau_form import before_blanks
from sgz_desktop.foreign.office_package import DAMAGED, TOO_BIG, Package
from sgz_desktop.foreign.refused import Refused
from sgz_desktop.foreign.xml_places import Edit, Node, edited, opened_tag, prefix_of, tree

TEXT = "正文"
MOST_TABLES, MOST_ROWS, MOST_COLUMNS, MOST_PARAGRAPHS = 40, 600, 80, 400
TWIPS_A_CHARACTER = 150.0
MOST_TEXT = 100_000
WRAPPERS = ("sdt", "sdtContent", "ins", "smartTag", "customXml")
RUNS = ("r", "hyperlink", "ins", "del", "smartTag", "sdt", "fldSimple", "proofErr")
DRAWN = ("drawing", "pict", "object")


class Text:
    """An open document."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._data = package.part(package.main)
        body = tree(self._data).child("body")
        if body is None:
            raise Refused(DAMAGED)
        self._tables = list(_direct(body, "tbl"))
        self._paragraphs = list(_direct(body, "p"))
        if len(self._tables) > MOST_TABLES or len(self._paragraphs) > MOST_PARAGRAPHS:
            raise Refused(TOO_BIG)

    def shown(self) -> list[dict[str, Any]]:
        """Every table and, in one more, the paragraphs that say something (see `forms.Sheet`)."""
        found = [
            {"name": f"表格{at}", "hidden": False, **_shown(table)}
            for at, table in enumerate(self._tables, start=1)
        ]
        told = [(at, _said(one)) for at, one in enumerate(self._paragraphs, start=1)]
        lines = [(at, text) for at, text in told if text.strip()]
        if lines:
            cells = [(f"p{at}", row, 0, 1, 1, text, "") for row, (at, text) in enumerate(lines)]
            found.append(
                {
                    "name": TEXT,
                    "hidden": False,
                    "rows": len(cells),
                    "columns": 1,
                    "widths": [70.0],
                    "cells": cells,
                }
            )
        return found

    def filled(self, values: Iterable[Mapping[str, Any]]) -> dict[str, bytes]:
        """The part that differs once the values are in. Raises Refused for a place that is not there."""
        edits = list[Edit]()
        for value in values:
            if len(value["text"]) > MOST_TEXT:
                raise Refused("too_long")
            edits += self._put(self._place(value["sheet"], value["ref"]), value)
        return {self._package.main: edited(self._data, edits)} if edits else {}

    def _place(self, sheet: str, ref: str) -> list[Node]:
        """The paragraphs of a place."""
        if sheet == TEXT:
            at = int(ref.removeprefix("p") or 0) if re.fullmatch("p[0-9]{1,5}", ref) else 0
            if not 0 < at <= len(self._paragraphs):
                raise Refused("gone")
            return [self._paragraphs[at - 1]]
        table = re.fullmatch("表格([0-9]{1,3})", sheet)
        place = re.fullmatch(r"([0-9]{1,4})\.([0-9]{1,4})", ref)
        if not table or not place or not 0 < int(table[1]) <= len(self._tables):
            raise Refused("gone")
        rows = list(_direct(self._tables[int(table[1]) - 1], "tr"))
        row, column = int(place[1]), int(place[2])
        cells = list(_direct(rows[row - 1], "tc")) if 0 < row <= len(rows) else []
        if not 0 < column <= len(cells) or _goes_on(cells[column - 1]):
            raise Refused("gone")
        return list(_direct(cells[column - 1], "p"))

    def _put(self, paragraphs: list[Node], value: Mapping[str, Any]) -> list[Edit]:
        if not paragraphs:
            raise Refused("gone")
        if value.get("after"):
            told = [one for one in paragraphs if _said(one).strip()]
            return self._after(told[-1] if told else paragraphs[0], value["text"])
        first, *others = paragraphs
        removed = [(run.start, run.end, b"") for one in others for run in _runs(one)]
        runs = list(_runs(first))
        if not runs:
            return [self._run(first, value["text"]), *removed]
        made = self._run(first, value["text"], runs[0], runs[0].start)
        return [made, *((run.start, run.end, b"") for run in runs), *removed]

    def _after(self, paragraph: Node, text: str) -> list[Edit]:
        """A run behind the words of a paragraph: in the room left there to write, with its line under it."""
        runs = list(_runs(paragraph))
        blank = list(takewhile(lambda run: not before_blanks(_said(run)), reversed(runs)))[::-1]
        kept = runs[: len(runs) - len(blank)]
        if blank:
            made = self._run(paragraph, text, blank[0], blank[0].start)
            return [made, *((run.start, run.end, b"") for run in blank), *self._less_blanks(kept)]
        return [self._run(paragraph, text, kept[-1] if kept else None), *self._less_blanks(kept)]

    def _less_blanks(self, runs: list[Node]) -> list[Edit]:
        """The last words without the room to write behind them."""
        texts = [one for run in runs[-1:] for one in run.every("t") if not one.is_empty_tag]
        if not texts:
            return []
        last = texts[-1]
        room = last.text[len(before_blanks(last.text)) :].encode()
        start = last.close - len(room)
        return [(start, last.close, b"")] if room and self._data[start : last.close] == room else []

    def _run(self, paragraph: Node, text: str, like: Node | None = None, at: int | None = None) -> Edit:
        """A run that looks `like` another, at a place or at the end of a paragraph."""
        p = prefix_of(self._data, paragraph)
        look = self._look(paragraph, like)
        lines = f"<{p}br/>".join(
            f'<{p}t xml:space="preserve">{escape(line)}</{p}t>' if line else "" for line in text.split("\n")
        )
        piece = f"<{p}r>".encode() + look + lines.encode() + f"</{p}r>".encode()
        if paragraph.is_empty_tag:
            return paragraph.start, paragraph.end, opened_tag(self._data, paragraph, piece)
        place = paragraph.close if at is None else at
        return place, place, piece

    def _look(self, paragraph: Node, run: Node | None) -> bytes:
        """The properties of a run, or of the paragraph's mark, as they stand in the file."""
        found = next(run.every("rPr"), None) if run else None
        if found is None and (own := paragraph.child("pPr")):
            found = own.child("rPr")
        if found is None or any(one.tag in ("ins", "del") for one in found.children):
            return b""
        return self._data[found.start : found.end]


def _direct(node: Node, tag: str) -> Iterator[Node]:
    """What stands in a body, table, row or cell itself, not in something within it."""
    for one in node.children:
        if one.tag == tag:
            yield one
        elif one.tag in WRAPPERS:
            yield from _direct(one, tag)


def _runs(paragraph: Node) -> Iterator[Node]:
    """What holds the words of a paragraph; pictures are left where they are."""
    return (one for one in paragraph.all(*RUNS) if next(one.every(*DRAWN), None) is None)


def _said(node: Node) -> str:
    """The words of a paragraph or cell."""
    parts = (
        "\n" if one.tag == "br" else "　" if one.tag == "tab" else one.text
        for one in node.every("t", "br", "tab")
    )
    return "".join(parts)


def _property(cell: Node, name: str) -> Node | None:
    own = cell.child("tcPr")
    return own.child(name) if own else None


def _value(node: Node | None, name: str = "val") -> str:
    if node is None:
        return ""
    return next((value for key, value in node.attributes.items() if key.rpartition(":")[2] == name), "")


def _goes_on(cell: Node) -> bool:
    """Is the cell only the rest of one above it?"""
    merge = _property(cell, "vMerge")
    return merge is not None and _value(merge) != "restart"


def _shown(table: Node) -> dict[str, Any]:
    grid = table.child("tblGrid")
    widths = [
        float(_value(one, "w") or 1000) / TWIPS_A_CHARACTER for one in (grid.all("gridCol") if grid else ())
    ]
    laid: list[list[Any]] = []
    open_at: dict[int, list[Any]] = {}
    rows = list(_direct(table, "tr"))
    columns = len(widths)
    for row, line in enumerate(rows):
        column = _before(line)
        for at, cell in enumerate(_direct(line, "tc"), start=1):
            wide = max(1, int(_value(_property(cell, "gridSpan")) or 1))
            above = open_at.get(column)
            if _goes_on(cell) and above is not None:
                above[3] = row - above[1] + 1
            else:
                said = "\n".join(_said(one) for one in _direct(cell, "p")).strip("\n")
                made = [f"{row + 1}.{at}", row, column, 1, wide, said, ""]
                laid.append(made)
                open_at[column] = made
            column += wide
        columns = max(columns, column)
    if len(rows) > MOST_ROWS or columns > MOST_COLUMNS:
        raise Refused(TOO_BIG)
    widths = (widths + [10.0] * columns)[:columns]
    return {"rows": len(rows), "columns": columns, "widths": widths, "cells": laid}


def _before(row: Node) -> int:
    own = row.child("trPr")
    return int(_value(own.child("gridBefore") if own else None) or 0)
