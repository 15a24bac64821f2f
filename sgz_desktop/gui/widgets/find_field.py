"""What looks like a search field in the head of a page and opens the search over the whole window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

from sgz_desktop.gui.widgets.search_box import SearchBox


class FindField(SearchBox):
    """A press, Enter or the first letter asks the window for its search (Ctrl+K)."""

    def __init__(self) -> None:
        super().__init__("找人：姓名、拼音首字母、电话")
        self.setReadOnly(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("查找（Ctrl+K）")
        self.setStyleSheet("QLineEdit { background: #FFFFFF; }")  # it only looks like a field

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) or event.text().isalnum():
            self._ask()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        find = getattr(self.window(), "find", None)
        if find:
            find()
