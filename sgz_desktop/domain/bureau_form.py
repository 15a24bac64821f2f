"""A bureau's blank form (局发表样): its cells, what each is to be filled with, and what its labels suggest.

A cell is known by the words to its left and above it, so that it is found again in the bureau's next version
though rows were added.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
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
    return tuple(_word(one.text) for one in cells[: -NEAR - 1 : -1])


def _is_title(cell: Cell, sheet: Sheet) -> bool:
    """Does it stand over about the whole sheet? Then it is nobody's label."""
    return cell.columns >= max(3, len(sheet.widths) - 2)


def spoken(left: Sequence[str], above: Sequence[str]) -> str:
    """The labels of a cell as one says them: what it is of, then its column."""
    of = next((words for words in left if not UNITS.fullmatch(words)), next(iter(left), ""))
    return " · ".join(words for words in (of, *above[:1]) if words)


def _word(text: str) -> str:
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


# What a label means: the first pattern found in the words beside a cell. Figures are code|part|unit.
FIGURES = (
    ("高风险", "C04||"),
    ("新(增|开|接)个案|新立案", "C01|new|"),
    ("结案", "C01|closed|"),
    ("个案.*(在跟进|在办|跟进中|期末)|(在跟进|在办).*个案", "C01|open|"),
    ("个案.*(时长|小时|工时)", "C02|hours|"),
    ("个案.*(节|次数|会谈|面谈)|会谈", "C02|sessions|"),
    ("个案", "C01|total|"),
    ("新(增)?建档.*(户|家庭)", "P03|new_household|"),
    ("新(增)?建档", "P03|new_person|"),
    ("(在册|建档).*(户|家庭)", "P03|open_household|"),
    ("在册|建档", "P03|open_person|"),
    ("(入户|走访|探访).*(人次|人数)", "V01|people|"),
    ("入户|走访|探访", "V01|households|"),
    ("(服务|受益).*人次|人次数", "P02||"),
    ("(服务|受益).*人|服务对象", "P01||"),
    ("转介", "J03|sent|"),
    ("安置", "J03|placed|"),
    ("就业|上岗", "J03|jobs|"),
    ("救助.*户|申请.*户", "J01||户"),
    ("救助|申请", "J01||人"),
)
NOT_FIGURES = re.compile("备注|说明|单位|序号|目标|计划|完成率|比例|增减|同比|环比|去年")  # heads of columns
COLUMNS = (("上月", "before"), ("累计|全年|本年|年度", "year"))
WORDS = (
    ("填报单位|报送单位|编制单位|单位名称|机构名称|社工站名称|站点名称", "station"),
    ("填表人|填报人|制表|经办人", "filler"),
    ("(填表|填报|报送|制表)(日期|时间)|^日期$", "today"),
    ("统计期|统计时间|起止|报告期|时间段", "period"),
    ("月份|所属月|报表月", "month"),
    ("期号", "issue"),
    ("小结|概述|概况|总体情况", "summary"),
    ("典型案例", "section|典型案例"),
    ("督导|培训", "section|督导培训"),
    ("宣传", "section|宣传报道"),
    ("问题|困难|协调", "section|问题与需协调事项"),
    ("下月|下一步|计划", "section|下月计划"),
    ("重点服务|服务情况|工作情况|主要工作", "section|重点服务"),
)


def suggested(own: str, left: Sequence[str], above: Sequence[str]) -> str:
    """The source a cell's labels speak of, '' when they speak of none. Nearer words go first."""
    near = [_word(words) for words in (own, *left, *above)]
    beside = " ".join(near[1:])
    for words in near:
        found = _meant(words, beside)
        if found:
            return found
    return ""


def proposals(sheet: Sheet) -> Iterator[tuple[Cell, str, bool]]:
    """Empty cells whose labels say what goes there, and lines that end in a colon: cell, source, `after`."""
    lines = all(cell.columns == cell.rows == 1 and cell.column == 0 for cell in sheet.cells)
    beside = Labels(sheet)
    for cell in sheet.cells:
        left, above = beside.of(cell)
        if cell.sort == "formula":
            continue
        if not cell.text.strip():
            source = suggested("", left, above)
            other = bool(above and NOT_FIGURES.search(above[0]))
            headed = bool(above) and source.startswith("figure|")
            if source and not other and (headed or beside.are_beside(cell)):
                yield cell, source, False
        elif lines and before_blanks(cell.text).endswith(("：", ":")):
            source = suggested(cell.text, (), ())
            if source:
                yield cell, source, True


def _meant(words: str, beside: str) -> str:
    if not words:
        return ""
    figure = next((name for pattern, name in FIGURES if re.search(pattern, words)), "")
    text = next((name for pattern, name in WORDS if re.search(pattern, words)), "")
    if text and (not figure or re.search("情况|小结|计划|案例|问题|单位", words)):
        return text
    if not figure:
        return ""
    column = next((name for pattern, name in COLUMNS if re.search(pattern, beside)), "now")
    code, part, unit = figure.split("|")
    if code == "V01" and "人次" in beside:
        part = "people"
    return f"figure|{code}|{part}|{unit}|{column}"
