"""设置: blank forms to take along."""

from __future__ import annotations

from PySide6.QtCore import Qt

from sgz_desktop.actions.desk import Desk
from sgz_desktop.gui.blank_forms import ask_blanks
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.labels import paragraph

HINT = "下乡没带电脑时，印好空白表手写，回来再录入。"


class BlankCard(Card):
    """One button."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("空白表")
        self.add(paragraph(HINT, "second", "plain"))
        self.start = button("打印空白表", icon="print", on_click=lambda: ask_blanks(self, desk))
        self.add(self.start)
        self.body.setAlignment(self.start, Qt.AlignmentFlag.AlignLeft)
