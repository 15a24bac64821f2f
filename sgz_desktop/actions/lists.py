"""A list as it stands on the screen, as an Excel file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sgz_desktop import files
from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.domain.fields import LineKind
from sgz_desktop.exports import tables, xlsx

Rows = Sequence[Sequence[str]]


@action
def export_list(desk: Desk, title: str, heads: Sequence[str], rows: Rows, path: Path) -> int:
    """Write the rows of a list, as shown and in that order, to an Excel file; how many there were.

    What is written is plain text: no passphrase protects it any longer. AppError when it cannot be written.
    """
    return write_list(Heading(title, desk.station, desk.today(), desk.practice), heads, rows, path)


@dataclass(frozen=True)
class Heading:
    """What a file says of its list: whose, which, of which day."""

    title: str
    station: str
    day: str
    practice: bool


def write_list(of: Heading, heads: Sequence[str], rows: Iterable[Sequence[str]], path: Path) -> int:
    """As `export_list`, for a list of any length: rows are written as they come. Nothing is left at `path`
    when reading them ends in an error, Cancelled among them."""
    columns = tuple(tables.Column(f"c{n}", head, LineKind()) for n, head in enumerate(heads, start=1))
    table, count = tables.Table("list", of.title, columns), 0

    def counted() -> Iterator[tables.Row]:
        nonlocal count
        for row in rows:
            count += 1
            yield tuple(row)

    def about() -> Iterator[tables.Row]:
        yield "社工站", of.station
        yield "清单", of.title + ("（练习站，人物情节均为虚构）" if of.practice else "")
        yield "日期", of.day
        yield "条数", str(count)
        yield "保管", "这个文件没有加密，用完请收好。"

    note = tables.ABOUT
    files.write_atomic(path, xlsx.written([(table, counted()), (note, about())], (table, note)))
    return count
