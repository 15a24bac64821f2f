"""How a dialog begins and ends: title and margins, and 返回 with what goes on at the right of its foot."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.labels import label


def begun(dialog: QDialog, title: str, width: int) -> QVBoxLayout:
    """The column of a dialog at least `width` px wide at 标准, its title above."""
    dialog.setWindowTitle(title)
    dialog.setMinimumWidth(px(width))
    column = QVBoxLayout(dialog)
    column.setContentsMargins(px(24), px(20), px(24), px(18))
    column.setSpacing(px(Space.S))
    column.addWidget(label(title, "section"))
    return column


def foot(dialog: QDialog, go: QWidget) -> QHBoxLayout:
    """返回, and the button that goes on."""
    row = QHBoxLayout()
    row.setSpacing(px(10))
    row.addStretch(1)
    row.addWidget(button("返回", on_click=dialog.reject))
    row.addWidget(go)
    return row
