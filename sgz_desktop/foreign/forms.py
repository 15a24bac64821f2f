"""A bureau's blank form as plain values, filled in, or why not in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from sgz_desktop.domain.bureau_form import Cell, Sheet
from sgz_desktop.errors import AppError
from sgz_desktop.foreign import taking
from sgz_desktop.foreign.reader import Reader
from sgz_desktop.foreign.refused import Refused

MOST_BYTES = 16 << 20
TOO_LARGE = ("这个表样太大，没有放入。", "请只留要填的表，另存后再放入。")
DAMAGED = ("这个表样已损坏，读不出来，原有的都在。", "请用Excel或WPS打开，另存后再放入。")
MISSING = ("读不出这个文件，原有的都在。", "请确认它还在原处，没有被别的程序占用。")
SENTENCES = {
    "not_office": ("这个文件不是表样，没有放入。", "请选局里发的xlsx或docx文件。"),
    "old_office": ("这是老格式的文件，没有放入。", "请用Excel或WPS另存为xlsx或docx再放入。"),
    "locked": ("这个表样加了密码，没有放入。", "请用Excel或WPS去掉密码，另存后再放入。"),
    "macros": ("这个表样带宏，没有放入。", "请另存为不带宏的xlsx或docx再放入。"),
    "links": ("这个表样引用了别的文件，没有放入。", "请在Excel或Word里断开链接，另存再放入。"),
    "too_big": TOO_LARGE,
    "damaged": DAMAGED,
    "slow": ("这个表样半分钟还没有读完，已停下。", "请只留要填的表，另存后再放入。"),
    "gone": ("表样里有一格找不到了，没有生成。", "请到局发表样里重新点选这一格。"),
    "formula": ("有一格由公式计算，没有生成。", "请清除这一格的对应，让公式自己算。"),
    "too_long": ("有一段文字太长，一格放不下，没有生成。", "请把这段文字改短。"),
}


@dataclass(frozen=True, slots=True)
class Value:
    """What goes into a cell: always as `text`, and as the `number` or `day` it is where it is one."""

    sheet: str
    ref: str
    text: str
    number: str = ""
    day: str = ""
    after: bool = False


def taken(path: Path) -> bytes:
    """The bytes of a file. AppError when it is too big or cannot be read."""
    return taking.taken(path, MOST_BYTES, TOO_LARGE, MISSING)


def shown(data: bytes) -> tuple[str, tuple[Sheet, ...]]:
    """The sort of a form, "xlsx" or "docx", and its sheets. AppError says why it is not taken."""
    found = orjson.loads(_asked({"ask": "show"}, data))
    sheets = (
        Sheet(
            one["name"],
            one["hidden"],
            one["rows"],
            tuple(one["widths"]),
            tuple(Cell(*c) for c in one["cells"]),
        )
        for one in found["sheets"]
    )
    return found["sort"], tuple(sheets)


def filled(data: bytes, values: Sequence[Value]) -> bytes:
    """The form with the values in it. AppError when one of its places cannot take one."""
    return _asked({"ask": "fill", "cells": [told(one) for one in values]}, data)


def told(value: Value) -> dict[str, Any]:
    """A value as the child reads it."""
    whole = {"sheet": value.sheet, "ref": value.ref, "text": value.text, "after": value.after}
    sorts = {"number": value.number, "day": value.day}
    return {**whole, **{name: said for name, said in sorts.items() if said}}


def _asked(question: dict[str, Any], data: bytes) -> bytes:
    try:
        with Reader("form") as reader:
            return reader.read(orjson.dumps(question) + b"\n" + data)
    except Refused as refused:
        raise AppError(*SENTENCES.get(refused.why, DAMAGED)) from None
