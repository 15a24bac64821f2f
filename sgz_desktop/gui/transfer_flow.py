"""转到别的社工站, 接收转来的个案, 本站名片: files are chosen, digits compared, what follows is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from PySide6.QtWidgets import QWidget

from sgz_desktop.actions import transfer_card, transfer_receive, transfer_send
from sgz_desktop.actions.station import OpenStation
from sgz_desktop.actions.transfer_card import StationCard
from sgz_desktop.actions.transfer_receive import LookedAt, ReceivedCase
from sgz_desktop.actions.transfer_send import Going, SentCase
from sgz_desktop.domain import case_transfer
from sgz_desktop.errors import AppError
from sgz_desktop.gui import jobs, messages
from sgz_desktop.gui.dialogs.digits_dialog import ask_digits

CARDS = f"社工站名片 (*{transfer_card.ENDING})"
CASES = f"转出的个案 (*{transfer_send.ENDING})"
Said = Callable[[str, Any], None]


def write_card(owner: QWidget, station: OpenStation, said: Said) -> None:
    """Write this station's card and show the digits to be read aloud."""
    path = messages.ask_save_path(owner, f"本站名片{transfer_card.ENDING}", CARDS)
    if path is None:
        return

    def written(made: StationCard) -> None:
        hint = f"{made.fingerprint}\n请把名片文件交给对方，再打电话念这20位数字。"
        messages.tell(owner, "名片已写好。本站的指纹：", hint, title="本站名片")
        said("本站名片已写好。", None)

    _do(owner, lambda: transfer_card.write_card(station.desk, station, path), written)


def send_away(owner: QWidget, station: OpenStation, case: str, said: Said, done: Callable[[], None]) -> None:
    """Send a case to another station: what goes and stays, whose card, its digits, where to."""

    def looked(going: Going) -> None:
        if going.held and not going.needs_reason:
            messages.show_problem(AppError(going.held, case_transfer.HINT), owner)
            return
        card = _chosen(owner, "请先选接收的社工站的名片文件。", CARDS)
        if card is not None:
            _do(owner, lambda: transfer_card.read_card(card), lambda to: _ask(going, to))

    def _ask(going: Going, to: StationCard) -> None:
        out = _place(owner, station, going.number)
        if out is None:
            return
        ask_digits(
            owner,
            f"转到{to.station}",
            _told(going),
            "核对并转出",
            lambda heard, reason: transfer_send.send_case(
                station.desk, case, station, to, heard, out, reason
            ),
            lambda made: sent(cast(SentCase, made)),
            reason="没有本人同意，为什么要转" if going.needs_reason else "",
        )

    def sent(made: SentCase) -> None:
        hint = f"{made.fingerprint}\n请把文件交给{made.to}，接收时念这20位数字。本站从此只能查看。"
        messages.tell(owner, f"个案{made.number}已写好，也核对过了。转出指纹：", hint, title="已转出")
        said(f"个案{made.number}已转到{made.to}。", None)
        done()

    _do(owner, lambda: transfer_send.case_to_send(station.desk, case), looked)


def send_again(owner: QWidget, station: OpenStation, case: str, number: str, said: Said) -> None:
    """Write the file of a case that was sent once more, for the station it went to."""

    def ask(to: StationCard) -> None:
        out = _place(owner, station, number)
        if out is None:
            return
        ask_digits(
            owner,
            f"再写给{to.station}",
            "只写给原来接收的社工站，内容同转出时一样，本站资料没有变化。",
            "核对并再写",
            lambda heard, _reason: transfer_send.send_case_again(station.desk, case, station, to, heard, out),
            lambda made: written(cast(SentCase, made)),
        )

    def written(made: SentCase) -> None:
        hint = f"{made.fingerprint}\n请把文件交给{made.to}，接收时念这20位数字。"
        messages.tell(owner, f"个案{made.number}已再写一次，也核对过了。转出指纹：", hint, title="已再写")
        said(f"个案{made.number}已给{made.to}再写一次。", None)

    card = _chosen(owner, "请先选转出时用的那张名片文件。", CARDS)
    if card is not None:
        _do(owner, lambda: transfer_card.read_card(card), ask)


def receive(owner: QWidget, station: OpenStation, said: Said, done: Callable[[str], None]) -> None:
    """Take in a case of another station; `done` gets its id."""
    path = messages.ask_open_path(owner, CASES)
    if path is None:
        return

    def looked(found: LookedAt) -> None:
        cover = found.cover
        if found.known or found.here:
            messages.tell(owner, "这个个案本站已经有了。", "资料没有变化。", title="接收转来的个案")
            done(cover.case)
            return
        ask_digits(
            owner,
            "接收转来的个案",
            f"{cover.station}转来个案{cover.number}：{found.records}条记录、{found.files}个附件。",
            "核对并接收",
            lambda heard, _reason: transfer_receive.receive_case(station.desk, station, path, heard),
            lambda made: got(cast(ReceivedCase, made)),
        )

    def got(made: ReceivedCase) -> None:
        said(f"已接收，本站编号{made.number}，原编号{made.before}。", None)
        done(made.case)

    _do(owner, lambda: transfer_receive.look_at_case(station.desk, station, path), looked)


def _told(going: Going) -> str:
    goes = "、".join(f"{title}{count}" for title, count in going.records)
    goes += f"，其中的细目{going.details}条" if going.details else ""
    files = f"，附件文件{going.files}个" if going.files else ""
    lost = f"；有{going.missing}个附件不在本机，转不走" if going.missing else ""
    return (
        f"转走：{goes}{files}{lost}。\n留在本站：{'；'.join(going.stays)}。\n转出后本站只能查看，不再计数。"
    )


def _chosen(owner: QWidget, words: str, kinds: str) -> Path | None:
    if not messages.ask(owner, words, "名片由对方写出，用U盘带来。", yes="选名片文件", tone="info"):
        return None
    return messages.ask_open_path(owner, kinds)


def _place(owner: QWidget, station: OpenStation, number: str) -> Path | None:
    """Where the file of a case is to be saved."""
    suggested = transfer_send.file_name(number, station.desk.today())
    path = messages.ask_save_path(owner, suggested, CASES)
    return path.with_name(path.name + transfer_send.ENDING) if path and not path.suffix else path


def _do(owner: QWidget, work: Callable[[], Any], done: Callable[[Any], object]) -> None:
    jobs.start(
        owner,
        lambda _task: work(),
        done=done,
        failed=lambda problem: messages.show_problem(problem, owner),
    )
