"""Remarks of supervisors as rows of a table, on the page of all cases and in the tab of one."""

from __future__ import annotations

from collections.abc import Sequence

from sgz_desktop.actions.supervision_remarks import UNVERIFIED, RemarkLine
from sgz_desktop.gui.widgets.data_table import Cell, Column, DataTable

NAME, WORKER = 0, 6  # columns that one case needs not
COLUMNS = (
    Column("服务对象", 88, "body_bold"),
    Column("关于", 186, tone="plain"),
    Column("意见", 0),
    Column("督导", 96, tone="plain"),
    Column("最晚日期", 104, tone="plain"),
    Column("情况", 112),
    Column("主责", 84, tone="plain"),
)


def remarks_table(name: str) -> DataTable:
    """An empty table of remarks."""
    return DataTable(name, COLUMNS)


def show_remarks(table: DataTable, lines: Sequence[RemarkLine]) -> None:
    """Put remarks into a table."""
    table.set_rows([line.id for line in lines], [_cells(line) for line in lines])
    if lines and table.current_id() is None:
        table.set_current(lines[0].id, tell=False)


def told_words(line: RemarkLine) -> str:
    """What was said, with the decision."""
    more = line.decision and line.decision != line.text
    return f"{line.text}（{line.decision}）" if more else line.text


def _cells(line: RemarkLine) -> tuple[str | Cell, ...]:
    mark = f"批注{line.mark}·" if line.mark else ""
    who = Cell(UNVERIFIED, "warn") if line.unverified else line.supervisor
    tone = "ok" if line.done_on else "danger" if line.late else ""
    return (
        line.name,
        f"{mark}{line.title}",
        " ".join(told_words(line).split()),
        who,
        Cell(line.due.partition("（")[0], sort=line.due_on),
        Cell(line.state, tone),
        line.worker,
    )
