"""What a cell of a station's own table says, as text a field takes, or why it cannot be said.

Cells come as read: None, text, numbers, booleans, {"day": …}, {"time": …}, {"unread": True}. Numbers in a
spreadsheet are floats: beyond fifteen digits they are no longer what was typed, and days are counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from sgz_desktop.domain import days
from sgz_desktop.domain.fields import ClockKind, DayKind, FieldKind, YuanKind

Cell = object

DIGITS_LOST = "数字太长，表格已丢了后几位，请改成文本重填。"
UNREAD = "公式没有结果，或单元格里是出错标记，请填上值。"
TWO_MONTHS = "分不清是1月还是10月，请写成2026年1月。"
NO_DAY = "这个数不是日期，请写成2026-6-3。"

EXACT = 10**15  # a spreadsheet keeps fifteen digits
_BLANKS = frozenset({"-", "—", "–", "--", "——", "/", "\\", "#N/A", "N/A"})
_EXPONENT = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+?[0-9]{1,3}")
_SERIAL = re.compile(r"[0-9]{4,5}(?:\.[0-9]+)?")
_MONTH = re.compile(r"([0-9]{4})\.([0-9]{1,2})")
_FIRST_SERIAL = date(1899, 12, 30)  # day 0 of the 1900 system, counted as Excel does from 1 March 1900 on
_LAST_SERIAL = 73_050  # the end of 2099


class Unread(ValueError):
    """The cell holds something, and what it is cannot be told: a Chinese sentence."""


def text_of(cell: Cell, kind: FieldKind | None = None) -> str:
    """The text of a cell, '' where it is empty. Raises `Unread`."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, Mapping):
        if "unread" in cell:
            raise Unread(UNREAD)
        return str(cell.get("day") or cell.get("time") or "")
    number = isinstance(cell, int | float)
    text = _of_number(cell) if isinstance(cell, int | float) else _of_text(str(cell))
    return _as_day(text, number) if isinstance(kind, DayKind) and text else _as_kind(text, kind)


def _of_text(cell: str) -> str:
    text = cell.strip().strip("\u3000\ufeff")
    if text in _BLANKS:
        return ""
    if _EXPONENT.fullmatch(unicodedata.normalize("NFKC", text)):
        raise Unread(DIGITS_LOST)
    return text


def _of_number(number: int | float) -> str:
    if abs(number) >= EXACT:
        raise Unread(DIGITS_LOST)
    if number == int(number):
        return str(int(number))
    return format(Decimal(repr(number)).quantize(Decimal("0.0001")).normalize(), "f")


def _as_day(text: str, number: bool) -> str:
    """A count of days as the day it stands for; what is written as a day stays as it is.

    A number 2019.7 is July; 2019.1 was typed as 2019.1 or as 2019.10, which a spreadsheet does not tell.
    """
    plain = days.plain(text)
    if (month := _MONTH.fullmatch(plain)) and days.FIRST_YEAR <= int(month[1]) <= days.LAST_YEAR:
        if number and month[2] == "1":
            raise Unread(TWO_MONTHS)
        return text
    if not _SERIAL.fullmatch(plain):
        return text
    count = int(plain.split(".")[0])
    if len(plain) == 4 and days.FIRST_YEAR <= count <= days.LAST_YEAR:
        return text
    if not 1 <= count <= _LAST_SERIAL:
        raise Unread(NO_DAY)
    return (_FIRST_SERIAL + timedelta(days=count)).isoformat()


def _as_kind(text: str, kind: FieldKind | None) -> str:
    """Fractions of a day are times; what a formula made of yuan is cut to whole fen."""
    if isinstance(kind, ClockKind) and re.fullmatch(r"0\.[0-9]+", text):
        minutes = round(float(text) * 24 * 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if isinstance(kind, YuanKind) and re.fullmatch(r"[0-9]+\.[0-9]{3,}", text):
        return format(Decimal(text).quantize(Decimal("0.01")), "f")
    return text
