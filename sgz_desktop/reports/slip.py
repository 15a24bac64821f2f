"""The reply slip of a referral: the last 80 mm of a page, below a cut line to the paper's edges."""

from __future__ import annotations

from .fonts import HEI, MING, SONG
from .ink import A4, MM, Ink
from .looks import INNER, LINE, Look
from .paragraph import Paragraph, Style
from .signing import Whole
from .values import ReplySlip

HEIGHT = 80 * MM
CHOICES = ("已接收，首次服务日期", "需补充材料：", "不能接收，原因：")


class SlipAtFoot(Whole):
    """The slip with white above it, so that it ends at the foot of the text block."""

    def __init__(self, value: ReplySlip, look: Look, height: float = HEIGHT) -> None:
        super().__init__(6.0)
        self._value = value
        self._look = look
        self._height = height

    def grown(self, height: float) -> SlipAtFoot:
        """The same slip in `height` points."""
        return SlipAtFoot(self._value, self._look, height)

    def height(self, width: float) -> float:
        """White and slip."""
        return self._height

    def draw(self, ink: Ink, x: float, top: float, width: float) -> None:
        """Draws cut line and slip."""
        cut = top - self._height + HEIGHT
        word = 15 * MM
        ink.rule(0, cut, x + width / 2 - word, cut, INNER, "3 2")
        ink.rule(x + width / 2 + word, cut, A4[0], cut, INNER, "3 2")
        ink.write("沿虚线撕下寄回", x + width / 2, cut - 3, 8.5, SONG, "centre")
        ink.write(self._value.title, x + width / 2, cut - 11 * MM, 14, MING, "centre")
        text = Paragraph(f"回复 {self._value.reply_to}：\n{self._value.about}", Style(SONG, 10.5, 17, 0))
        text.draw(ink, x, cut - 14 * MM, width)
        self._answers(ink, x, cut - 14 * MM - text.height(width) - 7 * MM, width)
        self._signing(ink, x, cut - HEIGHT + 4 * MM, width)

    def _answers(self, ink: Ink, x: float, y: float, width: float) -> None:
        for i, words in enumerate(CHOICES):
            ink.check_box(x, y, 10.5, False)
            left = x + 13 + ink.write(words, x + 13, y, 10.5)
            if i == 0:
                for blank, after in ((10, "月"), (10, "日，联系人")):
                    ink.rule(left + 2, y - 2, left + blank * MM, y - 2, LINE)
                    left += blank * MM + 2
                    left += ink.write(after, left, y, 10.5)
            ink.rule(left + 2, y - 2, x + width, y - 2, LINE)
            y -= 9.5 * MM

    def _signing(self, ink: Ink, x: float, y: float, width: float) -> None:
        left = x
        for label in ("经办人", "电话"):
            left += ink.write(label, left, y, 10, HEI) + 3
            ink.rule(left, y - 2, left + 32 * MM, y - 2, LINE)
            left += 36 * MM
        ink.write("（盖章）", left, y, 10.5)
        ink.write("年　　月　　日", x + width, y, 10.5, SONG, "right")
