"""The recovery card: one page to be printed, folded and locked away."""

from __future__ import annotations

from .flow import Block, Flow
from .fonts import HEI, SONG
from .grid import LEDGER, Cell, Grid
from .ink import MM, Ink, Paper
from .looks import FILE_PAGE, INTERNAL
from .pages import body, practice_frame
from .paragraph import Paragraph, Style
from .signing import SigningLines
from .values import RecoveryCard

PER_ROW = 4
RULES = (
    "这张卡能打开本站的全部档案，效力等同密码。请装入信封、封口签字，锁进保险柜或铁皮柜，由站长保管。",
    "不要拍照，不要扫描，不要用手机或微信发送，不要和电脑放在一起。",
    "忘记密码时：在解锁页选“用恢复卡打开”，从左到右、从上到下逐组输入，然后设置新密码。",
    "卡片遗失或被他人看过：马上告诉站长，收好电脑和备份；没有电脑或备份，只有卡打不开资料。",
)


def build(card: RecoveryCard) -> bytes:
    """The recovery card as PDF bytes."""
    look = INTERNAL
    code = Style(SONG, 17, 26, 0, "centre")
    number = Style(HEI, 8.5, 12, 0, "centre")
    rows = []
    for start in range(0, len(card.groups), PER_ROW):
        part = card.groups[start : start + PER_ROW]
        numbers = [Cell(Paragraph(str(start + i + 1), number)) for i in range(len(part))]
        groups = [Cell(Paragraph(group, code)) for group in part]
        blank = [Cell(Paragraph("", number))] * (PER_ROW - len(part))
        rows += [[*numbers, *blank], [*groups, *blank]]
    head: list[Block] = [
        Paragraph("恢复卡", look.title),
        Paragraph(
            f"{card.station}　　保管人：{card.user}　　卡号：{card.number}　　制卡日期：{card.made_on}",
            look.under_title,
            2.0,
        ),
        Grid((1,) * PER_ROW, rows, LEDGER, pad_y=1.6 * MM, space=14.0),
    ]
    rules = [Paragraph(f"{i}. {text}", Style(SONG, 12, 20), 4.0) for i, text in enumerate(RULES, 1)]
    rules[0].space = 16.0
    flow = Flow(FILE_PAGE)
    flow.add([*head, *rules, SigningLines(("保管人", "见证人"), False, INTERNAL)])
    paper = Paper()
    for page in flow.pages:
        ink = Ink(paper)
        if card.practice:
            practice_frame(ink)
        body(ink, page, FILE_PAGE)
        paper.add(ink)
    return paper.finish("恢复卡")
