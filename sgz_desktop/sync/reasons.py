"""Why a bundle is not taken: one code for programs, one sentence for people."""

from __future__ import annotations

from enum import StrEnum

from sgz_desktop.errors import AppError


class Reason(StrEnum):
    """Codes of the command line and the tests; never shown by themselves."""

    NOT_OURS = "not_ours"  # no age file, or one with other than X25519 stanzas
    NOT_FOR_US = "not_for_us"
    DAMAGED = "damaged"  # cut, flipped, something behind it, counts that do not agree
    TOO_BIG = "too_big"
    NEWER = "newer"
    NEWER_LEFT = "newer_left"  # the same, and no more of these are kept here
    OTHER_STATION = "other_station"
    OTHER_KIND = "other_kind"  # practice, station and county data are never mixed
    UNKNOWN_SENDER = "unknown_sender"
    REVOKED = "revoked"
    DISPUTED = "disputed"  # two say different keys of its sender
    FORGED = "forged"  # the signature or the chain of edits is not proven
    MALFORMED = "malformed"  # not canonical, or not what the format says
    OWN = "own"
    JOINING = "joining"  # an invitation, or a request to be let in
    CASE = "case"  # a case for another station: no bundle of ours


_SENTENCES = {
    Reason.NOT_OURS: ("这不是U盘交换的文件，没有读入。", "请选对方电脑导出的文件。"),
    Reason.NOT_FOR_US: ("这一包不是发给本机的，没有读入。", "请让对方选本机再导出一次。"),
    Reason.DAMAGED: ("这一包不完整或已损坏，资料没有改动。", "请让对方重新导出，再拿来读入。"),
    Reason.TOO_BIG: ("这一包大得不正常，资料没有改动。", "请让对方重新导出，并告诉管理员。"),
    Reason.NEWER: ("这一包来自更新的版本，已留着没有读入。", "请升级本机的程序，打开后就会读入。"),
    Reason.NEWER_LEFT: ("更新版本的包已留得太多，这一包没有留。", "请升级本机的程序，再拿来读入。"),
    Reason.OTHER_STATION: ("这一包是别的社工站的，没有读入。", "请核对U盘是哪个站的。"),
    Reason.OTHER_KIND: ("练习和正式的资料不能混用，没有读入。", "请核对这一包是哪里导出的。"),
    Reason.UNKNOWN_SENDER: ("本机还不认识导出的电脑，没有读入。", "请先把那台电脑加入本站。"),
    Reason.REVOKED: ("导出的电脑已停用，这一包没有读入。", "请与站长核对那台电脑的情况。"),
    Reason.DISPUTED: ("导出的电脑有两种钥匙，没有读入。", "请在那台电脑上用恢复卡裁定。"),
    Reason.FORGED: ("这一包的签名不对，资料没有改动。", "请不要再用它，并告诉站长。"),
    Reason.MALFORMED: ("这一包的内容不合格式，资料没有改动。", "请让对方重新导出，并告诉管理员。"),
    Reason.JOINING: ("这是加入申请或邀请，不在这里读入。", "请到设备页里读入。"),
    Reason.CASE: ("这是转来的个案，不在这里读入。", "请到交接个案里接收。"),
    Reason.OWN: ("这一包是本机导出的，不用读入。", "请把它交给收件的电脑。"),
}


class Refused(AppError):
    """A bundle that is not taken. Nothing of it was kept and nothing of ours was changed.

    `detail` is for developers and logs: English, without any content of the bundle.
    """

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(*_SENTENCES[reason])
        self.reason = reason
        self.detail = detail
