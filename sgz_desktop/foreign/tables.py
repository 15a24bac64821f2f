"""Tables from outside as plain cells, or why not in a sentence."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from sgz_desktop.errors import AppError
from sgz_desktop.foreign.reader import Reader
from sgz_desktop.foreign.refused import Refused
from sgz_desktop.foreign.taking import taken

MOST_BYTES = 64 << 20
LOOK_EVERY = 0.1  # seconds
TOO_LARGE = ("这个表格太大，没有读入。", "请只留要导入的工作表，6万行以内，另存后再选。")
DAMAGED = ("这个表格已损坏，读不出来，资料没有改动。", "请用Excel或WPS打开，另存为xlsx后再选。")
MISSING = ("读不出这个文件，资料没有改动。", "请确认它还在原处，没有被别的程序占用。")
SENTENCES = {
    "no_table": ("这个文件不是表格，没有读入。", "请选Excel表格（xlsx、xls）或csv文件。"),
    "locked": ("这个表格加了密码，没有读入。", "请用Excel或WPS去掉密码，另存后再选。"),
    "too_big": TOO_LARGE,
    "damaged": DAMAGED,
    "web_page": ("这个文件其实是网页，没有读入。", "请用Excel或WPS打开，另存为xlsx后再选。"),
    "text_code": ("这个文件的文字编码认不出来，没有读入。", "请用Excel或WPS另存为xlsx后再选。"),
    "slow": ("这个表格半分钟还没有读完，已停下。", "请只留要导入的工作表，另存后再选。"),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as it came: rows of cells (see `table`). `hidden`: its maker does not show it."""

    name: str
    hidden: bool
    rows: list[list[Any]]


def idle() -> None:
    """Nobody waits for the file to be read."""


def read(path: Path, waiting: Callable[[], None] = idle) -> list[Sheet]:
    """The sheets of an .xlsx, .xls or text table that hold anything.

    `waiting` is called all the while and may raise Cancelled. AppError says why a file is not taken.
    """
    try:
        answer = orjson.loads(_asked(taken(path, MOST_BYTES, TOO_LARGE, MISSING), waiting))
    except Refused as refused:
        raise AppError(*SENTENCES.get(refused.why, DAMAGED)) from None
    return [Sheet(one["name"], one["hidden"], one["rows"]) for one in answer["sheets"] if one["rows"]]


def _asked(data: bytes, waiting: Callable[[], None]) -> bytes:
    """The child's answer. Whoever stops waiting ends the child."""
    answers: list[bytes | Refused] = []

    def ask() -> None:
        try:
            answers.append(reader.read(data))
        except Refused as refused:
            answers.append(refused)
        except ValueError:  # the pipes were closed under it: nobody waits any more
            answers.append(Refused("slow"))

    reader = Reader("table")
    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    try:
        while asking.is_alive():
            waiting()
            asking.join(LOOK_EVERY)
    finally:
        reader.close()
        while asking.is_alive():  # it may have started the child only now
            asking.join(LOOK_EVERY)
            reader.close()
    answer = answers[0]
    if isinstance(answer, Refused):
        raise answer
    return answer
