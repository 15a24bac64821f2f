"""设置: lists a station keeps in tables of its own are taken in from here too."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from sgz_desktop.actions.desk import Desk
from sgz_desktop.gui.dialogs.roster_dialog import import_list, may_import
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.labels import paragraph

HINT = "人员、家庭、类别待遇和以前的走访，可从Excel或csv导入；每月的低保、特困名单可与本机比对。"


class ListsCard(Card):
    """One button."""

    said = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__("名单")
        self.add(paragraph(HINT, "second", "plain"))
        self.start = button("导入名单", icon="up", on_click=lambda: import_list(self, desk, self.said.emit))
        self.add(self.start)
        self.body.setAlignment(self.start, Qt.AlignmentFlag.AlignLeft)
        if not may_import(desk):  # shown before it stands anywhere it were a window
            self.hide()
