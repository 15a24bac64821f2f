"""Chips: one of some short filters, as a row that wraps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from sgz_desktop.gui.theme import Space, px
from sgz_desktop.gui.widgets.tab_order import tab_through


class _Chip(QPushButton):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)


class Chips(QWidget):
    """Options as (value, words); exactly one is on. Arrow keys move, Tab leaves the row."""

    changed = Signal(object)

    def __init__(self, options: Sequence[tuple[object, str]], value: object = None) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(Space.S) - 2)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.idClicked.connect(lambda number: self.changed.emit(self._values[number]))
        self._values: list[object] = []
        self.set_options(options, value)

    def set_options(self, options: Sequence[tuple[object, str]], value: object = None) -> None:
        """Replace the chips; the one with `value`, else the first, is on."""
        before = self._group.buttons()[-1:]
        for old in self._group.buttons():
            self._group.removeButton(old)
            old.hide()  # it goes only when the event loop comes round
            old.deleteLater()
        while self._row.count():
            self._row.takeAt(0)
        self._values = [option for option, _ in options]
        for number, (_, words) in enumerate(options):
            chip = _Chip(words)
            chip.setProperty("kind", "chip")
            chip.setCheckable(True)
            chip.setCursor(Qt.CursorShape.PointingHandCursor)
            self._group.addButton(chip, number)
            self._row.addWidget(chip)
        tab_through((*before, *self._group.buttons()))
        self._row.addStretch(1)
        self.set_value(value)

    def value(self) -> object:
        """The value that is on."""
        return self._values[self._group.checkedId()] if self._values else None

    def set_value(self, value: object) -> None:
        """Turn one on without a signal; an unknown value turns on the first."""
        if self._values:
            self._group.button(self._values.index(value) if value in self._values else 0).setChecked(True)
