"""All records of a station as tables to read and count with: an Excel workbook, or a folder of CSV files."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Literal

from sgz_desktop import files
from sgz_desktop.actions.allowed import action
from sgz_desktop.actions.desk import Desk
from sgz_desktop.actions.records_file import Counted, Exported, Progress, silent
from sgz_desktop.exports import csv_lines, tables, xlsx
from sgz_desktop.exports.ndjson import STORES
from sgz_desktop.store import log
from sgz_desktop.store.session import Reading

Form = Literal["xlsx", "csv"]
Sheets = Iterator[tuple[tables.Table, Iterator[tables.Row]]]
FORMULAS = {
    "xlsx": "文字都按文本存放，不会当作公式。",
    "csv": "可能被当作公式或改成别的数的文字，前面加了一个'。",
}


@action
def export_tables(desk: Desk, path: Path, form: Form, progress: Progress = silent) -> Exported:
    """Write every record peers share as tables: "xlsx" is one file, "csv" a new folder with one file a kind.

    What is at `path` afterwards is whole; a file is replaced, a folder must be new or empty. `progress` may
    raise Cancelled; AppError when it cannot be written. Bytes of attachments stay in the store. What is
    written is plain text: it is no longer protected by the station's passphrases.
    """

    def work(session: Reading) -> Exported:
        digest = log.digest(session)
        told = Counted(sum(1 for _ in log.shown_values(session)), progress)
        sheets = chain(
            _about(desk, form, told.total, digest), tables.filled(lambda: told(log.shown_values(session)))
        )
        if form == "xlsx":
            files.write_atomic(path, xlsx.written(sheets, (tables.ABOUT, *tables.tables())))
        else:
            _write_folder(path, sheets)
        return Exported(told.total, digest)

    return desk.read(work)


def _about(desk: Desk, form: Form, records: int, digest: str) -> Sheets:
    """The first sheet: whose records these are and how they are written down."""
    rows: list[tables.Row] = [
        ("社工站", desk.station),
        ("资料", STORES[desk.store.identity.kind] + ("，人物情节均为虚构" if desk.practice else "")),
        ("条数", str(records)),
        ("资料指纹", digest),
        ("表头", "第一行是项目，第二行是程序用的字段名。"),
        ("公式", FORMULAS[form]),
        ("控制字符", "写成_x、四位编号和_，例如回车的编号是000D。"),
        ("其他内容", "不能按项目写出的内容，按字段名写成JSON。"),
        ("保管", "这些文件没有加密，用完请收好。"),
    ]
    yield tables.ABOUT, iter(rows)


def _write_folder(path: Path, sheets: Sheets) -> None:
    with files.new_folder(path) as folder:
        for table, rows in sheets:
            files.write_atomic(folder / f"{table.title}.csv", csv_lines.written(table, rows))
