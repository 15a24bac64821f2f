"""已删除的记录: the way to what was taken out of the lists."""

from __future__ import annotations

from PySide6.QtCore import Signal

from sgz_desktop.actions.desk import Desk
from sgz_desktop.gui.dialogs.deleted_dialog import may_restore, show_deleted
from sgz_desktop.gui.widgets.buttons import button
from sgz_desktop.gui.widgets.card import Card
from sgz_desktop.gui.widgets.labels import paragraph


class DeletedCard(Card):
    """Only for those who may bring something back."""

    said = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__("已删除的记录")
        self.add(paragraph("删除和合并的记录都还在，可以看是谁、为什么，也可以恢复。", "second", "plain"))
        self._desk = desk
        self.look = button("查看和恢复", icon="clock", on_click=self.show_all)
        self.add(self.look)
        if not may_restore(desk):
            self.hide()

    def show_all(self) -> None:
        """List them."""
        show_deleted(self, self._desk, self.said.emit)
