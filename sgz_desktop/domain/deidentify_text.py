"""What the finders of identifying words share: spans, folded text, and what may stand between characters."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import cache
from typing import NamedTuple


class Sort(StrEnum):
    """What a span may tell, in words."""

    NAME = "姓名"
    CALLED = "称呼"
    ID = "证件号码"
    PHONE = "电话"
    DIGITS = "号码"
    ACCOUNT = "网络账号"
    PLATE = "车牌"
    BIRTH = "出生日期"
    DAY = "具体日期"
    AGE = "年龄"
    PLACE = "地点"
    UNIT = "单位"
    KNOWN = "档案里的内容"
    MARKED = "自己标出"


class Span(NamedTuple):
    """Part of a text, [start, end), that may tell who somebody is, and what stands `instead`. `sure`: it is
    known or has the form of a number; else it is a guess that a person decides on."""

    start: int
    end: int
    sort: Sort
    instead: str
    sure: bool = True


HAN = r"[\u3400-\u9fff]"
GAP = r"(?:[\s\u00ad\u200b-\u200f\u2060\ufeff*_~`·•・‧∙.．|]|</?[A-Za-z][^<>\n]{0,20}>|&nbsp;){0,4}"
"""What may stand between the characters of a name: blanks, marks, tags."""
SEP = r"(?:[\s\u00ad\u200b-\u200f\u2060\ufeff*_~`·•|()/+.．\-‐-―－−]|</?[A-Za-z][^<>\n]{0,20}>|&nbsp;){0,4}"
"""The same between the digits of a number."""


@cache
def _plain(ch: str) -> str:
    if unicodedata.category(ch) == "Nd":
        return str(unicodedata.digit(ch))
    wide = "\uff01" <= ch <= "\uff5e"
    return chr(ord(ch) - 0xFEE0) if wide else ch


def folded(text: str) -> str:
    """The text with digits and Latin of every width as ASCII, character by character: places stay."""
    return text if text.isascii() else "".join(map(_plain, text))


def digits_of(text: str) -> str:
    """Its digits, and the X that ends an identity number."""
    return re.sub(r"<[^<>]*>|[^0-9Xx]", "", text).upper()
