"""`import` of a list a station keeps in a table of its own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sgz_desktop.cli.session import opened, report
from sgz_desktop.errors import AppError

if TYPE_CHECKING:
    from sgz_desktop.actions.roster_rows import RosterSheet


def import_list(
    file: Path,
    merge: bool,
    sheet: str,
    errors: Path | None,
    store: Path | None,
    user: str | None,
    as_json: bool,
) -> None:
    """Take a list in by the columns kept for its headings, else as they are guessed. With `merge` the list's
    values win. `errors`: where rows with a problem are written; none, no file."""
    from sgz_desktop.actions import rosters
    from sgz_desktop.actions.roster_rows import left_out
    from sgz_desktop.domain.roster_fields import offered

    with opened(store, user) as station:
        desk = station.desk
        chosen = _chosen(rosters.read_roster(desk, file), sheet)
        use_list = tuple(offered(chosen.columns.sort)) if merge else ()
        plan = rosters.preview_roster(desk, chosen, chosen.columns, use_list)
        told = rosters.import_roster(desk, chosen, chosen.columns, use_list, plan=plan)
        if told.bad and errors:
            rosters.save_problems(desk, errors, chosen, plan)
    if told.bad:
        where = f"，已写到 {errors}" if errors else "；加上 --errors 可以写成表格"
        print(f"{told.bad}行有问题，没有导入{where}。", file=sys.stderr)
    left = left_out(chosen)
    facts: dict[str, Any] = {"new": told.new, "altered": told.changed, "same": told.same, "bad": told.bad}
    facts |= {"marked": told.doubts, "left_out": left}
    rows = told.new + told.changed + told.same
    words = f"已导入{rows}行：新建{told.new}，更新{told.changed}，已有相同{told.same}。"
    if left:
        words += f"\n有{len(left)}列没有导入：{'、'.join(left)}。"
    report(as_json, facts, words)


def _chosen(sheets: tuple[RosterSheet, ...], name: str) -> RosterSheet:
    """The sheet named, else the only one its maker shows. AppError otherwise."""
    shown = [one for one in sheets if (one.name == name if name else not one.hidden)]
    if len(shown) == 1:
        return shown[0]
    if name:
        raise AppError("文件里没有这张工作表，没有导入。", "请核对 --sheet 后面的名称。")
    raise AppError("文件里有几张工作表，或只有隐藏的，没有导入。", "请用 --sheet 写明导入哪一张。")
