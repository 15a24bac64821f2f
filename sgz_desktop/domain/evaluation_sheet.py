"""An evaluator's table as it comes in a workbook: the row of heads is found, each row below is an item."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

HEADS: Mapping[str, tuple[str, ...]] = {
    "section": ("一级指标", "评估维度", "评估项目", "指标类别", "类别"),
    "part": ("二级指标", "三级指标"),
    "text": ("评估内容", "考核内容", "评估指标", "考核指标", "指标内容", "内容", "评估要点"),
    "points": ("分值", "满分", "标准分", "权重"),
    "how": ("评分办法", "评分标准", "评分细则", "评分方法", "计分办法", "考核办法"),
}
LOOKED_THROUGH = 30  # rows, for the one of the heads
MOST_ITEMS = 500
TOTALS = ("合计", "总分", "总计", "小计")


@dataclass(frozen=True, slots=True)
class Item:
    """One item as it is to be checked; `row` is its place in the sheet, from 1."""

    row: int
    section: str
    text: str
    points: int | None
    how: str


@dataclass(frozen=True, slots=True)
class ItemsRead:
    """The items of a sheet, and the rows whose points are no whole number."""

    items: tuple[Item, ...] = ()
    doubts: tuple[int, ...] = field(default=())


def items_of(rows: Sequence[Sequence[object]]) -> ItemsRead:
    """The items of a sheet; none when no row holds heads for what is asked."""
    found = next(
        ((at, heads) for at, row in enumerate(rows[:LOOKED_THROUGH]) if "text" in (heads := _heads(row))),
        None,
    )
    if found is None:
        return ItemsRead()
    start, heads = found
    items: list[Item] = []
    doubts: list[int] = []
    section = ""
    for number, row in enumerate(rows[start + 1 :], start=start + 2):
        said = {name: _said(row, at) for name, at in heads.items()}
        section = said.get("section") or section
        if not said["text"] or any(
            said["text"].startswith(word) or section.startswith(word) for word in TOTALS
        ):
            continue
        points = _points(said.get("points", ""))
        if points is None and said.get("points"):
            doubts.append(number)
        part = said.get("part", "")
        text = f"{part}：{said['text']}" if part and part not in said["text"] else said["text"]
        items.append(Item(number, section, " ".join(text.split()), points, said.get("how", "")))
        if len(items) == MOST_ITEMS:
            break
    return ItemsRead(tuple(items), tuple(doubts))


def _heads(row: Sequence[object]) -> dict[str, int]:
    """Which column holds what; the more exact of two heads wins."""
    shown = ["".join(str(cell or "").split()) for cell in row]
    found: dict[str, int] = {}
    for name, words in HEADS.items():
        for word in words:
            at = next(
                (at for at, one in enumerate(shown) if one.startswith(word) and at not in found.values()), -1
            )
            if at >= 0:
                found[name] = at
                break
    return found


def _said(row: Sequence[object], at: int) -> str:
    cell = row[at] if at < len(row) else None
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip() if isinstance(cell, str | int | float) and not isinstance(cell, bool) else ""


def _points(text: str) -> int | None:
    found = re.fullmatch(r"([0-9]{1,4})(?:\.0+)?\s*分?", text)
    return int(found[1]) if found else None
