"""Records as tables for people: one table a kind, its columns read from the declarations.

The first column is the record's id. Then come its fields as a person would type them: codes by their labels,
days and times as on the wire, money in yuan. The last column, 其他内容, is JSON for what its own column can
not give back: fields of a newer program, values of another type, labels two codes share. So a row holds its
record whole, and `values_of` reads it back. Kinds this program does not know share one table.

A row is a tuple of cells: text, a number for money and counts, None for unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import Any

import orjson

from sgz_desktop.domain.edits import Value, canonical
from sgz_desktop.domain.fields import (
    CodeKind,
    CountKind,
    FieldKind,
    KeyKind,
    LineKind,
    Share,
    Wire,
    YesNoKind,
    YuanKind,
)
from sgz_desktop.domain.records import BY_KIND, RECORDS
from sgz_desktop.domain.records.base import Record, Surface, questions

Cell = str | Decimal | None
Row = tuple[Cell, ...]
Values = Mapping[str, Value]
Entry = tuple[str, str, Values]  # kind, id, values by field name

REST = "*"  # no field's name: those are plain words
MOST_EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the field's name on the wire, its heading and the kind of its values."""

    name: str
    label: str
    kind: FieldKind


@dataclass(frozen=True, slots=True)
class Table:
    """One table: the name of its kind on the wire, its title and its columns."""

    name: str
    title: str
    columns: tuple[Column, ...]


ID = Column("id", "系统编号", KeyKind())
DELETED = Column("deleted", "已删除", YesNoKind())
OTHERS = Column(REST, "其他内容", KeyKind())
UNKNOWN = Table(REST, "其他资料", (ID, Column("record", "资料种类", KeyKind()), OTHERS))
ABOUT = Table("about", "说明", (Column("item", "项目", LineKind()), Column("content", "内容", LineKind())))


@cache
def table_of(kind: type[Record]) -> Table:
    """The table of a kind: all its fields that peers share, in the order they are declared."""
    asked = [one for one in questions(kind).values() if one.ask.share is not Share.NOBODY]
    fields = [
        Column(one.name, one.ask.label + (f"（{one.ask.unit}）" if one.ask.unit else ""), one.kind)
        for one in asked
    ]
    return Table(kind.KIND, kind.TITLE, (ID, *fields, DELETED, OTHERS))


def tables() -> Iterator[Table]:
    """The tables of all kinds that leave the store, in the order of the registry."""
    for kind in RECORDS:
        if Surface.NDJSON not in kind.LACKS:
            yield table_of(kind)
    yield UNKNOWN


def filled(records: Callable[[], Iterable[Entry]]) -> Iterator[tuple[Table, Iterator[Row]]]:
    """Each table that has records, with its rows. `records()` tells them afresh, sorted by kind."""
    unknown = False
    for name, entries in groupby(records(), key=lambda entry: entry[0]):
        kind = BY_KIND.get(name)
        if kind is None:
            unknown = True
        else:
            table = table_of(kind)
            yield table, (row_of(table, id, values) for _, id, values in entries)
    if unknown:
        others = ((name, id, values) for name, id, values in records() if name not in BY_KIND)
        yield UNKNOWN, ((id, name, _json(values)) for name, id, values in others)


def row_of(table: Table, id: str, values: Values) -> Row:
    """A record as a row."""
    columns = table.columns[1:-1]
    cells = tuple(_cell(column.kind, values.get(column.name)) for column in columns)
    rest = dict(values)
    for column, cell in zip(columns, cells, strict=True):
        if column.name in rest and _same(_value(column.kind, cell), rest[column.name]):
            del rest[column.name]
    return (id, *cells, _json(rest) if rest else None)


def values_of(table: Table, row: Sequence[Cell]) -> Entry:
    """The record of a row of any table of records: what `filled` was given. ValueError for another row."""
    rest = orjson.loads(str(row[-1])) if row[-1] else {}
    if table is UNKNOWN:
        return str(row[1]), str(row[0]), rest
    pairs = zip(table.columns[1:-1], row[1:-1], strict=True)
    read = {column.name: _value(column.kind, cell) for column, cell in pairs}
    return table.name, str(row[0]), {n: value for n, value in {**read, **rest}.items() if value is not None}


def _cell(kind: FieldKind, value: Any) -> Cell:
    if value is None or not kind.accepts(value):
        return None
    if isinstance(kind, YuanKind | CountKind) and abs(value) < MOST_EXACT:
        return Decimal(value).scaleb(-2) if isinstance(kind, YuanKind) else Decimal(value)
    return kind.edit(value)


def _value(kind: FieldKind, cell: Cell) -> Wire:
    """What a cell says; None where it is empty or says nothing this kind of field can hold."""
    if cell is None or cell == "":
        return None
    if kind.wire is str and not isinstance(kind, CodeKind):
        return str(cell)  # never tidied: text comes out as it went in
    try:
        return kind.tidy(str(cell))
    except ValueError:
        return None


def _same(one: Value, other: Value) -> bool:
    return type(one) is type(other) and one == other


def _json(values: Values) -> str:
    return canonical(dict(values)).decode()
