"""Commands about the county's key: make it, enrol it, take it away, open what was sealed to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sgz_desktop.cli.command import Answer, at_station
from sgz_desktop.cli.session import (
    JsonOption,
    folder_of,
    passphrase,
    report,
    written,
)

if TYPE_CHECKING:
    from sgz_desktop.actions.station import OpenStation

group = typer.Typer(help="区县密钥。", no_args_is_help=True, rich_markup_mode=None)
KeyOption = Annotated[Path, typer.Option("--key", help="密钥文件，只在区县保管。")]


@group.command("make")
def make(
    name: Annotated[str, typer.Option("--name", help="区县单位名称。")],
    out: Annotated[Path, written("--out", "公钥文件，发给各社工站。")],
    key: Annotated[Path, written("--key", "密钥文件，只在区县保管。")],
    as_json: JsonOption = False,
) -> None:
    """在区县的电脑上：做一对密钥。不需要资料库。"""
    from sgz_desktop.actions.county import make_county

    made = make_county(name, out, key)
    facts = {"out": str(out), "key": str(key), "name": made.name, "fingerprint": made.fingerprint}
    words = f"公钥已写到 {out}，可发给各站；密钥在 {key}，请锁好。\n登记时请念指纹：{made.fingerprint}"
    report(as_json, facts, words)


@group.command("enrol")
@at_station()
def enrol(
    station: OpenStation,
    file: Annotated[Path, typer.Argument(help="区县发来的公钥文件。")],
    fingerprint: Annotated[str, typer.Option("--fingerprint", help="区县念出的指纹（20位数字）。")],
) -> Answer:
    """核对指纹后登记区县密钥：本机资料和以后的备份，区县也能打开。"""
    from sgz_desktop.actions.county import enrol_county

    county = enrol_county(station.desk, station, file, fingerprint)
    facts = {"name": county.name, "recipient": county.recipient, "fingerprint": county.fingerprint}
    return facts, f"已登记{county.name}的密钥。请再做一次备份，交区县保管。"


@group.command("show")
@at_station()
def show(station: OpenStation) -> Answer:
    """登记过哪个区县的密钥。"""
    from sgz_desktop.actions.county import enrolled_county

    county = enrolled_county(station.desk, station)
    if county is None:
        return {"county": None}, "没有登记区县密钥。"
        return
    facts = {"name": county.name, "recipient": county.recipient, "fingerprint": county.fingerprint}
    return {"county": facts}, f"{county.name}，指纹 {county.fingerprint}"


@group.command("remove")
@at_station()
def remove(station: OpenStation) -> Answer:
    """移除区县密钥：以后的备份区县打不开；以前的备份仍打得开。"""
    from sgz_desktop.actions.county import remove_county

    remove_county(station.desk, station)
    return {"county": None}, "已移除区县密钥。以前的备份区县仍能打开，请自行处理。"


@group.command("open")
def open_(
    file: Annotated[Path, typer.Argument(help="加密给区县的文件，以.age结尾。")],
    key: KeyOption,
    out: Annotated[Path | None, written("--out", "写到哪个文件；不写就去掉.age。")] = None,
    as_json: JsonOption = False,
) -> None:
    """在区县的电脑上：打开加密给区县的文件。不需要资料库。"""
    from sgz_desktop.actions.county import ENDING, open_sealed
    from sgz_desktop.vault.identity_file import read_identity

    if out is None and file.suffix != ENDING:
        raise typer.BadParameter("文件不以.age结尾，请写明 --out。")
    target = out or file.with_suffix("")
    size = open_sealed(file, read_identity(key), target)
    report(as_json, {"out": str(target), "bytes": size}, f"已打开，写到 {target}")


def restore_with_county(file: Path, key: Path, store: Path | None, user: str | None, as_json: bool) -> None:
    """Bring a lost station's backup back with the county's key; a worker of it gets a new passphrase."""
    from sgz_desktop.actions import keeping
    from sgz_desktop.cli.session import user_of
    from sgz_desktop.store import archive
    from sgz_desktop.vault import slot_file
    from sgz_desktop.vault.identity_file import read_identity

    folder, identity = folder_of(store), read_identity(key)
    with archive.reading(file) as source:
        name = user_of(slot_file.load(source.slots()), user)
    keeping.restore_with_county(file, folder, identity, name, passphrase(new=True))
    words = f"已恢复到 {folder}，{name}请用刚才的新密码打开。"
    report(as_json, {"store": str(folder), "user": name}, words)
