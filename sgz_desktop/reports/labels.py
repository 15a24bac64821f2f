"""Labels of forms and heads of tables: spread when short, and torn at no word when one line is too short."""

from __future__ import annotations

import re

from .paragraph import Paragraph, Set, Style

LABEL_EMS = 4000
JOINING = "或与和"  # they begin the second line
FEWEST = 2
# Words that stand where a label might be cut.
WORDS = (
    "服务对象 监护人 代理人 联系人 最后 捐赠 告知 案件 取得 乡镇 民政 转介 账户 对外 照料 交办 发现 "
    "宣告 按约 电脑 走访 书面 监护 批准 不明 刚性 哪个 评价 变化 法定 本人 强制 居家"
)
_WORD = re.compile("|".join(sorted(WORDS.split(), key=len, reverse=True)))


class Label(Paragraph):
    """A label. Where it takes two lines its words stay whole as well as can be told: what is in brackets
    begins the second, else it is cut where no word is torn, near the middle: 服务对象 over 签署方式."""

    def _lines(self, width: float) -> list[Set]:
        lines = super()._lines(width)
        text = "\n".join(run.text for run in self._runs)
        if len(lines) != 2 or "\n" in text:
            return lines
        for cut in cuts(text):
            torn = Paragraph(f"{text[:cut]}\n{text[cut:]}", self.style)._lines(width)
            if len(torn) == 2:
                return torn
        return lines


def cuts(text: str) -> list[int]:
    """Where a label of two lines may be cut, the best first; none where nothing can be told."""
    if "（" in text:
        return [text.find("（")]
    if not text.isalnum():
        return []
    torn = {at for word in _WORD.finditer(text) for at in range(word.start() + 1, word.end())}
    awkward = {at for at in range(1, len(text)) if text[at - 1] in JOINING or text[at] == "的"}
    torn |= {at for at in range(1, len(text)) if text[at - 1 : at + 1].isascii()}
    best = (len(text) + 3) // 4 * 2
    whole = (at for at in range(FEWEST, len(text) - FEWEST + 1) if at not in torn)
    return sorted(whole, key=lambda at: (at in awkward, abs(at - best), at < best))


def label(text: str, style: Style) -> Paragraph:
    """A form label; two or three characters are spread to the width of four."""
    paragraph = Label(text, style)
    if text.isalpha() and len(text) in (2, 3):
        paragraph.spread_to(LABEL_EMS)
    return paragraph
