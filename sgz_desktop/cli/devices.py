"""`device …`: the computers of the station, without the window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sgz_desktop.cli.command import Answer, at_station
from sgz_desktop.cli.session import (
    NO_CARD,
    JsonOption,
    OutOption,
    StoreOption,
    UserOption,
    folder_of,
    opened,
    passphrase,
    report,
)

if TYPE_CHECKING:
    from sgz_desktop.actions.exchange_join import Invitation
    from sgz_desktop.actions.station import OpenStation

Named = Annotated[str, typer.Argument(help="哪台电脑：名称、机号或编号。")]
Fingerprint = Annotated[str, typer.Option("--fingerprint", help="对方屏幕上的指纹（20位数字）。")]
InvitationFile = Annotated[Path, typer.Argument(help="邀请文件。")]
RequestOption = Annotated[Path, typer.Option("--request", help="加入申请写到哪个文件。")]
CARD_BYTES = 4096  # eleven groups of six, however they were typed
group = typer.Typer(help="本站的电脑。", no_args_is_help=True, rich_markup_mode=None)


@group.command("list")
@at_station()
def list_all(station: OpenStation) -> Answer:
    """列出本站的电脑。"""
    from sgz_desktop.actions import exchange_devices

    every = exchange_devices.computers(station.desk)
    devices = [
        {
            "id": one.id,
            "name": one.name,
            "letter": one.letter,
            "this": one.this,
            "enrolled": one.inside,
            "revoked": one.stopped is not None,
            "revoked_after": one.stopped,
            "frozen": one.frozen,
            "disputed": one.disputed,
            "last_edit_ms": one.edited_ms or None,
            "last_heard_ms": one.heard_ms or None,
            "unconfirmed": one.unconfirmed,
        }
        for one in every
    ]
    lines = [
        f"{one.letter or '?'} {one.name}{'（本机）' if one.this else ''}"
        f"{'（已停用）' if one.stopped is not None else '' if one.inside else '（未加入）'}"
        for one in every
    ]
    return {"devices": devices}, "\n".join(lines)


@group.command("invite")
@at_station()
def invite(station: OpenStation, out: OutOption) -> Answer:
    """为一台新电脑写邀请文件。"""
    from sgz_desktop.actions import exchange_join

    made = exchange_join.invite(station.desk, station, out)
    facts = {"out": str(out), "letter": made.letter, "fingerprint": made.fingerprint}
    return facts, f"邀请已写到 {out}。请在新电脑上核对指纹：{made.fingerprint}"


@group.command("join")
def join(
    invitation: InvitationFile,
    user: Annotated[str, typer.Option("--user", help="使用者姓名。")],
    request: RequestOption,
    fingerprint: Fingerprint,
    name: Annotated[str, typer.Option("--name", help="这台电脑的名称。")] = "",
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """在新电脑上：凭邀请建好本站的资料文件夹，写出加入申请。"""
    from sgz_desktop.actions import exchange_join, practice
    from sgz_desktop.actions.allowed import role_words

    told = _invited(invitation, fingerprint)
    clock = {"now": practice.clock()} if told.kind == "practice" else {}
    station, asked = exchange_join.join(
        folder_of(store), told, user, passphrase(new=True), name, request, **clock
    )
    station.close()
    facts: dict[str, object] = {"store": str(folder_of(store)), "request": str(request)}
    facts["letter"] = asked.letter
    facts["fingerprint"] = asked.fingerprint
    words = f"加入申请已写到 {request}。请在原来的电脑上核对指纹：{asked.fingerprint}"
    words += f"\n{user}的岗位是{role_words(asked.roles)}。\n{NO_CARD}"
    report(as_json, {**facts, "roles": list(asked.roles), "card": None}, words)


@group.command("let-in")
@at_station()
def let_in(
    station: OpenStation,
    request: Annotated[Path, typer.Argument(help="加入申请文件。")],
    fingerprint: Fingerprint,
) -> Answer:
    """在原来的电脑上：核对指纹后，让申请的电脑加入本站。"""
    from sgz_desktop.actions import exchange_join
    from sgz_desktop.actions.allowed import role_words

    asked = exchange_join.read_request(station.desk, station, request)
    same_fingerprint(asked.fingerprint, fingerprint)
    computer = exchange_join.let_in(station.desk, station, asked)
    facts: dict[str, object] = {"id": computer.id, "name": computer.name, "letter": computer.letter}
    facts |= {"user": asked.user, "roles": list(asked.roles)}
    who = f"使用人{asked.user}，岗位是{role_words(asked.roles)}"
    return facts, f"{computer.name}已加入本站，{who}。请导出第一包给它。"


@group.command("rejoin")
def rejoin(
    invitation: InvitationFile,
    request: RequestOption,
    fingerprint: Fingerprint,
    store: StoreOption = None,
    user: UserOption = None,
    as_json: JsonOption = False,
) -> None:
    """在已有本站资料、别的电脑却不认识的电脑上：凭邀请写出加入申请，资料都留着。"""
    from sgz_desktop.actions import exchange_join

    told = _invited(invitation, fingerprint)
    with opened(store, user) as station:
        asked = exchange_join.rejoin(station.desk, station, told, request)
    facts = {"request": str(request), "letter": asked.letter, "fingerprint": asked.fingerprint}
    report(as_json, facts, f"加入申请已写到 {request}。请在写邀请的电脑上核对指纹：{asked.fingerprint}")


@group.command("introduce")
@at_station()
def introduce(station: OpenStation, out: OutOption) -> Answer:
    """在由备份恢复的电脑上：写一份介绍，别的电脑凭它认识本机。"""
    from sgz_desktop.actions import exchange_meet

    exchange_meet.write_introduction(station.desk, station, out)
    letter = station.desk.device.letter
    return {"out": str(out), "letter": letter}, f"本机的介绍已写到 {out}。请拿到别的电脑上读入。"


@group.command("meet")
@at_station()
def meet(
    station: OpenStation, introduction: Annotated[Path, typer.Argument(help="由备份恢复的电脑写的介绍。")]
) -> Answer:
    """读入由备份恢复的电脑的介绍，以后可以导出给它。"""
    from sgz_desktop.actions import exchange_meet
    from sgz_desktop.errors import AppError

    found = exchange_meet.read_introduction(station.desk, station, introduction)
    if found.refused:
        raise AppError("没有认下这台电脑。", found.refused)
    exchange_meet.meet(station.desk, station, [found])
    facts = {"id": found.id, "letter": found.letter, "known": found.known}
    return facts, f"已认识电脑{found.letter}。请导出一包给它。"


def _invited(file: Path, expected: str) -> Invitation:
    """What an invitation says, its fingerprint the one that was read aloud."""
    from sgz_desktop.actions.exchange_join import read_invitation

    told = read_invitation(file)
    same_fingerprint(told.fingerprint, expected)
    return told


def same_fingerprint(told: str, expected: str) -> None:
    """AppError unless a person read the same digits from the other screen."""
    from sgz_desktop.actions.carried import same_digits
    from sgz_desktop.errors import AppError

    if not same_digits(told, expected):
        raise AppError(f"指纹对不上，没有加入。本机看到的是 {told}。", "请与另一台电脑的屏幕逐位核对。")


@group.command("revoke")
def revoke(
    name: Named,
    reason: Annotated[str, typer.Option("--reason", help="原因，记在修改日志里。")] = "",
    keep: Annotated[list[str] | None, typer.Option("--keep", help="由它恢复的电脑，只保留这几台。")] = None,
    heirs: Annotated[bool, typer.Option("--with-heirs", help="由它的备份恢复的电脑也一起停用。")] = False,
    store: StoreOption = None,
    user: UserOption = None,
    as_json: JsonOption = False,
) -> None:
    """停用一台电脑：它以后写的不再并入，也不再发给它。由它的备份恢复的电脑照样保留。"""
    from sgz_desktop.actions import exchange_devices, exchange_trust
    from sgz_desktop.errors import AppError

    if keep and heirs:
        raise AppError("--keep 和 --with-heirs 只能选一个，没有动作。", "请去掉一个再试。")
    with opened(store, user) as station:
        every = exchange_devices.computers(station.desk)
        whom = exchange_devices.computer_named(every, name)
        kept = [exchange_devices.computer_named(every, one) for one in keep or []]
        if not keep and not heirs:
            kept = exchange_trust.heirs(station.desk, whom)
        stopped = exchange_trust.stop_computer(station.desk, whom, kept, reason)
        after = exchange_devices.computers(station.desk)
    also = [one.name for one in exchange_devices.stopped_since(every, after) if one.id != whom.id]
    facts = {"id": stopped.id, "name": stopped.name, "revoked": True, "revoked_after": stopped.stopped}
    facts |= {"also_revoked": also}
    words = f"{stopped.name}已停用，它第{stopped.stopped}笔之后的修改不再并入。"
    report(as_json, facts, words + (f"一起停用的还有：{'、'.join(also)}。" if also else ""))


@group.command("decide")
def decide(
    name: Named,
    card: Annotated[Path, typer.Option("--card", help="写有恢复卡各组字符的文件。")],
    counts: Annotated[bool, typer.Option("--counts/--stopped", help="恢复使用，或保持停用。")],
    store: StoreOption = None,
    user: UserOption = None,
    as_json: JsonOption = False,
) -> None:
    """用恢复卡裁定一台电脑恢复使用还是保持停用。"""
    from sgz_desktop import files
    from sgz_desktop.actions import exchange_devices, exchange_trust

    typed = files.read_whole(card, CARD_BYTES).decode(errors="replace")
    with opened(store, user) as station:
        every = exchange_devices.computers(station.desk)
        whom = exchange_devices.computer_named(every, name)
        decided = exchange_trust.decide_computer(station.desk, station, whom, typed, counts)
    facts = {"id": decided.id, "name": decided.name, "revoked": decided.stopped is not None}
    report(as_json, facts, f"已裁定：{decided.name}{'恢复使用' if decided.stopped is None else '保持停用'}。")
