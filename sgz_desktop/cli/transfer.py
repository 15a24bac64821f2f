"""`case-transfer …`: a case to another station, with the client's consent."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sgz_desktop.cli.command import Answer, at_station
from sgz_desktop.cli.session import OutOption

if TYPE_CHECKING:
    from sgz_desktop.actions.station import OpenStation
    from sgz_desktop.actions.transfer_send import SentCase

Number = Annotated[str, typer.Argument(help="个案编号，例如2026-A001。")]
Heard = Annotated[str, typer.Option("--fingerprint", help="对方念出的名片指纹（20位数字）。")]
group = typer.Typer(help="把个案转到别的社工站。", no_args_is_help=True, rich_markup_mode=None)


@group.command("card")
@at_station()
def card(station: OpenStation, out: OutOption) -> Answer:
    """在接收的社工站：写出本站名片，交给要转个案来的站。"""
    from sgz_desktop.actions.transfer_card import write_card

    made = write_card(station.desk, station, out)
    facts = {"out": str(out), "store": made.store, "station": made.station, "fingerprint": made.fingerprint}
    return facts, f"名片已写到 {out}。请把指纹念给对方：{made.fingerprint}"


@group.command("show")
@at_station()
def show(station: OpenStation, number: Annotated[str, typer.Argument(help="个案编号。")]) -> Answer:
    """转出以前：这个个案会转走什么，什么留在本站，能不能转。"""
    from sgz_desktop.actions.cases import find_case
    from sgz_desktop.actions.transfer_send import case_to_send

    going = case_to_send(station.desk, find_case(station.desk, number))
    facts: dict[str, Any] = {"number": going.number, "records": dict(going.records)}
    facts |= {
        "details": going.details,
        "files": going.files,
        "bytes": going.bytes,
        "missing_files": going.missing,
        "stays": list(going.stays),
    }
    facts |= {"held": going.held, "needs_reason": going.needs_reason, "others": going.others}
    goes = "、".join(f"{title}{count}" for title, count in going.records)
    words = f"转走：{goes}，其中的细目{going.details}条，附件文件{going.files}个。"
    words += f"\n留在本站：{'；'.join(going.stays)}。"
    return facts, words + (f"\n{going.held}" if going.held else "")


@group.command("send")
@at_station()
def send(
    station: OpenStation,
    number: Number,
    to: Annotated[Path, typer.Option("--to", help="接收社工站的名片文件。")],
    fingerprint: Heard,
    out: OutOption,
    reason: Annotated[str, typer.Option("--reason", help="没有同意书的强制报告个案：写明原因。")] = "",
) -> Answer:
    """把个案写成一个加密的文件转给别的社工站；本站从此只能查看，不再计数。"""
    from sgz_desktop.actions.cases import find_case
    from sgz_desktop.actions.transfer_card import read_card
    from sgz_desktop.actions.transfer_send import send_case

    case = find_case(station.desk, number)
    made = send_case(station.desk, case, station, read_card(to), fingerprint, out, reason)
    return _told(made, out, f"已写给{made.to}", "本站从此只能查看")


@group.command("again")
@at_station()
def again(
    station: OpenStation,
    number: Number,
    to: Annotated[Path, typer.Option("--to", help="转出时用的那张名片文件。")],
    fingerprint: Heard,
    out: OutOption,
) -> Answer:
    """转出的文件丢了：给原来接收的社工站再写一次，资料没有变化。"""
    from sgz_desktop.actions.cases import find_case
    from sgz_desktop.actions.transfer_card import read_card
    from sgz_desktop.actions.transfer_send import send_case_again

    case = find_case(station.desk, number)
    made = send_case_again(station.desk, case, station, read_card(to), fingerprint, out)
    return _told(made, out, f"已给{made.to}再写一次", "本站资料没有变化")


def _told(made: SentCase, out: Path, done: str, here: str) -> Answer:
    """Tell what was written: what was `done` with the case, and how it stands `here` now."""
    facts = {**asdict(made), "out": str(out)}
    del facts["path"]
    words = f"个案{made.number}{done}，共{made.records}条、附件{made.files}个：{out}。"
    return facts, f"{words}\n{here}。请把转出指纹念给对方：{made.fingerprint}"


@group.command("receive")
@at_station(tells_reason=True)
def receive(
    station: OpenStation,
    file: Annotated[Path, typer.Argument(help="转来的个案文件。")],
    fingerprint: Annotated[str, typer.Option("--fingerprint", help="转出的站念出的指纹，用来核对。")] = "",
) -> Answer:
    """核对一个转来的个案，再一次写入，成为本站自己的。重复接收没有变化。"""
    from sgz_desktop.actions.transfer_receive import receive_case

    got = receive_case(station.desk, station, file, fingerprint)
    words = f"已接收{got.station}转来的个案，本站编号{got.number}（原编号{got.before}）。"
    if got.known:
        words = f"这个个案已经接收过，编号{got.number}，资料没有变化。"
    elif not fingerprint:
        words += f"\n请与对方核对转出指纹：{got.fingerprint}"
    return asdict(got), words
