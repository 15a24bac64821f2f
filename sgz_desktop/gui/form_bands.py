"""Bands above a form: a draft to go on with, a field that holds two values, a record changed elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import accumulate
from unicodedata import east_asian_width

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sgz_desktop.actions.forms import Standing
from sgz_desktop.domain.graver import gravest
from sgz_desktop.domain.records.base import Record, cells
from sgz_desktop.gui.field_boxes import FieldBox
from sgz_desktop.gui.widgets.band import Band
from sgz_desktop.gui.widgets.buttons import button

Boxes = Mapping[str, FieldBox]
WIDE = 18  # half-widths on a button: a whole identity number, nine Han


def draft_band(go_on: Callable[[], None], forget: Callable[[], None]) -> Band:
    """Offer what was typed last time and not saved."""
    yes = button("接着写", small=True)
    no = button("不要了", "quiet", small=True)
    band = Band("上次没写完的内容还在。", icon="edit", actions=(yes, no))
    for pressed, answer in ((yes, go_on), (no, forget)):
        pressed.clicked.connect(band.hide)
        pressed.clicked.connect(answer)
    return band


def conflict_band(
    kind: type[Record], cell: str, standings: Sequence[Standing], boxes: Callable[[], Boxes]
) -> Band:
    """Show every value a field of a form or a row holds at once; the one pressed is written with the next
    save. `boxes` gives the fields, all built."""
    members = cells(kind).get(cell, ())
    labels = "、".join(member.ask.label for member in members) or "这一项"
    found = [(one, _words(kind, cell, one)) for one in standings]
    values = "；".join(f"{one.worker or '另一台电脑'}填“{words}”" for one, words in found)
    choose: list[QWidget] = []
    shorts = _shorts([words for _, words in found])
    for (one, words), short in zip(found, shorts, strict=True):
        made = button(f"用“{short}”", small=True)
        made.setAccessibleName(f"{labels}用{words}")
        made.clicked.connect(partial(_choose, kind, cell, one, boxes))
        choose.append(made)
    graver = (
        "暂按较高的显示。" if gravest(kind.KIND, cell, [one.value for one in standings]) is not None else ""
    )
    return Band(f"{labels}有两个值，都已保留：{values}。{graver}", "warm", actions=tuple(choose))


def _shorts(values: Sequence[str]) -> list[str]:
    """As much of each as a button bears, so that they can be told apart: both ends, since a number typed
    wrong mostly differs at its end, or else from where they differ."""
    cut = [
        one if _begin(one, WIDE) == one else f"{_begin(one, 8)}…{_begin(one[::-1], 8)[::-1]}"
        for one in values
    ]
    if len(set(cut)) == len(set(values)):
        return cut
    apart = next((at for at, these in enumerate(zip(*values, strict=False)) if len(set(these)) > 1), 0)
    return [f"…{_begin(one[apart:], WIDE - 2)}" for one in values]


def _begin(text: str, room: int) -> str:
    """The start of a text that takes at most `room` half-widths."""
    widths = accumulate(2 if east_asian_width(char) in "WFA" else 1 for char in text)
    return text[: sum(width <= room for width in widths)]


def _words(kind: type[Record], cell: str, one: Standing) -> str:
    if isinstance(one.value, dict):
        shown = [member.kind.show(one.value.get(member.name)) for member in cells(kind)[cell]]
        return "，".join(words for words in shown if words) or "空"
    return one.words or "空"


def _choose(kind: type[Record], cell: str, one: Standing, boxes: Callable[[], Boxes]) -> None:
    found = boxes()
    for member in cells(kind).get(cell, ()):
        if box := found.get(member.name):
            box.choose(one.value.get(member.name) if isinstance(one.value, dict) else one.value)
            box.control.setFocus(Qt.FocusReason.OtherFocusReason)


def elsewhere_band(show_new: Callable[[], None]) -> Band:
    """The record was changed while it is being edited here."""
    look = button("看新内容", small=True)
    band = Band("这份资料刚在别处改过，这里填的内容没有动。", "warm", icon="info", actions=(look,))
    look.clicked.connect(lambda _pressed: show_new())
    return band
