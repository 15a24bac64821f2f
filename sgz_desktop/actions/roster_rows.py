"""A row of a list as values of records: read, tidied, and what is wrong with it in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.fields import CodeKind, CodesKind, FieldKind, Wire, YesNoKind
from sgz_desktop.domain.roster_cells import text_of
from sgz_desktop.domain.roster_fields import PROBLEM, Field, body, offered
from sgz_desktop.domain.roster_match import Identity

NOTHING_SAID = frozenset({"无", "没有", "暂无", "不详", "未知", "空"})
ENDINGS = re.compile(r"(?:家庭|人员|对象|户)$")
NO_SUCH = "没有这个类别，请改成{some}等。"


@dataclass(frozen=True, slots=True)
class Columns:
    """What each column of a sheet means ('' = nothing), and what holds for all its rows: key → text."""

    sort: str
    keys: tuple[str, ...]
    fixed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RosterSheet:
    """A sheet of a station's own: cells as read, where its headings are, and what its columns are taken for.

    `kept`: the columns are those a worker settled for the same headings before.
    """

    name: str
    hidden: bool
    rows: Sequence[Sequence[Any]]
    head: int
    heads: tuple[str, ...]
    columns: Columns
    kept: bool = False


def left_out(sheet: RosterSheet) -> tuple[str, ...]:
    """The headings of columns that say something and are not taken."""
    filled = {
        place
        for _, row in body(sheet.rows, sheet.head)
        for place, cell in enumerate(row)
        if cell is not None and str(cell).strip()
    }
    return tuple(
        "".join(filter(str.isprintable, head)) or f"第{place + 1}列"
        for place, (head, key) in enumerate(zip(sheet.heads, sheet.columns.keys, strict=True))
        if not key and place in filled and head != PROBLEM
    )


class State(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    BAD = "bad"


STATES = {State.NEW: "新建", State.CHANGED: "更新", State.SAME: "已有相同", State.BAD: "有问题"}


@dataclass(slots=True)
class Row:
    """A row as read: `number` counts from 1 in the sheet; values by kind of record and field, tidied."""

    number: int
    values: dict[str, dict[str, Wire]]
    problems: list[str] = field(default_factory=list)
    person: str = ""
    new: bool = False
    group: tuple[str, ...] = ()

    def said(self, record: str, name: str) -> str:
        """A value as text, '' where the row is silent."""
        value = self.values.get(record, {}).get(name)
        return "" if value is None else str(value)

    @property
    def identity(self) -> Identity:
        """Whom it means."""
        own, row = self.values.get("person", {}), self.values.get("row", {})
        who = {name: own.get(name) or row.get(name) or "" for name in ("name", "id_number", "born")}
        village = self.said("household", "village") or self.said("row", "village")
        return Identity(str(who["name"]), str(who["id_number"]), str(who["born"]), village)


def rows_of(sheet: RosterSheet, columns: Columns) -> list[Row]:
    """The rows below the headings."""
    known = offered(columns.sort)
    wanted = [(place, known[key]) for place, key in enumerate(columns.keys) if key in known]
    fixed = [(known[key], text) for key, text in columns.fixed.items() if key in known]
    return [_row(number, cells, wanted, fixed) for number, cells in body(sheet.rows, sheet.head)]


def _row(
    number: int,
    cells: Sequence[Any],
    wanted: Sequence[tuple[int, Field]],
    fixed: Sequence[tuple[Field, str]],
) -> Row:
    row = Row(number, {})
    for place, field_ in wanted:
        _take(row, field_, cells[place] if place < len(cells) else None)
    for field_, text in fixed:
        if field_.name not in row.values.get(field_.record, {}):
            _take(row, field_, text)
    return row


def _take(row: Row, asked: Field, cell: Any) -> None:
    try:
        text = text_of(cell, asked.kind)
        if not text or (text in NOTHING_SAID and not isinstance(asked.kind, CodeKind | YesNoKind)):
            return
        value = _value(asked, text)
    except ValueError as wrong:
        row.problems.append(f"{asked.label}：{wrong}")
        return
    if value is not None:
        row.values.setdefault(asked.record, {})[asked.name] = value


def _value(asked: Field, text: str) -> Wire:
    if asked.key == "benefit.category":
        return _categories(asked.kind, text)
    if isinstance(asked.kind, CodeKind) and not isinstance(asked.kind, CodesKind):
        return code_of(asked.kind, text) or asked.kind.tidy(text)
    return asked.kind.tidy(text)


def code_of(kind: CodeKind, text: str) -> str | None:
    """The code a word of a list stands for, also when 户, 家庭, 人员 or a bracket hangs on to it."""
    codes = code_list(kind.codes)
    bare = re.sub(r"[（(].*[）)]$", "", text).strip()
    return codes.find(text) or codes.find(bare) or codes.find(ENDINGS.sub("", bare))


def _categories(kind: FieldKind, text: str) -> str:
    """One category or several with marks between, as codes with commas. ValueError for a word no list has."""
    assert isinstance(kind, CodeKind)
    found = [code_of(kind, part) for part in re.split(r"[,，、;；/\s]+", text) if part]
    if not found or None in found:
        some = "、".join(item.label for item in code_list(kind.codes).items[:3])
        raise ValueError(NO_SUCH.format(some=some))
    return ",".join(code for code in dict.fromkeys(found) if code)
