"""转介函: who comes, what goes along with them, by when an answer is asked for, and a slip for the answer.

It leaves the station. It holds the values of the items ticked in the referral and no others: without the name
ticked not even that, and never the reason.
"""

from __future__ import annotations

from sgz_desktop.actions.going_along import NAME, NONE, Lines, ticked
from sgz_desktop.actions.papers_brief_parts import somebody
from sgz_desktop.actions.papers_draft import columns
from sgz_desktop.actions.papers_words import Asked
from sgz_desktop.domain.fields import split_codes
from sgz_desktop.reports.values import Block, Form, FormField, Narrative, ReplySlip, Signatures, Table

LETTER = "转介函"
FOOTER = "仅供接收单位办理使用"
BLANK = "＿＿＿＿＿＿"
NOTHING_ALONG = "没有随函资料。"


def letter_blocks(station: str, one: Asked, lines: Lines) -> tuple[Block, ...]:
    """The letter of a referral; `lines` are what stands behind each item that could be ticked."""
    receiver, worker, sent = one.says("receiver"), one.says("worker"), one.says("sent_on")
    sort, materials = one.says("sort"), one.raw("materials")
    kind = f"（{sort}）" if sort else ""
    text = f"现将服务对象{whom(one, materials)}{kind}转介给贵单位，请接洽办理，并将下面的回执寄回本站。"
    heads = columns(("随函资料", 3), ("内容", 9))
    return (
        Narrative(f"{receiver or BLANK}：", indent=False),
        Narrative(text),
        Table(tuple(heads), ticked(lines, materials), empty=NOTHING_ALONG),
        Form(
            (
                FormField("本人同意", "", True, one.boxes("consented", among=("agreed", "refused"))),
                FormField("联系人", worker),
                FormField("最晚回复日期", one.says("reply_due_on")),
            )
        ),
        Signatures(("经办社工",), seal="社工站（盖章）"),
        ReplySlip(station, f"关于贵站{sent}的转介函，我单位："),
    )


def whom(one: Asked, materials: object) -> str:
    """The person's name where it is ticked, else 陈某; nothing was ticked: room to write it by hand."""
    name = one.says("person")
    codes = split_codes(str(materials or ""))
    if NAME in codes:
        return name or BLANK
    return somebody(name) if codes and codes != [NONE] else BLANK
