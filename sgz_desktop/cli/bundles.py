"""`bundle …`: bundles of U盘交换, without the window."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sgz_desktop.cli.command import Answer, at_station
from sgz_desktop.cli.session import OutOption

if TYPE_CHECKING:
    from sgz_desktop.actions.desk import Desk
    from sgz_desktop.actions.exchange_take_in import Arrived
    from sgz_desktop.actions.station import OpenStation

UNKNOWN = "还不认识的一台电脑"
BundleFile = Annotated[Path, typer.Argument(help="交换包文件。")]
group = typer.Typer(help="U盘交换的包。", no_args_is_help=True, rich_markup_mode=None)


@group.command("export")
@at_station()
def export(
    station: OpenStation,
    to: Annotated[str, typer.Option("--to", help="导出给哪台电脑：名称、机号或编号。")],
    out: OutOption,
) -> Answer:
    """把对方还没有的修改写成一个加密的包；有附件时另写在旁边。"""
    from sgz_desktop.actions import exchange_devices, exchange_send

    every = exchange_devices.computers(station.desk)
    peer = exchange_devices.computer_named(every, to)
    parts = exchange_send.outgoing(station.desk, station, peer).parts
    made = exchange_send.export_bundle(station.desk, station, peer, out)
    more = [
        exchange_send.export_files(station.desk, station, peer, _beside(out, place), part)
        for place, part in enumerate(parts, start=1)
    ]
    facts = {"out": str(out), "to": peer.name, "n": made.n, "edits": made.edits}
    facts |= {"bytes": made.size, "sha256": made.sha256, "files": [str(one.path) for one in more]}
    words = f"已导出给{peer.name}的第{made.n}包，共{made.edits}笔修改：{out}。已读回核对，可以拔出。"
    if more:
        words += "".join(f"\n附件另在 {one.path}，请一起带去。" for one in more)
    return facts, words


def _beside(out: Path, place: int) -> Path:
    return out.with_name(f"{out.stem}-f{place}{out.suffix}")


@group.command("inspect")
@at_station(tells_reason=True)
def inspect(station: OpenStation, file: BundleFile) -> Answer:
    """核对一个包，说明它来自哪台电脑、有什么，不写入资料。"""
    from sgz_desktop.actions import exchange_devices, exchange_receive

    seen = exchange_receive.inspect_bundle(station.desk, station, file)
    named = _names(station.desk).get(seen.header.sender)
    header = seen.header
    sender = named or seen.name or exchange_devices.usual_name(seen.letter) or UNKNOWN
    facts: dict[str, Any] = {
        "from": sender,
        "device": header.sender,
        "n": header.n,
        "content": header.content,
    }
    facts |= {"edits": seen.edits, "made": header.made, "known": seen.known, "sha256": seen.sha256}
    facts["ranges"] = {device: list(one) for device, one in header.ranges.items()}
    again = "，本机已经读入过" if seen.known else ""
    return facts, f"{sender}的第{header.n}包，共{seen.edits}笔修改{again}。"


@group.command("import")
@at_station(tells_reason=True)
def import_(station: OpenStation, file: BundleFile) -> Answer:
    """核对一个包，再一次并入。重复导入没有变化。"""
    from sgz_desktop.actions.exchange_receive import import_bundle

    got = import_bundle(station.desk, station, file)
    sender = _names(station.desk).get(got.sender, UNKNOWN)
    facts = {**asdict(got), "from": sender}
    facts["conflicts"] = facts.pop("doubled")
    facts["newcomers"] = len(got.newcomers)
    words = f"{sender}的第{got.n}包已经读入过，资料没有变化。" if got.known else _told(sender, got)
    return facts, words


def _names(desk: Desk) -> dict[str, str]:
    """The names of the computers known here, by id."""
    from sgz_desktop.actions.exchange_devices import computers

    return {one.id: one.name for one in computers(desk)}


def _told(sender: str, got: Arrived) -> str:
    words = f"已读入{sender}的第{got.n}包：共{got.edits}笔修改，新到{got.fresh}笔。"
    if got.files or got.files_left:
        words = f"已读入{sender}的第{got.n}包：附件{got.files}个。"
    if got.files_left:
        words += f"另有{got.files_left}个附件的记录还没有到，请先读入前面的包。"
    if got.doubled:
        words += f"有{len(got.doubled)}项两台电脑填得不一样，请看数据核对单。"
    if got.doubled_for_others:
        words += "有的项目两台电脑填得不一样，由社工或站长在数据核对单里选定。"
    if got.gaps:
        words += f"还缺{sender}的第{'、'.join(map(str, got.missing)) or '?'}包，请向对方要。"
    if got.twins:
        words += f"有{got.twins}笔修改的编号被两台电脑用过，像是整机复制的，请告诉管理员。"
    return words
