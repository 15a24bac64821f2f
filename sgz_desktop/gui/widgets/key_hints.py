"""Keys and what they do, as lines that wrap."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.flow import Flow
from sgz_desktop.gui.widgets.labels import Elided, keycap, label


def key_hints(hints: Sequence[tuple[str, str]], closing: str = "") -> QWidget:
    """(key, what it does) one after the other, and a remark at the end."""
    whole = QWidget()
    lines = Flow(whole, gap=Space.S)
    for cap, says in hints:
        lines.addWidget(_hint(cap, says))
    if closing:
        lines.addWidget(label(closing, "second", "plain"))
    return whole


def opening_hints() -> list[QWidget]:
    """How a row of a list is chosen and opened, for its foot."""
    made: list[QWidget] = []
    for cap, says in (("↑", ""), ("↓", "选择"), ("Enter", "或双击打开")):
        made.append(keycap(cap))
        if says:
            made.append(label(says, "second", "plain"))
    return made


def opening_words() -> QWidget:
    """The same in a few words that give way, where a foot has much else."""
    made = Elided("双击或按Enter打开", "second", "plain")
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
    return made


def _hint(cap: str, says: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, px(Space.S), 0)
    row.setSpacing(px(6))
    row.addWidget(keycap(cap))
    row.addWidget(label(says, "second", "plain"))
    return made
