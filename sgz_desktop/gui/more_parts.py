"""更多分类: the sections of a form that are not shown yet, one button each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sgz_desktop.gui.theme import Height, px
from sgz_desktop.gui.widgets.buttons import Button, button
from sgz_desktop.gui.widgets.flow import Flow
from sgz_desktop.gui.widgets.labels import label


class MoreParts(QWidget):
    """`wanted(title)`; hidden while there is nothing to offer."""

    wanted = Signal(str)

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        row = Flow(self)
        row.setContentsMargins(0, 0, 0, 0)
        words = label("更多分类", "second", "plain")
        words.setFixedHeight(px(Height.SMALL))
        row.addWidget(words)
        self.buttons: dict[str, Button] = {}
        for title in titles:
            made = button(
                title, icon="plus", small=True, on_click=lambda title=title: self.wanted.emit(title)
            )
            made.setAccessibleName(f"显示{title}一栏")
            row.addWidget(made)
            self.buttons[title] = made
        if not titles:
            self.hide()

    @property
    def titles(self) -> tuple[str, ...]:
        """The sections still offered."""
        return tuple(self.buttons)

    def drop(self, title: str) -> None:
        """A section that is shown now is offered no more."""
        made = self.buttons.pop(title, None)
        if made:
            made.hide()
            made.deleteLater()
        if not self.buttons:
            self.hide()
