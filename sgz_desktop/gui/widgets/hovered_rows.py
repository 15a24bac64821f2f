"""Base of painted rows under one another: the one under the mouse is marked, and a press takes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from sgz_desktop.gui.theme import px


class HoveredRows(QWidget):
    """`hovered` is the number of the row under the mouse, -1 none; the rows begin `TOP` px below the edge."""

    TOP = 0

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Any] = ()
        self.hovered = -1
        self.setMouseTracking(True)

    def step(self) -> float:
        """How tall a row is."""
        raise NotImplementedError

    def take(self, number: int) -> None:
        """A row was pressed."""
        raise NotImplementedError

    def row_at(self, y: float) -> int:
        """The number of the row at a height, -1 for none."""
        number = int((y - px(self.TOP)) // self.step())
        return number if 0 <= number < len(self.rows) else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        number = self.row_at(event.position().y())
        if number != self.hovered:
            self.hovered = number
            self.setCursor(Qt.CursorShape.PointingHandCursor if number >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered = -1
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if (number := self.row_at(event.position().y())) >= 0:
            self.take(number)
