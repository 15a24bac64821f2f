"""A table whose rows can be acted upon without being opened."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from sgz_desktop.gui.widgets.data_table import DataTable


class ActingTable(DataTable):
    """As `DataTable`; `acted(id)` on Space."""

    acted = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        id = self.current_id()
        if id is not None and event.key() == Qt.Key.Key_Space:
            self.keyed = True
            self.acted.emit(id)
        else:
            super().keyPressEvent(event)
