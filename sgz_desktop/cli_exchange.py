"""`bundle …` and `device …`: exchange without the window."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sgz_desktop.cli_session import folder_of, opened, passphrase, report
from sgz_desktop.sync.reasons import Refused


@contextmanager
def reasons(as_json: bool) -> Iterator[None]:
    """With --json a refusal is also told as its code; the sentence goes to stderr either way."""
    try:
        yield
    except Refused as refused:
        from sgz_desktop.cli_session import wants_json

        if wants_json(as_json):
            report(True, {"refused": refused.reason.value}, "")
        raise


def export_bundle(to: str, out: Path, store: Path | None, user: str | None, as_json: bool) -> None:
    """Write what a peer lacks: edits into one file, attachments, if there are any, into files beside it."""
    from sgz_desktop.actions import exchange_devices, exchange_send

    with opened(store, user) as station:
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
    report(as_json, facts, words)


def _beside(out: Path, place: int) -> Path:
    return out.with_name(f"{out.stem}-f{place}{out.suffix}")


def inspect_bundle(file: Path, store: Path | None, user: str | None, as_json: bool) -> None:
    """What a bundle says of itself."""
    from sgz_desktop.actions import exchange_devices, exchange_receive

    with opened(store, user) as station, reasons(as_json):
        seen = exchange_receive.inspect_bundle(station.desk, station, file)
        every = {one.id: one.name for one in exchange_devices.computers(station.desk)}
    header = seen.header
    sender = every.get(header.sender, header.sender)
    facts: dict[str, Any] = {
        "from": sender,
        "device": header.sender,
        "n": header.n,
        "content": header.content,
    }
    facts |= {"edits": seen.edits, "made": header.made, "known": seen.known, "sha256": seen.sha256}
    facts["ranges"] = {device: list(one) for device, one in header.ranges.items()}
    again = "，本机已经读入过" if seen.known else ""
    report(as_json, facts, f"{sender}的第{header.n}包，共{seen.edits}笔修改{again}。")


def import_bundle(file: Path, store: Path | None, user: str | None, as_json: bool) -> None:
    """Take a bundle in."""
    from sgz_desktop.actions import exchange_devices, exchange_receive

    with opened(store, user) as station, reasons(as_json):
        got = exchange_receive.import_bundle(station.desk, station, file)
        every = {one.id: one.name for one in exchange_devices.computers(station.desk)}
    sender = every.get(got.sender, got.sender)
    facts = {**asdict(got), "from": sender}
    facts["conflicts"] = facts.pop("doubled")
    facts["newcomers"] = len(got.newcomers)
    words = f"{sender}的第{got.n}包已经读入过，资料没有变化。" if got.known else _told(sender, got)
    report(as_json, facts, words)


def _told(sender: str, got: Any) -> str:
    words = f"已读入{sender}的第{got.n}包：共{got.edits}笔修改，新到{got.fresh}笔。"
    if got.files or got.files_left:
        words = f"已读入{sender}的第{got.n}包：附件{got.files}个。"
    if got.files_left:
        words += f"另有{got.files_left}个附件的记录还没有到，请先读入前面的包。"
    if got.doubled:
        words += f"有{len(got.doubled)}项两台电脑填得不一样，请看数据核对单。"
    if got.gaps:
        words += f"还缺{sender}的第{'、'.join(map(str, got.missing)) or '?'}包，请向对方要。"
    if got.twins:
        words += f"有{got.twins}笔修改的编号被两台电脑用过，像是整机复制的，请告诉管理员。"
    return words


def list_devices(store: Path | None, user: str | None, as_json: bool) -> None:
    """Every computer of the station."""
    from sgz_desktop.actions import exchange_devices

    with opened(store, user) as station:
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
    report(as_json, {"devices": devices}, "\n".join(lines) or "还没有登记过电脑。")


def invite(out: Path, store: Path | None, user: str | None, as_json: bool) -> None:
    """Write an invitation."""
    from sgz_desktop.actions import exchange_join

    with opened(store, user) as station:
        made = exchange_join.invite(station.desk, station, out)
    facts = {"out": str(out), "letter": made.letter, "fingerprint": made.fingerprint}
    report(as_json, facts, f"邀请已写到 {out}。请在新电脑上核对指纹：{made.fingerprint}")


def join(
    invitation: Path, user: str, name: str, request: Path, expected: str, store: Path | None, as_json: bool
) -> None:
    """Make this computer's store of the station, and its request."""
    from sgz_desktop.actions import exchange_join, practice

    told = exchange_join.read_invitation(invitation)
    same_fingerprint(told.fingerprint, expected)
    clock = {"now": practice.clock()} if told.kind == "practice" else {}
    station, asked = exchange_join.join(
        folder_of(store), told, user, passphrase(new=True), name, request, **clock
    )
    station.close()
    facts = {"store": str(folder_of(store)), "request": str(request), "letter": asked.letter}
    facts["fingerprint"] = asked.fingerprint
    report(as_json, facts, f"加入申请已写到 {request}。请在原来的电脑上核对指纹：{asked.fingerprint}")


def let_in(request: Path, expected: str, store: Path | None, user: str | None, as_json: bool) -> None:
    """Let in the computer that asks, once its fingerprint was compared."""
    from sgz_desktop.actions import exchange_join

    with opened(store, user) as station:
        asked = exchange_join.read_request(station.desk, station, request)
        same_fingerprint(asked.fingerprint, expected)
        computer = exchange_join.let_in(station.desk, station, asked)
    facts = {"id": computer.id, "name": computer.name, "letter": computer.letter}
    report(as_json, facts, f"{computer.name}已加入本站。请导出第一包给它。")


def same_fingerprint(told: str, expected: str) -> None:
    """AppError unless a person read the same digits from the other screen."""
    from sgz_desktop.actions.carried import same_digits
    from sgz_desktop.errors import AppError

    if not same_digits(told, expected):
        raise AppError(f"指纹对不上，没有加入。本机看到的是 {told}。", "请与另一台电脑的屏幕逐位核对。")


def stop(name: str, keep: list[str], store: Path | None, user: str | None, as_json: bool) -> None:
    """Stop a computer."""
    from sgz_desktop.actions import exchange_devices, exchange_trust

    with opened(store, user) as station:
        every = exchange_devices.computers(station.desk)
        whom = exchange_devices.computer_named(every, name)
        kept = [exchange_devices.computer_named(every, one) for one in keep]
        stopped = exchange_trust.stop_computer(station.desk, whom, kept)
    facts = {"id": stopped.id, "name": stopped.name, "revoked": True, "revoked_after": stopped.stopped}
    report(as_json, facts, f"{stopped.name}已停用，它第{stopped.stopped}笔之后的修改不再并入。")


def decide(name: str, card: str, counts: bool, store: Path | None, user: str | None, as_json: bool) -> None:
    """Let the recovery card decide about a computer."""
    from sgz_desktop.actions import exchange_devices, exchange_trust

    with opened(store, user) as station:
        every = exchange_devices.computers(station.desk)
        whom = exchange_devices.computer_named(every, name)
        decided = exchange_trust.decide_computer(station.desk, station, whom, card, counts)
    facts = {"id": decided.id, "name": decided.name, "revoked": decided.stopped is not None}
    report(as_json, facts, f"已裁定：{decided.name}{'恢复使用' if decided.stopped is None else '保持停用'}。")
