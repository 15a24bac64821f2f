"""Rows of a step of 导入名单: a name, some samples that end in … and a control, one under another."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.labels import Elided, label
from sgz_desktop.gui.widgets.scroll import Scroll

NAME_WIDTH = 190


def fill(scroll: Scroll, rows: Iterable[tuple[str, str, QWidget]]) -> int:
    """Put rows of (name, samples, control) into a scroll in place of what was there; how tall they are."""
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(px(2), px(2), px(10), px(2))
    column.setSpacing(px(6))
    for name, samples, control in rows:
        row = QHBoxLayout()
        row.setSpacing(px(Space.M))
        head = label(name, "body_bold", wrap=True)
        head.setFixedWidth(px(NAME_WIDTH))
        row.addWidget(head)
        row.addWidget(Elided(samples, "second", "plain"), 1)
        row.addStretch(0)
        row.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(row)
    column.addStretch(1)
    scroll.setWidget(inner)
    inner.setAutoFillBackground(False)
    return inner.sizeHint().height()
