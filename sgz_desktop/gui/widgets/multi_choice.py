"""Several of some options, as chips that wrap."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from sgz_desktop.gui.widgets.flow import Flow


class _Option(QPushButton):
    left = Signal()

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setProperty("kind", "chip")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            self.parentWidget().step(self, step)
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class MultiChoice(QWidget):
    """Options as (value, words). Space ticks, ←→ move; `value()` is the values ticked joined by commas."""

    changed = Signal()
    left = Signal()

    def __init__(self, options: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._flow = Flow(self)
        self._values = [value for value, _ in options]
        self._chips = [_Option(words) for _, words in options]
        for chip in self._chips:
            self._flow.addWidget(chip)
            chip.toggled.connect(lambda _on: self.changed.emit())
            chip.left.connect(self.left)
        if self._chips:
            self.setFocusProxy(self._chips[0])

    def value(self) -> str | None:
        """The values ticked, in the order of the options; None when none is."""
        on = [value for value, chip in zip(self._values, self._chips, strict=True) if chip.isChecked()]
        return ",".join(on) or None

    def set_value(self, value: str | None) -> None:
        """Tick the values named; others are cleared."""
        wanted = set((value or "").split(","))
        for one, chip in zip(self._values, self._chips, strict=True):
            chip.setChecked(one in wanted)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        for chip in self._chips:
            chip.setAccessibleName(f"{name}：{chip.text()}")

    def step(self, chip: QPushButton, by: int) -> None:
        """Give the keyboard to a neighbour."""
        place = self._chips.index(chip) + by
        if 0 <= place < len(self._chips):
            self._chips[place].setFocus(Qt.FocusReason.TabFocusReason)
