"""A bureau's blank form (局发表样): its cells, what each is to be filled with, and what its labels suggest.

A cell is known by the words to its left and above it, so that it is found again in the bureau's next version
though rows were added.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

BLANKS = "_＿ 　\t"  # what stands where something is to be written
NEAR = 3  # labels remembered to each side
UNITS = re.compile("人|人次|户|户次|个|节|次|场|场次|小时|件|份|元|万元|单位|名|例")
_MARKS = re.compile(r"[\s　:：*＊（）()、,，.。_-]+")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it is shown, over `rows` and `columns`; `sort` is formula, date or ''."""

    ref: str
    row: int
    column: int
    rows: int
    columns: int
    text: str
    sort: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; widths of its columns in characters."""

    name: str
    hidden: bool
    rows: int
    widths: tuple[float, ...]
    cells: tuple[Cell, ...]

    def at(self, ref: str) -> Cell | None:
        """The cell of a name."""
        return next((cell for cell in self.cells if cell.ref == ref), None)


@dataclass(frozen=True, slots=True)
class Mapped:
    """What goes into one cell: `source` by name, `words` in words; `after` what stands there already."""

    sheet: str
    ref: str
    left: tuple[str, ...]
    above: tuple[str, ...]
    source: str
    words: str
    after: bool = False

    @property
    def label(self) -> str:
        """The cell by its labels, else by its place."""
        return spoken(self.left, self.above) or f"{self.sheet} {self.ref}"


@dataclass(frozen=True, slots=True)
class Form:
    """A form kept at this station: its name, its file by fingerprint, its version here and since when."""

    id: str
    name: str
    sort: str
    sha256: str
    version: int
    put_on: str
    cells: tuple[Mapped, ...] = ()


Words = tuple[str, ...]
Labelled = tuple[Sheet, Cell, tuple[Words, Words]]


class Labels:
    """The words beside the cells of a sheet: looked up for each cell, gone through once."""

    def __init__(self, sheet: Sheet) -> None:
        self._rows: dict[int, list[Cell]] = {}
        self._columns: dict[int, list[Cell]] = {}
        for one in sorted(sheet.cells, key=lambda cell: (cell.row, cell.column)):
            if not one.text.strip() or _is_number(one.text):
                continue
            for row in range(one.row, one.row + one.rows):
                self._rows.setdefault(row, []).append(one)
            if not _is_title(one, sheet):
                for column in range(one.column, one.column + one.columns):
                    self._columns.setdefault(column, []).append(one)
        for line in self._rows.values():
            line.sort(key=lambda cell: cell.column)

    def of(self, cell: Cell) -> tuple[Words, Words]:
        """The words to the left of a cell, nearest first, and those above it. Numbers are no labels."""
        left = [one for one in self._rows.get(cell.row, ()) if one.column < cell.column]
        above = [one for one in self._columns.get(cell.column, ()) if one.row < cell.row]
        return _words(left), _words(above)

    def are_beside(self, cell: Cell) -> bool:
        """Does something stand right before the cell?"""
        return any(one.column + one.columns == cell.column for one in self._rows.get(cell.row, ()))


def labels(sheet: Sheet, cell: Cell) -> tuple[Words, Words]:
    """The words beside one cell (see `Labels.of`)."""
    return Labels(sheet).of(cell)


def before_blanks(text: str) -> str:
    """A line less the room to write at its end: 填报单位： of 填报单位：______."""
    return text.rstrip(BLANKS)


def _words(cells: Sequence[Cell]) -> Words:
    return tuple(word_of(one.text) for one in cells[: -NEAR - 1 : -1])


def _is_title(cell: Cell, sheet: Sheet) -> bool:
    """Does it stand over about the whole sheet? Then it is nobody's label."""
    return cell.columns >= max(3, len(sheet.widths) - 2)


def spoken(left: Sequence[str], above: Sequence[str]) -> str:
    """The labels of a cell as one says them: what it is of, then its column."""
    of = next((words for words in left if not UNITS.fullmatch(words)), next(iter(left), ""))
    return " · ".join(words for words in (of, *above[:1]) if words)


def word_of(text: str) -> str:
    """A label without marks and blanks."""
    return _MARKS.sub("", text)[:40]


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[-+]?[0-9.,%]+", text.strip()))


def carried(
    cells: Iterable[Mapped], sheets: Sequence[Sheet]
) -> tuple[tuple[Mapped, ...], tuple[Mapped, ...]]:
    """What was mapped, in another version of the form: by label, else lost. (carried, lost)"""
    kept, lost = list[Mapped](), list[Mapped]()
    there: dict[Words, list[Labelled]] = {}
    for sheet in sheets:
        beside = Labels(sheet)
        for cell in sheet.cells:
            if cell.sort != "formula":
                told = beside.of(cell)
                there.setdefault(told[0], []).append((sheet, cell, told))
    taken = set[tuple[str, str]]()
    for one in cells:
        found = _found(one, there.get(one.left, ()))
        if found is None or (found[0].name, found[1].ref) in taken:
            lost.append(one)
        else:
            sheet, cell, (left, above) = found
            taken.add((sheet.name, cell.ref))
            kept.append(replace(one, sheet=sheet.name, ref=cell.ref, left=left, above=above))
    return tuple(kept), tuple(lost)


def _found(one: Mapped, there: Sequence[Labelled]) -> Labelled | None:
    """The cell of the same labels: all of them at the old place, all of them anywhere, or those to the left
    in the old column or under the same head. Of several alike none is taken."""
    same = [found for found in there if found[2][1] == one.above]
    beside = there if one.left else ()
    ways = (
        [found for found in same if (found[0].name, found[1].ref) == (one.sheet, one.ref)],
        same,
        [found for found in beside if found[2][1][:1] == one.above[:1]],
        [found for found in beside if _column_of(found[1].ref) == _column_of(one.ref)],
    )
    return next((way[0] for way in ways if len(way) == 1), None)


def _column_of(ref: str) -> str:
    """B of B5, 2 of 5.2."""
    return ref.rpartition(".")[2] if "." in ref else ref.rstrip("0123456789")
