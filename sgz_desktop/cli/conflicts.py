"""Commands about fields that hold several values: list them, settle one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sgz_desktop.cli.command import Answer, at_station
from sgz_desktop.errors import AppError

if TYPE_CHECKING:
    from sgz_desktop.actions.conflicts import Doubled, Pair
    from sgz_desktop.actions.station import OpenStation

NONE_SUCH = ("没有这一处两个值，什么也没有改。", "请用 conflicts list 看有哪些。")
NO_VALUE = ("没有这个值，什么也没有改。", "--choose 请写 1 到 {count}。")


group = typer.Typer(help="数据核对：几台电脑填得不一样的资料。", no_args_is_help=True, rich_markup_mode=None)


@group.command("list")
@at_station()
def list_all(station: OpenStation) -> Answer:
    """列出填得不一样的资料，各值按 --choose 的次序。"""
    from sgz_desktop.actions.conflicts import open_conflicts

    rows = open_conflicts(station.desk)
    facts = {"conflicts": [told(pair) for row in rows for pair in row.pairs]}
    return facts, "\n".join(line for row in rows for line in _lines(row)) or "没有两个值的资料。"


def told(pair: Pair) -> dict[str, Any]:
    """One field as --json says it; `shown` marks the value that counts until somebody settles it."""
    higher = any(one.higher for one in pair.values)
    return {
        "kind": pair.kind,
        "id": pair.id,
        "field": pair.cell,
        "values": [
            {
                "value": one.value,
                "by": one.by,
                "at": one.at_ms,
                "device": one.choice.device,
                "shown": one.higher if higher else place == 0,
            }
            for place, one in enumerate(pair.values)
        ],
    }


def _lines(row: Doubled) -> list[str]:
    from sgz_desktop.actions.conflict_words import computer

    found = []
    for pair in row.pairs:
        values = "；".join(
            f"{place} {one.words}（{one.by or '姓名未到'}，{computer(one.device)}）"
            for place, one in enumerate(pair.values, start=1)
        )
        name = f"{row.title} {row.about}".strip()
        found.append(f"{pair.kind} {pair.id} {pair.cell}　{name}　{pair.label}：{values}")
    return found


@group.command()
@at_station()
def settle(
    station: OpenStation,
    kind: Annotated[str, typer.Argument(help="资料的种类，见 conflicts list。")],
    id: Annotated[str, typer.Argument(help="资料的标识。")],
    field: Annotated[str, typer.Argument(help="哪一项。")],
    choose: Annotated[int, typer.Option("--choose", help="用第几个值，从1数起。")],
) -> Answer:
    """选定其中一个值；其余的留在修改历史里。"""
    from sgz_desktop.actions import conflicts

    desk = station.desk
    rows = conflicts.open_conflicts(desk)
    pair = next((one for row in rows for one in row.pairs if one.key == (kind, id, field)), None)
    if pair is None:
        raise AppError(*NONE_SUCH)
    if not 1 <= choose <= len(pair.values):
        raise AppError(NO_VALUE[0], NO_VALUE[1].format(count=len(pair.values)))
    value = pair.values[choose - 1]
    changes = conflicts.settle(desk, id, kind, field, value.choice, pair.seen)
    left = len(conflicts.open_conflicts(desk))
    facts = {"kind": kind, "id": id, "field": field, "value": value.value, "conflicts": left}
    facts["edit"] = list(changes.edit) if changes.edit else None
    return facts, f"已选定{pair.label}：{value.words}。还有{left}份资料要核对。"
