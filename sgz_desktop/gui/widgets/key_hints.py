"""Keys and what they do, as lines that wrap."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.flow import Flow
from sgz_desktop.gui.widgets.labels import keycap, label


def key_hints(hints: Sequence[tuple[str, str]], closing: str = "") -> QWidget:
    """(key, what it does) one after the other, and a remark at the end."""
    whole = QWidget()
    lines = Flow(whole, gap=Space.S)
    for cap, says in hints:
        lines.addWidget(_hint(cap, says))
    if closing:
        lines.addWidget(label(closing, "second", "plain"))
    return whole


def _hint(cap: str, says: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, px(Space.S), 0)
    row.setSpacing(px(6))
    row.addWidget(keycap(cap))
    row.addWidget(label(says, "second", "plain"))
    return made
