"""Slips pasted from a worksheet: what each line says, column by column, and what of it is not understood."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sgz_desktop.domain import days
from sgz_desktop.domain.codes import code_list
from sgz_desktop.domain.visit_slips import (
    CARRIED,
    CHANGED,
    FAMILY,
    NO_CHANGE,
    NO_DAY,
    NOBODY,
    NOT_SAID_WHO,
    SELF,
    Slip,
    slip_day,
)

MOST_LINES = 2000
MOST_COLUMNS = 60
LEAST_ALIKE = 0.6  # part of a column's cells that must look alike for it to be read as that
FIRST_SERIAL, LAST_SERIAL = 36526, 73050  # days of 2000 … 2099 as a worksheet counts them
NO_NAME = "这一行没有姓名。"
TOO_MANY = f"一次最多粘贴{MOST_LINES}行，后面的请分次粘贴。"

HEADS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("day", ("日期", "走访日期", "服务日期", "走访时间", "时间")),
    ("village", ("村", "村居", "村社区", "社区", "村委", "村居委", "村别", "所在村")),
    ("name", ("姓名", "服务对象", "走访对象", "对象", "户主", "户主姓名", "对象姓名")),
    ("mode", ("方式", "走访方式", "服务方式", "形式")),
    ("met", ("见到", "是否见到", "见到谁", "见到的人", "见面情况", "是否见面")),
    ("change", ("变化", "有无变化", "是否变化", "变化情况")),
    ("companions", ("同行人", "同行", "陪同人", "同行人员", "陪同人员")),
    ("purposes", ("目的", "走访目的", "事由")),
    ("words", ("情况", "简要情况", "情况说明", "走访情况", "内容", "走访内容", "备注", "说明", "记录")),
)
MET_WORDS = {
    SELF: ("1", "本人", "见到本人", "见到", "是", "已见到", "见", "√", "✓", "当面"),
    FAMILY: ("2", "家属", "家人", "见到家属", "见到家人", "亲属", "家属代述"),
    NOBODY: ("3", "未遇", "未见", "未见到", "没见到", "不在", "不在家", "否", "×", "x", "没人"),
}
CHANGE_WORDS = {
    NO_CHANGE: ("0", "无", "无变化", "没有", "没有变化", "正常", "无异常", "否"),
    CHANGED: ("1", "9", "有", "有变化", "是"),
}
NOT_SEEN = re.compile(r"(?:未遇|未见到?|没见到|不在家?)[（(，,、：:]?(.*?)[）)]?")
PLACE = re.compile(r".{1,12}(?:村|社区|居委会|村委会|屯|寨)")
NAME = re.compile(r"[\u3400-\u9fff\ue000-\uf8ff\U00020000-\U0003fffd·]{2,6}")


@dataclass(frozen=True, slots=True)
class Pasted:
    """One line: its number in the paste (from 1), what was understood, and what was not, as sentences."""

    line: int
    slip: Slip
    amiss: tuple[str, ...] = ()


def read_paste(text: str, today: str, above: Slip | None = None) -> list[Pasted]:
    """Every line that says anything, in order. What is left open is carried down from the line before, the
    first from `above`. Raises ValueError with a sentence for more than MOST_LINES lines."""
    lines = [line for line in _lines(text) if any(line)]
    if len(lines) > MOST_LINES + 1:
        raise ValueError(TOO_MANY)
    if not lines:
        return []
    fields = _named(lines[0])
    first = 1 if fields else 0
    fields = fields or _guessed(lines, today)
    found: list[Pasted] = []
    last = above or Slip(day=today, mode="home")
    for number, line in enumerate(lines[first:], start=first + 1):
        pasted = _read(number, dict(zip(fields, line, strict=False)), last, today)
        found.append(pasted)
        last = pasted.slip if days.is_whole(pasted.slip.day) else replace(pasted.slip, day=last.day)
    return found


def is_table(text: str) -> bool:
    """Does a copied text come from a worksheet: several cells or lines?"""
    return "\t" in text or "\n" in text.strip()


def _lines(text: str) -> list[list[str]]:
    """Cells of a copied text. A cell with a line break or a tab stands between quotes."""
    tidy = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    try:
        rows = list(csv.reader(io.StringIO(tidy), delimiter="\t"))
    except csv.Error:
        rows = [line.split("\t") for line in tidy.split("\n")]
    return [[" ".join(cell.split()) for cell in row[:MOST_COLUMNS]] for row in rows]


def _folded(cell: str) -> str:
    return re.sub(r"[\s（）()、/／：:*]+", "", unicodedata.normalize("NFKC", cell)).lower()


def _named(line: Sequence[str]) -> list[str]:
    """The fields a line of heads names; nothing when it is no such line."""
    known = {word: field for field, words in HEADS for word in words}
    found = [known.get(_folded(cell), "") for cell in line]
    counted = Counter(field for field in found if field)
    if len(counted) < 2 or "name" not in counted:
        return []
    return _once(found)


def _once(fields: Iterable[str]) -> list[str]:
    """A field named twice is read from its first column, further ones say more of what was found."""
    found: list[str] = []
    for field in fields:
        found.append(field if field not in found else "")
    return found


def _guessed(lines: Sequence[Sequence[str]], today: str) -> list[str]:
    """The field of each column by what stands in it, where no line of heads says so."""
    looks: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("day", lambda cell: bool(_day(cell, "", today))),
        ("mode", lambda cell: code_list("visit_mode").find(cell) is not None),
        ("met", lambda cell: bool(_met(cell)[0])),
        ("change", lambda cell: bool(_change(cell))),
        ("purposes", lambda cell: bool(_purposes(cell))),
        ("village", lambda cell: PLACE.fullmatch(cell) is not None),
        ("name", lambda cell: NAME.fullmatch(cell) is not None),
        ("companions", lambda cell: NAME.fullmatch(cell.split("、")[0]) is not None),
        ("words", bool),
    )
    fields: list[str] = []
    for place in range(max(map(len, lines))):
        cells = [line[place] for line in lines if place < len(line) and line[place]]
        fits = (
            field
            for field, like in looks
            if field not in fields and cells and sum(map(like, cells)) >= LEAST_ALIKE * len(cells)
        )
        fields.append(next(fits, ""))
    return fields


def _read(number: int, cells: dict[str, str], last: Slip, today: str) -> Pasted:
    amiss: list[str] = []
    met, reason = _met(cells.get("met", ""))
    change, words = _change(cells.get("change", "")), cells.get("words", "")
    if cells.get("change") and not change:  # the change itself stands in the column
        change, words = CHANGED, "，".join(one for one in (cells["change"], words) if one)
    slip = Slip(
        day=_day(cells.get("day", ""), last.day, today) or cells.get("day", ""),
        village=cells.get("village", ""),
        name=cells.get("name", ""),
        mode=code_list("visit_mode").find(cells.get("mode", "")) or "",
        met=met,
        reason=reason,
        change="" if met == NOBODY else change,
        words=words,
        companions=cells.get("companions", ""),
        purposes=_purposes(cells.get("purposes", "")),
    )
    slip = replace(slip, **{name: getattr(last, name) for name in CARRIED if not getattr(slip, name)})
    if not slip.name:
        amiss.append(NO_NAME)
    if not days.is_whole(slip.day):
        amiss.append(_why_no_day(cells.get("day", ""), last.day, today))
    elif slip.day > today:
        amiss.append("服务日期晚于今天，请核对。")
    if cells.get("met") and not met:
        amiss.append(f"看不懂“{cells['met'][:8]}”是见到了谁。")
    elif not met:
        amiss.append(NOT_SAID_WHO)
    for field, label in (("mode", "方式"), ("purposes", "目的")):
        if cells.get(field) and not _known(field, cells[field]):
            amiss.append(f"{label}“{cells[field][:8]}”不在代码里，已沿用上一行。")
    return Pasted(number, slip, tuple(amiss))


def _known(field: str, cell: str) -> bool:
    return bool(_purposes(cell)) if field == "purposes" else code_list("visit_mode").find(cell) is not None


def _day(cell: str, above: str, today: str) -> str:
    if not cell:
        return ""
    plain = days.plain(cell)
    if plain.isdecimal() and FIRST_SERIAL <= int(plain[:9]) <= LAST_SERIAL and len(plain) == 5:
        return (date(1899, 12, 30) + timedelta(days=int(plain))).isoformat()
    try:
        return slip_day(_without_clock(cell), above, today) if above or len(plain) > 2 else ""
    except ValueError:
        return ""


def _without_clock(cell: str) -> str:
    """2026-6-29 9:30 and 6月29日（周一）name the day and something more."""
    return re.sub(r"\s+\d{1,2}[:：]\d{2}.*$|[（(].*$|(?:周|星期)[一二三四五六日天]$", "", cell).strip()


def _why_no_day(cell: str, above: str, today: str) -> str:
    try:
        slip_day(_without_clock(cell), above, today)
    except ValueError as wrong:
        return str(wrong)
    return NO_DAY


def _met(cell: str) -> tuple[str, str]:
    """Who was met and, where nobody was, the code of the reason."""
    folded = _folded(cell)
    for met, words in MET_WORDS.items():
        if folded and folded in map(_folded, words):
            return met, ""
    reasons = code_list("not_met_reason")
    if found := NOT_SEEN.fullmatch(cell):
        return NOBODY, reasons.find(found[1]) or ("other" if found[1] else "")
    reason = reasons.find(cell)
    return (NOBODY, reason) if reason and reason != "other" else ("", "")


def _change(cell: str) -> str:
    folded = _folded(cell)
    return next((code for code, words in CHANGE_WORDS.items() if folded and folded in words), "")


def _purposes(cell: str) -> str:
    codes = [code_list("visit_purpose").find(part) for part in re.split(r"[、，,;；/ ]+", cell) if part]
    return "" if None in codes else ",".join(dict.fromkeys(code for code in codes if code))
