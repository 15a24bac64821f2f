"""A list as it stands on the screen, as an Excel file."""

from __future__ import annotations

from collections.abc import Sequence
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
    columns = tuple(tables.Column(f"c{n}", head, LineKind()) for n, head in enumerate(heads, start=1))
    table = tables.Table("list", title, columns)
    note = tables.ABOUT
    about: list[tables.Row] = [
        ("社工站", desk.station),
        ("清单", title + ("（练习站，人物情节均为虚构）" if desk.practice else "")),
        ("日期", desk.today()),
        ("条数", str(len(rows))),
        ("保管", "这个文件没有加密，用完请收好。"),
    ]
    sheets = [(table, iter([tuple(row) for row in rows])), (note, iter(about))]
    files.write_atomic(path, xlsx.written(sheets, (table, note)))
    return len(rows)
